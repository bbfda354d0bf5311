/** Moving elements about: rolling, padding, triangles, diagonals. */
import { castFunction, contiguous, copy } from '../cast';
import { TensorError, valueError } from '../error';
import { fromValues, zeros, type NdArray } from '../ndarray';
import { normalizeAxis, type AxisArgument } from '../shape';
import { overwrite } from '../undo';
import { diagonal, flip, ravel, reshape, sliceAxis, swapAxes } from '../views';
import { takeAlong } from './join';

/** Elements shifted along axes, those pushed out coming in again at the other end. Flattened when no axis is given. */
export function roll(array: NdArray, shift: number | readonly number[], axis?: AxisArgument): NdArray {
  if (axis === undefined) {
    const total = typeof shift === 'number' ? shift : shift.reduce((a, b) => a + b, 0);
    return reshape(roll(ravel(array), total, 0), array.shape);
  }
  const axes = (typeof axis === 'number' ? [axis] : axis).map((i) => normalizeAxis('roll', i, array.ndim));
  const shifts = typeof shift === 'number' ? axes.map(() => shift) : shift;
  if (shifts.length > 1 && axes.length > 1 && shifts.length !== axes.length) {
    throw valueError('roll', "'shift' and 'axis' should be scalars or 1D sequences");
  }
  const pairs = Math.max(shifts.length, axes.length);
  let result = contiguous(array);
  for (let k = 0; k < pairs; k++) {
    const place = axes[axes.length === 1 ? 0 : k]!;
    const by = shifts[shifts.length === 1 ? 0 : k]!;
    const extent = array.shape[place]!;
    const chosen = Array.from({ length: extent }, (_, i) => (((i - by) % extent) + extent) % extent);
    result = takeAlong(result, chosen, place);
  }
  return pairs === 0 ? copy(array) : result;
}

/** The plane of two axes turned by k quarters, from the first axis towards the second; a view. */
export function rotate90(array: NdArray, k = 1, axes: readonly [number, number] = [0, 1]): NdArray {
  if (array.ndim < 2) throw valueError('rot90', 'Axes must be different.');
  const a = normalizeAxis('rot90', axes[0], array.ndim);
  const b = normalizeAxis('rot90', axes[1], array.ndim);
  if (a === b) throw valueError('rot90', 'Axes must be different.');
  const quarters = ((k % 4) + 4) % 4;
  if (quarters === 0) return array;
  if (quarters === 2) return flip(array, [a, b]);
  return quarters === 1 ? swapAxes(flip(array, b), a, b) : flip(swapAxes(array, a, b), b);
}

export type PadMode = 'constant' | 'edge' | 'reflect' | 'symmetric' | 'wrap';

/**
 * Pads each axis with `widths[axis] = [before, after]` elements. `reflect` mirrors without repeating the edge,
 * `symmetric` repeats it, `wrap` continues periodically.
 * @throws TensorError `value` for negative widths, or when an empty axis is to be continued
 */
export function pad(
  array: NdArray,
  widths: readonly (readonly [number, number])[],
  mode: PadMode = 'constant',
  constants: readonly (readonly [number, number])[] = widths.map(() => [0, 0]),
): NdArray {
  if (widths.length !== array.ndim) throw valueError('pad', `${widths.length} widths for ${array.ndim} axes`);
  if (widths.some(([before, after]) => before < 0 || after < 0)) {
    throw valueError('pad', "index can't contain negative values");
  }
  return mode === 'constant' ? padConstant(array, widths, constants) : padByIndex(array, widths, mode);
}

function padConstant(
  array: NdArray,
  widths: readonly (readonly [number, number])[],
  constants: readonly (readonly [number, number])[],
): NdArray {
  const cast = castFunction('float64', array.dtype);
  const shape = array.shape.map((extent, axis) => extent + widths[axis]![0] + widths[axis]![1]);
  const result = zeros(shape, array.dtype);
  // Later axes overwrite the corners of earlier ones, as in NumPy.
  let inside = result;
  array.shape.forEach((extent, axis) => {
    inside = sliceAxis(inside, axis, widths[axis]![0], extent);
  });
  overwrite(inside, array.elements());
  array.shape.forEach((extent, axis) => {
    let region = result;
    for (let later = axis + 1; later < array.ndim; later++) {
      region = sliceAxis(region, later, widths[later]![0], array.shape[later]!);
    }
    const [before, after] = widths[axis]!;
    const sides = [sliceAxis(region, axis, 0, before), sliceAxis(region, axis, before + extent, after)];
    sides.forEach((side, k) => {
      const value = cast(constants[axis]![k]!);
      if (value !== 0) overwrite(side, side.values().fill(value));
    });
  });
  return result;
}

function padByIndex(array: NdArray, widths: readonly (readonly [number, number])[], mode: PadMode): NdArray {
  let result = contiguous(array);
  array.shape.forEach((extent, axis) => {
    const [before, after] = widths[axis]!;
    if (before + after === 0) return;
    if (extent === 0) {
      const message = `can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`;
      throw valueError('pad', message);
    }
    const chosen = Array.from({ length: before + extent + after }, (_, i) => sourceIndex(i - before, extent, mode));
    result = takeAlong(result, chosen, axis);
  });
  return result === array ? copy(array) : result;
}

function sourceIndex(i: number, extent: number, mode: PadMode): number {
  const modulo = (value: number, period: number): number => ((value % period) + period) % period;
  if (mode === 'edge') return Math.min(Math.max(i, 0), extent - 1);
  if (mode === 'wrap') return modulo(i, extent);
  if (mode === 'symmetric') {
    const place = modulo(i, 2 * extent);
    return place < extent ? place : 2 * extent - 1 - place;
  }
  if (extent === 1) return 0;
  const place = modulo(i, 2 * extent - 2);
  return place < extent ? place : 2 * extent - 2 - place;
}

function triangle(operation: string, array: NdArray, keep: (row: number, column: number) => boolean): NdArray {
  if (array.ndim === 1) {
    // NumPy repeats a vector as the rows of a square matrix.
    const n = array.size;
    return triangle(operation, takeAlong(reshape(array, [1, n]), new Array<number>(n).fill(0), 0), keep);
  }
  if (array.ndim < 2) throw new TensorError('shape', operation, 'a scalar has no triangle');
  const [rows, columns] = array.shape.slice(-2) as [number, number];
  const values = array.values();
  for (let i = 0; i < values.length; i++) {
    if (!keep(Math.floor(i / columns) % rows, i % columns)) values[i] = 0;
  }
  return fromValues(array.dtype, array.shape, values);
}

/** The lower triangle of the last two axes: zero above the k-th diagonal. */
export function lowerTriangle(array: NdArray, k = 0): NdArray {
  return triangle('tril', array, (row, column) => column - row <= k);
}

/** The upper triangle of the last two axes: zero below the k-th diagonal. */
export function upperTriangle(array: NdArray, k = 0): NdArray {
  return triangle('triu', array, (row, column) => column - row >= k);
}

/** A matrix with a vector on its k-th diagonal, or a view of the k-th diagonal of a matrix (`np.diag`). */
export function diag(array: NdArray, k = 0): NdArray {
  if (array.ndim === 2) return diagonal(array, k);
  if (array.ndim !== 1) throw valueError('diag', 'Input must be 1- or 2-d.');
  const n = array.size + Math.abs(k);
  const result = zeros([n, n], array.dtype);
  overwrite(diagonal(result, k), array.elements());
  return result;
}

/** Matrix transposition of the last two axes; a view. */
export function matrixTranspose(array: NdArray): NdArray {
  return swapAxes(array, -1, -2);
}

/** Differences of neighbours along an axis, n times; exact in the array's own type (bool: whether they differ). */
export function diff(array: NdArray, n = 1, axis = -1): NdArray {
  if (array.ndim === 0) throw valueError('diff', 'diff requires input that is at least one dimensional');
  const place = normalizeAxis('diff', axis, array.ndim);
  let result = array;
  for (let turn = 0; turn < n; turn++) {
    const last = array.ndim - 1;
    const rows = contiguous(swapAxes(result, place, last));
    const x = rows.elements();
    const length = rows.shape[last]!;
    const shape = rows.shape.map((extent, i) => (i === last ? Math.max(0, extent - 1) : extent));
    const next = zeros(shape, array.dtype);
    for (let row = 0, to = 0; row < x.length && length > 1; row += length) {
      for (let i = row + 1; i < row + length; i++) {
        next.data[to++] = array.dtype === 'bool' ? Number(x[i] !== x[i - 1]) : x[i]! - x[i - 1]!;
      }
    }
    result = contiguous(swapAxes(next, place, last));
  }
  return result;
}
