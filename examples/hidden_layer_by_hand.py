"""One hidden unit, two weights, mean squared error: the gradient as one formula, then out of small pieces.

Both ways make the same update; the pieces can be put together differently when the network changes, the formula can not.
"""

import numpy as np

X = np.array([0.1, 0.4, 0.7, 1.0])
target = np.array([0.3, 0.5, 0.6, 0.9])
w1 = 0.8
w2 = -0.3


def sigmoid(h):
    return 1 / (1 + np.exp(-h))


def forward(w1, w2):
    return w2 * sigmoid(w1 * X)


def loss(w1, w2):
    return np.mean((forward(w1, w2) - target) ** 2)


L = loss(w1, w2)

# As one formula.
prediction = forward(w1, w2)
a = sigmoid(w1 * X)
dL_dw1 = np.mean(2 * (prediction - target) * w2 * a * (1 - a) * X)
dL_dw2 = np.mean(2 * (prediction - target) * a)


# Out of pieces.
def dloss(y_pred):
    return 2 * (y_pred - target) / len(target)


def dsigmoid(h):
    return sigmoid(h) * (1 - sigmoid(h))


h1 = w1 * X
upstream = dloss(w2 * sigmoid(h1))
by_chain1 = np.sum(upstream * w2 * dsigmoid(h1) * X)
by_chain2 = np.sum(upstream * sigmoid(h1))

w1 = w1 - 0.5 * dL_dw1
w2 = w2 - 0.5 * dL_dw2
print(L, dL_dw1 - by_chain1, dL_dw2 - by_chain2, loss(w1, w2))
