"""Logistic regression, differentiated box by box: loss, probability, score, coefficients.

The three factors of the chain rule are written out; their product is the gradient that the trace shows.
"""

import numpy as np


def score(beta0, beta1, X):
    return beta0 + beta1 * X


def probability(h):
    return 1 / (1 + np.exp(-h))


def cross_entropy(p, y):
    return -y * np.log(p) - (1 - y) * np.log(1 - p)


def loss(beta0, beta1, X, y):
    return cross_entropy(probability(score(beta0, beta1, X)), y)


X, y = 1.5, 1.0
beta0, beta1 = 0.2, -0.4

h = score(beta0, beta1, X)
p = probability(h)
L = loss(beta0, beta1, X, y)

dL_dp = -y / p + (1 - y) / (1 - p)
dp_dh = p * (1 - p)
dL_dbeta0 = dL_dp * dp_dh
dL_dbeta1 = dL_dp * dp_dh * X

rate = 0.1
beta0 = beta0 - rate * dL_dbeta0
beta1 = beta1 - rate * dL_dbeta1
print(L, dL_dbeta0, dL_dbeta1, beta0, beta1, loss(beta0, beta1, X, y))
