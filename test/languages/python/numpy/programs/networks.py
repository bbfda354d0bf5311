#%% affine, batch normalisation, rectifier, softmax loss [x, W, b, gamma, beta]
import numpy as np
def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1).dot(w) + b
    return out, (x, w, b)
def batchnorm_forward(x, gamma, beta, eps=1e-5):
    mu = x.mean(axis=0)
    var = x.var(axis=0)
    std = np.sqrt(var + eps)
    xhat = (x - mu) / std
    return gamma * xhat + beta, (xhat, std, gamma)
def softmax_loss(s, y):
    shifted = s - np.max(s, axis=1, keepdims=True)
    logp = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    N = s.shape[0]
    loss = -np.sum(logp[np.arange(N), y]) / N
    d = np.exp(logp)
    d[np.arange(N), y] -= 1
    return loss, d / N
x = np.array([[0.5, -1.2, 0.3], [1.1, 0.4, -0.7], [-0.2, 0.9, 1.5], [0.8, -0.6, 0.1]])
W = np.array([[0.2, -0.4], [0.7, 0.1], [-0.3, 0.5]])
b = np.array([0.1, -0.2])
gamma = np.array([1.2, 0.8])
beta = np.array([0.05, -0.1])
y = np.array([0, 1, 1, 0])
h, _ = affine_forward(x, W, b)
h, _ = batchnorm_forward(h, gamma, beta)
h = np.maximum(0, h)
loss, ds = softmax_loss(h, y)
print(loss, ds)
#%% convolution by im2col [x, w, b]
import numpy as np
def im2col(x, fh, fw, stride=1, pad=0):
    N, C, H, W = x.shape
    oh = (H + 2 * pad - fh) // stride + 1
    ow = (W + 2 * pad - fw) // stride + 1
    img = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)], 'constant')
    col = np.zeros((N, C, fh, fw, oh, ow))
    for y in range(fh):
        y_max = y + stride * oh
        for z in range(fw):
            z_max = z + stride * ow
            col[:, :, y, z, :, :] = img[:, :, y:y_max:stride, z:z_max:stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(N * oh * ow, -1)
rng = np.random.RandomState(0)
x = np.array([[[[0.1, 0.5, -0.3], [0.7, -0.2, 0.4], [0.9, 0.6, -0.8]]]])
w = np.array([[[[0.3, -0.1], [0.2, 0.5]]], [[[-0.4, 0.6], [0.1, -0.2]]]])
b = np.array([0.1, -0.1])
col = im2col(x, 2, 2, 1, 1)
out = np.dot(col, w.reshape(2, -1).T) + b
out = out.reshape(1, 4, 4, -1).transpose(0, 3, 1, 2)
loss = np.sum(np.tanh(out) ** 2)
print(out, loss)
#%% naive convolution with loops [x, w]
import numpy as np
x = np.array([[0.1, 0.5, -0.3, 0.2], [0.7, -0.2, 0.4, 0.3], [0.9, 0.6, -0.8, 0.5], [0.4, -0.1, 0.2, 0.6]])
w = np.array([[0.3, -0.1], [0.2, 0.5]])
out = np.zeros((3, 3))
for i in range(3):
    for j in range(3):
        out[i, j] = np.sum(x[i:i + 2, j:j + 2] * w)
loss = (out ** 3).sum()
print(out)
#%% convolution by strides [x, w]
import numpy as np
from numpy.lib.stride_tricks import as_strided
x = np.array([[0.1, 0.5, -0.3, 0.2], [0.7, -0.2, 0.4, 0.3], [0.9, 0.6, -0.8, 0.5], [0.4, -0.1, 0.2, 0.6]])
w = np.array([[0.3, -0.1], [0.2, 0.5]])
s0, s1 = x.strides
windows = as_strided(x, shape=(3, 3, 2, 2), strides=(s0, s1, s0, s1))
out = np.einsum('ijkl,kl->ij', windows, w)
loss = np.sum(out ** 2)
print(out)
#%% convolution by sliding windows [x, w]
import numpy as np
x = np.array([[[0.1, 0.5, -0.3, 0.2], [0.7, -0.2, 0.4, 0.3], [0.9, 0.6, -0.8, 0.5]]])
w = np.array([[[0.3, -0.1], [0.2, 0.5]]])
v = np.lib.stride_tricks.sliding_window_view(x, (2, 2), axis=(1, 2))
out = np.tensordot(v, w, axes=([0, 3, 4], [0, 1, 2]))
loss = np.sum(np.maximum(out, 0) ** 2)
print(out)
#%% max pooling by reshaping [x]
import numpy as np
x = np.array([[[[0.1, 0.5, -0.3, 0.2], [0.7, -0.2, 0.4, 0.3], [0.9, 0.6, -0.8, 0.5], [0.4, -0.1, 0.2, 0.6]]]])
N, C, H, W = x.shape
r = x.reshape(N, C, H // 2, 2, W // 2, 2)
out = r.max(axis=3).max(axis=4)
loss = np.sum(out ** 2 * np.array([[1.0, 2.0], [3.0, 4.0]]))
print(out)
#%% max pooling with loops and a mask [x]
import numpy as np
x = np.array([[0.1, 0.5, -0.3, 0.2], [0.7, -0.2, 0.4, 0.3], [0.9, 0.6, -0.8, 0.5], [0.4, -0.1, 0.2, 0.6]])
out = np.zeros((2, 2))
dx = np.zeros_like(x)
for i in range(2):
    for j in range(2):
        window = x[2 * i:2 * i + 2, 2 * j:2 * j + 2]
        out[i, j] = np.max(window)
        dx[2 * i:2 * i + 2, 2 * j:2 * j + 2] += (window == out[i, j]) * (i + 1)
loss = np.sum(out * np.array([[1.0, 2.0], [3.0, 4.0]]))
print(out, dx)
#%% dropout with a seed [x]
import numpy as np
np.random.seed(3)
x = np.array([[0.5, -1.2, 0.3], [1.1, 0.4, -0.7]])
p = 0.6
mask = (np.random.rand(*x.shape) < p) / p
out = x * mask
loss = np.sum(out ** 2)
print(mask, out)
#%% multiclass SVM loss [W, x]
import numpy as np
x = np.array([[0.5, -1.2, 0.3], [1.1, 0.4, -0.7], [0.2, 0.9, 0.4]])
W = np.array([[0.2, -0.4, 0.6], [0.7, 0.1, -0.5], [-0.3, 0.5, 0.9]])
y = np.array([0, 2, 1])
scores = x.dot(W)
correct = scores[np.arange(3), y]
margins = np.maximum(0, scores - correct[:, np.newaxis] + 1.0)
margins[np.arange(3), y] = 0
loss = np.sum(margins) / 3 + 0.1 * np.sum(W * W)
print(margins, loss)
#%% SVM loss with loops [W]
import numpy as np
X = np.array([[0.5, -1.2], [1.1, 0.4]])
W = np.array([[0.2, -0.4, 0.6], [0.7, 0.1, -0.5]])
y = [0, 2]
loss = 0.0
dW = np.zeros(W.shape)
for i in range(X.shape[0]):
    scores = X[i].dot(W)
    for j in range(W.shape[1]):
        if j == y[i]:
            continue
        margin = scores[j] - scores[y[i]] + 1
        if margin > 0:
            loss += margin
            dW[:, j] += X[i]
            dW[:, y[i]] -= X[i]
loss /= X.shape[0]
loss += 0.5 * np.sum(W * W)
dW = dW / X.shape[0] + W
print(loss, dW)
#%% recurrent network over time [Wx, Wh, h0]
import numpy as np
xs = np.array([[0.5, -0.2], [0.1, 0.9], [-0.6, 0.3]])
Wx = np.array([[0.3, -0.5, 0.2], [0.1, 0.4, -0.3]])
Wh = np.array([[0.2, 0.1, -0.2], [-0.1, 0.3, 0.2], [0.4, -0.2, 0.1]])
h0 = np.array([0.1, -0.1, 0.2])
hs = {-1: np.copy(h0)}
for t in range(len(xs)):
    hs[t] = np.tanh(xs[t] @ Wx + hs[t - 1] @ Wh)
loss = sum(np.sum(hs[t] ** 2) for t in range(3))
print(hs[2], loss)
#%% LSTM step [x, h, W]
import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
x = np.array([[0.5, -0.2], [0.3, 0.8]])
h = np.array([[0.1, -0.3], [0.2, 0.4]])
c = np.array([[0.05, 0.2], [-0.1, 0.3]])
W = np.linspace(-0.5, 0.6, 32).reshape(4, 8)
H = h.shape[1]
a = np.hstack([x, h]).dot(W)
i, f, o, g = sigmoid(a[:, :H]), sigmoid(a[:, H:2 * H]), sigmoid(a[:, 2 * H:3 * H]), np.tanh(a[:, 3 * H:])
c_next = f * c + i * g
h_next = o * np.tanh(c_next)
loss = np.sum(h_next ** 2) + np.sum(c_next)
print(h_next)
#%% scaled dot-product attention with a mask [Q, K, V]
import numpy as np
Q = np.array([[0.5, -0.2, 0.1], [0.3, 0.8, -0.4], [0.9, 0.1, 0.2]])
K = np.array([[0.2, 0.6, -0.1], [-0.5, 0.4, 0.7], [0.3, -0.3, 0.5]])
V = np.array([[1.0, 0.2], [0.4, -0.6], [0.8, 0.5]])
scores = Q @ K.T / np.sqrt(Q.shape[-1])
scores = np.where(np.tril(np.ones((3, 3))) == 1, scores, -1e9)
weights = np.exp(scores - scores.max(-1, keepdims=True))
weights /= weights.sum(-1, keepdims=True)
out = weights @ V
loss = np.sum(out ** 2)
print(weights, out)
#%% multi-head attention with einsum [x, Wq, Wk]
import numpy as np
x = np.array([[0.5, -0.2, 0.1, 0.4], [0.3, 0.8, -0.4, 0.2], [0.9, 0.1, 0.2, -0.7]])
Wq = np.linspace(-0.3, 0.4, 16).reshape(4, 4)
Wk = np.linspace(0.5, -0.2, 16).reshape(4, 4)
q = (x @ Wq).reshape(3, 2, 2).transpose(1, 0, 2)
k = (x @ Wk).reshape(3, 2, 2).transpose(1, 0, 2)
s = np.einsum('hqd,hkd->hqk', q, k) / np.sqrt(2)
p = np.exp(s) / np.exp(s).sum(axis=-1, keepdims=True)
out = np.matmul(p, q).transpose(1, 0, 2).reshape(3, 4)
loss = (out * x).sum()
print(out)
#%% embedding and its gradient by add.at [E]
import numpy as np
E = np.array([[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]])
words = np.array([[0, 2, 2], [1, 0, 2]])
vectors = E[words]
loss = np.sum(vectors.mean(axis=1) ** 2)
d = np.ones((2, 3, 2))
dE = np.zeros_like(E)
np.add.at(dE, words, d)
print(dE)
#%% layer normalisation [x, g]
import numpy as np
x = np.array([[0.5, -1.2, 0.3, 0.9], [1.1, 0.4, -0.7, 0.2]])
g = np.array([1.0, 0.5, 2.0, 1.5])
mean = x.mean(axis=-1, keepdims=True)
var = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
y = g * (x - mean) / np.sqrt(var + 1e-5)
loss = np.sum(y ** 3)
print(y)
#%% spatial batch normalisation [x, gamma]
import numpy as np
x = np.array([0.1, 0.7, 0.4, 0.9, 0.3, 0.8, 0.2, 0.6, 0.5, 0.15, 0.95, 0.35, 0.45, 0.05, 0.85, 0.65, 0.75, 0.25, 0.55, 0.12, 0.88, 0.32, 0.62, 0.42]).reshape(2, 3, 2, 2)
gamma = np.array([1.0, 0.5, 2.0])
flat = x.transpose(0, 2, 3, 1).reshape(-1, 3)
xn = (flat - flat.mean(axis=0)) / np.sqrt(flat.var(axis=0) + 1e-5)
out = (gamma * xn).reshape(2, 2, 2, 3).transpose(0, 3, 1, 2)
loss = np.sum(out ** 2 * x)
print(out[0, 0])
#%% layers in classes with a mask written in place [x, W1, W2]
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
        return dout
class Affine:
    def __init__(self, W):
        self.W = W
        self.x = None
        self.dW = None
    def forward(self, x):
        self.x = x
        return np.dot(x, self.W)
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        return np.dot(dout, self.W.T)
x = np.array([[0.5, -1.2, 0.3], [1.1, 0.4, -0.7]])
W1 = np.array([[0.2, -0.4], [0.7, 0.1], [-0.3, 0.5]])
W2 = np.array([[0.6, -0.2], [0.3, 0.8]])
layers = [Affine(W1), Relu(), Affine(W2)]
out = x
for layer in layers:
    out = layer.forward(out)
loss = np.sum(out ** 2)
dout = 2 * out
for layer in reversed(layers):
    dout = layer.backward(dout)
print(layers[0].dW, dout)
#%% momentum and Adam updates [W]
import numpy as np
W = np.array([[0.2, -0.4], [0.7, 0.1]])
w = W.copy()
m, v = np.zeros_like(w), np.zeros_like(w)
for t in range(1, 4):
    g = 2 * w
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g ** 2
    w -= 0.1 * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-8)
loss = np.sum(w ** 2)
print(w)
#%% autoencoder with tied weights [W, b]
import numpy as np
x = np.array([[0.5, 0.1, 0.9], [0.2, 0.8, 0.4]])
W = np.array([[0.2, -0.4], [0.7, 0.1], [-0.3, 0.5]])
b = np.array([0.1, -0.1])
code = 1 / (1 + np.exp(-(x @ W + b)))
back = code @ W.T
loss = 0.5 * np.mean(np.square(x - back))
print(loss)
#%% word vectors with negative samples [u, v]
import numpy as np
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
v = np.array([0.2, -0.5, 0.7])
u = np.array([[0.1, 0.4, -0.2], [0.6, -0.3, 0.2], [-0.5, 0.1, 0.3]])
idx = [0, 1, 2, 1]
uo = u[idx[0]]
uk = u[idx[1:]]
loss = -np.log(sigmoid(uo @ v)) - np.sum(np.log(sigmoid(-uk @ v)))
grad = np.zeros_like(u)
np.add.at(grad, idx[1:], (1 - sigmoid(-uk @ v))[:, None] * v)
print(loss, grad)
