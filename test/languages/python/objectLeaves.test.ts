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
});
