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
