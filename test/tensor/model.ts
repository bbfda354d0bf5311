/** A slow and obvious array for property tests: every element knows its place in one flat memory. */
import fc from 'fast-check';
import { fromValues, type NdArray, type Nested } from '../../src/tensor';

export interface Model {
  readonly shape: readonly number[];
  /** Places in memory, row-major. */
  readonly places: readonly number[];
}

export function modelOf(shape: readonly number[]): Model {
  const size = shape.reduce((a, b) => a * b, 1);
  return { shape, places: Array.from({ length: size }, (_, i) => i) };
}

/** Every index of a shape, in row-major order. */
export function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (prefixes, extent) => prefixes.flatMap((prefix) => Array.from({ length: extent }, (_, i) => [...prefix, i])),
    [[]],
  );
}

export function flatIndex(shape: readonly number[], index: readonly number[]): number {
  return index.reduce((flat, value, axis) => flat * shape[axis]! + value, 0);
}

/** The model whose element at `index` is the old one's at `source(index)`. */
export function remap(old: Model, shape: readonly number[], source: (index: number[]) => readonly number[]): Model {
  return {
    shape,
    places: indicesOf(shape).map((index) => old.places[flatIndex(old.shape, source(index))]!),
  };
}

export const smallShape = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 4 });
export const filledShape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** 0, 1, 2 … in a shape. */
export function counting(shape: readonly number[]): NdArray {
  const size = shape.reduce((a, b) => a * b, 1);
  return fromValues(
    'float64',
    shape,
    Float64Array.from({ length: size }, (_, i) => i),
  );
}

export function list(array: NdArray): Nested {
  return array.toNested();
}
