import numpy as np

def f(x, y): return np.sin(1.5 * x) + 0.5 * y

rng = np.random.RandomState(0)
X = rng.uniform(-2, 2, (64, 2))
T = f(X[:, 0], X[:, 1])[:, None]

params = {
    'W1': rng.randn(2, 16) / np.sqrt(2), 'b1': np.zeros(16),
    'W2': rng.randn(16, 16) / 4.0,       'b2': np.zeros(16),
    'W3': rng.randn(16, 1) / 4.0,        'b3': np.zeros(1),
}
m = {k: np.zeros_like(v) for k, v in params.items()}
v = {k: np.zeros_like(v) for k, v in params.items()}
lr, beta1, beta2, eps = 1e-2, 0.9, 0.999, 1e-8

def forward(X, p):
    z1 = X @ p['W1'] + p['b1']; a1 = np.tanh(z1)
    z2 = a1 @ p['W2'] + p['b2']; a2 = np.tanh(z2)
    return z1, a1, z2, a2, a2 @ p['W3'] + p['b3']

for t in range(1, 101):
    z1, a1, z2, a2, out = forward(X, params)
    loss = np.mean((out - T) ** 2)
    d = 2 * (out - T) / len(X)
    g = {}
    g['W3'] = a2.T @ d; g['b3'] = d.sum(0)
    d = (d @ params['W3'].T) * (1 - a2 ** 2)
    g['W2'] = a1.T @ d; g['b2'] = d.sum(0)
    d = (d @ params['W2'].T) * (1 - a1 ** 2)
    g['W1'] = X.T @ d; g['b1'] = d.sum(0)
    for k in params:
        m[k] = beta1 * m[k] + (1 - beta1) * g[k]
        v[k] = beta2 * v[k] + (1 - beta2) * g[k] ** 2
        mhat = m[k] / (1 - beta1 ** t)
        vhat = v[k] / (1 - beta2 ** t)
        params[k] -= lr * mhat / (np.sqrt(vhat) + eps)
    if t % 20 == 0:
        print(t, loss)
