"""A network out of layers that carry their own backward pass.

The traced loss and the hand-written backward pass must agree: open the trace of `Network.loss` and compare the gradient
of each weight with what `Network.gradients` collects.
"""

import numpy as np


class Dense:
    """A weighted sum: rows of `inputs` are examples."""

    def __init__(self, weights, bias):
        self.weights = weights
        self.bias = bias

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.weights + self.bias

    def backward(self, upstream):
        self.d_weights = self.inputs.T @ upstream
        self.d_bias = upstream.sum(axis=0)
        return upstream @ self.weights.T


class Rectifier:
    def forward(self, inputs):
        self.silent = inputs <= 0
        outputs = inputs.copy()
        outputs[self.silent] = 0
        return outputs

    def backward(self, upstream):
        upstream[self.silent] = 0
        return upstream


class SoftmaxCrossEntropy:
    """Softmax over each row, then the mean negative log-probability of the labels."""

    def forward(self, scores, labels):
        shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
        self.probabilities = shifted / shifted.sum(axis=1, keepdims=True)
        self.labels = labels
        return -np.sum(labels * np.log(self.probabilities)) / len(labels)

    def backward(self):
        return (self.probabilities - self.labels) / len(self.labels)


class Network:
    def __init__(self, sizes, seed):
        generator = np.random.RandomState(seed)
        self.hidden = Dense(0.5 * generator.randn(sizes[0], sizes[1]), np.zeros(sizes[1]))
        self.output = Dense(0.5 * generator.randn(sizes[1], sizes[2]), np.zeros(sizes[2]))
        self.layers = [self.hidden, Rectifier(), self.output]
        self.head = SoftmaxCrossEntropy()

    def loss(self, inputs, labels):
        values = inputs
        for layer in self.layers:
            values = layer.forward(values)
        return self.head.forward(values, labels)

    def gradients(self, inputs, labels):
        self.loss(inputs, labels)
        upstream = self.head.backward()
        for layer in reversed(self.layers):
            upstream = layer.backward(upstream)
        return self.hidden.d_weights, self.hidden.d_bias, self.output.d_weights, self.output.d_bias


inputs = np.array([[0.4, -1.2, 0.7], [1.5, 0.3, -0.6], [-0.8, 0.9, 1.1], [0.2, 0.1, -1.4]])
labels = np.eye(2)[[0, 1, 1, 0]]
network = Network([3, 4, 2], seed=3)
print(network.loss(inputs, labels))

for step in range(20):
    weights = (network.hidden.weights, network.hidden.bias, network.output.weights, network.output.bias)
    for weight, gradient in zip(weights, network.gradients(inputs, labels)):
        weight -= 0.5 * gradient
print(network.loss(inputs, labels))
