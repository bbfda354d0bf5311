/** One array as text that other programs read: every digit of every element. */
import { fromJsonNumber, type TensorView } from '../protocol';
import { plainValue } from './trace';
import { fullText, numberTex } from './value';

/** A line for each row: all axes but the last run downwards. */
export function arrayCsv(array: TensorView): string {
  return linesOf(array, (x) => fullText(plainValue(x)))
    .map((line) => `${line.join(',')}\n`)
    .join('');
}

/** An expression of Python, with NumPy as `np`. */
export function arrayNumpy(array: TensorView): string {
  // JSON writes what is not finite as text.
  const lists = fullText(plainValue(array))
    .replace(/"NaN"/g, 'np.nan')
    .replace(/"(-?)Infinity"/g, '$1np.inf');
  return `np.array(${lists})`;
}

/** A matrix in four digits, as the reader sees it. */
export function arrayTex(array: TensorView): string {
  const lines = linesOf(array, (x) => numberTex(fromJsonNumber(x))).map((line) => line.join(' & '));
  return `\\begin{bmatrix}\n  ${lines.join(' \\\\\n  ')}\n\\end{bmatrix}`;
}

function linesOf(
  { shape, elements = [] }: TensorView,
  write: (x: NonNullable<TensorView['elements']>[number]) => string,
): string[][] {
  const columns = shape[shape.length - 1] ?? 1;
  const rows = columns === 0 ? 0 : elements.length / columns;
  return Array.from({ length: rows }, (_, r) => elements.slice(r * columns, (r + 1) * columns).map(write));
}
