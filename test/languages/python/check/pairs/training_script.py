"""Gradients that are computed beside the loss, in training loops and without any."""

import numpy as np

X = np.array([[0.4, -1.2], [1.5, 0.3], [-0.8, 0.9], [0.2, 0.1], [1.1, -0.7]])
y = np.array([1.0, 0.0, 1.0, 0.0, 1.0])

w = np.zeros(2)
b = 0.0
for epoch in range(50):
    p = 1 / (1 + np.exp(-(X @ w + b)))
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    dw = X.T @ (p - y) / len(y)
    db = np.mean(p - y)
    w -= 0.1 * dw
    b -= 0.1 * db

rng = np.random.RandomState(4)
W1 = rng.randn(2, 3)
b1 = np.zeros(3)
W2 = rng.randn(3, 1)
target = y.reshape(-1, 1)
learning_rate = 0.05
for t in range(20):
    z1 = X @ W1 + b1
    h = np.maximum(z1, 0)
    y_pred = h @ W2
    cost = np.square(y_pred - target).sum()
    grad_y_pred = 2.0 * (y_pred - target)
    grad_W2 = h.T @ grad_y_pred
    grad_h = grad_y_pred @ W2.T
    grad_z1 = grad_h.copy()
    grad_z1[z1 < 0] = 0
    grad_W1 = X.T @ grad_z1
    grad_b1 = grad_z1.sum(axis=0)
    W1 = W1 - learning_rate * grad_W1
    b1 = b1 - learning_rate * grad_b1
    W2 = W2 - learning_rate * grad_W2

m = 0.5
c = 0.1
error = 0.5 * (m * 1.7 + c - 2.0) ** 2
slope_m = (m * 1.7 + c - 2.0) * 1.7
slope_c = m * 1.7 + c - 2.0
m = m - 0.1 * slope_m
c = c - 0.1 * slope_c
