/** `fractions.Fraction`: exact quotients of integers. */
export const fractions = `
import math as _math

def _parts(x):
    if isinstance(x, Fraction):
        return x._numerator, x._denominator
    if isinstance(x, int):
        return int(x), 1
    if isinstance(x, float):
        return x.as_integer_ratio()
    if isinstance(x, str):
        return _read(x)
    raise TypeError('argument should be a string or a Rational instance')

def _read(text):
    try:
        parts = text.strip().split('/')
        if len(parts) == 2:
            if parts[0] != parts[0].strip() or parts[1] != parts[1].strip():
                raise ValueError
            return int(parts[0]), int(parts[1])
        mantissa, _, exponent = text.strip().lower().partition('e')
        whole, _, decimals = mantissa.partition('.')
        n, d = int(whole + decimals), 10 ** len(decimals)
        e = int(exponent) if exponent else 0
        return (n * 10 ** e, d) if e >= 0 else (n, d * 10 ** -e)
    except ValueError:
        raise ValueError(f'Invalid literal for Fraction: {text!r}') from None

class Fraction:
    def __init__(self, numerator=0, denominator=None):
        n, d = _parts(numerator)
        if denominator is not None:
            if not isinstance(numerator, (int, Fraction)) or not isinstance(denominator, (int, Fraction)):
                raise TypeError('both arguments should be Rational instances')
            m, e = _parts(denominator)
            if m == 0:
                raise ZeroDivisionError(f'Fraction({n}, 0)')
            n, d = n * e, d * m
        if d == 0:
            raise ZeroDivisionError(f'Fraction({n}, 0)')
        if d < 0:
            n, d = -n, -d
        g = _math.gcd(n, d)
        self._numerator, self._denominator = n // g, d // g
    @classmethod
    def from_float(cls, f):
        return cls(f)
    @property
    def numerator(self):
        return self._numerator
    @property
    def denominator(self):
        return self._denominator
    def as_integer_ratio(self):
        return self._numerator, self._denominator
    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        first, second = Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
        return second if abs(second - self) <= abs(first - self) else first
    def _with(self, other, exact, rounded):
        if isinstance(other, (int, Fraction)):
            return exact(self, Fraction(other))
        if isinstance(other, float):
            return rounded(float(self), other)
        return NotImplemented
    def _into(self, other, exact, rounded):
        if isinstance(other, (int, Fraction)):
            return exact(Fraction(other), self)
        if isinstance(other, float):
            return rounded(other, float(self))
        return NotImplemented
    def __add__(self, other):
        return self._with(other, _add, lambda a, b: a + b)
    def __radd__(self, other):
        return self._into(other, _add, lambda a, b: a + b)
    def __sub__(self, other):
        return self._with(other, _sub, lambda a, b: a - b)
    def __rsub__(self, other):
        return self._into(other, _sub, lambda a, b: a - b)
    def __mul__(self, other):
        return self._with(other, _mul, lambda a, b: a * b)
    def __rmul__(self, other):
        return self._into(other, _mul, lambda a, b: a * b)
    def __truediv__(self, other):
        return self._with(other, _div, lambda a, b: a / b)
    def __rtruediv__(self, other):
        return self._into(other, _div, lambda a, b: a / b)
    def __floordiv__(self, other):
        return self._with(other, _floor, lambda a, b: a // b)
    def __rfloordiv__(self, other):
        return self._into(other, _floor, lambda a, b: a // b)
    def __mod__(self, other):
        return self._with(other, lambda a, b: a - b * _floor(a, b), lambda a, b: a % b)
    def __rmod__(self, other):
        return self._into(other, lambda a, b: a - b * _floor(a, b), lambda a, b: a % b)
    def __pow__(self, other):
        if isinstance(other, Fraction) and other._denominator == 1:
            other = other._numerator
        if isinstance(other, int):
            n, d = self._numerator, self._denominator
            return Fraction(n ** other, d ** other) if other >= 0 else Fraction(d ** -other, n ** -other)
        return float(self) ** float(other)
    def __rpow__(self, other):
        if self._denominator == 1:
            return other ** self._numerator
        return other ** float(self)
    def __neg__(self):
        return Fraction(-self._numerator, self._denominator)
    def __pos__(self):
        return Fraction(self)
    def __abs__(self):
        return Fraction(abs(self._numerator), self._denominator)
    def __trunc__(self):
        return abs(self._numerator) // self._denominator * (-1 if self._numerator < 0 else 1)
    def __int__(self):
        return self.__trunc__()
    def __floor__(self):
        return self._numerator // self._denominator
    def __ceil__(self):
        return -(-self._numerator // self._denominator)
    def __round__(self, ndigits=None):
        if ndigits is not None:
            scale = Fraction(10) ** ndigits
            return Fraction(round(self * scale)) / scale
        floor, rest = divmod(self._numerator, self._denominator)
        if rest * 2 < self._denominator or (rest * 2 == self._denominator and floor % 2 == 0):
            return floor
        return floor + 1
    def __float__(self):
        return self._numerator / self._denominator
    def __bool__(self):
        return self._numerator != 0
    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        return hash(float(self))
    def _order(self, other, test):
        if isinstance(other, (int, Fraction)):
            n, d = _parts(other)
            return test(self._numerator * d, n * self._denominator)
        if isinstance(other, float):
            if not _math.isfinite(other):
                return test(0.0, other)
            n, d = other.as_integer_ratio()
            return test(self._numerator * d, n * self._denominator)
        return NotImplemented
    def __eq__(self, other):
        return self._order(other, lambda a, b: a == b)
    def __lt__(self, other):
        return self._order(other, lambda a, b: a < b)
    def __le__(self, other):
        return self._order(other, lambda a, b: a <= b)
    def __gt__(self, other):
        return self._order(other, lambda a, b: a > b)
    def __ge__(self, other):
        return self._order(other, lambda a, b: a >= b)
    def __repr__(self):
        return f'Fraction({self._numerator}, {self._denominator})'
    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f'{self._numerator}/{self._denominator}'

def _add(a, b):
    return Fraction(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator)

def _sub(a, b):
    return Fraction(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator)

def _mul(a, b):
    return Fraction(a._numerator * b._numerator, a._denominator * b._denominator)

def _div(a, b):
    g = _math.gcd(a._numerator, b._numerator)
    return Fraction(a._numerator // g * b._denominator, a._denominator * (b._numerator // g)) if g else Fraction(0, b._numerator)

def _floor(a, b):
    return (a._numerator * b._denominator) // (a._denominator * b._numerator)
`;
