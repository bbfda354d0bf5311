"""The gradient of a network by perturbing one parameter after the other.

Two forward passes a parameter: simple, and slow. The parameters are moved by one step of gradient descent at the end.
"""

import numpy as np

x = np.array([[1.0]])
y = np.array([[1.0]])
h = 1e-4

weights = [
    np.array([[0.5]]),
    np.array([[0.5, 0.5]]),
    np.array([[0.5], [0.5]]),
]
passes = 0


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def predict(inputs):
    first = np.maximum(0, np.dot(inputs, weights[0]))
    second = np.maximum(0, np.dot(first, weights[1]))
    return sigmoid(np.dot(second, weights[2]))


def cross_entropy():
    global passes
    passes += 1
    p = predict(x)
    return -np.mean(y * np.log(p) + (1.0 - y) * np.log(1.0 - p))


gradients = []
for w in weights:
    gradient = np.zeros_like(w)
    for row in range(w.shape[0]):
        for column in range(w.shape[1]):
            kept = w[row, column]
            w[row, column] = kept + h
            above = cross_entropy()
            w[row, column] = kept - h
            below = cross_entropy()
            gradient[row, column] = (above - below) / (2.0 * h)
            w[row, column] = kept
    gradients.append(gradient)

for i in range(len(weights)):
    weights[i] -= 0.1 * gradients[i]

print(weights[0], weights[1], weights[2], passes)
