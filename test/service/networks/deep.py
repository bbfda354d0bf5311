"""Deep networks that are ill, each beside a healthy twin."""

import numpy as np

generator = np.random.RandomState(7)
points = generator.randn(16, 6)
targets = generator.rand(16, 1)
sizes = [6, 10, 10, 10, 10, 10, 1]
even = [generator.randn(a, b) / np.sqrt(a) for a, b in zip(sizes[:-1], sizes[1:])]
zero = [np.zeros(b) for b in sizes[1:]]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(0, z)


def network(activation, weights, biases):
    values = points
    for weight, bias in zip(weights, biases):
        values = activation(values @ weight + bias)
    return np.mean((values - targets) ** 2)


def with_tanh(weights, biases):
    return network(np.tanh, weights, biases)


def with_sigmoid(weights, biases):
    return network(sigmoid, weights, biases)


def with_relu(weights, biases):
    return network(relu, weights, biases)


def small_third(weights, biases):
    return network(np.tanh, weights, biases)


def large(weights, biases):
    return network(lambda z: z, weights, biases)


def large_fourth(weights, biases):
    return network(relu, weights, biases)


def saturated_second(weights, biases):
    return network(np.tanh, weights, biases)


def dead_third(weights, biases):
    return network(relu, weights, biases)


healthy = with_tanh(even, zero)
vanishing = with_sigmoid(even, zero)
healthy_relu = with_relu([1.4 * w for w in even], zero)
lost = small_third([0.0005 * w if k == 2 else w for k, w in enumerate(even)], zero)
exploding = large([8 * w for w in even], zero)
burst = large_fourth([1000 * w if k == 3 else w for k, w in enumerate(even)], zero)
saturated = saturated_second([20 * w if k == 1 else w for k, w in enumerate(even)], zero)
dead = dead_third(even, [b - 100 if k == 2 else b for k, b in enumerate(zero)])
