"""One hidden unit feeds two outputs: each weight before it moves both losses, one product for every way."""
import numpy as np


def relu(z):
    return np.maximum(0, z)


x = 2.0
w1 = 0.5
w2, w3 = 1.5, -0.5
target1, target2 = 1.0, 0.25

hidden = relu(w1 * x)
first = w2 * hidden
second = w3 * hidden

loss1 = 0.5 * (first - target1) ** 2
loss2 = 0.5 * (second - target2) ** 2
loss = loss1 + loss2
