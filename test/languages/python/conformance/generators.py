#%% simple generator
def g(n):
    for i in range(n):
        yield i * i
print(list(g(4)), sum(g(4)), next(g(1)))
#%% generator with state
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
it = fib()
print([next(it) for _ in range(10)])
#%% yield from and return
def inner():
    yield 1
    yield 2
    return 'r'
def outer():
    r = yield from inner()
    yield r
    yield from 'ab'
print(list(outer()))
#%% send
def avg():
    total, n = 0, 0
    m = None
    while True:
        x = yield m
        total += x
        n += 1
        m = total / n
a = avg()
next(a)
print(a.send(10), a.send(20), a.send(30))
#%% bare yield
def g():
    x = yield
    print('got', x)
    yield
it = g()
next(it)
it.send(5)
#%% stop iteration
def g():
    yield 1
    return 5
it = g()
next(it)
try:
    next(it)
except StopIteration as e:
    print('stop', e.value if hasattr(e, 'value') else e.args[0])
print(next(it, 'default'))
#%% generator expressions
print(sum(x * x for x in range(5)), list(x for x in 'ab'), max((x for x in [3, 1]), default=0), dict((i, i) for i in range(2)))
#%% lazy evaluation
def g():
    print('start')
    yield 1
    print('end')
it = g()
print('made')
for x in it:
    print(x)
#%% generators in try
def g():
    try:
        yield 1
        yield 2
    finally:
        print('cleanup')
for x in g():
    print(x)
it = g()
next(it)
it.close()
#%% throw
def g():
    while True:
        try:
            yield 1
        except ValueError as e:
            print('caught', e)
            yield 2
it = g()
next(it)
print(it.throw(ValueError('v')))
#%% itertools
import itertools as it
print(list(it.chain([1], [2, 3])), list(it.islice(it.count(5), 3)), list(it.product('ab', [0, 1])), list(it.combinations([1, 2, 3], 2)))
print(list(it.permutations([1, 2, 3], 2))[:4], list(it.accumulate([1, 2, 3])), list(it.zip_longest([1], [2, 3])), list(it.takewhile(lambda x: x < 3, [1, 2, 5, 1])))
#%% itertools more
import itertools
print(list(itertools.repeat(1, 2)), list(itertools.starmap(pow, [(2, 3)])), [(k, list(g)) for k, g in itertools.groupby('aab')], list(itertools.pairwise([1, 2, 3])))
#%% nested generators
def flat(x):
    for i in x:
        if isinstance(i, list):
            yield from flat(i)
        else:
            yield i
print(list(flat([1, [2, [3, 4]], 5])))
#%% pipeline
nums = (x for x in range(10))
even = (x for x in nums if x % 2 == 0)
print(list(x ** 2 for x in even), list(nums))
#%% iter and sentinel
data = [1, 2, 0, 3]
print(list(iter(lambda: data.pop(0), 0)), data)
#%% unpack generator
a, b, *c = (i for i in range(4))
print(a, b, c)
#%% zip with generators and enumerate
def g():
    yield 'a'
    yield 'b'
print(list(zip(g(), range(5))), [f'{i}{x}' for i, x in enumerate(g())])
#%% generator truthiness and membership
print(3 in (x for x in range(5)), bool(x for x in []), any(x > 2 for x in range(4)))
#%% comprehension with several ifs
print([x for x in range(20) if x % 2 if x % 3], [(x, y) for x in range(3) for y in range(x)])
#%% yield in loops with conditions
def g(xs):
    for x in xs:
        if x < 0:
            return
        elif x == 0:
            continue
        yield x
print(list(g([1, 0, 2, -1, 3])))
#%% generator methods on classes
class Tree:
    def __init__(self, v, *kids): self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids:
            yield from k
print(list(Tree(1, Tree(2, Tree(3)), Tree(4))))

#%% generator send throw close
def gen():
    total = 0
    try:
        while True:
            try:
                x = yield total
            except ValueError as e:
                print('caught', e)
                total = -1
                continue
            if x is None:
                print('none')
                continue
            total += x
    finally:
        print('closing', total)
g = gen()
print(next(g))
print(g.send(3))
print(g.send(4))
print(g.throw(ValueError('boo')))
print(next(g))
g.close()
try:
    g.send(1)
except StopIteration as s:
    print('stop', s.value)
try:
    next(gen().throw(KeyError('a')))
except KeyError as e:
    print(repr(e))
g2 = gen()
try:
    g2.send(3)
except TypeError as e:
    print(e)

#%% generator return value
def inner():
    x = yield 1
    print('got', x)
    y = yield x * 2
    return y
def outer():
    r = yield from inner()
    print('inner returned', r)
    yield r
g = outer()
print(next(g)); print(g.send(10)); print(g.send(7))
print(list(g))
def ret():
    return 5
    yield
try:
    next(ret())
except StopIteration as e:
    print(e.value, e.args)

#%% generator throw through yield from
def inner():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print('inner', e)
        yield 99
    finally:
        print('inner fin')
def outer():
    try:
        yield from inner()
    except ZeroDivisionError as z:
        print('outer', z)
        yield 'z'
    finally:
        print('outer fin')
g = outer()
print(next(g)); print(g.throw(ValueError('v'))); print(g.throw(ZeroDivisionError('zd'))); print(list(g))
g = outer(); next(g); g.close(); print(list(g))
def bad():
    try:
        yield 1
    except GeneratorExit:
        yield 2
b = bad(); next(b)
try:
    b.close()
except RuntimeError as e:
    print(e)
def stop():
    yield 1
    raise StopIteration
try:
    print(list(stop()))
except RuntimeError as e:
    print(e)
