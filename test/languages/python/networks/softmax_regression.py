import numpy as np

rng = np.random.RandomState(11)
X = rng.randn(6, 4)
y = np.array([0, 2, 1, 1, 0, 2])
W = 0.3 * rng.randn(4, 3)
b = np.zeros(3)

scores = X @ W + b
scores -= scores.max(axis=1, keepdims=True)
probs = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
loss = -np.mean(np.log(probs[np.arange(6), y])) + 0.1 * np.sum(W * W)
