/** Putting arrays together and taking them apart. */
import { asType } from '../cast';
import { isInteger, type DType } from '../dtype';
import { shapeText, TensorError, valueError } from '../error';
import { fromValues, NdArray, zeros } from '../ndarray';
import { resultType } from '../promotion';
import { normalizeAxis, sizeOf } from '../shape';
import { allocate, Storage } from '../storage';
import { stridesInOrder } from '../traverse';
import { overwrite } from '../undo';
import { broadcastTo, expandDims, ravel, reshape, sliceAxis, swapAxes, view } from '../views';

/** Joins arrays along an existing axis; the flattened arrays when the axis is null. */
export function concatenate(arrays: readonly NdArray[], axis: number | null = 0, dtype?: DType): NdArray {
  if (arrays.length === 0) throw valueError('concatenate', 'need at least one array to concatenate');
  if (axis === null) return concatenate(arrays.map(ravel), 0, dtype);
  const first = arrays[0]!;
  if (first.ndim === 0) throw valueError('concatenate', 'zero-dimensional arrays cannot be concatenated');
  const place = normalizeAxis('concatenate', axis, first.ndim);
  arrays.forEach((array, k) => {
    if (array.ndim !== first.ndim) {
      throw mismatch(
        arrays,
        `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.ndim} dimension(s) and the array at index ${k} has ${array.ndim} dimension(s)`,
      );
    }
    array.shape.forEach((extent, i) => {
      if (i !== place && extent !== first.shape[i]) {
        throw mismatch(
          arrays,
          `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${i}, the array at index 0 has size ${first.shape[i]} and the array at index ${k} has size ${extent}`,
        );
      }
    });
  });
  const total = arrays.reduce((sum, array) => sum + array.shape[place]!, 0);
  const shape = first.shape.map((extent, i) => (i === place ? total : extent));
  const type = dtype ?? resultType(...arrays.map((array) => array.promotion));
  const result = new NdArray(
    new Storage(allocate(type, sizeOf(shape))),
    type,
    shape,
    stridesInOrder(shape, jointOrder(arrays)),
  );
  let at = 0;
  for (const array of arrays) {
    const extent = array.shape[place]!;
    overwrite(sliceAxis(result, place, at, extent), asType(array, type).elements());
    at += extent;
  }
  return result;
}

/**
 * The order of axes in the memory of a concatenation, outermost first: by decreasing stride where the arrays agree, else
 * as in the shape. (NumPy sorts here from the first axis on, and not from the last as for elementwise operations.)
 */
function jointOrder(arrays: readonly NdArray[]): number[] {
  const order: number[] = [];
  for (let axis = 0; axis < arrays[0]!.ndim; axis++) {
    let place = axis;
    for (let i = axis - 1; i >= 0; i--) {
      const verdict = belongsOutside(axis, order[i]!, arrays);
      if (verdict === true) place = i;
      else if (verdict === false) break;
    }
    order.splice(place, 0, axis);
  }
  return order;
}

function belongsOutside(axis: number, other: number, arrays: readonly NdArray[]): boolean | undefined {
  let verdict: boolean | undefined;
  for (const { shape, strides } of arrays) {
    if (shape[axis] === 1 || shape[other] === 1) continue;
    if (Math.abs(strides[axis]!) <= Math.abs(strides[other]!)) verdict = false;
    else verdict ??= true;
  }
  return verdict;
}

function mismatch(arrays: readonly NdArray[], message: string): TensorError {
  const shapes = arrays.map((array) => shapeText(array.shape)).join(', ');
  return new TensorError('shape', 'concatenate', `${shapes} do not fit together`, {
    exception: 'ValueError',
    message,
  });
}

/** Joins arrays of one shape along a new axis. */
export function stack(arrays: readonly NdArray[], axis = 0): NdArray {
  if (arrays.length === 0) throw valueError('stack', 'need at least one array to stack');
  const [first] = arrays;
  if (arrays.some((array) => shapeText(array.shape) !== shapeText(first!.shape))) {
    const shapes = arrays.map((array) => shapeText(array.shape)).join(', ');
    throw new TensorError('shape', 'stack', `${shapes} differ`, {
      exception: 'ValueError',
      message: 'all input arrays must have the same shape',
    });
  }
  const place = normalizeAxis('stack', axis, first!.ndim + 1);
  return concatenate(
    arrays.map((array) => expandDims(array, place)),
    place,
  );
}

/** The array with at least `ndim` (1 to 3) axes, the missing ones placed as NumPy's `atleast_…` place them. */
export function atLeast(ndim: 1 | 2 | 3, array: NdArray): NdArray {
  if (array.ndim >= ndim) return array;
  if (array.ndim === 0) return reshape(array, new Array<number>(ndim).fill(1));
  if (array.ndim === 1) return ndim === 2 ? expandDims(array, 0) : expandDims(array, [0, 2]);
  return expandDims(array, 2);
}

/** Rows one below another (`vstack`). */
export function verticalStack(arrays: readonly NdArray[]): NdArray {
  return concatenate(
    arrays.map((array) => atLeast(2, array)),
    0,
  );
}

/** Arrays side by side (`hstack`): along axis 0 for vectors, else along axis 1. */
export function horizontalStack(arrays: readonly NdArray[]): NdArray {
  const lifted = arrays.map((array) => atLeast(1, array));
  return concatenate(lifted, lifted[0]?.ndim === 1 ? 0 : 1);
}

/** Arrays behind one another (`dstack`). */
export function depthStack(arrays: readonly NdArray[]): NdArray {
  return concatenate(
    arrays.map((array) => atLeast(3, array)),
    2,
  );
}

/** Vectors as the columns of a matrix (`column_stack`). */
export function columnStack(arrays: readonly NdArray[]): NdArray {
  const columns = arrays.map((array) => (array.ndim < 2 ? reshape(array, [-1, 1]) : array));
  return concatenate(columns, 1);
}

/**
 * Views of consecutive parts of an axis: a number of equal parts, or cuts at given indices. `uneven` allows parts that
 * differ by one (`array_split`).
 */
export function split(array: NdArray, parts: number | readonly number[], axis = 0, uneven = false): NdArray[] {
  const place = normalizeAxis('split', axis, array.ndim);
  const extent = array.shape[place]!;
  const cuts: number[] = [0];
  if (typeof parts === 'number') {
    if (parts <= 0) throw valueError('split', 'number sections must be larger than 0.');
    if (!uneven && extent % parts !== 0) throw valueError('split', 'array split does not result in an equal division');
    const larger = extent % parts;
    for (let i = 0; i < parts; i++) cuts.push(cuts[i]! + Math.floor(extent / parts) + (i < larger ? 1 : 0));
  } else {
    cuts.push(...parts, extent);
  }
  return cuts.slice(1).map((end, i) => {
    const clamp = (cut: number): number => Math.min(Math.max(cut < 0 ? cut + extent : cut, 0), extent);
    const from = clamp(cuts[i]!);
    return sliceAxis(array, place, from, Math.max(0, clamp(end) - from));
  });
}

/** The array repeated whole along each axis (`tile`). */
export function tile(array: NdArray, repeats: readonly number[]): NdArray {
  const ndim = Math.max(array.ndim, repeats.length);
  const extents = [...new Array<number>(ndim - array.ndim).fill(1), ...array.shape];
  const counts = [...new Array<number>(ndim - repeats.length).fill(1), ...repeats];
  const lifted = reshape(
    array,
    extents.flatMap((extent) => [1, extent]),
  );
  const repeated = broadcastTo(
    lifted,
    extents.flatMap((extent, i) => [counts[i]!, extent]),
  );
  return fromValues(
    array.dtype,
    extents.map((extent, i) => extent * counts[i]!),
    repeated.values(),
  );
}

/** Each element repeated: all alike, or by a count of its own. Without an axis the array is flattened. */
export function repeat(array: NdArray, counts: number | readonly number[], axis?: number): NdArray {
  if (axis === undefined) return repeat(ravel(array), counts, 0);
  const place = normalizeAxis('repeat', axis, array.ndim);
  const extent = array.shape[place]!;
  const own =
    typeof counts === 'number' || counts.length === 1
      ? new Array<number>(extent).fill(typeof counts === 'number' ? counts : counts[0]!)
      : counts;
  if (own.length !== extent) {
    throw valueError(
      'repeat',
      `${own.length} counts for ${extent} elements`,
      `operands could not be broadcast together with shape (${extent},) (${own.length},)`,
    );
  }
  if (own.some((count) => count < 0)) {
    const message =
      typeof counts === 'number' ? 'negative dimensions are not allowed' : 'repeats may not contain negative values.';
    throw valueError('repeat', message);
  }
  const chosen = own.flatMap((count, i) => new Array<number>(count).fill(i));
  return takeAlong(array, chosen, place);
}

/** The sub-arrays with these (valid, non-negative) indices of an axis, row-major. */
export function takeAlong(array: NdArray, chosen: readonly number[], axis: number): NdArray {
  const shape = array.shape.map((extent, i) => (i === axis ? chosen.length : extent));
  const result = zeros(shape, array.dtype);
  const outer = sizeOf(shape.slice(0, axis));
  const inner = sizeOf(shape.slice(axis + 1));
  const extent = array.shape[axis]!;
  const source = array.elements();
  let to = 0;
  for (let block = 0; block < outer; block++) {
    for (const index of chosen) {
      const from = (block * extent + index) * inner;
      for (let i = 0; i < inner; i++) result.data[to++] = source[from + i]!;
    }
  }
  return result;
}

/** `np.take`: sub-arrays by an array of indices, whose shape replaces the axis. Out-of-range indices raise, wrap or clip. */
export function takeIndices(
  array: NdArray,
  indices: NdArray,
  axis?: number,
  mode: 'raise' | 'wrap' | 'clip' = 'raise',
): NdArray {
  if (axis === undefined) return takeIndices(ravel(array), indices, 0, mode);
  if (!isInteger(indices.dtype)) {
    const message = `Cannot cast array data from dtype('${indices.dtype}') to dtype('int64') according to the rule 'safe'`;
    throw new TensorError('dtype', 'take', message, { exception: 'TypeError', message });
  }
  const place = normalizeAxis('take', axis, array.ndim);
  const extent = array.shape[place]!;
  const chosen = Array.from(indices.elements(), (index) => {
    if (mode === 'wrap') return ((index % extent) + extent) % extent;
    if (mode === 'clip') return Math.min(Math.max(index, 0), extent - 1);
    if (index < -extent || index >= extent) {
      throw new TensorError(
        'index',
        'take',
        `${index} is out of bounds for axis ${place} of ${shapeText(array.shape)}`,
        {
          exception: 'IndexError',
          message: `index ${index} is out of bounds for axis ${place} with size ${extent}`,
        },
      );
    }
    return index < 0 ? index + extent : index;
  });
  const taken = takeAlong(array, chosen, place);
  return reshape(taken, [...array.shape.slice(0, place), ...indices.shape, ...array.shape.slice(place + 1)]);
}

/** Coordinate arrays of a grid: `xy` (the first two axes exchanged, as plots want them) or `ij`. */
export function meshgrid(axes: readonly NdArray[], indexing: 'xy' | 'ij' = 'xy', copies = true): NdArray[] {
  const flat = axes.map(ravel);
  const shape = flat.map((axis) => axis.size);
  const grids = flat.map((axis, i) => {
    const strides = shape.map((_, k) => (k === i ? axis.strides[0]! : 0));
    const own = view(
      axis,
      shape.map((extent, k) => (k === i ? extent : 1)),
      strides,
    );
    const grid = broadcastTo(own, shape);
    return indexing === 'xy' && shape.length > 1 ? swapAxes(grid, 0, 1) : grid;
  });
  return copies ? grids.map((grid) => fromValues(grid.dtype, grid.shape, grid.values())) : grids;
}
