/**
 * How numbers are written, everywhere: four significant digits with trailing zeros kept, exact integers
 * as they are, a true minus, exponents from 1e5 and below 1e−3, commas from 10,000.
 */
export interface NumberStyle {
  /** Significant digits; `full` prints the shortest text that reads back to the same double. */
  readonly digits?: number | 'full';
  /** `−`, thousands separators and `∞` for reading; plain ASCII for copying. */
  readonly plain?: boolean;
}

export function formatNumber(x: number, style: NumberStyle = {}): string {
  const { digits = 4, plain = false } = style;
  if (Number.isNaN(x)) return 'NaN';
  const sign = x < 0 || Object.is(x, -0) ? (plain ? '-' : '−') : '';
  const a = Math.abs(x);
  if (a === Infinity) return sign + (plain ? 'inf' : '∞');
  const body = digits === 'full' ? fullDigits(a, plain) : roundedDigits(a, digits, plain);
  return sign + body;
}

function fullDigits(a: number, plain: boolean): string {
  return exponent(String(a), plain);
}

function roundedDigits(a: number, digits: number, plain: boolean): string {
  if (Number.isInteger(a) && a < 1e5) return thousands(String(a), plain);
  const rounded = Number(a.toPrecision(digits));
  if (rounded >= 1e5 || rounded < 1e-3) return exponent(a.toExponential(digits - 1), plain);
  return thousands(a.toPrecision(digits), plain);
}

function thousands(text: string, plain: boolean): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = plain || whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function exponent(text: string, plain: boolean): string {
  return plain ? text.replace('e+', 'e') : text.replace('e+', 'e').replace('e-', 'e−');
}

/** `5×3`, `scalar` for no axes. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.length === 1 ? String(shape[0]) : shape.join('×');
}
