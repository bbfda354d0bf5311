/**
 * Eigenvalues of symmetric matrices and singular values, by Jacobi rotations: slower than LAPACK's methods but simple and
 * of high relative accuracy (Demmel and Veselić 1992). Eigenvectors are LAPACK's, signs included (`./implicitQl`). The sign
 * of a pair of singular vectors is arbitrary and need not be LAPACK's: here the component of largest magnitude of the left
 * one is positive.
 */
import type { NdArray } from '../ndarray';
import { swapAxes } from '../views';
import { eigenvectorsOfLapack } from './implicitQl';
import { householder, orthogonalFactor } from './qr';
import { linearAlgebraError, overMatrices, squareStack, stackOf } from './matrices';

const EPSILON = 2 ** -52;
const MAX_SWEEPS = 60;

interface Eigen {
  readonly values: Float64Array;
  /** Eigenvectors in the columns, row-major. */
  readonly vectors: Float64Array;
}

/** Cyclic Jacobi (Golub and Van Loan, algorithm 8.5.3), reading the lower triangle. */
function symmetricEigen(a: Float64Array, n: number): Eigen {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i]!;
  if (a.some((value) => !Number.isFinite(value)))
    throw linearAlgebraError('eigh', 'Eigenvalues did not converge', 'value');
  const ofLapack = eigenvectorsOfLapack(a, n);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const norm = Math.sqrt(a.reduce((total, value) => total + value * value, 0));
  let rotated = true;
  for (let sweep = 0; rotated; sweep++) {
    if (sweep === MAX_SWEEPS) throw linearAlgebraError('eigh', 'Eigenvalues did not converge', 'value');
    rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p * n + q]!;
        const app = a[p * n + p]!;
        const aqq = a[q * n + q]!;
        // Negligible beside the matrix as a whole, or beside its own two diagonal elements.
        const negligible = Math.max(2 ** -16 * norm, Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq)));
        if (apq === 0 || Math.abs(apq) <= 2 ** -4 * EPSILON * negligible) continue;
        rotated = true;
        const theta = (aqq - app) / (2 * apq);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        rotateColumns(a, n, n, p, q, c, t * c);
        rotateRows(a, n, p, q, c, t * c);
        // More accurate than what the two rotations leave on the diagonal.
        a[p * n + p] = app - t * apq;
        a[q * n + q] = aqq + t * apq;
        a[p * n + q] = 0;
        a[q * n + p] = 0;
        rotateColumns(v, n, n, p, q, c, t * c);
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i * n + i]! - a[j * n + j]!);
  const values = Float64Array.from(order, (i) => a[i * n + i]!);
  if (ofLapack) return { values, vectors: ofLapack };
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    let largest = 0;
    for (let k = 0; k < n; k++)
      if (Math.abs(v[k * n + from]!) > Math.abs(largest) * (1 + 1e-8)) largest = v[k * n + from]!;
    for (let k = 0; k < n; k++) vectors[k * n + to] = largest < 0 ? -v[k * n + from]! : v[k * n + from]!;
  });
  return { values, vectors };
}

/** Eigenvalues in ascending order and orthonormal eigenvectors (in columns) of symmetric matrices; the lower triangle is
 * read. */
export function eigh(array: NdArray): { values: NdArray; vectors: NdArray } {
  const stack = squareStack('eigh', array);
  const n = stack.rows;
  const results: Eigen[] = [];
  const values = overMatrices(stack, [n], (matrix) => {
    const eigen = symmetricEigen(matrix, n);
    results.push(eigen);
    return eigen.values;
  });
  return { values, vectors: overMatrices(stack, [n, n], (_matrix, i) => results[i]!.vectors) };
}

export interface Svd {
  /** Left singular vectors in the columns. */
  readonly u: NdArray;
  /** Singular values in descending order. */
  readonly s: NdArray;
  /** Right singular vectors in the rows. */
  readonly vt: NdArray;
}

interface ThinSvd {
  /** m×n with orthonormal columns (those of zero singular values completed), n, n×n with vectors in the columns. */
  readonly u: Float64Array;
  readonly s: Float64Array;
  readonly v: Float64Array;
}

/** One-sided Jacobi for m ≥ n (Hestenes 1958; Golub and Van Loan, section 8.6.3). Overwrites the matrix. */
function hestenes(a: Float64Array, m: number, n: number): ThinSvd {
  if (a.some((value) => !Number.isFinite(value))) throw linearAlgebraError('svd', 'SVD did not converge', 'value');
  // Scaling keeps squares from over- and underflowing.
  const scale = a.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  for (let i = 0; i < a.length; i++) a[i]! /= scale;
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  // A computed product of two columns may be off by this much relative to their lengths.
  const tolerance = (EPSILON * Math.max(m, 4)) / 2;
  let rotated = true;
  for (let sweep = 0; rotated; sweep++) {
    if (sweep === MAX_SWEEPS) throw linearAlgebraError('svd', 'SVD did not converge', 'value');
    rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        let alpha = 0;
        let beta = 0;
        let gamma = 0;
        for (let k = 0; k < m; k++) {
          const x = a[k * n + p]!;
          const y = a[k * n + q]!;
          alpha += x * x;
          beta += y * y;
          gamma += x * y;
        }
        if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha) * Math.sqrt(beta) || gamma === 0) continue;
        rotated = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        rotateColumns(a, m, n, p, q, c, c * t);
        rotateColumns(v, n, n, p, q, c, c * t);
      }
    }
  }
  const lengths = Float64Array.from({ length: n }, (_, j) => {
    let total = 0;
    for (let k = 0; k < m; k++) total = Math.hypot(total, a[k * n + j]!);
    return total;
  });
  const order = Array.from({ length: n }, (_, j) => j).sort((i, j) => lengths[j]! - lengths[i]!);
  const negligible = (lengths[order[0] ?? 0] ?? 0) * EPSILON * 2 ** -20;
  const u = new Float64Array(m * n);
  const right = new Float64Array(n * n);
  order.forEach((from, to) => {
    let largest = 0;
    for (let k = 0; k < m; k++)
      if (Math.abs(a[k * n + from]!) > Math.abs(largest) * (1 + 1e-8)) largest = a[k * n + from]!;
    const sign = largest < 0 ? -1 : 1;
    const length = lengths[from]!;
    if (length > negligible) for (let k = 0; k < m; k++) u[k * n + to] = (sign * a[k * n + from]!) / length;
    for (let k = 0; k < n; k++) right[k * n + to] = sign * v[k * n + from]!;
  });
  const significant = order.filter((j) => lengths[j]! > negligible).length;
  completeColumns(u, m, n, significant);
  return { u, s: Float64Array.from(order, (j) => lengths[j]! * scale), v: right };
}

function rotateColumns(a: Float64Array, m: number, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < m; k++) {
    const x = a[k * n + p]!;
    const y = a[k * n + q]!;
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
}

function rotateRows(a: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const x = a[p * n + k]!;
    const y = a[q * n + k]!;
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
  }
}

/** Fills columns from `known` on so that all columns are orthonormal. */
function completeColumns(u: Float64Array, m: number, columns: number, known: number): void {
  if (known === columns) return;
  const basis = new Float64Array(m * known);
  for (let k = 0; k < m; k++) for (let j = 0; j < known; j++) basis[k * known + j] = u[k * columns + j]!;
  const tau = householder(basis, m, known);
  const q = orthogonalFactor(basis, tau, m, known, columns);
  for (let k = 0; k < m; k++) for (let j = known; j < columns; j++) u[k * columns + j] = q[k * columns + j]!;
}

/**
 * a = u · diag(s) · vt. With `full` u is m×m and vt n×n, else u is m×k and vt k×n with k = min(m, n).
 */
export function svd(array: NdArray, full = true): Svd {
  const stack = stackOf('svd', array);
  const { rows: m, columns: n } = stack;
  if (m < n) {
    const { u, s, vt } = svd(swapAxes(array, -1, -2), full);
    return { u: swapAxes(vt, -1, -2), s, vt: swapAxes(u, -1, -2) };
  }
  const results: ThinSvd[] = [];
  const s = overMatrices(stack, [n], (matrix) => {
    const thin = hestenes(matrix, m, n);
    results.push(thin);
    return thin.s;
  });
  const columns = full ? m : n;
  const u = overMatrices(stack, [m, columns], (_matrix, i) => {
    const thin = results[i]!.u;
    if (columns === n) return thin;
    const wide = new Float64Array(m * columns);
    for (let k = 0; k < m; k++) wide.set(thin.subarray(k * n, (k + 1) * n), k * columns);
    completeColumns(wide, m, columns, n);
    return wide;
  });
  const v = overMatrices(stack, [n, n], (_matrix, i) => results[i]!.v);
  return { u, s, vt: swapAxes(v, -1, -2) };
}
