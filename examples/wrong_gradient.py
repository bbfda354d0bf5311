"""A gradient that somebody wrote by hand, with one slip in it.

The derivative of tanh is 1 - tanh(z)**2, and the backward pass below takes 1 - z**2. Open the trace of `loss`, or run
“Check Gradient Here” on `loss_gradient`: the parameters behind the slip are wrong, and the others are right.
"""

import numpy as np


def loss(weights, bias, inputs, targets):
    scores = inputs @ weights + bias
    hidden = np.tanh(scores)
    return 0.5 * np.sum((hidden - targets) ** 2)


def loss_gradient(weights, bias, inputs, targets):
    scores = inputs @ weights + bias
    hidden = np.tanh(scores)
    d_hidden = hidden - targets
    d_scores = d_hidden * (1 - scores**2)
    d_weights = inputs.T @ d_scores
    d_bias = d_scores.sum(axis=0)
    return d_weights, d_bias


weights = np.array([[0.4, -0.7], [0.9, 0.2], [-0.3, 0.5]])
bias = np.array([0.1, -0.2])
inputs = np.array([[0.6, -1.1, 0.3], [1.2, 0.4, -0.8]])
targets = np.array([[0.2, -0.1], [0.7, 0.4]])
print(loss(weights, bias, inputs, targets))
print(loss_gradient(weights, bias, inputs, targets))
