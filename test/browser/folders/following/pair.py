import math


def wave(x, k):
    return math.sin(k * x)


def growth(t):
    return math.exp(t) / 2


wave(1.0, 2.0)
growth(0.5)
