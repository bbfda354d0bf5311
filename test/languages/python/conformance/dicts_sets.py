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
