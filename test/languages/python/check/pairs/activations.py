"""Activation functions, each with its derivative beside it."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    s = sigmoid(x)
    return s * (1 - s)


def tanh(x):
    return np.tanh(x)


def tanh_prime(x):
    return 1 - np.tanh(x) ** 2


def relu(z):
    return np.maximum(0, z)


def relu_grad(z):
    return (z > 0).astype(float)


def leaky_relu(z, alpha=0.1):
    return np.where(z > 0, z, alpha * z)


def d_leaky_relu(z, alpha=0.1):
    """Derivative of the leaky rectifier."""
    dz = np.ones_like(z)
    dz[z <= 0] = alpha
    return dz


def softplus(x):
    return np.log(1 + np.exp(x))


def softplus_deriv(x):
    return 1 / (1 + np.exp(-x))


def elu(x, a=1.5):
    return np.where(x > 0, x, a * (np.exp(x) - 1))


def elu_derivative(x, a=1.5):
    return np.where(x > 0, 1, elu(x, a) + a)


def swish(x):
    return x * sigmoid(x)


def swish_gradient(x):
    s = sigmoid(x)
    return s + x * s * (1 - s)


def gaussian(x):
    return np.exp(-(x**2))


def gaussian_prime(x):
    return -2 * x * np.exp(-(x**2))


def softsign(x):
    return x / (1 + np.abs(x))


def softsign_prime(x):
    return 1 / (1 + np.abs(x)) ** 2


def gelu(x):
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    return 0.5 * x * (1 + np.tanh(inner))


def gelu_derivative(x):
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c * (1 + 3 * 0.044715 * x**2)
