#%% literals and access
d = {'a': 1, 'b': 2}
print(d['a'], d.get('c'), d.get('c', 0), 'a' in d, len(d), list(d))
#%% update and merge
d = {'a': 1}
d.update({'b': 2}, c=3); d['a'] = 9
print(d, {**d, 'z': 0}, d | {'a': 0})
#%% pop and setdefault
d = {'a': 1, 'b': 2}
print(d.pop('a'), d.pop('x', None), d.setdefault('b', 5), d.setdefault('q', []), d.popitem(), d)
#%% views
d = {'x': 1, 'y': 2}
print(list(d.keys()), list(d.values()), list(d.items()), d.keys(), d.items(), 'x' in d.keys())
for k, v in d.items():
    print(k, v)
#%% ordering is insertion
d = {}
for k in 'zxy':
    d[k] = 0
del d['x']; d['x'] = 1
print(d)
#%% comprehension
print({k: v * 2 for k, v in [('a', 1), ('b', 2)]}, {x % 3 for x in range(7)} == {0, 1, 2})
#%% tuple keys
d = {(1, 2): 'a', (1, (2, 3)): 'b'}
print(d[1, 2], d[(1, (2, 3))], (1, 2) in d)
#%% equality
print({'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {'a': 1} != {'a': 2}, {} == {})
#%% errors
for f in (lambda: {}['x'], lambda: {[]: 1}, lambda: {}.pop('k')):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
#%% set operations
a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= b, {2} < a, a.isdisjoint({9}))
#%% set methods
s = {1}
s.add(2); s.discard(9); s.update([3, 4]); s.remove(1)
print(sorted(s), 2 in s, len(s), set() == set([]), frozenset([1, 1]))
#%% dict from pairs and zip
print(dict([('a', 1)]), dict(zip('ab', [1, 2])), dict(a=1, b=2), dict.fromkeys('ab', 0))
#%% nested dict
d = {'p': {'W': [1, 2]}}
d['p']['W'][0] += 5
d['p']['b'] = 1
print(d)
#%% iteration with deletion copy
d = {'a': 1, 'b': 2, 'c': 3}
for k in list(d):
    if d[k] > 1:
        del d[k]
print(d)
#%% counter and defaultdict
from collections import Counter, defaultdict, OrderedDict
print(Counter('abracadabra').most_common(2), Counter(a=2) + Counter(a=1) if False else Counter('aab')['a'], Counter('a')['zz'])
d = defaultdict(list)
d['x'].append(1)
print(d, dict(d), OrderedDict([('a', 1)]))
#%% deque and namedtuple
from collections import deque, namedtuple
q = deque([1, 2, 3], maxlen=3)
q.append(4); q.appendleft(0)
print(q, q.popleft(), len(q), q[0])
P = namedtuple('P', 'x y')
p = P(1, y=2)
print(p, p.x + p.y, p._replace(x=5), tuple(p), p == (1, 2))
#%% sorting dicts
d = {'b': 1, 'a': 3, 'c': 2}
print(sorted(d), sorted(d.items(), key=lambda kv: kv[1]), max(d, key=d.get), sorted(d, key=d.get, reverse=True))
#%% dict views are live
d = {'a': 1}
k = d.keys()
d['b'] = 2
print(list(k), len(k))
#%% ordered dict methods
from collections import OrderedDict
d = OrderedDict(a=1, b=2, c=3)
d.move_to_end('a')
print(list(d), list(reversed(list(d.values()))), d.popitem(last=False))
#%% frozenset keys
d = {frozenset([1, 2]): 'x'}
print(d[frozenset([2, 1])])
#%% grouping
data = [('a', 1), ('b', 2), ('a', 3)]
out = {}
for k, v in data:
    out.setdefault(k, []).append(v)
print(out)
#%% changed size
d = {1: 1}
try:
    for k in d:
        d[k + 1] = 0
except RuntimeError as e:
    print(e)
#%% dict of lists and counting words
text = 'the cat the dog the end'
c = {}
for w in text.split():
    c[w] = c.get(w, 0) + 1
print(c, sorted(c.items(), key=lambda kv: (-kv[1], kv[0])))
#%% set of tuples
pairs = {(i, j) for i in range(3) for j in range(3) if i < j}
print(sorted(pairs), (0, 1) in pairs)
#%% dict key types
d = {None: 1, 2.5: 2, 'a': 3, (1,): 4}
print(d[None], d[2.5], d['a'], d[1,])

#%% dict and set methods
d = {'a': 1, 'b': 2}
print(d.get('a'), d.get('z', 0), d.setdefault('c', 3), d.pop('a'), d.pop('q', None), d, d.popitem(), d.keys() | {'z'} == {'b', 'z'}, d.keys() & {'b'}, 'b' in d, list(d), d | {'x': 1}, {**d}, dict.fromkeys('ab', 0), dict.fromkeys([1, 2]), len(d), d.copy() == d, d.items() == {('b', 2)}, list(d.values()))
d |= {'k': 1}; d.update(z=5); d.update([('p', 1)]); d.update({'q': 2}, r=3); print(d, list(reversed(d)), sorted(d.items(), key=lambda t: (t[1], t[0])), max(d, key=d.get), {v: k for k, v in d.items()}); d.clear(); print(d, not d)
for f in [lambda: {}['a'], lambda: {}.pop('a'), lambda: {}.popitem(), lambda: dict([1]), lambda: {[1]: 2}, lambda: {1} + {2}, lambda: {1}.remove(5), lambda: set().pop(), lambda: dict(1), lambda: {1, [2]}, lambda: {}.a, lambda: dict([(1, 2, 3)])]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
s = {1, 2, 3}; s.add(4); s.discard(9); s.remove(1); print(s, s | {9}, s & {2}, s - {2}, s ^ {2, 7}, s <= {2, 3, 4, 5}, s < s, s >= {2}, s.isdisjoint({9}), s.issubset([2, 3, 4]), s.issuperset([2]), s.union([8], [9]), s.intersection([2, 3]), s.difference([2]), s.symmetric_difference([2]), 2 in s, len(s), set('aab') == {'a', 'b'}, frozenset([1]) | {2}, {1} | frozenset([2]), {frozenset([1]): 2})
s |= {10}; s &= {2, 10, 3}; s -= {3}; s ^= {1}; print(s); s.update([5], (6,)); s.intersection_update([5, 6, 1]); s.difference_update([1]); s.symmetric_difference_update([6, 7]); print(s, s.copy(), s == {5, 7}, {1, 2} == {2, 1}, set() == {}, sorted({'b', 'a'}), {True, 1, 1.0}, {1: 'a', True: 'b', 1.0: 'c'}, {0.0, -0.0}, {i % 3 for i in range(10)})
d = {1: 'a', 2: 'b'}
try:
    for k in d: d[k + 10] = 1
except RuntimeError as e: print(e)
try:
    for k in {1, 2}: s.add(1)
    t = {1, 2}
    for k in t: t.add(k + 10)
except RuntimeError as e: print(e)
for k in list(d): del d[k]
print(d, {(1, 2): 'x'}[1, 2], {'a': {'b': 1}}['a']['b'], {**{'x': 1}, 'x': 2}, dict(a=1, **{'b': 2}), {1: 2}.items(), {1: 2}.keys(), {1: 2}.values(), {}.keys(), {'a': 1}.__contains__('a'), d.__class__.__name__)

#%% order of sets
print({3, 1, 2}, list(set([5, 3, 9, 1])), set([100, 7, 33]), {2.5, 1, 0.5}, {-1, -2, 5}, frozenset([9, 8, 7]))
for x in {8, 3, 1}:
    print(x)
labels = [2, 0, 1, 2, 0]
print({c: i for i, c in enumerate(set(labels))}, list({x % 7 for x in range(20, 0, -3)}))
s = set()
for x in [30, 20, 10, 40, 50, 60, 70]:
    s.add(x)
print(s)
s.discard(40)
s.add(41)
print(s, s - {10}, s & {20, 30, 99}, s | {1, 2, 3}, s ^ {10, 11}, {(1, 2), (0, 1), (3, 4)})
print(s.pop(), s.pop(), s, hash((1, 2.5)), hash(frozenset([1, 2])), hash(10**20), hash(-0.75))

#%% order of sets after many operations
a = set([19, 55, 2.0, 33, 0, 45, 685687, 2.0])
b = set([(0, 0)])
a.discard(54)
print(a, list(b))
a = set([])
b = set([628745, 54, 20, 32])
a |= b
print(a, list(b))
a = set([5, 30, 5, 7.0, (2, 0), 8, 32, -3])
b = set([1])
b -= a
print(a, list(b))
a = set([45, 20, (2, 2), 37, 47, (0, 1), 7, 54])
b = set([19, 19, 806902, 44, 48, 493, 33, 20584, 45, 631262, 1.5, 13, 28, 37, (3, 0), 21, 26, 42, 53, 56, (1, 3), 14, 24, (1, 1), 20, 1099511627776, 632851, 1, -1, 27])
a &= b
print(a, list(b))
a = set([1099511627776, 57, 17])
b = set([56])
a ^= b
print(a, list(b))
a = set([1.5, 21, 1.5, 52, 0, 42, 11, 12, 347041, 2.0, -3, 40, 0.5, 4, 34, 4, 42, 2.0, (2, 2), 55])
b = set([437416])
a = a | b
print(a, list(b))
a = set([])
b = set([43, -4, 1.5, 9, 922528, 37, 53, 5, -2, 6, 24, 118368, 57, -4, 13, -3.25, 38, -8589934592, 25, 27, 50, (1, 1), 35, 12, 0, 10000000000.0, (0, 3), 22, (3, 3), -8589934592])
a = a - b
print(a, list(b))
a = set([-1, 0, 10000000000.0, 34, 0.5])
b = set([19, 29, 13, (0, 3)])
a = a & b
print(a, list(b))
a = set([])
b = set([717742, 55, -4, (0, 1), 39, 59, 2.0, 23, 44])
a = a ^ b
print(a, list(b))
a = set([0.5, 59, (2, 3)])
b = set([-3.25, 10, 44, 324909, 36, -3, 5, 38, 30])
a.update([53])
print(a, list(b))
a = set([228898, (0, 3), (1, 2), 2.0, 51, 516508, 6, (3, 2)])
b = set([27, 43, 912334, 218355])
a.pop()
print(a, list(b))
a = set([58, 9, 43, 0, 46, 10, 16, 53, 46, 55, 38, 55, 8, -2, 135750, 0.5, 14, 31, 40, 58])
b = set([10])
b = b.union(a, [13])
print(a, list(b))
a = set([1099511627776, 47, (1, 1), 559944, -3.25])
b = set([39, 331217, -3.25, 19])
a.difference_update([653814])
print(a, list(b))
a = set([])
b = set([138979, 10000000000.0, 50, (3, 1)])
b = set(a)
print(a, list(b))
a = set([-3, 40, 378875])
b = set([7.0])
a = a.copy()
print(a, list(b))
a = set([873410, 4, -2, 56, 18, 17, (2, 0), 12, 484516, 7, 54, 40, 42, 0, (1, 3), 42, 19, 1.5, -4, 5])
b = set([19, 38, (2, 2), 780596, 2.0, (3, 1), 922580, 42, (1, 3), 18, 38, 7, 40, 946554, -3.25, 33, 46, 4, 58, 1.5, (0, 0), -3.25, 46, 20, 0.5, 27, 38, 48, 595568, (0, 3)])
b = {x for x in a}
print(a, list(b))
a = set([167700, 16, 568279, 0.5, 58, 46, 41, 56])
b = set([31, 10000000000.0, 26, 15, 44, 35, 0.5, 35, 23])
b.update({(0, 0): 1})
print(a, list(b))
a = set([255546, 7, 757845, 151377, 856367])
b = set([1.5, 48, 21, 374023])
a.intersection_update(list(b)+[56])
print(a, list(b))
a = set([41, 48, 28, 1099511627776, 12, 769953, 56, 34, (2, 2), 19, -3.25, 26, 20, 41427, 0.5, 49, -1, 30, 6, 168671])
b = set([7.0, 40, 38, 12])
b = b.difference(a)
print(a, list(b))
a = set([])
b = set([22])
b=frozenset(b) | a
print(a, list(b))
a = set([(2, 1), 7.0, 18, 42, 54, 82321, 50, 57])
b = set([-4, 22, 633045, 33, 36, 13, 36, 10, 51, 30, 34, 23, 26, 41, 45, 19, 7.0, (1, 1), 53, 295126, (1, 0), 32, 682837, (3, 0), 34, (0, 2), 8, 88814, 13, 49])
b = b.symmetric_difference([28])
print(a, list(b))
a = set([-8589934592, (2, 3), 38])
b = set([-8589934592, 4, 0.5, 39, 845055, 6, 567637, 7.0, 1.5])
a.difference_update(b)
print(a, list(b))
a = set([960036, 15, 393763, 7.0, 49, 30, 62083, 9])
b = set([2.0, 789719, 56, 38141, 20, 22, 55, 23, 30])
a.symmetric_difference_update(b)
print(a, list(b))
a = set([34, -8589934592, 508307, 958663, 692322, 6, 23, 22])
b = set([(3, 2), (0, 1), 916508, 42])
b=set({x:1 for x in a})
print(a, list(b))
a = set([11, 10000000000.0, 1])
b = set([17, 14, (0, 2), 7])
for x in list(b)[::2]: a.discard(x)
for x in [26,2.0,36]: a.add(x)
print(a, list(b))
a = set([59, 19, 6, (3, 1), 47, 15, 326535, 46])
b = set([54])
a.discard(727388)
print(a, list(b))
a = set([7.0, 12, 45, 1.5, 0.5, 746333, -3.25, 9, -4, 885530, (1, 1), 43, 786149, 38, (0, 2), 43, 7.0, 30, 37, 43, 13, 2.0, 2.0, 46, 54, 6, -1, 10, 4, 49, 145808, 2.0, (3, 3), 47, 1099511627776, 7.0, 828030, -3, 19, 51])
b = set([21])
a |= b
print(a, list(b))
a = set([32, (1, 2), (2, 1), 59, 20, 541103, 741157, (1, 0), -3.25, (1, 1), 48, 7.0, 41, 10, 12, 3, 28, 37, 1.5, 3983])
b = set([7.0, 41, (1, 0), 46, 12, 43, 0.5, 47, 13])
b -= a
print(a, list(b))
a = set([46, 11, 37, -1, 2.0, 58, -8589934592, 47, (3, 3), (3, 3), 9, 551519, 50, -2, 1, 50, 7.0, (2, 0), 52, 45])
b = set([8])
a &= b
print(a, list(b))
a = set([571453, 45, 922487, 42, 441872, 16, 48, 4, 11, 53, 26, 0.5, 3, 52, (3, 1), 24, -2, 35, 58, 55])
b = set([2, 40, 16815, 20])
a ^= b
print(a, list(b))
a = set([-3.25, 52431, 10000000000.0, 7.0, 287196, 747786, 351204, -8589934592, 16, 34, 20, 25, 32, (2, 0), 24, 938981, 699435, 11, 1.5, 4])
b = set([77397, 0, 31, 49, (0, 1), 19, 30, 0.5, 14, 35244, 1099511627776, 58, 3, 41, 56, (2, 1), 16, 50, 51, 27, (1, 2), 23, 632606, -1, 1, 18, -3, 1099511627776, 28, 32434])
a = a | b
print(a, list(b))
a = set([])
b = set([596531])
a = a - b
print(a, list(b))
a = set([25, 0.5, 0, 10000000000.0, (3, 0), 2.0, 26, 53, 47, 22, 0.5, 12, 53, 0, 47, 148423, 33, 4, 712878, 800355, 642203, 27, 25, 6, 381680, 22, 46, 2, 2.0, 45, 223682, 1, 39, 15, 46, 54, (3, 3), 18, 214521, 48])
b = set([30])
a = a & b
print(a, list(b))
a = set([651133, 18, 1099511627776, 22, 41])
b = set([41])
a = a ^ b
print(a, list(b))
a = set([(0, 0), 879566, 5, 399897, 2, 25, 19, 11, 34, 56, 12, 28, 52, 2.0, 875140, 52, 44, 40, 32, 22, -2, -8589934592, 33, 1.5, 226707, 40, 7.0, 28, 49, 58, 44, 298387, 30, 46, 16, 25, 38, 843258, 27, 10000000000.0])
b = set([126186])
a.update([25])
print(a, list(b))
a = set([956741, 1, 33, 36, 75782])
b = set([36])
a.pop()
print(a, list(b))
a = set([18, 1099511627776, 7.0, 22, (0, 3)])
b = set([3, (3, 3), 403673, 12, 10000000000.0, 41, -3, 19, 28, -3.25, 45, 58, (0, 2), 8, 328579, (1, 3), -3.25, (1, 2), -8589934592, (2, 2), 41, -8589934592, 26, 17, 773344, 3, 857561, 34, 52, 56])
b = b.union(a, [593196])
print(a, list(b))
a = set([27, 45, 27, 36, 21, (1, 3), 2.0, 10000000000.0])
b = set([43, 10000000000.0, 18, 494754])
a.difference_update([47])
print(a, list(b))
a = set([2.0, 29, 45, 12, 10, 203215, 10, -2, (3, 1), 34, 31, 47, (3, 1), 13, 8, 27, 453637, 36, 283319, 13])
b = set([10000000000.0, 5, 41, 1, -5, 324365, 0.5, 56, 20])
b = set(a)
print(a, list(b))
a = set([48, 45, 22, 27, 32, 844264, 1, -2])
b = set([4, -2, (2, 0), -4])
a = a.copy()
print(a, list(b))
a = set([41, 28, (3, 3)])
b = set([(0, 3), 47, -2, 13, 44, 10000000000.0, (2, 3), 30, 36])
b = {x for x in a}
print(a, list(b))
a = set([18, 11, 21, 8, 42])
b = set([-3, 59, 7, 21, 17, 8, 36, 23, 17])
b.update({28: 1})
print(a, list(b))
a = set([815457, -4, 43, 57988, 39])
b = set([659158, 9, 53, 54, 44, 43, 0.5, -1, 52, 0, 36, 54, 27, 7.0, 55, 421628, 11, (3, 0), 13, (0, 2), 67972, -1, 10000000000.0, 39, -4, 205510, 25, 51, (3, 1), 58])
a.intersection_update(list(b)+[(0, 3)])
print(a, list(b))
a = set([])
b = set([(1, 2)])
b = b.difference(a)
print(a, list(b))
a = set([-1, 906861, 31])
b = set([44])
b=frozenset(b) | a
print(a, list(b))
a = set([21, 35, 763002, 587170, 1099511627776, 38, 10000000000.0, -3.25])
b = set([11, 54, 30, 39])
b = b.symmetric_difference([54])
print(a, list(b))
a = set([10000000000.0, 3, 7.0, 807188, 13, 29, 47, 12, 7, 48, 10, 31, 81960, -8589934592, 56, 47, -8589934592, 7.0, 31, 29])
b = set([0.5, -3.25, 42, 27, 30, 8, 7, 21, 41])
a.difference_update(b)
print(a, list(b))
a = set([])
b = set([39, 855310, 24360, 2.0, 41, 59, 2, 22008, 414334])
a.symmetric_difference_update(b)
print(a, list(b))
a = set([(0, 0), 54, -3.25, 21, 13, 7, 1.5, 27])
b = set([(0, 3), -3, 41, 939332, 114182, 9, (0, 2), 591412, 25, 6, 34, 26, 47, 22, 16, 53, 8, (1, 1), 550466, 10, -4, 9, 1099511627776, -2, 58, 0, 33, 28, 48, 57])
b=set({x:1 for x in a})
print(a, list(b))
a = set([10000000000.0, 10000000000.0, 5, 56, 50, 9, 2, 43])
b = set([23, 7.0, 41, 24, 57, 7.0, 8, 40, 383397])
for x in list(b)[::2]: a.discard(x)
for x in [12,59,101882]: a.add(x)
print(a, list(b))
a = set([(1, 0), 58, 39, 6, 29])
b = set([7.0, 31, 7, 23, (2, 0), 14, (2, 0), 514148, 5, 38, 0.5, -3.25, -5, (3, 3), 4, 5, 12, 52, 1.5, 4, (2, 0), 1099511627776, 9, 221406, 36, 10, 30, -1, 975665, 58])
a.discard(727497)
print(a, list(b))
a = set([44, 56, 16, (2, 1), 15, 1099511627776, 44, 54])
b = set([(1, 3), 1099511627776, 57, 28, 47, 27, 841677, (3, 1), 1099511627776])
a |= b
print(a, list(b))
a = set([18, 953818, 44, 24, 8, 2.0, 40, 57, 14, 40, (0, 1), (1, 1), 773412, 1.5, 19, 42, 7.0, 32, 10000000000.0, 40])
b = set([27])
b -= a
print(a, list(b))
a = set([27, 28, 29, 30, 159566, 167881, (1, 0), 15, 28, 49, 380298, -3.25, 42, 22, 530207, 39, 79019, 115613, 4, -5, 10, 42, 13, 3, 47, 4, 18, 40, -3.25, 106680, 57, 57, 6, 33, 23, 2.0, 996089, 162248, 980380, (3, 2)])
b = set([15, 33395, 33, 25231])
a &= b
print(a, list(b))
a = set([18, 1.5, 3, 226682, 873866, 39, 39, 25])
b = set([42, 37, 40, 25, 434317, 14, 52, 37, 28])
a ^= b
print(a, list(b))
a = set([27, -3, 24, 37, -3.25, -3.25, 5, -3.25, 0, 12, 40, 4, 405976, 439461, (1, 2), 216981, 31, 3, -4, -1])
b = set([445489, 150436, 15, 237096, 358522, 12, 35, 202023, 25, 761758, 700760, 42, 10000000000.0, 4, 760695, 1, 36, 10, 51, (2, 0), 23, 34, 979509, 528267, 37, 1.5, 53, 57, 19, 55])
a = a | b
print(a, list(b))
a = set([46, 31, 17, 22, 25426, 58, 1.5, 18, 16, 0, 42, 10000000000.0, 7.0, 13, 609192, 1099511627776, 53, 57, 15, 31, (2, 1), 46, 38, 7, 0.5, 9, 43, -8589934592, 58, 54, 35, 56, 13, 293729, 1, 1, 46, (2, 1), 528430, 40])
b = set([513672])
a = a - b
print(a, list(b))
a = set([35, (2, 1), -8589934592, (1, 1), (2, 2), (1, 0), (2, 1), -3])
b = set([46, 675574, 699620, 28, 913679, 27, 28, 653144, 0.5])
a = a & b
print(a, list(b))
a = set([805980, -5, 58, -8589934592, 40, 15, 24, 10])
b = set([35, 18, 29, 1.5])
a = a ^ b
print(a, list(b))
a = set([])
b = set([33, 811744, 8, 57, 7, 561467, 26, 41, 36])
a.update([1])
print(a, list(b))
