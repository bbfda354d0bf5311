"""Layers that leave all their gradients in fields."""

import numpy as np


class Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.1 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases
        return self.output

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


class Rectifier:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)
        return self.output

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0


class Scale:
    """A learned scale and shift of every column."""

    def __init__(self, gamma, beta):
        self.gamma = gamma
        self.beta = beta

    def forward(self, x):
        self.x = x
        return self.gamma * x + self.beta

    def backward(self, grad_output):
        self.grad_gamma = np.sum(grad_output * self.x, axis=0)
        self.grad_beta = np.sum(grad_output, axis=0)
        return grad_output * self.gamma


class Neuron:
    """One neuron on plain numbers."""

    def __init__(self, w, b):
        self.w = w
        self.b = b

    def forward(self, x):
        self.x = x
        self.z = self.w * x + self.b
        return np.tanh(self.z)

    def backward(self, grad):
        dz = grad * (1 - np.tanh(self.z) ** 2)
        self.dw = dz * self.x
        self.db = dz
        return dz * self.w


class Convolution1D:
    def __init__(self, kernel):
        self.kernel = kernel

    def forward(self, signal):
        self.signal = signal
        k = len(self.kernel)
        return np.array([np.sum(signal[i : i + k] * self.kernel) for i in range(len(signal) - k + 1)])

    def backward(self, dout):
        k = len(self.kernel)
        self.dkernel = np.zeros(k)
        dsignal = np.zeros(len(self.signal))
        for i in range(len(dout)):
            self.dkernel += dout[i] * self.signal[i : i + k]
            dsignal[i : i + k] += dout[i] * self.kernel
        return dsignal


conv = Convolution1D(np.array([0.5, -0.3, 0.8]))
conv.forward(np.array([1.0, 0.4, -0.7, 0.2, 0.9]))
