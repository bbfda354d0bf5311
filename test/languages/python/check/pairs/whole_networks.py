"""Networks whose backward pass begins at a loss, in columns and in rows."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_propagation(X, parameters):
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return A2, cache


def compute_cost(A2, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    return float(np.squeeze(cost))


def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


class MLP:
    """Two layers, a softmax, and a loss of its own."""

    def __init__(self, n_in, n_hidden, n_out, reg=0.1):
        rng = np.random.RandomState(0)
        self.params = {
            "W1": 0.4 * rng.randn(n_in, n_hidden),
            "b1": 0.1 * rng.randn(n_hidden),
            "W2": 0.4 * rng.randn(n_hidden, n_out),
            "b2": np.zeros(n_out),
        }
        self.reg = reg

    def loss(self, X, y):
        W1, b1, W2, b2 = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        h = np.maximum(0, X @ W1 + b1)
        scores = h @ W2 + b2
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        probs = e / e.sum(axis=1, keepdims=True)
        n = X.shape[0]
        loss = -np.log(probs[np.arange(n), y]).mean() + self.reg * (np.sum(W1**2) + np.sum(W2**2))
        grads = {}
        dscores = probs.copy()
        dscores[np.arange(n), y] -= 1
        dscores /= n
        grads["W2"] = h.T @ dscores + 2 * self.reg * W2
        grads["b2"] = dscores.sum(axis=0)
        dh = dscores @ W2.T
        dh[h <= 0] = 0
        grads["W1"] = X.T @ dh + 2 * self.reg * W1
        grads["b1"] = dh.sum(axis=0)
        return loss, grads


net = MLP(3, 6, 4)
X = np.random.RandomState(1).randn(5, 3)
y = np.array([0, 3, 1, 2, 2])
for step in range(3):
    loss, grads = net.loss(X, y)
    for key in net.params:
        net.params[key] -= 0.05 * grads[key]
