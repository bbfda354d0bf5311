import numpy as np

rng = np.random.RandomState(21)
x = rng.randn(2, 4, 6)
Wq = 0.3 * rng.randn(6, 5)
Wk = 0.3 * rng.randn(6, 5)
Wv = 0.3 * rng.randn(6, 6)
gain = 1 + 0.1 * rng.randn(6)
target = rng.randn(2, 4, 6)

scores = (x @ Wq) @ (x @ Wk).transpose(0, 2, 1) / np.sqrt(5)
scores = np.where(np.tril(np.ones((4, 4))) > 0, scores, -1e9)
weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
weights = weights / weights.sum(axis=-1, keepdims=True)
out = x + weights @ (x @ Wv)
centred = out - out.mean(axis=-1, keepdims=True)
out = gain * centred / np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + 1e-6)
loss = np.mean(np.abs(out - target))
