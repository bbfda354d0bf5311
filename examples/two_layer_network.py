"""A small network in plain NumPy: two features, four tanh units, one probability.

The loss is the mean binary cross-entropy over five points. Hover W1 or open the trace: every array has its gradient,
and nothing had to be derived by hand.
"""

import numpy as np

np.random.seed(7)

points = np.array([[0.2, 1.4], [1.1, -0.3], [-0.8, 0.9], [1.9, 0.4], [-1.2, -0.7]])
labels = np.array([[1.0], [0.0], [1.0], [0.0], [0.0]])

W1 = np.random.randn(2, 4) * 0.6
b1 = np.zeros(4)
W2 = np.random.randn(4, 1) * 0.6
b2 = np.zeros(1)

hidden = np.tanh(points @ W1 + b1)
scores = hidden @ W2 + b2
probability = 1 / (1 + np.exp(-scores))
loss = -np.mean(labels * np.log(probability) + (1 - labels) * np.log(1 - probability))
print(loss)
