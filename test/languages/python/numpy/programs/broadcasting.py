#%% row and column
import numpy as np
a = np.arange(3)
b = np.arange(2)[:, None]
print(a + b)
print((a * b).shape, (a[np.newaxis, :] - a[:, np.newaxis]))
#%% scalar with array
import numpy as np
a = np.array([1.0, 2.0, 4.0])
print(2 * a, 1 / a, a ** 2, 2 ** a, -a, a % 3, a // 3, abs(-a))
#%% shapes that do not fit
import numpy as np
a = np.ones((2, 3))
b = np.ones((4,))
print(a + b)
#%% matmul that does not fit
import numpy as np
a = np.ones((2, 3))
b = np.ones((2, 3))
print(a @ b)
#%% bias added to a batch [W, b]
import numpy as np
X = np.array([[1.0, -2.0], [0.5, 0.3], [2.0, 1.0]])
W = np.array([[0.2, -0.1], [0.7, 0.4]])
b = np.array([0.1, -0.2])
out = np.tanh(X @ W + b)
loss = np.mean(out ** 2)
print(loss)
#%% pairwise distances [P]
import numpy as np
P = np.array([[0.0, 1.0], [2.0, 0.5], [-1.0, 0.3]])
d = P[:, None, :] - P[None, :, :]
D = np.sqrt((d ** 2).sum(-1) + 1e-2)
loss = D.sum()
print(D)
print(loss)
#%% broadcast_to and maximum [x]
import numpy as np
x = np.array([1.0, -2.0, 0.5])
m = np.maximum(np.broadcast_to(x, (2, 3)), np.array([[0.0], [-3.0]]))
loss = np.sum(m * m)
print(m)
print(loss)
#%% comparisons
import numpy as np
a = np.array([1, 2, 3])
print(a > 1, (a == 2).sum(), a[a != 2], np.any(a > 2), np.all(a > 2), ~(a > 1), (a > 1) & (a < 3))
