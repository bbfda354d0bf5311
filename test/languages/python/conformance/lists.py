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
