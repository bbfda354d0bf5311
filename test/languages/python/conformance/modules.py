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
