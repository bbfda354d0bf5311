#%% print options
print(1, 2, sep='-', end='!\n')
print()
print('a', end='')
print('b')
#%% print containers
print([1.0, 'a', None, True], (1,), {'k': [1]}, {1}, set(), [[]], ({},))
#%% recursive containers
a = [1]
a.append(a)
print(a)
#%% nested quotes
print(["it's", 'a"b', 'c\n'], {'a': 'b'})
#%% large and small numbers
print([1e100, 1e-10, 123456.789, 1e5, 12345678901234567890, -1e-7])
#%% format alignment table
for n, v in [('a', 1.5), ('bcd', 22.25)]:
    print(f'{n:<5}|{v:>8.2f}|{v:^10}|{v:+.1e}')
#%% percent formats
print('%5s|%-5s|%05d|%.3s|%c' % ('ab', 'ab', 42, 'abcdef', 'x'))
print('%.2f%%' % 12.345, '%10.3e' % 12345.678, '%G' % 1e-10, '%i' % 3.7)
#%% format method fields
print('{0[1]} {1.real} {2[k]}'.format([1, 2], 3, {'k': 'v'}) if False else '{0[1]} {1[k]}'.format([1, 2], {'k': 'v'}), '{:{w}.{p}f}'.format(3.14159, w=8, p=2))
#%% format thousands
print('{:,}'.format(1234567.891), '{:_}'.format(1000000), f'{1e6:,.0f}', f'{-1234:,}', f'{0:,}')
#%% special floats in format
print(f'{float("inf"):.2f} {float("nan"):5} {-float("inf")}', '%f' % float('inf'))
#%% bool and none in format
print(f'{True} {None} {True:d} {True:>6}', str(None), repr(True))
#%% str of functions of values
print(str(1.0), str(10**20), str([1, 'a']), repr(1e22), str((1, 2.50)))
#%% multiple lines
print("""a
  b
c""")
#%% expressions in f-strings
d = {'k': 1}
print(f"{d['k']} {len('abc')} {[x for x in range(3)]} {(lambda: 5)()} {1 if d else 2}")
#%% rounding in format
print(f'{0.125:.2f} {0.375:.2f} {2.5:.0f} {3.5:.0f} {1e-7:.3f} {999.9999:.2f}')
#%% significant digits
print(f'{1234.5678:.3g} {0.00012345:.2g} {1e20:.5g} {100000:g} {1000000:g} {1.0:g}', f'{12.0:.3}', f'{1234.0:.2}')
#%% integer formats
print(f'{10:b} {10:o} {255:X} {255:#o} {10:08b} {3:5}|{3:<5}|{3:^5}|{-3:=5}')
#%% ascii and escapes
print('tab\there', 'bell' + chr(9) + 'x', 'q\'q', "dq\"dq")
#%% dict printing order
d = {'b': 1}
d['a'] = {'z': (1, 2)}
print(d)
#%% exceptions printing
print(ValueError('x'), repr(ValueError('x')), KeyError('k'), repr(KeyError('k')), ValueError(), Exception(1, 2))
#%% numbers in lists
print([0.1 + 0.2, 1e-3, 3.0, 2**60, -0.5], (1.0,), {0.5: 1})
#%% justify with width from variable
w = 7
print('%*d|' % (5, 3), f'{"x":>{w}}|', '{:{}}|'.format('y', 4))
#%% negative zero and signs
print(-0.0, f'{-0.0:.1f}', f'{0.0:+.1f}', 0 * -1, f'{3: d} {-3: d}')

#%% format dunder
class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __format__(self, spec):
        if spec == 'p': return f'<{self.x},{self.y}>'
        return f'({self.x:{spec}}, {self.y:{spec}})'
    def __str__(self): return 'V!'
    def __repr__(self): return 'Vr'
v = V(1.5, 2)
print(f'{v:p} {v:.2f} {v} {v!r} {v!s:>5} {v!r:^6}|', '{:p} {0!r}'.format(v) if False else '{:p}'.format(v), format(v, '.1e'), format(v))
class N: pass
try: f'{N():>10}'
except TypeError as e: print(e)
try: f'{[1]:>10}'
except TypeError as e: print(e)
print(f'{None!s:>6}|{(1,2)!s:<8}|{True:>6}|{True!s:>6}|{True:d}')
w, p = 10, 3
print(f'{3.14159:{w}.{p}f}|{3.14159:<{w}.{p}}|{"s":*^{w}}|{7:0{w}d}|{255:#x} {255:#o} {255:#b} {255:X} {255:08b}')
print(f'{1234567.891:,.2f} {1234567:_} {0.00001234:.3g} {1e10:g} {123456789:.3g} {0.5:%} {0.1234:.1%} {1e-7} {-1.5:+} {1.5:+.1f} {1.5: }')
x = 3
print(f'{x=} {x = } {x+1=:>5}', f"{'a' if x else 'b'}", f'{{{x}}}', f'{x:}')
print(f'{12345678901234567890:,}', f'{-5:05d}', f'{5:>+5}', f'{"ab":3}|', f'{"abc":.2}|', f'{1.0}', f'{1.0:g}', f'{1e16}', f'{1e15}', f'{123456.0:.4}', f'{0.0001}', f'{0.00001}')
print(f'{10:c}' == '\n', f'{65:c}', f'{3:e}', f'{3:.0f}', f'{2.5:.0f}', f'{3.5:.0f}', f'{0:g}', f'{float("inf"):f}', f'{float("nan"):8.2f}|', f'{-0.0:.1f}', f'{1.5:n}', f'{1:n}')
try: f'{1.5:d}'
except ValueError as e: print(e)
try: f'{"s":d}'
except ValueError as e: print(e)
try: f'{1:.2d}'
except ValueError as e: print(e)

#%% percent format
print('%d %i %5d|%-5d|%05d|%+d|% d' % (1, 2, 3, 4, 5, 6, 7))
print('%f %.2f %8.3f|%-8.1f|%e %E %g %G %.3g' % (1.5, 2.345, 3.14159, 2.5, 12345.678, 0.00012, 1e-5, 1e20, 123456))
print('%s %r %10s|%-10s|%.2s %a' % ('a', 'b', 'c', 'd', 'efg', 'é'))
print('%x %X %o %#x %#o %c %c %%' % (255, 255, 8, 255, 8, 65, 'z'))
print('%(a)s %(b)05.1f %(a)r' % {'a': 1, 'b': 2.55})
print('%*d|%-*d|%.*f' % (5, 3, 5, 3, 2, 3.14159))
print('%s' % (1,), '%s %s' % ((1, 2), [3]), '%s' % [1, 2], '%s' % {'a': 1}, '%d' % 3.99, '%d' % True, '%s' % None, '%5s|' % None)
print('%.3d' % 5, '%x' % -255, '%+.1e' % 0, '%g' % 1e16, '%g' % 100000, '%g' % 1000000, '%r' % (1.0,), '%s' % 1e22, '%i' % -7.9)
for bad in ["'%d' % 'a'", "'%d %d' % (1,)", "'%d' % (1, 2)", "'%s %s' % 1", "'%q' % 1", "'%x' % 1.5", "'%(a)s' % {}", "'%c' % 'ab'", "'' % 1", "'a' % ()", "'a' % {}"]:
    try: print(eval(bad)) if False else None
    except Exception as e: pass
for f in [lambda: '%d' % 'a', lambda: '%d %d' % (1,), lambda: '%d' % (1, 2), lambda: '%x' % 1.5, lambda: '%(a)s' % {}, lambda: '%c' % 'ab', lambda: 'x' % 1, lambda: 'x' % {}, lambda: 'x' % ()]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)

#%% format mini language
print('{} {} {}'.format(1, 'a', 2.5), '{1} {0} {1}'.format('a', 'b'), '{a} {b}'.format(a=1, b=2), '{0.real} {0.imag}'.format(3))
print('{:>8}|{:<8}|{:^8}|{:*^8}|{:08.3f}|{:+d}|{:,}'.format('r', 'l', 'c', 'm', 3.14159, 5, 1234567))
print('{0[1]} {0[0]} {d[k]} {o.x}'.format([1, 2], d={'k': 'v'}, o=type('O', (), {'x': 7})))
print('{:{w}.{p}f}|{:{}}|{!r:>6}|{!s}'.format(3.14159, 'a', 5, 'q', 1, w=8, p=2))
print('{{}} {{{}}}'.format(1), '{:b} {:o} {:x} {:#X} {:e} {:%}'.format(5, 8, 255, 255, 1234.5, .25))
print('{:.3}'.format('abcdef'), '{:10.3}|'.format('abcdef'), '{:.3}'.format(2/3), '{:10}|{:10}|'.format(5, 'a'), '{:<10}|'.format(5))
print('{:,.3f}'.format(1234567.8915), '{:_d}'.format(10**9), '{:_x}'.format(2**32), '{: d}'.format(4), '{:=+8d}'.format(42), '{:x<5}'.format(1))
print('{:.2e}'.format(0), '{:g}'.format(0.1+0.2), '{!r}'.format(0.1+0.2), '{:.17g}'.format(0.1), '{:.0e}'.format(15), '{:#.3g}'.format(1.0), '{:z}'.format(1) if False else '')
for f in [lambda: '{} {}'.format(1), lambda: '{a}'.format(), lambda: '{0} {}'.format(1, 2), lambda: '{:d}'.format('a'), lambda: '{'.format(1), lambda: '}'.format(1), lambda: '{:Q}'.format(1), lambda: '{:,}'.format('a')]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print('{x} {y}'.format_map({'x': 1, 'y': 2}), '{0}{0}'.format('ab'), 'a{}b'.format(None), '{:}'.format(1.0), '{:>5}'.format(True), '{:5}|'.format(True), '{:5}|'.format(1.0))
print(format(3.14159, '.2f'), format(5, '03d'), format('a', '>3'), format(1e6, ','), format(255, 'x'), format(None), format(-3.7, '.0f'))

#%% halves in significant digits
for x in [2048.5, 2049.5, 0.125, 0.375, 12345.0, 1.5, 2.5, 1e22, 5e-324, 0.5, 25.0, 35.0, 1234500000.0]:
    print(f'{x:.4g} {x:.2g} {x:.1e} {x:.0e} {x:.3} {x:.2e}', '%.2e %.4g %.1g' % (x, x, x), '{:.0f} {:.2f}'.format(x, x))
for f in [lambda: int("'a'"), lambda: float('a"b'), lambda: int('x\n')]:
    try: f()
    except ValueError as e: print(e)
