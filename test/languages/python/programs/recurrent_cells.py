"""RNN, LSTM and GRU cells with hand-written backward passes through time."""
import numpy as np

rng = np.random.RandomState(0)


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def rnn_step_forward(x, prev_h, Wx, Wh, b):
    next_h = np.tanh(x @ Wx + prev_h @ Wh + b)
    cache = (x, prev_h, Wx, Wh, next_h)
    return next_h, cache


def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, next_h = cache
    da = dnext_h * (1 - next_h**2)
    return da @ Wx.T, da @ Wh.T, x.T @ da, prev_h.T @ da, da.sum(axis=0)


def rnn_forward(x, h0, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
    h = np.zeros((N, T, H))
    caches = []
    prev = h0
    for t in range(T):
        prev, cache = rnn_step_forward(x[:, t, :], prev, Wx, Wh, b)
        h[:, t, :] = prev
        caches.append(cache)
    return h, caches


def rnn_backward(dh, caches):
    N, T, H = dh.shape
    D = caches[0][0].shape[1]
    dx = np.zeros((N, T, D))
    dWx, dWh, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
    dprev = np.zeros((N, H))
    for t in reversed(range(T)):
        dx[:, t], dprev, dwx, dwh, dbt = rnn_step_backward(dh[:, t] + dprev, caches[t])
        dWx += dwx
        dWh += dwh
        db += dbt
    return dx, dprev, dWx, dWh, db


def lstm_step(x, h, c, Wx, Wh, b):
    H = h.shape[1]
    a = x @ Wx + h @ Wh + b
    i, f, o = sigmoid(a[:, :H]), sigmoid(a[:, H : 2 * H]), sigmoid(a[:, 2 * H : 3 * H])
    g = np.tanh(a[:, 3 * H :])
    next_c = f * c + i * g
    next_h = o * np.tanh(next_c)
    return next_h, next_c


def gru_step(x, h, Wz, Wr, Wn):
    xh = np.concatenate([x, h], axis=1)
    z, r = sigmoid(xh @ Wz), sigmoid(xh @ Wr)
    n = np.tanh(np.hstack((x, r * h)) @ Wn)
    return (1 - z) * n + z * h


def numerical_gradient(f, x, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        old = x[ix]
        x[ix] = old + h
        pos = f(x)
        x[ix] = old - h
        neg = f(x)
        x[ix] = old
        grad[ix] = (pos - neg) / (2 * h)
        it.iternext()
    return grad


N, T, D, H = 2, 3, 4, 3
x = rng.randn(N, T, D)
h0 = rng.randn(N, H)
Wx, Wh, b = rng.randn(D, H), rng.randn(H, H), rng.randn(H)
out, caches = rnn_forward(x, h0, Wx, Wh, b)
dout = rng.randn(*out.shape)
dx, dh0, dWx, dWh, db = rnn_backward(dout, caches)
loss = lambda w: np.sum(rnn_forward(x, h0, w, Wh, b)[0] * dout)
print(np.round(out[0], 6))
print("dWx error: %.1e" % np.max(np.abs(dWx - numerical_gradient(loss, Wx))).round(7))

h, c = np.zeros((N, H)), np.zeros((N, H))
W1, W2, bias = 0.3 * rng.randn(D, 4 * H), 0.3 * rng.randn(H, 4 * H), np.zeros(4 * H)
for t in range(T):
    h, c = lstm_step(x[:, t], h, c, W1, W2, bias)
print(h.round(6).tolist(), c.sum().round(6))
g = gru_step(x[:, 0], h, *(0.5 * rng.randn(D + H, H) for _ in range(3)))
print(np.array2string(g, precision=5))
