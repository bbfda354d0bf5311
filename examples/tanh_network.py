"""Two inputs, two layers of two tanh units, one score, a hinge: every error and every slope on the way back."""
import numpy as np

x = np.array([0.6, -0.4])
label = 1.0

W1 = np.array([[0.2, -0.5], [0.7, 0.1]])
W2 = np.array([[0.4, 0.3], [-0.6, 0.9]])
w3 = np.array([0.5, -0.8])

z1 = W1 @ x
h1 = np.tanh(z1)
z2 = W2 @ h1
h2 = np.tanh(z2)
score = w3 @ h2
loss = np.maximum(0, 1 - label * score)

# By hand, from the loss back to the weights.
delta3 = -label * (label * score < 1)
dw3 = delta3 * h2
delta2 = (1 - h2**2) * (w3 * delta3)
dW2 = np.outer(delta2, h1)
delta1 = (1 - h1**2) * (W2.T @ delta2)
dW1 = np.outer(delta1, x)

rate = 0.1
w3 = w3 - rate * dw3
W2 = W2 - rate * dW2
W1 = W1 - rate * dW1
