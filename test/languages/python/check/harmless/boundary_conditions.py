import numpy as np


def ends(left, right):
    return np.hstack((left[0] - 1, right[0]))


def ends_jac(left, right):
    dleft = np.array([[1, 0], [0, 0]])
    dright = np.array([[0, 0], [1, 0]])
    return dleft, dright
