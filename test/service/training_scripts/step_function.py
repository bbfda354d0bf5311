import numpy as np

x = np.array([1.1, 1.3, 1.5, 2.0, 2.2, 2.9, 3.0, 3.2, 3.7, 3.9, 4.0, 4.5, 5.1, 5.9, 6.0])
y = np.array([39.3, 46.2, 37.7, 43.5, 39.9, 56.6, 60.2, 54.4, 57.2, 63.2, 55.8, 61.1, 66.0, 81.4, 93.9])

def gradient_descent(m_now, b_now, x, y, L):
    n = float(len(x))
    y_pred = m_now * x + b_now
    m_gradient = (-2/n) * sum(x * (y - y_pred))
    b_gradient = (-2/n) * sum(y - y_pred)
    m = m_now - m_gradient * L
    b = b_now - b_gradient * L
    return m, b

m = 0
b = 0
L = 0.01
epochs = 300
for i in range(epochs):
    if i % 50 == 0:
        print(f"Epoch {i}")
    m, b = gradient_descent(m, b, x, y, L)
print(m, b)
cost = np.mean((m * x + b - y) ** 2)
print(cost)
