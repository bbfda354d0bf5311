import numpy as np

rng = np.random.RandomState(8)
hidden = 3
xs = rng.randn(3, 2, 4)
target = rng.randn(2, hidden)
Wx = 0.4 * rng.randn(4, 4 * hidden)
Wh = 0.4 * rng.randn(hidden, 4 * hidden)
b = np.zeros(4 * hidden)
b[hidden : 2 * hidden] = 1.0


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


h = np.zeros((2, hidden))
c = np.zeros((2, hidden))
for x in xs:
    gates = x @ Wx + h @ Wh + b
    i, f, o, g = np.split(gates, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
loss = np.mean((h - target) ** 2)
