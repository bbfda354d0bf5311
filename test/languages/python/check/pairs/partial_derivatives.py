"""Derivatives by several variables, or of several results, put together in one array."""
import numpy as np
from scipy.optimize import minimize


def valley(u, v):
    return (2 - u) ** 2 + 30 * (v - u**2) ** 2


def valley_grad(u, v):
    du = -2 * (2 - u) - 120 * u * (v - u**2)
    dv = 60 * (v - u**2)
    return np.array([du, dv])


def saddle(p, q, depth=3.0):
    return np.sin(p) * q + depth * p * q**2


def saddle_gradient(p, q, depth=3.0):
    return [np.cos(p) * q + depth * q**2, np.sin(p) + 2 * depth * p * q]


def bump(x, height, centre):
    return height * np.exp(-((x - centre) ** 2))


def bump_jacobian(x, height, centre):
    """The derivative of `bump` by its parameters, a column each."""
    shape = np.exp(-((x - centre) ** 2))
    return np.stack((shape, 2 * height * (x - centre) * shape), axis=-1)


def bowl(z):
    return 3.0 * (z[0] + 1.0) ** 2 + 0.5 * (z[1] - 4.0) ** 2


def bowl_grad(z):
    return np.array([6.0 * (z[0] + 1.0), z[1] - 4.0])


def bowl_hess(z):
    return np.diag([6.0, 1.0])


minimize(bowl, x0=np.array([2.0, -1.0]), jac=bowl_grad, hess=bowl_hess, method="trust-exact")


class PowerLaw:
    """A curve over time."""

    def evaluate(self, t, rate):
        return np.power(t, -rate) + 2.0

    def deriv(self, t, rate):
        return -rate * np.power(t, -rate - 1)
