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
