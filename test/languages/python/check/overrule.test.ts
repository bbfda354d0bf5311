/** What a right gradient from the loss to the parameters says of the parts that it is made of. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PairCheck } from '../../../../src/languages/frontEnd';
import { checkPairs } from './support/checkPairs';

function checked(text: string): Record<string, PairCheck> {
  return Object.fromEntries(checkPairs(`import numpy as np\n${text}`).map(({ pair, check }) => [pair.name, check]));
}

/** A layer and a training loop around it; the loss leaves the division by the number of examples to the layer. */
const averaging = (layer: string, loss: string) => `
def linear_forward(x, w):
    return x @ w, (x, w)

def linear_backward(dout, cache):
    x, w = cache
    dw = ${layer}
    dx = dout @ w.T
    return dx, dw

x = np.array([[0.4, -1.0], [0.3, 0.8], [-0.6, 0.2]])
y = np.array([[0.1], [-0.4], [0.7]])
w = np.array([[0.5], [-0.3]])
rate = 0.1
for turn in range(5):
    z, cache = linear_forward(x, w)
    loss = ${loss}
    dz = z - y
    dx, dw = linear_backward(dz, cache)
    w -= rate * dw
`;

describe('a check from the loss overrules its parts', () => {
  it('a layer that divides by the number of examples passes beside a loss that leaves it to it, with a note', () => {
    const { linear_backward: part, dw: whole } = checked(
      averaging('x.T @ dout / x.shape[0]', '0.5 * np.mean((z - y) ** 2)'),
    );
    assert.equal(whole?.verdict, 'pass');
    assert.equal(part?.verdict, 'pass');
    assert.equal(part.strength, 'numerical');
    assert.match(part.message, /^right from the loss to the parameters: `dw` gives the derivative of `loss`/);
    assert.match(part.notes.join(), /by itself .*; the loss makes up for it$/);
    assert.deepEqual([part.fixes, part.related], [[], []]);
    for (const g of part.gradients) assert.equal(g.verdict, 'pass');
  });

  it('and fails beside a loss that does not make up for it', () => {
    const { linear_backward: part, dw: whole } = checked(
      averaging('x.T @ dout / x.shape[0]', '0.5 * np.sum((z - y) ** 2)'),
    );
    assert.equal(whole?.verdict, 'fail');
    assert.equal(part?.verdict, 'fail');
    assert.equal(part.gradients.find((g) => g.name === 'w')?.verdict, 'fail');
  });

  /** A layer whose right answers all lie above 1, in a loop that keeps them there. */
  const above = (backward: string) => `
class Bump:
    def forward(self, x):
        self.x = x
        return np.sum(np.where(x > 0.9, x ** 2, x))

    def backward(self, dout):
${backward}

bump = Bump()
w = np.array([0.7, 1.2])
rate = 0.05
for turn in range(4):
    loss = bump.forward(np.exp(w))
    da = bump.backward(1.0)
    dw = da * np.exp(w)
    w -= rate * dw
`;

  it('a part that seems wrong by itself is unknown, not failed, where the whole through it is right', () => {
    const { 'Bump.backward': part, dw: whole } = checked(
      above('        return dout * np.where(self.x > 0.9, 2 * self.x, 3)'),
    );
    assert.equal(whole?.verdict, 'pass');
    assert.equal(part?.verdict, 'unknown');
    assert.equal(part.code, 'part-of-a-whole');
    assert.match(
      part.message,
      /^by itself it seems wrong \(.*\), but what it is a part of is right: `dw` gives the derivative of `loss`$/,
    );
    assert.deepEqual(part.fixes, []);
  });

  it('a slip in a branch that the whole never takes stays a failure, and says so', () => {
    const { 'Bump.backward': part, dw: whole } = checked(
      above(
        '        if np.min(self.x) > 0.9:\n            return 2 * dout * self.x\n        return dout * np.where(self.x > 0.9, 2 * self.x, 3)',
      ),
    );
    assert.equal(whole?.verdict, 'pass');
    assert.equal(part?.verdict, 'fail');
    assert.match(part.notes.join(), /^`dw` is right, and never takes the branch where this is wrong/);
  });

  it('names the line of such a branch, and lets it be where the whole takes it', () => {
    const branch = (bound: string) =>
      above(
        `        if np.max(self.x) < ${bound}:\n            return dout * np.where(self.x > 0.9, 2 * self.x, 3)\n        return 2 * dout * self.x`,
      );
    const { 'Bump.backward': outside } = checked(branch('0.9'));
    assert.equal(outside?.verdict, 'fail');
    assert.match(outside.notes.join(), /where this is wrong \(line 10\)$/);
    const { 'Bump.backward': inside } = checked(branch('100'));
    assert.equal(inside?.verdict, 'unknown');
  });
});
