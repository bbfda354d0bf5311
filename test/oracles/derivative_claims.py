"""Right derivative claims for the proofreading tests, differentiated and printed by SymPy.

Run: /usr/bin/python3 test/oracles/derivative_claims.py > test/languages/document/claims.fixture.json
"""

import itertools
import json
import sys

import sympy as sp

x, y, a, b, w, t = sp.symbols("x y a b w t")
x1, x2, x3 = sp.symbols("x_1 x_2 x_3")

FUNCTIONS = [
    (x**3 + 2 * x, [x]),
    (a * x**2 + b * x, [x, a, b]),
    (sp.sin(a * x) + y, [x, a]),
    (x * sp.exp(-x), [x]),
    (sp.exp(a * x + b), [x, a]),
    (sp.log(x) * x**2, [x]),
    (sp.log(1 + x**2), [x]),
    (1 / (1 + sp.exp(-x)), [x]),
    (sp.tanh(w * x + b), [w, x, b]),
    ((w * x + b - y) ** 2 / 2, [w, x, b, y]),
    (-y * sp.log(a) - (1 - y) * sp.log(1 - a), [a, y]),
    (sp.sqrt(1 + x**2), [x]),
    (x / (1 + x**2), [x]),
    (sp.cos(x) ** 2, [x]),
    (sp.sin(x) * sp.cos(y), [x, y]),
    (x**2 * y**3, [x, y]),
    (sp.log(x1) + x1 * x2 - sp.sin(x2), [x1, x2]),
    (x1 * x2 + sp.exp(x1 * x2) - sp.sin(x2), [x1, x2]),
    (x1 * x2 * x3 + x1**2, [x1, x2, x3]),
    (sp.exp(-(x - a) ** 2 / 2), [x, a]),
    ((x1 - 1) ** 2 + 100 * (x2 - x1**2) ** 2, [x1, x2]),
    (x1 / x2 + x2 / x1, [x1, x2]),
    (sp.atan(x / a), [x, a]),
    (t * sp.exp(-a * t) * sp.cos(b * t), [t, a, b]),
    (sp.log(a + b * x), [x, a, b]),
    ((a + b * x) ** 4, [x, a, b]),
    (sp.sin(x**2 + 1), [x]),
    (sp.exp(sp.sin(x)), [x]),
    (w**2 * x + w * b, [w, x, b]),
    (a * sp.log(x) + b * x**3, [x, a, b]),
    (sp.tan(x) * a, [x, a]),
    (sp.sinh(x) + sp.cosh(a * x), [x, a]),
    (x * y / (x + y), [x, y]),
    (sp.sqrt(x1**2 + x2**2), [x1, x2]),
    (sp.exp(x1) * sp.sin(x2) + x3 * x1, [x1, x2, x3]),
    ((1 - x) ** 2 * w, [x, w]),
    (x1**2 * x2 + x2**2 * x3, [x1, x2, x3]),
    (a / (b + x), [x, a, b]),
    (sp.log(x) / x, [x]),
    (x**4 / 4 - a * x**2 / 2, [x, a]),
    ((x + y + a) ** 3, [x, y, a]),
    (sp.exp(-w) * x + y * w, [w, x, y]),
    (x1**2 + x2**2 + x3**2 + x1 * x3, [x1, x2, x3]),
    (a * sp.sin(b * x + t), [a, b, x, t]),
    (x**2 * sp.exp(y) + y**2, [x, y]),
    ((a * x + b) / (x**2 + 1), [x, a, b]),
    (sp.log(x**2 + y**2), [x, y]),
    (w * sp.tanh(x) + b * x**2, [w, x, b]),
]


def claims():
    """One claim a function and variable, up to a hundred, spread over the functions."""
    pairs = itertools.zip_longest(*[[(f, v) for v in variables] for f, variables in FUNCTIONS])
    for f, v in [p for row in pairs for p in row if p is not None][:100]:
        yield {"function": sp.latex(f), "variable": sp.latex(v), "derivative": sp.latex(sp.diff(f, v))}


json.dump(list(claims()), sys.stdout, indent=1)
sys.stdout.write("\n")
