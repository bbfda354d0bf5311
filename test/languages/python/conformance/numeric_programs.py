#%% newton
def newton(f, df, x, n=20):
    for _ in range(n):
        x = x - f(x) / df(x)
    return x
print(newton(lambda x: x * x - 2, lambda x: 2 * x, 1.0))
#%% gradient descent
w, b = 0.0, 0.0
data = [(1.0, 3.0), (2.0, 5.0), (3.0, 7.0)]
for epoch in range(200):
    dw = db = 0.0
    for x, y in data:
        e = w * x + b - y
        dw += 2 * e * x / len(data)
        db += 2 * e / len(data)
    w -= 0.1 * dw
    b -= 0.1 * db
print(f'{w:.4f} {b:.4f}')
#%% matrix product
def matmul(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]
print(matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]))
#%% simpson
def simpson(f, a, b, n):
    h = (b - a) / n
    s = f(a) + f(b)
    for i in range(1, n):
        s += f(a + i * h) * (4 if i % 2 else 2)
    return s * h / 3
print(round(simpson(lambda x: x ** 3, 0, 2, 10), 12))
#%% sieve
n = 50
sieve = [True] * (n + 1)
for i in range(2, int(n ** 0.5) + 1):
    if sieve[i]:
        sieve[i * i::i] = [False] * len(sieve[i * i::i])
print([i for i in range(2, n + 1) if sieve[i]])
#%% micrograd
class Value:
    def __init__(self, data, _children=(), _op=''):
        self.data = data
        self.grad = 0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op
    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), '+')
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out
    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), '*')
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out
    def __pow__(self, k):
        out = Value(self.data ** k, (self,), f'**{k}')
        def _backward():
            self.grad += k * self.data ** (k - 1) * out.grad
        out._backward = _backward
        return out
    def relu(self):
        out = Value(0 if self.data < 0 else self.data, (self,), 'ReLU')
        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out
    def backward(self):
        topo, visited = [], set()
        def build(v):
            if v not in visited:
                visited.add(v)
                for c in v._prev:
                    build(c)
                topo.append(v)
        build(self)
        self.grad = 1
        for v in reversed(topo):
            v._backward()
    def __neg__(self): return self * -1
    def __radd__(self, o): return self + o
    def __sub__(self, o): return self + (-o)
    def __rsub__(self, o): return o + (-self)
    def __rmul__(self, o): return self * o
    def __truediv__(self, o): return self * o ** -1
    def __rtruediv__(self, o): return o * self ** -1
    def __repr__(self): return f'Value(data={self.data}, grad={self.grad})'
a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b ** 3
c = c + c + 1
c = c + 1 + c + (-a)
d = d + d * 2 + (b + a).relu()
d = d + 3 * d + (b - a).relu()
e = c - d
f = e ** 2
g = f / 2.0
g = g + 10.0 / f
print(f'{g.data:.4f}')
g.backward()
print(f'{a.grad:.4f} {b.grad:.4f}')
#%% perceptron
data = [((0, 0), -1), ((0, 1), 1), ((1, 0), 1), ((1, 1), 1)]
w = [0.0, 0.0, 0.0]
converged = False
while not converged:
    converged = True
    for (x1, x2), t in data:
        s = w[0] + w[1] * x1 + w[2] * x2
        if t * s <= 0:
            converged = False
            for i, xi in enumerate((1, x1, x2)):
                w[i] += t * xi
print(w)
#%% layers
class Mul:
    def __init__(self):
        self.x = None
        self.y = None
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y
    def backward(self, dout):
        return dout * self.y, dout * self.x
apple, tax = Mul(), Mul()
p = tax.forward(apple.forward(100, 2), 1.1)
print(p)
d, dt = tax.backward(1)
print(apple.backward(d), dt)
#%% numeric gradient
def grad(f, x, h=1e-4):
    g = []
    for i in range(len(x)):
        t = x[i]
        x[i] = t + h
        a = f(x)
        x[i] = t - h
        b = f(x)
        g.append((a - b) / (2 * h))
        x[i] = t
    return g
print([round(v, 6) for v in grad(lambda v: v[0] ** 2 + v[1] ** 2, [3.0, 4.0])])
#%% runge kutta
def rk4(f, y, t, h):
    k1 = f(t, y)
    k2 = f(t + h / 2, y + h / 2 * k1)
    k3 = f(t + h / 2, y + h / 2 * k2)
    k4 = f(t + h, y + h * k3)
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
y, t = 1.0, 0.0
for _ in range(10):
    y = rk4(lambda t, y: -y, y, t, 0.1)
    t += 0.1
print(f'{y:.8f}')
#%% statistics
data = [2, 4, 4, 4, 5, 5, 7, 9]
mean = sum(data) / len(data)
var = sum((x - mean) ** 2 for x in data) / len(data)
print(mean, var, var ** 0.5, sorted(data)[len(data) // 2])
#%% polynomial
def horner(c, x):
    r = 0
    for a in reversed(c):
        r = r * x + a
    return r
print(horner([1, -3, 2], 5), [horner([0, 0, 1], k) for k in range(4)])
#%% collatz
def steps(n):
    c = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        c += 1
    return c
print(steps(27), max(range(1, 100), key=steps))
#%% bisection
lo, hi = 0.0, 2.0
for _ in range(60):
    mid = (lo + hi) / 2
    if mid * mid > 2:
        hi = mid
    else:
        lo = mid
print(lo)
#%% string building
rows = []
for i in range(1, 4):
    rows.append(' '.join(f'{i * j:3d}' for j in range(1, 4)))
print('\n'.join(rows))
#%% softmax and cross entropy
import math
def softmax(z):
    m = max(z)
    e = [math.exp(v - m) for v in z]
    s = sum(e)
    return [v / s for v in e]
p = softmax([1.0, 2.0, 3.0])
print([round(v, 10) for v in p], round(-math.log(p[2]), 10))
#%% dynamic programming
def lcs(a, b):
    t = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            t[i][j] = t[i-1][j-1] + 1 if x == y else max(t[i-1][j], t[i][j-1])
    return t[-1][-1]
print(lcs('AGGTAB', 'GXTXAYB'))
