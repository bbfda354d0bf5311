import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileProductModule } from '../../../scripts/build-wasm';
import { fromValues, matmul, RandomState, select, TensorError, transpose, type NdArray } from '../../../src/tensor';
import { multiplyPacked, type MatrixWindow } from '../../../src/tensor/products/gemm';
import { javaScriptKernel, sharedKernel, webAssemblyKernel, type Kernel } from '../../../src/tensor/products/kernel';

const windowOf = (a: NdArray): MatrixWindow => ({
  data: a.data,
  offset: a.offset,
  rowStride: a.strides[0]!,
  columnStride: a.strides[1]!,
});

/** Every sum from left to right. */
function naive(a: NdArray, b: NdArray): Float64Array {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1]!;
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let p = 0; p < k; p++) total += a.at(i, p) * b.at(p, j);
      out[i * n + j] = total;
    }
  }
  return out;
}

function packed(kernel: Kernel, a: NdArray, b: NdArray): Float64Array {
  const out = new Float64Array(a.shape[0]! * b.shape[1]!);
  multiplyPacked(kernel, windowOf(a), windowOf(b), a.shape[0]!, a.shape[1]!, b.shape[1]!, out, 0);
  return out;
}

const extent = fc.integer({ min: 1, max: 40 });

describe('matrix product', () => {
  const vector = webAssemblyKernel();
  const scalar = javaScriptKernel();

  it('runs in WebAssembly here', () => {
    assert.equal(sharedKernel().name, 'WebAssembly');
  });

  it('both kernels give the bits of the plain loop, for any extents and strides', () => {
    fc.assert(
      fc.property(extent, extent, extent, fc.nat(1e6), fc.boolean(), fc.boolean(), (m, k, n, seed, ta, tb) => {
        const random = new RandomState(seed);
        const a = ta ? transpose(random.standardNormal([k, m])) : random.standardNormal([m, k]);
        const wide = random.standardNormal(tb ? [n, 2 * k] : [k, 2 * n]);
        const every = select(wide, [{ kind: 'slice' }, { kind: 'slice', step: 2 }]);
        const b = tb ? transpose(every) : every;
        const expected = naive(a, b);
        assert.deepEqual(packed(scalar, a, b), expected);
        assert.deepEqual(packed(vector!, a, b), expected);
        assert.deepEqual(matmul(a, b).values(), expected);
      }),
    );
  });

  it('crosses the edges of blocks', () => {
    const random = new RandomState(1);
    for (const [m, k, n] of [
      [129, 513, 5],
      [7, 257, 259],
      [257, 300, 261],
    ] as const) {
      const a = random.standardNormal([m, k]);
      const b = random.standardNormal([k, n]);
      const expected = naive(a, b);
      assert.deepEqual(packed(scalar, a, b), expected);
      assert.deepEqual(packed(vector!, a, b), expected);
    }
  });

  it('float32 is summed in float64 and rounded once', () => {
    const random = new RandomState(2);
    const single = (shape: number[]): NdArray =>
      fromValues('float32', shape, Float32Array.from(random.standardNormal(shape).values()));
    for (const [m, k, n] of [
      [3, 50, 3],
      [30, 50, 20],
    ] as const) {
      const a = single([m, k]);
      const b = single([k, n]);
      assert.deepEqual(matmul(a, b).values(), Float32Array.from(naive(a, b)));
    }
  });

  it('infinities and NaN stay in their rows and columns', () => {
    const random = new RandomState(3);
    const a = random.standardNormal([17, 30]);
    const b = random.standardNormal([30, 18]);
    a.data[16 * 30 + 4] = Infinity;
    b.data[17] = NaN;
    const result = matmul(a, b).values();
    assert.deepEqual(result, naive(a, b));
    assert.ok(Number.isFinite(result[0]!) && Number.isNaN(result[17]!));
  });

  it('32-bit integers wrap, 64-bit ones stay exact or say that they cannot', () => {
    const big = 2 ** 31 - 1;
    const a = fromValues('int32', [1, 3], Int32Array.of(big, big, 5));
    const b = fromValues('int32', [3, 1], Int32Array.of(big, 7, 1));
    const exact = BigInt(big) * BigInt(big) + 7n * BigInt(big) + 5n;
    assert.equal(matmul(a, b).values()[0], Number(BigInt.asIntN(32, exact)));
    const wide = fromValues('int64', [1, 2], Float64Array.of(2 ** 40, 1));
    assert.throws(
      () => matmul(wide, transpose(wide)),
      (e) => e instanceof TensorError && e.code === 'overflow',
    );
  });

  it('is compiled from the source in the repository', async function () {
    this.timeout(60_000);
    const committed = path.join(__dirname, '../../../src/tensor/products/gemm.wasm.ts');
    const bytesOf = (text: string): string => [...text.matchAll(/'([^']+)'/g)].map((match) => match[1]).join('');
    assert.equal(bytesOf(readFileSync(committed, 'utf8')), bytesOf(await compileProductModule()));
  });
});
