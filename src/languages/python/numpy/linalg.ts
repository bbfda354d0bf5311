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
import { tensor } from './tensors';

const single = (name: string, op: string) =>
  define(name, { a: take.array }, ({ rt, site }, { a }) => tensor(rt, op, [a], {}, site));

/** What is not differentiated: unknown of arrays that an input reaches. */
function untraced(rt: Runtime, name: string, x: Operand, site: Site, compute: (nd: NdArray) => PyValue): PyValue {
  if (x.row !== undefined)
    return rt.unknown('unsupported', `the derivative of \`np.linalg.${name}\` is not supported`, site);
  return numeric(rt, site, () => compute(x.nd));
}

/** `ord=`: a number, `'fro'` or `'nuc'`. */
const order: Parameter<NormOrder> = {
  read: (call, value, name) => {
    if (value === 'fro' || value === 'nuc') return value;
    if (typeof value === 'string') throw raised('ValueError', `Invalid norm order '${value}'.`);
    return take.real.read(call, value, name);
  },
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
    if (x.row === undefined) return wrap(rt, tensors.norm(x.nd, { order: ord, axis, keepdims }));
    const over = { ...(axis === undefined ? {} : { axis }), keepdims };
    const axes = axis === undefined ? x.nd.shape.map((_, i) => i) : typeof axis === 'number' ? [axis] : axis;
    if (ord === undefined || (ord === 'fro' && axes.length === 2)) return tensor(rt, 'norm', [x], over, site);
    if (axes.length === 1 && typeof ord === 'number' && ord !== 0)
      return tensor(rt, 'norm', [x], { ...over, ord }, site);
    const c = compose(rt, site);
    if (axes.length === 2 && !keepdims && (Math.abs(ord as number) === 1 || Math.abs(ord as number) === Infinity)) {
      // The largest (smallest) sum of absolute values of a column, or of a row.
      const [rows, columns] = axes.map((a) => tensors.normalizeAxis('norm', a, x.nd.ndim)) as [number, number];
      const summed = Math.abs(ord as number) === 1 ? rows : columns;
      const other = summed === rows ? columns : rows;
      const sums = c.tensor('sum', [c.apply('abs', c.of(x))], { axis: summed });
      return c.tensor((ord as number) > 0 ? 'max' : 'min', [sums], { axis: other > summed ? other - 1 : other });
    }
    return rt.unknown('unsupported', 'the derivative of this norm is not supported', site);
  });
}

const tuple = (rt: Runtime, parts: readonly NdArray[]) => new PyTuple(parts.map((nd) => wrap(rt, nd)));

/** Powers by repeated squaring, of the inverse for negative ones. */
function matrixPower(rt: Runtime, a: Operand, n: number, site: Site): PyValue {
  return numeric(rt, site, () => {
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
    untraced(rt, 'qr', a, site, (nd) => {
      const { q, r } = tensors.qr(nd, mode as tensors.QrMode);
      return q === undefined ? wrap(rt, r) : tuple(rt, [q, r]);
    }),
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
      untraced(rt, 'svd', a, site, (nd) => {
        const { u, s, vt } = tensors.svd(nd, full_matrices);
        return compute_uv ? tuple(rt, [u, s, vt]) : wrap(rt, s);
      }),
  ),
  eigh: define('eigh', { a: take.array, UPLO: unfollowed('L') }, ({ rt, site }, { a }) =>
    untraced(rt, 'eigh', a, site, (nd) => {
      const { values, vectors } = tensors.eigh(nd);
      return tuple(rt, [values, vectors]);
    }),
  ),
  eigvalsh: define('eigvalsh', { a: take.array, UPLO: unfollowed('L') }, ({ rt, site }, { a }) =>
    untraced(rt, 'eigvalsh', a, site, (nd) => wrap(rt, tensors.eigh(nd).values)),
  ),
  pinv: define(
    'pinv',
    { a: take.array, rcond: optional(take.real, 1e-15), hermitian: unfollowed(false) },
    ({ rt, site }, { a, rcond }) => untraced(rt, 'pinv', a, site, (nd) => wrap(rt, tensors.pinv(nd, rcond))),
  ),
  lstsq: define(
    'lstsq',
    { a: take.array, b: take.array, rcond: optional(take.real) },
    ({ rt, site }, { a, b, rcond }) =>
      b.row !== undefined
        ? rt.unknown('unsupported', 'the derivative of `np.linalg.lstsq` is not supported', site)
        : untraced(rt, 'lstsq', a, site, (nd) => {
            const { solution, residuals, rank, singularValues } = tensors.lstsq(
              nd,
              b.nd,
              rcond === -1 ? undefined : rcond,
            );
            return new PyTuple([
              wrap(rt, solution),
              wrap(rt, residuals),
              wrap(rt, tensors.scalar(rank, 'int32')),
              wrap(rt, singularValues),
            ]);
          }),
  ),
  matrix_rank: define(
    'matrix_rank',
    { A: take.data, tol: unfollowed(), hermitian: unfollowed(false) },
    ({ rt, site }, { A }) => numeric(rt, site, () => wrap(rt, tensors.matrixRank(A))),
  ),
  cond: define('cond', { x: take.array, p: unfollowed(2) }, ({ rt, site }, { x }) =>
    untraced(rt, 'cond', x, site, (nd) => wrap(rt, tensors.conditionNumber(nd))),
  ),
  trace: products['trace'] as PyValue,
  outer: products['outer'] as PyValue,
});
