/** Arrays in full: more elements than travel with a step, on demand. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { open } from '../support/service';

const LENGTH = 5_000;
const TEXT = [
  'import numpy as np',
  '',
  'def energy(x, a):',
  '    return a * np.sum(x ** 2)',
  '',
  `energy(np.arange(${LENGTH}.0), 0.5)`,
  '',
].join('\n');

describe('an array in full', () => {
  async function trace() {
    const { service, uri } = await open(TEXT, 'python');
    const answer = await service.openTrace({ uri, traceable: 'energy' });
    assert.ok(answer.state === 'data');
    const [x, a] = answer.trace.inputs;
    assert.ok(x && a && typeof x.value === 'object');
    return { service, lease: answer.trace.lease, x, a, value: x.value };
  }

  it('has every element of the value and of each sweep', async () => {
    const { service, lease, x, value } = await trace();
    assert.equal(value.elements, undefined);
    const expected = {
      primal: (i: number) => i,
      // ∂/∂x of ½ Σ x² is x; the tangent moves every element by 1.
      adjoint: (i: number) => i,
      tangent: () => 1,
    };
    for (const family of ['primal', 'adjoint', 'tangent'] as const) {
      const array = await service.array(lease, x.row, family);
      assert.deepEqual(
        array?.elements,
        Array.from({ length: LENGTH }, (_, i) => expected[family](i)),
      );
      assert.deepEqual(array?.shape, [LENGTH]);
    }
  });

  it('is not there of a number, of no row, and of a lease that is lost', async () => {
    const { service, lease, x, a } = await trace();
    for (const row of [a.row, -1, 1e6, 0.5]) assert.equal(await service.array(lease, row, 'primal'), null);
    await service.closeTrace(lease);
    assert.equal(await service.array(lease, x.row, 'primal'), null);
  });
});
