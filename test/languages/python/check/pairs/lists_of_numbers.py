"""A unit in plain Python: weights, inputs and their gradients are lists of numbers."""
import math


class Unit:
    def __init__(self, weights, shift):
        self.weights = weights
        self.shift = shift

    def forward(self, inputs):
        self.inputs = inputs
        self.total = sum(w * v for w, v in zip(self.weights, inputs)) + self.shift
        self.out = math.tanh(self.total)
        return self.out

    def backward(self, dout):
        dtotal = dout * (1 - self.out**2)
        self.dweights = [dtotal * v for v in self.inputs]
        self.dshift = dtotal
        return [dtotal * w for w in self.weights]


unit = Unit([0.4, -0.3, 0.8], 0.1)
unit.forward([0.5, 1.5, -0.7])
unit.backward(1.0)
