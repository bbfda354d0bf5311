#%% if elif else
for x in (-1, 0, 1):
    if x < 0:
        print('neg')
    elif x == 0:
        print('zero')
    else:
        print('pos')
#%% while else break
n = 0
while n < 5:
    n += 1
    if n == 3:
        break
else:
    print('no')
print(n)
while n < 5:
    n += 1
else:
    print('else', n)
#%% for else continue
for i in range(5):
    if i % 2:
        continue
    print(i)
else:
    print('done')
#%% nested loops with break
for i in range(3):
    for j in range(3):
        if j == 1:
            break
        print(i, j)
#%% not and or precedence
a, b, c = True, False, True
print(not a and b, not a or c, a and not b or b, not (a and b), not a == b, a and b or c)
#%% short circuit values
print(0 or 'x', 1 and 'y', '' or [] or None, 0 and 1, 'a' or 1 / 0)
#%% conditional expression
x = 3
print('a' if x > 2 else 'b', ('p' if x == 1 else 'q') if x > 5 else 'r')
#%% truthiness
for v in (0, 0.0, '', [], {}, (), None, False, [0], 'a', -1):
    print(bool(v), end=' ')
print()
#%% try except else finally
def f(x):
    try:
        return 10 / x
    except ZeroDivisionError:
        return 'zero'
    else:
        return 'else'
    finally:
        print('finally', x)
print(f(2), f(0))
#%% try else
try:
    x = 1
except ValueError:
    print('no')
else:
    print('else')
finally:
    print('fin')
#%% exception hierarchy
try:
    [][1]
except LookupError as e:
    print(type(e).__name__, isinstance(e, IndexError), e)
#%% nested exceptions and reraise
try:
    try:
        raise ValueError('a')
    except ValueError:
        print('inner')
        raise
except ValueError as e:
    print('outer', e)
#%% custom exception
class MyError(Exception):
    def __init__(self, code):
        super().__init__(f'code {code}')
        self.code = code
try:
    raise MyError(3)
except MyError as e:
    print(e, e.code, e.args, repr(e))
#%% raise from and multiple types
try:
    try:
        {}['k']
    except KeyError as e:
        raise RuntimeError('wrapped') from e
except (TypeError, RuntimeError) as e:
    print(e, type(e.__cause__).__name__)
#%% assert
try:
    assert 1 == 2, 'bad'
except AssertionError as e:
    print(e)
#%% finally overrides
def f():
    for i in range(3):
        try:
            continue
        finally:
            print('f', i)
    try:
        return 1
    finally:
        print('end')
print(f())
#%% walrus
data = [1, 5, 3]
if (n := len(data)) > 2:
    print(n)
print([y for x in data if (y := x * 2) > 4], y)
while (k := data.pop()) != 1:
    print(k)
#%% match literal and capture
def f(x):
    match x:
        case 0:
            return 'zero'
        case 'a' | 'b':
            return 'ab'
        case [1, *rest]:
            return rest
        case {'k': v, **others}:
            return v, others
        case (a, b) if a == b:
            return 'pair'
        case None:
            return 'none'
        case _:
            return 'other'
for v in (0, 'b', [1, 2, 3], {'k': 5, 'z': 1}, (2, 2), None, 7):
    print(f(v))
#%% match classes
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y):
        self.x, self.y = x, y
def f(p):
    match p:
        case P(0, y):
            return 'x0', y
        case P(x=x) if x > 5:
            return 'big', x
        case int(n):
            return 'int', n
        case str() as s:
            return 's', s
    return 'none'
print(f(P(0, 3)), f(P(9, 1)), f(4), f('q'), f(P(1, 1)))
#%% del and scope
x = [1, 2, 3]
del x[1], x[0]
print(x)
y = 5
del y
try:
    y
except NameError as e:
    print(e)
#%% loop variable stays
for i in range(3):
    pass
print(i, [i for i in range(10)][-1], i)
#%% with statement
class C:
    def __init__(self, name):
        self.name = name
    def __enter__(self):
        print('enter', self.name)
        return self
    def __exit__(self, t, v, tb):
        print('exit', self.name, t.__name__ if t else None)
        return t is ValueError
with C('a') as a, C('b') as b:
    print(a.name, b.name)
with C('c'):
    raise ValueError
print('after')
#%% return inside loops and with
def f():
    for i in range(3):
        while True:
            if i == 1:
                return i
            break
print(f())
#%% exception variable is deleted
try:
    1 / 0
except ZeroDivisionError as e:
    pass
try:
    e
except NameError:
    print('gone')
#%% bare except and finally order
def g():
    try:
        raise KeyError('k')
    except:
        print('caught')
    finally:
        print('fin')
g()
#%% uncaught
print('before')
raise ValueError('end')

#%% try finally return
def f():
    try: return 'try'
    finally: print('fin')
def g():
    try: return 'try'
    finally: return 'fin'
def h():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print('body', i)
        finally: print('fin', i)
    else: print('else')
    return i
def k(x):
    try: r = 10 / x
    except ZeroDivisionError: return 'zde'
    except (TypeError, ValueError) as e: return f'te {e}'
    else: return f'else {r}'
    finally: print('cleanup', x)
def n():
    try:
        try: raise ValueError('inner')
        finally: print('f1')
    except ValueError as e:
        print('caught', e)
        try: raise KeyError('k') from e
        except KeyError as k:
            print(repr(k.__cause__), repr(k.__context__), k.__suppress_context__)
            return 'n'
def loop():
    while True:
        try: return 1
        finally: break
    return 2
def mutate():
    x = 1
    try: return x
    finally: x = 2
def exc_in_fin():
    try: raise ValueError('a')
    finally: raise KeyError('b')
print(f(), g(), h()); print(k(2), k(0), k('a')); print(n(), loop(), mutate())
try: exc_in_fin()
except KeyError as e: print(repr(e), repr(e.__context__))
def swallow():
    while True:
        try: raise ValueError
        finally: break
    return 'swallowed'
print(swallow())
def re():
    try: 1/0
    except ZeroDivisionError as e:
        e.args = ('changed',) ; raise
try: re()
except ZeroDivisionError as e: print(e, e.args)
try:
    raise ValueError(1, 2)
except ValueError as e: print(e, e.args, repr(e))
try: raise ValueError
except ValueError as e: print(repr(e), str(e) == '')
try: raise 5
except TypeError as e: print(e)
class E(Exception):
    def __init__(self, code, msg): super().__init__(msg); self.code = code
    def __str__(self): return f'[{self.code}] {self.args[0]}'
try: raise E(3, 'm')
except E as e: print(e, repr(e), e.code)
try: int('x1')
except ValueError as e: print(e)
try: float('abc')
except ValueError as e: print(e)
try: [].pop()
except IndexError as e: print(e)
try: {}['a']
except LookupError as e: print(repr(e), isinstance(e, KeyError))
try: None.foo
except AttributeError as e: print(e)
try: 1 + 'a'
except TypeError as e: print(e)
try: 'a' + 1
except TypeError as e: print(e)
try: [1] + (2,)
except TypeError as e: print(e)
try: len(5)
except TypeError as e: print(e)
try: (lambda x: x)()
except TypeError as e: print(e)
try: next(iter([]))
except StopIteration: print('si')
try: assert 1 == 2, 'msg'
except AssertionError as e: print(e)
try: {}[[]]
except TypeError as e: print(e)
try: sorted([1, 'a'])
except TypeError as e: print(e)
try: 5()
except TypeError as e: print(e)
try: 5[0]
except TypeError as e: print(e)
try: [1,2]['a']
except TypeError as e: print(e)
try: 'abc'[1.5]
except TypeError as e: print(e)
try: import_missing
except NameError as e: print(e)

#%% exception groups of handlers
def f(e):
    try: raise e
    except ArithmeticError as x: return 'arith ' + type(x).__name__
    except LookupError as x: return 'lookup ' + type(x).__name__
    except OSError as x: return 'os ' + type(x).__name__
    except (RuntimeError, StopIteration) as x: return 'rt ' + type(x).__name__
    except Exception as x: return 'exc ' + type(x).__name__
    except BaseException as x: return 'base ' + type(x).__name__
for e in [ZeroDivisionError(), OverflowError(), FloatingPointError(), KeyError(1), IndexError(), FileNotFoundError('x'), IOError(), NotImplementedError('n'), RecursionError(), StopIteration(3), ValueError(), UnicodeError(), AssertionError(), KeyboardInterrupt(), SystemExit(2), GeneratorExit(), AttributeError(), NameError(), TypeError(), MemoryError(), TimeoutError(), EOFError(), ImportError('x'), ModuleNotFoundError('y'), PermissionError(), Warning(), DeprecationWarning()]:
    print(f(e), repr(e))
try:
    try: raise ValueError('a')
    except ValueError as e: raise RuntimeError('b') from None
except RuntimeError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
e = ValueError('x'); e.add_note('note'); print(e.__notes__)
print(issubclass(ZeroDivisionError, ArithmeticError), ValueError.__mro__, ValueError.__name__, Exception.__bases__)
