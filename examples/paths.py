"""Layers of two values each: the ways from x to y double with every layer, the operations only add up."""
from math import sin


def layer(left, right):
    return sin(left) + 0.25 * right, 0.75 * left - 0.5 * right


def output(x, layers=5):
    left, right = x, 2 * x
    for _ in range(layers):
        left, right = layer(left, right)
    return left + right


y = output(1.5)
