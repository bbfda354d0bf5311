"""Derivatives that want arguments of another kind than their functions run with."""
import numpy as np


def rhs(s, state):
    return np.vstack((state[1], -state[0] ** 3))


def rhs_jac(s, state):
    """The derivative of `rhs` by the state."""
    jacobian = np.empty((2, 2, s.shape[0]))
    jacobian[0, 0] = 0
    jacobian[0, 1] = 1
    jacobian[1, 0] = -3 * state[0] ** 2
    jacobian[1, 1] = 0
    return jacobian


class Barrier:
    weight = 2.0

    def func(self, mat, inverse):
        return -self.weight * np.sum(np.log(np.diag(mat)))

    def deriv(self, mat, inverse):
        """The derivative of `func` by the lower triangle."""
        twice = inverse.copy()
        twice = 2 * twice - np.diag(np.diag(twice))
        i, j = np.tril_indices(mat.shape[0])
        return -self.weight * twice[i, j]
