"""The perceptron rule is gradient descent on a hinge: a point on its side costs nothing and moves nothing."""
import numpy as np

points = np.array([[2.0, 1.0], [0.5, -1.5], [-1.0, -0.5], [-0.5, 2.0]])
labels = np.array([1.0, 1.0, -1.0, -1.0])
w = np.array([0.1, -0.3])
b = 0.2


def hinge(w, b, points, labels, margin=0.0):
    """What is missing from every point to its side, added up. margin=1 is the loss of support vector machines."""
    scores = points @ w + b
    return np.sum(np.maximum(0, margin - labels * scores))


def hinge_gradient(w, b, points, labels, margin=0.0):
    """By w and b: minus the labelled points that are on the wrong side."""
    wrong = labels * (points @ w + b) < margin
    return -(labels * wrong) @ points, -np.sum(labels * wrong)


loss = hinge(w, b, points, labels)
dw, db = hinge_gradient(w, b, points, labels)
