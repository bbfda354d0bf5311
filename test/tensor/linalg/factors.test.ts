import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { NdArray } from '../../../src/tensor';
import {
  cholesky,
  diag,
  eigh,
  eye,
  fromNested,
  fromValues,
  inv,
  lstsq,
  matmul,
  operate,
  operators,
  pinv,
  qr,
  RandomState,
  solve,
  solveTriangular,
  svd,
  swapAxes,
  TensorError,
  transpose,
  upperTriangle,
  type NdArray as Array,
} from '../../../src/tensor';

/** The largest difference of two arrays, relative to the largest element of the second. */
function distance(a: NdArray, b: NdArray): number {
  assert.deepEqual(a.shape, b.shape);
  const x = a.values();
  const y = b.values();
  let scale = 1e-300;
  let worst = 0;
  for (let i = 0; i < x.length; i++) {
    scale = Math.max(scale, Math.abs(y[i]!));
    worst = Math.max(worst, Math.abs(x[i]! - y[i]!));
  }
  return worst / scale;
}

const near = (a: NdArray, b: NdArray, what: string, tolerance = 1e-13): void =>
  assert.ok(distance(a, b) <= tolerance, `${what}: ${distance(a, b)}`);

const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(1e6));
const random = (seed: number, ...shape: number[]): NdArray => new RandomState(seed).standardNormal(shape);
const plus = (a: NdArray, b: NdArray): NdArray => operate(operators.add, a, b);
const identity = (n: number): NdArray => eye(n);

describe('matrix factors', () => {
  it('QR: orthonormal q, upper triangular r, q·r is the matrix', () => {
    fc.assert(
      fc.property(sizes, fc.constantFrom('reduced' as const, 'complete' as const), ([m, n, seed], mode) => {
        const a = random(seed, m, n);
        const { q, r } = qr(a, mode);
        near(matmul(q!, r), a, 'q·r');
        near(matmul(transpose(q!), q!), identity(q!.shape[1]!), 'qᵀq');
        near(r, upperTriangle(r), 'r', 0);
      }),
    );
  });

  it('SVD: orthonormal vectors, descending values, u·s·vᵀ is the matrix; rank-deficient ones too', () => {
    fc.assert(
      fc.property(sizes, fc.nat(3), fc.boolean(), ([m, n, seed], rank, full) => {
        const a = rank === 0 ? random(seed, m, n) : matmul(random(seed, m, rank), random(seed + 1, rank, n));
        const { u, s, vt } = svd(a, full);
        const k = Math.min(m, n);
        const middle = fromValues('float64', [u.shape[1]!, vt.shape[0]!], new Float64Array(u.shape[1]! * vt.shape[0]!));
        s.values().forEach((value, i) => (middle.data[i * vt.shape[0]! + i] = value));
        near(matmul(matmul(u, middle), vt), a, 'u·s·vᵀ');
        near(matmul(transpose(u), u), identity(u.shape[1]!), 'uᵀu');
        near(matmul(vt, transpose(vt)), identity(vt.shape[0]!), 'vᵀv');
        const values = [...s.values()];
        assert.deepEqual(
          values,
          [...values].sort((x, y) => y - x),
        );
        assert.equal(values.length, k);
      }),
    );
  });

  it('symmetric eigenvectors: orthonormal, and a·v = v·λ', () => {
    fc.assert(
      fc.property(sizes, ([n, , seed]) => {
        const half = random(seed, n, n);
        const a = plus(half, transpose(half));
        const { values, vectors } = eigh(a);
        near(matmul(a, vectors), matmul(vectors, diag(values)), 'a·v');
        near(matmul(transpose(vectors), vectors), identity(n), 'vᵀv');
      }),
    );
  });

  it('Cholesky, inverse, solutions and triangular solutions', () => {
    fc.assert(
      fc.property(sizes, ([n, m, seed]) => {
        const half = random(seed, n, n);
        const a = plus(matmul(half, transpose(half)), identity(n));
        const b = random(seed + 1, n, m);
        const l = cholesky(a);
        near(matmul(l, transpose(l)), a, 'l·lᵀ');
        near(matmul(inv(a), a), identity(n), 'a⁻¹a', 1e-9);
        near(matmul(a, solve(a, b)), b, 'a·x', 1e-11);
        for (const lower of [true, false]) {
          for (const transposed of [true, false]) {
            const t = lower ? l : transpose(l);
            const x = solveTriangular(t, b, { lower, transposed });
            near(matmul(transposed ? transpose(t) : t, x), b, 'triangular', 1e-10);
          }
        }
      }),
    );
  });

  it('the four Penrose conditions, and least squares through the normal equations', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 3 }), ([m, n, seed], rank) => {
        const a = matmul(random(seed, m, rank), random(seed + 1, rank, n));
        const p: Array = pinv(a, 1e-12);
        near(matmul(matmul(a, p), a), a, 'a·p·a', 1e-10);
        near(matmul(matmul(p, a), p), p, 'p·a·p', 1e-10);
        const ap = matmul(a, p);
        const pa = matmul(p, a);
        near(ap, transpose(ap), 'a·p', 1e-10);
        near(pa, transpose(pa), 'p·a', 1e-10);
        const b = random(seed + 2, m);
        near(lstsq(a, b, 1e-12).solution, matmul(p, b), 'least squares', 1e-9);
      }),
    );
  });

  it('a larger matrix, graded over twenty orders of magnitude', () => {
    const n = 40;
    const q = qr(random(5, n, n)).q!;
    const values = Float64Array.from({ length: n }, (_, i) => 10 ** (-i / 2));
    const a = matmul(matmul(q, diag(fromValues('float64', [n], values))), transpose(q));
    const found = eigh(a).values.values();
    for (let i = 0; i < n; i++) assert.ok(Math.abs(found[n - 1 - i]! - values[i]!) < 1e-15);
    near(svd(a).s, fromValues('float64', [n], values), 'singular values', 1e-14);
  });

  it('stacks of matrices are factored one by one', () => {
    const a = random(3, 2, 3, 4, 4);
    const { u, s, vt } = svd(a, false);
    const scaled = operate(operators.multiply, u, fromValues('float64', [2, 3, 1, 4], s.values()));
    near(matmul(scaled, vt), a, 'u·s·vᵀ');
    near(matmul(solve(a, a), swapAxes(a, -1, -2)), swapAxes(a, -1, -2), 'a⁻¹a·aᵀ', 1e-10);
  });

  it('says what is wrong', () => {
    const fails = (run: () => unknown, code: string, message: string): void =>
      assert.throws(run, (e) => e instanceof TensorError && e.code === code && e.numpy!.message === message);
    const singular = fromNested([
      [1, 2],
      [2, 4],
    ]);
    fails(() => solve(singular, fromNested([1, 2])), 'singular', 'Singular matrix');
    fails(() => inv(singular), 'singular', 'Singular matrix');
    fails(() => inv(fromNested([[1, 2]])), 'shape', 'Last 2 dimensions of the array must be square');
    fails(() => cholesky(fromNested([[-1]])), 'value', 'Matrix is not positive definite');
    fails(() => svd(fromNested([[NaN]])), 'value', 'SVD did not converge');
  });
});
