/** Exact rational numbers, in lowest terms with a positive denominator. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** n/d; throws a RangeError for d = 0. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const [p, q] = [BigInt(n), BigInt(d)];
  if (q === 0n) throw new RangeError('rational: division by zero');
  const g = gcd(p, q) * (q < 0n ? -1n : 1n);
  return { n: p / g, d: q / g };
}

export const R0 = rational(0);
export const R1 = rational(1);

/** A finite double as the number that its shortest decimal means: 0.1 is 1/10. Undefined for NaN and ±∞. */
export function rationalOf(x: number): Rational | undefined {
  if (!Number.isFinite(x)) return undefined;
  const [mantissa = '', exponent = '0'] = String(x).split('e');
  const [whole = '', decimals = ''] = mantissa.split('.');
  const shift = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
}

export const plus = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const negative = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const inverse = (a: Rational): Rational => rational(a.d, a.n);
export const over = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
export const same = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const signOf = (a: Rational): -1 | 0 | 1 => (a.n > 0n ? 1 : a.n < 0n ? -1 : 0);
export const isWhole = (a: Rational): boolean => a.d === 1n;

/** aⁿ for a whole n; throws a RangeError for 0 to a negative power. */
export function raised(a: Rational, n: number): Rational {
  const power = { n: a.n ** BigInt(Math.abs(n)), d: a.d ** BigInt(Math.abs(n)) };
  return n < 0 ? inverse(power) : power;
}

/** Prime factors found by trial division up to 1000; what is left stands as one factor. */
export function factorised(n: bigint): [bigint, number][] {
  const out: [bigint, number][] = [];
  let rest = n;
  for (let p = 2n; p <= 1000n && p * p <= rest; p++) {
    let k = 0;
    for (; rest % p === 0n; rest /= p) k++;
    if (k > 0) out.push([p, k]);
  }
  if (rest > 1n) out.push([rest, 1]);
  return out;
}
