import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { open } from '../../support/service';

async function gradient(text: string) {
  const { service, uri } = await open(text);
  const [script] = (await service.list(uri)).filter(({ kind }) => kind === 'script');
  assert.ok(script);
  const [trace] = await service.exportTraces({ uri, traceable: script.id });
  return [trace?.output?.name, trace?.gradient];
}

const MODEL = `import numpy as np

class Model:
    def __init__(self, size):
        self.size = size
        self.params = {'w': np.array([1.0, 2.0]), 'b': 0.5}

    def loss(self, x):
        return np.sum(np.tanh(self.params['w'] * x[:self.size]) ** 2) + self.params['b'] ** 2
`;

describe('leaves of a script', () => {
  it('are the numbers in the fields of an object of its own classes', async () => {
    const [name, found] = await gradient(
      `${MODEL}\nmodel = Model(2)\nx = np.array([0.0, 0.0])\nloss = model.loss(x)\n`,
    );
    assert.equal(name, 'loss');
    assert.deepEqual(found, { "model.params['w']": [0, 0], "model.params['b']": 1, x: [0, 0] });
  });

  it('an object holds what an input reaches without becoming a leaf of its own', async () => {
    const text = `import numpy as np

class Scaled:
    def __init__(self, w):
        self.w = 3 * w

w = np.array([1.0, 2.0])
scaled = Scaled(w)
loss = np.sum(scaled.w ** 2)
`;
    assert.deepEqual(await gradient(text), ['loss', { w: [18, 36] }]);
  });

  it('are the numbers in a class that differentiates by itself', async () => {
    const text = `import math

class Number:
    def __init__(self, value):
        self.value = value
    def __mul__(self, other):
        return Number(self.value * other.value)
    def exp(self):
        return Number(math.exp(self.value))

a = Number(0.0)
b = Number(2.0)
result = (a * b).exp()
`;
    assert.deepEqual(await gradient(text), ['result.value', { 'a.value': 2, 'b.value': 0 }]);
  });

  const HEAD = 'import numpy as np\nnp.random.seed(0)\n';
  const names = async (text: string) => Object.keys((await gradient(HEAD + text))[1] as object);

  it('are the arrays that a function of the document makes', async () => {
    const text = `def init(n):
    return {'W': np.random.randn(n, n), 'b': np.zeros(n)}
def pair(n):
    return np.random.randn(n), np.zeros(1)
params = init(2)
v, c = pair(2)
x = np.array([1.0, 2.0])
loss = np.sum(np.tanh(x @ params['W'] + params['b']) * v + c)
`;
    assert.deepEqual(await names(text), ["params['W']", "params['b']", 'v', 'c', 'x']);
  });

  it('are the numbers in lists of objects, and in objects that a function makes', async () => {
    const text = `class Dense:
    def __init__(self, n, m):
        self.W, self.b = np.random.randn(n, m), np.zeros(m)
    def __call__(self, x):
        return np.tanh(x @ self.W + self.b)
class Net:
    def __init__(self, *layers):
        self.layers = layers
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
def make():
    return Dense(2, 2)
first = make()
layers = [Dense(2, 2) for _ in range(2)]
net = Net(Dense(2, 1))
h = first(np.array([[1.0, 2.0]]))
for layer in layers:
    h = layer(h)
loss = np.sum(net(h))
`;
    assert.deepEqual(await names(text), [
      'first.W',
      'first.b',
      'layers[0].W',
      'layers[0].b',
      'layers[1].W',
      'layers[1].b',
      'net.layers[0].W',
      'net.layers[0].b',
    ]);
  });

  it('are not what a function makes of inputs', async () => {
    const text = `def scaled(x):
    return 2 * x
x = np.array([1.0, 2.0])
y = scaled(x)
loss = np.sum(y ** 2)
`;
    assert.deepEqual(await gradient(HEAD + text), ['loss', { x: [8, 16] }]);
  });

  it('are weights in a size and scaled by it, which is no input then', async () => {
    const text = `n, m = 2, 3
W = np.random.randn(n, m) * np.sqrt(2 / n)
x = np.array([[1.0, 2.0]])
loss = np.sum(np.tanh(x @ W))
`;
    assert.deepEqual(await names(text), ['W', 'x']);
  });

  it('are not draws that an input scales', async () => {
    const text = `mu, sigma = np.array([0.1, 0.2]), 0.5
z = mu + sigma * np.random.randn(2)
w = sigma * np.random.randn(2)
loss = np.sum(z ** 2) + np.sum(w ** 2)
`;
    assert.deepEqual(await names(text), ['mu', 'sigma']);
  });
});
