"""A loss taken apart into small functions, each with its derivative written beside it.

Logistic loss L = -y log(sigmoid(w x)) at x = 3, y = 1, w = 3: the product of the local derivatives is dL/dw.
"""

import numpy as np


def negative_product(w, x):
    return -w * x


def negative_product_derivative(w, x):
    return -x


def exponential(z):
    return np.exp(z)


def exponential_derivative(z):
    return np.exp(z)


def plus_one(z):
    return 1 + z


def plus_one_derivative(z):
    return 1


def inverse(z):
    return 1 / z


def inverse_derivative(z):
    return -1 / z**2


def logarithm(z):
    return np.log(z)


def logarithm_derivative(z):
    return 1 / z


x, y, w = 3.0, 1.0, 3.0

xi1 = negative_product(w, x)
xi2 = exponential(xi1)
xi3 = plus_one(xi2)
xi4 = inverse(xi3)
xi5 = logarithm(xi4)
loss = -y * xi5

chain = (
    -y
    * logarithm_derivative(xi4)
    * inverse_derivative(xi3)
    * plus_one_derivative(xi2)
    * exponential_derivative(xi1)
    * negative_product_derivative(w, x)
)
print(loss, chain)
