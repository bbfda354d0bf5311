#%% creation and dtypes
import numpy as np
print(np.array([1, 2, 3]), np.array([1, 2.5]), np.array([True, False]), np.zeros((2, 2)), np.ones(3, dtype=int), np.arange(5), np.arange(0, 1, 0.25))
print(np.array([1, 2]).dtype, np.array([1.0]).dtype, np.array([True]).dtype, np.zeros(2).dtype, np.arange(3).dtype)
#%% linspace eye full
import numpy as np
print(np.linspace(0, 1, 5), np.eye(2), np.full((2, 2), 7), np.zeros_like(np.array([1, 2])), np.identity(2))
#%% shapes
import numpy as np
a = np.arange(6).reshape(2, 3)
print(a.shape, a.ndim, a.size, len(a), a.T, a.reshape(-1), a.reshape(3, -1).shape, a.ravel())
#%% arithmetic
import numpy as np
a = np.array([1, 2, 3]); b = np.array([4.0, 5.0, 6.0])
print(a + b, a * 2, b / a, a ** 2, -a, 10 - a, a // 2, a % 2, 2 ** a, a / 2)
#%% broadcasting
import numpy as np
print(np.array([[1], [2]]) + np.array([10, 20, 30]), np.ones((2, 3)) * np.array([1, 2, 3]))
#%% broadcast error
import numpy as np
try:
    np.ones((2, 3)) + np.ones(2)
except ValueError as e:
    print(e)
#%% indexing
import numpy as np
a = np.arange(12).reshape(3, 4)
print(a[0], a[1, 2], a[:, 1], a[1:, :2], a[-1, -1], a[::2], a[..., 0], a[0:1], a[:, ::-1])
#%% fancy indexing
import numpy as np
a = np.arange(10) * 10
print(a[[1, 3]], a[a > 50], a[np.array([0, -1])])
m = np.arange(6).reshape(2, 3)
print(m[np.arange(2), [0, 2]], m[:, [0, 2]], m[m % 2 == 0])
#%% assignment
import numpy as np
a = np.zeros((2, 3))
a[0] = 1; a[1, 2] = 5; a[:, 1] = [7, 8]; a[a == 0] = -1
print(a)
#%% views and copies
import numpy as np
a = np.arange(4)
b = a[1:3]; b[0] = 99
c = a.copy(); c[0] = -1
d = a.reshape(2, 2); d[1, 1] = 77
print(a, b, c, d)
#%% in place operators
import numpy as np
a = np.array([1.0, 2.0]); b = a
a += 1; a *= [2, 3]; a -= b / 2
print(a, b is a)
#%% in place on integers
import numpy as np
a = np.array([1, 2])
a += 1
print(a)
try:
    a += 0.5
except TypeError as e:
    print('refused')
#%% aliasing hazard
import numpy as np
probs = np.array([[0.2, 0.8], [0.6, 0.4]])
d = probs
d[np.arange(2), [0, 1]] -= 1
print(probs)
#%% reductions
import numpy as np
a = np.array([[1.0, 2.0], [3.0, 4.0]])
print(a.sum(), a.sum(axis=0), a.mean(axis=1), a.max(), a.min(axis=0), np.prod(a), a.std(), np.var(a, axis=0), a.sum(axis=1, keepdims=True))
#%% integer reductions
import numpy as np
a = np.array([[1, 2], [3, 4]])
print(a.sum(), a.mean(), a.max(axis=1), a.argmax(), a.argmin(axis=0), np.cumsum(a), a.any(), a.all())
#%% products
import numpy as np
a = np.array([[1, 2], [3, 4]]); v = np.array([1, 1])
print(a @ a, a.dot(v), np.dot(v, v), np.outer(v, [1, 2]), np.matmul(a, v), np.inner(v, v))
#%% matmul error
import numpy as np
try:
    np.ones((2, 3)) @ np.ones((2, 3))
except ValueError as e:
    print('error')
#%% elementwise functions
import numpy as np
print(np.abs(np.array([-1, 2])), np.maximum([1, 5], 3), np.minimum(np.array([1.5, 2.5]), 2), np.sqrt(np.array([4.0, 9.0])), np.square([1, 2]), np.sign([-2.0, 0.0]))
#%% special values
import numpy as np
print(np.log(np.array([1.0, np.e])), np.exp(0), np.isnan([1.0, np.nan]), np.inf)
#%% where and clip
import numpy as np
a = np.array([-1.0, 0.5, 2.0])
print(np.where(a > 0, a, 0), np.clip(a, 0, 1), np.where(a > 0)[0])
#%% comparisons
import numpy as np
a = np.array([1, 2, 3])
print(a == 2, a > 1, (a > 1) & (a < 3), ~(a > 1), np.all(a > 0), np.any(a > 5), (a == [1, 0, 3]).sum())
#%% joining
import numpy as np
print(np.concatenate([[1, 2], [3]]), np.vstack([[1, 2], [3, 4]]), np.hstack([[1], [2, 3]]), np.stack([[1, 2], [3, 4]], axis=1), np.append([1], [2, 3]))
#%% axes
import numpy as np
a = np.arange(3)
print(a[:, None], a[np.newaxis, :].shape, np.expand_dims(a, 0).shape, np.squeeze(np.ones((1, 3, 1))).shape, np.transpose(np.ones((2, 3, 4)), (2, 0, 1)).shape, np.swapaxes(np.ones((2, 3)), 0, 1).shape)
#%% sorting
import numpy as np
a = np.array([3, 1, 2])
print(np.sort(a), np.argsort(a), a, np.unique([2, 1, 2]), a.argmax())
a.sort()
print(a)
#%% repeat tile flip roll
import numpy as np
print(np.repeat([1, 2], 2), np.tile([1, 2], 2), np.flip([1, 2, 3]), np.roll([1, 2, 3], 1), np.pad([1, 2], 1))
#%% iteration and unpacking
import numpy as np
a = np.array([[1, 2], [3, 4]])
for row in a:
    print(row, row.sum())
(x, y), z = a
print(x + y, z, list(a[0]), a.tolist())
#%% types of elements
import numpy as np
a = np.array([1.5, 2.5])
print(a[0] * 2, float(a[0]), a[1].item() if hasattr(a[1], 'item') else a[1], isinstance(a[0], float), a.astype(int), np.float64(3) / 2)
#%% linear algebra
import numpy as np
a = np.array([[2.0, 0.0], [0.0, 4.0]])
print(np.linalg.inv(a), round(np.linalg.det(a), 9), np.linalg.solve(a, [2.0, 4.0]), np.linalg.norm([3.0, 4.0]), np.trace(a), np.diag(a), np.linalg.norm(a))
#%% seeded random legacy
import numpy as np
np.random.seed(0)
print(np.random.randn(3), np.random.rand(2), np.random.randint(0, 10, 5), np.random.normal(1, 2, 2), np.random.uniform(-1, 1, 2))
#%% seeded random choices
import numpy as np
np.random.seed(1)
print(np.random.choice(5, 3), np.random.permutation(4), np.random.choice([10, 20, 30], 2, replace=False))
a = np.arange(5); np.random.shuffle(a); print(a)
#%% default rng
import numpy as np
r = np.random.default_rng(42)
print(r.random(3), r.normal(size=2), r.integers(0, 10, 3))
#%% random state
import numpy as np
r = np.random.RandomState(3)
print(r.randn(2), r.uniform(size=2))
#%% printing
import numpy as np
print(np.array([1.0, 0.001, 1000.0]), np.array([1e10, 1.0]), repr(np.array([1, 2])), repr(np.array([[1.5]])), np.array([]), np.array([[1, -2], [30, 4]]))
#%% truth of arrays
import numpy as np
try:
    bool(np.array([1, 2]))
except ValueError as e:
    print(e)
print(bool(np.array([1])), bool(np.array([0.0])))
#%% index errors
import numpy as np
a = np.zeros((2, 2))
for f in (lambda: a[5], lambda: a[0, 0, 0], lambda: a['x']):
    try:
        f()
    except Exception as e:
        print(type(e).__name__)
#%% nditer gradient
import numpy as np
def numerical_gradient(f, x):
    h = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        idx = it.multi_index
        t = x[idx]
        x[idx] = t + h
        a = f(x)
        x[idx] = t - h
        b = f(x)
        grad[idx] = (a - b) / (2 * h)
        x[idx] = t
        it.iternext()
    return grad
print(np.round(numerical_gradient(lambda w: np.sum(w ** 2), np.array([[1.0, 2.0], [3.0, 4.0]])), 6))
#%% meshgrid and einsum
import numpy as np
x, y = np.meshgrid([1, 2], [3, 4, 5])
print(x, y.shape, np.einsum('ij,jk->ik', np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]])), np.tensordot(np.ones((2, 3)), np.ones((3, 2)), axes=1))
#%% softmax batch
import numpy as np
z = np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]])
e = np.exp(z - z.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
print(np.round(p, 6), p.sum(axis=1), p.argmax(axis=1))
#%% float32
import numpy as np
a = np.array([0.1, 0.2], dtype=np.float32)
print(a, a.dtype, (a + a).dtype, a.sum(), (a * 2).dtype, a.astype(np.float64)[0])
#%% accuracy idiom
import numpy as np
y = np.array([[0.1, 0.9], [0.8, 0.2]]); t = np.array([1, 1])
print(np.sum(np.argmax(y, axis=1) == t) / float(y.shape[0]), np.mean(np.argmax(y, axis=1) == t))
