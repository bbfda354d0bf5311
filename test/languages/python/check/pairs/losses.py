"""Losses and their gradients by the prediction."""

import numpy as np


def mse(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def mse_prime(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size


def binary_cross_entropy(y_true, y_pred):
    return -np.mean(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))


def binary_cross_entropy_derivative(y_true, y_pred):
    return ((1 - y_true) / (1 - y_pred) - y_true / y_pred) / y_true.size


def half_squares(prediction, target):
    return 0.5 * np.sum((prediction - target) ** 2)


def half_squares_grad(prediction, target):
    return prediction - target


def huber(residual, delta):
    small = np.abs(residual) <= delta
    return np.sum(np.where(small, 0.5 * residual**2, delta * (np.abs(residual) - 0.5 * delta)))


def huber_gradient(residual, delta):
    return np.clip(residual, -delta, delta)


def log_cosh(y, t):
    return np.sum(np.log(np.cosh(y - t)))


def log_cosh_prime(y, t):
    return np.tanh(y - t)


def logistic_loss(margin):
    return np.log1p(np.exp(-margin))


def logistic_loss_derivative(margin):
    return -1 / (1 + np.exp(margin))


def hinge(scores, labels):
    return np.sum(np.maximum(0, 1 - labels * scores))


def hinge_gradient(scores, labels):
    return np.where(labels * scores < 1, -labels, 0)
