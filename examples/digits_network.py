"""A network of 784 inputs, 50 hidden units and 10 classes, trained on small made-up digits.

Parameters live in a dictionary, layers in an ordered one. `gradient` walks the layers backwards; `numerical_gradient`
perturbs some parameters and should agree with it.
"""

from collections import OrderedDict

import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class Sigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (1 - self.out) * self.out


class SoftmaxWithLoss:
    def forward(self, x, t):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        self.y = e / np.sum(e, axis=1, keepdims=True)
        self.t = t
        return -np.sum(t * np.log(self.y + 1e-12)) / t.shape[0]

    def backward(self):
        return (self.y - self.t) / self.t.shape[0]


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, scale=0.05):
        self.params = {
            "W1": scale * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": scale * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }
        self.layers = OrderedDict()
        self.layers["affine1"] = Affine(self.params["W1"], self.params["b1"])
        self.layers["relu"] = Relu()
        self.layers["affine2"] = Affine(self.params["W2"], self.params["b2"])
        self.last = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        return self.last.forward(self.predict(x), t)

    def accuracy(self, x, t):
        return np.mean(np.argmax(self.predict(x), axis=1) == np.argmax(t, axis=1))

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last.backward()
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        first, second = self.layers["affine1"], self.layers["affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}

    def numerical_gradient(self, x, t, key, h=1e-4):
        parameter = self.params[key]
        grad = np.zeros_like(parameter)
        for index in np.ndindex(parameter.shape):
            kept = parameter[index]
            parameter[index] = kept + h
            above = self.loss(x, t)
            parameter[index] = kept - h
            below = self.loss(x, t)
            parameter[index] = kept
            grad[index] = (above - below) / (2 * h)
        return grad


# Ten patterns of 28 x 28 points, each seen many times through noise.
np.random.seed(0)
patterns = np.random.rand(10, 784)
labels = np.tile(np.arange(10), 12)
x_train = patterns[labels] + 0.3 * np.random.randn(120, 784)
t_train = np.eye(10)[labels]

network = TwoLayerNet(784, 50, 10)
x_batch, t_batch = x_train[:8], t_train[:8]
difference = np.max(np.abs(network.gradient(x_batch, t_batch)["b1"] - network.numerical_gradient(x_batch, t_batch, "b1")))

learning_rate = 0.1
batch_size = 20
losses = []
for i in range(30):
    chosen = np.random.choice(120, batch_size)
    x_batch, t_batch = x_train[chosen], t_train[chosen]
    grad = network.gradient(x_batch, t_batch)
    for key in ("W1", "b1", "W2", "b2"):
        network.params[key] -= learning_rate * grad[key]
    losses.append(network.loss(x_batch, t_batch))

accuracy = network.accuracy(x_train, t_train)
print(difference < 1e-7, losses[0], losses[-1], accuracy)
