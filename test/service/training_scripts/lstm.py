import numpy as np

class LSTM:
    def __init__(self, n_x, n_h, rng):
        self.n_h = n_h
        z = n_x + n_h
        self.Wf = rng.standard_normal((n_h, z)) * 0.3; self.bf = np.ones((n_h, 1))
        self.Wi = rng.standard_normal((n_h, z)) * 0.3; self.bi = np.zeros((n_h, 1))
        self.Wc = rng.standard_normal((n_h, z)) * 0.3; self.bc = np.zeros((n_h, 1))
        self.Wo = rng.standard_normal((n_h, z)) * 0.3; self.bo = np.zeros((n_h, 1))
        self.Wy = rng.standard_normal((1, n_h)) * 0.3; self.by = np.zeros((1, 1))

    def step(self, x, h, c):
        v = np.vstack((h, x))
        f = sigmoid(self.Wf @ v + self.bf)
        i = sigmoid(self.Wi @ v + self.bi)
        g = np.tanh(self.Wc @ v + self.bc)
        c = f * c + i * g
        o = sigmoid(self.Wo @ v + self.bo)
        h = o * np.tanh(c)
        return h, c, (v, f, i, g, o)

    def forward(self, xs):
        h = np.zeros((self.n_h, 1)); c = np.zeros((self.n_h, 1))
        self.cache = []
        for x in xs:
            c_prev = c
            h, c, gates = self.step(x, h, c)
            self.cache.append((h, c, c_prev) + gates)
        return (self.Wy @ h + self.by).item()

    def backward(self, dy):
        grads = {k: np.zeros_like(p) for k, p in self.params().items()}
        h, c = self.cache[-1][:2]
        grads['Wy'] += dy * h.T
        grads['by'] += dy
        dh = self.Wy.T * dy
        dc = np.zeros_like(c)
        for h, c, c_prev, v, f, i, g, o in reversed(self.cache):
            tc = np.tanh(c)
            do = dh * tc * o * (1 - o)
            dc = dc + dh * o * (1 - tc ** 2)
            df = dc * c_prev * f * (1 - f)
            di = dc * g * i * (1 - i)
            dg = dc * i * (1 - g ** 2)
            dv = 0
            for name, d in zip('fico', (df, di, dg, do)):
                grads['W' + name] += d @ v.T
                grads['b' + name] += d
                dv = dv + getattr(self, 'W' + name).T @ d
            dh = dv[:self.n_h]
            dc = dc * f
        return grads

    def params(self):
        return {k: getattr(self, k) for k in ('Wf', 'bf', 'Wi', 'bi', 'Wc', 'bc', 'Wo', 'bo', 'Wy', 'by')}

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

rng = np.random.default_rng(8)
net = LSTM(1, 4, rng)
seqs = [rng.choice([-1.0, 1.0], size=5) for _ in range(12)]
targets = [s.sum() / 5 for s in seqs]
lr = 0.1
for epoch in range(10):
    total = 0.0
    for s, t in zip(seqs, targets):
        out = net.forward([np.array([[x]]) for x in s])
        total += (out - t) ** 2
        grads = net.backward(2 * (out - t))
        for k, p in net.params().items():
            p -= lr * grads[k]
    print(epoch, total / len(seqs))
