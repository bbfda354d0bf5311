#%% math functions
import math
print(math.floor(-1.5), math.ceil(1.2), math.trunc(-1.7), math.factorial(10), math.gcd(12, 18), math.comb(5, 2), math.isqrt(17), math.perm(5, 2), math.lcm(4, 6))
#%% math constants
import math
print(math.pi, math.e, math.tau, math.inf, math.nan)
#%% math exact values
from math import sqrt, exp, log, sin, cos, hypot, atan2, pi
print(sqrt(16), exp(0), log(1), sin(0), cos(0), hypot(3, 4), atan2(0, 1), log(8, 2), round(sin(pi), 10))
#%% math errors
import math
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.exp(1000), lambda: math.factorial(-1), lambda: math.acos(2)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
#%% math predicates
import math
print(math.isnan(float('nan')), math.isinf(-math.inf), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -0.0), math.fmod(-7, 3), math.modf(2.5), math.frexp(8.0), math.ldexp(0.5, 4))
#%% math sums
import math
print(math.fsum([0.1] * 10), sum([0.1] * 10), math.prod([1, 2, 3]), math.dist([0, 0], [3, 4]))
#%% random ints
import random
random.seed(42)
print([random.randint(1, 6) for _ in range(10)], random.randrange(0, 100, 5), random.getrandbits(16))
#%% random floats
import random
random.seed(7)
print(random.random(), random.uniform(-1, 1), random.random())
#%% random gauss
import random
random.seed(0)
print([round(random.gauss(0, 1), 12) for _ in range(4)], round(random.normalvariate(1, 2), 12))
#%% random choice and shuffle
import random
random.seed(3)
a = list(range(10))
random.shuffle(a)
print(a, random.choice('abcdef'), random.sample(range(100), 5), random.choices([1, 2, 3], k=4))
#%% random weighted and instance
import random
r = random.Random(5)
print(r.random(), r.randint(0, 10), r.choices('ab', weights=[1, 3], k=5))
#%% random large seed
import random
random.seed(123456789012345678901234567890)
print(random.random())
#%% copy
import copy
a = {'x': [1, {2}]}
b = copy.copy(a)
c = copy.deepcopy(a)
a['x'].append(3)
print(b, c)
#%% operator
import operator as op
print(op.add(1, 2), op.itemgetter(1)('abc'), op.attrgetter('real') if False else op.neg(3), op.truediv(1, 4), op.contains([1], 1))
#%% typing is inert
from typing import List, Optional, Dict, Tuple, Union, Callable
def f(x: Optional[List[int]] = None) -> Dict[str, Tuple[int, ...]]:
    return {'a': (1,)}
print(f())
#%% os path
import os
print(os.path.join('a', 'b', 'c.txt'), os.path.basename('/x/y.z'), os.path.splitext('a/b.tar.gz'), os.path.dirname('/x/y'))
#%% import forms
import math as m
from math import floor as fl, ceil
import os.path
print(m.pi > 3, fl(2.5), ceil(2.5), os.path.sep)
#%% missing import caught
try:
    import surely_not_there
except ImportError:
    x = 1
else:
    x = 2
#%% abc and enum free code
import sys, time
print(sys.maxsize > 2**60, len(sys.argv) >= 1)
#%% collections iteration
from collections import deque
q = deque()
q.extend([1, 2, 3])
q.rotate(1)
print(list(q), q.pop(), [x for x in q])
#%% argparse: defaults of options
import argparse
def options(argv):
    p = argparse.ArgumentParser(description='x', formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    p.add_argument('--lr', '-l', type=float, default='0.1', help='rate %(default)s')
    p.add_argument('--hidden-size', type=int, default=3)
    p.add_argument('--layers', nargs='+', type=int, default=[2, 3])
    p.add_argument('--no-cuda', action='store_true', default=False)
    p.add_argument('--opt', choices=['sgd', 'adam'], default='sgd')
    p.add_argument('-v', '--verbose', action='count', default=0)
    p.add_argument_group('more').add_argument('--tag', action='append')
    p.set_defaults(seed=1)
    return p.parse_args(argv)
a = options([])
print(a.lr, a.hidden_size, a.layers, a.no_cuda, a.opt, a.verbose, a.tag, a.seed)
print(sorted(vars(a)), getattr(a, 'opt'), 'lr' in a)
#%% argparse: options and positionals that are given
import argparse
p = argparse.ArgumentParser()
p.add_argument('name')
p.add_argument('rest', nargs='*', type=int)
p.add_argument('--lr', '-l', type=float)
p.add_argument('--flag', action=argparse.BooleanOptionalAction, default=True)
p.add_argument('--size', dest='n', type=int, required=True)
print(p.parse_args('run 1 2 --size=4 -l 0.5 --no-flag'.split()))
print(p.parse_known_args(['run', '--size', '4', '--other']))
print(argparse.Namespace(a=1) == argparse.Namespace(a=1), argparse.Namespace(b='x'))
#%% leaving a program
import sys
try:
    sys.exit(3)
except SystemExit as e:
    print(e.code, e.args)
def g():
    yield 1
    return 5
it = g()
next(it)
try:
    next(it)
except StopIteration as e:
    print(e.value)
print(sys.float_info.epsilon, sys.float_info.max, sys.float_info.min, sys.float_info.dig)

#%% itertools full
import itertools as it
from itertools import *
print(list(accumulate([1, 2, 3, 4])), list(accumulate([3, 1, 4], max)), list(accumulate([1, 2], initial=10)), list(accumulate([1, 2, 3], lambda a, b: a * b)), list(accumulate([])), list(accumulate([2,3], func=lambda a,b: a**b, initial=2)))
print(list(chain([1], 'ab', (2,))), list(chain.from_iterable([[1, 2], [3]])), list(combinations('abc', 2)), list(combinations_with_replacement('ab', 2)), list(permutations([1, 2, 3], 2)), len(list(permutations(range(4)))), list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(combinations([1], 2)), list(permutations([])))
print(list(islice(count(5, 2), 3)), list(islice(cycle('ab'), 5)), list(repeat(1, 3)), list(islice(range(10), 2, 8, 3)), list(islice('abc', None)), list(islice(count(0.5, 0.25), 3)), list(islice('abcdef', 1, None, 2)))
print(list(compress('abcd', [1, 0, 1, 0])), list(dropwhile(lambda x: x < 3, [1, 3, 1])), list(takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(filterfalse(lambda x: x % 2, range(5))), list(starmap(pow, [(2, 3), (3, 2)])), list(zip_longest([1, 2, 3], 'a', fillvalue='-')), list(pairwise([1, 2, 3])), [(k, list(g)) for k, g in groupby('aabbca')], [(k, len(list(g))) for k, g in groupby([1, 3, 2, 4], key=lambda x: x % 2)])
a, b = tee([1, 2, 3]); print(next(a), list(b), list(a))
a, b, c = tee(range(2), 3); print(list(a), list(b), list(c))
print(list(filterfalse(None, [0, 1, 2])), next(count()), sum(repeat(2, 5)), list(map(lambda x, y: x * y, count(1), [1, 2, 3])), list(zip(count(), 'ab')), list(islice(accumulate(count(1)), 4)), list(chain(*[[1], [2]])), dict(zip(count(), 'xy')), list(it.chain(range(2), it.repeat('z', 2))))
g = groupby([1, 1, 2]); k, grp = next(g); next(g); print(k, list(grp))

#%% functools full
import functools
from functools import *
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 1), reduce(max, [3, 1, 4]))
try: reduce(lambda a, b: a, [])
except TypeError as e: print(e)
p = partial(pow, 2); print(p(5), partial(int, base=2)('101'), p.func, p.args, p.keywords)
f = partial(lambda a, b, c=0: (a, b, c), 1, c=5); print(f(2), f(2, c=7), partial(f, 9)())
@lru_cache(maxsize=2)
def sq(x): print('calc', x); return x * x
sq(1); sq(1); sq(2); sq(3); sq(1); print(sq.cache_info()); sq.cache_clear(); sq(3); print(sq.cache_info().misses)
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), fib.cache_info())
@singledispatch
def show(x): return f'obj {x}'
@show.register(int)
def _(x): return f'int {x}'
@show.register(str)
def _(x): return f'str {x}'
@show.register(list)
@show.register(tuple)
def _(x): return f'seq {len(x)}'
print(show(1), show('a'), show([1]), show((1, 2)), show(2.5), show(True), show.dispatch(int) is not None)
@total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), V(1) != V(2), sorted([V(2), V(1)])[0].v)
class C:
    @cached_property
    def p(self): print('once'); return 42
c = C(); print(c.p, c.p); del c.p; print(c.p)
class Cell:
    def set_state(self, s): return s
    alive = partialmethod(set_state, True)
print(Cell().alive())
@wraps(fib)
def w(): pass
print(w.__name__)
compose = lambda *fs: reduce(lambda f, g: lambda x: g(f(x)), fs)
print(compose(lambda x: x + 1, lambda x: x * 2, str)(3))

#%% collections full
from collections import *
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], c.total(), list(c.elements())[:3], c + Counter('ab'), c - Counter('aab'), c & Counter('ab'), c | Counter('zz'), Counter(a=3).most_common())
c.update('aa'); c.subtract({'b': 5}); print(c, c['a']); c['q'] += 1; print(c.pop('q'), 'q' in c, Counter([1, 1, 2]) == Counter({1: 2, 2: 1}), dict(Counter('aab')), sum(c.values()), Counter(x=1, y=2), Counter(), sorted(c.items()))
d = defaultdict(list); d['a'].append(1); print(d, d['b'], len(d), d.get('z'), d.default_factory, dict(d)); e = defaultdict(int, {'x': 1}); e['y'] += 2; print(e, defaultdict(lambda: 5)['q'])
try: defaultdict()['a']
except KeyError as x: print(x)
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.maxlen, q[0], q[-1], len(q), 2 in q); q.rotate(1); print(q); q.extend([7, 8]); q.extendleft([9]); print(q, q.pop(), q.popleft(), list(q)); q.clear(); print(q, deque('abc'), deque([1, 2]) == deque([1, 2]), deque([1]) + deque([2]), list(reversed(deque([1, 2]))), deque([1, 2, 1]).count(1), deque([1, 2]).index(2))
q = deque([1, 2, 3]); q.insert(1, 9); q.remove(3); q.reverse(); print(q, q.copy()); q[0] = 5; del q[1]; print(q)
try: deque().pop()
except IndexError as x: print(x)
P = namedtuple('P', 'x y'); p = P(1, y=2); print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, P._make([3, 4]), tuple(p), p == (1, 2), P.__name__, len(p), p + (3,), *p)
Q = namedtuple('Q', ['a', 'b', 'c'], defaults=[7, 8]); print(Q(1), Q._field_defaults, Q(1, c=2)); a, b = p; print(a, b, max(p), isinstance(p, tuple), hash(p) == hash((1, 2)))
try: P(1)
except TypeError as x: print(x)
try: p.x = 1
except AttributeError as x: print(x)
class R(namedtuple('R', 'w h')):
    @property
    def area(self): return self.w * self.h
    def __str__(self): return f'R:{self.w}'
print(R(2, 3).area, R(2, 3), repr(R(2, 3)))
o = OrderedDict([('a', 1), ('b', 2)]); o.move_to_end('a'); print(o, o.popitem(last=False), list(o)); o['z'] = 1; o.move_to_end('z', last=False); print(list(o.items()), OrderedDict(a=1) == {'a': 1}, OrderedDict([('a', 1), ('b', 2)]) == OrderedDict([('b', 2), ('a', 1)]), list(reversed(o)))

#%% operator module
import operator as op
print(op.add(1, 2), op.mul(2, 3), op.sub(1, 2), op.truediv(1, 2), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 3), op.neg(1), op.pos(1), op.abs(-1), op.not_(0), op.truth(1), op.lt(1, 2), op.le(1, 1), op.eq(1, 1), op.ne(1, 2), op.ge(1, 2), op.gt(2, 1), op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.inv(1), op.invert(1), op.lshift(1, 3), op.rshift(8, 1), op.is_(None, None), op.is_not(1, None), op.contains([1], 1), op.concat([1], [2]), op.countOf([1, 1], 1), op.indexOf([1, 2], 2), op.getitem([5, 6], 1), op.index(3))
l = [1, 2]; op.setitem(l, 0, 9); op.delitem(l, 1); print(l, op.iadd([1], [2]), op.imul(3, 4), op.itemgetter(slice(0, 2))('abc'), op.attrgetter('real')(5), op.attrgetter('a.b')(type('A', (), {'a': type('B', (), {'b': 3})})), op.methodcaller('split', ',')('a,b'), op.matmul if False else '')
ops = {'+': op.add, '-': op.sub, '*': op.mul, '/': op.truediv, '^': op.pow}
stack = []
for t in '3 4 + 2 * 7 /'.split():
    if t in ops: b, a = stack.pop(), stack.pop(); stack.append(ops[t](a, b))
    else: stack.append(float(t))
print(stack)

#%% copy module
import copy
a = [1, [2, 3], {'k': [4]}]; b = copy.copy(a); c = copy.deepcopy(a); a[1].append(9); a[2]['k'].append(5); print(b, c)
class N:
    def __init__(self): self.l = [1]; self.me = self
n = N(); m = copy.deepcopy(n); print(m.me is m, m.l is n.l, m.l); k = copy.copy(n); print(k.l is n.l)
class X:
    def __init__(self, v): self.v = v
    def __copy__(self): return X(self.v + 1)
    def __deepcopy__(self, memo): return X(self.v + 100)
print(copy.copy(X(1)).v, copy.deepcopy(X(1)).v, copy.deepcopy([X(2)])[0].v, copy.copy((1, 2)), copy.deepcopy({1: {2}}), copy.copy({1, 2}))
x = [1]; y = [x, x]; z = copy.deepcopy(y); print(z[0] is z[1], z[0] is x)

#%% statistics of spread
import statistics as st
from statistics import NormalDist, mean, stdev, variance
d = [2.5, 3.25, 5.5, 11.0]
print(st.stdev(d), st.variance(d), st.pstdev(d), st.pvariance(d), variance([2, 4, 6]), variance([1, 2, 3, 4]), stdev([1, 2, 3, 4]), st.pvariance([1, 2, 3, 4]))
print(st.multimode([1, 1, 2, 2, 3]), round(st.harmonic_mean([40, 60]), 9), round(st.geometric_mean([54, 24, 36]), 9), round(st.covariance([1, 2, 3], [1, 5, 7]), 9), round(st.correlation([1, 2, 3], [1, 5, 7]), 9))
for f in [lambda: stdev([1]), lambda: mean([]), lambda: st.correlation([1, 1], [2, 3]), lambda: NormalDist(0, -1), lambda: st.covariance([1], [1, 2])]:
    try: print(f())
    except st.StatisticsError as e: print(e)
n = NormalDist(1.0, 2.0)
print(n, n.mean, n.stdev, n.variance, round(n.pdf(0.5), 12), round(n.cdf(2), 12), n.zscore(4), n + 1, 2 * n, n + NormalDist(2, 1.5), -n, n - 3, n / 2, n == NormalDist(1, 2), NormalDist.from_samples([1.0, 2.0, 4.0]))
#%% fractions
from fractions import Fraction as F
import math
a, b = F(3, 4), F('0.1')
print(a, b, repr(a), F(0.75), F('-7/3'), F(6, -8), F(5), F('1e-2'), F(F(1, 2), 3), a.numerator, b.denominator)
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** 2, a ** -1, 2 ** F(3), -a, abs(F(-1, 2)), a + 1, 1 - a, 2 * a, 1 / a, 3 // a, a + 0.5, 0.5 * a, a ** 0.5)
print(a > b, a == 0.75, a < 1, a >= F(3, 4), a != b, sorted([F(1, 2), F(1, 3), 0.4]), sum([F(1, i) for i in range(1, 6)]), max(a, b), float(F(1, 3)), int(F(-7, 2)), round(F(5, 2)), round(F(7, 3), 2), math.floor(F(-7, 2)), math.ceil(F(7, 2)), bool(F(0)))
print(F(math.pi).limit_denominator(1000), F(3.14159).limit_denominator(10), f'{a} {a!r}', [F(i, 6) for i in range(4)])
for f in [lambda: F(1, 0), lambda: F('abc'), lambda: a / 0, lambda: F(1.5, 2)]:
    try: print(f())
    except (ZeroDivisionError, ValueError, TypeError) as e: print(type(e).__name__, e)
def harmonic(n):
    return sum((F(1, k) for k in range(1, n + 1)), F(0))
print(harmonic(20), float(harmonic(20)))
