/** `numpy.linalg` */
import * as tensors from '../../../tensor';
import type { NdArray, NormOrder } from '../../../tensor';
import type { Site } from '../../../model';
import { define, optional, type Parameter, text, unfollowed } from '../binding';
import { raised } from '../exceptions';
import { library } from '../library';
import type { Runtime } from '../runtime';
import { type PyBuiltin, type PyClass, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { type Operand, wrap } from './array';
import { compose } from './compose';
import { NUMPY_EXCEPTIONS, numeric } from './errors';
import * as take from './parameters';
import { products } from './products';
import { payFor, tensor } from './tensors';

const single = (name: string, op: string) =>
  define(name, { a: take.array }, ({ rt, site }, { a }) => tensor(rt, op, [a], {}, site));

/** `ord=`: a number, `'fro'` or `'nuc'`. What is neither is refused by the norm that it is asked of. */
const order: Parameter<NormOrder> = {
  read: (call, value, name) => (typeof value === 'string' ? (value as NormOrder) : take.real.read(call, value, name)),
};

/** Norms of vectors over one axis, or of matrices over two. */
function norm(
  rt: Runtime,
  x: Operand,
  ord: NormOrder,
  axis: number | readonly number[] | undefined,
  keepdims: boolean,
  site: Site,
): PyValue {
  return numeric(rt, site, () => {
    if (ord === 'nuc' || ord === 2 || ord === -2) payFor(rt, 'singular_values', [x]);
    if (x.row === undefined) return wrap(rt, tensors.norm(x.nd, { order: ord, axis, keepdims }));
    const over = { ...(axis === undefined ? {} : { axis }), keepdims };
    const axes = axis === undefined ? x.nd.shape.map((_, i) => i) : typeof axis === 'number' ? [axis] : axis;
    if (ord === undefined || (ord === 'fro' && axes.length === 2)) return tensor(rt, 'norm', [x], over, site);
    if (axes.length === 1 && typeof ord === 'number') return tensor(rt, 'norm', [x], { ...over, ord }, site);
    // What NumPy refuses, it refuses here.
    if (axes.length !== 2 || !MATRIX_NORMS.has(ord))
      return wrap(rt, tensors.norm(x.nd, { order: ord, axis, keepdims }));
    const c = compose(rt, site);
    const places = tensors.normalizeAxes('norm', axes, x.nd.ndim);
    const axesLast = toTheEnd(x.nd.ndim, places);
    const own = axesLast.every((a, i) => a === i) ? c.of(x) : c.tensor('transpose', [c.of(x)], { axes: axesLast });
    const result = matrixNorm(rt, own, ord, site);
    if (!keepdims) return result;
    return c.tensor('reshape', [result], { shape: x.nd.shape.map((extent, i) => (places.includes(i) ? 1 : extent)) });
  });
}

const MATRIX_NORMS: ReadonlySet<NormOrder> = new Set<NormOrder>([1, -1, 2, -2, Infinity, -Infinity, 'nuc']);

/** An order of axes in which the given ones come last. */
const toTheEnd = (ndim: number, last: readonly number[]) => [
  ...Array.from({ length: ndim }, (_, i) => i).filter((i) => !last.includes(i)),
  ...last,
];

/** Over the last two axes: of singular values, or the largest (smallest) sum of moduli of a column, or of a row. */
function matrixNorm(rt: Runtime, x: PyValue, ord: NormOrder, site: Site): PyValue {
  const c = compose(rt, site);
  if (ord === 'fro') return c.tensor('norm', [x], { axis: [-2, -1] });
  if (ord === 'nuc') return c.tensor('sum', [c.tensor('singular_values', [x])], { axis: -1 });
  const size = Math.abs(ord as number);
  const parts =
    size === 2
      ? c.tensor('singular_values', [x])
      : c.tensor('sum', [c.apply('abs', x)], { axis: size === 1 ? -2 : -1 });
  return c.tensor((ord as number) > 0 ? 'max' : 'min', [parts], { axis: -1 });
}

const tuple = (rt: Runtime, parts: readonly NdArray[]) => new PyTuple(parts.map((nd) => wrap(rt, nd)));

/** A factor that has no derivative: its vectors complete those that are determined. */
const completed = (rt: Runtime, site: Site) =>
  rt.unknown('unsupported', 'vectors that only complete a basis have no derivative: ask for the reduced factors', site);

/** Memory and time for orthonormal bases, complete ones, of rows or of columns. */
function affordBases(rt: Runtime, { nd }: Operand, axes: readonly number[], site: Site): PyUnknown | undefined {
  if (nd.ndim < 2) return undefined;
  const stack = tensors.sizeOf(nd.shape.slice(0, -2));
  for (const axis of axes) {
    const n = nd.shape.at(axis) as number;
    const expensive = take.afford(rt, [stack, n, n], site);
    if (expensive) return expensive;
    // Each vector is made by one reflection a column of the other side.
    rt.tick(Math.floor((stack * n * n * Math.min(...nd.shape.slice(-2))) / 16));
  }
  return undefined;
}

/** The factors of the first columns are primitives; a wide matrix's R is Qᵀ A. */
function qr(rt: Runtime, a: Operand, mode: string, site: Site): PyValue {
  return numeric(rt, site, () => {
    payFor(rt, 'qr_r', [a]);
    const square = mode === 'complete' ? affordBases(rt, a, [-2], site) : undefined;
    if (square) return square;
    if (a.row === undefined) {
      const { q, r } = tensors.qr(a.nd, mode as tensors.QrMode);
      return q === undefined ? wrap(rt, r) : tuple(rt, [q, r]);
    }
    const c = compose(rt, site);
    const { q: known } = tensors.qr(a.nd, mode as tensors.QrMode);
    const [m, n] = a.nd.shape.slice(-2) as [number, number];
    if (mode === 'complete' && m > n) return new PyTuple([completed(rt, site), completed(rt, site)]);
    const first = { kind: 'slice', start: undefined, stop: m, step: undefined } as const;
    const own = n > m ? c.index(c.of(a), [{ kind: 'ellipsis' }, first]) : c.of(a);
    const q = c.tensor('qr_q', [own]);
    const triangle = c.tensor('qr_r', [own]);
    if (n <= m) return known === undefined ? triangle : new PyTuple([q, triangle]);
    const after = { kind: 'slice', start: m, stop: undefined, step: undefined } as const;
    const others = c.index(c.of(a), [{ kind: 'ellipsis' }, after]);
    const turned = c.tensor('transpose', [q], { axes: toTheEnd(a.nd.ndim, [a.nd.ndim - 1, a.nd.ndim - 2]) });
    const r = c.tensor('concatenate', [triangle, c.matmul(turned, others)], { axis: -1 });
    return known === undefined ? r : new PyTuple([q, r]);
  });
}

function svd(rt: Runtime, a: Operand, full: boolean, site: Site): PyValue {
  return numeric(rt, site, () => {
    payFor(rt, 'singular_values', [a]);
    const expensive = full ? affordBases(rt, a, [-2, -1], site) : undefined;
    if (expensive) return expensive;
    const { u, s, vt } = tensors.svd(a.nd, full);
    if (a.row === undefined) return tuple(rt, [u, s, vt]);
    const [m, n] = a.nd.shape.slice(-2) as [number, number];
    const part = (op: string) => tensor(rt, op, [a], {}, site);
    return new PyTuple([
      full && m > n ? completed(rt, site) : part('left_vectors'),
      part('singular_values'),
      full && m < n ? completed(rt, site) : part('right_vectors'),
    ]);
  });
}

/** `UPLO=`: which triangle is read. */
const triangle: Parameter<{ readonly upper?: boolean }> = {
  read: (call, value, name) => {
    const side = text.read(call, value, name);
    if (side instanceof PyUnknown) return side;
    if (side.toUpperCase() === 'L') return {};
    if (side.toUpperCase() === 'U') return { upper: true };
    throw raised('ValueError', "UPLO argument must be 'L' or 'U'");
  },
};

function eigh(rt: Runtime, a: Operand, options: { readonly upper?: boolean }, site: Site): PyValue {
  if (a.row !== undefined)
    return new PyTuple([tensor(rt, 'eigenvalues', [a], options, site), tensor(rt, 'eigenvectors', [a], options, site)]);
  return numeric(rt, site, () => {
    payFor(rt, 'eigenvalues', [a]);
    const { values, vectors } = tensors.eigh(options.upper ? tensors.matrixTranspose(a.nd) : a.nd);
    return tuple(rt, [values, vectors]);
  });
}

/** Solution, sums of squared residuals, rank and singular values. */
function leastSquares(rt: Runtime, a: Operand, b: Operand, rcond: number | undefined, site: Site): PyValue {
  return numeric(rt, site, () => {
    payFor(rt, 'singular_values', [a]);
    const { solution, residuals, rank, singularValues } = tensors.lstsq(a.nd, b.nd, rcond);
    const count = wrap(rt, tensors.scalar(rank, 'int32'));
    if (a.row === undefined && b.row === undefined)
      return new PyTuple([wrap(rt, solution), wrap(rt, residuals), count, wrap(rt, singularValues)]);
    const c = compose(rt, site);
    const inverse = c.tensor('pinv', [c.of(a)], { rcond: rcond ?? tensors.leastSquaresCutoff(a.nd) });
    const x = c.matmul(inverse, c.of(b));
    const rest = c.sub(c.of(b), c.matmul(c.of(a), x));
    const squares = c.tensor('sum', [c.apply('square', rest)], { axis: 0, keepdims: b.nd.ndim === 1 });
    return new PyTuple([
      x,
      residuals.size > 0 ? squares : wrap(rt, residuals),
      count,
      a.row === undefined ? wrap(rt, singularValues) : c.tensor('singular_values', [c.of(a)]),
    ]);
  });
}

/** The ratio of the extreme singular values, or the norm times that of the inverse. */
function cond(rt: Runtime, x: Operand, p: NormOrder, site: Site): PyValue {
  return numeric(rt, site, () => {
    if (x.row === undefined) {
      payFor(rt, 'singular_values', [x]);
      return wrap(rt, tensors.conditionNumber(x.nd, p));
    }
    const c = compose(rt, site);
    if (p === undefined || Math.abs(p as number) === 2) {
      const s = c.tensor('singular_values', [c.of(x)]);
      const at = (value: number) => c.index(s, [{ kind: 'ellipsis' }, { kind: 'integer', value }]);
      return p === -2 ? c.div(at(-1), at(0)) : c.div(at(0), at(-1));
    }
    const inverse = c.tensor('inv', [c.of(x)]);
    return c.mul(matrixNorm(rt, c.of(x), p, site), matrixNorm(rt, inverse, p, site));
  });
}

/** Powers by repeated squaring, of the inverse for negative ones. */
function matrixPower(rt: Runtime, a: Operand, n: number, site: Site): PyValue {
  return numeric(rt, site, () => {
    const products = 2 * Math.ceil(Math.log2(Math.abs(n) + 2));
    for (let i = 0; i < products; i++) payFor(rt, 'det', [a]);
    if (a.row === undefined) return wrap(rt, tensors.matrixPower(a.nd, n));
    const c = compose(rt, site);
    if (n === 0) return wrap(rt, tensors.matrixPower(a.nd, 0));
    let square = n < 0 ? c.tensor('inv', [c.of(a)]) : c.of(a);
    let result: PyValue | undefined;
    for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) result = result === undefined ? square : c.matmul(result, square);
      if (rest > 1) square = c.matmul(square, square);
    }
    return result as PyValue;
  });
}

/** The order of products with the fewest multiplications matters to time and last digits only: from left to right. */
const multiDot: PyBuiltin = define(
  'multi_dot',
  { arrays: take.arrays, out: unfollowed() },
  ({ rt, site }, { arrays }) => {
    if (arrays.length < 2) throw raised('ValueError', 'Expecting at least two arrays.');
    const c = compose(rt, site);
    return arrays.slice(1).reduce<PyValue>((left, right) => c.tensor('dot', [left, right]), arrays[0] as PyValue);
  },
);

export const numpyLinalg = library('numpy.linalg', {
  LinAlgError: NUMPY_EXCEPTIONS.get('LinAlgError') as PyClass,
  inv: single('inv', 'inv'),
  det: single('det', 'det'),
  slogdet: define('slogdet', { a: take.array }, ({ rt, site }, { a }) => {
    const [sign, logarithm] = [tensor(rt, 'det_sign', [a], {}, site), tensor(rt, 'logdet', [a], {}, site)];
    return sign instanceof PyUnknown ? sign : new PyTuple([sign, logarithm]);
  }),
  solve: define('solve', { a: take.array, b: take.array }, ({ rt, site }, { a, b }) =>
    tensor(rt, 'solve', [a, b], {}, site),
  ),
  norm: define(
    'norm',
    { x: take.array, ord: optional(order), axis: optional(take.axes), keepdims: optional(take.flag, false) },
    ({ rt, site }, { x, ord, axis, keepdims }) => norm(rt, x, ord, axis, keepdims, site),
  ),
  cholesky: single('cholesky', 'cholesky'),
  matrix_power: define('matrix_power', { a: take.array, n: take.integer }, ({ rt, site }, { a, n }) =>
    matrixPower(rt, a, n, site),
  ),
  multi_dot: multiDot,
  qr: define('qr', { a: take.array, mode: optional(text, 'reduced') }, ({ rt, site }, { a, mode }) =>
    qr(rt, a, mode, site),
  ),
  svd: define(
    'svd',
    {
      a: take.array,
      full_matrices: optional(take.flag, true),
      compute_uv: optional(take.flag, true),
      hermitian: unfollowed(false),
    },
    ({ rt, site }, { a, full_matrices, compute_uv }) =>
      compute_uv ? svd(rt, a, full_matrices, site) : tensor(rt, 'singular_values', [a], {}, site),
  ),
  eigh: define('eigh', { a: take.array, UPLO: optional(triangle, {}) }, ({ rt, site }, { a, UPLO }) =>
    eigh(rt, a, UPLO, site),
  ),
  eigvalsh: define('eigvalsh', { a: take.array, UPLO: optional(triangle, {}) }, ({ rt, site }, { a, UPLO }) =>
    tensor(rt, 'eigenvalues', [a], UPLO, site),
  ),
  pinv: define(
    'pinv',
    { a: take.array, rcond: optional(take.real), hermitian: unfollowed(false) },
    ({ rt, site }, { a, rcond }) => tensor(rt, 'pinv', [a], { rcond }, site),
  ),
  lstsq: define(
    'lstsq',
    { a: take.array, b: take.array, rcond: optional(take.real) },
    ({ rt, site }, { a, b, rcond }) => leastSquares(rt, a, b, rcond === -1 ? undefined : rcond, site),
  ),
  matrix_rank: define(
    'matrix_rank',
    { A: take.data, tol: unfollowed(), hermitian: unfollowed(false) },
    ({ rt, site }, { A }) => {
      payFor(rt, 'singular_values', [{ nd: A, row: undefined }]);
      return numeric(rt, site, () => wrap(rt, tensors.matrixRank(A)));
    },
  ),
  cond: define('cond', { x: take.array, p: optional(order) }, ({ rt, site }, { x, p }) => cond(rt, x, p, site)),
  trace: products['trace'] as PyValue,
  outer: products['outer'] as PyValue,
});
