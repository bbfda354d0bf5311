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
