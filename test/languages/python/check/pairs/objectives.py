"""Objectives of several variables with gradients and Jacobians."""

import numpy as np

Q = np.array([[3.0, 0.5], [0.5, 2.0]])
c = np.array([1.0, -2.0])


def quadratic(x):
    return 0.5 * x @ Q @ x - c @ x


def grad_quadratic(x):
    return Q @ x - c


def rosen(x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def rosen_der(x):
    """Gradient of the chained valley."""
    d = np.zeros_like(x)
    d[:-1] = -400 * x[:-1] * (x[1:] - x[:-1] ** 2) - 2 * (1 - x[:-1])
    d[1:] += 200 * (x[1:] - x[:-1] ** 2)
    return d


def log_likelihood(w, X, y):
    z = X @ w
    return np.sum(y * z - np.log(1 + np.exp(z)))


def log_likelihood_gradient(w, X, y):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (y - p)


def ridge(w, X, y, lam):
    r = X @ w - y
    return r @ r / len(y) + lam * np.sum(w**2)


def ridge_gradient(w, X, y, lam):
    r = X @ w - y
    return 2 * X.T @ r / len(y) + 2 * lam * w


def system(x):
    return np.array([x[0] ** 2 + x[1] - 3, x[0] * np.exp(x[1]), np.sin(x[0] - x[1])])


def system_jacobian(x):
    return np.array(
        [
            [2 * x[0], 1.0],
            [np.exp(x[1]), x[0] * np.exp(x[1])],
            [np.cos(x[0] - x[1]), -np.cos(x[0] - x[1])],
        ]
    )


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def softmax_jacobian(z):
    s = softmax(z)
    return np.diag(s) - np.outer(s, s)


point = np.array([0.3, -0.4])
print(quadratic(point), rosen(np.array([0.1, 0.7, -0.2])), system(point))
