"""Fixtures for test/symbolic: special functions (mpmath, 50 digits) and derivatives (SymPy).

Run: /usr/bin/python3 test/oracles/symbolic.py
Writes test/symbolic/kernels.fixture.json and test/symbolic/derivatives.fixture.json; non-finite numbers are strings.
"""
import json
import math
import os
import platform
import random

import mpmath
import sympy
from mpmath import mp, mpf

mp.dps = 50
HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, '..', 'symbolic')
random.seed(20240229)


def number(x):
    x = float(x)
    return x if math.isfinite(x) else 'NaN' if math.isnan(x) else 'Infinity' if x > 0 else '-Infinity'


def write(name, body):
    body = {'versions': {'python': platform.python_version(), 'mpmath': mpmath.__version__,
                         'sympy': sympy.__version__}, **body}
    with open(os.path.join(OUT, name), 'w') as f:
        f.write('{\n' + ',\n'.join(f'{json.dumps(k)}: ' + (
            '[\n' + ',\n'.join(json.dumps(row) for row in v) + '\n]' if isinstance(v, list) else
            '{\n' + ',\n'.join(f'{json.dumps(n)}: {json.dumps(rows)}' for n, rows in v.items()) + '\n}')
            for k, v in body.items()) + '\n}\n')


def grid(*parts):
    """Sorted doubles: (lo, hi, n) gives n random ones; single numbers are taken as they are."""
    out = set()
    for p in parts:
        if isinstance(p, tuple):
            lo, hi, n = p
            out.update(random.uniform(lo, hi) for _ in range(n))
        else:
            out.add(float(p))
    return sorted(out)


def logadd(x, y):
    return max(x, y) + mpmath.log1p(mpmath.exp(-abs(x - y)))


def sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


near = [s * 10.0 ** -k for k in (1, 2, 4, 8, 12) for s in (1, -1)]
real = grid((-5, 5, 25), (-40, 40, 10), 0.0, 1.0, -1.0, 0.5, -0.5, 2.0, *near)
positive = grid((0, 1, 12), (1, 10, 12), (10, 1000, 8), 1e-300, 1e-10, 0.5, 1.0, 2.0, 1 + 1e-10, 1e300)
unit = grid((-1, 1, 20), *(s * (1 - 10.0 ** -k) for k in (2, 5, 8, 12) for s in (1, -1)), 0.0, 1e-8, -0.5)
gammas = grid((0, 3, 30), (3, 30, 15), (30, 171, 10), 1e-8, 1e-3, 1, 2, 3, 5, 10, 23, 24, 171, 171.6,
              1 + 1e-8, 1 - 1e-8, 2 + 1e-8, 2 - 1e-8, 1.4616321449683622)
negative = grid((-20, -0.01, 30), (-100, -20, 8), -1e-6, -0.5, -1.5)

ONE = {
    'exp': (mpmath.exp, real), 'exp2': (lambda x: mpf(2) ** x, real), 'expm1': (mpmath.expm1, real),
    'log': (mpmath.log, positive), 'log1p': (mpmath.log1p, grid((-0.99, 1, 20), *near, 1e10)),
    'log2': (lambda x: mpmath.log(x, 2), positive), 'log10': (mpmath.log10, positive),
    'sqrt': (mpmath.sqrt, positive), 'cbrt': (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), real),
    'sin': (mpmath.sin, real), 'cos': (mpmath.cos, real), 'tan': (mpmath.tan, real),
    'sec': (mpmath.sec, real), 'csc': (mpmath.csc, [x for x in real if x]), 'cot': (mpmath.cot, [x for x in real if x]),
    'asin': (mpmath.asin, unit), 'acos': (mpmath.acos, unit), 'atan': (mpmath.atan, real),
    'sinh': (mpmath.sinh, real), 'cosh': (mpmath.cosh, real), 'tanh': (mpmath.tanh, real),
    'sech': (mpmath.sech, real), 'csch': (mpmath.csch, [x for x in real if x]),
    'coth': (mpmath.coth, [x for x in real if x]),
    'asinh': (mpmath.asinh, real), 'acosh': (mpmath.acosh, [x for x in positive if x >= 1]),
    'atanh': (mpmath.atanh, unit), 'one_minus_square': (lambda x: 1 - x * x, unit),
    'erf': (mpmath.erf, grid((-6, 6, 40), *near, 0.0, 1.0, -1.0, 0.5, 30.0)),
    'erfc': (mpmath.erfc, grid((-6, 6, 40), (6, 26, 20), *near, 0.0, 0.5, 1.0, 26.5)),
    'normal_cdf': (lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2, grid((-8, 8, 30), (-37, -8, 12), 0.0, *near)),
    'gamma': (mpmath.gamma, gammas + negative), 'lgamma': (lambda x: mpmath.log(abs(mpmath.gamma(x))),
                                                         gammas + grid((171, 1e6, 5), 1e17)),
    'digamma': (mpmath.digamma, gammas + grid(1e6, 1e-300)), 'trigamma': (lambda x: mpmath.psi(1, x), gammas + [1e6]),
    'sigmoid': (sigmoid, grid((-40, 40, 20), (-700, -40, 5), 0.0, *near)),
    'logsigmoid': (lambda x: -mpmath.log1p(mpmath.exp(-x)), grid((-40, 40, 20), (-700, 700, 5), 0.0)),
    'softplus': (lambda x: mpmath.log1p(mpmath.exp(x)), grid((-40, 40, 20), (-700, 700, 5), 0.0)),
    'logit': (lambda x: mpmath.log(x / (1 - x)), grid((0, 1, 20), 0.5, 0.5 + 1e-9, 0.5 - 1e-9, 1e-12, 0.25, 0.75)),
}
NEGATIVE = {  # crossing zero there: the tests bound the absolute error
    'lgamma': ONE['lgamma'][0], 'digamma': mpmath.digamma, 'trigamma': lambda x: mpmath.psi(1, x),
}
pairs = [(random.uniform(-5, 5), random.uniform(-5, 5)) for _ in range(20)]
TWO = {
    'pow': (lambda x, y: mpf(x) ** mpf(y), [(abs(a) * 3, b * 4) for a, b in pairs] + [(-2.0, 3.0), (-2.0, -2.0), (10.0, 308.0), (0.1, 300.0)]),
    'logaddexp': (logadd, pairs + [(1000.0, 1000.5), (-1000.0, -1001.0), (700.0, -700.0), (3.0, 3.0)]),
    'xlogy': (lambda x, y: x * mpmath.log(y), [(a, abs(b)) for a, b in pairs] + [(0.0, 3.0)]),
    'atan2': (mpmath.atan2, pairs), 'hypot': (mpmath.hypot, pairs + [(3e200, 4e200), (3e-200, 4e-200)]),
    'polygamma': (lambda n, x: mpmath.psi(int(n), x),
                  [(n, x) for n in (0, 2, 3, 5, 10, 20) for x in grid((0.01, 5, 6), (5, 60, 3), 1.0, 0.5)]),
}
write('kernels.fixture.json', {
    'unary': {k: [[number(x), number(f(mpf(x)))] for x in xs] for k, (f, xs) in ONE.items()},
    'unaryNegative': {k: [[x, number(f(mpf(x)))] for x in negative] for k, f in NEGATIVE.items()},
    'binary': {k: [[x, y, number(f(mpf(x), mpf(y)))] for x, y in xs] for k, (f, xs) in TWO.items()},
    'binaryNegative': {'polygamma': [[n, x, number(mpmath.psi(n, mpf(x)))] for n in (2, 3, 5) for x in negative if x > -30]},
})
