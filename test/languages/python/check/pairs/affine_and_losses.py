"""Layers of functions with caches, and losses that return their gradient."""

import numpy as np


def affine_forward(x, w, b):
    """x has the shape (N, d_1, ..., d_k), w the shape (D, M), b the shape (M,)."""
    rows = x.reshape(x.shape[0], -1)
    out = rows.dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(x, 0)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    dx = np.where(x > 0, dout, 0)
    return dx


def affine_relu_forward(x, w, b):
    a, fc_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    cache = (fc_cache, relu_cache)
    return out, cache


def affine_relu_backward(dout, cache):
    fc_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    dx, dw, db = affine_backward(da, fc_cache)
    return dx, dw, db


def svm_loss(x, y):
    """x: scores of the shape (N, C); y: labels of the shape (N,), where y[i] is in 0 .. C-1."""
    count = x.shape[0]
    right = x[np.arange(count), y]
    margins = np.maximum(0, x - right[:, np.newaxis] + 1.0)
    margins[np.arange(count), y] = 0
    loss = np.sum(margins) / count
    positive = np.sum(margins > 0, axis=1)
    dx = np.zeros_like(x)
    dx[margins > 0] = 1
    dx[np.arange(count), y] -= positive
    dx /= count
    return loss, dx


def softmax_loss(x, y):
    shifted = x - np.max(x, axis=1, keepdims=True)
    total = np.sum(np.exp(shifted), axis=1, keepdims=True)
    log_probs = shifted - np.log(total)
    probs = np.exp(log_probs)
    count = x.shape[0]
    loss = -np.sum(log_probs[np.arange(count), y]) / count
    dx = probs.copy()
    dx[np.arange(count), y] -= 1
    dx /= count
    return loss, dx


def softmax_loss_naive(W, X, y, reg):
    """W: (D, C), X: (N, D), y: (N,) labels, reg: float."""
    loss = 0.0
    dW = np.zeros_like(W)
    count = X.shape[0]
    classes = W.shape[1]
    for i in range(count):
        scores = X[i].dot(W)
        scores -= np.max(scores)
        p = np.exp(scores) / np.sum(np.exp(scores))
        loss -= np.log(p[y[i]])
        for j in range(classes):
            dW[:, j] += (p[j] - (j == y[i])) * X[i]
    loss = loss / count + reg * np.sum(W * W)
    dW = dW / count + 2 * reg * W
    return loss, dW


scores = np.array([[0.3, -1.2, 0.8], [1.1, 0.4, -0.5], [-0.7, 0.2, 0.9], [0.6, 0.1, -0.3]])
labels = np.array([2, 0, 1, 1])
svm_loss(scores, labels)
softmax_loss_naive(np.array([[0.2, -0.4], [0.5, 0.1], [-0.3, 0.7]]), scores, np.array([1, 0, 0, 1]), 0.3)
