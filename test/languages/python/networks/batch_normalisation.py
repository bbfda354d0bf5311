import numpy as np

rng = np.random.RandomState(2)
x = rng.randn(5, 3)
t = rng.randn(5, 2)
W1 = 0.5 * rng.randn(3, 4)
gamma = np.array([1.0, 0.8, 1.2, 0.5])
beta = np.array([0.0, 0.1, -0.1, 0.2])
W2 = 0.5 * rng.randn(4, 2)

z = x @ W1
mean = z.mean(axis=0)
variance = z.var(axis=0)
normal = (z - mean) / np.sqrt(variance + 1e-5)
scaled = gamma * normal + beta
out = np.where(scaled > 0, scaled, 0.1 * scaled) @ W2
loss = 0.5 * np.sum((out - t) ** 2) / len(x)
