"""k-means, principal components by power iteration, a Kalman filter."""
import numpy as np


def kmeans(X, k, n_iter=20, seed=0):
    rng = np.random.RandomState(seed)
    centers = X[rng.choice(len(X), k, replace=False)].copy()
    for it in range(n_iter):
        d = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(axis=2)
        labels = d.argmin(axis=1)
        new = np.array([X[labels == j].mean(axis=0) if np.any(labels == j) else centers[j] for j in range(k)])
        if np.allclose(new, centers):
            break
        centers = new
    inertia = d[np.arange(len(X)), labels].sum()
    return centers, labels, inertia, it


def power_iteration(A, n=50):
    v = np.ones(A.shape[0]) / np.sqrt(A.shape[0])
    for _ in range(n):
        w = A @ v
        v = w / np.linalg.norm(w)
    return v @ A @ v, v


class KalmanFilter:
    def __init__(self, F, H, Q, R, x, P):
        self.F, self.H, self.Q, self.R = F, H, Q, R
        self.x, self.P = x, P

    def predict(self):
        self.x = self.F @ self.x
        self.P = self.F @ self.P @ self.F.T + self.Q

    def update(self, z):
        y = z - self.H @ self.x
        S = self.H @ self.P @ self.H.T + self.R
        K = self.P @ self.H.T @ np.linalg.inv(S)
        self.x = self.x + K @ y
        self.P = (np.eye(len(self.x)) - K @ self.H) @ self.P
        return y


rng = np.random.RandomState(3)
X = np.concatenate([rng.randn(12, 2) * 0.3 + c for c in ([0, 0], [3, 3], [0, 4])])
centers, labels, inertia, it = kmeans(X, 3)
order = np.lexsort((centers[:, 1], centers[:, 0]))
print(np.round(centers[order], 4), round(float(inertia), 6), it)
print(np.bincount(labels).tolist())

C = np.cov(X, rowvar=False)
val, vec = power_iteration(C)
print("%.6f" % val, np.round(np.abs(vec), 5), np.isclose(val, np.linalg.eigvalsh(C).max()))

dt = 0.5
kf = KalmanFilter(
    F=np.array([[1, dt], [0, 1]]), H=np.array([[1.0, 0.0]]), Q=0.01 * np.eye(2), R=np.array([[0.25]]),
    x=np.zeros(2), P=np.eye(2),
)
residuals = []
for k in range(10):
    kf.predict()
    z = np.array([0.3 * k * dt]) + 0.1 * rng.randn(1)
    residuals.append(kf.update(z).item())
print(kf.x.round(5), np.trace(kf.P).round(6), ["%.4f" % r for r in residuals[:3]])
