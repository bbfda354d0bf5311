/** Numbers and arrays in a hover: short enough for one line. */
import { formatNumber } from '../format';
import type { Value } from '../autodiff/trace';
import type { NdArray } from '../tensor';

/** Longer vectors and larger matrices are told by their shape and range. */
const SHOWN_ELEMENTS = 6;
const SHOWN_ROWS = 2;
const SHOWN_MATRIX = 4;

/** Elements that the range of a larger array is taken from. */
const RANGED_ELEMENTS = 1e4;

/** `11.65`, `[1, 2, 3]`, `[[1, 2], [3, 4]]`, or shape and range of a larger array: `5×2: −1 … 3`, `5×2: all 0`. */
export function valueText(value: Value): string {
  const short = shortText(value);
  return short ?? `${sizeText(value as NdArray)}: ${rangeText(value as NdArray)}`;
}

/** The same without the shape, where that stands beside it. */
export function elementsText(value: Value): string {
  return shortText(value) ?? rangeText(value as NdArray);
}

function shortText(value: Value): string | undefined {
  if (typeof value === 'number') return formatNumber(value);
  const { shape, size } = value;
  const [rows = 0, columns] = shape;
  const isShort =
    columns === undefined ? size <= SHOWN_ELEMENTS : shape.length === 2 && rows <= SHOWN_ROWS && size <= SHOWN_MATRIX;
  return isShort ? nested(elementsOf(value), shape) : undefined;
}

function elementsOf(array: NdArray): number[] {
  return Array.from(array.elements() as ArrayLike<number>);
}

function sizeText({ shape, size }: NdArray): string {
  return shape.length === 1 ? `${size} numbers` : shape.join('×');
}

function rangeText(array: NdArray): string {
  const elements = elementsOf(array);
  const finite = elements.slice(0, RANGED_ELEMENTS).filter(Number.isFinite);
  if (finite.length === 0) return 'none finite';
  const [least, greatest] = [formatNumber(Math.min(...finite)), formatNumber(Math.max(...finite))];
  const isConstant = elements.every((x) => x === elements[0]);
  return isConstant ? `all ${least}` : `${least} … ${greatest}`;
}

function nested(elements: readonly number[], shape: readonly number[]): string {
  const [rows = 0, columns] = shape;
  const numbers = elements.map((x) => formatNumber(x));
  if (shape.length === 0) return numbers.join('');
  if (columns === undefined) return `[${numbers.join(', ')}]`;
  const lines = Array.from({ length: rows }, (_, i) => numbers.slice(i * columns, (i + 1) * columns));
  return `[${lines.map((line) => `[${line.join(', ')}]`).join(', ')}]`;
}
