"""A layer that is too wide to be checked by every element in a moment."""

import numpy as np

W = np.linspace(-1.0, 1.0, 4800).reshape(60, 80)
x = np.linspace(0.0, 1.0, 6000).reshape(100, 60)

loss = np.mean(np.tanh(x @ W) ** 2)
