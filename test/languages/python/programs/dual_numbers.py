"""Forward mode by operator overloading, and Newton's method on top."""
import math
from functools import total_ordering


@total_ordering
class Dual:
    __slots__ = ("re", "du")

    def __init__(self, re, du=0.0):
        self.re = re
        self.du = du

    @staticmethod
    def lift(x):
        return x if isinstance(x, Dual) else Dual(x)

    def __add__(self, other):
        other = Dual.lift(other)
        return Dual(self.re + other.re, self.du + other.du)

    __radd__ = __add__

    def __sub__(self, other):
        other = Dual.lift(other)
        return Dual(self.re - other.re, self.du - other.du)

    def __rsub__(self, other):
        return Dual.lift(other) - self

    def __mul__(self, other):
        other = Dual.lift(other)
        return Dual(self.re * other.re, self.re * other.du + self.du * other.re)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Dual.lift(other)
        return Dual(self.re / other.re, (self.du * other.re - self.re * other.du) / other.re**2)

    def __rtruediv__(self, other):
        return Dual.lift(other) / self

    def __pow__(self, n):
        return Dual(self.re**n, n * self.re ** (n - 1) * self.du)

    def __neg__(self):
        return Dual(-self.re, -self.du)

    def __eq__(self, other):
        return self.re == Dual.lift(other).re

    def __lt__(self, other):
        return self.re < Dual.lift(other).re

    def __hash__(self):
        return hash((self.re, self.du))

    def __repr__(self):
        sign = "+" if self.du >= 0 else "-"
        return f"{self.re:g} {sign} {abs(self.du):g}e"


def sin(x):
    return Dual(math.sin(x.re), math.cos(x.re) * x.du) if isinstance(x, Dual) else math.sin(x)


def exp(x):
    if isinstance(x, Dual):
        e = math.exp(x.re)
        return Dual(e, e * x.du)
    return math.exp(x)


def log(x):
    return Dual(math.log(x.re), x.du / x.re) if isinstance(x, Dual) else math.log(x)


def derivative(f):
    def df(x):
        return f(Dual(x, 1.0)).du

    df.__name__ = f"d{f.__name__}"
    return df


def gradient(f, *xs):
    return tuple(f(*(Dual(x, 1.0 if i == k else 0.0) for i, x in enumerate(xs))).du for k in range(len(xs)))


def newton(f, x, tol=1e-12, maxiter=50):
    df = derivative(f)
    for i in range(maxiter):
        step = f(x) / df(x)
        x -= step
        if abs(step) < tol:
            return x, i + 1
    raise RuntimeError("no convergence")


def surface(x1, x2):
    return log(x1) + x1 * x2 - sin(x2)


def kepler(E, M=0.8, e=0.3):
    return E - e * sin(E) - M


print(Dual(2, 1) * Dual(3) - 1, 1 / Dual(4.0, 1.0), Dual(2.0, 1.0) ** 3)
print(gradient(surface, 2.0, 5.0))
root, steps = newton(kepler, 0.8)
print("%.12f %d" % (root, steps))
print(derivative(exp).__name__, derivative(exp)(1.5))
print(max(Dual(1), Dual(3, 2), Dual(2)), sorted([Dual(3), Dual(1), Dual(2)]), Dual(1) <= 2)
value = surface(2.0, 5.0)
print(value)
