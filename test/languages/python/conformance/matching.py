#%% match sequences and mappings
def f(x):
    match x:
        case 0 | 1:
            return 'small'
        case int(n) if n < 0:
            return f'neg {n}'
        case int() | float() as num:
            return f'num {num}'
        case []:
            return 'empty'
        case [a]:
            return f'one {a}'
        case [a, b, *rest] if len(rest) > 2:
            return f'long {a} {b} {rest}'
        case (a, (b, c)):
            return f'nested {a} {b} {c}'
        case [first, *_, last]:
            return f'ends {first} {last}'
        case {'op': 'add', 'args': [l, r]}:
            return f'add {l} {r}'
        case {'op': str(op), **kw}:
            return f'op {op} {kw}'
        case {}:
            return 'mapping'
        case 'a' | 'b':
            return 'letter'
        case str(s):
            return f'str {s}'
        case None:
            return 'none'
        case True:
            return 'never'
        case _:
            return f'other {type(x).__name__}'
for v in [0, 1, 5, -3, 2.5, [], [1], (1, [2, 3]), [1, 2, 3], [1,2,3,4,5], {'op': 'add', 'args': [1, 2]}, {'op': 'mul', 'x': 1}, {}, {'z': 1}, 'a', 'hello', None, True, {1,2}, b'x', range(3)]:
    print(f(v))

#%% match classes
from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
class Q:
    __match_args__ = ('a', 'b')
    def __init__(self, a, b): self.a, self.b = a, b
class R:
    k = 3
def f(v):
    match v:
        case P(0, 0): return 'origin'
        case P(x=0, y=y): return f'Y {y}'
        case P(x, 0): return f'X {x}'
        case P(x, y) if x == y: return f'diag {x}'
        case P(): return 'P'
        case Q(1, b=b): return f'Q1 {b}'
        case Q(P(a, b), c): return f'QP {a} {b} {c}'
        case Q(a, b): return f'Q {a} {b}'
        case R.k: return 'const'
        case [P(x=a), P(x=b)]: return f'two {a} {b}'
        case (-1 | -2.5) as q: return f'lit {q}'
        case _: return 'no'
for v in [P(0,0), P(0,3), P(4,0), P(2,2), P(1,2), Q(1,2), Q(P(1,2),3), Q(3,4), 3, [P(1,2),P(3,4)], -1, -2.5, 'xy', 7, [P(1,2), 3]]:
    print(f(v))

#%% match soft keyword
match = 3
case = 4
print(match + case)
match (1, 2):
    case (a, b): print(a, b)
x = [1, 2]
match x:
    case [1, y] | [y, 1]: print(y)
match {'a': {'b': [1, {'c': 5}]}}:
    case {'a': {'b': [_, {'c': z}]}}: print(z)
match 'abc':
    case [a, b, c]: print('no')
    case _: print('str is no sequence')
match 5:
    case 3: print(3)
print('fell through')
