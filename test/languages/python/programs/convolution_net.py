"""Convolution, pooling, batch normalisation and dropout, forward and backward, as in a course."""
import numpy as np


def conv_forward_naive(x, w, b, conv_param):
    """
    - x: Input data of shape (N, C, H, W)
    - w: Filter weights of shape (F, C, HH, WW)
    - b: Biases, of shape (F,)
    - conv_param: A dictionary with the keys 'stride' and 'pad'.
    """
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    Ho = 1 + (H + 2 * pad - HH) // stride
    Wo = 1 + (W + 2 * pad - WW) // stride
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            patch = xp[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            for f in range(F):
                out[:, f, i, j] = np.sum(patch * w[f], axis=(1, 2, 3)) + b[f]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, F, Ho, Wo = dout.shape
    _, C, HH, WW = w.shape
    xp = np.pad(x, ((0,), (0,), (pad,), (pad,)))
    dxp, dw, db = np.zeros_like(xp), np.zeros_like(w), dout.sum(axis=(0, 2, 3))
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    s, t = i * stride, j * stride
                    dw[f] += xp[n, :, s : s + HH, t : t + WW] * dout[n, f, i, j]
                    dxp[n, :, s : s + HH, t : t + WW] += w[f] * dout[n, f, i, j]
    return dxp[:, :, pad:-pad, pad:-pad] if pad else dxp, dw, db


def max_pool(x, size=2):
    N, C, H, W = x.shape
    r = x.reshape(N, C, H // size, size, W // size, size)
    return r.max(axis=3).max(axis=4)


def im2col(x, k):
    N, C, H, W = x.shape
    cols = [x[:, :, i : i + k, j : j + k].reshape(N, -1) for i in range(H - k + 1) for j in range(W - k + 1)]
    return np.stack(cols, axis=1)


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu = x.mean(axis=0)
    var = x.var(axis=0)
    std = np.sqrt(var + eps)
    xhat = (x - mu) / std
    return gamma * xhat + beta, (xhat, std, gamma)


def batchnorm_backward(dout, cache):
    xhat, std, gamma = cache
    N = dout.shape[0]
    dgamma = np.sum(dout * xhat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxhat = dout * gamma
    dx = (N * dxhat - dxhat.sum(axis=0) - xhat * np.sum(dxhat * xhat, axis=0)) / (N * std)
    return dx, dgamma, dbeta


def dropout(x, p, rng):
    mask = (rng.rand(*x.shape) < p) / p
    return x * mask, mask


rng = np.random.RandomState(1)
x = np.linspace(-0.1, 0.5, num=2 * 3 * 4 * 4).reshape((2, 3, 4, 4))
w = np.linspace(-0.2, 0.3, num=3 * 3 * 4 * 4).reshape((3, 3, 4, 4))
b = np.linspace(-0.1, 0.2, num=3)
out, cache = conv_forward_naive(x, w, b, {"stride": 2, "pad": 1})
print(np.round(out[0], 6))
dx, dw, db = conv_backward_naive(rng.randn(*out.shape), cache)
print(dx.shape, dw.shape, np.round(db, 6), round(float(np.abs(dx).sum()), 6))
print(max_pool(x)[0, 0].round(5).tolist(), im2col(x, 3).shape)
y, cache = batchnorm_forward(rng.randn(5, 3) * 3 + 1, np.ones(3), np.zeros(3))
print(np.round(y.mean(axis=0), 6) + 0, np.round(y.std(axis=0), 4))
grads = batchnorm_backward(rng.randn(5, 3), cache)
print([np.round(g, 5).tolist() for g in grads[1:]], float(np.round(grads[0].sum(), 10)) + 0)
kept, mask = dropout(np.ones((2, 5)), 0.6, rng)
print(kept.round(3), int((mask > 0).sum()))
