"""Closures, decorators, context managers, caching, partial application."""
import functools
import math
import operator
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from contextlib import contextmanager
from itertools import accumulate, chain, combinations, count, islice, product, takewhile, groupby


def counted(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return fn(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


def memoize(maxsize=None):
    def decorate(fn):
        cache = {}

        @functools.wraps(fn)
        def inner(*args):
            if args not in cache:
                cache[args] = fn(*args)
            return cache[args]

        inner.cache = cache
        return inner

    return decorate


@counted
def square(x):
    """Squares."""
    return x**2


@memoize()
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.lru_cache(maxsize=None)
def binom(n, k):
    if k in (0, n):
        return 1
    return binom(n - 1, k - 1) + binom(n - 1, k)


def compose(*fs):
    return functools.reduce(lambda f, g: lambda x: g(f(x)), fs)


def make_counter(start=0, step=1):
    n = start

    def bump():
        nonlocal n
        n += step
        return n

    def reset():
        nonlocal n
        n = start

    return bump, reset


@contextmanager
def tag(name, log):
    log.append(f"<{name}>")
    try:
        yield log
    except ZeroDivisionError as e:
        log.append(f"!{e}")
    finally:
        log.append(f"</{name}>")


class Timer:
    def __init__(self):
        self.events = []

    def __enter__(self):
        self.events.append("enter")
        return self

    def __exit__(self, kind, value, tb):
        self.events.append(kind.__name__ if kind else "exit")
        return kind is KeyError


Point = namedtuple("Point", "x y")
print([square(i) for i in range(4)], square.calls, square.__name__, square.__doc__)
print(fib(60), len(fib.cache), binom(30, 12))
pipeline = compose(math.sqrt, functools.partial(operator.mul, 3), lambda v: v + 1)
print(pipeline(16.0))
bump, reset = make_counter(10, 5)
print(bump(), bump(), reset(), bump())
log = []
with tag("a", log), tag("b", log) as inner:
    inner.append("body")
    1 / 0
print(log)
t = Timer()
with t:
    {}["missing"]
with t:
    pass
print(t.events)
p = Point(3, 4)
print(p, p._replace(y=0), p.x + p[1], math.hypot(*p))
print(Counter("mississippi").most_common(2), dict(OrderedDict(b=1, a=2)))
d = defaultdict(list)
for k, v in zip("abab", range(4)):
    d[k].append(v)
print(dict(d), deque([1, 2, 3], maxlen=2))
print(list(accumulate([1, 2, 3, 4], operator.mul)), list(islice(count(5, 5), 3)))
print(list(combinations("abc", 2)), list(product([0, 1], repeat=2))[1:3], [*chain([1], (2, 3))])
print([(k, len(list(g))) for k, g in groupby("aaabbc")], list(takewhile(lambda n: n < 3, range(9))))
