"""The same four layers with different activations: what reaches the first layer depends on their slopes."""
import numpy as np

x = np.array([[0.5, -0.2, 0.1], [0.3, 0.8, -0.6], [-0.4, 0.1, 0.9]])
target = np.array([[0.3], [-0.1], [0.4]])
rng = np.random.default_rng(4)
weights = [rng.normal(0.0, 0.6, (3, 3)) for _ in range(3)] + [rng.normal(0.0, 0.6, (3, 1))]


def network(activation, x, weights):
    for W in weights[:-1]:
        x = activation(x @ W)
    return x @ weights[-1]


def loss(activation, x, weights, target):
    return np.mean((network(activation, x, weights) - target) ** 2)


def tanh(x, weights, target):
    return loss(np.tanh, x, weights, target)


def sigmoid(x, weights, target):
    """Slopes of 1/4 at most: the error shrinks from layer to layer."""
    return loss(lambda z: 1 / (1 + np.exp(-z)), x, weights, target)


def far_threshold(x, weights, target):
    """Nothing passes a threshold that no sum reaches."""
    return loss(lambda z: np.maximum(0, z - 100), x, weights, target)


def step(x, weights, target):
    """A decision has no slope at all."""
    return loss(lambda z: np.where(z > 0, 1.0, 0.0), x, weights, target)


def wave(x, weights, target):
    """Slopes of either sign, everywhere: the gradient is right, and of no use."""
    return loss(lambda z: np.sin(100 * z), x, weights, target)


healthy = tanh(x, weights, target)
shrinking = sigmoid(x, weights, target)
dead = far_threshold(x, weights, target)
flat = step(x, weights, target)
swinging = wave(x, weights, target)
