import { asType, toFloat64 } from '../cast';
import { map, zip } from '../elementwise';
import { TensorError, valueError } from '../error';
import { fromValues, type NdArray } from '../ndarray';
import { multiply, operate } from '../operators';
import { matmul } from '../products/matmul';
import { promote, quotientType } from '../promotion';
import { max, min } from '../reductions/extrema';
import { countNonzero } from '../reductions/logical';
import { sum } from '../reductions/sums';
import { normalizeAxes, sizeOf } from '../shape';
import { expandDims, moveAxis, ravel, reshape, squeeze, swapAxes } from '../views';
import { inv } from './lu';
import { linearAlgebraError, stackOf } from './matrices';
import { svd } from './spectral';

/** `undefined` is the 2-norm of all elements (or of the given axes). */
export type NormOrder = number | 'fro' | 'nuc' | undefined;

export interface NormOptions {
  readonly order?: NormOrder;
  /** One axis: norms of vectors; two: of matrices; absent: the whole array. */
  readonly axis?: number | readonly number[] | undefined;
  readonly keepdims?: boolean;
}

/**
 * Norms of vectors and matrices, as `numpy.linalg.norm`: vectors take any number as order (0 counts), matrices 1, −1, 2,
 * −2, ±∞, `fro` and `nuc`.
 */
export function norm(array: NdArray, options: NormOptions = {}): NdArray {
  const { order, keepdims = false } = options;
  const dtype = quotientType(array.dtype);
  const x = toFloat64(array);
  if (options.axis === undefined) {
    const plain = order === undefined || (order === 'fro' && x.ndim === 2) || (order === 2 && x.ndim === 1);
    if (plain) {
      const flat = ravel(x);
      const total = asType(map(Math.sqrt, matmul(flat, flat)), dtype);
      return keepdims
        ? reshape(
            total,
            array.shape.map(() => 1),
          )
        : total;
    }
  }
  const axes =
    options.axis === undefined
      ? x.shape.map((_, i) => i)
      : normalizeAxes('norm', typeof options.axis === 'number' ? [options.axis] : options.axis, x.ndim);
  if (axes.length === 1) return asType(vectorNorm(x, order, axes[0]!, keepdims), dtype);
  if (axes.length !== 2) throw valueError('norm', 'Improper number of dimensions to norm.');
  return asType(matrixNorm(x, order, axes[0]!, axes[1]!, keepdims), dtype);
}

const magnitude = (x: NdArray): NdArray => map(Math.abs, x);

function vectorNorm(x: NdArray, order: NormOrder, axis: number, keepdims: boolean): NdArray {
  const options = { axis, keepdims };
  if (order === Infinity) return max(magnitude(x), options);
  if (order === -Infinity) return min(magnitude(x), options);
  if (order === 0) return toFloat64(countNonzero(x, options));
  if (order === 1) return sum(magnitude(x), options);
  if (order === undefined || order === 2) return map(Math.sqrt, sum(operate(multiply, x, x), options));
  if (typeof order !== 'number') throw valueError('norm', `Invalid norm order '${order}' for vectors`);
  const powers = map((value) => Math.abs(value) ** order, x);
  return map((total) => total ** (1 / order), sum(powers, options));
}

function matrixNorm(x: NdArray, order: NormOrder, row: number, column: number, keepdims: boolean): NdArray {
  const result = reducedMatrixNorm(moveAxis(x, [row, column], [-2, -1]), order);
  return keepdims
    ? expandDims(
        result,
        [row, column].sort((a, b) => a - b),
      )
    : result;
}

/** The norm over the last two axes. */
function reducedMatrixNorm(x: NdArray, order: NormOrder): NdArray {
  switch (order) {
    case undefined:
    case 'fro':
      return map(Math.sqrt, sum(operate(multiply, x, x), { axis: [-2, -1] }));
    case 'nuc':
      return sum(svd(x, false).s, { axis: -1 });
    case 2:
      return max(svd(x, false).s, { axis: -1 });
    case -2:
      return min(svd(x, false).s, { axis: -1 });
    case 1:
      return max(sum(magnitude(x), { axis: -2 }), { axis: -1 });
    case -1:
      return min(sum(magnitude(x), { axis: -2 }), { axis: -1 });
    case Infinity:
      return max(sum(magnitude(x), { axis: -1 }), { axis: -1 });
    case -Infinity:
      return min(sum(magnitude(x), { axis: -1 }), { axis: -1 });
    default:
      throw valueError('norm', 'Invalid norm order for matrices.');
  }
}

const EPSILON = 2 ** -52;
const SINGLE_EPSILON = 2 ** -23;

function epsilonOf(array: NdArray): number {
  return array.dtype === 'float32' ? SINGLE_EPSILON : EPSILON;
}

/** The relative cutoff of singular values in least squares, unless it is given: ε·max(m, n). */
export function leastSquaresCutoff(array: NdArray): number {
  return epsilonOf(array) * Math.max(...array.shape);
}

/** The number (int64) of singular values above max(m, n)·ε times the largest. A vector has rank 0 or 1. */
export function matrixRank(array: NdArray): NdArray {
  if (array.ndim < 2) return fromValues('int64', [], Float64Array.of(array.elements().some((x) => x !== 0) ? 1 : 0));
  const { s } = svd(array, false);
  const largest = max(s, { axis: -1, keepdims: true });
  const factor = Math.max(...array.shape.slice(-2)) * epsilonOf(array);
  const above = zip((value, top) => Number(value > top * factor), s, largest, 'bool');
  return countNonzero(above, { axis: -1 });
}

/** The Moore–Penrose inverse, singular values below rcond times the largest taken as zero. */
export function pinv(array: NdArray, rcond = 1e-15): NdArray {
  const { u, s, vt } = svd(array, false);
  const largest = s.size === 0 ? s : max(s, { axis: -1, keepdims: true });
  const inverse = zip((value, top) => (value > rcond * top ? 1 / value : 0), s, largest, s.dtype);
  const scaled = operate(multiply, expandDims(inverse, -1), swapAxes(u, -1, -2));
  return matmul(swapAxes(vt, -1, -2), scaled);
}

export interface LeastSquares {
  readonly solution: NdArray;
  /** Sums of squared residuals of each column; empty unless a has full column rank and more rows than columns. */
  readonly residuals: NdArray;
  readonly rank: number;
  readonly singularValues: NdArray;
}

/**
 * The solution x of least norm that minimises |a·x − b|, by the singular value decomposition. Singular values below
 * rcond (default ε·max(m, n)) times the largest count as zero.
 */
export function lstsq(a: NdArray, b: NdArray, rcond?: number): LeastSquares {
  const { rows: m, columns: n, batch } = stackOf('lstsq', a);
  if (sizeOf(batch) !== 1 || batch.length > 0) {
    throw linearAlgebraError('lstsq', `${a.ndim}-dimensional array given. Array must be two-dimensional`);
  }
  const isVector = b.ndim === 1;
  const right = isVector ? expandDims(b, 1) : b;
  if (right.shape[0] !== m) throw linearAlgebraError('lstsq', 'Incompatible dimensions');
  const dtype = promote(quotientType(a.dtype), quotientType(b.dtype));
  const { u, s, vt } = svd(toFloat64(a), false);
  const cutoff = (rcond ?? leastSquaresCutoff(a)) * (s.size === 0 ? 0 : max(s).item());
  const inverse = map((value) => (value > cutoff ? 1 / value : 0), s);
  const rank = countNonzero(map((value) => Number(value > cutoff), s)).item();
  const target = toFloat64(right);
  const projected = matmul(swapAxes(u, 0, 1), target);
  const solution = matmul(swapAxes(vt, 0, 1), operate(multiply, expandDims(inverse, 1), projected));
  const rest = zip((x, y) => x - y, matmul(toFloat64(a), solution), target, 'float64');
  const full = rank === n && m > n;
  const residuals = full
    ? sum(operate(multiply, rest, rest), { axis: 0 })
    : fromValues('float64', [0], new Float64Array(0));
  return {
    solution: asType(isVector ? squeeze(solution, 1) : solution, dtype),
    residuals: asType(residuals, dtype),
    rank,
    singularValues: asType(s, dtype),
  };
}

/**
 * The condition number in the given norm: the ratio of the largest to the smallest singular value (2, the default; −2 its
 * inverse), or the norm times that of the inverse. Of singular matrices it is infinite.
 */
export function conditionNumber(array: NdArray, order?: NormOrder): NdArray {
  if (array.size === 0) throw linearAlgebraError('cond', 'cond is not defined on empty arrays', 'value');
  const { batch, dtype } = stackOf('cond', array);
  const infinite = (ratio: NdArray) =>
    zip((x, anyNaN) => (Number.isNaN(x) && !anyNaN ? Infinity : x), ratio, hasNaN(array), dtype);
  if (order === undefined || order === 2 || order === -2) {
    const { s } = svd(array, false);
    const [most, least] = [max(s, { axis: -1 }), min(s, { axis: -1 })];
    return infinite(zip((x, y) => (order === -2 ? y / x : x / y), most, least, dtype));
  }
  try {
    const [own, inverse] = [array, inv(array)].map((x) => norm(x, { order, axis: [-2, -1] })) as [NdArray, NdArray];
    return infinite(operate(multiply, own, inverse));
  } catch (error) {
    if (!(error instanceof TensorError) || error.code !== 'singular' || batch.length > 0) throw error;
    return fromValues('float64', [], Float64Array.of(Infinity));
  }
}

const hasNaN = (array: NdArray): NdArray =>
  max(
    map((x) => Number(Number.isNaN(x)), array, 'float64'),
    { axis: [-2, -1] },
  );

/** Kronecker product: every element of a times all of b. */
export function kron(a: NdArray, b: NdArray): NdArray {
  const ndim = Math.max(a.ndim, b.ndim);
  const lifted = (array: NdArray): readonly number[] => [
    ...new Array<number>(ndim - array.ndim).fill(1),
    ...array.shape,
  ];
  const outer = lifted(a);
  const inner = lifted(b);
  const left = reshape(
    a,
    outer.flatMap((extent) => [extent, 1]),
  );
  const right = reshape(
    b,
    inner.flatMap((extent) => [1, extent]),
  );
  const product = operate(multiply, left, right);
  return reshape(
    product,
    outer.map((extent, axis) => extent * inner[axis]!),
  );
}
