"""Functions of numbers with their slopes, for Newton's method and the like."""

import math


def f(x):
    return x**3 - 2 * x - 5


def df(x):
    return 3 * x**2 - 2


def newton(x):
    for _ in range(8):
        x = x - f(x) / df(x)
    return x


g = lambda t: math.sin(t) * math.exp(-t / 3)
g_prime = lambda t: math.cos(t) * math.exp(-t / 3) - math.sin(t) * math.exp(-t / 3) / 3


def pendulum(theta, length):
    return math.sqrt(length) * (1 + math.sin(theta / 2) ** 2 / 4)


def pendulum_dtheta(theta, length):
    """Derivative by the angle."""
    return math.sqrt(length) * math.sin(theta / 2) * math.cos(theta / 2) / 4


def area(radius, height):
    return 2 * math.pi * radius * height + 2 * math.pi * radius**2


def area_gradient(radius, height):
    d_radius = 2 * math.pi * height + 4 * math.pi * radius
    d_height = 2 * math.pi * radius
    return d_radius, d_height


def logistic(x, k):
    return 1 / (1 + math.exp(-k * x))


def dlogistic_dk(x, k):
    p = logistic(x, k)
    return x * p * (1 - p)


print(newton(2.0))
