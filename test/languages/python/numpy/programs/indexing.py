#%% basic
import numpy as np
a = np.arange(12).reshape(3, 4)
print(a[0], a[-1, -1], a[:, 1], a[1:, ::2], a[..., 0], a[::-1, 0])
print(a[1][2], a[:, -2:].shape, a[None].shape)
#%% fancy
import numpy as np
a = np.arange(12).reshape(3, 4)
print(a[[0, 2]], a[[0, 1, 2], [3, 2, 1]])
print(a[:, [0, 3]])
print(a[np.ix_([0, 1], [1, 3])])
print(a[np.arange(3), np.argmax(a, axis=1)])
#%% boolean
import numpy as np
a = np.arange(6).reshape(2, 3)
print(a[a % 2 == 0], a[np.array([True, False])], a[:, np.array([True, False, True])])
#%% out of bounds
import numpy as np
a = np.arange(3)
print(a[5])
#%% where, nonzero, argsort
import numpy as np
a = np.array([3, 1, 0, 2])
print(np.where(a > 1, a, -1), np.where(a > 1), np.nonzero(a), np.argsort(a), np.sort(a))
print(np.argmax(a), np.argmin(a), a.argsort()[::-1])
#%% gather [x]
import numpy as np
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
picked = x[[0, 1, 1], [2, 0, 0]]
rows = x[np.array([1, 1, 0])]
loss = np.sum(picked ** 2) + np.sum(rows[:, ::2] ** 3) * 0.1 + x[x > 3.5].prod() * 0.01
print(picked)
print(loss)
#%% mixed advanced and basic
import numpy as np
a = np.arange(24).reshape(2, 3, 4)
print(a[:, [0, 2], 1])
print(a[0, :, [1, 2]])
print(a[[0, 1], :, [1, 2]])
print(a[1, 2], a[1, ..., 3])
#%% where [x]
import numpy as np
x = np.array([-1.0, 0.5, 2.0])
loss = np.sum(np.where(x > 0, x ** 2, np.exp(x) - 1))
print(loss)
#%% one-hot
import numpy as np
y = np.array([0, 2, 1])
T = np.zeros((3, 3))
T[np.arange(y.size), y] = 1
print(T)
print(np.eye(3)[y])
