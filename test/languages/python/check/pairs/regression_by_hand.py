"""Costs and gradients of regressions as functions, with and without a penalty."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def compute_cost(x, y, w, b):
    m = x.shape[0]
    total = 0.0
    for i in range(m):
        f_wb = w * x[i] + b
        total = total + (f_wb - y[i]) ** 2
    return total / (2 * m)


def compute_gradient(x, y, w, b):
    m = x.shape[0]
    dj_dw = 0.0
    dj_db = 0.0
    for i in range(m):
        f_wb = w * x[i] + b
        dj_dw += (f_wb - y[i]) * x[i]
        dj_db += f_wb - y[i]
    dj_dw = dj_dw / m
    dj_db = dj_db / m
    return dj_dw, dj_db


def compute_cost_logistic(X, y, w, b):
    z = X @ w + b
    f = sigmoid(z)
    return np.mean(-y * np.log(f) - (1 - y) * np.log(1 - f))


def compute_gradient_logistic(X, y, w, b):
    """
    Args:
      X (ndarray (m,n)): data
      y (ndarray (m,)): targets
      w (ndarray (n,)): parameters
      b (scalar): parameter
    Returns
      dj_dw (ndarray (n,)), dj_db (scalar)
    """
    m, n = X.shape
    dj_dw = np.zeros((n,))
    dj_db = 0.0
    for i in range(m):
        err = sigmoid(np.dot(X[i], w) + b) - y[i]
        for j in range(n):
            dj_dw[j] = dj_dw[j] + err * X[i, j]
        dj_db = dj_db + err
    return dj_dw / m, dj_db / m


def ridge_cost(theta, X, y, lam):
    m = len(y)
    r = X @ theta - y
    return (r @ r + lam * theta[1:] @ theta[1:]) / (2 * m)


def ridge_gradient(theta, X, y, lam):
    m = len(y)
    grad = X.T @ (X @ theta - y) / m
    grad[1:] += lam / m * theta[1:]
    return grad


def cost_function_reg(theta, X, y, lam):
    m = y.size
    h = sigmoid(X.dot(theta))
    J = -1 / m * (np.log(h).dot(y) + np.log(1 - h).dot(1 - y)) + lam / (2 * m) * np.sum(theta[1:] ** 2)
    grad = 1 / m * X.T.dot(h - y)
    grad[1:] = grad[1:] + lam / m * theta[1:]
    return J, grad


compute_cost(np.array([1.0, 2.0, 3.5]), np.array([2.0, 3.0, 6.1]), 0.7, 0.2)
compute_cost_logistic(np.array([[0.5, 1.5], [1.0, -1.0], [1.5, 0.5]]), np.array([0.0, 0.0, 1.0]), np.array([0.3, -0.2]), 0.1)
dj_dw, dj_db = compute_gradient(np.array([1.0, 2.0, 3.5]), np.array([2.0, 3.0, 6.1]), 0.7, 0.2)
