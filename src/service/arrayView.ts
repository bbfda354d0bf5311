import type { NdArray } from '../tensor';
import { type JsonNumber, type TensorView, toJsonNumber, type ValueView } from '../protocol';

const MAX_ELEMENTS = 4_096;
/** The same where all of them are asked for. */
export const MOST_ELEMENTS = 1_000_000;
const GRID = 8;

/** A number as it is; an array as its summary, with its elements where they are few. */
export function valueView(value: number | NdArray): ValueView {
  return typeof value === 'number' ? toJsonNumber(value) : arrayView(value);
}

/** @param most arrays of more elements come as a summary with block means */
export function arrayView(array: NdArray, most = MAX_ELEMENTS): TensorView {
  const elements = array.elements();
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let zeros = 0;
  let nonFinite = 0;
  for (const x of elements as Iterable<number>) {
    if (!Number.isFinite(x)) {
      nonFinite++;
      continue;
    }
    if (x < min) min = x;
    if (x > max) max = x;
    if (x === 0) zeros++;
    sum += x;
  }
  const finite = elements.length - nonFinite;
  const json = (x: number): JsonNumber => toJsonNumber(finite === 0 ? NaN : x);
  return {
    shape: [...array.shape],
    dtype: array.dtype,
    min: json(min),
    max: json(max),
    maxAbs: json(Math.max(Math.abs(min), Math.abs(max))),
    mean: json(sum / finite),
    zeros,
    nonFinite,
    ...(elements.length <= most
      ? { elements: Array.from(elements as Iterable<number>, toJsonNumber) }
      : { blocks: blocks(array.shape, elements) }),
  };
}

/** Block means of an array seen as a matrix: its last axis across, all others down. */
function blocks(shape: readonly number[], elements: ArrayLike<number>): NonNullable<TensorView['blocks']> {
  const width = shape.at(-1) ?? 1;
  const height = elements.length / width;
  const rows = Math.min(GRID, height);
  const columns = Math.min(GRID, width);
  const sums = new Float64Array(rows * columns);
  const counts = new Float64Array(rows * columns);
  for (let i = 0; i < height; i++) {
    const row = Math.floor((i * rows) / height);
    for (let j = 0; j < width; j++) {
      const block = row * columns + Math.floor((j * columns) / width);
      sums[block] = (sums[block] as number) + (elements[i * width + j] as number);
      counts[block] = (counts[block] as number) + 1;
    }
  }
  return {
    rows,
    columns,
    means: Array.from(sums, (s, k) => toJsonNumber(s / (counts[k] as number))),
  };
}
