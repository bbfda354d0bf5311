/** Numbers and arrays in a hover: short enough for one line. */
import { formatNumber } from '../format';
import type { Value } from '../autodiff/trace';
import type { NdArray } from '../tensor';

/** Arrays of more elements are told by their shape and range; by the number of axes. */
const SHOWN_ELEMENTS: readonly number[] = [1, 6, 4];

/** Elements that the range of a larger array is taken from. */
const RANGED_ELEMENTS = 1e4;

export function valueText(value: Value): string {
  return typeof value === 'number' ? formatNumber(value) : arrayText(value);
}

/** `[1, 2, 3]`, `[[1, 2], [3, 4]]`, or shape and range of a larger array: `5×2: −1 … 3`, `5×2: all 0`. */
function arrayText(array: NdArray): string {
  const { shape } = array;
  const elements = Array.from(array.elements() as ArrayLike<number>);
  if (elements.length <= (SHOWN_ELEMENTS[shape.length] ?? 0)) return nested(elements, shape);
  const size = shape.length === 1 ? `${elements.length} numbers` : shape.join('×');
  const finite = elements.slice(0, RANGED_ELEMENTS).filter(Number.isFinite);
  if (finite.length === 0) return `${size}: none finite`;
  const [least, greatest] = [formatNumber(Math.min(...finite)), formatNumber(Math.max(...finite))];
  const isConstant = elements.every((x) => x === elements[0]);
  return `${size}: ${isConstant ? `all ${least}` : `${least} … ${greatest}`}`;
}

function nested(elements: readonly number[], shape: readonly number[]): string {
  const [rows = 0, columns] = shape;
  const numbers = elements.map((x) => formatNumber(x));
  if (shape.length === 0) return numbers.join('');
  if (columns === undefined) return `[${numbers.join(', ')}]`;
  const lines = Array.from({ length: rows }, (_, i) => numbers.slice(i * columns, (i + 1) * columns));
  return `[${lines.map((line) => `[${line.join(', ')}]`).join(', ')}]`;
}
