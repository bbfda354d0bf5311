"""Integrals and limits with their values by SymPy, in LaTeX, right and damaged: writes test/oracles/fixtures/integrals.json.

Definite integrals are checked once more with 30 digits by mpmath before they are written; limits by evaluation close to the
point. Run: /usr/bin/python3 test/oracles/integrals.py
"""
import json
import pathlib
import random

import mpmath
import sympy
from sympy import Abs, Rational, cos, exp, latex, log, oo, pi, sin, sqrt, symbols, tanh

x, h = symbols('x h', real=True)
a, b, k = symbols('a b k', positive=True)
random.seed(20240)

FINITE = [
    (x**2, 0, 1), (x**3 - 2*x, -1, 2), (exp(-x), 0, 1), (exp(2*x), 0, 1), (sin(x), 0, pi), (cos(x), 0, pi/2), (sin(x)**2, 0, 2*pi),
    (1/(1 + x**2), 0, 1), (1/x, 1, 2), (1/x**2, 1, 4), (sqrt(x), 0, 4), (1/sqrt(x), 0, 1), (log(x), 1, 3), (x*exp(x), 0, 1),
    (x*sin(x), 0, pi), (x**2*exp(-x), 0, 2), (1/sqrt(1 - x**2), 0, Rational(1, 2)), (tanh(x), 0, 1), (x*log(x), 1, 2),
    (Abs(x), -1, 2), (cos(10*x), 0, 1), (x/(1 + x**2), 0, 2), (1/(2 + x), 0, 3), (exp(-x)*sin(x), 0, 1), (x**5*(1 - x)**3, 0, 1),
    (a*x**2 + b, 0, 1), (exp(a*x), 0, 1), (sin(a*x), 0, 1), (x*exp(-a*x), 0, 1), (1/(x + a), 0, 1), (x**2, 0, a), (cos(k*x), 0, pi),
    (x**2, a, b), (a*exp(-x/a), 0, b),
]
INFINITE = [
    (exp(-x), 0, oo), (exp(-x**2), -oo, oo), (x*exp(-x), 0, oo), (x**2*exp(-x), 0, oo), (1/(1 + x**2), -oo, oo), (1/x**2, 1, oo),
    (x**2*exp(-x**2/2)/sqrt(2*pi), -oo, oo), (exp(-a*x), 0, oo), (x*exp(-a*x), 0, oo), (exp(-a*x**2), -oo, oo), (a*exp(-a*x), 0, oo),
    (a/(a**2 + x**2), -oo, oo), (exp(x), -oo, 0), (1/(1 + x)**3, 0, oo), (exp(-x)*cos(x), 0, oo), (exp(-a*x)*sin(b*x), 0, oo),
]
INDEFINITE = [
    x**3, x**2 - 4*x + 1, exp(3*x), sin(2*x), cos(x/2), 1/x**2, x*exp(x), x*cos(x), x*log(x), 1/(1 + x**2), sin(x)*cos(x), tanh(x),
    x**2*exp(x), exp(x)*sin(x), 1/(x**2 - 1), sqrt(x), 1/sqrt(x), a*x + b, exp(a*x), 1/(a + b*x), x*sqrt(1 + x**2), sin(x)**2,
    log(x), x/(1 + x**2), a*cos(b*x), x**k,
]
LIMITS = [
    (sin(x)/x, x, 0), ((1 - cos(x))/x**2, x, 0), ((exp(x) - 1)/x, x, 0), (log(1 + x)/x, x, 0), ((x**2 - 4)/(x - 2), x, 2),
    ((sqrt(1 + x) - 1)/x, x, 0), (((x + h)**3 - x**3)/h, h, 0), ((1/(x + h) - 1/x)/h, h, 0), ((sin(x + h) - sin(x))/h, h, 0),
    ((exp(a*h) - 1)/h, h, 0), (x**2 + a*x, x, 1), ((tanh(a*x))/x, x, 0), (sin(a*x)/sin(b*x), x, 0), ((x**3 - a**3)/(x - a), x, a),
]


def damaged(value):
    """A value that is clearly another one."""
    choices = [2*value, value/2, -value, value + 1]
    return random.choice([c for c in choices if sympy.simplify(c - value) != 0])


def number(e):
    return mpmath.mpf(sympy.N(e.subs({a: Rational(7, 10), b: Rational(17, 10), k: Rational(1, 3)}), 30))


def definite(f, lo, hi):
    value = sympy.simplify(sympy.integrate(f, (x, lo, hi)))
    at = {a: Rational(7, 10), b: Rational(17, 10), k: Rational(1, 3)}
    integrand = sympy.lambdify(x, f.subs(at), 'mpmath')
    ends = [mpmath.mpf(sympy.N(sympy.sympify(e).subs(at), 30)) if e not in (oo, -oo) else (mpmath.inf if e == oo else -mpmath.inf) for e in (lo, hi)]
    mpmath.mp.dps = 30
    check = mpmath.quad(integrand, [ends[0], *([0] if ends[0] < 0 < ends[1] else []), ends[1]])
    assert abs(check - number(value)) < mpmath.mpf('1e-10') * max(1, abs(check)), (f, lo, hi, value, check)
    left = r'\int_{%s}^{%s} %s \, dx' % (latex(lo), latex(hi), bracketed(f))
    return dict(kind='definite', left=left, right=latex(value), wrong=latex(damaged(value)))


def bracketed(f):
    return r'\left(%s\right)' % latex(f) if f.is_Add else latex(f)


def indefinite(f):
    value = sympy.simplify(sympy.integrate(f, x)) if f != x**k else x**(k + 1)/(k + 1)
    assert sympy.simplify(sympy.diff(value, x) - f) == 0, f
    return dict(kind='indefinite', left=r'\int %s \, dx' % bracketed(f), right=latex(value) + ' + C', wrong=latex(sympy.Mul(2, value, evaluate=False)) + ' + C')


def limit(f, v, at):
    value = sympy.simplify(sympy.limit(f, v, at))
    return dict(kind='limit', left=r'\lim_{%s \to %s} %s' % (latex(v), latex(at), bracketed(f)), right=latex(value), wrong=latex(damaged(value)))


cases = [definite(*c) for c in FINITE + INFINITE] + [indefinite(f) for f in INDEFINITE] + [limit(*c) for c in LIMITS]
path = pathlib.Path(__file__).parent / 'fixtures' / 'integrals.json'
path.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + '\n')
print(len(cases), 'cases')
