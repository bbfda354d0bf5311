"""Which damages to a derivative change nothing: NumPy runs the function as it was and as it is, on the same numbers.

    node --import tsx test/oracles/damages.ts > /tmp/damages.json
    python3 test/oracles/damages.py /tmp/damages.json > test/oracles/fixtures/damages.json

The cases are damages that the gradient check let pass. Each says how the derivative is called; here the damaged text is
executed beside the original one, and what both answer is compared, place by place.
"""

import json
import sys

import numpy as np


def value(x):
    return np.array(x) if isinstance(x, list) else x


def upstream_like(x, seed):
    return np.random.RandomState(seed).uniform(0.5, 1.5, np.shape(x)) if np.ndim(x) else 0.5 + seed / 7


def answers(text, case, seed):
    """What the derivative answers, and what it leaves in the object, as one list of arrays."""
    space = {"__name__": "damages"}
    exec(compile(text, case["file"], "exec"), space)
    point = case["points"][seed]
    owner = case["owner"]
    instance = None
    if owner:
        instance = space[owner].__new__(space[owner])
        for name, x in point["self"].items():
            setattr(instance, name, value(x))
    holder = instance if owner else None

    def function(name):
        return getattr(holder, name) if owner else space[name]

    args = {name: value(x) for name, x in point["arguments"].items()}
    result = function(case["forward"])(**{k: np.copy(v) if isinstance(v, np.ndarray) else v for k, v in args.items()})
    items = list(result) if isinstance(result, tuple) else [result]
    if case["bundle"]:
        answer = result
    else:
        given = []
        for role in case["roles"]:
            if role["kind"] == "argument":
                given.append(args[role["name"]])
            elif role["kind"] == "upstream":
                given.append(upstream_like(items[role["index"]], seed))
            elif role["kind"] == "output":
                given.append(items[role.get("index", 0)])
            elif role["kind"] == "cache":
                used = [r["index"] for r in case["roles"] if r["kind"] == "upstream"]
                rest = [x for i, x in enumerate(items) if i not in used]
                given.append(rest[0] if len(rest) == 1 else tuple(rest))
            elif role["kind"] == "rate":
                given.append(0.125)
        answer = function(case["backward"])(*given)
    found = []

    def take(x):
        if isinstance(x, (tuple, list)):
            for item in x:
                take(item)
        elif isinstance(x, dict):
            for key in sorted(x):
                take(x[key])
        elif x is not None:
            found.append(np.asarray(x, dtype=float))

    take(answer)
    if instance is not None:
        for name in sorted(vars(instance)):
            if isinstance(vars(instance)[name], (np.ndarray, float)):
                take(vars(instance)[name])
    return found


def same(a, b):
    return len(a) == len(b) and all(
        x.shape == y.shape and np.allclose(x, y, rtol=1e-12, atol=1e-12) for x, y in zip(a, b)
    )


def main(path):
    with open(path, encoding="utf-8") as file:
        cases = json.load(file)
    equivalent = []
    for case in cases:
        if all(same(answers(case["text"], case, k), answers(case["damaged"], case, k)) for k in range(len(case["points"]))):
            equivalent.append(case["key"])
    print(json.dumps({"equivalent": sorted(equivalent)}, indent=2, ensure_ascii=False))


main(sys.argv[1])
