/**
 * Eigenvalues and eigenvectors as LAPACK finds them: Householder's tridiagonal form of the lower triangle and implicit QL or QR steps
 * (`dsytd2`, `dsteqr`; Wilkinson and Reinsch 1971, `tred2` and `imtql2`). An eigenvector has two signs; these are the ones
 * that NumPy gives for matrices of up to 25 rows (beyond, LAPACK divides and conquers).
 */

import { rotation, signed } from './rotations';

const EPSILON = 2 ** -53;
const SAFE_MINIMUM = 2 ** -1022;
const MAX_STEPS_PER_VALUE = 30;

/** Eigenvalues of [[a, b], [b, c]], the larger in modulus first, and the unit eigenvector of the first. */
function two(a: number, b: number, c: number): readonly [number, number, number, number] {
  const sum = a + c;
  const difference = a - c;
  const root = Math.hypot(difference, 2 * b);
  const [large, small] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  let first: number;
  let second: number;
  let sign1 = 1;
  if (sum < 0) {
    first = 0.5 * (sum - root);
    sign1 = -1;
    second = (large / first) * small - (b / first) * b;
  } else if (sum > 0) {
    first = 0.5 * (sum + root);
    second = (large / first) * small - (b / first) * b;
  } else {
    first = 0.5 * root;
    second = -0.5 * root;
  }
  const sign2 = difference >= 0 ? 1 : -1;
  const cosine = difference >= 0 ? difference + root : difference - root;
  let cs: number;
  let sn: number;
  if (Math.abs(cosine) > Math.abs(2 * b)) {
    const cotangent = (-2 * b) / cosine;
    sn = 1 / Math.sqrt(1 + cotangent * cotangent);
    cs = cotangent * sn;
  } else if (b === 0) {
    cs = 1;
    sn = 0;
  } else {
    const tangent = -cosine / (2 * b);
    cs = 1 / Math.sqrt(1 + tangent * tangent);
    sn = tangent * cs;
  }
  return sign1 === sign2 ? [first, second, -sn, cs] : [first, second, cs, sn];
}

/** Columns j and j+1 of z, rotated. */
function rotateColumns(z: Float64Array, n: number, j: number, c: number, s: number): void {
  if (c === 1 && s === 0) return;
  for (let i = 0; i < n; i++) {
    const right = z[i * n + j + 1]!;
    const left = z[i * n + j]!;
    z[i * n + j + 1] = c * right - s * left;
    z[i * n + j] = s * right + c * left;
  }
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
  /** The orthogonal matrix of the reduction, applied to what it is given. */
  readonly applyTo: (z: Float64Array) => void;
}

/** Householder reflections that leave three diagonals. Overwrites the lower triangle. */
function reduced(a: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(Math.max(0, n - 1));
  const taus = new Float64Array(Math.max(0, n - 1));
  const reflectors: Float64Array[] = [];
  for (let i = 0; i < n - 1; i++) {
    const v = new Float64Array(n);
    let rest = 0;
    for (let k = i + 2; k < n; k++) rest = Math.hypot(rest, a[k * n + i]!);
    const alpha = a[(i + 1) * n + i]!;
    let tau = 0;
    let beta = alpha;
    if (rest !== 0) {
      beta = -signed(Math.hypot(alpha, rest), alpha);
      tau = (beta - alpha) / beta;
      for (let k = i + 2; k < n; k++) v[k] = a[k * n + i]! / (alpha - beta);
    }
    v[i + 1] = 1;
    beside[i] = beta;
    taus[i] = tau;
    reflectors.push(v);
    if (tau !== 0) {
      const w = new Float64Array(n);
      let inner = 0;
      for (let r = i + 1; r < n; r++) {
        let sum = 0;
        for (let k = i + 1; k < n; k++) sum += (k <= r ? a[r * n + k]! : a[k * n + r]!) * v[k]!;
        w[r] = tau * sum;
        inner += w[r]! * v[r]!;
      }
      const half = -0.5 * tau * inner;
      for (let r = i + 1; r < n; r++) w[r]! += half * v[r]!;
      for (let r = i + 1; r < n; r++) for (let k = i + 1; k <= r; k++) a[r * n + k]! -= v[r]! * w[k]! + w[r]! * v[k]!;
    }
    diagonal[i] = a[i * n + i]!;
  }
  diagonal[n - 1] = a[n * n - 1]!;
  const applyTo = (z: Float64Array): void => {
    for (let i = n - 2; i >= 0; i--) {
      const v = reflectors[i]!;
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let r = i + 1; r < n; r++) sum += v[r]! * z[r * n + column]!;
        for (let r = i + 1; r < n; r++) z[r * n + column]! -= taus[i]! * sum * v[r]!;
      }
    }
  };
  return { diagonal, beside, applyTo };
}

/** Eigenvalues into `d`, eigenvectors of the tridiagonal matrix into the columns of z, in no order. False: no convergence. */
function iterate(d: Float64Array, e: Float64Array, z: Float64Array, n: number): boolean {
  let stepsLeft = n * MAX_STEPS_PER_VALUE;
  const cosines = new Float64Array(n);
  const sines = new Float64Array(n);
  for (let start = 0; start < n;) {
    if (start > 0) e[start - 1] = 0;
    let end = start;
    for (; end < n - 1; end++) {
      const size = Math.abs(e[end]!);
      if (size === 0) break;
      if (size <= Math.sqrt(Math.abs(d[end]!)) * Math.sqrt(Math.abs(d[end + 1]!)) * EPSILON) {
        e[end] = 0;
        break;
      }
    }
    let [l, last] = [start, end];
    start = end + 1;
    if (last === l) continue;
    // QL from the smaller end, else QR: `way` is the direction in which eigenvalues are split off.
    if (Math.abs(d[last]!) < Math.abs(d[l]!)) [l, last] = [last, l];
    const way = last > l ? 1 : -1;
    /** The off-diagonal element between i and its neighbour in that direction. */
    const at = (i: number): number => (way > 0 ? i : i - 1);
    while (way > 0 ? l <= last : l >= last) {
      let m = l;
      for (; m !== last; m += way) {
        const size = Math.abs(e[at(m)]!) ** 2;
        if (size <= EPSILON * EPSILON * Math.abs(d[m]!) * Math.abs(d[m + way]!) + SAFE_MINIMUM) break;
      }
      if (m !== last) e[at(m)] = 0;
      if (m === l) {
        l += way;
        continue;
      }
      const low = Math.min(l, m);
      if (m === l + way) {
        const [first, second, c, s] = two(d[low]!, e[low]!, d[low + 1]!);
        rotateColumns(z, n, low, c, s);
        d[low] = first;
        d[low + 1] = second;
        e[low] = 0;
        l += 2 * way;
        continue;
      }
      if (stepsLeft-- === 0) return false;
      let p = d[l]!;
      let g = (d[l + way]! - p) / (2 * e[at(l)]!);
      g = d[m]! - p + e[at(l)]! / (g + signed(Math.hypot(g, 1), g));
      let [s, c] = [1, 1];
      p = 0;
      for (let i = m - way; way > 0 ? i >= l : i <= l; i -= way) {
        // The element between i and i + way.
        const f = s * e[at(i)]!;
        const b = c * e[at(i)]!;
        let r: number;
        [c, s, r] = rotation(g, f);
        if (i !== m - way) e[at(i + way)] = r;
        g = d[i + way]! - p;
        r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + way] = g + p;
        g = c * r - b;
        cosines[at(i)] = c;
        sines[at(i)] = way > 0 ? -s : s;
      }
      if (way > 0) for (let j = m - 1; j >= l; j--) rotateColumns(z, n, j, cosines[j]!, sines[j]!);
      else for (let j = m; j < l; j++) rotateColumns(z, n, j, cosines[j]!, sines[j]!);
      d[l]! -= p;
      e[at(l)] = g;
    }
  }
  return true;
}

export interface Eigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** Eigenvectors in the columns, row-major. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors with LAPACK's signs; undefined where the steps do not converge.
 * @param a a symmetric n × n matrix, row-major, of which the lower triangle is read
 */
export function symmetricEigen(a: Float64Array, n: number): Eigen | undefined {
  if (n === 0) return { values: new Float64Array(0), vectors: new Float64Array(0) };
  const { diagonal: d, beside: e, applyTo } = reduced(a.slice(), n);
  const z = new Float64Array(n * n);
  for (let i = 0; i < n; i++) z[i * n + i] = 1;
  if (!iterate(d, e, z, n)) return undefined;
  applyTo(z);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => d[i]! - d[j]!);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let k = 0; k < n; k++) vectors[k * n + to] = z[k * n + from]!;
  });
  return { values: Float64Array.from(order, (i) => d[i]!), vectors };
}
