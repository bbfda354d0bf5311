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

#%% properties with setters
class T:
    def __init__(self, c): self._c = c
    @property
    def f(self):
        "Fahrenheit"
        return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v): self._c = (v - 32) * 5 / 9
    @f.deleter
    def f(self): print('del'); self._c = None
    def getk(self): return self._c + 273.15
    def setk(self, v): self._c = v - 273.15
    k = property(getk, setk, doc='kelvin')
    ro = property(lambda self: 42)
t = T(100); print(t.f, t.k); t.f = 32; print(t._c); t.k = 300; print(round(t._c, 2))
t.f += 1; print(round(t.f, 5))
try: t.ro = 1
except AttributeError as e: print(e)
del t.f; print(t._c)
print(T.f.__doc__, T.k.__doc__, type(T.f).__name__)
class S(T):
    @property
    def f(self): return super().f + 1
    @f.setter
    def f(self, v): T.f.fset(self, v)
s = S(0); print(s.f); s.f = 212; print(s._c)
class C:
    n = 0
    @functools.cached_property
    def v(self): C.n += 1; return C.n
import functools
class C:
    n = 0
    @functools.cached_property
    def v(self): C.n += 1; return C.n
c = C(); print(c.v, c.v, C().v, c.__dict__)

#%% getattr family
class A:
    def __init__(self): self.x = 1
    def __getattr__(self, n):
        if n.startswith('dyn_'): return n[4:].upper()
        raise AttributeError(f'no {n}')
a = A(); print(a.x, a.dyn_foo, hasattr(a, 'zzz'), getattr(a, 'q', 'default'))
try: a.other
except AttributeError as e: print(e)
class B:
    def __getattribute__(self, n):
        if n == 'secret': return 'hidden'
        return object.__getattribute__(self, n)
    def __setattr__(self, n, v):
        print('set', n, v); object.__setattr__(self, n, v * 2)
    def __delattr__(self, n):
        print('del', n); super().__delattr__(n)
b = B(); b.y = 4; print(b.y, b.secret); del b.y; print(hasattr(b, 'y'))
class P:
    def __init__(self, o): self.__dict__['o'] = o
    def __getattr__(self, n): return getattr(self.o, n)
    def __setattr__(self, n, v): setattr(self.o, n, v)
p = P(A()); print(p.x); p.x = 9; print(p.o.x, p.dyn_k, p.__dict__.keys())
class S:
    __slots__ = ('a', 'b')
s = S(); s.a = 1
try: s.c = 2
except AttributeError as e: print(e)
try: s.b
except AttributeError as e: print(e)
class W:
    __x = 5
    def get(self): return self.__x
    def _W__y(self): return 1
print(W().get(), W._W__x, hasattr(W, '__x'))

#%% dataclass options
from dataclasses import *
from typing import *
@dataclass(order=True)
class A:
    x: int
    y: float = 0.5
    z: list = field(default_factory=list, compare=False, repr=False)
    K: ClassVar[int] = 3
    w: int = field(init=False, default=9)
    def __post_init__(self): self.w = self.x * 2
a = A(1); b = A(1, y=0.5, z=[1]); print(a, a == b, a < A(2), sorted([A(3), A(1)]), a.z, A.K, a.w, asdict(a), astuple(a), replace(a, x=7), [f.name for f in fields(a)], is_dataclass(a))
@dataclass(frozen=True)
class F:
    x: int
    y: int = 2
f = F(1)
try: f.x = 5
except Exception as e: print(type(e).__name__, e)
print(hash(f) == hash(F(1)), {f: 1}[F(1)], F(1) == F(1, 2), F(1) != F(2))
@dataclass
class B(A):
    q: str = 'q'
print(B(1, 2.0, q='z'))
@dataclass(eq=False, repr=False)
class E: x: int = 1
print(E() == E(), repr(E()).startswith('<'))
@dataclass(kw_only=True)
class KW:
    a: int
    b: int = 2
print(KW(a=1))
try: KW(1)
except TypeError as e: print(e)
@dataclass(slots=True)
class SL: x: int = 0
print(SL(3))
@dataclass
class IV:
    a: int
    b: InitVar[int] = 5
    c: int = field(default=0)
    def __post_init__(self, b): self.c = self.a + b
print(IV(1), IV(1, 10))
try:
    @dataclass
    class Bad:
        x: list = []
except ValueError as e: print(e)
try:
    @dataclass
    class Bad2:
        x: int = 1
        y: int
except TypeError as e: print(e)
try: A()
except TypeError as e: print(e)
@dataclass
class KO:
    a: int
    _: KW_ONLY
    b: int = 3
print(KO(1, b=4))
@dataclass(unsafe_hash=True)
class UH: x: int
print(hash(UH(1)) == hash(UH(1)))
@dataclass
class Node:
    v: int
    nxt: Optional['Node'] = None
print(Node(1, Node(2)), [f.default for f in fields(F)][1])

#%% classes misc
class A:
    n = 0
    def __new__(cls, *a): o = super().__new__(cls); cls.n += 1; return o
    def __init__(self, v=0): self.v = v
    def __init_subclass__(cls, **kw): cls.kw = kw
    def __class_getitem__(cls, k): return f'{cls.__name__}[{k}]'
    @classmethod
    def make(cls, v): return cls(v)
    @staticmethod
    def st(x): return x + 1
    def __bool__(self): return self.v > 0
    def __len__(self): return 3
    def __iter__(self): yield from range(self.v)
    def __contains__(self, x): return x == self.v
    def __call__(self, *a, **k): return a, k
    def __index__(self): return self.v
    def __float__(self): return self.v + .5
    def __int__(self): return self.v
    def __neg__(self): return A(-self.v)
    def __abs__(self): return abs(self.v)
    def __round__(self, n=None): return f'round {n}'
    def __enter__(self): print('enter'); return self
    def __exit__(self, t, e, tb): print('exit', t and t.__name__, e); return t is ValueError
    def __reversed__(self): return iter([3, 2])
    def __missing__(self, k): return k
    def __divmod__(self, o): return 'dm', o
    def __rpow__(self, o): return 'rpow', o
    def __pow__(self, o, m=None): return 'pow', o, m
    def __matmul__(self, o): return 'mm', o
    def __rmatmul__(self, o): return 'rmm', o
    def __and__(self, o): return 'and', o
    def __rshift__(self, o): return 'rs', o
    def __invert__(self): return 'inv'
    def __floordiv__(self, o): return 'fd', o
    def __rfloordiv__(self, o): return 'rfd', o
    def __mod__(self, o): return 'mod', o
    def __iadd__(self, o): self.v += o; return self
    def __delitem__(self, k): print('delitem', k)
    def __setitem__(self, k, v): print('setitem', k, v)
    def __getitem__(self, k): return k
    def __trunc__(self): return 77
    def __ceil__(self): return 78
    def __floor__(self): return 79
    def __bytes__(self): return b'x'
    def __dir__(self): return ['a']
class B(A, tag=1): pass
a = A(2); b = B.make(5)
print(B.kw, A.n, type(b).__name__, A.st(1), a.st(2), bool(a), len(a), list(a), 2 in a, a(1, x=2), [10, 20, 30][a], float(a), int(a), (-a).v, abs(-a), round(a), round(a, 2), A[int], B['q'])
with a as q: print(q is a); raise ValueError('x')
try:
    with a: raise KeyError('k')
except KeyError as e: print('out', e)
import math
print(list(reversed(a)), divmod(a, 3), 2 ** a, a ** 2, pow(a, 2, 5), a @ 1, 1 @ a, a & 1, a >> 1, ~a, a // 2, 2 // a, a % 5, math.trunc(a), math.ceil(a), math.floor(a)); a += 5; print(a.v); del a[1:2]; a['k'] = 1; print(a[1, 2:3], 'abc'[A(1)], range(A(3)), hex(A(10)), bin(A(2)), [0] * A(2), A(2).__class__.__name__, A.__name__, A.__bases__, B.__mro__[1].__name__, B.__base__.__name__, isinstance(b, A), issubclass(B, A), b.__dict__, 'n' in A.__dict__, A.__dict__['n'], hasattr(A, 'make'), A.make.__name__, b.make.__self__.__name__)
class M:
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
    def __add__(self, o): return NotImplemented
    def __radd__(self, o): return 'radd'
print(M() == 1, M() != M(), 1 + M())
try: M() < 1
except TypeError as e: print(e)
try: M() + 1
except TypeError as e: print(e)
try: M() - 1
except TypeError as e: print(e)
try: -M()
except TypeError as e: print(e)
try: hash(M())
except TypeError as e: print(e)
class D1:
    def f(self): return 'D1'
class D2(D1):
    def f(self): return 'D2' + super().f()
class D3(D1):
    def f(self): return 'D3' + super().f()
class D4(D2, D3):
    def f(self): return 'D4' + super().f()
print(D4().f(), [c.__name__ for c in D4.__mro__], super(D2, D4()).f(), D1.f(D4()))
class Desc:
    def __set_name__(self, o, n): self.n = n
    def __get__(self, o, t=None): return self if o is None else o.__dict__.get(self.n, 'unset')
    def __set__(self, o, v): o.__dict__[self.n] = v * 2
class H: d = Desc()
h = H(); print(h.d); h.d = 4; print(h.d, H.d.n, h.__dict__)
Dyn = type('Dyn', (A,), {'z': 5, 'm': lambda self: self.z}); print(Dyn().m(), Dyn.__name__)
print(a.__class__ is A, type(a) == A, A.__doc__, A.__module__, A.st.__name__, A.__init__.__name__, str(A), repr(A.make)[:13])
class L(list):
    def first(self): return self[0]
class Dd(dict):
    def __missing__(self, k): return k * 2
    def __getattr__(self, k): return self[k]
print(L([1, 2]).first(), L([1]) + [2], Dd(a=1)['q'], Dd(a=1).a, isinstance(Dd(), dict), len(L([1])))

#%% types and their names
print(isinstance(1, int), isinstance(True, int), isinstance(1.0, (int, float)), type(1) is int, type(True), type(1.0), type('a'), type(None), type(len), type(print), type(lambda: 0), type(int), type(type), type([]), type(()), type({}), type(set()), type(range(1)), type(iter([])), type(x for x in []), type(slice(1)), type(...), type(NotImplemented), type(b''), type(Exception), type(ValueError()), type(zip()), type(map(str, [])), type(enumerate([])), type(reversed([])), type({}.keys()), type({}.items()), type(object()))
print(int.__name__, str.__name__, list.__name__, type(5).__name__, (lambda: 0).__name__, len.__name__, [].append.__name__, int.__mro__, bool.__bases__, object.__name__)
print(callable(len), callable(5), callable(int), callable(lambda: 0), isinstance([], list), issubclass(bool, int), issubclass(int, object))
