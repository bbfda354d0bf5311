"""A gated unit, attention, and layers as classes with gradients in fields."""

import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def gru_step_forward(x, h, W, U, b):
    """One step; W: (D, 3H), U: (H, 3H), b: (3H,)."""
    H = h.shape[1]
    xs = x @ W + b
    hs = h @ U
    z = sigmoid(xs[:, :H] + hs[:, :H])
    r = sigmoid(xs[:, H : 2 * H] + hs[:, H : 2 * H])
    n = np.tanh(xs[:, 2 * H :] + r * hs[:, 2 * H :])
    h_next = (1 - z) * n + z * h
    cache = (x, h, W, U, z, r, n, hs)
    return h_next, cache


def gru_step_backward(dh_next, cache):
    x, h, W, U, z, r, n, hs = cache
    H = h.shape[1]
    dn = dh_next * (1 - z)
    dz = dh_next * (h - n)
    dan = dn * (1 - n**2)
    dr = dan * hs[:, 2 * H :]
    daz = dz * z * (1 - z)
    dar = dr * r * (1 - r)
    dxs = np.concatenate([daz, dar, dan], axis=1)
    dhs = np.concatenate([daz, dar, dan * r], axis=1)
    dx = dxs @ W.T
    dh = dhs @ U.T + dh_next * z
    dW = x.T @ dxs
    dU = h.T @ dhs
    db = dxs.sum(axis=0)
    return dx, dh, dW, dU, db


def softmax(a):
    e = np.exp(a - a.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def attention_forward(Q, K, V):
    scale = 1.0 / np.sqrt(Q.shape[-1])
    A = softmax(Q @ K.T * scale)
    out = A @ V
    return out, (Q, K, V, A, scale)


def attention_backward(dout, cache):
    Q, K, V, A, scale = cache
    dV = A.T @ dout
    dA = dout @ V.T
    dS = A * (dA - (dA * A).sum(axis=-1, keepdims=True))
    dQ = dS @ K * scale
    dK = dS.T @ Q * scale
    return dQ, dK, dV


class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * np.sqrt(2.0 / n_in)
        self.b = np.zeros(n_out)
        self.dW = None
        self.db = None

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        self.dW = self.x.T @ grad_output
        self.db = np.sum(grad_output, axis=0)
        return grad_output @ self.W.T


class LeakyReLU:
    def __init__(self, alpha=0.01):
        self.alpha = alpha

    def forward(self, x):
        self.input = x
        return np.where(x > 0, x, self.alpha * x)

    def backward(self, grad_output):
        return grad_output * np.where(self.input > 0, 1.0, self.alpha)


class MSELoss:
    def forward(self, prediction, target):
        self.diff = prediction - target
        return np.mean(self.diff**2)

    def backward(self):
        return 2 * self.diff / self.diff.size


class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad


np.random.seed(0)
gru_step_forward(
    np.random.randn(3, 2), np.random.randn(3, 4), np.random.randn(2, 12), np.random.randn(4, 12), np.random.randn(12)
)
attention_forward(np.random.randn(3, 4), np.random.randn(5, 4), np.random.randn(5, 2))
net = Sequential([Linear(3, 5), LeakyReLU(0.1), Linear(5, 2)])
loss = MSELoss()
X, T = np.random.randn(7, 3), np.random.randn(7, 2)
loss.forward(net.forward(X), T)
net.backward(loss.backward())
