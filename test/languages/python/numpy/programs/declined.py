#%% out of an elementwise function
import numpy as np
x = np.array([1.0, 4.0])
y = np.zeros(2)
np.sqrt(x, out=y)
print(y)
#%% out of an operator
import numpy as np
x = np.array([1.0, 4.0])
np.multiply(x, 2.0, out=x)
print(x)
#%% out of a product
import numpy as np
a = np.array([[1.0, 2.0], [3.0, 4.0]])
y = np.zeros((2, 2))
np.dot(a, a, out=y)
print(y)
#%% column-major reshape
import numpy as np
a = np.arange(6)
print(a.reshape(2, 3, order='F'))
#%% column-major reshape by a function
import numpy as np
a = np.arange(6)
print(np.reshape(a, (2, 3), order='F'))
#%% column-major flatten
import numpy as np
a = np.arange(6).reshape(2, 3)
print(a.flatten('F'))
#%% sum of some elements
import numpy as np
a = np.arange(4.0)
print(np.sum(a, where=a > 1))
#%% sort along an axis
import numpy as np
a = np.array([[3, 1], [2, 5]])
a.sort(axis=0)
print(a)
#%% view as another type
import numpy as np
a = np.array([1.0])
print(a.view(np.int64))
#%% sum in another type
import numpy as np
a = np.array([1, 2])
print(np.sum(a, dtype=float), a.mean(dtype=np.float64))
