/** Reading and writing through an index. */
import type { Binary } from '../elementwise';
import { asType, castFunction } from '../cast';
import { DTYPE_FACTS, type DType } from '../dtype';
import { numpyShape, shapeText, TensorError } from '../error';
import { NdArray } from '../ndarray';
import { sameShape, sizeOf, type Shape } from '../shape';
import { allocate, Storage } from '../storage';
import { forEachRun, memoryOrder, planWalk, runStep, stridesInOrder } from '../traverse';
import { guarded, overwrite, recordElement, recordRegion, recordScatter, type UndoRecord } from '../undo';
import { broadcastTo, moveAxis, view } from '../views';
import { parseIndex, type Gather, type IndexItem, type Selection } from './parse';

/** `array[items]`: a view for a basic index, a new array for one with arrays or masks. @throws TensorError `index` */
export function select(array: NdArray, items: readonly IndexItem[]): NdArray {
  return selectParsed(array, parseIndex(array, items));
}

function selectParsed(array: NdArray, selection: Selection): NdArray {
  if (selection.view) return view(array, selection.shape, selection.view.strides, selection.view.offset);
  const { gather } = selection;
  const { data } = array;
  const subOrder = memoryOrder(gather!.subShape.length, [gather!.subStrides]);
  const positions = positionsInMemory(gather!, subOrder);
  const values = allocate(array.dtype, positions.length);
  for (let i = 0; i < positions.length; i++) values[i] = data[positions[i]!]!;
  return arranged(new Storage(values), array.dtype, selection, gather!, subOrder);
}

/** Gathered elements lie in memory as NumPy lays them: index axes outermost, then the sliced axes in memory order. */
function arranged(
  storage: Storage,
  dtype: DType,
  { shape }: Selection,
  gather: Gather,
  subOrder: readonly number[],
): NdArray {
  const { indexShape, indexAxis, subShape } = gather;
  const depth = indexShape.length;
  const order = [...indexShape.map((_, i) => i), ...subOrder.map((axis) => axis + depth)];
  const strides = stridesInOrder([...indexShape, ...subShape], order);
  const sub = strides.slice(depth);
  return new NdArray(storage, dtype, shape, [
    ...sub.slice(0, indexAxis),
    ...strides.slice(0, depth),
    ...sub.slice(indexAxis),
  ]);
}

/** Storage positions of the selected elements: for each joint index, its sub-array with axes in the given order. */
function positionsInMemory(gather: Gather, subOrder: readonly number[]): Uint32Array {
  const { bases, subShape, subStrides } = gather;
  const positions = new Uint32Array(bases.length * sizeOf(subShape));
  const walk = planWalk(subShape, [subStrides], subOrder);
  const step = runStep(walk, 0);
  let to = 0;
  for (const base of bases) {
    forEachRun(walk, [base], (count, [from]) => {
      for (let i = 0, at = from!; i < count; i++, at += step) positions[to++] = at;
    });
  }
  return positions;
}

/**
 * Storage positions of the selected elements, with the axes of the index arrays first and the sliced axes after them,
 * row-major: the order in which `assign` and `accumulate` take their values once these have been transposed alike.
 */
function positionsRowMajor(gather: Gather): Uint32Array {
  return positionsInMemory(
    gather,
    gather.subShape.map((_, axis) => axis),
  );
}

/**
 * `array[items] = value`, with NumPy's broadcasting and unsafe cast. The value may overlap the target.
 * @throws TensorError `shape`, `index`, `read-only`
 */
export function assign(array: NdArray, items: readonly IndexItem[], value: NdArray): UndoRecord {
  const selection = parseIndex(array, items);
  if (selection.view) {
    const target = view(array, selection.shape, selection.view.strides, selection.view.offset);
    const isElement = target.ndim === 0 && !items.some((item) => item.kind === 'ellipsis');
    if (isElement && value.size !== 1) {
      throw new TensorError('shape', 'assign', `${shapeText(value.shape)} is not one element`, {
        exception: 'ValueError',
        message: 'setting an array element with a sequence.',
      });
    }
    return write(target, value);
  }
  const values = alignedValues(array, selection, value);
  const positions = positionsRowMajor(selection.gather!);
  const cast = castFunction(value.dtype, array.dtype);
  const { data } = array;
  return guarded(recordScatter(array, positions), () => {
    for (let i = 0; i < positions.length; i++) data[positions[i]!] = cast(values[i]!);
  });
}

/** Overwrites a whole array (or view) with a value, broadcast and cast: `target[...] = value`. */
export function write(target: NdArray, value: NdArray): UndoRecord {
  const source = broadcastValue(target.shape, value, () => {
    return `could not broadcast input array from shape ${numpyShape(value.shape)} into shape ${numpyShape(target.shape)}`;
  });
  if (target.size === 1) {
    const [element] = source.elements();
    const cast = castFunction(value.dtype, target.dtype)(element!);
    return guarded(recordElement(target, target.offset), () => (target.data[target.offset] = cast));
  }
  const converted = asType(source, target.dtype).elements();
  const overlapping = value.storage === target.storage;
  const record = recordRegion(target);
  // `elements` may be a window on the storage that is being written.
  overwrite(target, overlapping && converted.buffer === target.data.buffer ? converted.slice() : converted);
  return record;
}

/** Writes one element at a full index of integers. @throws TensorError `index` */
export function setElement(array: NdArray, index: readonly number[], value: number): UndoRecord {
  const position = elementPosition(array, index);
  const cast = castFunction('float64', array.dtype)(value);
  const record = recordElement(array, position);
  array.data[position] = cast;
  return record;
}

/** Reads one element at a full index of integers. @throws TensorError `index` */
export function getElement(array: NdArray, index: readonly number[]): number {
  return array.data[elementPosition(array, index)]!;
}

function elementPosition(array: NdArray, index: readonly number[]): number {
  const { shape, strides, ndim } = array;
  let position = array.offset;
  for (let axis = 0; axis < index.length; axis++) {
    const value = index[axis]!;
    const extent = axis < ndim ? shape[axis]! : 0;
    if (axis >= ndim || index.length !== ndim || value < -extent || value >= extent || !Number.isInteger(value)) {
      return invalidElement(array, index);
    }
    position += (value < 0 ? value + extent : value) * strides[axis]!;
  }
  return index.length === ndim ? position : invalidElement(array, index);
}

function invalidElement(array: NdArray, index: readonly number[]): never {
  parseIndex(
    array,
    index.map((value) => ({ kind: 'integer', value })),
  );
  throw new TensorError(
    'index',
    'index',
    `${index.length} integers do not name one element of ${shapeText(array.shape)}`,
  );
}

/**
 * Combines a value into the selected elements one by one, so that an element selected twice is combined twice
 * (`np.add.at(array, items, value)` with addition).
 */
export function accumulate(fn: Binary, array: NdArray, items: readonly IndexItem[], value: NdArray): UndoRecord {
  const selection = parseIndex(array, items);
  const gather: Gather = selection.gather ?? {
    indexShape: [],
    indexAxis: 0,
    bases: Float64Array.of(selection.view!.offset),
    subShape: selection.shape,
    subStrides: selection.view!.strides,
    masked: false,
  };
  const values = alignedValues(array, { shape: selection.shape, gather }, value);
  const positions = positionsRowMajor(gather);
  const { data, dtype } = array;
  const { min, max } = DTYPE_FACTS[dtype];
  const wide = dtype === 'int64' || dtype === 'uint64';
  return guarded(recordScatter(array, positions), () => {
    for (let i = 0; i < positions.length; i++) {
      const result = fn(data[positions[i]!]!, values[i]!);
      if (wide && !(result >= min && result <= max)) {
        throw new TensorError('overflow', 'accumulate', `${result} is beyond the ${dtype} values that are exact here`);
      }
      data[positions[i]!] = dtype === 'bool' ? Number(result !== 0) : result;
    }
  });
}

/** The value broadcast to the selection, its index axes moved first, row-major; copied if it shares the storage. */
function alignedValues(array: NdArray, selection: Selection, value: NdArray): ArrayLike<number> {
  const gather = selection.gather!;
  if (gather.masked && gather.subShape.length === 0 && value.ndim > 1) {
    const message = `NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has ${value.ndim} dimensions`;
    throw new TensorError('shape', 'assign', message, { exception: 'TypeError', message });
  }
  const source = broadcastValue(selection.shape, value, () => {
    if (gather.masked && value.ndim <= 1 && gather.subShape.length === 0) {
      return `NumPy boolean array indexing assignment cannot assign ${value.size} input values to the ${sizeOf(selection.shape)} output values where the mask is true`;
    }
    return `shape mismatch: value array of shape ${numpyShape(value.shape)} could not be broadcast to indexing result of shape ${numpyShape(selection.shape)}`;
  });
  const depth = gather.indexShape.map((_, i) => i);
  const aligned = moveAxis(
    source,
    depth.map((i) => i + gather.indexAxis),
    depth,
  );
  return value.storage === array.storage ? aligned.values() : aligned.elements();
}

function broadcastValue(shape: Shape, value: NdArray, message: () => string): NdArray {
  // Assignment ignores leading axes of extent 1 that the target lacks.
  let lead = 0;
  while (value.ndim - lead > shape.length && value.shape[lead] === 1) lead++;
  const trimmed = lead === 0 ? value : view(value, value.shape.slice(lead), value.strides.slice(lead));
  if (sameShape(trimmed.shape, shape)) return trimmed;
  try {
    return broadcastTo(trimmed, shape);
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    throw new TensorError('shape', 'assign', `${shapeText(value.shape)} does not fit ${shapeText(shape)}`, {
      exception: 'ValueError',
      message: message(),
    });
  }
}
