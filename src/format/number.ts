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
  // From 10,000 all digits before the point are shown: zeros in place of known digits would look exact.
  return thousands(rounded >= 10 ** digits ? String(Math.round(a)) : a.toPrecision(digits), plain);
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

/** A share in two digits: `91 %`, `0.45 %`, with a thin space. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  const text = percent !== 0 && percent < 0.1 ? '< 0.1' : String(Number(percent.toPrecision(2)));
  return `${text}\u2009%`;
}

/** A summand: `+2`, `−0.2837`. */
export function formatSigned(x: number, style: NumberStyle = {}): string {
  const text = formatNumber(x, style);
  return x > 0 || Object.is(x, 0) ? `+${text}` : text;
}

/**
 * The two halves of a written number that meet at its decimal point: `10.69` → `10`, `.69`;
 * `5.61e−15` → `5`, `.61e−15`. Words such as NaN have no second half.
 */
export function splitAtPoint(text: string): readonly [whole: string, rest: string] {
  const at = text.search(/[.e]/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** A count, exact to 15 digits and then in four: `1024`, `10,240`, `1.268e30`. */
export function formatCount(count: bigint): string {
  const digits = count.toString();
  if (digits.length <= 15) return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits[0] ?? ''}.${digits.slice(1, 4)}e${digits.length - 1}`;
}
