"""Root finding, quadrature, ODE steppers, linear systems, splines."""
import math
import cmath
import sys


def bisect(f, a, b, tol=1e-10):
    fa = f(a)
    assert fa * f(b) < 0, "no sign change"
    while b - a > tol:
        m = (a + b) / 2
        fm = f(m)
        if fm == 0:
            return m
        elif fa * fm < 0:
            b = m
        else:
            a, fa = m, fm
    return (a + b) / 2


def secant(f, x0, x1, n=20):
    for _ in range(n):
        f0, f1 = f(x0), f(x1)
        if abs(f1 - f0) < 1e-15:
            break
        x0, x1 = x1, x1 - f1 * (x1 - x0) / (f1 - f0)
    return x1


def simpson(f, a, b, n=100):
    h = (b - a) / n
    s = f(a) + f(b)
    s += 4 * sum(f(a + (2 * k + 1) * h) for k in range(n // 2))
    s += 2 * sum(f(a + 2 * k * h) for k in range(1, n // 2))
    return s * h / 3


def rk4(f, y, t, h):
    k1 = f(t, y)
    k2 = f(t + h / 2, [yi + h / 2 * k for yi, k in zip(y, k1)])
    k3 = f(t + h / 2, [yi + h / 2 * k for yi, k in zip(y, k2)])
    k4 = f(t + h, [yi + h * k for yi, k in zip(y, k3)])
    return [yi + h / 6 * (a + 2 * b + 2 * c + d) for yi, a, b, c, d in zip(y, k1, k2, k3, k4)]


def solve(A, b):
    n = len(b)
    M = [row[:] + [x] for row, x in zip(A, b)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(M[r][i]))
        if M[pivot][i] == 0:
            raise ValueError("singular")
        M[i], M[pivot] = M[pivot], M[i]
        for r in range(i + 1, n):
            q = M[r][i] / M[i][i]
            for c in range(i, n + 1):
                M[r][c] -= q * M[i][c]
    x = [0.0] * n
    for i in range(n - 1, -1, -1):
        x[i] = (M[i][n] - sum(M[i][j] * x[j] for j in range(i + 1, n))) / M[i][i]
    return x


def horner(coeffs, x):
    r = 0
    for c in coeffs:
        r = r * x + c
    return r


def lagrange(points):
    def p(x):
        total = 0
        for i, (xi, yi) in enumerate(points):
            term = yi
            for j, (xj, _) in enumerate(points):
                if i != j:
                    term *= (x - xj) / (xi - xj)
            total += term
        return total

    return p


def erf_series(x, terms=30):
    return 2 / math.sqrt(math.pi) * sum((-1) ** k * x ** (2 * k + 1) / (math.factorial(k) * (2 * k + 1)) for k in range(terms))


print("%.10f" % bisect(lambda x: x**3 - 2 * x - 5, 2, 3), "%.12f" % secant(lambda x: math.cos(x) - x, 0, 1))
print(f"{simpson(math.sin, 0, math.pi):.10f} {simpson(lambda x: math.exp(-x * x), -4, 4):.10f}")
y, t = [1.0, 0.0], 0.0
while t < 1 - 1e-12:
    y = rk4(lambda t, y: [y[1], -y[0]], y, t, 0.1)
    t += 0.1
print([round(v, 8) for v in y], round(t, 6))
print([round(v, 10) for v in solve([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3])])
try:
    solve([[1, 2], [2, 4]], [1, 2])
except ValueError as err:
    print("error:", err, file=sys.stdout)
print(horner([2, -6, 2, -1], 3), lagrange([(0, 1), (1, 3), (2, 2)])(1.5))
print("%.12f %.12f" % (erf_series(0.7), math.erf(0.7)))
print(math.gcd(84, 36), math.comb(10, 3), math.isclose(0.1 + 0.2, 0.3), math.floor(-2.5), math.copysign(3, -0.0))
print(10**20 // 7, -7 // 2, -7 % 3, divmod(-7, 2), 7.5 // 2, 2**-2, 1e16 + 1, 0.1 + 0.2)
print(round(2.5), round(3.5), round(-1.567, 2), round(1234, -2), int("ff", 16), float("1e-3"), 1_000_000)
