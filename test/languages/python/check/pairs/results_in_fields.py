"""Layers that return nothing: results and gradients are left in fields, and a loop moves what several layers learn."""
import numpy as np


class Affine:
    def __init__(self, width_in, width_out, seed):
        generator = np.random.default_rng(seed)
        self.kernel = generator.normal(size=(width_in, width_out)) / np.sqrt(width_in)
        self.shift = np.zeros((1, width_out))

    def forward(self, signal):
        self.signal = signal
        self.output = signal @ self.kernel + self.shift

    def backward(self, dvalues):
        self.dkernel = self.signal.T @ dvalues
        self.dshift = dvalues.sum(axis=0, keepdims=True)
        self.dsignal = dvalues @ self.kernel.T


class Rectifier:
    def forward(self, signal):
        self.signal = signal
        self.output = np.where(signal > 0, signal, 0.1 * signal)

    def backward(self, dvalues):
        self.dsignal = dvalues.copy()
        self.dsignal[self.signal <= 0] *= 0.1


class Surprise:
    """The negative logarithm of the probability of the right class, of each example."""

    def forward(self, probabilities, labels):
        rows = np.arange(len(labels))
        return -np.log(probabilities[rows, labels])

    def average(self, probabilities, labels):
        return np.mean(self.forward(probabilities, labels))

    def backward(self, dvalues, labels):
        count, classes = dvalues.shape
        self.dinputs = -np.eye(classes)[labels] / dvalues / count


class SoftSurprise:
    """Softmax and surprise in one: backward gets the probabilities that forward has left."""

    def forward(self, scores, labels):
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        self.output = raised / raised.sum(axis=1, keepdims=True)
        return -np.log(self.output[np.arange(len(labels)), labels]).mean()

    def backward(self, dvalues, labels):
        self.dscores = dvalues.copy()
        self.dscores[np.arange(len(labels)), labels] -= 1
        self.dscores = self.dscores / len(labels)


generator = np.random.default_rng(7)
points = generator.normal(size=(12, 2))
labels = (points[:, 0] > 0).astype(int) + (points[:, 1] > 0.5).astype(int)
first, bend, second = Affine(2, 5, 1), Rectifier(), Affine(5, 3, 2)
objective = SoftSurprise()
rate = 0.3
for turn in range(8):
    first.forward(points)
    bend.forward(first.output)
    second.forward(bend.output)
    loss = objective.forward(second.output, labels)
    objective.backward(objective.output, labels)
    second.backward(objective.dscores)
    bend.backward(second.dsignal)
    first.backward(bend.dsignal)
    for layer in (first, second):
        layer.kernel -= rate * layer.dkernel
        layer.shift -= rate * layer.dshift
print(loss)
