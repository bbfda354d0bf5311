"""A GAN, a metric beside a loss, momentum, Adam and clipping: no wrong gradient among them."""

import numpy as np

rng = np.random.RandomState(0)
X = rng.randn(8, 3)
y = (X[:, :1] > 0).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# Momentum.
w = rng.randn(3, 1)
velocity = np.zeros_like(w)
for epoch in range(10):
    p = sigmoid(X @ w)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    grad = X.T @ (p - y) / len(X)
    velocity = 0.9 * velocity - 0.1 * grad
    w = w + velocity

# Adam.
w = rng.randn(3, 1)
m, s = np.zeros_like(w), np.zeros_like(w)
for t in range(1, 11):
    p = sigmoid(X @ w)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    grad_w = X.T @ (p - y) / len(X)
    m = 0.9 * m + 0.1 * grad_w
    s = 0.999 * s + 0.001 * grad_w**2
    w -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)

# Weight decay that the loss leaves out.
w = rng.randn(3, 1)
lr = 0.1
for epoch in range(5):
    p = sigmoid(X @ w)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    dw = X.T @ (p - y) / len(X)
    w -= lr * (dw + 0.01 * w)

# A penalty that is added at the step.
w = rng.randn(3, 1)
for epoch in range(5):
    p = sigmoid(X @ w)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + 0.5 * 0.2 * np.sum(w**2)
    dw = X.T @ (p - y) / len(X)
    w -= lr * (dw + 0.2 * w)

# Clipping, in place.
w = rng.randn(3, 1)
for epoch in range(5):
    p = sigmoid(X @ w)
    loss = np.mean((p - y) ** 2)
    dw = 2 * X.T @ ((p - y) * p * (1 - p)) / p.size
    np.clip(dw, -0.5, 0.5, out=dw)
    w -= lr * dw

# The absolute error is shown, the squared one is learned from.
w = rng.randn(3, 1)
for epoch in range(5):
    p = X @ w
    error = np.mean(np.abs(p - y))
    dw = X.T @ (p - y) / len(X)
    w -= lr * dw

# Two players.
g, d = rng.randn(2), rng.randn(2)
for epoch in range(5):
    z = rng.randn(16)
    real = 1 + 0.5 * rng.randn(16)
    fake = g[0] * z + g[1]
    d_real, d_fake = sigmoid(d[0] * real + d[1]), sigmoid(d[0] * fake + d[1])
    d_loss = -np.mean(np.log(d_real)) - np.mean(np.log(1 - d_fake))
    g_loss = -np.mean(np.log(d_fake))
    grad_d = np.array([np.mean((d_real - 1) * real) + np.mean(d_fake * fake), np.mean(d_real - 1) + np.mean(d_fake)])
    grad_g = np.array([np.mean((d_fake - 1) * d[0] * z), np.mean((d_fake - 1) * d[0])])
    d = d - lr * grad_d
    g = g - lr * grad_g

# Stochastic steps, one example at a time.
w = rng.randn(3)
for epoch in range(2):
    for i in range(len(X)):
        r = X[i] @ w - y[i, 0]
        loss = 0.5 * r**2
        grad = r * X[i]
        w -= lr * grad
