#%% principal components by power iteration [X]
import numpy as np
X = np.array([[0.5, -1.2, 0.3], [1.1, 0.4, -0.7], [0.2, 0.9, 0.4], [-0.6, 0.3, 1.0]])
Xc = X - X.mean(axis=0)
C = Xc.T @ Xc / (X.shape[0] - 1)
v = np.ones(3) / np.sqrt(3)
for _ in range(20):
    v = C @ v
    v = v / np.linalg.norm(v)
loss = v @ C @ v
print(loss)
#%% eigenvalues of a covariance
import numpy as np
X = np.array([[0.5, -1.2, 0.3], [1.1, 0.4, -0.7], [0.2, 0.9, 0.4], [-0.6, 0.3, 1.0]])
C = np.cov(X, rowvar=False)
w = np.linalg.eigvalsh(C)
print(w[::-1] / w.sum())
#%% ridge regression in closed form [X, lam]
import numpy as np
X = np.array([[1.0, 0.5], [1.0, -1.2], [1.0, 2.0], [1.0, 0.1]])
y = np.array([1.0, -0.5, 2.2, 0.4])
lam = 0.3
w = np.linalg.solve(X.T @ X + lam * np.eye(2), X.T @ y)
loss = np.sum((X @ w - y) ** 2)
print(w, loss)
#%% logistic regression with stable log-likelihood [w]
import numpy as np
X = np.array([[1.0, 0.5], [1.0, -1.2], [1.0, 2.0], [1.0, 0.1]])
t = np.array([1, 0, 1, 0])
w = np.array([0.2, -0.4])
z = X @ w
loss = np.mean(np.logaddexp(0, z) - t * z) + 0.01 * w @ w
print(loss)
#%% mixture of Gaussians log-likelihood [mu, logs, x]
import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm
x = np.array([0.3, -1.0, 2.2, 0.8])
mu = np.array([-0.5, 1.5])
logs = np.array([0.1, -0.2])
weights = np.array([0.4, 0.6])
ll = norm.logpdf(x[:, None], mu, np.exp(logs)) + np.log(weights)
loss = -np.sum(logsumexp(ll, axis=1))
print(loss)
#%% expectation step by hand [mu]
import numpy as np
x = np.array([[0.3, 0.1], [-1.0, 0.5], [2.2, -0.4]])
mu = np.array([[0.0, 0.0], [1.0, -0.5]])
d = ((x[:, None, :] - mu[None, :, :]) ** 2).sum(axis=2)
p = np.exp(-0.5 * d)
r = p / p.sum(axis=1, keepdims=True)
loss = np.sum(r[:, 0] * d[:, 1])
print(r)
#%% Kalman filter log-likelihood [a, q]
import numpy as np
ys = [0.5, 0.9, 1.4, 1.1]
a = 0.8
q = 0.3
m, P = np.zeros(2), np.eye(2)
A = np.array([[1.0, a], [0.0, 1.0]])
H = np.array([[1.0, 0.0]])
loss = 0.0
for y in ys:
    m = A @ m
    P = A @ P @ A.T + q * np.eye(2)
    S = (H @ P @ H.T)[0, 0] + 0.1
    e = y - (H @ m)[0]
    loss += 0.5 * (np.log(2 * np.pi * S) + e ** 2 / S)
    K = P @ H.T / S
    m = m + K[:, 0] * e
    P = P - K @ H @ P
print(loss, m)
#%% Gaussian process marginal likelihood [ell, noise]
import numpy as np
x = np.array([0.0, 0.7, 1.5, 2.1])
y = np.array([0.2, 0.9, 0.4, -0.3])
ell = 0.8
noise = 0.2
d2 = (x[:, None] - x[None, :]) ** 2
K = np.exp(-0.5 * d2 / ell ** 2) + noise ** 2 * np.eye(4)
L = np.linalg.cholesky(K)
alpha = np.linalg.solve(L.T, np.linalg.solve(L, y))
loss = 0.5 * y @ alpha + np.sum(np.log(np.diag(L))) + 2 * np.log(2 * np.pi)
print(loss)
#%% Gaussian process with SciPy's solvers [ell, y]
import numpy as np
from scipy.linalg import cho_factor, cho_solve
x = np.array([[0.0], [0.7], [1.5], [2.1]])
y = np.array([0.2, 0.9, 0.4, -0.3])
ell = 0.8
d2 = np.sum(x ** 2, 1).reshape(-1, 1) + np.sum(x ** 2, 1) - 2 * np.dot(x, x.T)
K = np.exp(-0.5 * d2 / ell ** 2) + 0.05 * np.eye(4)
c, low = cho_factor(K)
loss = 0.5 * y.dot(cho_solve((c, low), y)) + np.log(np.diag(c)).sum()
print(loss)
#%% determinant of a covariance [s]
import numpy as np
s = np.array([0.5, 0.9, 1.3])
S = np.outer(s, s) * 0.3 + np.diag(s ** 2) * 0.7
sign, logdet = np.linalg.slogdet(S)
loss = logdet + np.trace(np.linalg.inv(S))
print(loss)
#%% Rosenbrock valley [x]
import numpy as np
x = np.array([1.3, 0.7, 0.8, 1.9, 1.2])
loss = np.sum(100.0 * (x[1:] - x[:-1] ** 2.0) ** 2.0 + (1 - x[:-1]) ** 2.0)
print(loss)
#%% Runge-Kutta steps of an oscillator [y0, k]
import numpy as np
k = 1.7
y0 = np.array([1.0, 0.2])
def f(y):
    return np.array([y[1], -k * y[0] - 0.1 * y[1]])
y = y0
for _ in range(10):
    k1 = f(y)
    k2 = f(y + 0.05 * k1)
    k3 = f(y + 0.05 * k2)
    k4 = f(y + 0.1 * k3)
    y = y + 0.1 / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
loss = np.sum(y ** 2)
print(y)
#%% heat equation with slices in place [u0]
import numpy as np
u0 = np.array([0.0, 0.5, 1.0, 0.7, 0.2, 0.0])
u = u0.copy()
for _ in range(5):
    u[1:-1] += 0.2 * (u[2:] - 2 * u[1:-1] + u[:-2])
loss = np.sum(u ** 2)
print(u)
#%% Poisson regression [w]
import numpy as np
from scipy.stats import poisson
X = np.array([[1.0, 0.5], [1.0, -1.2], [1.0, 2.0]])
k = np.array([2, 0, 5])
w = np.array([0.2, 0.4])
loss = -poisson.logpmf(k, np.exp(X @ w)).sum()
print(loss)
#%% quantile and Huber losses [w]
import numpy as np
X = np.array([[1.0, 0.5], [1.0, -1.2], [1.0, 2.0]])
y = np.array([1.0, 0.2, 1.4])
w = np.array([0.2, 0.4])
r = y - X @ w
pin = np.maximum(0.7 * r, -0.3 * r).mean()
huber = np.where(np.abs(r) < 0.5, 0.5 * r ** 2, 0.5 * (np.abs(r) - 0.25)).sum()
loss = pin + huber
print(loss)
#%% pairwise distances and nearest neighbours [X]
import numpy as np
X = np.array([[0.5, -1.2], [1.1, 0.4], [0.2, 0.9], [-0.6, 0.3]])
D = np.sqrt(((X[:, None] - X[None]) ** 2).sum(-1) + np.eye(4))
np.fill_diagonal(D, np.inf)
near = D.argmin(axis=1)
loss = D[np.arange(4), near].sum()
print(near, loss)
#%% Sinkhorn iterations [C]
import numpy as np
C = np.array([[0.1, 0.9], [0.8, 0.3]])
a, b = np.array([0.4, 0.6]), np.array([0.5, 0.5])
K = np.exp(-C / 0.5)
u = np.ones(2)
for _ in range(15):
    v = b / (K.T @ u)
    u = a / (K @ v)
P = u[:, None] * K * v
loss = np.sum(P * C)
print(P)
#%% hidden Markov model forward pass [A, pi]
import numpy as np
pi = np.array([0.6, 0.4])
A = np.array([[0.7, 0.3], [0.2, 0.8]])
B = np.array([[0.5, 0.4, 0.1], [0.1, 0.3, 0.6]])
obs = [0, 2, 1]
alpha = pi * B[:, obs[0]]
loss = 0.0
for o in obs[1:]:
    alpha = (alpha @ A) * B[:, o]
    c = alpha.sum()
    loss -= np.log(c)
    alpha = alpha / c
print(alpha, loss)
#%% cubic smoothing with second differences [z]
import numpy as np
z = np.array([0.1, 0.9, 0.4, 1.2, 0.8])
D = np.diff(np.eye(5), n=2, axis=0)
loss = np.sum((D @ z) ** 2) + np.sum(np.diff(z) ** 4) + np.cumsum(z)[-2]
print(D, loss)
#%% monthly returns: drawdown and Sharpe ratio [r]
import numpy as np
r = np.array([0.02, -0.01, 0.03, -0.04, 0.01])
wealth = np.cumprod(1 + r)
peak = np.maximum.accumulate(wealth)
drawdown = (wealth / peak - 1).min()
loss = r.mean() / r.std(ddof=1) + drawdown
print(wealth, drawdown, loss)
