/**
 * Singular values and vectors as LAPACK finds them: Householder's bidiagonal form and implicit QR steps with a shift or
 * with none (`dgebd2`, `dbdsqr`; Demmel and Kahan 1990, Accurate singular values of bidiagonal matrices). A pair of vectors
 * has two signs; for up to 25 values these are the ones that NumPy gives (beyond, LAPACK divides and conquers).
 */
import { householder, reflector } from './qr';
import { rotation, signed } from './rotations';

const EPSILON = 2 ** -53;
const SAFE_MINIMUM = 2 ** -1022;
/** Ten to a hundred times the unit roundoff: what is negligible beside a singular value. */
const TOLERANCE = Math.max(10, Math.min(100, EPSILON ** -0.125)) * EPSILON;
const MAX_STEPS = 6;
/** From this ratio of the extents on, the triangular factor is taken first. */
const MUCH_LONGER = 11 / 6;

/** The singular values of [[f, g], [0, h]], the smaller first (`dlas2`). */
function valuesOfTwo(f: number, g: number, h: number): readonly [number, number] {
  const [fa, ga, ha] = [Math.abs(f), Math.abs(g), Math.abs(h)];
  const [least, most] = [Math.min(fa, ha), Math.max(fa, ha)];
  if (least === 0) {
    if (most === 0) return [0, ga];
    const [low, high] = [Math.min(most, ga), Math.max(most, ga)];
    return [0, high * Math.sqrt(1 + (low / high) ** 2)];
  }
  const as = 1 + least / most;
  const at = (most - least) / most;
  if (ga < most) {
    const au = (ga / most) ** 2;
    const c = 2 / (Math.sqrt(as * as + au) + Math.sqrt(at * at + au));
    return [least * c, most / c];
  }
  const au = most / ga;
  if (au === 0) return [(least * most) / ga, ga];
  const c = 1 / (Math.sqrt(1 + (as * au) ** 2) + Math.sqrt(1 + (at * au) ** 2));
  return [least * c * au * 2, ga / (c + c)];
}

interface Two {
  /** Signed singular values: the second is the smaller in modulus. */
  readonly large: number;
  readonly small: number;
  readonly left: readonly [c: number, s: number];
  readonly right: readonly [c: number, s: number];
}

/** Singular values and rotations of [[f, g], [0, h]] (`dlasv2`). */
function two(f: number, g: number, h: number): Two {
  const swapped = Math.abs(h) > Math.abs(f);
  const [ft, ht] = swapped ? [h, f] : [f, h];
  const [fa, ga, ha] = [Math.abs(ft), Math.abs(g), Math.abs(ht)];
  let largest = swapped ? 3 : 1;
  let [small, large] = [ha, fa];
  let [cl, cr, sl, sr] = [1, 1, 0, 0];
  if (ga !== 0) {
    let moderate = true;
    if (ga > fa) {
      largest = 2;
      if (fa / ga < EPSILON) {
        moderate = false;
        large = ga;
        small = ha > 1 ? fa / (ga / ha) : (fa / ga) * ha;
        [cl, sl, sr, cr] = [1, ht / g, 1, ft / g];
      }
    }
    if (moderate) {
      const d = fa - ha;
      const l = d === fa ? 1 : d / fa;
      const m = g / ft;
      let t = 2 - l;
      const [mm, tt] = [m * m, t * t];
      const s = Math.sqrt(tt + mm);
      const r = l === 0 ? Math.abs(m) : Math.sqrt(l * l + mm);
      const a = 0.5 * (s + r);
      small = ha / a;
      large = fa * a;
      if (mm === 0) {
        t = l === 0 ? signed(2, ft) * signed(1, g) : g / signed(d, ft) + m / t;
      } else {
        t = (m / (s + t) + m / (r + l)) * (1 + a);
      }
      const root = Math.sqrt(t * t + 4);
      cr = 2 / root;
      sr = t / root;
      cl = (cr + sr * m) / a;
      sl = ((ht / ft) * sr) / a;
    }
  }
  const [left, right]: [[number, number], [number, number]] = swapped
    ? [
        [sr, cr],
        [sl, cl],
      ]
    : [
        [cl, sl],
        [cr, sr],
      ];
  const sign =
    largest === 1
      ? signed(1, right[0]) * signed(1, left[0]) * signed(1, f)
      : largest === 2
        ? signed(1, right[1]) * signed(1, left[0]) * signed(1, g)
        : signed(1, right[1]) * signed(1, left[1]) * signed(1, h);
  return { large: signed(large, sign), small: signed(small, sign * signed(1, f) * signed(1, h)), left, right };
}

/** Rows j and j+1 of an array of rows of length n, rotated. */
function rotateRows(rows: Float64Array, n: number, j: number, c: number, s: number): void {
  if (c === 1 && s === 0) return;
  const [at, next] = [j * n, (j + 1) * n];
  for (let k = 0; k < n; k++) {
    const lower = rows[next + k]!;
    const upper = rows[at + k]!;
    rows[next + k] = c * lower - s * upper;
    rows[at + k] = s * lower + c * upper;
  }
}

/**
 * Singular values of an upper bidiagonal matrix into `d`, descending. The rows of `left` and `right` are rotated as its
 * singular vectors are. False: no convergence.
 */
function iterate(d: Float64Array, e: Float64Array, left: Float64Array, right: Float64Array): boolean {
  const n = d.length;
  const [p, q] = [left.length / n, right.length / n];
  const work = [0, 1, 2, 3].map(() => new Float64Array(n)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  /** The rotations of a step, applied in the order in which they were made. */
  const apply = (low: number, high: number, down: boolean): void => {
    const [rc, rs, lc, ls] = work;
    if (down) {
      for (let j = low; j < high; j++) {
        rotateRows(right, q, j, rc[j]!, rs[j]!);
        rotateRows(left, p, j, lc[j]!, ls[j]!);
      }
      return;
    }
    for (let j = high - 1; j >= low; j--) {
      rotateRows(right, q, j, lc[j]!, -ls[j]!);
      rotateRows(left, p, j, rc[j]!, -rs[j]!);
    }
  };
  let least = Math.abs(d[0]!);
  for (let i = 1, mu = least; i < n && least !== 0; i++) {
    mu = Math.abs(d[i]!) * (mu / (mu + Math.abs(e[i - 1]!)));
    least = Math.min(least, mu);
  }
  const threshold = Math.max((TOLERANCE * least) / Math.sqrt(n), MAX_STEPS * n * n * SAFE_MINIMUM);
  let stepsLeft = MAX_STEPS * n * n;
  let [oldLow, oldHigh, down] = [-1, -1, true];
  let high = n - 1;
  while (high > 0) {
    if (stepsLeft < 0) return false;
    let most = Math.abs(d[high]!);
    let low = high - 1;
    for (; low >= 0; low--) {
      const beside = Math.abs(e[low]!);
      if (beside <= threshold) break;
      most = Math.max(most, Math.abs(d[low]!), beside);
    }
    if (low >= 0) {
      e[low] = 0;
      if (low === high - 1) {
        high--;
        continue;
      }
    }
    low++;
    if (low === high - 1) {
      const block = two(d[low]!, e[low]!, d[high]!);
      d[low] = block.large;
      e[low] = 0;
      d[high] = block.small;
      rotateRows(right, q, low, ...block.right);
      rotateRows(left, p, low, ...block.left);
      high -= 2;
      continue;
    }
    if (low > oldHigh || high < oldLow) down = Math.abs(d[low]!) >= Math.abs(d[high]!);
    const [from, to, way] = down ? [low, high, 1] : [high, low, -1];
    /** The element beside the diagonal between i and its neighbour on the way. */
    const at = (i: number): number => (down ? i : i - 1);
    const last = at(to - way);
    if (Math.abs(e[last]!) <= TOLERANCE * Math.abs(d[to]!)) {
      e[last] = 0;
      continue;
    }
    let mu = Math.abs(d[from]!);
    let smallest = mu;
    let splits = false;
    for (let i = from; i !== to; i += way) {
      const beside = Math.abs(e[at(i)]!);
      if (beside <= TOLERANCE * mu) {
        e[at(i)] = 0;
        splits = true;
        break;
      }
      mu = Math.abs(d[i + way]!) * (mu / (mu + beside));
      smallest = Math.min(smallest, mu);
    }
    if (splits) continue;
    [oldLow, oldHigh] = [low, high];
    let shift = 0;
    if (n * TOLERANCE * (smallest / most) > Math.max(EPSILON, 0.01 * TOLERANCE)) {
      const first = Math.abs(d[from]!);
      shift = down
        ? valuesOfTwo(d[high - 1]!, e[high - 1]!, d[high]!)[0]
        : valuesOfTwo(d[low]!, e[low]!, d[low + 1]!)[0];
      if (first > 0 && (shift / first) ** 2 < EPSILON) shift = 0;
    }
    stepsLeft -= high - low;
    const [rc, rs, lc, ls] = work;
    if (shift === 0) {
      let c = 1;
      let [oldC, oldS] = [1, 0];
      for (let i = from; i !== to; i += way) {
        const [cosine, s, r] = rotation(d[i]! * c, e[at(i)]!);
        c = cosine;
        if (i !== from) e[at(i - way)] = oldS * r;
        [oldC, oldS, d[i]] = rotation(oldC * r, d[i + way]! * s);
        const k = at(i);
        [rc[k], rs[k], lc[k], ls[k]] = [c, s, oldC, oldS];
      }
      const h = d[to]! * c;
      d[to] = h * oldC;
      e[last] = h * oldS;
    } else {
      let f = (Math.abs(d[from]!) - shift) * (signed(1, d[from]!) + shift / d[from]!);
      let g = e[at(from)]!;
      for (let i = from; i !== to; i += way) {
        const k = at(i);
        const [c, s, r] = rotation(f, g);
        if (i !== from) e[at(i - way)] = r;
        f = c * d[i]! + s * e[k]!;
        e[k] = c * e[k]! - s * d[i]!;
        g = s * d[i + way]!;
        d[i + way] = c * d[i + way]!;
        const [c2, s2, r2] = rotation(f, g);
        d[i] = r2;
        f = c2 * e[k]! + s2 * d[i + way]!;
        d[i + way] = c2 * d[i + way]! - s2 * e[k]!;
        if (i + way !== to) {
          const next = at(i + way);
          g = s2 * e[next]!;
          e[next] = c2 * e[next]!;
        }
        [rc[k], rs[k], lc[k], ls[k]] = [c, s, c2, s2];
      }
      e[last] = f;
    }
    apply(low, high, down);
    if (Math.abs(e[last]!) <= threshold) e[last] = 0;
  }
  for (let i = 0; i < n; i++) {
    if (d[i]! >= 0 && !Object.is(d[i], -0)) continue;
    d[i] = -d[i]!;
    for (let k = 0; k < q; k++) right[i * q + k] = -right[i * q + k]!;
  }
  descending(d, left, p, right, q);
  return true;
}

/** Puts the values, and the rows beside them, in descending order. */
function descending(d: Float64Array, left: Float64Array, p: number, right: Float64Array, q: number): void {
  const n = d.length;
  for (let end = n - 1; end > 0; end--) {
    let least = 0;
    for (let j = 1; j <= end; j++) if (d[j]! <= d[least]!) least = j;
    if (least === end) continue;
    [d[least], d[end]] = [d[end]!, d[least]!];
    for (const [rows, m] of [
      [left, p],
      [right, q],
    ] as const) {
      const kept = rows.slice(least * m, (least + 1) * m);
      rows.copyWithin(least * m, end * m, (end + 1) * m);
      rows.set(kept, end * m);
    }
  }
}

const transposed = (a: Float64Array, m: number, n: number): Float64Array => {
  const result = new Float64Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) result[j * m + i] = a[i * n + j]!;
  return result;
};

interface Bidiagonal {
  readonly diagonal: Float64Array;
  readonly beside: Float64Array;
  /** The orthogonal matrices of the two sides, applied to rows of length m and n. */
  readonly applyLeft: (rows: Float64Array) => void;
  readonly applyRight: (rows: Float64Array) => void;
}

/** Householder reflections from both sides that leave an upper bidiagonal matrix (`dgebd2`), m ≥ n. Overwrites a. */
function reduced(a: Float64Array, m: number, n: number): Bidiagonal {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(Math.max(0, n - 1));
  const lefts: { v: Float64Array; tau: number }[] = [];
  const rights: { v: Float64Array; tau: number }[] = [];
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const left = reflector(m, i, (k) => a[k * n + i]!);
    diagonal[i] = left.beta;
    lefts.push(left);
    if (left.tau !== 0) {
      sums.fill(0);
      for (let k = i; k < m; k++) for (let j = i + 1; j < n; j++) sums[j]! += left.v[k]! * a[k * n + j]!;
      for (let k = i; k < m; k++) {
        const by = left.tau * left.v[k]!;
        for (let j = i + 1; j < n; j++) a[k * n + j]! -= by * sums[j]!;
      }
    }
    if (i === n - 1) break;
    const right = reflector(n, i + 1, (j) => a[i * n + j]!);
    beside[i] = right.beta;
    rights.push(right);
    if (right.tau === 0) continue;
    for (let k = i + 1; k < m; k++) {
      let sum = 0;
      for (let j = i + 1; j < n; j++) sum += a[k * n + j]! * right.v[j]!;
      sum *= right.tau;
      for (let j = i + 1; j < n; j++) a[k * n + j]! -= sum * right.v[j]!;
    }
  }
  return {
    diagonal,
    beside,
    applyLeft: (rows) => reflect(rows, m, lefts, 0),
    applyRight: (rows) => reflect(rows, n, rights, 1),
  };
}

/** The product of reflections applied to rows of length n. The k-th one moves no element before k + skip. */
function reflect(
  rows: Float64Array,
  n: number,
  reflectors: readonly { v: Float64Array; tau: number }[],
  skip: number,
): void {
  for (let at = 0; at < rows.length; at += n) {
    for (let i = reflectors.length - 1; i >= 0; i--) {
      const { v, tau } = reflectors[i]!;
      let sum = 0;
      for (let k = i + skip; k < n; k++) sum += v[k]! * rows[at + k]!;
      sum *= tau;
      for (let k = i + skip; k < n; k++) rows[at + k]! -= sum * v[k]!;
    }
  }
}

export interface SingularParts {
  /** Descending. */
  readonly s: Float64Array;
  /** Left singular vectors as rows of length m. */
  readonly left: Float64Array;
  /** Right singular vectors as rows of length n. */
  readonly right: Float64Array;
}

/** The identity as the first rows of `count` rows of length n. */
function unitRows(count: number, n: number): Float64Array {
  const rows = new Float64Array(count * n);
  for (let i = 0; i < Math.min(count, n); i++) rows[i * n + i] = 1;
  return rows;
}

/**
 * Singular values and vectors of an m×n matrix, row-major; undefined where the steps do not converge.
 * @param full so many vectors as rows and columns, of which the last ones complete the bases; else as many as values
 */
export function singularParts(a: Float64Array, m: number, n: number, full: boolean): SingularParts | undefined {
  const k = Math.min(m, n);
  if (k === 0) return { s: new Float64Array(0), left: unitRows(full ? m : 0, m), right: unitRows(full ? n : 0, n) };
  const tall = m >= n;
  const longer = Math.max(m, n);
  const along = tall ? a.slice() : transposed(a, m, n);
  if (longer < Math.floor(k * MUCH_LONGER)) {
    // A wide matrix is reduced as its transpose is, to a lower bidiagonal form.
    const { s, long, short } = sided(along, longer, k, full ? longer : k, !tall) ?? {};
    if (!s || !long || !short) return undefined;
    return tall ? { s, left: long, right: short } : { s, left: short, right: long };
  }
  const { r, apply } = triangularFirst(along, longer, k);
  const square = sided(tall ? r : transposed(r, k, k), k, k, k, false);
  if (!square) return undefined;
  const [inner, outer] = tall ? [square.short, square.long] : [square.long, square.short];
  const long = unitRows(full ? longer : k, longer);
  for (let i = 0; i < k; i++) long.set(outer.subarray(i * k, (i + 1) * k), i * longer);
  apply(long);
  return tall ? { s: square.s, left: long, right: inner } : { s: square.s, left: inner, right: long };
}

/**
 * Of a matrix with at least as many rows as columns: its values, the vectors of its longer side (so many as `count`, of which
 * those beyond the values complete the basis) and of its shorter one.
 * @param turned it stands for its transpose, whose bidiagonal form is a lower one
 */
function sided(a: Float64Array, m: number, n: number, count: number, turned: boolean) {
  const { diagonal: s, beside, applyLeft, applyRight } = reduced(a, m, n);
  const [left, right] = [unitRows(n, n), unitRows(n, n)];
  if (n === 1 && s[0]! < 0) {
    s[0] = -s[0]!;
    left[0] = -1;
  } else if (n > 1) {
    const turns = turned ? upperFromLower(s, beside) : [];
    if (!iterate(s, beside, left, right)) return undefined;
    for (let j = turns.length - 1; j >= 0; j--) {
      const [c, sine] = turns[j]!;
      for (let row = 0; row < n; row++) {
        const next = left[row * n + j + 1]!;
        const own = left[row * n + j]!;
        left[row * n + j + 1] = c * next - sine * own;
        left[row * n + j] = sine * next + c * own;
      }
    }
  }
  const [outer, short] = turned ? [right, left] : [left, right];
  const long = unitRows(count, m);
  for (let i = 0; i < n; i++) long.set(outer.subarray(i * n, (i + 1) * n), i * m);
  applyLeft(long);
  applyRight(short);
  return { s, long, short };
}

/** Rotations that make a lower bidiagonal matrix an upper one, as they are undone on left vectors. */
function upperFromLower(d: Float64Array, e: Float64Array): (readonly [c: number, s: number])[] {
  return Array.from(e, (beside, i) => {
    const [c, s, r] = rotation(d[i]!, beside);
    d[i] = r;
    e[i] = s * d[i + 1]!;
    d[i + 1] = c * d[i + 1]!;
    return [c, -s] as const;
  });
}

/** The triangular factor of a tall matrix, and its orthogonal factor, applied to rows. */
function triangularFirst(a: Float64Array, m: number, n: number) {
  const tau = householder(a, m, n);
  const r = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) r[i * n + j] = a[i * n + j]!;
  const reflectors = Array.from(tau, (t, i) => {
    const v = new Float64Array(m);
    v[i] = 1;
    for (let k = i + 1; k < m; k++) v[k] = a[k * n + i]!;
    return { v, tau: t };
  });
  return { r, apply: (rows: Float64Array) => reflect(rows, m, reflectors, 0) };
}
