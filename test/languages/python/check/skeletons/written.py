"""Forward passes that mix elements, with backward passes that are not written yet."""

import numpy as np


def affine_forward(x, w, b):
    out = x @ w + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout @ w.T
    dw = x.T @ dout
    db = np.sum(dout, axis=0)
    return dx, dw, db


def softmax_loss(scores, labels):
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    e = np.exp(shifted)
    p = e / np.sum(e, axis=1, keepdims=True)
    return -np.sum(labels * np.log(p)) / scores.shape[0]


def softmax_loss_gradient(scores, labels):
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    e = np.exp(shifted)
    p = e / np.sum(e, axis=1, keepdims=True)
    dp = -(labels / (scores.shape[0] * p))
    dshifted = p * (dp - np.sum(dp * p, axis=1, keepdims=True))
    dscores = dshifted
    return dscores


def layer_norm_forward(x, gamma, beta):
    eps = 1e-5
    mean = x.mean(axis=1, keepdims=True)
    var = x.var(axis=1, keepdims=True)
    inverse = 1 / np.sqrt(var + eps)
    normal = (x - mean) * inverse
    out = gamma * normal + beta
    return out, (x, normal, inverse, gamma, beta)


def layer_norm_backward(dout, cache):
    x, normal, inverse, gamma, beta = cache
    eps = 1e-5
    mean = x.mean(axis=1, keepdims=True)
    var = x.var(axis=1, keepdims=True)
    t1 = np.sqrt(var + eps)
    t2 = x - mean
    dnormal = dout * gamma
    dt2 = dnormal * inverse
    dinverse = np.sum(dnormal * t2, axis=1, keepdims=True)
    dvar = -(dinverse * inverse / (2 * t1 ** 2))
    dmean = np.sum(-dt2, axis=1, keepdims=True)
    dx = dt2 + 2 * dvar * (x - np.mean(x, axis=1, keepdims=True)) / x.shape[1] + dmean / x.shape[1]
    dgamma = np.sum(dout * normal, axis=0)
    dbeta = np.sum(dout, axis=0)
    return dx, dgamma, dbeta


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
    x, gamma, beta = cache
    n = x.shape[0]
    mu = np.sum(x, axis=0) / n
    centred = x - mu
    variance = np.sum(centred**2, axis=0) / n
    std = np.sqrt(variance + 1e-5)
    hat = centred / std
    dhat = dout * gamma
    dstd = np.sum(-(dhat * hat / std), axis=0)
    dvariance = dstd / (2 * std)
    dcentred = dhat / std + 2 * np.expand_dims(dvariance / n, 0) * centred
    dmu = np.sum(-dcentred, axis=0)
    dx = dcentred + np.expand_dims(dmu / n, 0)
    dgamma = np.sum(dout * hat, axis=0)
    dbeta = np.sum(dout, axis=0)
    return dx, dgamma, dbeta


def attention_forward(q, k, v):
    scores = q @ k.T / np.sqrt(q.shape[1])
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = e / e.sum(axis=1, keepdims=True)
    out = weights @ v
    return out, (q, k, v, weights)


def attention_backward(dout, cache):
    q, k, v, weights = cache
    dweights = dout @ v.T
    dt1 = weights * (dweights - np.sum(dweights * weights, axis=1, keepdims=True))
    dt2 = dt1 / np.sqrt(q.shape[1])
    dq = dt2 @ k
    dk = (q.T @ dt2).T
    dv = weights.T @ dout
    return dq, dk, dv


def rms_norm_forward(x, g):
    r = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + 1e-6)
    return x / r * g, (x, g)


def rms_norm_backward(dout, cache):
    x, g = cache
    r = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + 1e-6)
    t1 = x / r
    dt1 = dout * g
    dr = np.sum(-(dt1 * x / r ** 2), axis=1, keepdims=True)
    dx = (dt1 + dr * x / x.shape[1]) / r
    dg = np.sum(dout * t1, axis=0)
    return dx, dg


def cosine_similarity(a, b):
    return np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b))


def cosine_similarity_gradient(a, b):
    """By both arguments."""
    t1 = np.sum(a * b)
    t2 = np.linalg.norm(a) * np.linalg.norm(b)
    da = b / t2 - t1 * np.linalg.norm(b) * a / (t2 ** 2 * np.linalg.norm(a, keepdims=True))
    return da


def ridge_loss(w, x, y, lam=0.1):
    residual = x @ w - y
    return 0.5 * np.mean(residual**2) + 0.5 * lam * np.sum(w**2)


def ridge_loss_gradient(w, x, y, lam=0.1):
    residual = x @ w - y
    dresidual = residual / residual.size
    dw = lam * w + (x.T @ dresidual)
    return dw


def logistic_loss(w, x, y):
    z = x @ w
    return np.mean(np.log(1 + np.exp(-y * z)))


def logistic_loss_gradient(w, x, y):
    z = x @ w
    t1 = np.exp(-y * z)
    t2 = 1 + np.exp(-y * z)
    dz = t1 * (-y) / (y.size * t2)
    dw = x.T @ dz
    return dw


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gate_forward(x, w, u, b):
    a = sigmoid(x @ w + b)
    c = np.tanh(x @ u)
    out = a * c + (1 - a) * x
    return out, (x, w, u, b)


def gate_backward(dout, cache):
    x, w, u, b = cache
    t1 = x @ w + b
    t2 = np.exp(-t1)
    t3 = 1 + np.exp(-t1)
    a = sigmoid(x @ w + b)
    c = np.tanh(x @ u)
    t4 = 1 - a
    dc = dout * a
    dt5 = dc * (1 - c ** 2)
    da = dout * (c - x)
    dt1 = da * t2 / t3 ** 2
    dx = dout * t4 + (dt5 @ u.T) + (dt1 @ w.T)
    dw = x.T @ dt1
    du = x.T @ dt5
    db = np.sum(dt1, axis=0)
    return dx, dw, du, db


def pool_forward(x):
    blocks = x.reshape(x.shape[0] // 2, 2, x.shape[1])
    return blocks.mean(axis=1), x


def pool_backward(dout, cache):
    x = cache
    blocks = x.reshape(x.shape[0] // 2, 2, x.shape[1])
    dblocks = np.expand_dims(dout, 1) / blocks.shape[1]
    dx = np.broadcast_to(dblocks, blocks.shape).reshape(x.shape)
    return dx


def embedding_forward(table):
    picked = table[np.array([0, 1, 1, 0, 1])]
    return picked[:, 1:] * 2.0, table


def embedding_backward(dout, cache):
    table = cache
    picked = table[np.array([0, 1, 1, 0, 1])]
    dpicked_part = np.zeros_like(picked)
    np.add.at(dpicked_part, np.s_[:, 1:], 2 * dout)
    dtable_part = np.zeros_like(table)
    np.add.at(dtable_part, np.s_[np.array([0, 1, 1, 0, 1])], dpicked_part)
    dtable = dtable_part
    return dtable


def gram_forward(x):
    g = np.dot(x.T, x)
    return np.sum(g * g) / x.size, x


def gram_backward(dout, cache):
    x = cache
    g = np.dot(x.T, x)
    dt1 = dout / x.size
    dg = 2 * dt1 * g
    dx = (x @ dg) + (dg @ x.T).T
    return dx


def contrast_forward(x, y):
    distance = np.sqrt(np.sum((x - y) ** 2, axis=1))
    near = np.maximum(1.5 - distance, 0)
    return np.sum(near**2), (x, y)


def contrast_backward(dout, cache):
    x, y = cache
    t1 = x - y
    distance = np.sqrt(np.sum((x - y) ** 2, axis=1))
    t2 = 1.5 - distance
    near = np.maximum(1.5 - distance, 0)
    dnear = 2 * dout * near
    ddistance = -(dnear * np.where(t2 > 0, 1, 0))
    dt1 = 2 * np.expand_dims(ddistance / (2 * distance), 1) * t1
    dx = dt1
    dy = -dt1
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
        dz = dout * (1 - self.out ** 2)
        dx = dz @ self.W.T
        self.dW = self.x.T @ dz
        self.db = np.sum(dz, axis=0)
        return dx


class SoftmaxLayer:
    def forward(self, x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        self.y = e / np.sum(e, axis=-1, keepdims=True)
        return self.y

    def backward(self, grad_output):
        grad_t1 = self.y * (grad_output - np.sum(grad_output * self.y, axis=-1, keepdims=True))
        dx = grad_t1
        return dx


class MultiHead:
    def forward(self, q, k):
        self.q = q
        self.k = k
        return np.einsum("nhd,mhd->hnm", q, k) / np.sqrt(q.shape[2])

    def backward(self, dout):
        dt1 = dout / np.sqrt(self.q.shape[2])
        dq = np.einsum('hnm,mhd->nhd', dt1, self.k)
        dk = np.einsum('hnm,nhd->mhd', dt1, self.q)
        return dq, dk


heads = MultiHead()
print(heads.forward(np.linspace(-1.0, 1.0, 30).reshape(3, 2, 5), np.linspace(0.5, -1.5, 20).reshape(2, 2, 5)))
