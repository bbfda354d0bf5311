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
