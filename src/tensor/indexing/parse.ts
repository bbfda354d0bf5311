/** Reading an index expression against a shape: what is a view, what must be gathered, and where its axes go. */
import { isInteger } from '../dtype';
import { numpyShape, shapeText, TensorError } from '../error';
import type { NdArray } from '../ndarray';
import { broadcastShapes, broadcastStrides, type Shape } from '../shape';
import { forEachRun, planWalk, runStep } from '../traverse';

/** One item between the brackets. A boolean array is a mask; 0-d integer arrays count as integers. */
export type IndexItem =
  | { readonly kind: 'integer'; readonly value: number }
  | SliceItem
  | { readonly kind: 'newaxis' }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'array'; readonly array: NdArray };

export interface SliceItem {
  readonly kind: 'slice';
  readonly start?: number | undefined;
  readonly stop?: number | undefined;
  readonly step?: number | undefined;
}

/** Resolved bounds of a slice: the first element, how many, and the step. */
export interface SliceBounds {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** Python's `slice.indices`. @throws TensorError for a step of 0 */
export function sliceBounds(slice: SliceItem, extent: number): SliceBounds {
  const step = slice.step ?? 1;
  if (step === 0) {
    const message = 'slice step cannot be zero';
    throw new TensorError('index', 'index', message, { exception: 'ValueError', message });
  }
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? extent - 1 : extent;
  const bound = (value: number | undefined, absent: number): number => {
    if (value === undefined) return absent;
    return value < 0 ? Math.max(value + extent, low) : Math.min(value, high);
  };
  const start = bound(slice.start, step < 0 ? high : low);
  const stop = bound(slice.stop, step < 0 ? low : high);
  return { start, count: Math.max(0, Math.ceil((stop - start) / step)), step };
}

/** A parsed index. `positions` is absent for a basic index: then the result is a view. */
export interface Selection {
  /** Shape of the result. */
  readonly shape: Shape;
  readonly view?: { readonly strides: readonly number[]; readonly offset: number };
  readonly gather?: Gather;
}

/** Elements chosen by arrays: for each joint index of those arrays, a sub-array of the axes that are sliced. */
export interface Gather {
  /** Shape of the broadcast index arrays, and where its axes stand in the result. */
  readonly indexShape: Shape;
  readonly indexAxis: number;
  /** Storage position of each joint index, row-major. */
  readonly bases: Float64Array;
  /** The sliced axes, in order. */
  readonly subShape: Shape;
  readonly subStrides: readonly number[];
  /** Whether a single mask chose the elements (NumPy words its errors differently then). */
  readonly masked: boolean;
}

const indexError = (message: string, detail = message): TensorError =>
  new TensorError('index', 'index', detail, { exception: 'IndexError', message });

/** Storage offset of an index within its axis. @throws TensorError `index` */
function within(value: number, axis: number, shape: Shape): number {
  const extent = shape[axis]!;
  if (value < -extent || value >= extent) {
    throw indexError(
      `index ${value} is out of bounds for axis ${axis} with size ${extent}`,
      `${value} is out of bounds for axis ${axis} of ${shapeText(shape)}`,
    );
  }
  return value < 0 ? value + extent : value;
}

interface AdvancedIndex {
  readonly shape: Shape;
  /** Storage offsets (index × stride), row-major. */
  readonly offsets: Float64Array;
}

/**
 * Parses an index against an array.
 * @throws TensorError `index`, in NumPy's words
 */
export function parseIndex(array: NdArray, items: readonly IndexItem[]): Selection {
  const complete = withEllipsis(array, items);
  const hasAdvanced = complete.some((item) => item.kind === 'array' && !isScalarIndex(item.array));
  const shape: number[] = [];
  const strides: number[] = [];
  const advanced: AdvancedIndex[] = [];
  // Where the advanced axes stand if they are neighbours, and whether something stood between them.
  let advancedPlace = -1;
  let closed = false;
  let separated = false;
  let masked = false;
  let offset = array.offset;
  let axis = 0;
  const addAdvanced = (index: AdvancedIndex): void => {
    if (closed) separated = true;
    if (advancedPlace < 0) advancedPlace = shape.length;
    advanced.push(index);
  };
  for (const item of complete) {
    if (item.kind === 'integer' || (item.kind === 'array' && isScalarIndex(item.array))) {
      const value = item.kind === 'integer' ? item.value : item.array.item();
      const step = within(value, axis, array.shape) * array.strides[axis]!;
      if (hasAdvanced) addAdvanced({ shape: [], offsets: Float64Array.of(step) });
      else offset += step;
      axis++;
    } else if (item.kind === 'array') {
      if (item.array.dtype === 'bool') {
        masked = true;
        for (const index of maskIndices(array, item.array, axis)) addAdvanced(index);
        axis += item.array.ndim;
      } else {
        addAdvanced(integerIndex(array, item.array, axis));
        axis++;
      }
    } else {
      if (advanced.length > 0) closed = true;
      if (item.kind === 'newaxis') {
        shape.push(1);
        strides.push(0);
      } else if (item.kind === 'slice') {
        const { start, count, step } = sliceBounds(item, array.shape[axis]!);
        if (count > 0) offset += start * array.strides[axis]!;
        shape.push(count);
        strides.push(step * array.strides[axis]!);
        axis++;
      } else {
        const skipped = array.ndim - axesConsumed(complete);
        for (let i = 0; i < skipped; i++, axis++) {
          shape.push(array.shape[axis]!);
          strides.push(array.strides[axis]!);
        }
      }
    }
  }
  if (advanced.length === 0) return { shape, view: { strides, offset } };
  const indexShape = broadcastIndices(advanced);
  const indexAxis = separated ? 0 : advancedPlace;
  return {
    shape: [...shape.slice(0, indexAxis), ...indexShape, ...shape.slice(indexAxis)],
    gather: {
      indexShape,
      indexAxis,
      bases: jointBases(advanced, indexShape, offset),
      subShape: shape,
      subStrides: strides,
      masked: masked && complete.length === 1,
    },
  };
}

/** A 0-d integer array works as an integer; a 0-d bool is a mask of no axes. */
function isScalarIndex(array: NdArray): boolean {
  return array.ndim === 0 && isInteger(array.dtype);
}

function axesOfItem(item: IndexItem): number {
  if (item.kind === 'array') return item.array.dtype === 'bool' ? item.array.ndim : 1;
  return item.kind === 'integer' || item.kind === 'slice' ? 1 : 0;
}

function axesConsumed(items: readonly IndexItem[]): number {
  return items.reduce((sum, item) => sum + axesOfItem(item), 0);
}

function withEllipsis(array: NdArray, items: readonly IndexItem[]): readonly IndexItem[] {
  const ellipses = items.filter((item) => item.kind === 'ellipsis').length;
  if (ellipses > 1) throw indexError("an index can only have a single ellipsis ('...')");
  const consumed = axesConsumed(items);
  if (consumed > array.ndim) {
    throw indexError(`too many indices for array: array is ${array.ndim}-dimensional, but ${consumed} were indexed`);
  }
  for (const item of items) {
    if (item.kind === 'array' && item.array.dtype !== 'bool' && !isInteger(item.array.dtype)) {
      throw indexError('arrays used as indices must be of integer (or boolean) type');
    }
  }
  return ellipses === 1 || consumed === array.ndim ? items : [...items, { kind: 'ellipsis' }];
}

function integerIndex(array: NdArray, index: NdArray, axis: number): AdvancedIndex {
  const values = index.elements();
  const stride = array.strides[axis]!;
  const offsets = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) offsets[i] = within(values[i]!, axis, array.shape) * stride;
  return { shape: index.shape, offsets };
}

/** A mask as the integer indices of its true elements, one for each of its axes. */
function maskIndices(array: NdArray, mask: NdArray, axis: number): AdvancedIndex[] {
  mask.shape.forEach((extent, i) => {
    if (extent !== array.shape[axis + i]) {
      throw indexError(
        `boolean index did not match indexed array along dimension ${axis + i}; dimension is ${array.shape[axis + i]} but corresponding boolean dimension is ${extent}`,
      );
    }
  });
  const values = mask.elements();
  const chosen: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) chosen.push(i);
  // A 0-d mask takes no axis but adds one of extent 0 or 1.
  if (mask.ndim === 0) return [{ shape: [chosen.length], offsets: new Float64Array(chosen.length) }];
  let stride = 1;
  const indices: AdvancedIndex[] = [];
  for (let i = mask.ndim - 1; i >= 0; i--) {
    const extent = mask.shape[i]!;
    const step = array.strides[axis + i]!;
    const divisor = stride;
    const offsets = Float64Array.from(chosen, (flat) => (Math.floor(flat / divisor) % extent) * step);
    indices.unshift({ shape: [chosen.length], offsets });
    stride *= extent;
  }
  return indices;
}

function broadcastIndices(advanced: readonly AdvancedIndex[]): number[] {
  const shapes = advanced.map((index) => index.shape);
  try {
    return broadcastShapes('index', ...shapes);
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    throw indexError(
      `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes.map(numpyShape).join(' ')} `,
    );
  }
}

function jointBases(advanced: readonly AdvancedIndex[], shape: Shape, offset: number): Float64Array {
  const bases = new Float64Array(shape.reduce((product, extent) => product * extent, 1)).fill(offset);
  const order = shape.map((_, axis) => axis);
  for (const index of advanced) {
    let stride = 1;
    const own = new Array<number>(index.shape.length);
    for (let i = own.length - 1; i >= 0; i--) {
      own[i] = stride;
      stride *= index.shape[i]!;
    }
    const walk = planWalk(shape, [broadcastStrides(index.shape, own, shape)], order);
    const step = runStep(walk, 0);
    let to = 0;
    forEachRun(walk, [0], (count, [from]) => {
      for (let i = 0; i < count; i++) bases[to++]! += index.offsets[from! + i * step]!;
    });
  }
  return bases;
}
