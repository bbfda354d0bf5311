"""Made-up digits, random batches, and the accuracy once an epoch."""
import numpy as np


class TwoLayerNet:
    def __init__(self, n_in, n_hidden, n_out, scale=0.1):
        self.params = {
            'W1': scale * np.random.randn(n_in, n_hidden), 'b1': np.zeros(n_hidden),
            'W2': scale * np.random.randn(n_hidden, n_out), 'b2': np.zeros(n_out),
        }

    def predict(self, x):
        h = 1 / (1 + np.exp(-(x @ self.params['W1'] + self.params['b1'])))
        a = h @ self.params['W2'] + self.params['b2']
        e = np.exp(a - a.max(axis=1, keepdims=True))
        return h, e / e.sum(axis=1, keepdims=True)

    def loss(self, x, t):
        y = self.predict(x)[1]
        return -np.sum(np.log(y[np.arange(len(t)), t] + 1e-7)) / len(t)

    def accuracy(self, x, t):
        return np.sum(self.predict(x)[1].argmax(axis=1) == t) / len(t)

    def gradient(self, x, t):
        h, y = self.predict(x)
        dy = y.copy()
        dy[np.arange(len(t)), t] -= 1
        dy /= len(t)
        dh = dy @ self.params['W2'].T * h * (1 - h)
        return {'W1': x.T @ dh, 'b1': dh.sum(axis=0), 'W2': h.T @ dy, 'b2': dy.sum(axis=0)}


np.random.seed(4)
patterns = np.random.rand(3, 16) > 0.5
t_train = np.random.randint(0, 3, 60)
x_train = patterns[t_train] + 0.3 * np.random.randn(60, 16)

network = TwoLayerNet(16, 8, 3)
batch_size, rate = 12, 0.5
per_epoch = max(len(x_train) // batch_size, 1)
train_acc_list = []
for i in range(40):
    mask = np.random.choice(len(x_train), batch_size)
    x_batch, t_batch = x_train[mask], t_train[mask]
    grad = network.gradient(x_batch, t_batch)
    for key in ('W1', 'b1', 'W2', 'b2'):
        network.params[key] -= rate * grad[key]
    loss = network.loss(x_batch, t_batch)
    if i % per_epoch == 0:
        train_acc_list.append(network.accuracy(x_train, t_train))
