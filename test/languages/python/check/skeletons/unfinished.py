"""Forward passes that mix elements, with backward passes that are not written yet."""

import numpy as np


def affine_forward(x, w, b):
    out = x @ w + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    pass


def softmax_loss(scores, labels):
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    e = np.exp(shifted)
    p = e / np.sum(e, axis=1, keepdims=True)
    return -np.sum(labels * np.log(p)) / scores.shape[0]


def softmax_loss_gradient(scores, labels):
    raise NotImplementedError


def layer_norm_forward(x, gamma, beta):
    eps = 1e-5
    mean = x.mean(axis=1, keepdims=True)
    var = x.var(axis=1, keepdims=True)
    inverse = 1 / np.sqrt(var + eps)
    normal = (x - mean) * inverse
    out = gamma * normal + beta
    return out, (x, normal, inverse, gamma, beta)


def layer_norm_backward(dout, cache):
    raise NotImplementedError


def batch_norm_forward(x, gamma, beta):
    n = x.shape[0]
    mu = np.sum(x, axis=0) / n
    centred = x - mu
    variance = np.sum(centred**2, axis=0) / n
    std = np.sqrt(variance + 1e-5)
    hat = centred / std
    out = gamma * hat + beta
    return out, (x, gamma, beta)


def batch_norm_backward(dout, cache):
    # TODO
    return None


def attention_forward(q, k, v):
    scores = q @ k.T / np.sqrt(q.shape[1])
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = e / e.sum(axis=1, keepdims=True)
    out = weights @ v
    return out, (q, k, v, weights)


def attention_backward(dout, cache):
    dq, dk, dv = None, None, None
    # TODO: fill in
    return dq, dk, dv


def rms_norm_forward(x, g):
    r = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + 1e-6)
    return x / r * g, (x, g)


def rms_norm_backward(dout, cache):
    pass


def cosine_similarity(a, b):
    return np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b))


def cosine_similarity_gradient(a, b):
    """By both arguments."""
    pass


def ridge_loss(w, x, y, lam=0.1):
    residual = x @ w - y
    return 0.5 * np.mean(residual**2) + 0.5 * lam * np.sum(w**2)


def ridge_loss_gradient(w, x, y, lam=0.1):
    pass


def logistic_loss(w, x, y):
    z = x @ w
    return np.mean(np.log(1 + np.exp(-y * z)))


def logistic_loss_gradient(w, x, y):
    pass


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gate_forward(x, w, u, b):
    a = sigmoid(x @ w + b)
    c = np.tanh(x @ u)
    out = a * c + (1 - a) * x
    return out, (x, w, u, b)


def gate_backward(dout, cache):
    pass


def pool_forward(x):
    blocks = x.reshape(x.shape[0] // 2, 2, x.shape[1])
    return blocks.mean(axis=1), x


def pool_backward(dout, cache):
    pass


def embedding_forward(table):
    picked = table[np.array([0, 1, 1, 0, 1])]
    return picked[:, 1:] * 2.0, table


def embedding_backward(dout, cache):
    pass


def gram_forward(x):
    g = np.dot(x.T, x)
    return np.sum(g * g) / x.size, x


def gram_backward(dout, cache):
    pass


def contrast_forward(x, y):
    distance = np.sqrt(np.sum((x - y) ** 2, axis=1))
    near = np.maximum(1.5 - distance, 0)
    return np.sum(near**2), (x, y)


def contrast_backward(dout, cache):
    dx, dy = None, None  # TODO
    return dx, dy


class Dense:
    def __init__(self):
        self.W = np.array([[0.3, -0.2, 0.5], [0.1, 0.7, -0.4]])
        self.b = np.array([0.1, -0.3, 0.2])

    def forward(self, x):
        self.x = x
        z = np.dot(x, self.W) + self.b
        self.out = np.tanh(z)
        return self.out

    def backward(self, dout):
        raise NotImplementedError


class SoftmaxLayer:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        self.y = e / np.sum(e, axis=-1, keepdims=True)
        return self.y

    def backward(self, grad_output):
        pass


class MultiHead:
    def forward(self, q, k):
        self.q = q
        self.k = k
        return np.einsum("nhd,mhd->hnm", q, k) / np.sqrt(q.shape[2])

    def backward(self, dout):
        pass


heads = MultiHead()
print(heads.forward(np.linspace(-1.0, 1.0, 30).reshape(3, 2, 5), np.linspace(0.5, -1.5, 20).reshape(2, 2, 5)))
