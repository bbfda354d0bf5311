"""Slopes of a function by differences, as a check of derivatives found in other ways.

Ask for the trace of `slope1` with h = 1e-15: a step that small loses every digit but the first.
"""

import numpy as np


def surface(x1, x2):
    return np.log(x1) + x1 * x2 - np.sin(x2)


x1 = 2.0
x2 = 5.0
h = 1e-4

# One-sided: an error of order h. Centred: of order h squared.
one_sided1 = (surface(x1 + h, x2) - surface(x1, x2)) / h
one_sided2 = (surface(x1, x2 + h) - surface(x1, x2)) / h
slope1 = (surface(x1 + h, x2) - surface(x1 - h, x2)) / (2.0 * h)
slope2 = (surface(x1, x2 + h) - surface(x1, x2 - h)) / (2.0 * h)
print("{:.4f} {:.4f}".format(slope1, slope2))
