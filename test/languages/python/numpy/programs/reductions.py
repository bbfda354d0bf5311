#%% axes
import numpy as np
a = np.arange(6.0).reshape(2, 3)
print(a.sum(), a.sum(axis=0), a.sum(1), a.mean(), a.mean(axis=1, keepdims=True), a.max(0), a.min(axis=-1))
print(a.prod(), np.prod(a + 1, axis=0), np.cumsum(a), np.cumsum(a, axis=1))
#%% spread
import numpy as np
a = np.array([[1.0, 2.0, 4.0], [3.0, 9.0, 27.0]])
print(a.var(), a.std(), a.var(axis=0), a.std(axis=1, ddof=1), np.median(a))
#%% weighted average
import numpy as np
print(np.average([1.0, 2.0], weights=[3.0, 1.0]))
#%% reductions of a boolean array
import numpy as np
m = np.array([[True, False], [True, True]])
print(m.sum(), m.mean(), m.sum(axis=0), m.all(axis=1), m.any(), np.count_nonzero(m))
#%% extrema away from ties [x]
import numpy as np
x = np.array([[1.0, 5.0], [3.0, 2.0]])
loss = np.sum(x.max(axis=0) ** 2) + x.min() ** 3 + np.sum(np.mean(x, axis=1) ** 2)
print(loss)
#%% negative axes
import numpy as np
a = np.arange(24.0).reshape(2, 3, 4)
print(a.sum(axis=-1), a.mean(axis=(0, 2)), a.max(axis=-2).shape, np.sum(a, axis=(1, 2), keepdims=True).shape)
#%% an axis that is not there
import numpy as np
print(np.sum(np.ones((2, 2)), axis=2))
#%% integers
import numpy as np
a = np.array([[1, 2], [3, 4]])
print(a.sum(), a.mean(), np.sum([True, True]), a.max(), np.max([1, 2.5]))
print(np.sum(a, axis=(0, 1)), a.sum(keepdims=True))
#%% batch normalisation [X, gamma]
import numpy as np
X = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.7]])
gamma = np.array([1.5, 0.5])
mu = X.mean(axis=0)
var = X.var(axis=0)
xhat = (X - mu) / np.sqrt(var + 1e-5)
out = gamma * xhat
loss = np.sum(out ** 3 * np.array([[1.0, 2.0], [-1.0, 0.5], [0.3, 0.2]]))
print(out)
#%% log-sum-exp [x]
import numpy as np
x = np.array([[0.1, 2.0, -1.0], [0.5, 0.4, 0.3]])
m = x.max(axis=1, keepdims=True)
lse = m[:, 0] + np.log(np.exp(x - m).sum(axis=1))
loss = lse.mean() + x.std() + np.cumsum(x).sum() * 0.1 + x.min()
print(lse)
print(loss)
#%% product [x]
import numpy as np
x = np.array([[1.0, 2.0, 3.0], [0.0, 5.0, 6.0]])
loss = x.prod(axis=1).sum() + x.prod(axis=0).sum() + np.sum(np.exp(x * 0.1))
print(loss)
#%% empty and nan
import numpy as np
print(np.sum([]), np.array([np.nan, 1.0]).sum(), np.isnan(np.array([np.nan, 1.0])), np.array([1.0, np.inf]).max())
#%% maximum of an empty array
import numpy as np
print(np.max(np.zeros(0)))
#%% type of a sum
import numpy as np
print(np.array([1, 2]).sum().dtype)
