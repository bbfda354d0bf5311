/** Choosing elements: by condition, by bounds, by indices along an axis. */
import { asType, contiguous, toFloat64 } from '../cast';
import { zip, zip3 } from '../elementwise';
import { shapeText, TensorError, valueError } from '../error';
import { fromValues, type NdArray } from '../ndarray';
import { maximum, minimum, operate } from '../operators';
import { quotientType, resultType } from '../promotion';
import { broadcastShapes, normalizeAxis, sizeOf } from '../shape';
import { assign, select } from '../indexing/select';
import type { IndexItem } from '../indexing/parse';
import type { UndoRecord } from '../undo';
import { broadcastTo, moveAxis, ravel, reshape, sliceAxis, take } from '../views';
import { mean } from '../reductions/sums';
import { sort } from './sort';

/** Elements of `x` where the condition holds (is not zero), else of `y`; all three broadcast. */
export function where(condition: NdArray, x: NdArray, y: NdArray): NdArray {
  const dtype = resultType(x.promotion, y.promotion);
  return zip3((c, a, b) => (c !== 0 ? a : b), condition, asType(x, dtype), asType(y, dtype), dtype, 'where');
}

/** Elements limited to [low, high]; an absent bound does not limit. NaN stays, and a NaN bound gives NaN. */
export function clip(array: NdArray, low: NdArray | undefined, high: NdArray | undefined): NdArray {
  if (low === undefined && high === undefined) throw valueError('clip', 'One of max or min must be given');
  const raised = low === undefined ? array : operate(maximum, array, low);
  return high === undefined ? raised : operate(minimum, raised, high);
}

/** Index items that address one element of each joint index: `indices` along the axis, every place of the others. */
function alongAxis(operation: string, array: NdArray, indices: NdArray, axis: number): IndexItem[] {
  const place = normalizeAxis(operation, axis, array.ndim);
  if (indices.ndim !== array.ndim) {
    throw new TensorError(
      'shape',
      operation,
      `${shapeText(indices.shape)} and ${shapeText(array.shape)} differ in rank`,
      {
        exception: 'ValueError',
        message: '`indices` and `arr` must have the same number of dimensions',
      },
    );
  }
  return array.shape.map((extent, i): IndexItem => {
    if (i === place) return { kind: 'array', array: indices };
    const counting = fromValues(
      'int64',
      [extent],
      Float64Array.from({ length: extent }, (_, k) => k),
    );
    return {
      kind: 'array',
      array: reshape(
        counting,
        array.shape.map((_, k) => (k === i ? extent : 1)),
      ),
    };
  });
}

/** result[…, i, …] = array[…, indices[…, i, …], …]: as `argsort` and `argmax` (keepdims) want it. */
export function takeAlongAxis(array: NdArray, indices: NdArray, axis: number): NdArray {
  return select(array, alongAxis('take_along_axis', array, indices, axis));
}

/** The writing counterpart of `takeAlongAxis`. */
export function putAlongAxis(array: NdArray, indices: NdArray, values: NdArray, axis: number): UndoRecord {
  return assign(array, alongAxis('put_along_axis', array, indices, axis), values);
}

/** Arrays broadcast against each other: read-only views. */
export function broadcastArrays(...arrays: readonly NdArray[]): NdArray[] {
  const shape = broadcastShapes('broadcast_arrays', ...arrays.map((array) => array.shape));
  return arrays.map((array) => broadcastTo(array, shape));
}

/**
 * Quantiles (0 ≤ q ≤ 1) along an axis by linear interpolation between order statistics; NaN if an element is NaN. The
 * axes of `q` come first.
 */
export function quantile(array: NdArray, q: NdArray, axis?: number): NdArray {
  if (axis === undefined) return quantile(ravel(array), q, 0);
  const place = normalizeAxis('quantile', axis, array.ndim);
  const probabilities = q.elements();
  if (probabilities.some((p) => !(p >= 0 && p <= 1)))
    throw valueError('quantile', 'Quantiles must be in the range [0, 1]');
  const rows = contiguous(moveAxis(sort(toFloat64(array), place), place, -1));
  const n = rows.shape.at(-1)!;
  const rest = rows.shape.slice(0, -1);
  const x = rows.elements();
  const count = sizeOf(rest);
  const out = new Float64Array(probabilities.length * count);
  const round = array.dtype === 'float32' ? Math.fround : (difference: number): number => difference;
  for (let k = 0; k < probabilities.length; k++) {
    for (let row = 0; row < count; row++) out[k * count + row] = interpolated(x, row * n, n, probabilities[k]!, round);
  }
  const dtype = resultType(quotientType(array.dtype), q.promotion);
  return asType(fromValues('float64', [...q.shape, ...rest], out), dtype);
}

function interpolated(
  x: ArrayLike<number>,
  from: number,
  n: number,
  p: number,
  round: (difference: number) => number,
): number {
  const last = x[from + n - 1];
  if (last === undefined || Number.isNaN(last)) return NaN;
  const position = (n - 1) * p;
  const low = Math.floor(position);
  const weight = position - low;
  const a = x[from + low]!;
  const b = x[from + Math.min(low + 1, n - 1)]!;
  // Interpolating from the nearer end keeps the result monotonic in p, as NumPy does.
  const difference = round(b - a);
  return weight >= 0.5 ? b - difference * (1 - weight) : a + difference * weight;
}

/** The middle element along an axis, or the mean of the two middle ones; NaN if an element is NaN. */
export function median(array: NdArray, axis?: number): NdArray {
  if (axis === undefined) return median(ravel(array), 0);
  const place = normalizeAxis('median', axis, array.ndim);
  const sorted = sort(array, place);
  const n = array.shape[place]!;
  if (n === 0) return mean(array, { axis: place });
  const count = n % 2 === 1 ? 1 : 2;
  const middle = mean(sliceAxis(sorted, place, (n - count) >> 1, count), { axis: place });
  // NaN sorts last, so the last element tells.
  const last = take(sorted, place, n - 1);
  return zip((m, x) => (x !== x ? NaN : m), middle, last, middle.dtype, 'median');
}

/** Whether the elements of two arrays are equal one by one and the shapes agree. */
export function arrayEqual(a: NdArray, b: NdArray): boolean {
  if (shapeText(a.shape) !== shapeText(b.shape)) return false;
  const x = a.elements();
  const y = b.elements();
  return x.every((value, i) => value === y[i]);
}

/** Elementwise |a − b| ≤ atol + rtol·|b|, as `np.isclose`; equal infinities are close. */
export function isClose(a: NdArray, b: NdArray, rtol = 1e-5, atol = 1e-8, equalNan = false): NdArray {
  const close = (x: number, y: number): number => {
    if (x !== x || y !== y) return Number(equalNan && x !== x && y !== y);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return Number(x === y);
    return Number(Math.abs(x - y) <= atol + rtol * Math.abs(y));
  };
  return zip(close, a, b, 'bool', 'isclose');
}
