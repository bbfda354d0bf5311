import numpy as np

rng = np.random.RandomState(5)
images = rng.randn(2, 2, 6, 6)
labels = np.array([1, 0])
kernels = 0.4 * rng.randn(3, 2, 3, 3)
kernel_bias = 0.1 * rng.randn(3)
W = 0.4 * rng.randn(12, 2)
b = np.array([0.1, -0.2])


def convolve(x, k, bias):
    n, _, height, width = x.shape
    count, _, size, _ = k.shape
    out = np.zeros((n, count, height - size + 1, width - size + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            window = x[:, :, i : i + size, j : j + size]
            for f in range(count):
                out[:, f, i, j] = np.sum(window * k[f], axis=(1, 2, 3)) + bias[f]
    return out


def pool(x, size=2):
    n, channels, height, width = x.shape
    out = np.zeros((n, channels, height // size, width // size))
    for i in range(height // size):
        for j in range(width // size):
            out[:, :, i, j] = x[:, :, i * size : (i + 1) * size, j * size : (j + 1) * size].max(axis=(2, 3))
    return out


features = pool(np.maximum(convolve(images, kernels, kernel_bias), 0))
scores = features.reshape(len(images), -1) @ W + b
shifted = scores - np.max(scores, axis=1, keepdims=True)
log_probs = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
loss = -np.sum(log_probs[range(2), labels]) / 2
