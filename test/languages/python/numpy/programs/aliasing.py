#%% dscores is probs
import numpy as np
probs = np.array([[0.2, 0.3, 0.5], [0.1, 0.6, 0.3]])
y = np.array([2, 0])
n = 2
dscores = probs
dscores[range(n), y] -= 1
dscores /= n
print(probs)
print(dscores is probs)
#%% softmax loss that overwrites its probabilities [W]
import numpy as np
X = np.array([[1.0, 2.0], [0.5, -1.0], [-0.3, 0.8]])
y = np.array([2, 0, 1])
W = np.array([[0.1, -0.2, 0.3], [0.4, 0.0, -0.5]])
scores = X.dot(W)
scores -= np.max(scores, axis=1, keepdims=True)
probs = np.exp(scores)
probs /= np.sum(probs, axis=1, keepdims=True)
loss = -np.sum(np.log(probs[range(3), y])) / 3
dscores = probs
dscores[range(3), y] -= 1
dscores /= 3
print(X.T.dot(dscores))
print(loss)
#%% Relu.backward writes into its argument
import numpy as np
class Relu:
    def __init__(self):
        self.mask = None
    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0
        return out
    def backward(self, dout):
        dout[self.mask] = 0
        dx = dout
        return dx
x = np.array([[1.0, -0.5], [-2.0, 3.0]])
relu = Relu()
print(relu.forward(x))
dout = np.ones((2, 2)) * 0.5
dx = relu.backward(dout)
print(dx)
print(dout)
print(x)
#%% augmented assignment on a parameter
import numpy as np
def step(w, g):
    w -= 0.1 * g
def rebind(w, g):
    w = w - 0.1 * g
    return w
w = np.array([1.0, 2.0])
alias = w
step(w, np.array([1.0, 1.0]))
print(w, alias)
r = rebind(w, np.array([1.0, 1.0]))
print(w, r, alias is w)
#%% gradient through augmented assignment on a parameter [x]
import numpy as np
def shift(a):
    a += 1.0
    return a * a
x = np.array([1.0, 2.0, -0.5])
b = x * 2.0
c = shift(b)
loss = np.sum(c * b)
print(loss)
#%% slice kept while its base changes
import numpy as np
a = np.arange(6.0)
s = a[1:4]
a[2] = 20.0
a += 1
print(s, a)
s[0] = -1
print(s, a)
a = a * 2
print(s)
#%% gradient through slice kept while its base changes [x]
import numpy as np
x = np.array([1.0, 2.0, 3.0, 4.0])
a = x * x
s = a[1:3]
a[1] = x[0] * x[3]
a *= 2.0
loss = (s * s).sum() + a[0]
print(loss)
#%% transpose written through
import numpy as np
a = np.zeros((2, 3))
t = a.T
t[2] = [5.0, 6.0]
t[0, 1] = 9.0
v = t[1:, :1]
v += 1
print(a)
print(t.shape, v)
#%% gradient through transpose written through [x]
import numpy as np
x = np.array([[1.0, 2.0], [3.0, 4.0]])
a = np.zeros((2, 2))
t = a.T
t[:] = x * x
t[0] *= x[1]
loss = np.sum(a * np.array([[1.0, 2.0], [3.0, 4.0]]))
print(a)
print(loss)
#%% reshape view and reshape copy
import numpy as np
a = np.arange(6)
v = a.reshape(2, 3)
v[0, 0] = 100
c = v.T.reshape(6)
c[0] = -7
r = v.ravel()
r[1] = 55
f = v.flatten()
f[2] = 77
print(a)
print(v)
print(c)
print(f)
#%% ravel of a transpose is a copy
import numpy as np
a = np.arange(4.0).reshape(2, 2)
r = a.T.ravel()
r[:] = 0
print(a)
a.T.reshape(-1)[0] = 5
print(a)
a.reshape(-1)[3] = 5
print(a)
#%% boolean mask assignment
import numpy as np
a = np.array([1.0, -2.0, 3.0, -4.0])
b = a
a[a < 0] = 0
print(a, b)
a[b > 0] *= 10
print(b)
a[a > 5] = np.array([7.0, 8.0])
print(b)
m = np.array([True, False, True, False])
s = a[m]
s[:] = 0
print(a)
#%% gradient through boolean mask assignment [x]
import numpy as np
x = np.array([0.5, -1.5, 2.0, -0.25])
a = x * 3.0
b = a.copy()
a[a < 0] = 0.0
a[b < -1] += x[0]
loss = np.sum(a * a) + np.sum(b)
print(a)
print(loss)
#%% fancy assignment with repeats
import numpy as np
a = np.zeros(4)
a[[0, 0, 2]] += 1
print(a)
np.add.at(a, [0, 0, 2], 1)
print(a)
a[[3, 3]] = [5.0, 6.0]
print(a)
b = a[[0, 1]]
b[0] = 99
print(a)
#%% add.at accumulates [dW]
import numpy as np
dW = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
out = np.zeros((4, 2))
np.add.at(out, np.array([1, 1, 3]), dW * dW)
loss = np.sum(out * out)
print(out)
print(loss)
#%% in place then old value used [x]
import numpy as np
x = np.array([1.0, 2.0])
y = x * x
z = np.exp(y * 0.1)
y += x
y *= z
w = np.sin(y)
y[0] = 3.0
loss = np.sum(w * z) + np.sum(y)
print(loss)
#%% gradient through an overwritten buffer [x, w]
import numpy as np
x = np.array([0.5, -0.3, 0.8])
w = np.array([1.5, 0.5, -1.0])
buffer = np.zeros(3)
total = 0.0
for k in range(3):
    buffer[:] = x * w
    buffer[k] = buffer[k] ** 2 + w[k]
    total = total + np.sum(np.tanh(buffer))
loss = total
print(loss)
#%% a loop that perturbs and restores
import numpy as np
def f(p):
    return np.sum(np.tanh(p) * p)
p = np.array([[0.1, -0.2], [0.3, 0.4]])
g = np.zeros_like(p)
h = 1e-4
for i in range(2):
    for j in range(2):
        old = p[i, j]
        p[i, j] = old + h
        up = f(p)
        p[i, j] = old - h
        down = f(p)
        p[i, j] = old
        g[i, j] = (up - down) / (2 * h)
print(np.round(g, 6))
print(p)
#%% perturb and restore inside a loss [p]
import numpy as np
p = np.array([0.4, -0.7])
q = p * 1.0
total = np.sum(q * q)
for i in range(2):
    old = q[i]
    q[i] = old * old
    total = total + np.sum(q ** 3)
    q[i] = old
loss = total + q[0] * q[1]
print(loss)
#%% overlapping slices
import numpy as np
a = np.arange(6.0)
a[1:] = a[:-1]
print(a)
a = np.arange(6.0)
a[1:] += a[:-1]
print(a)
a[::-1][:2] = 9
print(a)
b = np.arange(4.0)
b[:] = b[::-1]
print(b)
#%% gradient through overlapping slices [x]
import numpy as np
x = np.array([1.0, 2.0, 3.0])
a = x * x
a[1:] += a[:-1]
a[:-1] *= a[1:]
loss = a.sum()
print(loss)
#%% swap rows
import numpy as np
a = np.array([[1.0, 2.0], [3.0, 4.0]])
a[0], a[1] = a[1], a[0]
print(a)
b = np.array([[1.0, 2.0], [3.0, 4.0]])
b[[0, 1]] = b[[1, 0]]
print(b)
#%% cache of views [x]
import numpy as np
x = np.array([1.0, 2.0, 3.0])
h = np.zeros((4, 3))
rows = []
for t in range(1, 4):
    h[t] = np.tanh(h[t - 1] + x * 0.3)
    rows.append(h[t])
loss = sum(np.sum(r * r) for r in rows) + np.sum(np.exp(x))
print(loss)
#%% rows of an iteration are views
import numpy as np
a = np.zeros((2, 2))
for i, row in enumerate(a):
    row += i + 1
print(a)
for row in a:
    row = row * 10
print(a)
b = [a, a]
b[0][0, 0] = 42
print(b[1])
#%% full, zeros_like and copies do not share
import numpy as np
a = np.ones(2)
b = np.array(a)
c = np.asarray(a)
d = a.astype(float)
e = a[:]
a[0] = 5
print(a, b, c, d, e)
#%% integer arrays keep their type under a write
import numpy as np
a = np.array([1, 2, 3])
a[0] = 2.9
print(a)
a += 1
print(a)
a += 0.5
#%% write into a view of a view [x]
import numpy as np
x = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
a = (x * 1.5).reshape(2, 3)
v = a.T[1:]
v[0] = v[1] * x[0]
v *= 2.0
a[0, 0] += v[0, 1]
loss = np.sum(a ** 2) + np.sum(v)
print(a)
print(loss)
#%% a copy keeps the old value [x]
import numpy as np
x = np.array([1.0, 2.0, 3.0])
a = x * x
old = a.copy()
view = a[:]
a[1] = 10.0
a -= x
loss = np.sum(old * a) + np.sum(view * view)
print(loss)
#%% a parameter updated in place [w]
import numpy as np
w = np.array([1.0, -2.0])
for _ in range(3):
    g = 2.0 * w + w ** 2 * 0.1
    w -= 0.1 * g
loss = np.sum(w * w)
print(w, loss)
