"""Activations and their slopes, and what five saturated layers leave of a gradient.

Hover the argument of each function for its derivative in symbols.
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def tanh(z):
    return np.tanh(z)


def relu(z):
    return np.maximum(0, z)


def leaky_relu(z, slope=0.01):
    return np.where(z > 0, z, slope * z)


def softplus(z):
    return np.log(1 + np.exp(z))


# The steepest place of the two that saturate is zero.
at_zero = sigmoid(0.0)
tanh_at_zero = tanh(0.0)

# A unit that is off passes nothing on: a dead one never comes back.
off = relu(-2.0)
nearly_off = leaky_relu(-2.0)
smooth = softplus(-2.0)

# The derivative of a chain of layers is a product: with 0.2 in each of five layers little is left.
slope = 0.2
left_over = slope**5
print(at_zero, tanh_at_zero, off, nearly_off, smooth, left_over)
