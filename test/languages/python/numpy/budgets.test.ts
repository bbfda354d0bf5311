/** What would take gigabytes or minutes is priced before it is done. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { evaluate } from '../evaluate';

const EXPENSIVE = `
np.kron(np.ones((1000, 1000)), np.ones((1000, 1000)))
np.outer(np.ones(100000), np.ones(100000))
np.add.outer(np.ones(100000), np.ones(100000))
np.einsum('i,j->ij', np.ones(100000), np.ones(100000))
np.einsum('i,j,k->ijk', np.ones(2000), np.ones(2000), np.ones(2000))
np.einsum('ij,jk->ik', np.ones((3000, 3000)), np.ones((3000, 3000)))
np.ones((100000, 1)) @ np.ones((1, 100000))
np.tensordot(np.ones((2000, 2000)), np.ones((2000, 2000)), axes=0)
np.linalg.inv(np.eye(3000))
np.linalg.det(np.eye(3000))
np.linalg.solve(np.eye(2000), np.ones(2000))
np.linalg.svd(np.ones((2000, 2000)))
np.linalg.svd(np.ones((100000, 3)))
np.linalg.qr(np.ones((20000, 3)), 'complete')
np.linalg.eigh(np.eye(2000))
np.linalg.pinv(np.eye(2000))
np.linalg.lstsq(np.eye(2000), np.ones(2000), rcond=None)
np.linalg.matrix_rank(np.eye(2000))
np.linalg.norm(np.eye(2000), 2)
np.linalg.norm(np.eye(2000), 'nuc')
np.linalg.matrix_power(np.ones((700, 700)), 1000)
np.diagflat(np.ones(100000))
np.tile(np.ones(1000), 10**7)
np.repeat(np.ones(3), [10**9, 1, 1])
np.meshgrid(np.ones(50000), np.ones(50000))
np.ones((100000, 1)) + np.ones(100000)
np.where(np.ones((100000, 1)) > 0, np.ones(100000), 0)
np.pad(np.ones(10), 10**9)
np.vander(np.ones(100000), 100000)
np.mgrid[0:30000, 0:30000]
np.random.permutation(10**9)
np.random.choice(10**9, 5, replace=False)
np.random.normal(size=10**9)
np.histogram([1.0, 2.0], bins=10**9)
np.bincount([10**9])
np.cov(np.ones((10000, 2)))
np.array([[1.0] * 10**4] * 10**4)
np.array2string(np.ones((2000, 2000)), threshold=10**9)
sl.toeplitz(np.ones(30000))
sl.expm(np.ones((1500, 1500)))
sl.block_diag(*[np.ones((4000, 4000))] * 5)
`
  .trim()
  .split('\n');

describe('budgets of NumPy and SciPy', function () {
  this.timeout(20_000);

  for (const snippet of EXPENSIVE) {
    it(snippet, () => {
      const before = process.memoryUsage().arrayBuffers;
      const start = performance.now();
      const { scope, rt, stopped } = evaluate(`import numpy as np\nimport scipy.linalg as sl\nr = ${snippet}\n`);
      const milliseconds = performance.now() - start;
      const megabytes = (process.memoryUsage().arrayBuffers - before) / 2 ** 20;
      const declined = rt.lastUnknown?.unknown.code === 'budget' || stopped === 'operations' || stopped === 'bytes';
      assert.ok(
        declined,
        `it is computed: ${String(scope.get('r')).slice(0, 60)} ${rt.lastUnknown?.unknown.reason ?? ''}`,
      );
      // Seconds on a busy machine; minutes where nothing is priced.
      assert.ok(milliseconds < 8000, `${milliseconds} ms`);
      assert.ok(megabytes < 700, `${megabytes} MB`);
    });
  }
});
