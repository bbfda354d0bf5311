#%% dot
import numpy as np
a = np.array([[1.0, 2.0], [3.0, 4.0]])
v = np.array([1.0, -1.0])
print(a.dot(v), v @ a, a @ a, v.dot(v), np.outer(v, v), np.inner(v, v), np.trace(a))
print(np.dot(3, v), np.matmul(a, a.T))
#%% solve, inverse, determinant
import numpy as np
a = np.array([[4.0, 1.0], [2.0, 3.0]])
print(np.linalg.solve(a, np.array([1.0, 2.0])))
print(np.linalg.inv(a))
print(round(np.linalg.det(a), 10))
print(np.linalg.norm(a), np.linalg.norm(np.array([3.0, 4.0])))
#%% quadratic form [A, b]
import numpy as np
A = np.array([[3.0, 0.5], [0.2, 2.0]])
b = np.array([1.0, -2.0])
x = np.linalg.solve(A, b)
loss = x @ x + np.log(np.linalg.det(A)) + np.linalg.norm(A)
print(loss)
#%% inverse [A]
import numpy as np
A = np.array([[3.0, 0.5], [0.2, 2.0]])
loss = np.sum(np.linalg.inv(A) * np.array([[1.0, 2.0], [3.0, 4.0]])) + np.trace(A @ A)
print(loss)
#%% batched matmul [A]
import numpy as np
A = np.array([[[1.0, 2.0], [3.0, 4.0]], [[0.5, -1.0], [2.0, 0.1]]])
B = np.array([[1.0, -1.0], [0.5, 2.0]])
C = A @ B
loss = np.sum(C * C * 0.5)
print(C)
print(loss)
#%% cholesky
import numpy as np
S = np.array([[4.0, 2.0], [2.0, 3.0]])
L = np.linalg.cholesky(S)
print(L)
print(np.allclose(L @ L.T, S))
#%% einsum
import numpy as np
a = np.arange(6.0).reshape(2, 3)
b = np.arange(12.0).reshape(3, 4)
print(np.einsum('ij,jk->ik', a, b))
print(np.einsum('ij->', a), np.einsum('ij->ji', a), np.einsum('ij,ij->i', a, a), np.einsum('ii', np.eye(3)))
print(np.einsum('bij,bjk->bik', np.ones((2, 1, 3)), np.ones((2, 3, 1))).shape)
#%% einsum attention [Q, K]
import numpy as np
Q = np.array([[0.1, 0.2], [0.3, -0.4]])
K = np.array([[1.0, 0.5], [-0.5, 0.2], [0.3, 0.9]])
s = np.einsum('qd,kd->qk', Q, K)
w = np.exp(s) / np.exp(s).sum(-1, keepdims=True)
o = np.einsum('qk,kd->qd', w, K)
loss = np.einsum('qd,qd->', o, o)
print(loss)
#%% tensordot
import numpy as np
a = np.arange(24.0).reshape(2, 3, 4)
b = np.arange(12.0).reshape(3, 4)
print(np.tensordot(a, b, axes=2), np.tensordot(a, b, axes=([2], [1])).shape)
