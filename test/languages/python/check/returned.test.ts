/** Gradients that are handed on from another function of the document. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkPairs } from './support/checkPairs';

const LINEAR = `import numpy as np

def linear_forward(x, w):
    return x * w, (x, w)

def linear_backward(dout, cache):
    x, w = cache
    dx = dout * w
    dw = dout * x
    return dx, dw
`;

function verdictOf(text: string, name: string) {
  const found = checkPairs(text).find(({ pair }) => pair.name === name);
  assert.ok(found, name);
  const { verdict, message, gradients } = found.check;
  return { verdict, message, names: gradients.map((g) => g.name) };
}

describe('what a derivative returns through a call', () => {
  it('is several gradients, though all have one shape', () => {
    const scaled = (backward: string) => `${LINEAR}
def scaled_forward(x, w):
    out, cache = linear_forward(x, w)
    return 3 * out, cache

def scaled_backward(dout, cache):
    ${backward}
`;
    const right = verdictOf(scaled('return linear_backward(3 * dout, cache)'), 'scaled_backward');
    assert.deepEqual([right.verdict, right.names], ['pass', ['x', 'w']], right.message);
    const wrong = verdictOf(scaled('return linear_backward(2 * dout, cache)'), 'scaled_backward');
    assert.deepEqual([wrong.verdict, wrong.names], ['fail', ['x', 'w']], wrong.message);
  });

  it('of a layer that keeps its weights, by the names that the function gives them', () => {
    const layer = (factor: string) => `${LINEAR}
class Scale:
    def __init__(self):
        self.w = np.array([0.5, -1.5, 0.25])

    def forward(self, x):
        out, self.cache = linear_forward(x, self.w)
        return out

    def helper(self, dout):
        return linear_backward(${factor}dout, self.cache)

    def backward(self, dout):
        return self.helper(dout)

scale = Scale()
print(scale.forward(np.array([0.3, 0.2, -0.9])))
`;
    const right = verdictOf(layer(''), 'Scale.backward');
    assert.deepEqual([right.verdict, right.names], ['pass', ['x', 'self.w']], right.message);
    assert.equal(verdictOf(layer('2 * '), 'Scale.backward').verdict, 'fail');
  });
});
