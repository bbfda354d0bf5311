import { TensorError } from '../error';
import type { NdArray } from '../ndarray';
import { overMatrices, stackOf } from './matrices';

export type QrMode = 'reduced' | 'complete' | 'r';

/**
 * The reflection 1 − τ v vᵀ that leaves of the elements from `at` on only that one, as β, with LAPACK's sign (`dlarfg`).
 * @param element of a vector of n elements
 */
export function reflector(
  n: number,
  at: number,
  element: (i: number) => number,
): { v: Float64Array; tau: number; beta: number } {
  const v = new Float64Array(n);
  v[at] = 1;
  let rest = 0;
  for (let i = at + 1; i < n; i++) rest = Math.hypot(rest, element(i));
  const alpha = element(at);
  if (rest === 0) return { v, tau: 0, beta: alpha };
  const beta = alpha > 0 || Object.is(alpha, 0) ? -Math.hypot(alpha, rest) : Math.hypot(alpha, rest);
  for (let i = at + 1; i < n; i++) v[i] = element(i) / (alpha - beta);
  return { v, tau: (beta - alpha) / beta, beta };
}

/**
 * Householder factors of an m×n matrix, in place: R on and above the diagonal, the essential parts of the reflectors
 * below (Golub and Van Loan, algorithms 5.1.1 and 5.2.1, with the signs of LAPACK, so that R agrees with NumPy's).
 */
export function householder(a: Float64Array, m: number, n: number): Float64Array {
  const steps = Math.min(m, n);
  const tau = new Float64Array(steps);
  for (let k = 0; k < steps; k++) {
    let rest = 0;
    for (let i = k + 1; i < m; i++) rest = Math.hypot(rest, a[i * n + k]!);
    if (rest === 0) continue;
    const alpha = a[k * n + k]!;
    const beta = alpha > 0 || Object.is(alpha, 0) ? -Math.hypot(alpha, rest) : Math.hypot(alpha, rest);
    tau[k] = (beta - alpha) / beta;
    for (let i = k + 1; i < m; i++) a[i * n + k]! /= alpha - beta;
    a[k * n + k] = beta;
    for (let j = k + 1; j < n; j++) {
      let dot = a[k * n + j]!;
      for (let i = k + 1; i < m; i++) dot += a[i * n + k]! * a[i * n + j]!;
      dot *= tau[k]!;
      a[k * n + j]! -= dot;
      for (let i = k + 1; i < m; i++) a[i * n + j]! -= dot * a[i * n + k]!;
    }
  }
  return tau;
}

/** The first `columns` columns of Q from the reflectors that `householder` left. */
export function orthogonalFactor(
  a: Float64Array,
  tau: Float64Array,
  m: number,
  n: number,
  columns: number,
): Float64Array {
  const q = new Float64Array(m * columns);
  for (let i = 0; i < Math.min(m, columns); i++) q[i * columns + i] = 1;
  for (let k = tau.length - 1; k >= 0; k--) {
    for (let j = 0; j < columns; j++) {
      let dot = q[k * columns + j]!;
      for (let i = k + 1; i < m; i++) dot += a[i * n + k]! * q[i * columns + j]!;
      dot *= tau[k]!;
      q[k * columns + j]! -= dot;
      for (let i = k + 1; i < m; i++) q[i * columns + j]! -= dot * a[i * n + k]!;
    }
  }
  return q;
}

/**
 * a = q·r with orthonormal columns of q and upper triangular r, by Householder reflections. `reduced`: q m×k, r k×n with
 * k = min(m, n); `complete`: q m×m, r m×n; `r`: no q.
 */
export function qr(array: NdArray, mode: QrMode = 'reduced'): { q: NdArray | undefined; r: NdArray } {
  if (!['reduced', 'complete', 'r'].includes(mode)) {
    const message = `Unrecognized mode '${String(mode)}'`;
    throw new TensorError('value', 'qr', message, { exception: 'ValueError', message });
  }
  const stack = stackOf('qr', array);
  const { rows: m, columns: n } = stack;
  const k = mode === 'complete' ? m : Math.min(m, n);
  const qs: Float64Array[] = [];
  const r = overMatrices(stack, [k, n], (matrix) => {
    const tau = householder(matrix, m, n);
    if (mode !== 'r') qs.push(orthogonalFactor(matrix, tau, m, n, k));
    const upper = new Float64Array(k * n);
    for (let i = 0; i < Math.min(k, n); i++) {
      for (let j = i; j < n; j++) upper[i * n + j] = matrix[i * n + j]!;
    }
    return upper;
  });
  return { q: mode === 'r' ? undefined : overMatrices(stack, [m, k], (_matrix, i) => qs[i]!), r };
}
