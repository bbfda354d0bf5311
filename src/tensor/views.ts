/** Views: arrays that share the storage of another array. Nothing here copies except `reshape` where it must. */
import { numpyShape, shapeText, TensorError, valueError } from './error';
import { NdArray } from './ndarray';
import { inferShape, normalizeAxes, normalizeAxis, sameShape, type Shape } from './shape';
import { contiguous } from './cast';

/** The same storage through another window. */
export function view(array: NdArray, shape: Shape, strides: readonly number[], offset = array.offset): NdArray {
  return new NdArray(array.storage, array.dtype, shape, strides, offset, array.writable);
}

/** Reverses the axes, or puts them in the given order (`transpose`). */
export function transpose(array: NdArray, axes?: readonly number[]): NdArray {
  const { ndim, shape, strides } = array;
  if (axes !== undefined && axes.length !== ndim) throw valueError('transpose', "axes don't match array");
  const order = axes === undefined ? shape.map((_, axis) => ndim - 1 - axis) : permutation(axes, ndim);
  return view(
    array,
    order.map((axis) => shape[axis]!),
    order.map((axis) => strides[axis]!),
  );
}

function permutation(axes: readonly number[], ndim: number): number[] {
  const order = axes.map((axis) => normalizeAxis('transpose', axis, ndim));
  if (new Set(order).size !== ndim) throw valueError('transpose', 'repeated axis in transpose');
  return order;
}

/** Exchanges two axes. */
export function swapAxes(array: NdArray, a: number, b: number): NdArray {
  const order = array.shape.map((_, axis) => axis);
  const i = normalizeAxis('swapaxes', a, array.ndim);
  const j = normalizeAxis('swapaxes', b, array.ndim);
  order[i] = j;
  order[j] = i;
  return transpose(array, order);
}

/** Moves axes to new places; the others keep their order. */
export function moveAxis(
  array: NdArray,
  source: number | readonly number[],
  destination: number | readonly number[],
): NdArray {
  const from = normalizeAxes('moveaxis', typeof source === 'number' ? [source] : source, array.ndim, 'source');
  const to = normalizeAxes(
    'moveaxis',
    typeof destination === 'number' ? [destination] : destination,
    array.ndim,
    'destination',
  );
  if (from.length !== to.length) {
    throw valueError('moveaxis', '`source` and `destination` arguments must have the same number of elements');
  }
  const order = array.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  const pairs = to.map((place, k) => [place, from[k]!] as const).sort((p, q) => p[0] - q[0]);
  for (const [place, axis] of pairs) order.splice(place, 0, axis);
  return transpose(array, order);
}

/**
 * The same elements (in row-major order) under another shape; one extent may be −1. A view where the strides allow it,
 * else a copy, exactly where NumPy makes one.
 * @throws TensorError `shape`
 */
export function reshape(array: NdArray, shape: Shape): NdArray {
  const target = inferShape('reshape', shape, array.size);
  const strides = reshapedStrides(array, target);
  if (strides !== undefined) return view(array, target, strides);
  return reshape(contiguous(array), target);
}

/** The array in one dimension: a view where possible. */
export function ravel(array: NdArray): NdArray {
  return reshape(array, [array.size]);
}

/** Strides that give `array` another shape without copying, or undefined. */
function reshapedStrides(array: NdArray, target: Shape): number[] | undefined {
  const result = new Array<number>(target.length).fill(1);
  if (array.size === 0 || array.isContiguous) {
    let stride = 1;
    for (let axis = target.length - 1; axis >= 0; axis--) {
      result[axis] = stride;
      stride *= Math.max(target[axis]!, 1);
    }
    return result;
  }
  // Groups of old axes whose extents multiply to the same product as a group of new axes must be walked as one axis.
  const oldAxes = array.shape.map((extent, axis) => [extent, array.strides[axis]!] as const).filter(([e]) => e !== 1);
  let oldStart = 0;
  let newStart = 0;
  while (oldStart < oldAxes.length && newStart < target.length) {
    let oldEnd = oldStart + 1;
    let newEnd = newStart + 1;
    let oldProduct = oldAxes[oldStart]![0];
    let newProduct = target[newStart]!;
    while (oldProduct !== newProduct) {
      if (newProduct < oldProduct) newProduct *= target[newEnd++]!;
      else oldProduct *= oldAxes[oldEnd++]![0];
    }
    for (let axis = oldStart; axis < oldEnd - 1; axis++) {
      const [extent, stride] = oldAxes[axis + 1]!;
      if (oldAxes[axis]![1] !== extent * stride) return undefined;
    }
    let stride = oldAxes[oldEnd - 1]![1];
    for (let axis = newEnd - 1; axis >= newStart; axis--) {
      result[axis] = stride;
      stride *= target[axis]!;
    }
    oldStart = oldEnd;
    newStart = newEnd;
  }
  return result;
}

/** Repeats the array to a shape without copying; the view is read-only, as NumPy's. @throws TensorError `shape` */
export function broadcastTo(array: NdArray, shape: Shape): NdArray {
  const lead = shape.length - array.ndim;
  const fits = lead >= 0 && array.shape.every((extent, axis) => extent === 1 || extent === shape[lead + axis]);
  if (!fits) {
    throw new TensorError(
      'shape',
      'broadcast_to',
      `${shapeText(array.shape)} does not broadcast to ${shapeText(shape)}`,
      {
        exception: 'ValueError',
        message:
          lead < 0
            ? 'input operand has more dimensions than allowed by the axis remapping'
            : 'operands could not be broadcast together with remapped shapes [original->remapped]: ' +
              `${numpyShape(array.shape)}  and requested shape ${numpyShape(shape)}`,
      },
    );
  }
  if (sameShape(array.shape, shape)) return array;
  const strides = shape.map((extent, axis) => {
    const own = axis - lead;
    return own < 0 || (array.shape[own] === 1 && extent !== 1) ? 0 : array.strides[own]!;
  });
  return new NdArray(array.storage, array.dtype, shape, strides, array.offset, false);
}

/** Inserts axes of extent 1 at these places of the result. */
export function expandDims(array: NdArray, axis: number | readonly number[]): NdArray {
  const places = typeof axis === 'number' ? [axis] : axis;
  const ndim = array.ndim + places.length;
  const inserted = new Set(places.map((place) => normalizeAxis('expand_dims', place, ndim)));
  if (inserted.size !== places.length) throw valueError('expand_dims', 'repeated axis');
  const shape: number[] = [];
  const strides: number[] = [];
  for (let i = 0, own = 0; i < ndim; i++) {
    const isNew = inserted.has(i);
    shape.push(isNew ? 1 : array.shape[own]!);
    strides.push(isNew ? 0 : array.strides[own]!);
    if (!isNew) own++;
  }
  return view(array, shape, strides);
}

/** Removes axes of extent 1: the given ones, or all. @throws TensorError `shape` when one has another extent */
export function squeeze(array: NdArray, axis?: number | readonly number[]): NdArray {
  const axes =
    axis === undefined
      ? array.shape.flatMap((extent, i) => (extent === 1 ? [i] : []))
      : normalizeAxes('squeeze', typeof axis === 'number' ? [axis] : axis, array.ndim);
  if (axes.some((i) => array.shape[i] !== 1)) {
    throw valueError('squeeze', 'cannot select an axis to squeeze out which has size not equal to one');
  }
  const kept = array.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  return view(
    array,
    kept.map((i) => array.shape[i]!),
    kept.map((i) => array.strides[i]!),
  );
}

/** The diagonal of the plane of two axes, as the last axis of a view. */
export function diagonal(array: NdArray, k = 0, axis1 = 0, axis2 = 1): NdArray {
  const { ndim, shape, strides } = array;
  if (ndim < 2) throw valueError('diagonal', 'diag requires an array of at least two dimensions');
  const a = normalizeAxis('diagonal', axis1, ndim);
  const b = normalizeAxis('diagonal', axis2, ndim);
  if (a === b) throw valueError('diagonal', 'axis1 and axis2 cannot be the same');
  const rows = shape[a]! - Math.max(-k, 0);
  const columns = shape[b]! - Math.max(k, 0);
  const length = Math.max(0, Math.min(rows, columns));
  const offset = length === 0 ? 0 : k >= 0 ? k * strides[b]! : -k * strides[a]!;
  const kept = shape.map((_, i) => i).filter((i) => i !== a && i !== b);
  return view(
    array,
    [...kept.map((i) => shape[i]!), length],
    [...kept.map((i) => strides[i]!), strides[a]! + strides[b]!],
    array.offset + offset,
  );
}

/** Elements start, start+step, … of one axis (already resolved: every one of the `count` must exist). */
export function sliceAxis(array: NdArray, axis: number, start: number, count: number, step = 1): NdArray {
  const shape = array.shape.map((extent, i) => (i === axis ? count : extent));
  const strides = array.strides.map((stride, i) => (i === axis ? stride * step : stride));
  return view(array, shape, strides, array.offset + (count === 0 ? 0 : start * array.strides[axis]!));
}

/** One element of an axis; the axis goes. Negative indices count from the end. @throws TensorError `index` */
export function take(array: NdArray, axis: number, index: number): NdArray {
  const extent = array.shape[axis]!;
  if (index < -extent || index >= extent) {
    throw new TensorError('index', 'index', `${index} is out of bounds for axis ${axis} of ${shapeText(array.shape)}`, {
      exception: 'IndexError',
      message: `index ${index} is out of bounds for axis ${axis} with size ${extent}`,
    });
  }
  const from = index < 0 ? index + extent : index;
  return view(
    array,
    array.shape.filter((_, i) => i !== axis),
    array.strides.filter((_, i) => i !== axis),
    array.offset + from * array.strides[axis]!,
  );
}

/** Reverses axes (all by default), as a view. */
export function flip(array: NdArray, axis?: number | readonly number[]): NdArray {
  const axes =
    axis === undefined
      ? array.shape.map((_, i) => i)
      : normalizeAxes('flip', typeof axis === 'number' ? [axis] : axis, array.ndim);
  let result = array;
  for (const i of axes) result = sliceAxis(result, i, result.shape[i]! - 1, result.shape[i]!, -1);
  return result;
}
