"""Derivatives that are written in terms of the value of the function: what a network has at hand when it goes back."""

import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def sigmoid_derivative(a):
    return a * (1.0 - a)


def tanh(x):
    return np.tanh(x)


def tanh_derivative(y):
    return 1 - y**2


def exponential(x):
    return np.exp(2 * x)


def exponential_gradient(v):
    return 2 * v
