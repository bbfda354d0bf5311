/** Drawing arrays: what RandomState and Generator have in common. */
import { DTYPE_FACTS, isInteger, type DType } from '../dtype';
import { shapeText, TensorError, tupleText, valueError } from '../error';
import { fromValues, zeros, type NdArray } from '../ndarray';
import { broadcastShapes, broadcastStrides, sizeOf, type Shape } from '../shape';
import { allocate } from '../storage';
import { takeAlong } from '../structure/join';
import { overwrite, recordRegion, type UndoRecord } from '../undo';
import { boundedIntegers, type BitSource, type IntegerWidth } from './bits';

/** An array of float64 draws. */
export function drawFloats(shape: Shape, draw: () => number): NdArray {
  const values = allocate('float64', sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return fromValues('float64', shape, values);
}

/** A parameter of a distribution: one number, or an array that broadcasts with the shape. */
export type Parameter = number | NdArray;

/** Draws with two parameters each, broadcast; without a shape the parameters' own. */
export function drawWith(
  operation: string,
  shape: Shape | undefined,
  a: Parameter,
  b: Parameter,
  draw: (a: number, b: number) => number,
): NdArray {
  const own = broadcastShapes(operation, typeof a === 'number' ? [] : a.shape, typeof b === 'number' ? [] : b.shape);
  const target = shape ?? own;
  requireFit(operation, own, target);
  const reader = (parameter: Parameter): ((i: number) => number) => {
    if (typeof parameter === 'number') return () => parameter;
    const strides = broadcastStrides(parameter.shape, parameter.strides, target);
    return (i) => {
      let position = parameter.offset;
      let rest = i;
      for (let axis = target.length - 1; axis >= 0; axis--) {
        position += (rest % target[axis]!) * strides[axis]!;
        rest = Math.floor(rest / target[axis]!);
      }
      return parameter.data[position]!;
    };
  };
  const first = reader(a);
  const second = reader(b);
  let i = 0;
  return drawFloats(target, () => {
    const value = draw(first(i), second(i));
    i++;
    return value;
  });
}

function requireFit(operation: string, own: Shape, target: Shape): void {
  const detail = `parameters of shape ${shapeText(own)} do not fit ${shapeText(target)}`;
  const lead = target.length - own.length;
  const extents = own.map((extent, axis) => [extent, target[lead + axis] ?? 1] as const);
  if (extents.some(([extent, wanted]) => extent !== wanted && extent !== 1 && wanted !== 1)) {
    const message = `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 with shape ${tupleText(target)} and arg 1 with shape ${tupleText(own)}.`;
    throw valueError(operation, detail, message);
  }
  if (lead < 0 || extents.some(([extent, wanted]) => extent > wanted)) {
    const message = `Output size ${tupleText(target)} is not compatible with broadcast dimensions of inputs ${tupleText(own)}.`;
    throw valueError(operation, detail, message);
  }
}

const WIDTHS: Partial<Record<DType, IntegerWidth>> = {
  bool: 1,
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
};

/** Integers in [low, high), or [low, high] with `endpoint`. */
export function drawIntegers(
  source: BitSource,
  low: number,
  high: number,
  shape: Shape,
  dtype: DType,
  masked: boolean,
  endpoint = false,
): NdArray {
  if (!isInteger(dtype) && dtype !== 'bool') {
    const message = `Unsupported dtype dtype('${dtype}') for randint`;
    throw new TensorError('dtype', 'randint', message, { exception: 'TypeError', message });
  }
  const last = endpoint ? high : high - 1;
  const { min, max } = DTYPE_FACTS[dtype];
  if (low < min) throw valueError('randint', `low is out of bounds for ${dtype}`);
  if (last > max) throw valueError('randint', `high is out of bounds for ${dtype}`);
  if (low > last) throw valueError('randint', endpoint ? 'low > high' : 'low >= high');
  const next = boundedIntegers(source, last - low, WIDTHS[dtype] ?? 64, masked);
  const values = allocate(dtype, sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = low + next();
  return fromValues(dtype, shape, values);
}

/** Shuffles the entries from `first` on, the last first; `below(i)` draws an integer in [0, i]. */
export function shuffleOrder(order: Float64Array, below: (i: number) => number, first = 1): void {
  for (let i = order.length - 1; i >= first; i--) {
    const j = below(i);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
}

/** 0, 1, … as floats. */
export function countingOrder(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => i);
}

/** Shuffles an array along its first axis, in place. */
export function shuffleInPlace(array: NdArray, below: (i: number) => number): UndoRecord {
  if (array.ndim === 0) {
    const message = 'object of type 0-d array has no len()';
    throw new TensorError('shape', 'shuffle', 'a scalar has no order', {
      exception: 'TypeError',
      message,
    });
  }
  const order = countingOrder(array.shape[0]!);
  shuffleOrder(order, below);
  const shuffled = takeAlong(array, Array.from(order), 0);
  const record = recordRegion(array);
  overwrite(array, shuffled.elements());
  return record;
}

/** Indices drawn by the cumulative distribution of `p`, one for each uniform number. */
export function drawByWeight(weights: Float64Array, uniforms: Float64Array): Float64Array {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, i) => (cumulative[i] = total += weight));
  for (let i = 0; i < cumulative.length; i++) cumulative[i]! /= total;
  return uniforms.map((uniform) => {
    let low = 0;
    let high = cumulative.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (uniform < cumulative[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}

/** `count` different indices drawn by weight: repeated draws among those not found yet. */
export function drawDistinctByWeight(
  weights: Float64Array,
  count: number,
  uniforms: (count: number) => Float64Array,
): Float64Array {
  const left = weights.slice();
  const found: number[] = [];
  while (found.length < count) {
    const draws = uniforms(count - found.length);
    for (const index of found) left[index] = 0;
    found.push(...new Set(drawByWeight(left, draws)));
  }
  return Float64Array.from(found);
}

export interface ChoiceOptions {
  readonly replace?: boolean;
  /** Probabilities of the elements; they must sum to 1. */
  readonly p?: NdArray | undefined;
}

/** The weights of a choice among `count` elements, checked as NumPy checks them. */
export function checkedWeights(p: NdArray, count: number, size: number, replace: boolean): Float64Array {
  const weights = Float64Array.from(p.elements());
  if (p.ndim !== 1) throw valueError('choice', "'p' must be 1-dimensional");
  if (weights.length !== count) throw valueError('choice', "'a' and 'p' must have same size");
  if (weights.some(Number.isNaN)) throw valueError('choice', 'probabilities contain NaN');
  if (weights.some((weight) => weight < 0)) throw valueError('choice', 'probabilities are not non-negative');
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // √ε, the tolerance that NumPy takes for float64.
  if (Math.abs(total - 1) > Math.max(1.4901161193847656e-8, Math.sqrt(2 ** -52))) {
    throw valueError('choice', 'probabilities do not sum to 1');
  }
  if (!replace && weights.reduce((n, weight) => n + (weight > 0 ? 1 : 0), 0) < size) {
    throw valueError('choice', 'Fewer non-zero entries in p than size');
  }
  return weights;
}

/** The number of elements to choose among. */
export function population(from: number | NdArray): number {
  if (typeof from === 'number') {
    if (from <= 0 || !Number.isInteger(from)) {
      throw valueError('choice', `a population of ${from}`, 'a must be greater than 0 unless no samples are taken');
    }
    return from;
  }
  if (from.ndim === 0) throw valueError('choice', 'a must be 1-dimensional or an integer');
  if (from.shape[0] === 0) throw valueError('choice', "'a' cannot be empty unless no samples are taken");
  return from.shape[0]!;
}

/** The chosen indices, or the elements that they choose along the first axis. */
export function chosen(from: number | NdArray, shape: Shape, indices: Float64Array): NdArray {
  if (typeof from === 'number') return fromValues('int64', shape, indices);
  const rest = from.shape.slice(1);
  const taken = takeAlong(from, Array.from(indices), 0);
  const result = zeros([...shape, ...rest], from.dtype);
  result.data.set(taken.elements());
  return result;
}

/** A permutation of 0 … n−1, or a copy of an array shuffled along its first axis. */
export function permuted(of: number | NdArray, below: (i: number) => number): NdArray {
  const order = countingOrder(typeof of === 'number' ? of : of.shape[0]!);
  shuffleOrder(order, below);
  return chosen(of, [order.length], order);
}
