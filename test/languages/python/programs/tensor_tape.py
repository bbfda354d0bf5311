import numpy as np
class Tensor:
    _count = 0
    def __init__(self, data, parents=(), creation_op=None, requires_grad=False):
        self.data = np.asarray(data, dtype=np.float64); self.parents = parents; self.op = creation_op
        self.requires_grad = requires_grad or any(p.requires_grad for p in parents)
        self.grad = None; self.children = {}; Tensor._count += 1; self.id = Tensor._count
    @staticmethod
    def ensure(x): return x if isinstance(x, Tensor) else Tensor(x)
    @property
    def shape(self): return self.data.shape
    @property
    def T(self): return Tensor(self.data.T, (self,), ('transpose',))
    def unbroadcast(self, g):
        while g.ndim > self.data.ndim: g = g.sum(axis=0)
        for i, n in enumerate(self.data.shape):
            if n == 1 and g.shape[i] != 1: g = g.sum(axis=i, keepdims=True)
        return g
    def __add__(self, o): o = Tensor.ensure(o); return Tensor(self.data + o.data, (self, o), ('add',))
    def __mul__(self, o): o = Tensor.ensure(o); return Tensor(self.data * o.data, (self, o), ('mul',))
    def __matmul__(self, o): return Tensor(self.data @ o.data, (self, o), ('mm',))
    def __sub__(self, o): return self + Tensor.ensure(o) * -1
    __radd__ = __add__; __rmul__ = __mul__
    def sum(self, axis=None): return Tensor(self.data.sum(axis=axis, keepdims=axis is not None), (self,), ('sum', axis))
    def exp(self): return Tensor(np.exp(self.data), (self,), ('exp',))
    def log(self): return Tensor(np.log(self.data), (self,), ('log',))
    def sigmoid(self): return Tensor(1/(1+np.exp(-self.data)), (self,), ('sigmoid',))
    def _vjps(self, g):
        kind, *args = self.op
        a = self.parents[0]; b = self.parents[-1]
        match kind:
            case 'add': return g, g
            case 'mul': return g * b.data, g * a.data
            case 'mm': return g @ b.data.T, a.data.T @ g
            case 'transpose': return (g.T,)
            case 'sum': return (np.broadcast_to(g, a.shape),)
            case 'exp': return (g * self.data,)
            case 'log': return (g / a.data,)
            case 'sigmoid': return (g * self.data * (1 - self.data),)
            case _: raise NotImplementedError(kind)
    def backward(self, grad=None):
        order, seen = [], set()
        def visit(t):
            if t.id in seen: return
            seen.add(t.id)
            for p in t.parents: visit(p)
            order.append(t)
        visit(self)
        grads = {self.id: np.ones_like(self.data) if grad is None else grad}
        for t in reversed(order):
            g = grads.pop(t.id)
            if t.requires_grad and not t.parents: t.grad = g if t.grad is None else t.grad + g
            if t.op:
                for p, pg in zip(t.parents, t._vjps(g)):
                    pg = p.unbroadcast(np.array(pg)); grads[p.id] = grads[p.id] + pg if p.id in grads else pg
    def __repr__(self): return f'Tensor({self.data!r}, op={self.op})'
    def __len__(self): return len(self.data)
    def __getitem__(self, i): return Tensor(self.data[i])
np.random.seed(0)
X = Tensor(np.array([[0,0],[0,1],[1,0],[1,1]])); Y = Tensor([[0],[1],[1],[0]])
W1 = Tensor(np.random.rand(2, 3), requires_grad=True); b1 = Tensor(np.zeros(3), requires_grad=True); W2 = Tensor(np.random.rand(3, 1), requires_grad=True)
for i in range(5):
    pred = ((X @ W1 + b1).sigmoid() @ W2).sigmoid(); diff = pred - Y; loss = (diff * diff).sum()
    for p in (W1, b1, W2): p.grad = None
    loss.backward()
    for p in (W1, b1, W2): p.data -= 1.0 * p.grad
    print(i, float(loss.data), W2.grad.ravel().round(6), b1.grad.round(6))
print(len(X), X[1], (2 * X + 1).T.shape, Tensor(3.0))
