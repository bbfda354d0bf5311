import numpy as np

# --- fake titanic data ---
np.random.seed(7)
n = 120
age = np.random.uniform(1, 80, n)
fare = np.random.exponential(30, n)
sex = np.random.randint(0, 2, n)
pclass = np.random.randint(1, 4, n)
logit = 2.5 * sex - 0.8 * pclass - 0.01 * age + 0.005 * fare
survived = (1 / (1 + np.exp(-logit)) > np.random.rand(n)).astype(int)

features = np.column_stack([age, fare, sex, pclass])
mu, sd = features.mean(axis=0), features.std(axis=0)
X = (features - mu) / sd
X = np.hstack([np.ones((n, 1)), X])
y = survived.reshape(-1, 1)

split = int(0.8 * n)
X_train, X_val = X[:split], X[split:]
y_train, y_val = y[:split], y[split:]

theta = np.zeros((X.shape[1], 1))
alpha = 0.1
lam = 0.01
m = len(y_train)
history = []
for it in range(300):
    h = 1 / (1 + np.exp(-X_train @ theta))
    J = -np.mean(y_train * np.log(h) + (1 - y_train) * np.log(1 - h)) + lam / 2 * np.sum(theta[1:] ** 2)
    grad = X_train.T @ (h - y_train) / m
    grad[1:] += lam * theta[1:]
    theta -= alpha * grad
    history.append(J)
    if it % 50 == 0:
        print(it, J)

val_acc = np.mean((1 / (1 + np.exp(-X_val @ theta)) > 0.5) == y_val)
print("val acc", val_acc, theta.ravel())
