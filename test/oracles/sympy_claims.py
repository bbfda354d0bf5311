"""Random derivations by SymPy, in LaTeX of many spellings, right and damaged: writes test/oracles/fixtures/sympy_claims.json.

Each case states one equality that is right, as SymPy derived it (a derivative, a second derivative, a partial derivative, another
form of an expression, a value), and one that is not: the same with one change (a sign, a coefficient, an exponent, a function, a
dropped factor or term), which differs from the right side by more than one percent at most of the points that are tried.
Run: /usr/bin/python3 test/oracles/sympy_claims.py
"""
import json
import pathlib
import random

import sympy
from sympy import Integer, Rational, cos, exp, latex, log, sin, sqrt, tan, tanh, sinh, cosh, atan, asin, symbols

SEED = 1964
COUNT = 600
x, y, t, a, b, k, w = symbols('x y t a b k w')
theta, alpha, sigma = symbols('theta alpha sigma')
rng = random.Random(SEED)

UNARY = [sin, cos, exp, log, sqrt, tanh, tan, atan, sinh, cosh, lambda e: e**2, lambda e: e**3, lambda e: 1/e, lambda e: exp(-e), lambda e: e**Rational(3, 2), asin]
WEIGHTS = [6, 6, 6, 5, 4, 3, 1, 2, 1, 1, 5, 3, 4, 3, 1, 1]


def leaf(names):
    kind = rng.random()
    if kind < 0.7:
        return rng.choice(names)
    return Integer(rng.randint(2, 5)) if kind < 0.9 else Rational(rng.randint(1, 3), rng.choice([2, 3, 4]))


def expression(names, depth):
    if depth == 0:
        return leaf(names)
    kind = rng.random()
    if kind < 0.35:
        return rng.choices(UNARY, WEIGHTS)[0](expression(names, depth - 1))
    left, right = expression(names, depth - 1), expression(names, depth - 1)
    if kind < 0.6:
        return left*right
    if kind < 0.72:
        return left/right
    if kind < 0.86:
        return left + right
    return left - right


def spelling():
    """Arguments of sympy.latex; how people write differs as much."""
    options = {}
    if rng.random() < 0.3:
        options['ln_notation'] = True
    if rng.random() < 0.2:
        options['fold_frac_powers'] = True
    if rng.random() < 0.2:
        options['fold_short_frac'] = True
    # With both, SymPy prints atan(2t/3) as atan 2t / 3, which nobody reads so.
    if rng.random() < 0.2 and not options.get('fold_short_frac'):
        options['fold_func_brackets'] = True
    if rng.random() < 0.2:
        options['root_notation'] = False
    if rng.random() < 0.25:
        options['mul_symbol'] = rng.choice(['dot', 'times', 'ldot'] if rng.random() < 0.3 else ['dot', 'times'])
    if rng.random() < 0.3:
        options['inv_trig_style'] = rng.choice(['full', 'power'])
    if rng.random() < 0.2:
        options['order'] = rng.choice(['lex', 'grlex', 'rev-lex'])
    return options


POINTS = [0.37, 0.61, 1.3, 2.2, 0.83]


def values(e, names):
    """Values at points where they are real numbers of moderate size."""
    found = []
    for i in range(12):
        at = {n: POINTS[(i + 2*j) % len(POINTS)] + 0.05*i for j, n in enumerate(names)}
        try:
            v = complex(sympy.N(e.subs(at)))
        except (TypeError, ValueError, ZeroDivisionError):
            v = complex('nan')
        found.append(v.real if abs(v.imag) < 1e-12 and 1e-6 < abs(v.real) < 1e6 else float('nan'))
    return found


def differs(p, q, names):
    both = [(u, v) for u, v in zip(values(p, names), values(q, names)) if u == u and v == v]
    apart = [1 for u, v in both if abs(u - v) > 0.01*max(abs(u), abs(v))]
    return len(both) >= 5 and len(apart) >= 0.8*len(both)


def nodes(e):
    return [n for n in sympy.preorder_traversal(e) if not n.is_Symbol or True]


SWAPS = {sin: cos, cos: sin, tan: sin, tanh: sinh, sinh: cosh, cosh: sinh, exp: cos, log: sqrt, atan: asin}


def damage(e):
    """One change somewhere in an expression."""
    node = rng.choice(nodes(e))
    if node.is_Add:
        parts = list(node.args)
        i = rng.randrange(len(parts))
        if rng.random() < 0.6:
            parts[i] = -parts[i]
        else:
            parts.pop(i)
        new = sympy.Add(*parts)
    elif node.is_Mul and len(node.args) > 1:
        parts = list(node.args)
        parts.pop(rng.randrange(len(parts)))
        new = sympy.Mul(*parts)
    elif node.is_Pow:
        new = node.base**(node.exp + rng.choice([1, -1])) if rng.random() < 0.6 else node.base
    elif node.is_Number:
        new = node + rng.choice([1, -1])
    elif node.is_Function and node.func in SWAPS:
        new = SWAPS[node.func](*node.args)
    else:
        new = -node
    return e.xreplace({node: new})


def wrong(right, names):
    for _ in range(60):
        candidate = damage(right)
        # A derivative that is a number may be its value at a point.
        if candidate != right and candidate.free_symbols and not candidate.has(sympy.zoo, sympy.nan, sympy.oo) and differs(right, candidate, names):
            return candidate
    return None


def form(e):
    return rng.choice([sympy.expand, sympy.factor, sympy.together, sympy.simplify, lambda q: q, lambda q: q])(e)


def derivative(by):
    partial = rng.choice([r'\partial', 'd']) if by is not None else 'd'
    return partial


def case(index):
    names = rng.choice([[x], [x], [t], [theta], [x, y], [x, a], [w, b], [x, k], [x, y, a], [x, alpha], [x, sigma]])
    f = expression(names, rng.choice([2, 2, 3, 3, 4]))
    if sympy.count_ops(f) > 24 or not f.free_symbols or f.has(sympy.zoo, sympy.nan, sympy.I):
        return None
    by = rng.choice(sorted(f.free_symbols, key=str))
    free = sorted(f.free_symbols, key=str)
    options = spelling()
    tex = lambda e: latex(e, **options)
    kind = rng.choices(['derivative', 'second', 'form', 'prime', 'operator', 'value'], [10, 2, 3, 3, 3, 3])[0]
    if kind == 'form':
        right = sympy.expand(f) if rng.random() < 0.5 else sympy.together(f)
        if tex(right) == tex(f):
            return None
        left, definition = tex(f), ''
        definition, left = f'g = {tex(f)}', None
        claim = lambda r: f'g = {tex(f)} = {tex(r)}'
        definition = ''
    elif kind == 'second':
        right = form(sympy.diff(f, by, 2))
        d = rng.choice([r'\partial', 'd'] if len(free) == 1 else [r'\partial'])
        definition = f'f = {tex(f)}'
        claim = lambda r: r'\frac{%s^2 f}{%s %s^2} = %s' % (d, d, latex(by), tex(r))
    elif kind == 'prime' and len(free) == 1:
        right = form(sympy.diff(f, by))
        definition = f'f({latex(by)}) = {tex(f)}'
        claim = lambda r: f"f'({latex(by)}) = {tex(r)}"
    elif kind == 'operator':
        right = form(sympy.diff(f, by))
        d = 'd' if len(free) == 1 else r'\partial'
        definition = ''
        claim = lambda r: r'\frac{%s}{%s %s} \left(%s\right) = %s' % (d, d, latex(by), tex(f), tex(r))
    elif kind == 'value' and len(free) == 1:
        at = Rational(rng.randint(1, 9), rng.choice([2, 4, 5]))
        value = sympy.N(sympy.diff(f, by).subs(by, at), 12)
        if not value.is_real or not 1e-3 < abs(value) < 1e4:
            return None
        digits = rng.choice([3, 4, 5])
        text = lambda v: f'{float(v):.{digits}f}'
        if abs(float(text(value))) < 0.05:
            return None
        definition = f'f = {tex(f)}, {latex(by)} = {latex(at)}'
        head = r'\frac{d f}{d %s} = ' % latex(by)
        bad = rng.choice([-value, value + 1, value*2, value*Rational(11, 10)])
        return dict(kind=kind, definition=definition, right=head + text(value), wrong=head + text(bad))
    else:
        right = form(sympy.diff(f, by))
        d = 'd' if len(free) == 1 and rng.random() < 0.6 else r'\partial'
        definition = f'f = {tex(f)}'
        style = rng.random()
        if style < 0.6:
            head = r'\frac{%s f}{%s %s}' % (d, d, latex(by))
        elif style < 0.8:
            head = r'\dfrac{\mathrm{d} f}{\mathrm{d} %s}' % latex(by) if d == 'd' else r'\partial_{%s} f' % latex(by)
        else:
            head = r'%s f/%s %s' % (d, d, latex(by))
        claim = lambda r: f'{head} = {tex(r)}'
    if right.is_Number or sympy.count_ops(right) > 60 or right.has(sympy.I, sympy.Derivative, sympy.Piecewise, sympy.re, sympy.im, sympy.Abs, sympy.arg):
        return None
    # A check of SymPy by itself: the derivative by differences.
    if kind not in ('form',):
        order = 2 if kind == 'second' else 1
        if not agrees(sympy.diff(f, by, order), right, free):
            return None
    bad = wrong(right, free)
    if bad is None:
        return None
    return dict(kind=kind, definition=definition, right=claim(right), wrong=claim(bad))


def agrees(p, q, names):
    both = [(u, v) for u, v in zip(values(p, names), values(q, names)) if u == u and v == v]
    return len(both) >= 5 and all(abs(u - v) <= 1e-9*max(abs(u), abs(v), 1e-9) for u, v in both)


cases, seen = [], set()
index = 0
while len(cases) < COUNT:
    index += 1
    made = case(index)
    if made is None or (made['definition'], made['right']) in seen:
        continue
    seen.add((made['definition'], made['right']))
    cases.append(made)
path = pathlib.Path(__file__).parent / 'fixtures' / 'sympy_claims.json'
path.write_text('[\n' + ',\n'.join(json.dumps(c, ensure_ascii=False) for c in cases) + '\n]\n')
print(len(cases), 'cases of', index, 'tries')
