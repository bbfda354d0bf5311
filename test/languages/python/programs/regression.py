"""Linear and polynomial regression in several ways; cross-validation; a report."""
import numpy as np

np.set_printoptions(precision=4, suppress=True)


def normal_equation(X, y):
    return np.linalg.solve(X.T @ X, X.T @ y)


def ridge(X, y, lam):
    I = np.eye(X.shape[1])
    I[0, 0] = 0
    return np.linalg.inv(X.T @ X + lam * I) @ X.T @ y


def gradient_descent(X, y, lr=0.1, steps=200, tol=1e-9, callback=None):
    theta = np.zeros(X.shape[1])
    for i in range(steps):
        r = X @ theta - y
        grad = 2 / len(y) * X.T @ r
        theta -= lr * grad
        if callback is not None:
            callback(i, float(r @ r / len(y)))
        if np.linalg.norm(grad) < tol:
            break
    return theta


def lasso_coordinate(X, y, lam, n=30):
    w = np.zeros(X.shape[1])
    for _ in range(n):
        for j in range(len(w)):
            r = y - X @ w + X[:, j] * w[j]
            rho = X[:, j] @ r
            z = (X[:, j] ** 2).sum()
            w[j] = np.sign(rho) * max(abs(rho) - lam, 0) / z
    return w


def kfold(n, k, seed=0):
    idx = np.random.RandomState(seed).permutation(n)
    for fold in np.array_split(idx, k):
        yield np.setdiff1d(idx, fold), fold


def r2(y, p):
    return 1 - np.sum((y - p) ** 2) / np.sum((y - np.mean(y)) ** 2)


rng = np.random.RandomState(0)
x = np.sort(rng.uniform(-1, 1, 30))
y = 1.5 - 2 * x + 0.5 * x**2 + 0.1 * rng.randn(30)
X = np.vander(x, 3, increasing=True)
theta = normal_equation(X, y)
print("normal", theta, "polyfit", np.polyfit(x, y, 2)[::-1])
log = []
gd = gradient_descent(X, y, callback=lambda i, m: log.append((i, m)) if i % 50 == 0 else None)
print("descent", gd, [f"{i}:{m:.5f}" for i, m in log])
print("ridge", ridge(X, y, 1.0), "lasso", lasso_coordinate(X, y, 2.0))
scores = [r2(y[te], X[te] @ normal_equation(X[tr], y[tr])) for tr, te in kfold(30, 5)]
print("r2 %.4f +- %.4f" % (np.mean(scores), np.std(scores)))
for d in range(1, 4):
    V = np.vander(x, d + 1, increasing=True)
    w, res, rank, sv = np.linalg.lstsq(V, y, rcond=None)
    print(f"{d:<3}|{r2(y, V @ w):>8.4f}|{rank:^5}|{np.max(np.abs(w)):.3e}")
best = min(((lam, np.mean((X @ ridge(X, y, lam) - y) ** 2)) for lam in [0.0, 0.1, 1.0]), key=lambda t: t[1])
print(best[0], f"{best[1]:.6f}")
