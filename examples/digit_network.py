"""A network for digits, 784 pixels to 50 units to 10 classes, that checks its own gradient and learns.

Parameters live in a dictionary and layers in an ordered one, so that the backward pass is the forward pass read from its
end. The hand-written gradient is compared with centre differences at a few entries of each parameter: all 39,760 would
take two forward passes each. The trace of `DigitNetwork.loss` has the gradient of every one of them. Then the network is
trained on random batches; small made-up digits stand in for photographs.
"""

from collections import OrderedDict

import numpy as np


class Affine:
    def __init__(self, weights, bias):
        self.weights = weights
        self.bias = bias

    def forward(self, inputs):
        self.inputs = inputs
        return np.dot(inputs, self.weights) + self.bias

    def backward(self, upstream):
        self.d_weights = np.dot(self.inputs.T, upstream)
        self.d_bias = np.sum(upstream, axis=0)
        return np.dot(upstream, self.weights.T)


class Relu:
    def forward(self, inputs):
        self.mask = inputs <= 0
        outputs = inputs.copy()
        outputs[self.mask] = 0
        return outputs

    def backward(self, upstream):
        upstream[self.mask] = 0
        return upstream


class SoftmaxWithLoss:
    def forward(self, scores, labels):
        powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        self.probabilities = powers / np.sum(powers, axis=1, keepdims=True)
        self.labels = labels
        return -np.sum(labels * np.log(self.probabilities)) / labels.shape[0]

    def backward(self):
        return (self.probabilities - self.labels) / self.labels.shape[0]


class DigitNetwork:
    def __init__(self, pixels, hidden, classes, spread=0.05):
        self.params = {
            "W1": spread * np.random.randn(pixels, hidden),
            "b1": np.zeros(hidden),
            "W2": spread * np.random.randn(hidden, classes),
            "b2": np.zeros(classes),
        }
        self.layers = OrderedDict()
        self.layers["Affine1"] = Affine(self.params["W1"], self.params["b1"])
        self.layers["Relu1"] = Relu()
        self.layers["Affine2"] = Affine(self.params["W2"], self.params["b2"])
        self.last_layer = SoftmaxWithLoss()

    def predict(self, inputs):
        for layer in self.layers.values():
            inputs = layer.forward(inputs)
        return inputs

    def accuracy(self, inputs, labels):
        return np.mean(np.argmax(self.predict(inputs), axis=1) == np.argmax(labels, axis=1))

    def loss(self, inputs, labels):
        return self.last_layer.forward(self.predict(inputs), labels)

    def gradient(self, inputs, labels):
        self.loss(inputs, labels)
        upstream = self.last_layer.backward()
        for layer in reversed(list(self.layers.values())):
            upstream = layer.backward(upstream)
        return {
            "W1": self.layers["Affine1"].d_weights,
            "b1": self.layers["Affine1"].d_bias,
            "W2": self.layers["Affine2"].d_weights,
            "b2": self.layers["Affine2"].d_bias,
        }

    def numerical_gradient(self, inputs, labels, key, places, h=1e-4):
        """Centre differences by entries of one parameter, which is changed in place and put back."""
        flat = self.params[key].reshape(-1)
        slopes = []
        for place in places:
            kept = flat[place]
            flat[place] = kept + h
            above = self.loss(inputs, labels)
            flat[place] = kept - h
            below = self.loss(inputs, labels)
            flat[place] = kept
            slopes.append((above - below) / (2 * h))
        return np.array(slopes)


# Ten patterns of 28 x 28 points, each seen twelve times through noise.
np.random.seed(1)
digits = np.tile(np.arange(10), 12)
patterns = np.random.rand(10, 784)
images = patterns[digits] + 0.3 * np.random.randn(120, 784)
labels = np.eye(10)[digits]

network = DigitNetwork(784, 50, 10)

# The hand-written gradient against differences at five entries of each parameter.
few, their_labels = images[:3], labels[:3]
by_hand = network.gradient(few, their_labels)
for key in ("W1", "b1", "W2", "b2"):
    places = np.random.choice(by_hand[key].size, 5, replace=False)
    slopes = network.numerical_gradient(few, their_labels, key, places)
    print(key, np.max(np.abs(slopes - by_hand[key].reshape(-1)[places])) < 1e-9)
loss = network.loss(few, their_labels)

learning_rate = 0.1
losses = []
for turn in range(30):
    batch = np.random.choice(120, 20)
    gradient = network.gradient(images[batch], labels[batch])
    for key in ("W1", "b1", "W2", "b2"):
        network.params[key] -= learning_rate * gradient[key]
    losses.append(network.loss(images[batch], labels[batch]))

print(losses[0], losses[-1], network.accuracy(images, labels))
