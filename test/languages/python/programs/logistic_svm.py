"""Logistic regression and a linear SVM from scratch."""
import numpy as np


class LogisticRegression:
    def __init__(self, lr=0.1, n_iter=100, l2=0.0):
        self.lr = lr
        self.n_iter = n_iter
        self.l2 = l2
        self.w = None
        self.history = []

    @staticmethod
    def _sigmoid(z):
        return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))

    def _add_bias(self, X):
        return np.hstack([np.ones((X.shape[0], 1)), X])

    def loss(self, w, X, y):
        p = self._sigmoid(X @ w)
        eps = 1e-12
        ce = -np.mean(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps))
        return ce + 0.5 * self.l2 * np.dot(w[1:], w[1:])

    def gradient(self, w, X, y):
        g = X.T @ (self._sigmoid(X @ w) - y) / len(y)
        g[1:] += self.l2 * w[1:]
        return g

    def fit(self, X, y):
        X = self._add_bias(X)
        self.w = np.zeros(X.shape[1])
        for i in range(self.n_iter):
            self.w -= self.lr * self.gradient(self.w, X, y)
            if i % 25 == 0:
                self.history.append(self.loss(self.w, X, y))
        return self

    def predict_proba(self, X):
        return self._sigmoid(self._add_bias(X) @ self.w)

    def predict(self, X):
        return (self.predict_proba(X) >= 0.5).astype(int)


def svm_loss_naive(W, X, y, reg):
    """
    - W: (D, C) array of weights
    - X: (N, D) array of data
    - y: (N,) array of labels
    """
    dW = np.zeros(W.shape)
    num_classes = W.shape[1]
    num_train = X.shape[0]
    loss = 0.0
    for i in range(num_train):
        scores = X[i].dot(W)
        correct = scores[y[i]]
        for j in range(num_classes):
            if j == y[i]:
                continue
            margin = scores[j] - correct + 1
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
                dW[:, y[i]] -= X[i]
    loss /= num_train
    dW /= num_train
    loss += reg * np.sum(W * W)
    dW += 2 * reg * W
    return loss, dW


def svm_loss_vectorized(W, X, y, reg):
    scores = X.dot(W)
    n = X.shape[0]
    margins = np.maximum(0, scores - scores[np.arange(n), y][:, np.newaxis] + 1)
    margins[np.arange(n), y] = 0
    loss = margins.sum() / n + reg * np.sum(W * W)
    mask = (margins > 0).astype(float)
    mask[np.arange(n), y] = -mask.sum(axis=1)
    return loss, X.T.dot(mask) / n + 2 * reg * W


rng = np.random.default_rng(5)
X = np.vstack([rng.normal(-1, 1, (15, 2)), rng.normal(1.2, 1, (15, 2))])
y = np.array([0] * 15 + [1] * 15)
model = LogisticRegression(lr=0.5, n_iter=100, l2=0.01).fit(X, y)
print([round(h, 6) for h in model.history])
print("weights:", np.round(model.w, 5))
print("accuracy: {:.2%}".format((model.predict(X) == y).mean()))
W = rng.normal(size=(2, 3)) * 0.1
t = rng.integers(0, 3, 30)
a, da = svm_loss_naive(W, X, t, 0.05)
b, db = svm_loss_vectorized(W, X, t, 0.05)
print(f"{a:.8f} {b:.8f} {np.allclose(da, db)}")
