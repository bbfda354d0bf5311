# k-layer MLP with lists of arrays and pure functions
import numpy as np

def init(sizes, rng):
    return [(rng.standard_normal((n, m)) * np.sqrt(1 / m), rng.standard_normal(n) * 0.1)
            for m, n in zip(sizes, sizes[1:])]

def predict(params, x):
    for W, b in params[:-1]:
        x = np.tanh(W @ x + b)
    W, b = params[-1]
    return W @ x + b

def loss_fn(params, xs, ts):
    return sum(float((predict(params, x)[0] - t) ** 2) for x, t in zip(xs, ts)) / len(xs)

def grads(params, x, t):
    acts = [x]
    for W, b in params[:-1]:
        acts.append(np.tanh(W @ acts[-1] + b))
    W, b = params[-1]
    y = W @ acts[-1] + b
    delta = 2 * (y - t)
    gs = [(np.outer(delta, acts[-1]), delta)]
    for l in range(len(params) - 2, -1, -1):
        delta = (params[l + 1][0].T @ delta) * (1 - acts[l + 1] ** 2)
        gs.append((np.outer(delta, acts[l]), delta))
    return gs[::-1]

rng = np.random.default_rng(0)
xs = rng.uniform(-1, 1, (20, 2))
ts = xs[:, 0] * xs[:, 1]
params = init([2, 6, 6, 6, 1], rng)
eta = 0.05
for epoch in range(20):
    for x, t in zip(xs, ts):
        gs = grads(params, x, t)
        params = [(W - eta * gW, b - eta * gb) for (W, b), (gW, gb) in zip(params, gs)]
    loss = loss_fn(params, xs, ts)
    print(epoch, loss)
