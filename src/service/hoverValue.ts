/** Numbers and arrays in a hover: short enough for one line. */
import { formatNumber } from '../format';
import type { Value } from '../autodiff/trace';
import type { NdArray } from '../tensor';

/** How many elements are told one by one, in a line and in a cell of a table; of more the shape and the range. */
const LINE = { vector: 6, matrix: 4 };
const CELL = { vector: 3, matrix: 3 };

/** Elements that the range of a larger array is taken from. */
const RANGED_ELEMENTS = 1e4;

/** `11.65`, `[1, 2, 3]`, `[[1, 2], [3, 4]]`, or shape and range of a larger array: `5×2: −1 … 3`, `5×2: all 0`. */
export function valueText(value: Value): string {
  return shortText(value, LINE) ?? longText(value as NdArray);
}

/** The same, with less room. */
export function cellText(value: Value): string {
  return shortText(value, CELL) ?? longText(value as NdArray);
}

/** In a cell, without the shape, where that stands beside it. */
export function elementsText(value: Value): string {
  return shortText(value, CELL) ?? rangeText(value as NdArray);
}

/** A matrix of many rows is told by its shape: it would be read as what it is not, a row. */
const SHOWN_ROWS = 2;

function shortText(value: Value, most: typeof LINE): string | undefined {
  if (typeof value === 'number') return formatNumber(value);
  const { shape, size } = value;
  const [rows = 0] = shape;
  const isShort =
    shape.length < 2 ? size <= most.vector : shape.length === 2 && rows <= SHOWN_ROWS && size <= most.matrix;
  return isShort ? nested(elementsOf(value), shape) : undefined;
}

function longText(array: NdArray): string {
  return `${sizeText(array)}: ${rangeText(array)}`;
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
