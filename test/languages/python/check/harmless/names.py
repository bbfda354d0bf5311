"""Names that look like derivatives and are none."""

import numpy as np
from scipy.ndimage import convolve

x = np.linspace(0.0, 2.0, 41)
dx = x[1] - x[0]
dt = 0.01
d_model = 64
df = {"a": [1.0, 2.0], "b": [3.0, 4.0]}
dy = 0.05 * x.max()
energy = np.sum(np.sin(x) ** 2) * dx


def area(y, dx):
    return np.sum(y) * dx


def gradient_image(image):
    """Edges by Sobel's masks."""
    kx = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    gx = convolve(image, kx)
    gy = convolve(image, kx.T)
    grad = np.hypot(gx, gy)
    return grad


def image(size):
    return np.outer(np.arange(size), np.ones(size))


def derivative(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def slope(y, dx):
    return np.gradient(y, dx)


def forward_difference(f, x, h):
    return (f(x + h) - f(x)) / h


def loss_real(p):
    return -np.mean(np.log(p))


def d_loss(real, fake):
    return -np.mean(np.log(real)) - np.mean(np.log(1 - fake))


def g_loss(fake):
    return -np.mean(np.log(fake))


def loss(real, fake):
    return d_loss(real, fake) + g_loss(fake)


def encode(x):
    return np.tanh(x)


def decode(x):
    return np.arctanh(x)


def distance(a, b):
    return np.sqrt(np.sum((a - b) ** 2))


def d_distance_km(a, b):
    return distance(a, b) / 1000


def velocity(t):
    return 3 * t**2


def dvelocity(t):
    """Rounded for display."""
    return np.round(velocity(t), 1)


position = 1.0
v = 0.0
for step in range(100):
    E = 0.5 * v**2 + 0.5 * position**2
    a = -position
    v += dt * a
    position += dt * v

u = np.sin(x)
for step in range(20):
    err = np.max(np.abs(u))
    du = np.gradient(np.gradient(u, dx), dx)
    u = u + 0.0001 * du

balance = 100.0
for month in range(12):
    cost = 2.5 + 0.01 * balance
    delta = cost + 1.0
    balance -= delta
