#%% building
print([1, 2] + [3], [0] * 3, list(range(5)), [*range(3), 9], [[0] * 2 for _ in range(2)])
#%% methods
a = [3, 1, 2]
a.append(4); a.extend([5, 6]); a.insert(0, 9); print(a, a.pop(), a.pop(0), a.index(2), a.count(1))
a.remove(1); a.reverse(); print(a); a.sort(); print(a); a.clear(); print(a)
#%% slices
a = list(range(10))
print(a[2:5], a[::3], a[::-1], a[-3:], a[8:2:-2], a[:100])
#%% slice assignment
a = list(range(6))
a[1:3] = ['x']; print(a)
a[::2] = [0, 0, 0]; print(a)
a[1:1] = [7, 8]; print(a)
del a[0]; del a[-2:]; print(a)
#%% aliasing
a = [1, 2]
b = a
b.append(3)
c = a[:]
c.append(4)
print(a, b, c, a is b, a == c[:3])
#%% augmented
a = [1]
b = a
a += [2]
print(a, b)
a = a + [3]
print(a, b)
a *= 2
print(a)
#%% sorting
print(sorted([3, 1, 2], reverse=True), sorted(['bb', 'a', 'ccc'], key=len), sorted([(1, 'b'), (1, 'a'), (0, 'z')]))
a = ['b', 'A', 'c']; a.sort(key=str.lower); print(a)
#%% stable sort
data = [('a', 2), ('b', 1), ('c', 2), ('d', 1)]
print(sorted(data, key=lambda p: p[1]), sorted(data, key=lambda p: p[1], reverse=True))
#%% comparison
print([1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 9], [1, [2]] == [1, [2]], (1, 2) == (1, 2), [1] == (1,))
#%% nested
m = [[1, 2], [3, 4]]
m[0][1] = 9
print(m, [row[0] for row in m], list(zip(*m)), sum(m, []))
#%% unpacking
a, *b, c = range(5)
print(a, b, c)
(x, y), z = (1, 2), 3
print(x, y, z)
[p, q] = 'hi'
print(p, q)
#%% swap
a, b, c = 1, 2, 3
a, b, c = c, a, b
print(a, b, c)
i = 0
x = [1, 2, 3]
i, x[i] = 2, 9
print(i, x)
#%% tuples
t = (1, 2, 3)
print(t[1], t + (4,), t * 2, len(t), (1,), (), t.index(2), t.count(1), 2 in t)
#%% tuple is immutable
t = (1, [2])
t[1].append(3)
print(t)
try:
    t[0] = 5
except TypeError as e:
    print(e)
#%% index errors
for f in (lambda: [1][3], lambda: [].pop(), lambda: [1].index(2), lambda: [1].remove(5), lambda: (1,)[2]):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
#%% enumerate zip reversed
print(list(enumerate('ab', 1)), list(zip([1, 2, 3], 'ab')), list(reversed([1, 2])), list(map(lambda x, y: x + y, [1, 2], [3, 4])))
#%% filter any all
print(list(filter(None, [0, 1, '', 'a'])), any([]), all([]), any([0, 3]), all([1, 0]), list(filter(lambda x: x > 1, [1, 2, 3])))
#%% membership and identity
a = [1, 2.0, 'x', None]
print(1 in a, 2 in a, None in a, [] in a, a.index(None))
#%% growing while iterating
a = [1, 2, 3]
for x in a:
    if x < 3:
        a.append(x + 10)
print(a[:5])
#%% list copy depth
import copy
a = [[1], [2]]
b = a.copy(); c = copy.deepcopy(a)
a[0].append(5)
print(a, b, c)
#%% multiplication shares
a = [[0]] * 2
a[0].append(1)
print(a)
#%% range objects
r = range(2, 20, 3)
print(len(r), r[2], r[-1], 8 in r, 9 in r, list(r[1:3]), r == range(2, 19, 3), list(range(5, 0, -2)), range(3))
#%% star in call and list
def f(*a, **k):
    return a, k
print(f(*[1, 2], 3, **{'x': 1}, y=2), [*'ab', *(1, 2)])

#%% del of slices
a = list(range(10))
del a[2:4]; print(a)
del a[::2]; print(a)
del a[-1]; print(a)
del a[:]; print(a)
a = list(range(10)); del a[::-3]; print(a)
a = list(range(10)); del a[8:2:-2]; print(a)
d = {'a': 1, 'b': 2}; del d['a']; print(d)
x = y = 1
del x, y
try: print(x)
except NameError as e: print(e)
a = [1,2,3]; del a[0], a[0]; print(a)
try: del a[5]
except IndexError as e: print(e)
try: del d['zz']
except KeyError as e: print(e)
class A: pass
o = A(); o.v = 1; del o.v
print(hasattr(o, 'v'))
try: del o.v
except AttributeError as e: print(e)
t = (1,2)
try: del t[0]
except TypeError as e: print(e)
(p, q) = 1, 2
del (p, q)
print('p' in globals())

#%% slice assignment in every form
a = list(range(8))
a[1:3] = ['x']; print(a)
a[::2] = [0]*len(a[::2]); print(a)
try: a[::2] = [1]
except ValueError as e: print(e)
a[2:2] = (7,8,9); print(a)
a[5:1] = [1]; print(a)
a[-2:] = []; print(a)
a[100:] = 'ab'; print(a)
a[:] = range(3); print(a)
try: a[0:1] = 5
except TypeError as e: print(e)
a[::-1] = [1,2,3]; print(a)
b = a
b += (4,)
print(a is b, a)
b = b + [1]; print(a is b)

#%% slices as objects
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), slice(3), slice(None, None, -1))
a = list(range(20))
print(a[s], 'abcdefghijklm'[s], tuple(a)[slice(-3, None)])
print(slice(1,2) == slice(1,2), slice(None).indices(7), slice(None, None, -1).indices(7), slice(-100, 100, 3).indices(10))
class V:
    def __getitem__(self, k): return k
v = V()
print(v[1:2], v[::3], v[1:2, 3], v[...], v[()], v[:, None, -1:], v[1,], v[-1])
def mk(*a): return slice(*a)
print([10,20,30,40][mk(1,3)])
print(range(10)[2:8:3], range(10)[::-1], list(range(10)[s]))

#%% star unpacking
a, *b = 1, 2, 3; print(a, b)
*a, b = [1]; print(a, b)
a, *b, c = 'hello'; print(a, b, c)
(a, *b), c = [1, 2, 3], 4; print(a, b, c)
[a, [b, *c]] = 1, [2, 3, 4]; print(a, b, c)
*a, = range(3); print(a)
print([*range(3), *'ab', 9], (*[1], 2), {*[1, 2], 3}, {**{'a': 1}, 'b': 2, **{'a': 3}})
def f(*a, **k): return a, k
print(f(*[1], 2, *(3, 4), x=1, **{'y': 2}, z=3))
for i, *r in [(1, 2, 3), [4], 'xyz']: print(i, r)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, b, c = 1, 2
except ValueError as e: print(e)
try: a, *b, c, d = 1, 2
except ValueError as e: print(e)
try: a, b = 5
except TypeError as e: print(e)
d = {}
d['x'], d['y'] = 1, 2; print(d)
i = 0; l = [0, 0]
i, l[i] = 1, 9; print(i, l)
x = [1,2,3]
print(*x, sep='-'); print(*x, *'ab', end='!\n')
a = b = c = []
a.append(1); print(b, c is a)
def g(): return *x, 4
print(g())
x = 1, *[2, 3]
print(x)
print({k: v for k, v in zip('ab', [1, 2])}, dict([('a', 1)], b=2), dict(zip('xy', (1, 2))))

#%% list and tuple methods
l = [3, 1, 2]; l.append(4); l.extend((5, 6)); l.insert(0, 0); l.insert(-1, 9); l.insert(100, 8); print(l, l.pop(), l.pop(0), l.index(2), l.index(5, 2), l.count(1), l.remove(9), l.reverse(), l, l.copy() is l, l == l[:], l * 2, [0] * -1, l[::-1], l[10:], l[-2:], l[:-2], l[1:-1:2], 3 in l, l < [9], [1, 2] < [1, 2, 0], [1] == [1.0], [] < [0], (1, 2) < (1, 3))
l.clear(); print(l); a = [1, 2]; a += 'bc'; a *= 2; print(a); b = [[]] * 2; b[0].append(1); print(b); c = [[] for _ in range(2)]; c[0].append(1); print(c, [1, [2, [3]]], [x for y in [[1, 2], [3]] for x in y], [[i * j for j in range(2)] for i in range(2)], [i for i in range(10) if i % 2 if i > 3], [(i, j) for i in range(2) for j in range(i + 1)])
for f in [lambda: [1].index(5), lambda: [1].remove(5), lambda: [][0], lambda: [1][-2], lambda: [].pop(0), lambda: [1, 2] * 1.5, lambda: [1] < 5, lambda: (1,).append(2), lambda: [1] + 5, lambda: [1, 2][1:'a'], lambda: [1].insert('a', 1), lambda: [3].pop(5), lambda: (1, 2).index(3), lambda: list(5)]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t = (1, 2, 3); print(t + (4,), t * 2, t[1:], t.index(2), t.count(1), 2 in t, (1,), (), 1 in (), tuple('ab'), tuple([1]), t == (1, 2, 3), hash(t) == hash((1, 2, 3)), t[::-1], (t, t), len(t), max(t), sum(t), (1, (2, 3)) == (1, (2, 3)))
l = list(range(5)); l[1:3], l[0] = [9, 9, 9], 7; print(l); l[-1] += 10; print(l); l[len(l):] = [1]; print(l, l[True], [l][0] is l, l.__getitem__(0), l.__contains__(9), [1, 2, 3].__iter__().__next__())
