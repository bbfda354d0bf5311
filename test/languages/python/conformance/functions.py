#%% defaults and keywords
def f(a, b=2, *args, c=3, **kw):
    return a, b, args, c, kw
print(f(1), f(1, 5), f(1, 5, 6, 7, c=8, d=9), f(b=1, a=0))
#%% mutable default
def f(x, acc=[]):
    acc.append(x)
    return acc
f(1)
print(f(2), f(3, []))
#%% closures
def counter():
    n = 0
    def inc(k=1):
        nonlocal n
        n += k
        return n
    return inc
c = counter()
d = counter()
print(c(), c(5), d(), c())
#%% late binding
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
#%% global
x = 1
def f():
    global x
    x += 1
f(); f()
print(x)
#%% recursion
def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)
print(fact(20), fact(30))
def fib(n, memo={}):
    if n in memo:
        return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(80))
#%% lambda
f = lambda x, *a, k=2: x + sum(a) * k
print(f(1), f(1, 2, 3), f(1, 2, k=0), (lambda: 5)())
#%% decorators
def twice(f):
    def g(*a):
        return f(*a) * 2
    return g
def add(n):
    def deco(f):
        return lambda *a: f(*a) + n
    return deco
@twice
@add(10)
def h(x):
    return x
print(h(1))
#%% functools
from functools import reduce, partial, lru_cache, wraps
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), partial(pow, 2)(5), partial(int, base=2)('101'))
@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50))
def deco(f):
    @wraps(f)
    def g(*a, **k):
        "inner"
        return f(*a, **k)
    return g
@deco
def named():
    "doc"
    return 1
print(named(), named.__name__, named.__doc__)
#%% docstring and name
def f():
    """Doc."""
print(f.__name__, f.__doc__, (lambda: 0).__name__, f())
#%% argument errors
def f(a, b, *, c): pass
for call in (lambda: f(), lambda: f(1, 2), lambda: f(1, 2, 3, c=1), lambda: f(1, 2, c=1, d=2), lambda: f(1, a=1, b=2, c=3)):
    try:
        call()
    except TypeError as e:
        print(e)
#%% positional only
def f(a, /, b, *, c=0):
    return a, b, c
print(f(1, 2), f(1, b=2, c=3))
try:
    f(a=1, b=2)
except TypeError as e:
    print('error')
#%% function attributes
def f():
    f.calls += 1
f.calls = 0
f(); f()
print(f.calls)
#%% higher order
def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return run
print(compose(lambda x: x + 1, lambda x: x * 2)(5), list(map(str, [1, 2])), (lambda f: f(3))(lambda y: y ** 2))
#%% unbound local
x = 1
def f():
    try:
        print(x)
    except UnboundLocalError as e:
        print('unbound')
    x = 2
f()
#%% nested scopes
def outer():
    x = 'outer'
    def mid():
        def inner():
            return x
        return inner()
    x = 'changed'
    return mid()
print(outer())
#%% star args forwarding
def f(*args, **kwargs):
    return g(*args, **kwargs)
def g(a, b=0, *, c=1):
    return a + b + c
print(f(1), f(1, 2), f(1, b=5, c=6), f(*(1, 2), **{'c': 3}))
#%% annotations
def f(x: int, y: 'str' = 'a') -> float:
    z: float = 1.5
    w: int
    return z
print(f(1))
#%% early return and none
def f(x):
    if x:
        return
    return 1
print(f(1), f(0))
#%% multiple return values
def f():
    return 1, 2
a, b = f()
print(a, b, f()[1])
#%% comprehension scope
x = 'outer'
print([x for x in range(2)], x, {x: x for x in range(2)}, [[i * j for j in range(3)] for i in range(2)])
#%% sorting with key functions
from operator import itemgetter, attrgetter, mul
print(sorted([(2, 'a'), (1, 'b')], key=itemgetter(0)), reduce(mul, [2, 3], 1) if False else mul(2, 3))
#%% deep recursion
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
print(down(500))

#%% global nonlocal
x = 1
def f():
    global x, y
    x += 1; y = 5
    def g():
        nonlocal_ = 3
        return x
    return g()
print(f(), x, y)
def counter():
    n = 0
    def inc(k=1):
        nonlocal n
        n += k
        return n
    def get(): return n
    return inc, get
i, g = counter(); i(); i(5); print(g())
def a():
    v = 'a'
    def b():
        def c():
            nonlocal v
            v = 'c'
        c()
        return v
    return b(), v
print(a())
def shadow():
    x = 10
    class K:
        x = 20
        y = [x for _ in range(2)]
        def m(self): return x
    return K.x, K.y, K().m()
print(shadow())
def unb():
    try:
        print(x)
    except UnboundLocalError as e:
        print(e)
    x = 2
unb()
def fr():
    def g():
        return zz
    try: g()
    except NameError as e: print(e)
    zz = 1
    return g()
print(fr())
def del_local():
    q = 1
    del q
    try: q
    except UnboundLocalError as e: print(e)
del_local()

#%% decorators with arguments
import functools
def repeat(n, *, log=False):
    def deco(fn):
        @functools.wraps(fn)
        def wrapper(*a, **k):
            if log: print('call', fn.__name__, a, k)
            return [fn(*a, **k) for _ in range(n)]
        wrapper.times = n
        return wrapper
    return deco
@repeat(3, log=True)
def add(a, b=2):
    "adds"
    return a + b
print(add(1), add(1, b=5), add.__name__, add.__doc__, add.times, add.__wrapped__(1, 1))
class Count:
    def __init__(self, fn): self.fn = fn; self.n = 0; functools.update_wrapper(self, fn)
    def __call__(self, *a): self.n += 1; return self.fn(*a)
@Count
def sq(x): return x * x
print(sq(3), sq(4), sq.n, sq.__name__)
def tag(cls):
    cls.tag = cls.__name__.lower(); return cls
@tag
class Foo: pass
print(Foo.tag)
reg = {}
def register(name):
    return lambda f: reg.setdefault(name, f)
@register('a')
@register('b')
def h(x): return x + 1
print(sorted(reg), reg['a'](1), h(2))
class M:
    def deco(f):
        def w(self, x): return f(self, x) * 10
        return w
    @deco
    def m(self, x): return x + 1
print(M().m(2))
class Memo:
    @functools.lru_cache(maxsize=None)
    def f(self, n): return n if n < 2 else self.f(n-1) + self.f(n-2)
print(Memo().f(30))

#%% walrus
print([y for x in range(5) if (y := x * x) > 3], y)
if (n := len('abc')) > 2: print(n)
while (k := n) > 0: n -= 1; print(k, end=' ')
print()
print((a := 1) + (b := 2), a, b)
data = [1, 5, 2]
print(any((w := d) > 3 for d in data), w)
def f(x, s=[]):
    return [s.append(last := i) or last for i in x], last
print(f([1, 2]))
print({(q := i): q ** 2 for i in range(3)}, q)
x = [z := 1, z + 1, z := z + 5]; print(x, z)
def g():
    [t := i for i in range(4)]
    return t
print(g(), f"{(u := 5)}", u)
total = 0
print([total := total + v for v in range(5)], total)

#%% closures in loops
fs = [lambda: i for i in range(3)]; print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]; print([f() for f in fs])
fs = []
for j in range(3):
    def f(): return j
    fs.append(f)
print([f() for f in fs]); j = 10; print([f() for f in fs])
def mk():
    out = []
    for k in range(3):
        def h(m): return k * m
        out.append(h)
    k = 7
    return out
print([h(2) for h in mk()])
print([f(1) for f in [(lambda a: lambda b: a + b)(i) for i in range(3)]])
def outer():
    x = 1
    def inner(): return x
    x = 2
    a = inner()
    x = 3
    return a, inner()
print(outer())
print(list(map(lambda f: f(), [lambda n=n: n ** 2 for n in range(4)])))
gens = [(x * i for x in range(3)) for i in range(3)]
print([list(g) for g in gens])
def acc():
    l = []
    def add(v): l.append(v); return sum(l)
    return add
s = acc(); s(1); print(s(2), )
class K:
    fs = [lambda self, i=i: i for i in range(2)]
print(K.fs[1](None))

#%% zip strict enumerate map filter
print(list(zip([1, 2], 'ab', strict=True)), list(zip([1, 2, 3], 'ab')), list(zip()), list(zip([1])), list(zip(*[(1, 2), (3, 4)])))
try: list(zip([1, 2], 'a', strict=True))
except ValueError as e: print(e)
try: list(zip([1], 'ab', strict=True))
except ValueError as e: print(e)
try: list(zip([1, 2], [1, 2], 'a', strict=True))
except ValueError as e: print(e)
print(list(enumerate('ab', 1)), list(enumerate('ab', start=5)), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, '', 'a', [], [0]])), list(filter(lambda x: x > 1, [1, 2, 3])), list(map(int, '123')), list(map(pow, [2, 3], [3, 2])))
m = map(str, [1, 2]); print(next(m), list(m), list(m), next(m, 'end'))
e = enumerate([1]); print(next(e), next(e, None))
z = zip([1, 2, 3], [4, 5, 6]); print(next(z), list(z))
it = iter([1, 2, 3, 4]); print(list(zip(it, it)))
print(sum([1, 2], 10), sum([[1], [2]], []), sum((0.1,) * 10), sum(range(101)), sum(x for x in [1.5, 2]), any([]), all([]), any([0, 1]), all([1, 0]), sum([True, True]), sum([], 0.0), sum({1: 2, 3: 4}))
try: sum(['a', 'b'])
except TypeError as e: print(e)
try: sum(['a', 'b'], '')
except TypeError as e: print(e)
print(abs(-3), abs(-2.5), divmod(7, 2), pow(2, 3), round(3.14159, 2), list(range(5, 0, -2)), len(range(0, 10, 3)), 5 in range(0, 10, 2), range(10)[-1], range(3) == range(0, 3, 1), list(range(0)), range(1, 10, 3).index(4), range(5).count(3), list(reversed(range(3))), bool(range(0)), range(0, 5, 2), hash(range(3)) == hash(range(0, 3)))
try: range(1.5)
except TypeError as e: print(e)
try: range(1, 2, 0)
except ValueError as e: print(e)
print(isinstance(5, (int, str)), eval('1+2') if False else 3, hash((1, 2)) == hash((1, 2)), vars(type('A', (), {'x': 1})())  , next(iter({1: 2})), bool([]), bool('0'), bool(0.0), bool(None), int(), float(), list(), dict(), tuple(), set(), complex if False else '', iter('ab').__next__(), repr(iter) if False else '', list(iter(lambda c=iter([1, 2, 0, 3]): next(c), 0)))

#%% sorted with keys
words = ['banana', 'Apple', 'cherry', 'date']
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (-len(w), w)), sorted({3: 'a', 1: 'b'}), sorted({'b': 1, 'a': 2}.items(), key=lambda kv: kv[1]))
from operator import itemgetter, attrgetter, methodcaller
d = [('b', 2), ('a', 2), ('c', 1)]
print(sorted(d, key=itemgetter(1)), sorted(d, key=itemgetter(1, 0)), sorted(d, key=itemgetter(1), reverse=True), max(d, key=itemgetter(1)), min(d, key=itemgetter(1)), max(d, key=lambda t: t[1]))
class P:
    def __init__(s, a, b): s.a, s.b = a, b
    def __repr__(s): return f'P({s.a},{s.b})'
    def up(self, k): return self.a * k
ps = [P(2, 'x'), P(1, 'y'), P(2, 'a')]
print(sorted(ps, key=attrgetter('a')), sorted(ps, key=attrgetter('a', 'b')), list(map(methodcaller('up', 3), ps)))
from functools import cmp_to_key
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
l = [3, 1, 2]; l.sort(reverse=True); print(l, l.sort()); l.sort(key=lambda x: -x); print(l)
print(max([1, 5, 3]), max(1, 5.0, 3), max([], default=0), min('b', 'a'), max([[1, 2], [1, 3]]), max({'a': 3, 'b': 2}, key={'a': 3, 'b': 2}.get), min([3, 1], key=lambda x: -x), max((True, 2)), max(1, 1.0), max(1.0, 1), min(0.0, -0.0))
for f in [lambda: max([]), lambda: max(1), lambda: sorted([1, None]), lambda: sorted(5), lambda: min()]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(sorted([float('nan'), 1, 2])[1:] if False else '', sorted([(1, 'b'), (1, 'a')]), sorted([[2], [1, 2]]), list(reversed([1, 2])), sorted([True, 0, 2]), sorted([1, 1.0, True]), sorted('aB', key=str.swapcase))
import bisect
a = [1, 3, 3, 5]
print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 4)); bisect.insort(a, 4); print(a)
import heapq
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0); print(heapq.heappop(h), h, heapq.nsmallest(2, h), heapq.nlargest(2, h), heapq.heappushpop(h, 3), heapq.heapreplace(h, 9), h, list(heapq.merge([1, 4], [2, 3])), heapq.nlargest(1, ['a', 'bbb'], key=len))
