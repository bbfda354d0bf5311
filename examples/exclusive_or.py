"""Gradient descent with a backward pass by hand: a small network learns exclusive or.

Any turn of the loop can be opened as a trace, and the learning rate tried out without changing the file.
"""

import numpy as np

generator = np.random.RandomState(4)
x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
t = np.array([[0.0], [1.0], [1.0], [0.0]])
W1 = generator.randn(2, 4)
b1 = np.zeros(4)
W2 = generator.randn(4, 1)
b2 = np.zeros(1)
learning_rate = 0.5

for turn in range(300):
    hidden = np.tanh(x @ W1 + b1)
    y = 1 / (1 + np.exp(-(hidden @ W2 + b2)))
    loss = -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))
    accuracy = np.mean((y > 0.5) == (t > 0.5))

    d_scores = (y - t) / len(x)
    d_hidden = d_scores @ W2.T * (1 - hidden**2)
    W2 -= learning_rate * hidden.T @ d_scores
    b2 -= learning_rate * d_scores.sum(axis=0)
    W1 -= learning_rate * x.T @ d_hidden
    b1 -= learning_rate * d_hidden.sum(axis=0)

print(loss, accuracy)
