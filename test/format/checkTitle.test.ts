import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkTitle } from '../../src/format';

describe('titles of checks', () => {
  for (const [name, title] of [
    ['Dense.__call__', 'Dense.__call__'],
    ['layer_10', 'layer_10'],
    ['conv_forward_naive', 'conv_forward_naive'],
    ['w_2 ←', 'w₂ ←'],
    ['x_1', 'x₁'],
    ['\\hat{y}', 'y\u0302'.normalize()],
  ] as const)
    it(name, () => assert.equal(checkTitle({ kind: 'gradient', id: name, name }).normalize(), title));

  it('equations by what they say, shortened', () => {
    assert.equal(checkTitle({ kind: 'claim', id: '\\frac{a}{b} = 2#2', name: '' }), 'a/b = 2');
    assert.equal(checkTitle({ kind: 'claim', id: 'x'.repeat(90), name: '' }).length, 72);
  });
});
