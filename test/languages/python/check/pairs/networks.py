"""Networks as classes, with the gradient of their loss by every parameter."""

import numpy as np
from collections import OrderedDict


def softmax(x):
    x = x - x.max(axis=1, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(y, t):
    return -np.sum(t * np.log(y)) / t.shape[0]


class TwoLayers:
    def __init__(self, input_size=4, hidden_size=3, output_size=2):
        rng = np.random.RandomState(0)
        self.params = {
            'W1': 0.5 * rng.randn(input_size, hidden_size),
            'b1': np.zeros(hidden_size),
            'W2': 0.5 * rng.randn(hidden_size, output_size),
            'b2': np.zeros(output_size),
        }

    def predict(self, x):
        W1, W2 = self.params['W1'], self.params['W2']
        b1, b2 = self.params['b1'], self.params['b2']
        z1 = 1 / (1 + np.exp(-(np.dot(x, W1) + b1)))
        return softmax(np.dot(z1, W2) + b2)

    def loss(self, x, t):
        return cross_entropy(self.predict(x), t)

    def gradient(self, x, t):
        W1, W2 = self.params['W1'], self.params['W2']
        b1, b2 = self.params['b1'], self.params['b2']
        grads = {}
        a1 = np.dot(x, W1) + b1
        z1 = 1 / (1 + np.exp(-a1))
        y = softmax(np.dot(z1, W2) + b2)
        dy = (y - t) / x.shape[0]
        grads['W2'] = np.dot(z1.T, dy)
        grads['b2'] = np.sum(dy, axis=0)
        dz1 = np.dot(dy, W2.T)
        da1 = z1 * (1 - z1) * dz1
        grads['W1'] = np.dot(x.T, da1)
        grads['b1'] = np.sum(da1, axis=0)
        return grads

    def numerical_gradient(self, x, t):
        grads = {}
        for key, w in self.params.items():
            grad = np.zeros_like(w)
            for i in np.ndindex(*w.shape):
                kept = w[i]
                w[i] = kept + 1e-4
                above = self.loss(x, t)
                w[i] = kept - 1e-4
                below = self.loss(x, t)
                grad[i] = (above - below) / 2e-4
                w[i] = kept
            grads[key] = grad
        return grads


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T


class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out**2)


class MeanSquares:
    def forward(self, y, t):
        self.y = y
        self.t = t
        return np.mean((y - t) ** 2)

    def backward(self):
        return 2 * (self.y - self.t) / self.y.size


class LayeredNet:
    def __init__(self):
        rng = np.random.RandomState(3)
        self.params = {'W1': rng.randn(4, 3), 'b1': 0.1 * rng.randn(3), 'W2': rng.randn(3, 2), 'b2': 0.1 * rng.randn(2)}
        self.layers = OrderedDict()
        self.layers['Affine1'] = Affine(self.params['W1'], self.params['b1'])
        self.layers['Tanh1'] = Tanh()
        self.layers['Affine2'] = Affine(self.params['W2'], self.params['b2'])
        self.last = MeanSquares()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.last.forward(self.predict(x), t)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last.backward()
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        grads = {}
        grads['W1'] = self.layers['Affine1'].dW
        grads['b1'] = self.layers['Affine1'].db
        grads['W2'] = self.layers['Affine2'].dW
        grads['b2'] = self.layers['Affine2'].db
        return grads


rng = np.random.RandomState(1)
x = rng.randn(5, 4)
t = np.eye(2)[[0, 1, 1, 0, 1]]
for net in (TwoLayers(), LayeredNet()):
    print(net.loss(x, t))
