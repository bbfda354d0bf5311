"""Seeded simulations: random walk, Monte Carlo, annealing, a bandit, dynamic programming."""
import heapq
import math
import random
from enum import Enum, auto
from typing import NamedTuple


class Move(Enum):
    UP = auto()
    DOWN = auto()
    STAY = 3


class Result(NamedTuple):
    mean: float
    std: float
    n: int = 0


def walk(steps, rng):
    x = 0
    path = [x]
    for _ in range(steps):
        x += rng.choice([-1, 1])
        path.append(x)
    return path


def summary(xs):
    n = len(xs)
    m = sum(xs) / n
    var = sum((x - m) ** 2 for x in xs) / (n - 1)
    return Result(m, math.sqrt(var), n)


def monte_carlo_pi(n):
    inside = 0
    for _ in range(n):
        if random.random() ** 2 + random.random() ** 2 <= 1:
            inside += 1
    return 4 * inside / n


def anneal(f, x, rng, T=1.0, cooling=0.95, steps=200):
    best = x
    for _ in range(steps):
        cand = x + rng.gauss(0, 0.5)
        d = f(cand) - f(x)
        if d < 0 or rng.random() < math.exp(-d / T):
            x = cand
            if f(x) < f(best):
                best = x
        T *= cooling
    return best


def bandit(probs, n, eps, rng):
    counts, values = [0] * len(probs), [0.0] * len(probs)
    for _ in range(n):
        arm = rng.randrange(len(probs)) if rng.random() < eps else max(range(len(probs)), key=values.__getitem__)
        r = 1 if rng.random() < probs[arm] else 0
        counts[arm] += 1
        values[arm] += (r - values[arm]) / counts[arm]
    return counts, [round(v, 4) for v in values]


def levenshtein(a, b):
    prev = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        cur = [i]
        for j, cb in enumerate(b, 1):
            cur.append(min(prev[j] + 1, cur[-1] + 1, prev[j - 1] + (ca != cb)))
        prev = cur
    return prev[-1]


def dijkstra(graph, start):
    dist = {start: 0}
    heap = [(0, start)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > dist.get(u, math.inf):
            continue
        for v, w in graph.get(u, {}).items():
            if (nd := d + w) < dist.get(v, float("inf")):
                dist[v] = nd
                heapq.heappush(heap, (nd, v))
    return dist


def describe(x):
    match x:
        case 0 | 1:
            return "small"
        case int(n) if n > 100:
            return f"big {n}"
        case [a, b, *rest]:
            return f"list {a} {b} +{len(rest)}"
        case {"kind": kind, **others}:
            return f"{kind} {sorted(others)}"
        case Result(mean=m):
            return f"result {m:.1f}"
        case str() as s:
            return s.upper()
        case _:
            return "?"


random.seed(12)
rng = random.Random(99)
print(walk(10, rng), monte_carlo_pi(2000))
print(summary([rng.gauss(10, 2) for _ in range(50)]))
print(round(anneal(lambda x: x**4 - 3 * x**2 + x, 2.0, rng), 6))
print(bandit([0.2, 0.5, 0.7], 300, 0.1, rng))
print(levenshtein("kitten", "sitting"), dijkstra({"a": {"b": 4, "c": 1}, "c": {"b": 2, "d": 7}, "b": {"d": 1}}, "a"))
print([describe(v) for v in (1, 500, [1, 2, 3], {"kind": "x", "z": 1, "y": 2}, Result(1.25, 0), "abc", None)])
print(Move.UP, Move.DOWN.value, Move(3).name, [m.name for m in Move], random.sample(range(100), 5))
deck = list(range(8))
rng.shuffle(deck)
print(deck, rng.choices("abc", weights=[1, 2, 3], k=5), rng.uniform(1, 2), rng.randint(1, 6))
