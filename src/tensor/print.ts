/** How NumPy writes arrays and scalars (`str`, `repr`, `array2string`), so that printed output can be compared. */
import { isFloat, type DType } from './dtype';
import { tupleText } from './error';
import type { NdArray } from './ndarray';
import { decimalWithin, positionalParts, scientificParts, shortestDecimal, type FloatBits } from './digits';
import { takeAlong } from './structure/join';

/** NumPy's print options that we honour. */
export interface PrintOptions {
  readonly precision: number;
  /** Arrays with more elements are summarised. */
  readonly threshold: number;
  readonly edgeItems: number;
  readonly lineWidth: number;
  /** Never scientific notation only because numbers are small. */
  readonly suppress: boolean;
  readonly floatMode: 'maxprec' | 'maxprec_equal' | 'fixed' | 'unique';
}

export const DEFAULT_PRINT_OPTIONS: PrintOptions = {
  precision: 8,
  threshold: 1000,
  edgeItems: 3,
  lineWidth: 75,
  suppress: false,
  floatMode: 'maxprec',
};

/** `str(array)`: what `print` shows. */
export function arrayText(array: NdArray, options: PrintOptions = DEFAULT_PRINT_OPTIONS): string {
  if (array.ndim === 0) return scalarText(array.item(), array.dtype);
  return layout(array, options, ' ', '', '');
}

/** `repr(array)`, such as `array([1., 2.], dtype=float32)`. */
export function arrayRepr(array: NdArray, options: PrintOptions = DEFAULT_PRINT_OPTIONS): string {
  const prefix = 'array(';
  const implied = (array.dtype === 'bool' || array.dtype === 'int64' || array.dtype === 'float64') && array.size > 0;
  const suffix = implied ? ')' : ',';
  const isPlainEmpty = array.ndim === 1 && array.size === 0;
  const body =
    array.size > 0 || isPlainEmpty
      ? layout(array, options, ', ', prefix, suffix)
      : `[], shape=${tupleText(array.shape)}`;
  const text = prefix + body + suffix;
  if (implied) return text;
  const dtype = `dtype=${array.dtype})`;
  const lastLine = text.length - (text.lastIndexOf('\n') + 1);
  const spacer = lastLine + dtype.length + 1 > options.lineWidth ? `\n${' '.repeat(prefix.length)}` : ' ';
  return text + spacer + dtype;
}

/** `str` of a NumPy scalar; floats as Python writes them, with the shortest digits of their own precision. */
export function scalarText(value: number, dtype: DType): string {
  if (dtype === 'bool') return value === 0 ? 'False' : 'True';
  if (!isFloat(dtype)) return String(value + 0);
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return `${sign}inf`;
  const decimal = shortestDecimal(magnitude, bitsOf(dtype));
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const { whole, fraction, exponent } = scientificParts(decimal);
    return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}e${exponent}`;
  }
  const { whole, fraction } = positionalParts(decimal);
  return `${sign}${whole}.${fraction || '0'}`;
}

/** `repr` of a NumPy scalar: `np.float64(1.5)` since NumPy 2, bare before. */
export function scalarRepr(value: number, dtype: DType, style: 'numpy 2' | 'numpy 1' = 'numpy 2'): string {
  const text = scalarText(value, dtype);
  if (style === 'numpy 1') return text;
  return dtype === 'bool' ? `np.${text}` : `np.${dtype}(${text})`;
}

function bitsOf(dtype: DType): FloatBits {
  return dtype === 'float32' ? 32 : 64;
}

function layout(array: NdArray, options: PrintOptions, separator: string, prefix: string, suffix: string): string {
  if (array.size === 0) return '[]';
  const summarise = array.size > options.threshold;
  const shown = summarise ? edges(array, options.edgeItems) : array;
  const format = formatter(shown, options);
  const values = array.elements();
  const width = options.lineWidth - suffix.length;

  const write = (axis: number, from: number, count: number, indent: string, room: number): string => {
    if (axis === array.ndim) return format(values[from]!);
    const extent = array.shape[axis]!;
    const step = count / extent;
    const cut = summarise && 2 * options.edgeItems < extent;
    const indices = Array.from({ length: extent }, (_, i) => i);
    const items: (number | '...')[] = cut
      ? [...indices.slice(0, options.edgeItems), '...', ...indices.slice(extent - options.edgeItems)]
      : indices;
    const inner = (item: number | '...'): string =>
      item === '...' ? item : write(axis + 1, from + item * step, step, `${indent} `, room - 1);
    const axesLeft = array.ndim - axis;
    if (axesLeft > 1) {
      const lineEnd = separator.trimEnd() + '\n'.repeat(axesLeft - 1);
      return `[${items.map(inner).join(lineEnd + indent)}]`;
    }
    const elementRoom = room - Math.max(separator.trimEnd().length, 1);
    let text = '';
    let line = indent;
    items.forEach((item, i) => {
      const word = inner(item);
      if (line.length + word.length > elementRoom && line.length > indent.length) {
        text += `${line.trimEnd()}\n`;
        line = indent;
      }
      line += word + (i === items.length - 1 ? '' : separator);
    });
    return `[${(text + line).slice(indent.length)}]`;
  };
  return write(0, 0, array.size, ` ${' '.repeat(prefix.length)}`, width);
}

/** The elements that a summary shows. */
function edges(array: NdArray, count: number): NdArray {
  let result = array;
  array.shape.forEach((extent, axis) => {
    if (extent <= 2 * count) return;
    const chosen = Array.from({ length: 2 * count }, (_, i) => (i < count ? i : extent - 2 * count + i));
    result = takeAlong(result, chosen, axis);
  });
  return result;
}

function formatter(shown: NdArray, options: PrintOptions): (value: number) => string {
  const values = shown.elements();
  if (shown.dtype === 'bool') {
    const width = shown.ndim === 0 ? 0 : 5;
    return (value) => (value === 0 ? 'False' : 'True').padStart(width);
  }
  if (isFloat(shown.dtype)) return floatFormatter(values, bitsOf(shown.dtype), options);
  let width = 0;
  for (const value of values) width = Math.max(width, String(value).length);
  return (value) => String(value + 0).padStart(width);
}

function floatFormatter(values: ArrayLike<number>, bits: FloatBits, options: PrintOptions): (value: number) => string {
  const finite = Array.from(values).filter(Number.isFinite);
  const magnitudes = finite.map(Math.abs).filter((value) => value !== 0);
  const largest = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = magnitudes.reduce((a, b) => Math.min(a, b), Infinity);
  const ratio = bits === 32 ? Math.fround(largest / smallest) : largest / smallest;
  const tiny = bits === 32 ? Math.fround(0.0001) : 0.0001;
  const scientific =
    magnitudes.length > 0 && (largest >= 1e8 || (!options.suppress && (smallest < tiny || ratio > 1000)));
  const number = scientific ? scientificFormat(finite, bits, options) : positionalFormat(finite, bits, options);

  let { left } = number;
  if (finite.length < values.length) {
    const hasNegativeInfinity = Array.from(values).includes(-Infinity);
    const around = number.right + 1;
    left = Math.max(left, 3 - around, 3 + Number(hasNegativeInfinity) - around);
  }
  return (value) => {
    if (Number.isFinite(value)) return number.write(value, left);
    const text = Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
    return text.padStart(left + number.right + 1);
  };
}

interface NumberFormat {
  /** Characters before and after the decimal point. */
  readonly left: number;
  readonly right: number;
  readonly write: (value: number, left: number) => string;
}

const signOf = (value: number): string => (value < 0 || Object.is(value, -0) ? '-' : '');

function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), 0);
}

interface Parts {
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: string;
}

function positionalFormat(finite: readonly number[], bits: FloatBits, options: PrintOptions): NumberFormat {
  if (finite.length === 0) return { left: 0, right: 0, write: String };
  const { floatMode, precision } = options;
  const most = floatMode === 'unique' ? Infinity : precision;
  const parts = (value: number, least: number): Parts => {
    const decimal = decimalWithin(
      Math.abs(value),
      bits,
      (point) => point + least,
      (point) => point + most,
    );
    const { whole, fraction } = positionalParts(decimal);
    return { whole: signOf(value) + whole, fraction: fraction.padEnd(least, '0'), exponent: '' };
  };
  const all = finite.map((value) => parts(value, floatMode === 'fixed' ? precision : 0));
  const right = longest(all.map((part) => part.fraction));
  const least = floatMode === 'fixed' || floatMode === 'maxprec_equal' ? right : 0;
  return {
    left: longest(all.map((part) => part.whole)),
    right,
    write: (value, left) => {
      const { whole, fraction } = parts(value, least);
      return `${whole.padStart(left)}.${fraction.padEnd(right)}`;
    },
  };
}

function scientificFormat(finite: readonly number[], bits: FloatBits, options: PrintOptions): NumberFormat {
  const { floatMode, precision } = options;
  const most = floatMode === 'unique' ? Infinity : precision;
  const parts = (value: number, least: number): Parts => {
    const decimal = decimalWithin(
      Math.abs(value),
      bits,
      () => 1 + least,
      () => 1 + Math.max(least, most),
    );
    const { whole, fraction, exponent } = scientificParts(decimal);
    return { whole: signOf(value) + whole, fraction: fraction.padEnd(least, '0'), exponent };
  };
  const all = finite.map((value) => parts(value, floatMode === 'fixed' ? precision : 0));
  const fractionDigits = longest(all.map((part) => part.fraction));
  const exponentDigits = longest(all.map((part) => part.exponent)) - 1;
  return {
    left: longest(all.map((part) => part.whole)),
    right: exponentDigits + 2 + fractionDigits,
    write: (value, left) => {
      const { whole, fraction, exponent } = parts(value, fractionDigits);
      const power = exponent[0]! + exponent.slice(1).padStart(exponentDigits, '0');
      return `${whole.padStart(left)}.${fraction}e${power}`;
    },
  };
}
