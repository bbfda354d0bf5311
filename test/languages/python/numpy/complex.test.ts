import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PyUnknown } from '../../../../src/languages/python/values/object';
import { evaluate } from '../evaluate';

describe('complex numbers are unknown, and what does not need them is not', () => {
  for (const expression of [
    '1 + 2j',
    'np.array([1 + 2j])',
    'np.exp(1j * np.pi)',
    'np.zeros(3, dtype=complex)',
    'np.ones(2).astype(np.complex128)',
    'complex(1, 2)',
    '(-1) ** 0.5',
  ])
    it(expression, () => {
      const { scope } = evaluate(`import numpy as np\nx = ${expression}\ny = x * 2\nz = np.sqrt(4.0)\n`);
      for (const name of ['x', 'y']) {
        const value = scope.get(name);
        assert.ok(value instanceof PyUnknown, name);
        assert.match(value.unknown.reason, /complex/);
      }
      assert.equal(String((scope.get('z') as unknown as { v: number }).v), '2');
    });
});
