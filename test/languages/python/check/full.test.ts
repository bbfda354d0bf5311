import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CheckCancelled } from '../../../../src/autodiff/gradientCheck';
import { DEFAULT_BUDGET, type PairCheck, type PairRequest } from '../../../../src/languages/frontEnd';
import { analyse } from '../../../../src/languages/python/analysis';
import { pythonPairs } from '../../../../src/languages/python/check/pairs';
import { NO_WORKSPACE } from '../evaluate';

const LAYER = (factor: string) => `import numpy as np

class Dense:
    def __init__(self):
        self.W = np.array([[0.3, -0.2, 0.5], [0.1, 0.7, -0.4]])
        self.b = np.array([0.1, -0.3, 0.2])

    def forward(self, x):
        self.x = x
        return np.tanh(x @ self.W + self.b)

    def backward(self, dout):
        d = dout * (1 - np.tanh(self.x @ self.W + self.b) ** 2)
        self.dW = ${factor}self.x.T @ d
        self.db = d.sum(axis=0)
        return d @ self.W.T
`;

function check(text: string, request: PairRequest): PairCheck {
  const analysis = analyse({ uri: 'file:///full.py', languageId: 'python', version: 1, text });
  const [pair] = pythonPairs.find(analysis);
  assert.ok(pair);
  const found = pythonPairs.check(analysis, pair, request, DEFAULT_BUDGET, NO_WORKSPACE);
  assert.equal(found.kind, 'checked');
  return found as PairCheck;
}

describe('a check in full of a derivative by hand', () => {
  it('compares the sweep that it is judged by with differences by each element', () => {
    const seen: (readonly [number, number])[] = [];
    const progress = (done: number, all: number) => {
      seen.push([done, all]);
      return true;
    };
    const fast = check(LAYER(''), {});
    const full = check(LAYER(''), { full: true, progress });
    const elements = Object.values(full.point).reduce<number>((n, v) => n + [v].flat(3).length, 0);
    assert.equal(full.verdict, 'pass');
    assert.deepEqual(
      seen,
      Array.from({ length: elements }, (_, i) => [i, elements]),
    );
    assert.deepEqual(full.notes, [
      `the sweep that it is judged by agrees with differences by each of ${elements} numbers`,
    ]);
    assert.deepEqual({ ...full, notes: [] }, fast);
  });

  it('leaves a failure a failure, and adds what speaks for the sweep', () => {
    const full = check(LAYER('2 * '), { full: true });
    assert.equal(full.verdict, 'fail');
    assert.match(full.notes.join(), /agrees with differences/);
    assert.equal(full.cause?.code, check(LAYER('2 * '), {}).cause?.code);
  });

  it('is ended by whoever is told how far it is', () => {
    assert.throws(() => check(LAYER(''), { full: true, progress: (done) => done < 3 }), CheckCancelled);
  });
});
