import math


def decay(t, rate):
    return math.exp(-rate * t)


def rise(t):
    return 1 - math.exp(-t)
