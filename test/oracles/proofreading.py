"""Claims that are right by SymPy: numbers, products of a chain, rows of traces, tables. The tests damage them.

Run: /usr/bin/python3 test/oracles/proofreading.py > test/oracles/fixtures/proofreading.json
"""

import json
import random

import sympy as sp

random.seed(1964)
x, y, u, w, b = sp.symbols("x y u w b", positive=True)
sigmoid = 1 / (1 + sp.exp(-u))

OUTER = [u**2, u**3 + u, sp.sin(u), sp.exp(u), sp.log(u + 2), sp.sqrt(u + 3), sp.tanh(u), 1 / (1 + u**2), sigmoid, u * sp.exp(-u)]
INNER = [w * x + b, x**2 + 1, sp.sin(x) + 2, x * y, sp.exp(x) + y]


def tex(e):
    return sp.latex(e, ln_notation=False)


def digits(value, count):
    return f"{float(value):.{count}f}"


def numbers():
    """A function, a point, and the derivative there to four digits."""
    cases = []
    for outer in OUTER:
        for inner in INNER:
            f = outer.subs(u, inner)
            names = sorted(f.free_symbols, key=str)
            at = {n: sp.Rational(random.randint(2, 19), 10) for n in names}
            value = sp.diff(f, x).subs(at)
            if abs(float(value)) < 0.01:
                continue
            point = ", ".join(f"${n} = {digits(v, 1)}$" for n, v in at.items())
            cases.append(
                {
                    "given": f"$f = {tex(f)}$, {point}",
                    "left": r"\frac{\partial f}{\partial x}",
                    "right": digits(value, 4),
                }
            )
    return cases


def chains():
    """y = f(u), u = g(x): the product of the two derivatives, in the intermediate name."""
    cases = []
    for outer in OUTER:
        for inner in INNER:
            cases.append(
                {
                    "given": f"$h = {tex(outer)}$, $u = {tex(inner)}$",
                    "left": r"\frac{\partial h}{\partial x} = \frac{\partial h}{\partial u} \frac{\partial u}{\partial x}",
                    "factors": [tex(sp.diff(outer, u)), tex(sp.diff(inner, x))],
                }
            )
    return cases


OPERATIONS = [
    (lambda p, q: p * q, r"{p} {q}"),
    (lambda p, q: p + q, r"{p} + {q}"),
    (lambda p, q: p - q, r"{p} - {q}"),
    (lambda p, q: sp.sin(p), r"\sin {p}"),
    (lambda p, q: sp.exp(p), r"e^{{{p}}}"),
    (lambda p, q: sp.log(p), r"\log {p}"),
    (lambda p, q: p / q, r"\frac{{{p}}}{{{q}}}"),
]


def traces():
    """Programs of six steps, with the rows of their adjoint and tangent traces."""
    cases = []
    while len(cases) < 30:
        v = sp.symbols("v_1:9", positive=True)
        steps, used = [], set()
        for k in range(2, 8):
            operation, pattern = random.choice(OPERATIONS)
            unused = [i for i in range(k) if i not in used]
            p = unused[0] if unused and random.random() < 0.8 else random.randrange(k)
            q = random.choice([i for i in range(k) if i != p])
            value = operation(v[p], v[q])
            used |= {v.index(s) for s in value.free_symbols}
            steps.append((k, value, pattern.format(p=f"v_{p + 1}", q=f"v_{q + 1}")))
        last = 7
        if any(i not in used for i in range(last)):
            continue
        # Where a tangent is zero in the direction (1, 1), many a wrong factor does no harm.
        moving = [sp.Integer(1), sp.Integer(1)]
        for k, value, _ in steps:
            moving.append(sp.simplify(sum(sp.diff(value, s) * moving[v.index(s)] for s in value.free_symbols)))
        if any(t == 0 for t in moving):
            continue
        given = ", ".join(f"$v_{k + 1} = {text}$" for k, _, text in steps)
        adjoints, tangents = [], []
        for i in reversed(range(last)):
            terms = [
                (k, sp.diff(value, v[i])) for k, value, _ in steps if value.has(v[i])
            ]
            row = " + ".join(rf"\bar{{v}}_{k + 1} \left({tex(d)}\right)" for k, d in terms)
            adjoints.append([rf"\bar{{v}}_{i + 1}", row])
        for k, value, _ in steps:
            terms = [(v.index(s), sp.diff(value, s)) for s in sorted(value.free_symbols, key=str)]
            row = " + ".join(rf"\left({tex(d)}\right) \dot{{v}}_{i + 1}" for i, d in terms)
            tangents.append([rf"\dot{{v}}_{k + 1}", row])
        cases.append({"given": given, "output": rf"\bar{{v}}_{last + 1}", "adjoints": adjoints, "tangents": tangents})
    return cases


def tables():
    """A function and its derivative at four points."""
    cases = []
    for f in [x**2 + 1, x**3 - 2 * x, sp.sin(x), sp.exp(-x), x * sp.exp(x), sp.log(x + 1), 1 / (1 + sp.exp(-x)), sp.tanh(x), sp.sqrt(x + 2), x / (1 + x**2)]:
        rows = []
        for at in ["0.5", "1.0", "1.5", "2.0"]:
            point = sp.Rational(at)
            rows.append([at, digits(f.subs(x, point), 4), digits(sp.diff(f, x).subs(x, point), 4)])
        cases.append({"function": tex(f), "rows": rows})
    return cases


print(json.dumps({"numbers": numbers(), "chains": chains(), "traces": traces(), "tables": tables()}, indent=1))
