/** Signs of the vectors of decompositions against NumPy's (`test/oracles/vector_signs.py`). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import {
  eigh,
  matmul,
  type NdArray,
  operate,
  operators,
  qr,
  RandomState,
  select,
  svd,
  transpose,
} from '../../../src/tensor';
import { fromValues } from '../../../src/tensor';

const fixture = JSON.parse(
  readFileSync(new URL('../../oracles/fixtures/vector_signs.json', import.meta.url), 'utf8'),
) as {
  readonly numpy: string;
  readonly matrices: readonly (readonly [number, number, number, Readonly<Record<string, readonly number[]>>])[];
};

const FACTORS: Readonly<Record<string, (a: NdArray, symmetric: NdArray) => NdArray>> = {
  left: (a) => svd(a, false).u,
  right: (a) => transpose(svd(a, false).vt),
  q: (a) => qr(a).q!,
  r: (a) => transpose(qr(a).r),
  eigenvectors: (_a, symmetric) => eigh(symmetric).vectors,
};

/** Sums of the columns, weighted 1, 2, 3 …: they change their sign with the vector. */
function sums(vectors: NdArray): readonly number[] {
  const rows = vectors.shape[0]!;
  const weights = fromValues(
    'float64',
    [rows],
    Float64Array.from({ length: rows }, (_, i) => i + 1),
  );
  return [...matmul(weights, vectors).elements()];
}

describe(`signs of vectors are LAPACK's (as in NumPy ${fixture.numpy})`, () => {
  for (const [name, factor] of Object.entries(FACTORS)) {
    it(`${name}, of ${fixture.matrices.length} matrices`, () => {
      const other: string[] = [];
      for (const [seed, m, n, expected] of fixture.matrices) {
        const a = new RandomState(seed).standardNormal([m, n]);
        const k = Math.min(m, n);
        const square = select(a, [
          { kind: 'slice', stop: k },
          { kind: 'slice', stop: k },
        ]);
        const here = sums(factor(a, operate(operators.add, square, transpose(square))));
        const same = expected[name]!.every((x, i) => Math.abs(x - here[i]!) <= 1e-7);
        if (!same) other.push(`${m}×${n} of seed ${seed}: ${here.join(' ')}, not ${expected[name]!.join(' ')}`);
      }
      assert.deepEqual(other, []);
    });
  }
});
