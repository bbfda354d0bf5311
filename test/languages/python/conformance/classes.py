#%% basics
class A:
    kind = 'a'
    def __init__(self, x):
        self.x = x
    def get(self):
        return self.x
a = A(3)
a.y = 4
print(a.get(), a.y, A.kind, a.kind, A.get(a))
#%% inheritance and super
class A:
    def __init__(self):
        self.v = 1
    def f(self):
        return 'A'
class B(A):
    def __init__(self):
        super().__init__()
        self.v += 1
    def f(self):
        return 'B' + super().f()
b = B()
print(b.v, b.f(), isinstance(b, A), issubclass(B, A), B.__mro__[1].__name__, type(b).__name__)
#%% multiple inheritance
class A:
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super().f()
class C(A):
    def f(self): return ['C'] + super().f()
class D(B, C):
    def f(self): return ['D'] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__])
#%% properties
class T:
    def __init__(self):
        self._c = 0
    @property
    def c(self):
        return self._c
    @c.setter
    def c(self, v):
        self._c = v * 2
    @property
    def ro(self):
        return 1
t = T()
t.c = 5
print(t.c, t.ro)
try:
    t.ro = 3
except AttributeError:
    print('read only')
#%% class and static methods
class A:
    n = 0
    @classmethod
    def make(cls, k):
        cls.n += k
        return cls()
    @staticmethod
    def add(a, b):
        return a + b
class B(A): pass
b = B.make(3)
print(type(b).__name__, B.n, A.n, A.add(1, 2), b.add(3, 4))
#%% operators
class V:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __mul__(self, k): return V(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __neg__(self): return V(-self.x, -self.y)
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __repr__(self): return f'V({self.x}, {self.y})'
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __bool__(self): return bool(self.x or self.y)
print(V(1, 2) + V(3, 4), V(1, 2) * 3, 2 * V(1, 2), -V(1, 2), V(1, 2) == V(1, 2), V(1, 2) != V(1, 2), abs(V(3, 4)), bool(V(0, 0)))
#%% reflected operators
class N:
    def __radd__(self, o): return ('radd', o)
    def __rsub__(self, o): return ('rsub', o)
    def __rpow__(self, o): return ('rpow', o)
    def __truediv__(self, o): return ('div', o)
print(1 + N(), 2 - N(), 3 ** N(), N() / 4, sum([N()], 5))
try:
    N() + 1
except TypeError as e:
    print(e)
#%% inplace operators
class C:
    def __init__(self): self.v = 0
    def __iadd__(self, k):
        self.v += k
        return self
c = C()
d = c
c += 5
print(c.v, c is d)
#%% containers
class L:
    def __init__(self, *a): self.a = list(a)
    def __len__(self): return len(self.a)
    def __getitem__(self, i): return self.a[i]
    def __setitem__(self, i, v): self.a[i] = v
    def __contains__(self, x): return x in self.a
    def __iter__(self): return iter(self.a)
    def __delitem__(self, i): del self.a[i]
l = L(1, 2, 3)
l[0] = 9
del l[1]
print(len(l), l[0], 3 in l, list(l), [*l], l[-1], bool(L()))
#%% iteration by getitem
class S:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(S()), 20 in S())
#%% iterator protocol
class R:
    def __init__(self, n): self.n, self.i = n, 0
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
print(list(R(3)), sum(R(4)), next(R(1)))
#%% call and getattr
class F:
    def __call__(self, x, k=1): return x * k
    def __getattr__(self, name):
        if name.startswith('_'): raise AttributeError(name)
        return name.upper()
f = F()
print(f(3), f(3, k=4), f.foo, hasattr(f, '_x'), callable(f), getattr(f, '_y', 'default'))
#%% str and repr
class A:
    def __str__(self): return 'str'
    def __repr__(self): return 'repr'
print(A(), [A()], f'{A()} {A()!r}', str(A()), '%s %r' % (A(), A()))
#%% comparison and sorting
from functools import total_ordering
@total_ordering
class W:
    def __init__(self, w): self.w = w
    def __lt__(self, o): return self.w < o.w
    def __eq__(self, o): return self.w == o.w
    def __repr__(self): return str(self.w)
print(sorted([W(3), W(1), W(2)]), W(1) >= W(1), max([W(1), W(5)]), W(2) > W(1))
#%% hash and sets
class K:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return isinstance(o, K) and self.v == o.v
    def __hash__(self): return hash(self.v)
print(len({K(1), K(1), K(2)}), {K(1): 'a'}[K(1)], K(1) in [K(1)])
#%% class attributes and instances
class A:
    shared = []
    def add(self, x): self.shared.append(x)
a, b = A(), A()
a.add(1)
print(b.shared)
a.shared = [5]
print(b.shared, A.shared, a.shared)
#%% dataclass
from dataclasses import dataclass, field
@dataclass
class P:
    x: int
    y: float = 2.0
    tags: list = field(default_factory=list)
    def norm(self): return self.x + self.y
p = P(1)
q = P(1, 2.0)
print(p, p == q, p.norm(), P(3, y=4.0, tags=['a']), p.tags is q.tags)
#%% dataclass order and frozen
from dataclasses import dataclass
@dataclass(order=True, frozen=True)
class P:
    a: int
    b: int = 0
print(P(1) < P(2), sorted([P(2), P(1, 5)]), P(1) == P(1))
try:
    P(1).a = 3
except Exception as e:
    print(type(e).__mro__[1].__name__ if False else 'frozen')
#%% abstract classes
from abc import ABC, abstractmethod
class S(ABC):
    @abstractmethod
    def area(self): ...
    def double(self): return 2 * self.area()
class Q(S):
    def area(self): return 4
print(Q().double())
try:
    S()
except TypeError as e:
    print('abstract')
#%% new and singletons
class S:
    _i = None
    def __new__(cls):
        if cls._i is None:
            cls._i = super().__new__(cls)
        return cls._i
print(S() is S())
#%% dict and vars
class A:
    def __init__(self): self.a, self.b = 1, 2
a = A()
print(a.__dict__, vars(a), sorted(vars(a)), a.__class__.__name__)
#%% setattr delattr
class A: pass
a = A()
setattr(a, 'x', 5)
print(a.x, hasattr(a, 'y'))
del a.x
print(hasattr(a, 'x'))
try:
    a.x
except AttributeError as e:
    print(e)
#%% derived from builtins
class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
s = Stack([1])
s.push(2)
print(s, s.peek(), len(s), isinstance(s, list))
class D(dict):
    def __missing__(self, k): return k * 2
print(D(a=1)['a'], D()['x'])
#%% descriptors
class Pos:
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, obj, owner=None): return getattr(obj, self.name, 0)
    def __set__(self, obj, v):
        if v < 0: raise ValueError('negative')
        setattr(obj, self.name, v)
class A:
    x = Pos()
a = A()
a.x = 5
print(a.x)
try:
    a.x = -1
except ValueError as e:
    print(e)
#%% context of methods
class A:
    def f(self): return self
a = A()
g = a.f
print(g() is a, [m() is a for m in (a.f, g)])
#%% nested classes and class scope
x = 'global'
class A:
    x = 'class'
    def f(self): return x
    class B:
        z = 5
    y = [i for i in range(3)]
print(A().f(), A.B.z, A.y, A.x)
#%% index and float protocols
class I:
    def __index__(self): return 2
    def __float__(self): return 2.5
    def __int__(self): return 7
import math
print([10, 20, 30][I()], float(I()), int(I()), math.sqrt(I()) if False else range(I()))
