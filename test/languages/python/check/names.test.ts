import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { forwardsOf } from '../../../../src/languages/python/check/names';
import { checkPairs } from './support/checkPairs';

const NAMES: readonly (readonly [string, string])[] = [
  ['forward', 'backward'],
  ['forward_prop', 'back_prop'],
  ['forwardprop', 'backprop'],
  ['feedforward', 'backprop'],
  ['forward_propagation', 'backpropagation'],
  ['fwd', 'bwd'],
  ['conv_forward_naive', 'conv_backward_naive'],
  ['L_model_forward', 'L_model_backward'],
  ['propagate_forward', 'propagate_backward'],
  ['linear', 'linear_backward'],
];

/** A pass and its derivative under two names. */
const source = (forward: string, backward: string) => `
def ${forward}(x, w):
    return x * w, (x, w)

def ${backward}(dout, cache):
    x, w = cache
    return dout * w, dout * x
`;

/** The backward pass of a network with its loss: what flows in is not said. */
const THROUGH_A_LOSS = `
import numpy as np

def forward(x, w):
    h = x @ w
    return 1 / (1 + np.exp(-h)), h

def backward(x, h, p, y, w):
    d = p - y
    return x.T @ d / len(x)
`;

describe('names of backward passes', () => {
  for (const [forward, backward] of NAMES)
    it(`${forward} and ${backward}`, () => {
      assert.ok(forwardsOf(backward).includes(forward));
      assert.deepEqual(
        checkPairs(source(forward, backward)).map(({ check }) => check.verdict),
        ['pass'],
      );
    });

  it('say nothing of other functions', () => {
    for (const name of ['feedback', 'background', 'backup', 'backtrack', 'forward'])
      assert.deepEqual(forwardsOf(name), []);
  });

  it('do not make up for a parameter that stands for nothing known', () => {
    const [pair] = checkPairs(THROUGH_A_LOSS);
    assert.equal(pair?.check.verdict, 'unknown');
    assert.equal(pair?.check.code, 'unclear-argument');
    assert.match(pair?.check.message ?? '', /what `y` of `backward` stands for is not clear/);
  });
});

/** Shapes of this are found by trying, and the loss takes what does not fit by repeating it. */
const WITHOUT_CALLS = `
import numpy as np

def forward(x, w1, w2):
    h = np.maximum(0, x @ w1)
    return h, h @ w2

def loss(pred, y):
    return ((pred - y) ** 2).mean()

def backward(x, h, pred, y, w2):
    d = 2 * (pred - y) / y.size
    dw2 = h.T @ d
    dh = d @ w2.T
    dh[h <= 0] = 0
    return x.T @ dh, dw2
`;

describe('a backward pass that begins at a loss', () => {
  it('is not in error for what is raised in shapes that were tried', () => {
    const checks = checkPairs(WITHOUT_CALLS);
    assert.ok(checks.length > 0);
    for (const { check } of checks) assert.notEqual(check.verdict, 'error', check.message);
  });

  it('is right where the program calls it', () => {
    const called = `${WITHOUT_CALLS}
x, y = np.array([[0.5, -1.0], [1.5, 0.3], [0.2, 0.4]]), np.array([[0.2], [0.9], [0.4]])
w1, w2 = np.array([[0.1, 0.2], [-0.3, 0.4]]), np.array([[0.7], [-0.4]])
h, pred = forward(x, w1, w2)
value = loss(pred, y)
dw1, dw2 = backward(x, h, pred, y, w2)
`;
    const checks = checkPairs(called);
    assert.ok(checks.length > 0);
    for (const { check } of checks) assert.equal(check.verdict, 'pass', check.message);
  });
});
