"""Derivatives that calls of solvers declare: Jacobians and Hessians judged entry by entry, at the point of the call."""

import numpy as np
from scipy.integrate import odeint, solve_ivp
from scipy.optimize import check_grad, curve_fit, fsolve, least_squares, leastsq, minimize, root

t = np.array([0.0, 0.5, 1.0, 1.5, 2.0])
seen = np.array([2.1, 1.4, 0.9, 0.6, 0.4])


def residuals(p, t, seen):
    return p[0] * np.exp(-p[1] * t) - seen


def residuals_jac(p, t, seen):
    e = np.exp(-p[1] * t)
    return np.stack([e, -p[0] * t * e], axis=1)


leastsq(residuals, [2.0, 0.8], args=(t, seen), Dfun=residuals_jac)


def misfit(p):
    return np.array([p[0] ** 2 + p[1] - 3.0, p[0] * p[1] - 1.0, np.sin(p[0])])


def misfit_jac(p):
    return np.array([[2 * p[0], 1.0], [p[1], p[0]], [np.cos(p[0]), 0.0]])


least_squares(misfit, [1.2, 0.7], jac=misfit_jac)


def system(x):
    return [x[0] * np.cos(x[1]) - 4, x[1] * x[0] - x[1] - 5]


def system_prime(x):
    return [[np.cos(x[1]), -x[0] * np.sin(x[1])], [x[1], x[0] - 1]]


fsolve(system, [6.5, 0.9], fprime=system_prime)


def two_equations(x):
    return [x[0] + 0.5 * (x[0] - x[1]) ** 3 - 1.0, 0.5 * (x[1] - x[0]) ** 3 + x[1]]


def two_slopes(x):
    d = 1.5 * (x[0] - x[1]) ** 2
    return np.array([[1 + d, -d], [-d, 1 + d]])


root(two_equations, [0.8, 0.2], jac=two_slopes)


def model(x, a, b, c):
    return a * np.exp(-b * x) + c


def model_jac(x, a, b, c):
    e = np.exp(-b * x)
    return np.column_stack([e, -a * x * e, np.ones_like(x)])


curve_fit(model, t, seen, p0=[2.0, 1.0, 0.1], jac=model_jac)


def oscillator(t, y, mu):
    return [y[1], mu * (1 - y[0] ** 2) * y[1] - y[0]]


def oscillator_jac(t, y, mu):
    return [[0.0, 1.0], [-2 * mu * y[0] * y[1] - 1, mu * (1 - y[0] ** 2)]]


solve_ivp(oscillator, (0, 1), [2.0, 0.5], method="Radau", jac=oscillator_jac, args=(1.5,))


def lorenz(state, t):
    x, y, z = state
    return [10.0 * (y - x), x * (28.0 - z) - y, x * y - 8.0 / 3.0 * z]


def lorenz_slopes(state, t):
    x, y, z = state
    return [[-10.0, 10.0, 0.0], [28.0 - z, -1.0, -x], [y, x, -8.0 / 3.0]]


odeint(lorenz, [1.0, 1.2, 0.9], t, Dfun=lorenz_slopes)


def bowl(x):
    return (x[0] - 1) ** 4 + x[0] * x[1] + np.exp(x[1])


def bowl_slopes(x):
    return np.array([4 * (x[0] - 1) ** 3 + x[1], x[0] + np.exp(x[1])])


check_grad(bowl, bowl_slopes, [1.5, -0.8])


def valley(x, a, b):
    return (a - x[0]) ** 2 + b * (x[1] - x[0] ** 2) ** 2


def valley_slopes(x, a, b):
    return np.array([-2 * (a - x[0]) - 4 * b * x[0] * (x[1] - x[0] ** 2), 2 * b * (x[1] - x[0] ** 2)])


def valley_bend(x, a, b):
    return np.array([[2 - 4 * b * (x[1] - 3 * x[0] ** 2), -4 * b * x[0]], [-4 * b * x[0], 2 * b]])


minimize(valley, [-1.2, 1.0], args=(1.0, 100.0), method="Newton-CG", jac=valley_slopes, hess=valley_bend)
