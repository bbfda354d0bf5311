"""Layers whose backward pass moves the parameters itself, in the style of small networks written in an afternoon."""

import numpy as np


class FullyConnected:
    def __init__(self, input_size, output_size):
        self.weights = np.random.rand(input_size, output_size) - 0.5
        self.bias = np.random.rand(1, output_size) - 0.5

    def forward(self, input_data):
        self.input = input_data
        self.output = np.dot(self.input, self.weights) + self.bias
        return self.output

    def backward(self, output_error, learning_rate):
        input_error = np.dot(output_error, self.weights.T)
        weights_error = np.dot(self.input.T, output_error)
        self.weights -= learning_rate * weights_error
        self.bias -= learning_rate * np.sum(output_error, axis=0, keepdims=True)
        return input_error


class Tanh:
    def forward(self, input_data):
        self.input = input_data
        return np.tanh(input_data)

    def backward(self, output_error, learning_rate):
        return output_error * (1 - np.tanh(self.input) ** 2)


class SquaredError:
    def loss(self, y_true, y_pred):
        return np.mean((y_true - y_pred) ** 2)

    def gradient(self, y_true, y_pred):
        return 2 * (y_pred - y_true) / np.size(y_true)


class Sigmoid:
    def __call__(self, x):
        return 1 / (1 + np.exp(-x))

    def gradient(self, x):
        return self.__call__(x) * (1 - self.__call__(x))


class LeakyRectifier:
    def __init__(self, slope=0.2):
        self.slope = slope

    def function(self, x):
        return np.where(x >= 0, x, self.slope * x)

    def derivative(self, x):
        return np.where(x >= 0, 1, self.slope)
