/** Sorting, and what is built on it. NaN sorts last, as in NumPy. */
import { contiguous, copy } from '../cast';
import { DTYPE_FACTS, isFloat } from '../dtype';
import { TensorError, valueError } from '../error';
import { fromValues, zeros, type NdArray } from '../ndarray';
import { forEachLane } from '../lanes';
import { normalizeAxis, rowMajorStrides } from '../shape';
import { allocate } from '../storage';
import { moveAxis, ravel, reshape, transpose, view } from '../views';
import { stack } from './join';

export type SortKind = 'quicksort' | 'stable';

const before = (x: number, y: number): boolean => x < y || (y !== y && x === x);

/** A sorted copy along an axis (the last by default; flattened when undefined is passed as null). */
export function sort(array: NdArray, axis: number | null = -1): NdArray {
  if (axis === null) return sort(ravel(array));
  const place = normalizeAxis('sort', axis, array.ndim);
  const result = copy(array, 'K');
  const length = array.shape[place]!;
  const step = result.strides[place]!;
  const line = DTYPE_FACTS[array.dtype].create(length);
  const { data } = result;
  if (array.size === 0) return result;
  forEachLane(result, place, (position) => {
    for (let i = 0; i < length; i++) line[i] = data[position + i * step]!;
    // Typed arrays sort numerically with NaN last.
    line.sort();
    for (let i = 0; i < length; i++) data[position + i * step] = line[i]!;
  });
  return result;
}

/**
 * Indices (int64) that sort an axis. `stable` keeps ties in order; `quicksort`, the default, leaves ties as NumPy's
 * introsort does (its scalar code: a build of NumPy that sorts with vector instructions may order ties otherwise).
 */
export function argsort(array: NdArray, axis: number | null = -1, kind: SortKind = 'quicksort'): NdArray {
  if (axis === null) return argsort(ravel(array), -1, kind);
  const place = normalizeAxis('argsort', axis, array.ndim);
  const rows = contiguous(moveAxis(array, place, -1));
  const values = rows.elements();
  const length = rows.shape.at(-1)!;
  const result = allocate('int64', values.length);
  for (let row = 0; row < values.length; row += length) {
    result.set(sortedOrder(values.subarray(row, row + length), kind), row);
  }
  return contiguous(moveAxis(fromValues('int64', rows.shape, result), -1, place));
}

/** The order that sorts the values. */
export function sortedOrder(values: ArrayLike<number>, kind: SortKind): Uint32Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i);
  if (kind === 'stable') {
    return order.sort((i, j) => {
      const x = values[i]!;
      const y = values[j]!;
      return (before(x, y) ? -1 : before(y, x) ? 1 : 0) || i - j;
    });
  }
  introsort(values, order);
  return order;
}

/** Ranges whose ends are at most this far apart are left to insertion sort. */
const SMALL = 15;

/** Quicksort with median of three, insertion sort up to 16 elements and heapsort beyond depth 2·log₂ n (Musser 1997). */
function introsort(v: ArrayLike<number>, order: Uint32Array): void {
  const swap = (i: number, j: number): void => {
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  };
  const less = (i: number, j: number): boolean => before(v[order[i]!]!, v[order[j]!]!);
  const pending = [{ low: 0, high: order.length - 1, depth: 2 * Math.floor(Math.log2(Math.max(1, order.length))) }];
  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    let { low, high, depth } = range;
    if (depth < 0) {
      heapsort(v, order.subarray(low, high + 1));
      continue;
    }
    while (high - low > SMALL) {
      const middle = low + ((high - low) >> 1);
      if (less(middle, low)) swap(middle, low);
      if (less(high, middle)) swap(high, middle);
      if (less(middle, low)) swap(middle, low);
      const pivot = v[order[middle]!]!;
      let i = low;
      let j = high - 1;
      swap(middle, j);
      for (;;) {
        do i++;
        while (before(v[order[i]!]!, pivot));
        do j--;
        while (before(pivot, v[order[j]!]!));
        if (i >= j) break;
        swap(i, j);
      }
      swap(i, high - 1);
      depth--;
      if (i - low < high - i) {
        pending.push({ low: i + 1, high, depth });
        high = i - 1;
      } else {
        pending.push({ low, high: i - 1, depth });
        low = i + 1;
      }
    }
    for (let i = low + 1; i <= high; i++) {
      const index = order[i]!;
      const value = v[index]!;
      let j = i;
      for (; j > low && before(value, v[order[j - 1]!]!); j--) order[j] = order[j - 1]!;
      order[j] = index;
    }
  }
}

function heapsort(v: ArrayLike<number>, order: Uint32Array): void {
  const sift = (from: number, end: number, index: number): void => {
    let i = from;
    for (let j = 2 * i + 1; j < end; j = 2 * i + 1) {
      if (j + 1 < end && before(v[order[j]!]!, v[order[j + 1]!]!)) j++;
      if (!before(v[index]!, v[order[j]!]!)) break;
      order[i] = order[j]!;
      i = j;
    }
    order[i] = index;
  };
  for (let i = (order.length >> 1) - 1; i >= 0; i--) sift(i, order.length, order[i]!);
  for (let end = order.length - 1; end > 0; end--) {
    const index = order[end]!;
    order[end] = order[0]!;
    sift(0, end, index);
  }
}

export interface Unique {
  readonly values: NdArray;
  /** First occurrence of each value (int64). */
  readonly index: NdArray;
  /** Which value each element is (int64), in the shape of the array. */
  readonly inverse: NdArray;
  readonly counts: NdArray;
}

/** The sorted distinct elements of the flattened array; all NaNs count as one. */
export function unique(array: NdArray): Unique {
  const x = array.elements();
  const order = sortedOrder(x, 'stable');
  const first: number[] = [];
  const counts: number[] = [];
  const inverse = allocate('int64', x.length);
  let last = 0;
  order.forEach((place, i) => {
    const value = x[place]!;
    const isNew = i === 0 || !(value === last || (value !== value && last !== last));
    if (isNew) {
      first.push(place);
      counts.push(0);
    }
    last = value;
    counts[counts.length - 1]!++;
    inverse[place] = counts.length - 1;
  });
  const integers = (values: readonly number[]): NdArray =>
    fromValues('int64', [values.length], Float64Array.from(values));
  const values = zeros([first.length], array.dtype);
  first.forEach((place, i) => (values.data[i] = x[place]!));
  return {
    values,
    index: integers(first),
    inverse: fromValues('int64', array.shape, inverse),
    counts: integers(counts),
  };
}

/** Where each value would be inserted into a sorted vector to keep it sorted: before (left) or after (right) its equals. */
export function searchSorted(sorted: NdArray, values: NdArray, side: 'left' | 'right' = 'left'): NdArray {
  if (sorted.ndim !== 1) throw valueError('searchsorted', 'object too deep for desired array');
  const v = sorted.elements();
  const result = zeros(values.shape, 'int64');
  values.elements().forEach((value, i) => {
    let low = 0;
    let high = v.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const goRight = side === 'left' ? before(v[middle]!, value) : !before(value, v[middle]!);
      if (goRight) low = middle + 1;
      else high = middle;
    }
    result.data[i] = low;
  });
  return result;
}

/** How often each non-negative integer occurs (int64), or the sums of their weights (float64). */
export function bincount(array: NdArray, weights?: NdArray, minLength = 0): NdArray {
  if (array.ndim !== 1) throw valueError('bincount', 'object too deep for desired array');
  if (isFloat(array.dtype)) {
    const message = `Cannot cast array data from dtype('${array.dtype}') to dtype('int64') according to the rule 'safe'`;
    throw new TensorError('dtype', 'bincount', message, { exception: 'TypeError', message });
  }
  const x = array.elements();
  const w = weights?.elements();
  if (x.length === 0) return zeros([minLength], 'int64');
  if (w !== undefined && w.length !== x.length) {
    throw valueError('bincount', "The weights and list don't have the same length.");
  }
  let length = minLength;
  for (const value of x) {
    if (value < 0) throw valueError('bincount', "'list' argument must have no negative elements");
    length = Math.max(length, value + 1);
  }
  const result = zeros([length], w === undefined ? 'int64' : 'float64');
  for (let i = 0; i < x.length; i++) result.data[x[i]!]! += w === undefined ? 1 : w[i]!;
  return result;
}

/** Row-major places of the elements that are not zero. */
function nonzeroPlaces(array: NdArray): number[] {
  const x = array.elements();
  const places: number[] = [];
  for (let i = 0; i < x.length; i++) if (x[i] !== 0) places.push(i);
  return places;
}

/** Indices (int64) of the elements that are not zero, one vector for each axis: columns of one matrix, as in NumPy. */
export function nonzero(array: NdArray): NdArray[] {
  if (array.ndim === 0) return nonzero(reshape(array, [1]));
  const places = nonzeroPlaces(array);
  const { ndim, shape } = array;
  const matrix = zeros([places.length, ndim], 'int64');
  const strides = rowMajorStrides(shape);
  places.forEach((place, row) => {
    for (let axis = 0; axis < ndim; axis++) {
      matrix.data[row * ndim + axis] = Math.floor(place / strides[axis]!) % shape[axis]!;
    }
  });
  return shape.map((_, axis) => view(matrix, [places.length], [ndim], axis));
}

/** Indices of the elements that are not zero as the rows of a matrix. */
export function argwhere(array: NdArray): NdArray {
  if (array.ndim === 0) return zeros([array.item() === 0 ? 0 : 1, 0], 'int64');
  return transpose(stack(nonzero(array)));
}
