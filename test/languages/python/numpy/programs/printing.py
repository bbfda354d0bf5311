#%% widths and precision
import numpy as np
print(np.array([1.0, 10.5, 100.25]), np.array([1e-10, 1.0]), np.array([1e10, 1.0]), np.array([0.1, 1/3]))
print(np.array([1, -10, 100]), np.array([True, False]), np.array([np.nan, np.inf, -np.inf]))
#%% nested
import numpy as np
print(np.zeros((2, 1, 2)))
print(repr(np.array([1.0, 2.0])), repr(np.array([[1, 2], [3, 4]])))
print(np.array(3.5), repr(np.array(3.5)), np.float64(2.0), [np.float64(1.5)])
#%% long lines and summaries
import numpy as np
print(np.arange(30))
print(np.arange(2000))
print(np.linspace(0, 1, 15))
#%% formatting
import numpy as np
a = np.array([1.23456789, 2.0])
print(f"{a[0]:.3f} {a.sum():8.2f} {a.shape} {a}")
print("%.4f" % a.mean(), str(a), "{}".format(a.ndim), a.tolist())
#%% attributes
import numpy as np
a = np.arange(6).reshape(2, 3)
print(a.shape, a.ndim, a.size, len(a), a.T.shape, a.dtype, a.item(3), type(a).__name__)
