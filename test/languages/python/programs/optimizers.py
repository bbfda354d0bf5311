"""Gradient descent variants as generators, schedules, line search, callbacks."""
from dataclasses import dataclass, field, replace, asdict
from typing import Callable, Dict, Iterator, List, Optional, Tuple
import math

Vector = List[float]


@dataclass(frozen=True)
class Config:
    lr: float = 0.1
    steps: int = 60
    momentum: float = 0.9
    betas: Tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8
    tags: List[str] = field(default_factory=list)

    @property
    def beta_product(self) -> float:
        return self.betas[0] * self.betas[1]


def rosenbrock(p: Vector) -> float:
    x, y = p
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def rosenbrock_grad(p: Vector) -> Vector:
    x, y = p
    return [-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)]


def sgd(grad: Callable, p: Vector, cfg: Config) -> Iterator[Vector]:
    for _ in range(cfg.steps):
        p = [pi - 0.001 * gi for pi, gi in zip(p, grad(p))]
        yield p


def momentum(grad, p, cfg):
    v = [0.0] * len(p)
    while True:
        g = grad(p)
        v = [cfg.momentum * vi - 0.0005 * gi for vi, gi in zip(v, g)]
        p = [pi + vi for pi, vi in zip(p, v)]
        yield p


def rmsprop(grad, p, cfg, decay=0.99):
    cache = {i: 0.0 for i in range(len(p))}
    for _ in range(cfg.steps):
        g = grad(p)
        for i, gi in enumerate(g):
            cache[i] = decay * cache[i] + (1 - decay) * gi**2
            p[i] -= 0.01 * gi / (math.sqrt(cache[i]) + cfg.eps)
        yield list(p)


def adam(grad, p, cfg):
    m, v, (b1, b2) = [0.0] * len(p), [0.0] * len(p), cfg.betas
    for t in range(1, cfg.steps + 1):
        g = grad(p)
        m = [b1 * mi + (1 - b1) * gi for mi, gi in zip(m, g)]
        v = [b2 * vi + (1 - b2) * gi * gi for vi, gi in zip(v, g)]
        c1, c2 = 1 - b1**t, 1 - b2**t
        p = [pi - cfg.lr * (mi / c1) / (math.sqrt(vi / c2) + cfg.eps) for pi, mi, vi in zip(p, m, v)]
        yield p


def take(it, n):
    for _, x in zip(range(n), it):
        last = x
    return last


def backtracking(f, grad, p, alpha=1.0, rho=0.5, c=1e-4):
    g = grad(p)
    slope = -sum(gi * gi for gi in g)
    tries = 0
    while f([pi - alpha * gi for pi, gi in zip(p, g)]) > f(p) + c * alpha * slope:
        alpha *= rho
        tries += 1
    else:
        tries = -tries
    return alpha, tries


def cosine(t, total, lo=0.0, hi=1.0):
    return lo + 0.5 * (hi - lo) * (1 + math.cos(math.pi * t / total))


OPTIMIZERS: Dict[str, Callable] = {f.__name__: f for f in (sgd, momentum, rmsprop, adam)}
cfg = Config(tags=["demo"])
for name, opt in sorted(OPTIMIZERS.items()):
    p = take(opt(rosenbrock_grad, [-1.2, 1.0], cfg), cfg.steps)
    print(f"{name:>10s}: f={rosenbrock(p):12.6f} at ({p[0]:+.5f}, {p[1]:+.5f})")
print(backtracking(rosenbrock, rosenbrock_grad, [-1.2, 1.0]))
print([round(cosine(t, 4), 6) for t in range(5)], round(cfg.beta_product, 6))
print(replace(cfg, lr=0.5), asdict(cfg)["betas"])
try:
    cfg.lr = 2
except Exception as e:
    print(type(e).__name__, e)
loss = rosenbrock([-1.2, 1.0])
print(loss)
