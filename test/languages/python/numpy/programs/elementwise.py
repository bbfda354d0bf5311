#%% functions
import numpy as np
x = np.array([0.5, 1.0, 2.0])
print(np.exp(x), np.log(x), np.sqrt(x), np.sin(x), np.cos(x), np.tanh(x))
print(np.abs(-x), np.sign(-x), np.square(x), np.floor(x), np.ceil(x), np.round(x * 1.234, 1), np.clip(x, 0.6, 1.5))
print(np.log1p(x), np.expm1(x), np.power(x, 3), np.maximum(x, 1), np.minimum(x, 1), np.log2(x), np.log10(x))
#%% smooth functions [x]
import numpy as np
x = np.array([0.5, 1.3, 2.2])
y = np.exp(-x) + np.log(x) * np.sqrt(x) + np.sin(x) / np.cosh(x) + np.arctan(x) + np.log1p(x) + np.expm1(x * 0.1)
y = y + x ** 2.5 + 2 ** x + np.power(x, x) + np.logaddexp(x, 1.0) + np.sinh(x) + np.hypot(x, 2.0) + np.arctan2(x, 3.0)
loss = np.sum(y)
print(loss)
#%% kinks away from the kink [x]
import numpy as np
x = np.array([-1.5, -0.2, 0.3, 2.0])
loss = np.sum(np.abs(x) * 2 + np.maximum(0, x) ** 2 + np.clip(x, -1, 1) * 3 + np.minimum(x, 0.5) * x + np.sign(x) * x)
print(loss)
#%% scalar and array mixed [x, s]
import numpy as np
x = np.array([0.5, 1.5])
s = 0.7
z = s * x + s ** 2 / x - np.exp(s) * x[0]
loss = z.sum() * s + float(len(x))
print(loss)
#%% vectors from scalars [a, b]
import numpy as np
a = 0.3
b = 1.2
v = np.array([a, b, a * b])
M = np.array([[a, 1.0], [0.0, b]])
loss = v @ v + np.sum(M @ M) + np.prod(v)
print(loss)
#%% integer division and remainder
import numpy as np
a = np.array([-7, 7])
print(a // 2, a % 3, a / 2, a ** 2, np.mod(a, 3), np.array([5]) % -3)
print(np.array([1, 2]) ** 2.0, np.array([1.5]) // 0.4)
#%% division by zero
import numpy as np
print(np.array([1.0, -1.0, 0.0]) / 0, np.log(np.array([0.0, 1.0])))
