from __future__ import annotations
import math
from typing import Callable, Optional
import numpy as np
def newton(f: Callable[[float], float], df: Callable[[float], float], x0: float, *, tol: float = 1e-12, maxiter: int = 50) -> tuple[float, int]:
    x = x0
    for i in range(1, maxiter + 1):
        fx = f(x)
        if abs(fx) < tol:
            return x, i
        d = df(x)
        if d == 0:
            raise ZeroDivisionError("derivative vanished")
        x -= fx / d
    else:
        raise RuntimeError(f"no convergence after {maxiter} iterations")
def bisect(f, a, b, eps=1e-10):
    assert f(a) * f(b) < 0
    while (b - a) / 2 > eps:
        m = (a + b) / 2
        if f(m) == 0: return m
        a, b = (a, m) if f(a) * f(m) < 0 else (m, b)
    return (a + b) / 2
def secant(f, x0, x1):
    while abs(x1 - x0) > 1e-12:
        x0, x1 = x1, x1 - f(x1) * (x1 - x0) / (f(x1) - f(x0))
    return x1
f = lambda x: x**3 - 2*x - 5
print(newton(f, lambda x: 3*x**2 - 2, 2.0)); print(f"{bisect(f, 2, 3):.9f}", f"{secant(f, 2., 3.):.12f}")
try: newton(lambda x: x*x + 1, lambda x: 2*x, 0.5, maxiter=5)
except RuntimeError as e: print(type(e).__name__, e)
try: newton(lambda x: x*x + 1, lambda x: 2*x, 0.0)
except ZeroDivisionError as exc: print(repr(exc))
def F(v):
    x, y = v
    return np.array([x**2 + y**2 - 4, math.e**x + y - 1])
def J(v):
    x, y = v
    return np.array([[2*x, 2*y], [math.e**x, 1]])
v = np.array([1., -1.7])
for k in range(6):
    v = v - np.linalg.solve(J(v), F(v))
    print(k, v, np.linalg.norm(F(v)) < 1e-10)
