#%% seeded legacy
import numpy as np
np.random.seed(0)
print(np.random.rand(2, 2))
print(np.random.randn(3))
print(np.random.randint(0, 10, 5), np.random.permutation(5))
#%% RandomState
import numpy as np
rng = np.random.RandomState(42)
print(rng.uniform(-1, 1, size=3), rng.normal(0, 2, (2,)), rng.choice(5, 3))
a = np.arange(5)
rng.shuffle(a)
print(a)
#%% default_rng
import numpy as np
rng = np.random.default_rng(1)
print(rng.random(3), rng.integers(0, 10, 4), rng.normal(size=2))
#%% network with seeded weights [X]
import numpy as np
np.random.seed(1)
X = np.array([[0.1, 0.2, 0.3], [-0.4, 0.5, 0.6]])
W1 = np.random.randn(3, 4) * 0.5
W2 = np.random.randn(4, 1)
h = np.maximum(0, X @ W1)
loss = np.mean((h @ W2 - 1.0) ** 2)
print(round(loss, 10))
