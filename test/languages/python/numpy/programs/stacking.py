#%% concatenate and stack
import numpy as np
a = np.array([1, 2])
b = np.array([3, 4])
print(np.concatenate([a, b]), np.concatenate((a[None], b[None]), axis=0), np.stack([a, b], axis=1))
print(np.vstack([a, b]), np.hstack([a, b]), np.column_stack([a, b]))
#%% split, repeat, tile
import numpy as np
a = np.arange(6)
print(np.split(a, 3), np.repeat(a[:2], 2), np.tile(a[:2], (2, 2)))
print(np.split(np.arange(4.0).reshape(2, 2), 2, axis=1))
#%% gates of an LSTM [z]
import numpy as np
z = np.array([[0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.8]])
i, f, o, g = np.split(z, 4, axis=1)
s = lambda v: 1 / (1 + np.exp(-v))
c = s(f) * 0.5 + s(i) * np.tanh(g)
h = s(o) * np.tanh(c)
loss = np.sum(np.concatenate([h, c * c], axis=1))
print(loss)
#%% pad and roll
import numpy as np
a = np.arange(4).reshape(2, 2)
print(np.pad(a, 1), np.roll(np.arange(4), 1), np.flip(np.arange(3)), np.pad(a, ((0, 1), (0, 0)), 'constant'))
#%% pad, tile and repeat [x]
import numpy as np
x = np.array([[1.0, 2.0], [3.0, -1.0]])
p = np.pad(x, ((1, 1), (1, 1)), mode='constant')
c = p[:-1, :-1] * p[1:, 1:] + p[1:, :-1]
loss = np.sum(c ** 2) + np.sum(np.tile(x, (2, 1)) ** 3) + np.sum(np.repeat(x, 2, axis=0)[1:] ** 2)
print(loss)
#%% transpose and reshape [x]
import numpy as np
x = np.array([[[0.0, 0.1], [0.2, 0.3], [0.4, 0.5]], [[0.6, 0.7], [0.8, 0.9], [1.0, 1.1]]])
t = x.transpose(2, 0, 1).reshape(4, 3)
w = np.array([1.0, -2.0, 3.0])
loss = np.sum((t @ w) ** 2 * np.arange(4)) + np.swapaxes(x, 0, 1)[2, 1, 0] ** 2
print(t)
print(loss)
