"""A perceptron learns until every point is on its side of the line.

Open the trace of the loop: each turn goes once over all points, and moves the line w · x + b = 0 for every point on the
wrong side of it.
"""

import numpy as np

points = np.array(
    [[-0.1, 2.5], [1.1, 0.5], [-3.0, -0.5], [-2.6, -1.1], [-0.2, 2.8], [0.5, 0.4], [-2.3, 2.3], [-1.3, 3.0], [2.5, -0.1]]
)
labels = np.array([1, 1, -1, -1, 1, 1, -1, 1, 1])
w = np.array([0.5, -1.0])
b = 0.0

mistakes = 1
turns = 0
while mistakes > 0:
    mistakes = 0
    for x, y in zip(points, labels):
        if y * (w @ x + b) <= 0:
            w = w + y * x
            b = b + y
            mistakes += 1
    turns += 1

print(turns, w, b)
