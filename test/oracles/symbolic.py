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
outside = [s * x for x in (1.0, 1 + 1e-12, 1 + 1e-8, 1.0001, 1.01, 1.3, 1.9, 2.7, 4.4, 9.1, 55.0, 1e5, 1e10, 1e200) for s in (1, -1)]
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
    'asec': (mpmath.asec, outside), 'acsc': (mpmath.acsc, outside), 'acot': (mpmath.acot, [x for x in real if x]),
    'asech': (mpmath.asech, [x for x in positive if x <= 1]), 'acsch': (mpmath.acsch, [x for x in real if x]),
    'acoth': (mpmath.acoth, [x for x in outside if abs(x) > 1]),
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

# Derivatives, by SymPy. An expression is a number, a name or a tuple (operation, operands …).
X, Y = sympy.symbols('x y', real=True)
Z = sympy.Symbol('z', real=True)
S = sympy
HALF = S.Rational(1, 2)


def piecewise(c, a, b):
    return S.Piecewise((a, c), (b, True))


def max_(a, b):
    return piecewise(a > b, a, b)


def min_(a, b):
    return piecewise(a < b, a, b)


def sigmoid_(a):
    return 1 / (1 + S.exp(-a))


def phi(a):
    return (1 + S.erf(a / S.sqrt(2))) / 2


SELU_L, SELU_A = S.Float('1.0507009873554805', 40), S.Float('1.7580993408473766', 40)
R = S.Rational
OPS = {
    'add': lambda a, b: a + b, 'sub': lambda a, b: a - b, 'mul': lambda a, b: a * b, 'div': lambda a, b: a / b,
    'neg': lambda a: -a, 'pow': lambda a, b: a ** b, 'square': lambda a: a ** 2, 'reciprocal': lambda a: 1 / a,
    'sqrt': S.sqrt, 'cbrt': lambda a: S.sign(a) * S.Abs(a) ** R(1, 3), 'abs': S.Abs,
    'sign': S.sign, 'floor': S.floor, 'ceil': S.ceiling, 'round': lambda a: S.floor(a + HALF),
    'maximum': max_, 'minimum': min_, 'max_const': max_, 'min_const': min_, 'clip_low': max_, 'clip_high': min_,
    'one_minus_square': lambda a: 1 - a ** 2, 'exp': S.exp, 'exp2': lambda a: 2 ** a, 'expm1': lambda a: S.exp(a) - 1,
    'log': S.log, 'log1p': lambda a: S.log(1 + a), 'log2': lambda a: S.log(a) / S.log(2),
    'log10': lambda a: S.log(a) / S.log(10), 'logaddexp': lambda a, b: S.log(S.exp(a) + S.exp(b)),
    'xlogy': lambda a, b: a * S.log(b), 'sin': S.sin, 'cos': S.cos, 'tan': S.tan, 'sec': S.sec, 'csc': S.csc,
    'cot': S.cot, 'asin': S.asin, 'acos': S.acos, 'atan': S.atan, 'atan2': S.atan2,
    'hypot': lambda a, b: S.sqrt(a ** 2 + b ** 2), 'sinh': S.sinh, 'cosh': S.cosh, 'tanh': S.tanh, 'sech': S.sech,
    'csch': S.csch, 'coth': S.coth, 'asinh': S.asinh, 'acosh': S.acosh, 'atanh': S.atanh,
    'asec': S.asec, 'acsc': S.acsc, 'acot': S.acot, 'asech': S.asech, 'acsch': S.acsch, 'acoth': S.acoth, 'erf': S.erf, 'erfc': S.erfc,
    'normal_cdf': phi, 'gamma': S.gamma, 'lgamma': S.loggamma, 'digamma': S.digamma,
    'trigamma': lambda a: S.polygamma(1, a), 'polygamma': lambda n, a: S.polygamma(n, a), 'sigmoid': sigmoid_,
    'logsigmoid': lambda a: S.log(sigmoid_(a)), 'logit': lambda a: S.log(a / (1 - a)),
    'softplus': lambda a: S.log(1 + S.exp(a)), 'relu': lambda a: max_(a, 0),
    'leaky_relu': lambda a, b: piecewise(a > 0, a, b * a), 'elu': lambda a, b: piecewise(a > 0, a, b * (S.exp(a) - 1)),
    'selu': lambda a: piecewise(a > 0, SELU_L * a, SELU_A * (S.exp(a) - 1)), 'silu': lambda a: a * sigmoid_(a),
    'gelu': lambda a: a * phi(a),
    'gelu_tanh': lambda a: a / 2 * (1 + S.tanh(S.sqrt(2 / S.pi) * (a + R(44715, 1000000) * a ** 3))),
    'relu6': lambda a: min_(max_(a, 0), 6), 'hardtanh': lambda a: min_(max_(a, -1), 1),
    'step': lambda a: piecewise(a > 0, S.Integer(1), S.Integer(0)),
}
AT = {  # where to look, if not at ANY
    'acosh': [1.0009765625, 1.5, 3.25], 'asin': [-0.75, 0.125, 0.9990234375], 'acos': [-0.75, 0.125, 0.9990234375],
    'asec': [-1.375, 1.0009765625, 2.625], 'acsc': [-1.375, 1.0009765625, 2.625], 'asech': [0.125, 0.5625, 0.9990234375],
    'acoth': [-1.375, 1.0009765625, 2.625], 'atanh': [-0.75, 0.125, 0.9990234375], 'logit': [0.125, 0.5625, 0.984375], 'sqrt': [0.0009765625, 0.75, 5.5],
    'log': [0.0009765625, 0.75, 5.5], 'log2': [0.125, 0.75, 5.5], 'log10': [0.125, 0.75, 5.5],
    'log1p': [-0.875, 0.0009765625, 4.5], 'lgamma': [0.125, 1.4375, 7.5], 'pow': [0.125, 1.4375, 3.5],
    'gamma': [-1.625, 0.125, 4.5], 'digamma': [-1.625, 0.125, 4.5], 'trigamma': [-1.625, 0.125, 4.5],
}
BINARY = {'add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum', 'max_const', 'min_const', 'clip_low', 'clip_high',
          'logaddexp', 'xlogy', 'atan2', 'hypot', 'leaky_relu', 'elu'}
ANY = [-1.375, 0.28125, 2.625]
SECOND = [0.6875, 2.375]


def to_sympy(e):
    if isinstance(e, tuple):
        return OPS[e[0]](*map(to_sympy, e[1:]))
    return {'x': X, 'y': Y, 'z': Z}[e] if isinstance(e, str) else S.Rational(str(e))


def to_json(e):
    if isinstance(e, tuple):
        return {'kind': 'apply', 'op': e[0], 'args': [to_json(a) for a in e[1:]]}
    return {'kind': 'symbol', 'name': e} if isinstance(e, str) else {'kind': 'number', 'value': e}


def value_of(f, at):
    v = f.subs({s: S.Rational(at[str(s)]) for s in (X, Y, Z)})
    v = S.N(v.doit() if hasattr(v, 'doit') else v, 30)
    if not v.is_real:
        v = S.re(v) if abs(S.im(v)) < 1e-25 else None
    return None if v is None else float(v)


def row(e, at):
    f = to_sympy(e)
    out = {'e': to_json(e), 'at': at, 'value': value_of(f, at), 'first': {}, 'second': {}}
    for s in (X, Y, Z):
        if not f.has(s) or (isinstance(e, tuple) and e[0] == 'polygamma' and s == X):
            continue
        d = S.diff(f, s)
        out['first'][str(s)] = value_of(d, at)
        out['second'][str(s)] = value_of(S.diff(d, s), at)
    values = [out['value'], *out['first'].values(), *out['second'].values()]
    return out if all(v is not None and math.isfinite(v) for v in values) else None


rows = []
for op, f in OPS.items():
    if op in ('floor', 'ceil', 'round', 'sign'):  # SymPy has distributions there; the tests take differences
        continue
    if op == 'polygamma':
        rows += [row((op, 2, 'y'), {'x': 0, 'y': v, 'z': 0}) for v in (0.625, 3.5)]
        continue
    binary = op in BINARY
    for v in AT.get(op, ANY):
        for w in SECOND if binary else [0]:
            rows.append(row((op, 'x', 'y') if binary else (op, 'x'), {'x': v, 'y': w, 'z': 0}))

SMOOTH1 = ['sin', 'cos', 'exp', 'tanh', 'sigmoid', 'square', 'neg', 'atan', 'softplus', 'erf', 'sqrt', 'log', 'silu']
SMOOTH2 = ['add', 'sub', 'mul', 'mul', 'div', 'pow']


def generated(depth):
    if depth == 0 or random.random() < 0.15:
        return random.choice(['x', 'y', 'z', 'x', 'y', 2, 3, 0.5])
    if random.random() < 0.5:
        return (random.choice(SMOOTH1), generated(depth - 1))
    return (random.choice(SMOOTH2), generated(depth - 1), generated(depth - 1))


for _ in range(160):
    e = generated(3)
    if isinstance(e, tuple):
        try:
            r = row(e, {'x': 0.8125, 'y': 1.375, 'z': 0.4375})
        except (ZeroDivisionError, TypeError):
            continue
        if r and max(abs(v) for v in [r['value'], *r['first'].values(), *r['second'].values()]) < 1e9:
            rows.append(r)
write('derivatives.fixture.json', {'rows': [r for r in rows if r]})
print(len(rows), sum(r is None for r in rows))
