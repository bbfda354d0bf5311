/**
 * Polynomials with rational coefficients in numbered generators, whose exponents may be negative (Laurent polynomials), and
 * fractions of them with factored denominators.
 */
import { isWhole, negative, over, plus, R0, R1, type Rational, rational, times } from './rational';

/** Generator and exponent, ascending by generator, no exponent 0. */
export type Monomial = readonly (readonly [generator: number, exponent: number])[];

export interface Term {
  readonly coefficient: Rational;
  readonly monomial: Monomial;
}

/** Terms by the key of their monomial; no coefficient is 0. */
export type Polynomial = ReadonlyMap<string, Term>;

/** The polynomials of a proof grew beyond what is worth the time. */
export class TooLargeError extends Error {
  constructor() {
    super('the normal form is too large');
    this.name = 'TooLargeError';
  }
}

const MAX_TERMS = 4000;

/** Term operations that are left to the comparison under way; see {@link withinWork}. */
let workLeft = Infinity;

/** Term operations of all comparisons so far. */
let workDone = 0;

/** Term operations that comparisons have taken so far, for those who share out work. */
export const termOperations = (): number => workDone;

/** Runs `f`, letting it throw a {@link TooLargeError} when it has done so many term operations. */
export function withinWork<T>(operations: number, f: () => T): T {
  const outer = workLeft;
  workLeft = operations;
  try {
    return f();
  } finally {
    workDone += operations - Math.max(0, workLeft);
    workLeft = outer;
  }
}

const keyOf = (m: Monomial): string => m.map(([g, e]) => `${g}^${e}`).join(' ');

export function monomialTimes(a: Monomial, b: Monomial): Monomial {
  const out: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const p = a[i];
    const q = b[j];
    if (p && (!q || p[0] < q[0])) {
      out.push([p[0], p[1]]);
      i++;
    } else if (q && (!p || q[0] < p[0])) {
      out.push([q[0], q[1]]);
      j++;
    } else if (p && q) {
      if (p[1] + q[1] !== 0) out.push([p[0], p[1] + q[1]]);
      i++;
      j++;
    }
  }
  return out;
}

export const monomialPower = (m: Monomial, n: number): Monomial =>
  n === 0 ? [] : m.map(([g, e]) => [g, e * n] as const);

function collect(terms: Iterable<Term>): Polynomial {
  const sum = new Map<string, Term>();
  for (const t of terms) {
    if (--workLeft < 0) throw new TooLargeError();
    const key = keyOf(t.monomial);
    const known = sum.get(key);
    const coefficient = known ? plus(known.coefficient, t.coefficient) : t.coefficient;
    if (coefficient.n === 0n) sum.delete(key);
    else sum.set(key, { coefficient, monomial: t.monomial });
    if (sum.size > MAX_TERMS) throw new TooLargeError();
  }
  return sum;
}

export const ZERO_POLYNOMIAL: Polynomial = new Map();
export const constant = (c: Rational): Polynomial => collect(c.n === 0n ? [] : [{ coefficient: c, monomial: [] }]);
export const monomial = (m: Monomial, c: Rational = R1): Polynomial => collect([{ coefficient: c, monomial: m }]);
export const terms = (p: Polynomial): Term[] => [...p.values()];

export function polynomialPlus(a: Polynomial, b: Polynomial): Polynomial {
  return collect([...a.values(), ...b.values()]);
}

export function scaled(p: Polynomial, c: Rational, m: Monomial = []): Polynomial {
  if (c.n === 0n) return ZERO_POLYNOMIAL;
  return collect(
    terms(p).map((t) => ({ coefficient: times(t.coefficient, c), monomial: monomialTimes(t.monomial, m) })),
  );
}

export function polynomialTimes(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size * b.size > 40 * MAX_TERMS) throw new TooLargeError();
  const products: Term[] = [];
  for (const s of a.values())
    for (const t of b.values()) {
      if (--workLeft < 0) throw new TooLargeError();
      products.push({
        coefficient: times(s.coefficient, t.coefficient),
        monomial: monomialTimes(s.monomial, t.monomial),
      });
    }
  return collect(products);
}

/** Lexicographic order of monomials, by the exponent of the lowest generator first. */
function compare(a: Monomial, b: Monomial): number {
  for (let i = 0; ; i++) {
    const p = a[i];
    const q = b[i];
    if (!p && !q) return 0;
    if (!q || (p && p[0] < q[0])) return Math.sign((p as readonly [number, number])[1]);
    if (!p || q[0] < p[0]) return -Math.sign(q[1]);
    if (p[1] !== q[1]) return Math.sign(p[1] - q[1]);
  }
}

export function leading(p: Polynomial): Term {
  return terms(p).reduce((a, b) => (compare(a.monomial, b.monomial) >= 0 ? a : b));
}

/** The greatest monomial that divides every term. */
function commonMonomial(p: Polynomial): Monomial {
  let least: Map<number, number> | undefined;
  for (const { monomial } of p.values()) {
    const exponents = new Map(monomial);
    if (!least) least = exponents;
    else {
      for (const [g, e] of least) least.set(g, Math.min(e, exponents.get(g) ?? 0));
      for (const [g, e] of exponents) if (!least.has(g)) least.set(g, Math.min(e, 0));
    }
  }
  return [...(least ?? [])].filter(([, e]) => e !== 0).sort(([a], [b]) => a - b);
}

/** p = content · m · primitive, with a primitive part of leading coefficient 1 that no generator divides. */
export function primitive(p: Polynomial): { content: Rational; monomial: Monomial; rest: Polynomial } {
  const common = commonMonomial(p);
  const shifted = scaled(p, R1, monomialPower(common, -1));
  const content = leading(shifted).coefficient;
  return { content, monomial: common, rest: scaled(shifted, over(R1, content)) };
}

export const polynomialKey = (p: Polynomial): string =>
  terms(p)
    .map((t) => `${t.coefficient.n}/${t.coefficient.d}*${keyOf(t.monomial)}`)
    .sort()
    .join('+');

const MAX_DIVISION_STEPS = 400;

/** The quotient p / f if f divides p exactly, both without negative exponents. */
function dividedBy(p: Polynomial, f: Polynomial): Polynomial | undefined {
  const lead = leading(f);
  const quotient: Term[] = [];
  let rest = p;
  for (let step = 0; rest.size > 0; step++) {
    if (step > MAX_DIVISION_STEPS) return undefined;
    const top = leading(rest);
    const m = monomialTimes(top.monomial, monomialPower(lead.monomial, -1));
    if (m.some(([, e]) => e < 0)) return undefined;
    const c = over(top.coefficient, lead.coefficient);
    quotient.push({ coefficient: c, monomial: m });
    rest = polynomialPlus(rest, scaled(f, negative(c), m));
  }
  return collect(quotient);
}

/** A quotient: its denominator is a product of primitive factors. */
export interface Fraction {
  readonly top: Polynomial;
  readonly bottom: ReadonlyMap<string, { readonly factor: Polynomial; readonly power: number }>;
}

const NO_FACTORS: Fraction['bottom'] = new Map();

export const whole = (p: Polynomial): Fraction => ({ top: p, bottom: NO_FACTORS });
export const number = (c: Rational | number): Fraction => whole(constant(typeof c === 'number' ? rational(c) : c));
export const generator = (g: number, exponent = 1): Fraction =>
  whole(exponent === 0 ? constant(R1) : monomial([[g, exponent]]));

/** Cancels denominator factors that divide the numerator. */
function reduced(top: Polynomial, factors: Map<string, { factor: Polynomial; power: number }>): Fraction {
  if (top.size === 0) return whole(ZERO_POLYNOMIAL);
  let numerator = top;
  for (const [key, { factor, power }] of factors) {
    let left = power;
    for (; left > 0 && numerator.size >= factor.size; left--) {
      const { content, monomial: m, rest } = primitive(numerator);
      const quotient = dividedBy(rest, factor);
      if (!quotient) break;
      numerator = scaled(quotient, content, m);
    }
    if (left === 0) factors.delete(key);
    else factors.set(key, { factor, power: left });
  }
  return { top: numerator, bottom: factors };
}

const expanded = (bottom: Fraction['bottom']): Polynomial =>
  [...bottom.values()].reduce((p, { factor, power }) => {
    let q = p;
    for (let i = 0; i < power; i++) q = polynomialTimes(q, factor);
    return q;
  }, constant(R1));

/** The factors of `of` that `without` lacks, multiplied out. */
function missing(of: Fraction['bottom'], without: Fraction['bottom']): Polynomial {
  const left = new Map<string, { factor: Polynomial; power: number }>();
  for (const [key, { factor, power }] of of) {
    const rest = power - (without.get(key)?.power ?? 0);
    if (rest > 0) left.set(key, { factor, power: rest });
  }
  return expanded(left);
}

function leastCommon(a: Fraction['bottom'], b: Fraction['bottom']): Map<string, { factor: Polynomial; power: number }> {
  const out = new Map(a);
  for (const [key, { factor, power }] of b) out.set(key, { factor, power: Math.max(power, a.get(key)?.power ?? 0) });
  return out;
}

export function fractionPlus(a: Fraction, b: Fraction): Fraction {
  const bottom = leastCommon(a.bottom, b.bottom);
  const top = polynomialPlus(
    polynomialTimes(a.top, missing(bottom, a.bottom)),
    polynomialTimes(b.top, missing(bottom, b.bottom)),
  );
  return reduced(top, bottom);
}

export function fractionTimes(a: Fraction, b: Fraction): Fraction {
  const bottom = new Map(a.bottom);
  for (const [key, { factor, power }] of b.bottom) {
    bottom.set(key, { factor, power: power + (bottom.get(key)?.power ?? 0) });
  }
  return reduced(polynomialTimes(a.top, b.top), bottom);
}

export const fractionNegative = (a: Fraction): Fraction => ({ top: scaled(a.top, rational(-1)), bottom: a.bottom });
export const fractionMinus = (a: Fraction, b: Fraction): Fraction => fractionPlus(a, fractionNegative(b));

/** 1/a; throws a RangeError for 0. */
export function fractionInverse(a: Fraction): Fraction {
  if (a.top.size === 0) throw new RangeError('division by zero');
  const { content, monomial: m, rest } = primitive(a.top);
  const top = scaled(expanded(a.bottom), over(R1, content), monomialPower(m, -1));
  if (rest.size === 1) return whole(top);
  return { top, bottom: new Map([[polynomialKey(rest), { factor: rest, power: 1 }]]) };
}

/** aⁿ for a whole n. */
export function fractionPower(a: Fraction, n: number): Fraction {
  if (Math.abs(n) > 64) throw new TooLargeError();
  if (n < 0) return fractionPower(fractionInverse(a), -n);
  if (a.top.size === 1 && a.bottom.size === 0) {
    const { coefficient, monomial: m } = leading(a.top);
    const c = { n: coefficient.n ** BigInt(n), d: coefficient.d ** BigInt(n) };
    return whole(n === 0 ? constant(R1) : monomial(monomialPower(m, n), c));
  }
  let result = number(1);
  for (let i = 0; i < n; i++) result = fractionTimes(result, a);
  return result;
}

/** The rational number that a fraction is, if it is one. */
export function asNumber(a: Fraction): Rational | undefined {
  if (a.top.size === 0) return R0;
  if (a.top.size > 1 || a.bottom.size > 0) return undefined;
  const { coefficient, monomial: m } = leading(a.top);
  return m.length === 0 ? coefficient : undefined;
}

/** The whole number that a fraction is, if it is a small one. */
export function asInteger(a: Fraction): number | undefined {
  const r = asNumber(a);
  return r && isWhole(r) && r.n >= -64n && r.n <= 64n ? Number(r.n) : undefined;
}

/** c with a = c · b for a rational number c, if there is one; b is not 0. */
export function proportion(a: Fraction, b: Fraction): Rational | undefined {
  if (a.top.size === 0) return R0;
  const bottom = leastCommon(a.bottom, b.bottom);
  const p = polynomialTimes(a.top, missing(bottom, a.bottom));
  const q = polynomialTimes(b.top, missing(bottom, b.bottom));
  if (p.size !== q.size) return undefined;
  let ratio: Rational | undefined;
  for (const [key, t] of p) {
    const other = q.get(key);
    if (!other) return undefined;
    const r = over(t.coefficient, other.coefficient);
    if (ratio && (ratio.n !== r.n || ratio.d !== r.d)) return undefined;
    ratio = r;
  }
  return ratio;
}
