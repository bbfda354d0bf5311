"""Examples in columns: the convention of a well-known course."""

import numpy as np


def sigmoid(Z):
    A = 1 / (1 + np.exp(-Z))
    cache = Z
    return A, cache


def sigmoid_backward(dA, cache):
    Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * s * (1 - s)
    return dZ


def relu(Z):
    A = np.maximum(0, Z)
    cache = Z
    return A, cache


def relu_backward(dA, cache):
    Z = cache
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


def linear_forward(A_prev, W, b):
    """
    Arguments:
    A_prev -- activations of the layer before, of shape (n_prev, m)
    W -- weights, of shape (n, n_prev)
    b -- bias vector, of shape (n, 1)
    """
    Z = W @ A_prev + b
    cache = (A_prev, W, b)
    return Z, cache


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    dW = dZ @ A_prev.T
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = W.T @ dZ
    return dA_prev, dW, db


def cost(AL, Y):
    m = Y.shape[1]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m


def cost_backward(AL, Y):
    m = Y.shape[1]
    return -(Y / AL - (1 - Y) / (1 - AL)) / m


rng = np.random.RandomState(1)
AL = 1 / (1 + np.exp(-rng.randn(1, 4)))
Y = np.array([[1.0, 0.0, 0.0, 1.0]])
print(cost(AL, Y))
