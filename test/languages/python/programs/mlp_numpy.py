"""A multilayer perceptron with layers as classes, momentum and Adam, on two spirals."""
import numpy as np

np.random.seed(42)


class Layer:
    def forward(self, x):
        raise NotImplementedError

    def backward(self, grad):
        raise NotImplementedError

    def params(self):
        return []


class Linear(Layer):
    def __init__(self, n_in, n_out):
        limit = np.sqrt(6.0 / (n_in + n_out))
        self.W = np.random.uniform(-limit, limit, (n_in, n_out))
        self.b = np.zeros((1, n_out))
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW[...] = self.x.T @ grad
        self.db[...] = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T

    def params(self):
        return [(self.W, self.dW), (self.b, self.db)]


class Tanh(Layer):
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad):
        return grad * (1 - self.y**2)


class Sequential(Layer):
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def params(self):
        return [p for layer in self.layers for p in layer.params()]


class SoftmaxCrossEntropy:
    def forward(self, logits, y):
        z = logits - logits.max(axis=1, keepdims=True)
        e = np.exp(z)
        self.p = e / e.sum(axis=1, keepdims=True)
        self.y = y
        n = len(y)
        return -np.log(self.p[np.arange(n), y]).mean()

    def backward(self):
        n = len(self.y)
        grad = self.p.copy()
        grad[np.arange(n), self.y] -= 1
        return grad / n


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params = list(params)
        self.lr, self.betas, self.eps = lr, betas, eps
        self.m = [np.zeros_like(p) for p, _ in self.params]
        self.v = [np.zeros_like(p) for p, _ in self.params]
        self.t = 0

    def step(self):
        self.t += 1
        b1, b2 = self.betas
        for i, (p, g) in enumerate(self.params):
            self.m[i] = b1 * self.m[i] + (1 - b1) * g
            self.v[i] = b2 * self.v[i] + (1 - b2) * g * g
            mhat = self.m[i] / (1 - b1**self.t)
            vhat = self.v[i] / (1 - b2**self.t)
            p -= self.lr * mhat / (np.sqrt(vhat) + self.eps)


def spiral(n, classes):
    X = np.zeros((n * classes, 2))
    y = np.zeros(n * classes, dtype=int)
    for k in range(classes):
        ix = range(n * k, n * (k + 1))
        r = np.linspace(0.0, 1, n)
        t = np.linspace(k * 4, (k + 1) * 4, n) + np.random.randn(n) * 0.2
        X[ix] = np.column_stack([r * np.sin(t), r * np.cos(t)])
        y[ix] = k
    return X, y


X, y = spiral(20, 2)
net = Sequential(Linear(2, 16), Tanh(), Linear(16, 8), Tanh(), Linear(8, 2))
criterion = SoftmaxCrossEntropy()
opt = Adam(net.params(), lr=0.05)
for epoch in range(40):
    loss = criterion.forward(net.forward(X), y)
    net.backward(criterion.backward())
    opt.step()
    if epoch % 10 == 0:
        print(f"epoch {epoch:3d} loss {loss:.6f}")
acc = np.mean(net.forward(X).argmax(axis=1) == y)
print(f"accuracy {acc:.3f}", X.shape, y.dtype, sum(p.size for p, _ in net.params()))
