"""Gradients inside functions that train."""

import numpy as np


def fit_line(x, y, lr=0.05, epochs=200):
    w, b = 0.0, 0.0
    n = len(x)
    for _ in range(epochs):
        y_hat = w * x + b
        loss = np.sum((y_hat - y) ** 2) / n
        grad_w = 2 / n * np.sum((y_hat - y) * x)
        grad_b = 2 / n * np.sum(y_hat - y)
        w -= lr * grad_w
        b -= lr * grad_b
    return w, b


def train_network(X, T, hidden, rate, turns):
    rng = np.random.default_rng(3)
    W1 = rng.normal(0, 0.5, (X.shape[1], hidden))
    W2 = rng.normal(0, 0.5, (hidden, T.shape[1]))
    losses = []
    for turn in range(turns):
        H = 1 / (1 + np.exp(-X @ W1))
        Y = H @ W2
        E = Y - T
        loss = 0.5 * np.sum(E * E)
        losses.append(loss)
        dW2 = H.T @ E
        dH = E @ W2.T
        dW1 = X.T @ (dH * H * (1 - H))
        W1 = W1 - rate * dW1
        W2 = W2 - rate * dW2
    return W1, W2, losses


class LogisticRegression:
    def __init__(self, learning_rate=0.1, n_iters=100):
        self.learning_rate = learning_rate
        self.n_iters = n_iters
        self.losses = []

    def fit(self, X, y):
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0.0
        for _ in range(self.n_iters):
            p = 1 / (1 + np.exp(-(X @ self.weights + self.bias)))
            loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
            self.losses.append(loss)
            dw = X.T @ (p - y) / n_samples
            db = np.sum(p - y) / n_samples
            self.weights -= self.learning_rate * dw
            self.bias -= self.learning_rate * db


x = np.array([0.1, 0.4, 0.9, 1.3])
fit_line(x, 2 * x + 0.5)
points = np.array([[0.2, 1.0], [0.9, -0.4], [-0.7, 0.3]])
train_network(points, points[:, :1] * points[:, 1:], 4, 0.1, 20)
LogisticRegression().fit(points, np.array([0.0, 1.0, 1.0]))
