import { contiguous } from '../cast';
import { zip } from '../elementwise';
import { valueError } from '../error';
import { fromValues, type NdArray } from '../ndarray';
import { normalizeAxis } from '../shape';
import { allocate } from '../storage';
import { expandDims, moveAxis, ravel, reshape } from '../views';
import { reduce, reducedCount, type ReduceOptions } from './reduce';

/** Largest element over axes; NaN wins. @throws TensorError for an empty reduction */
export function max(array: NdArray, options: ReduceOptions = {}): NdArray {
  requireElements('maximum', array, options);
  return reduce('max', array, options, array.dtype, -Infinity, (count, acc, accAt, accStep, x, xAt, xStep) => {
    for (let i = 0; i < count; i++) {
      const value = x[xAt + i * xStep]!;
      const best = acc[accAt + i * accStep]!;
      if (value > best || value !== value) acc[accAt + i * accStep] = value;
    }
  });
}

/** Smallest element over axes; NaN wins. @throws TensorError for an empty reduction */
export function min(array: NdArray, options: ReduceOptions = {}): NdArray {
  requireElements('minimum', array, options);
  return reduce('min', array, options, array.dtype, Infinity, (count, acc, accAt, accStep, x, xAt, xStep) => {
    for (let i = 0; i < count; i++) {
      const value = x[xAt + i * xStep]!;
      const best = acc[accAt + i * accStep]!;
      if (value < best || value !== value) acc[accAt + i * accStep] = value;
    }
  });
}

function requireElements(name: string, array: NdArray, options: ReduceOptions): void {
  if (array.size === 0 && reducedCount(name, array, options.axis) === 0) {
    throw valueError(name, `zero-size array to reduction operation ${name} which has no identity`);
  }
}

/** Largest minus smallest element over axes. */
export function peakToPeak(array: NdArray, options: ReduceOptions = {}): NdArray {
  return zip((x, y) => x - y, max(array, options), min(array, options), array.dtype, 'ptp');
}

export interface ArgOptions {
  /** One axis; absent for the flattened array. */
  readonly axis?: number | undefined;
  readonly keepdims?: boolean;
}

/** Index (int64) of the first largest element along an axis; the first NaN counts as largest. */
export function argmax(array: NdArray, options: ArgOptions = {}): NdArray {
  return argBest('argmax', array, options, (x, best) => x > best);
}

/** Index (int64) of the first smallest element along an axis; the first NaN counts as smallest. */
export function argmin(array: NdArray, options: ArgOptions = {}): NdArray {
  return argBest('argmin', array, options, (x, best) => x < best);
}

function argBest(
  operation: string,
  array: NdArray,
  options: ArgOptions,
  better: (x: number, best: number) => boolean,
): NdArray {
  if (options.axis !== undefined && array.ndim === 0)
    return argBest(operation, ravel(array), { axis: options.axis }, better);
  if (options.axis === undefined) {
    const flat = argBest(operation, ravel(array), { axis: 0 }, better);
    return options.keepdims
      ? reshape(
          flat,
          array.shape.map(() => 1),
        )
      : flat;
  }
  const axis = normalizeAxis(operation, options.axis, array.ndim);
  const source = contiguous(moveAxis(array, axis, array.ndim - 1));
  const x = source.elements();
  const length = array.shape[axis]!;
  const shape = source.shape.slice(0, -1);
  if (length === 0) throw valueError(operation, `attempt to get ${operation} of an empty sequence`);
  const out = allocate('int64', x.length / length);
  for (let row = 0; row < out.length; row++) {
    const from = row * length;
    let best = x[from]!;
    let place = 0;
    for (let i = 1; i < length && best === best; i++) {
      const value = x[from + i]!;
      if (better(value, best) || value !== value) {
        best = value;
        place = i;
      }
    }
    out[row] = place;
  }
  const result = fromValues('int64', shape, out);
  return options.keepdims ? expandDims(result, axis) : result;
}
