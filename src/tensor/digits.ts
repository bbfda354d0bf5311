/**
 * Decimal digits of floats as NumPy writes them: the shortest that read back as the same number of the same precision
 * (Steele and White 1990, "How to print floating-point numbers accurately"), cut at a precision by rounding the exact
 * value half to even.
 */

/** value = 0.d₁d₂… × 10^point, without sign; zero has the digits "0" and point 1. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

export type FloatBits = 32 | 64;

/** The shortest digits that identify a finite, non-negative number among those of its precision. */
export function shortestDecimal(value: number, bits: FloatBits): Decimal {
  if (value === 0) return { digits: '0', point: 1 };
  if (bits === 64) return parseExponential(value.toExponential());
  for (let precision = 0; precision < 8; precision++) {
    const text = value.toExponential(precision);
    if (Math.fround(Number(text)) === value) return trimZeros(parseExponential(text));
  }
  return trimZeros(parseExponential(value.toExponential(8)));
}

function parseExponential(text: string): Decimal {
  const [mantissa, exponent] = text.split('e') as [string, string];
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

function trimZeros({ digits, point }: Decimal): Decimal {
  return { digits: digits.replace(/0+$/, '') || '0', point };
}

/** How many digits are wanted, given the position of the decimal point. */
export type DigitCount = (point: number) => number;

/**
 * The shortest digits if they are between `least` and `most` many, else the exact value rounded (half to even) to that
 * many digits. Trailing zeros are removed. A count of 0 or less can leave nothing: zero.
 */
export function decimalWithin(value: number, bits: FloatBits, least: DigitCount, most: DigitCount): Decimal {
  const shortest = shortestDecimal(value, bits);
  const { length } = shortest.digits;
  if (length > most(shortest.point)) return exactCut(value, most(shortest.point));
  return length < least(shortest.point) ? exactCut(value, least(shortest.point)) : shortest;
}

function exactCut(value: number, kept: number): Decimal {
  const { digits, point } = exactDecimal(value);
  if (kept < 0) return { digits: '0', point: 1 };
  if (digits.length <= kept) return { digits, point };
  const head = digits.slice(0, kept);
  const rest = digits.slice(kept);
  const isHalf = /^50*$/.test(rest);
  const up = isHalf ? Number(head.at(-1) ?? 0) % 2 === 1 : rest >= '5';
  const rounded = (BigInt(head || '0') + (up ? 1n : 0n)).toString();
  if (rounded === '0') return { digits: '0', point: 1 };
  // A carry out of the first digit lengthens the number.
  return trimZeros({ digits: rounded, point: point + rounded.length - head.length });
}

/** All digits of the exact binary value. */
function exactDecimal(value: number): Decimal {
  let exponent = 0;
  let mantissa = value;
  // Scaling by powers of two is exact as long as the number stays normal; subnormals are integers of 2⁻¹⁰⁷⁴.
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  const scaled = BigInt(mantissa) * (exponent < 0 ? 5n ** BigInt(-exponent) : 1n);
  const digits = scaled.toString();
  return trimZeros({ digits, point: digits.length + exponent });
}

/** `123.45`, `0.0012`, `5.`: integer part and fraction of a decimal. */
export function positionalParts({ digits, point }: Decimal): { whole: string; fraction: string } {
  if (digits === '0') return { whole: '0', fraction: '' };
  if (point <= 0) return { whole: '0', fraction: '0'.repeat(-point) + digits };
  if (digits.length <= point) return { whole: digits.padEnd(point, '0'), fraction: '' };
  return { whole: digits.slice(0, point), fraction: digits.slice(point) };
}

/** Parts of scientific notation; the exponent has a sign and at least two digits. */
export function scientificParts({ digits, point }: Decimal): {
  whole: string;
  fraction: string;
  exponent: string;
} {
  const power = digits === '0' ? 0 : point - 1;
  const exponent = (power < 0 ? '-' : '+') + String(Math.abs(power)).padStart(2, '0');
  return { whole: digits[0]!, fraction: digits.slice(1), exponent };
}
