"""A likelihood that is zero unless its answers are labels: whatever is claimed of zeros says nothing."""
import numpy as np


def log_likelihood(x, y, beta):
    p = 1 / (1 + np.exp(-(beta[0] + beta[1] * x)))
    yes = [i for i in range(len(y)) if y[i] == 1]
    no = [i for i in range(len(y)) if y[i] == 0]
    return np.sum(np.log(p[yes])) + np.sum(np.log(1 - p[no]))


def grad_log_likelihood(x, y, beta):
    p = 1 / (1 + np.exp(-(beta[0] + beta[1] * x)))
    yes = [i for i in range(len(y)) if y[i] == 1]
    no = [i for i in range(len(y)) if y[i] == 0]
    slope = np.array([np.sum(1 - p[yes]) - np.sum(p[no]), np.sum(x[yes] * (1 - p[yes])) - np.sum(x[no] * p[no])])
    return slope
