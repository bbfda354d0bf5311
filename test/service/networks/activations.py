"""Activations that learn nothing, or too much at once, each beside one that does."""

import numpy as np

x = np.array([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.8], [0.1, 0.2], [-1.2, -0.4], [0.9, 1.1]])
t = np.array([0.2, 0.9, 0.4, 0.5, 0.1, 0.8])
W1 = np.array([[0.3, -0.2, 0.5], [0.1, 0.4, -0.3]])
b1 = np.array([0.05, 0.1, 0.2])
W2 = np.array([0.7, -0.4, 0.6])


def loss(hidden, W2, t):
    return np.mean((hidden @ W2 - t) ** 2)


def smooth(W1, b1, W2, x, t):
    return loss(np.log(1 + np.exp(x @ W1 + b1)), W2, t)


def leaky(W1, b1, W2, x, t):
    z = x @ W1 + b1
    return loss(np.where(z > 0, z, 0.01 * z), W2, t)


def late(W1, b1, W2, x, t):
    return loss(np.maximum(0, x @ W1 + b1 - 100), W2, t)


def hard_step(W1, b1, W2, x, t):
    z = x @ W1 + b1
    return loss(np.where(z > 0, 1.0, 0.0), W2, t)


def swinging(W1, b1, W2, x, t):
    return loss(np.sin(100 * (x @ W1 + b1)), W2, t)


def slow_wave(W1, b1, W2, x, t):
    return loss(np.sin(x @ W1 + b1), W2, t)


def no_weights(W1, b1, W2, x, t):
    return loss(np.tanh(x @ W1 + b1), 0 * W2, t)


def without_bias(W1, b1, W2, x, t):
    return loss(np.tanh(x @ W1), W2, t)


def from_data(W1, b1, W2, x, t):
    return np.mean((np.sign(x @ W1 + b1) @ np.sign(W2) - t) ** 2)


smooth(W1, b1, W2, x, t)
leaky(W1, b1, W2, x, t)
late(W1, b1, W2, x, t)
hard_step(W1, b1, W2, x, t)
swinging(W1, b1, W2, x, t)
slow_wave(W1, b1, W2, x, t)
no_weights(W1, b1, W2, x, t)
without_bias(W1, b1, W2, x, t)
from_data(W1, b1, W2, x, t)
