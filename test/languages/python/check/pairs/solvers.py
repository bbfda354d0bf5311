"""Derivatives that are handed to solvers beside their functions."""

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import check_grad, curve_fit, fsolve, least_squares, leastsq, minimize, newton, root


def valley(p, a):
    x, y = p
    return (a - x) ** 2 + 10 * (y - x**2) ** 2


def valley_slopes(p, a):
    x, y = p
    return np.array([-2 * (a - x) - 40 * x * (y - x**2), 20 * (y - x**2)])


def valley_curvature(p, a):
    x, y = p
    return np.array([[2 - 40 * y + 120 * x**2, -40 * x], [-40 * x, 20.0]])


def residuals(p, t, data):
    return p[0] * np.exp(-p[1] * t) - data


def residual_table(p, t, data):
    e = np.exp(-p[1] * t)
    return np.stack([e, -p[0] * t * e], axis=1)


def saturation(x, top, half):
    return top * x / (half + x)


def saturation_table(x, top, half):
    return np.column_stack([x / (half + x), -top * x / (half + x) ** 2])


def circle_and_line(v):
    return [v[0] ** 2 + v[1] ** 2 - 4, v[0] - 2 * v[1] + 1]


def circle_table(v):
    return [[2 * v[0], 2 * v[1]], [1, -2]]


def hunters(t, z, a, b):
    hares, lynxes = z
    return np.array([a * hares - b * hares * lynxes, b * hares * lynxes - lynxes])


def hunters_table(t, z, a, b):
    hares, lynxes = z
    return np.array([[a - b * lynxes, -b * hares], [b * lynxes, b * hares - 1]])


def cubic(s):
    return s**3 - s - 1


def steepness(s):
    return 3 * s**2 - 1


def bowl_and_slope(v):
    g = np.array([2 * v[0] + v[1], v[0] + 6 * v[1] ** 2])
    return v[0] ** 2 + v[0] * v[1] + 2 * v[1] ** 3, g


t = np.linspace(0.2, 2.0, 7)
data = np.array([1.7, 1.2, 0.9, 0.7, 0.4, 0.3, 0.2])

print(minimize(valley, x0=np.array([-1.2, 1.0]), args=(1.0,), method='Newton-CG', jac=valley_slopes, hess=valley_curvature))
print(least_squares(residuals, [2.0, 0.8], jac=residual_table, args=(t, data)))
print(curve_fit(saturation, t, data, p0=[2.0, 0.5], jac=saturation_table))
print(root(circle_and_line, np.array([1.0, 2.0]), jac=circle_table))
print(solve_ivp(hunters, (0, 5), np.array([2.0, 1.0]), jac=hunters_table, args=(1.1, 0.4), method='BDF'))
print(newton(cubic, 1.5, fprime=steepness))
print(minimize(bowl_and_slope, np.array([0.4, 0.9]), jac=True))
