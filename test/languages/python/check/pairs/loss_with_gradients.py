"""Functions that return a loss and its gradients together."""

import numpy as np


def squares_loss(w, X, y):
    r = X @ w - y
    loss = 0.5 * np.mean(r**2)
    grad = X.T @ r / len(y)
    return loss, grad


def softmax_loss(x, y):
    """
    x: scores, of shape (N, C)
    y: labels, of shape (N,) with 0 <= y[i] < C
    """
    shifted = x - np.max(x, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    N = x.shape[0]
    loss = -np.sum(log_probs[np.arange(N), y]) / N
    dx = np.exp(log_probs)
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def svm_loss(scores, y):
    """
    scores: (N, C)
    y: labels of shape (N,), 0 <= y[i] < C
    """
    N = scores.shape[0]
    correct = scores[np.arange(N), y][:, np.newaxis]
    margins = np.maximum(0, scores - correct + 1.0)
    margins[np.arange(N), y] = 0
    loss = np.sum(margins) / N
    dscores = (margins > 0).astype(float)
    dscores[np.arange(N), y] -= np.sum(margins > 0, axis=1)
    dscores = dscores / N
    return loss, dscores


def two_layer_loss(X, y, W1, b1, W2, b2, reg):
    """
    X: (N, D), y: (N, C), W1: (D, H), b1: (H,), W2: (H, C), b2: (C,)
    """
    h = np.maximum(0, X @ W1 + b1)
    out = h @ W2 + b2
    loss = np.mean((out - y) ** 2) + reg * (np.sum(W1**2) + np.sum(W2**2))
    grads = {}
    dout = 2 * (out - y) / out.size
    grads['W2'] = h.T @ dout + 2 * reg * W2
    grads['b2'] = dout.sum(axis=0)
    dh = dout @ W2.T
    dh[h <= 0] = 0
    grads['W1'] = X.T @ dh + 2 * reg * W1
    grads['b1'] = dh.sum(axis=0)
    return loss, grads


def logistic_cost(theta, X, y):
    """theta: (D,), X: (N, D), y: (N,)"""
    p = 1 / (1 + np.exp(-X @ theta))
    cost = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    dtheta = X.T @ (p - y) / X.shape[0]
    return cost, dtheta


def propagate(w, b, X, Y):
    """
    w -- weights, of shape (n, 1)
    b -- bias, a scalar
    X -- data of shape (n, m)
    Y -- labels of shape (1, m)
    """
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(w.T @ X + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = X @ (A - Y).T / m
    db = np.sum(A - Y) / m
    grads = {"dw": dw, "db": db}
    return grads, cost
