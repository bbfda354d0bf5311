#%% zeros, ones, full
import numpy as np
print(np.zeros(3), np.ones((2, 2)), np.full((2,), 7), np.full(2, 0.5))
print(np.zeros((2, 0)).shape, np.zeros_like([1, 2]), np.ones_like(np.array([1.5])))
#%% arange and linspace
import numpy as np
print(np.arange(5), np.arange(1, 10, 3), np.arange(0, 1, 0.25), np.arange(3.0))
print(np.linspace(0, 1, 5), np.linspace(-1, 1, 3))
print(np.arange(10, 0, -4))
#%% eye, identity, diag
import numpy as np
print(np.eye(3))
print(np.identity(2))
print(np.diag([1, 2]))
print(np.diag(np.arange(9).reshape(3, 3)))
#%% dtypes
import numpy as np
print(np.array([1, 2]).dtype, np.array([1, 2.0]).dtype, np.array([True]).dtype, np.array([1.0], dtype=np.float32).dtype)
print((np.array([1, 2]) / 2).dtype, (np.array([1, 2]) // 2).dtype, (np.array([True]) + 1).dtype)
print((np.ones(2, dtype=np.float32) * 2.0).dtype, (np.ones(2, np.float32) + np.ones(2)).dtype)
#%% float32 is rounded
import numpy as np
a = np.array([0.1, 0.2], dtype=np.float32)
print(a, a + a, a.sum())
print(a.astype(np.float64))
print(np.float32(0.1) + np.float32(0.2))
#%% meshgrid
import numpy as np
X, Y = np.meshgrid(np.arange(3), np.array([10, 20]))
print(X)
print(Y)
#%% astype
import numpy as np
print(np.array([1.7, -1.7]).astype(int), np.array([0.0, 2.0]).astype(bool), np.array([1, 0]).astype(float))
print(np.array([250, 10], dtype=np.uint8) + np.array([10, 10], dtype=np.uint8))
