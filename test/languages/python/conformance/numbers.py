#%% big integers
print(2**100, 7**77 % 1000, -(2**64) // 3, 10**20 // 7)
#%% floor division and modulo
for a in (7, -7):
    for b in (2, -2):
        print(a // b, a % b, divmod(a, b))
#%% float floor division
print(7.5 // 2, -7.5 // 2, 7.5 % -2, -7.5 % 2, 1e17 // 3, -0.0 // 1)
#%% true division
print(1 / 3, 10 / 5, 2**70 / 3, 10**400 // 10**399)
#%% float repr
print(0.1, 1e16, 1e15, 123456789012345680.0, 1e-5, 0.0001, 1.5e300, -0.0, 1/3, 5e-324)
#%% special floats
inf = float('inf')
print(inf, -inf, inf - inf, inf > 10**400, float('nan') == float('nan'))
#%% rounding
print(round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234.5678, -2), round(15, -1), round(25, -1), round(1e20))
#%% int conversion
print(int(3.9), int(-3.9), int('42'), int('ff', 16), int('0b101', 0), int(' 7 '), int('1_000'))
#%% float conversion
print(float('1e3'), float('  2.5 '), float('-inf'), float(3), float('1_0.5'))
#%% bool arithmetic
print(True + True, True * 3, sum([True, False, True]), True / 2, -True, ~True)
#%% powers
print(2 ** -1, 2 ** 0.5, (-8) ** 3, 0 ** 0, 2.0 ** 10, 4 ** 0.5, (-2) ** 2, -2 ** 2)
#%% zero division
try:
    1 / 0
except ZeroDivisionError as e:
    print(e)
try:
    1.0 // 0
except ZeroDivisionError as e:
    print(e)
try:
    5 % 0
except ZeroDivisionError as e:
    print(e)
#%% bit operations
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 70, -9 >> 1, (1 << 70) >> 68, True & False, True ^ True)
#%% comparisons of int and float
print(1 == 1.0, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 1 < 1.5, 10**30 > 1e30)
#%% chained comparisons
x = 5
print(1 < x < 10, 1 < x > 10, x == 5 == 5.0, 3 > 2 > 1 < 4)
#%% number methods
print((3.0).is_integer(), (2.5).as_integer_ratio(), (255).bit_length(), (5).conjugate())
#%% abs min max sum
print(abs(-3), abs(-2.5), min(3, 1, 2), max([1, 5.5, 2]), sum([1, 2.5]), sum([[1], [2]], []), max('abc'), min(4, 4.0))
#%% pow with modulus
print(pow(3, 200, 13), pow(2, 10), pow(-3, 3, 7))
#%% number literals
print(0x1F, 0o17, 0b1010, 1_000_000, 1e3, .5, 5., 1.e2, 0xff_ff)
#%% overflow
try:
    print(2.0 ** 10000)
except OverflowError as e:
    print(type(e).__name__)
try:
    float(10**400)
except OverflowError as e:
    print(e)
#%% hash equality in dicts
d = {1: 'a'}
d[1.0] = 'b'
d[True] = 'c'
print(d)
#%% conversions to text
print(bin(10), hex(255), oct(8), bin(-5), chr(97), ord('z'))

#%% int powers and bits
print(2**100, (-2)**3, 2**-1, (-2)**-2, 0**0, 7**77 % 1000, pow(7, 77, 1000), pow(3, -1, 7), -2**2, 2**3**2)
print(1 << 70, (1 << 70) >> 68, -1 >> 5, -5 >> 1, 5 & -2, 5 | -8, 5 ^ -1, ~5, ~-1, (2**65) & (2**65 - 1), -(2**65) | 7)
print((255).bit_length(), (0).bit_length(), (-8).bit_length(), (255).bit_count(), (10).to_bytes(2, 'big'), int.from_bytes(b'\x01\x00', 'big'), (1.5).as_integer_ratio(), (0.1).as_integer_ratio(), (7).as_integer_ratio())
print(bin(10), oct(64), hex(-255), bin(-5), int('0b101', 0), int('ff', 16), int('-77', 8), int('z', 36), int(' 12 '), int('1_000'), int(-3.9), int('0x1f', 16))
print(-7 // 2, -7 % 2, 7 // -2, 7 % -2, divmod(-7, 3), divmod(7.5, -2), -7.5 % 2, 10**20 // 3, 10**20 % 7, -(10**20) // 3, 10**25 / 10**5)
print(float(2**53 + 1), 2**53 + 1 == float(2**53 + 1), 10**400 > 1e308, 1e308 < 10**400, hash(2**61 - 1), hash(2**61), hash(1.0) == hash(1), hash(-1), hash(0.5))
for f in [lambda: 10**400 * 1.0, lambda: 1 << -1, lambda: 2.0 ** 10000, lambda: int('12a'), lambda: 5 % 0, lambda: 5.0 // 0, lambda: 0 ** -1, lambda: 0.0 ** -1, lambda: float(10**400), lambda: int(float('inf')), lambda: int(float('nan')), lambda: pow(2, -1, 4), lambda: 1.5 & 1]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print((-8) ** (1/3) if False else '', 8 ** (1/3), 10 ** -2, 10.0 ** 2, 4 ** 0.5, round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(-0.4), round(1e20), round(1.5e300) > 0, round(5, 2), round(2.5, 0), round(12345.678, -2))
print(True + True, True * 3.5, True & False, True ^ True, True | 0, ~True, -True, True << 2, True == 1, True is 1 if False else '', sum([True, False, True]), int(True), True / 2, 5 // True)
print(1_000_000, 0xFF, 0o17, 0b11, 1e3, 1E-2, .5, 5., 1_0.0_1, 0xdead_beef, 00)
print((3).real, (3).imag, (3).numerator, (3).denominator, (3.5).is_integer(), (4.0).is_integer(), (3.7).__floor__() if False else '', (5).conjugate(), (3.5).hex(), float.fromhex('0x1.8p1'), (2.0).real)
print(0.1 + 0.2, 1/3, 1e100, 1e-100, 123456789012345680.0, 1.0e16, 9999999999999998.0, 5e-324, 1.7976931348623157e308, -0.0, 0.0 == -0.0, 1e22, 1e21, 100000000000000000000.0)
