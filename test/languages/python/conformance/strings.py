#%% indexing and slicing
s = 'hello world'
print(s[0], s[-1], s[2:5], s[::-1], s[::2], s[-5:], s[100:], s[:-3])
#%% methods case
print('Hello'.upper(), 'Hello'.lower(), 'hello world'.title(), 'hELLO'.capitalize(), 'Hi'.swapcase())
#%% split and join
print('a,b,,c'.split(','), ' a  b '.split(), 'a-b-c'.rsplit('-', 1), '-'.join(['x', 'y']), 'a b c d'.split(None, 2), 'x\ny\r\nz'.splitlines())
#%% strip
print('  x '.strip() + '|', 'xxhixx'.strip('x'), '--a'.lstrip('-'), 'a\n'.rstrip())
#%% find and replace
print('banana'.find('na'), 'banana'.rfind('na'), 'banana'.count('a'), 'banana'.replace('a', 'o', 2), 'banana'.index('n'), 'x'.find('y'))
#%% tests
print('abc'.isalpha(), '12'.isdigit(), 'a1'.isalnum(), ' '.isspace(), 'Ab'.islower(), 'AB'.isupper(), ''.isdigit(), 'Hello World'.istitle())
#%% starts and ends
print('foobar'.startswith('foo'), 'foobar'.endswith(('x', 'bar')), 'foobar'.startswith('bar', 3), 'abc'.removeprefix('a'), 'abc'.removesuffix('bc'))
#%% alignment
print('x'.ljust(3) + '|', 'x'.rjust(3), 'x'.center(5, '*'), '42'.zfill(5), '-42'.zfill(6), 'ab'.center(5) + '|')
#%% formatting with percent
print('%d %s %5.2f %e %g %x %%' % (3, 'a', 2.71828, 12345.678, 0.0001, 255))
#%% percent with mapping
print('%(a)s-%(b)03d' % {'a': 1, 'b': 7}, '%s' % [1, 2], '%r' % 'q', '%-5d|' % 3, '%+d' % 3)
#%% format method
print('{} {1} {0}'.format(1, 2) if False else '{1} {0}'.format(1, 2), '{:>5}|{:<5}|{:^5}'.format('a', 'b', 'c'), '{x:.3f}'.format(x=3.14159))
#%% format spec numbers
print(f'{3.14159:.2f} {1234567:,} {0.5:%} {255:x} {255:#x} {5:03d} {-5:+d} {1e10:g} {1234.5:10.1f}|{42:b}')
#%% f-string expressions
x = 5
name = 'w'
print(f'{x + 1} {name!r} {x=} {name:>4} {{}} {x:{x}d}', f"{'nested'}", f'{x!s:>3}')
#%% f-string with format floats
for v in (1.0, 1e16, 123456.789, 0.00001234, 100.0):
    print(f'{v:g} {v:.3g} {v:.1e} {v:.4f} {v}')
#%% multiline and raw
print(r'a\nb', 'a\tb', """x
y""", 'a' 'b', '\x41\u00e9\101')
#%% repr
print(repr("it's"), repr('a"b'), repr('a\nb\\'), repr('é'), repr('\x00'))
#%% comparison and membership
print('a' < 'b', 'abc' in 'xabcx', 'Z' < 'a', '' in 'a', 'b' not in 'a')
#%% multiplication and concatenation
print('ab' * 3, 'a' + 'b', '-' * 0, 3 * 'x')
#%% partition
print('k=v=w'.partition('='), 'k=v=w'.rpartition('='), 'k'.partition('='))
#%% unicode
s = 'naïve 😀!'
print(len(s), s[6], s[::-1], s.upper())
#%% iteration
print([c for c in 'abc'], list('hi'), sorted('hello'), ''.join(reversed('abc')), set('aa'))
#%% translate and expandtabs
print('abc'.translate({97: 'x', 98: None}), 'a\tb'.expandtabs(4))
#%% errors
for f in (lambda: 'a' + 1, lambda: int('x'), lambda: 'abc'[5], lambda: ','.join([1])):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
#%% bytes
b = b'abc'
print(b, len(b), b[0], b.decode(), 'é'.encode())

#%% string methods
s = 'Hello, World'
print(s.upper(), s.lower(), s.swapcase(), s.title(), 'hello world'.capitalize(), s.casefold(), 'it\'s a'.title())
print(s.find('o'), s.rfind('o'), s.index('l'), s.rindex('l'), s.find('z'), s.count('l'), s.count('l', 4), s.find('o', 5), s.find('', 3), 'aaa'.count('aa'), 'abc'.count(''))
print(s.startswith('He'), s.endswith(('x', 'ld')), s.startswith('W', 7), s.replace('l', 'L'), s.replace('l', 'L', 2), 'abc'.replace('', '-'))
print('a,b,,c'.split(','), 'a b  c '.split(), 'a,b,c'.split(',', 1), 'a,b,c'.rsplit(',', 1), ' a b '.split(' '), ''.split(), ''.split(','), 'a\nb\r\nc'.splitlines(), 'a\nb\n'.splitlines(True), 'x1y1z'.rsplit('1'), 'a b c d'.rsplit(None, 2), ' a b c '.split(None, 1))
print('-'.join(['a', 'b']), ''.join('abc'), ', '.join(map(str, [1, 2])), 'ab'.join(''))
print('  x '.strip() + '|', ' x '.lstrip() + '|', ' x '.rstrip() + '|', 'xxaxx'.strip('x'), 'abcab'.lstrip('ab'), 'abc'.rstrip('bc'), 'prefix_a'.removeprefix('prefix_'), 'a.txt'.removesuffix('.txt'))
print('abc'.center(9, '*'), 'abc'.ljust(6) + '|', 'abc'.rjust(6, '.'), '42'.zfill(5), '-42'.zfill(5), '+4'.zfill(4), 'ab'.center(5, '-'), 'abc'.center(6, '-'))
print('abc'.isalpha(), 'ab1'.isalnum(), '12'.isdigit(), '1.2'.isdigit(), ' \t'.isspace(), 'Abc'.istitle(), 'ABC'.isupper(), 'abc'.islower(), 'a_b'.isidentifier(), '½'.isnumeric(), '²'.isdigit(), '²'.isdecimal(), ''.isalpha(), 'abc'.isascii(), 'a\n'.isprintable())
print('a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('x'), 'abc'.rpartition('x'))
print('abc'.translate(str.maketrans('ab', 'xy')), 'abc'.translate(str.maketrans({'a': 'AA', 'b': None})), 'abcd'.translate(str.maketrans('a', 'b', 'd')), 'a\tb'.expandtabs(4), 'abc'.encode(), 'é'.encode('utf-8'), b'abc'.decode())
print('abc'[::-1], 'abc' * 2, 'b' in 'abc', 'abc' < 'abd', 'a' < 'B', max('abc'), sorted('bca'), list('ab'), ord('a'), chr(8364), repr('it\'s'), repr("a\"b'c"), repr('a\n\t\\\x00\x7f'), 'a' 'b', r'\n', '\u00e9', '\x41', ascii('é'))
print('%s' % 'é', 'ß'.upper(), 'İ'.lower() == 'i̇', len('😀'), '😀'[0], '😀a'[1], 'a😀'[::-1], '😀'.center(3, '*'))
for f in [lambda: 'abc'.index('z'), lambda: 'a'.split(''), lambda: ','.join([1]), lambda: 'a'.zfill('a'), lambda: 'abc'[5], lambda: ord('ab'), lambda: chr(-1), lambda: 'a'.foo, lambda: 'a'.center(5, 'ab'), lambda: 'abc'.replace(1, 2)]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(str(b'abc'), str(b'abc', 'utf8'), str(), str(1.0), str([1, 'a']), str({'a': 1}), str((1,)), str(None), str(True), str(range(3)), str({1}), str(set()), str(frozenset([1])))
print('abc'.__len__(), 'abc'.__contains__('a'), 'a'.__add__('b'), 'ab'.__mul__(2), 'a'.__eq__('a'), 'x'.__class__, (5).__add__(3), (5).__lt__(6), [1].__len__(), 'abc'.__getitem__(1), (2).__pow__(3), 'a'.__hash__() == hash('a'))
