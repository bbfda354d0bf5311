/** Python's arithmetic on plain numbers: exact integers, IEEE floats, and its errors. */
import { pow as ieeePow } from '../../../symbolic/kernels';
import type { Operator } from '../ast';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { FloatKind, type PlainNumber, PyFloat, type PyInt, PyUnknown, type PyValue, Traced } from './object';
import { integer } from '../literals';

/** What stands for a number in arithmetic; a bool counts as 0 or 1. */
export type NumberLike = PlainNumber | boolean | Traced;

export function isNumberLike(value: PyValue): value is NumberLike {
  switch (typeof value) {
    case 'number':
    case 'bigint':
    case 'boolean':
      return true;
    case 'object':
      return value instanceof PyFloat || value instanceof Traced;
    default:
      return false;
  }
}

/** The number without its row. */
export function plain(value: NumberLike): PlainNumber {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Traced ? value.plain : value;
}

/** As a double; huge integers overflow to infinity. */
export function toDouble(value: NumberLike): number {
  const p = plain(value);
  return p instanceof PyFloat ? p.v : Number(p);
}

/** As a double where Python would raise OverflowError for huge integers. */
export function toFloat(value: NumberLike): number {
  const p = plain(value);
  if (p instanceof PyFloat) return p.v;
  const x = Number(p);
  if (!Number.isFinite(x)) throw raised('OverflowError', 'int too large to convert to float');
  return x;
}

/** An integer result of double arithmetic that may have left the safe range. */
function exact(fast: number, slow: () => bigint): PyInt {
  // + 0 turns −0 into 0.
  return Number.isSafeInteger(fast) ? fast + 0 : integer(slow());
}

const big = (x: PyInt): bigint => BigInt(x);

/** Bits of the largest integer that is computed; beyond, the result is unknown. */
const MAX_BITS = 1 << 21;

function bits(x: PyInt): number {
  if (typeof x === 'number') return Math.max(1, Math.ceil(Math.log2(Math.abs(x) + 1)));
  // Four bits a hexadecimal digit.
  return x.toString(16).length * 4;
}

function round32(x: number, kind: FloatKind): number {
  return kind === FloatKind.Float32 ? Math.fround(x) : x;
}

/** Kind of the result of an operation on floats: the wider of two NumPy kinds; Python's own floats adapt. */
function joined(a: FloatKind, b: FloatKind): FloatKind {
  if (a === FloatKind.Python) return b;
  if (b === FloatKind.Python) return a;
  return Math.min(a, b);
}

/**
 * An arithmetic operation on two plain numbers. Throws Python's exceptions; a result that is too large, or
 * complex, is unknown.
 */
export function plainArithmetic(
  rt: Runtime,
  op: Operator,
  x: PlainNumber,
  y: PlainNumber,
  site: number,
): PlainNumber | PyUnknown | undefined {
  if (!(x instanceof PyFloat) && !(y instanceof PyFloat)) return integerArithmetic(rt, op, x, y, site);
  const a = x instanceof PyFloat ? x.v : toFloat(x);
  const b = y instanceof PyFloat ? y.v : toFloat(y);
  const kind = joined(
    x instanceof PyFloat ? x.kind : FloatKind.Python,
    y instanceof PyFloat ? y.kind : FloatKind.Python,
  );
  const value = floatArithmetic(rt, op, a, b, kind !== FloatKind.Python, site);
  if (value === undefined || value instanceof PyUnknown) return value;
  return new PyFloat(round32(value, kind), kind);
}

function floatArithmetic(
  rt: Runtime,
  op: Operator,
  a: number,
  b: number,
  numpy: boolean,
  site: number,
): number | PyUnknown | undefined {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0 && !numpy) throw raised('ZeroDivisionError', 'float division by zero');
      return a / b;
    case '//':
      if (b === 0) {
        if (!numpy) throw raised('ZeroDivisionError', 'float floor division by zero');
        return a / b;
      }
      return floorDivide(a, b);
    case '%':
      if (b === 0) {
        if (!numpy) throw raised('ZeroDivisionError', 'float modulo');
        return NaN;
      }
      return modulo(a, b);
    case '**': {
      if (!numpy) {
        if (a === 0 && b < 0) throw raised('ZeroDivisionError', '0.0 cannot be raised to a negative power');
        if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b)) {
          return rt.unknown('complex', 'a negative number to a fractional power is complex', site);
        }
      }
      const value = ieeePow(a, b);
      if (!numpy && Math.abs(value) === Infinity && Number.isFinite(a) && Number.isFinite(b)) {
        throw raised('OverflowError', 34, 'Numerical result out of range');
      }
      return value;
    }
    default:
      return undefined;
  }
}

/** `a // b` of floats, as CPython rounds it. */
function floorDivide(a: number, b: number): number {
  const rest = a % b;
  const down = rest !== 0 && b < 0 !== rest < 0 ? 1 : 0;
  const div = (a - rest) / b - down;
  if (div === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}

/** `a % b` of floats: the sign is that of `b`. */
export function modulo(a: number, b: number): number {
  const mod = a % b;
  if (mod === 0) return b < 0 ? -0 : 0;
  return b < 0 !== mod < 0 ? mod + b : mod;
}

function integerArithmetic(
  rt: Runtime,
  op: Operator,
  x: PyInt,
  y: PyInt,
  site: number,
): PlainNumber | PyUnknown | undefined {
  const small = typeof x === 'number' && typeof y === 'number';
  switch (op) {
    case '+':
      return small ? exact(x + y, () => big(x) + big(y)) : integer(big(x) + big(y));
    case '-':
      return small ? exact(x - y, () => big(x) - big(y)) : integer(big(x) - big(y));
    case '*':
      if (small) return exact(x * y, () => big(x) * big(y));
      if (bits(x) + bits(y) > MAX_BITS) return rt.unknown('budget', 'this integer is too large to compute', site);
      return integer(big(x) * big(y));
    case '/':
      if (y === 0) throw raised('ZeroDivisionError', 'division by zero');
      return new PyFloat(small ? x / y : quotient(big(x), big(y)));
    case '//':
      if (y === 0) throw raised('ZeroDivisionError', 'integer division or modulo by zero');
      return small
        ? exact((x - intModulo(x, y)) / y, () => floorQuotient(big(x), big(y)))
        : integer(floorQuotient(big(x), big(y)));
    case '%':
      if (y === 0) throw raised('ZeroDivisionError', 'integer modulo by zero');
      return small ? intModulo(x, y) : integer(big(x) - floorQuotient(big(x), big(y)) * big(y));
    case '**':
      return integerPower(rt, x, y, site);
    case '<<':
      if (y < 0) throw raised('ValueError', 'negative shift count');
      if (bits(x) + Number(y) > MAX_BITS) return rt.unknown('budget', 'this integer is too large to compute', site);
      return integer(big(x) << big(y));
    case '>>':
      if (y < 0) throw raised('ValueError', 'negative shift count');
      return integer(big(x) >> big(y));
    case '&':
      return integer(big(x) & big(y));
    case '|':
      return integer(big(x) | big(y));
    case '^':
      return integer(big(x) ^ big(y));
    default:
      return undefined;
  }
}

function intModulo(x: number, y: number): number {
  const r = x % y;
  return (r !== 0 && r < 0 !== y < 0 ? r + y : r) + 0;
}

function floorQuotient(x: bigint, y: bigint): bigint {
  const q = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? q - 1n : q;
}

/** Correctly rounded quotient of big integers. */
function quotient(x: bigint, y: bigint): number {
  if (x === 0n) return 0;
  const negative = x < 0n !== y < 0n;
  const a = x < 0n ? -x : x;
  const b = y < 0n ? -y : y;
  // Enough bits for rounding once, and a sticky bit for what is cut off.
  const shift = 70 - (a.toString(2).length - b.toString(2).length);
  const scaled = shift >= 0 ? a << BigInt(shift) : a;
  const divisor = shift >= 0 ? b : b << BigInt(-shift);
  let q = scaled / divisor;
  if (scaled % divisor !== 0n) q |= 1n;
  const value = Number(q) * 2 ** -shift;
  if (!Number.isFinite(value)) throw raised('OverflowError', 'integer division result too large for a float');
  return negative ? -value : value;
}

function integerPower(rt: Runtime, x: PyInt, y: PyInt, site: number): PlainNumber | PyUnknown {
  if (y < 0) {
    if (x === 0) throw raised('ZeroDivisionError', '0.0 cannot be raised to a negative power');
    return new PyFloat(ieeePow(toFloat(x), toFloat(y)));
  }
  if (x === 0 || x === 1) return y === 0 ? 1 : x;
  if (x === -1) return big(y) % 2n === 0n ? 1 : -1;
  if (bits(x) * Number(y) > MAX_BITS) return rt.unknown('budget', 'this integer is too large to compute', site);
  if (typeof x === 'number' && Math.log2(Math.abs(x)) * Number(y) < 52) {
    // Exact: every intermediate product is a safe integer.
    let value = 1;
    for (let i = 0; i < Number(y); i++) value *= x;
    return value;
  }
  return integer(big(x) ** big(y));
}

/** The order of two plain numbers, exactly: `undefined` where one is NaN. */
export function comparePlain(x: PlainNumber, y: PlainNumber): -1 | 0 | 1 | undefined {
  const a = x instanceof PyFloat ? x.v : x;
  const b = y instanceof PyFloat ? y.v : y;
  // JavaScript compares numbers with bigints by their mathematical values.
  if (a < b) return -1;
  if (a > b) return 1;
  // eslint-disable-next-line eqeqeq
  return a == b ? 0 : undefined;
}

/** Python's `round(x)` to an integer, halves to even; raises for what is not finite. */
export function roundToInteger(x: number): PyInt {
  return truncate(Math.abs(x) < 2 ** 52 ? halfEven(x) : x);
}

function halfEven(x: number): number {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/** A float cut to an integer, exactly. */
export function truncate(x: number): PyInt {
  if (Number.isNaN(x)) throw raised('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(x)) throw raised('OverflowError', 'cannot convert float infinity to integer');
  const t = Math.trunc(x) + 0;
  return Number.isSafeInteger(t) ? t : BigInt(t);
}

/** `round(x, digits)`, correctly rounded from the exact decimal value. */
export function roundToDigits(x: number, digits: number): number {
  if (!Number.isFinite(x) || digits > 330) return x;
  if (digits < -310) return x < 0 ? -0 : 0;
  if (digits >= 0) return digits <= 100 ? Number(halfEvenFixed(x, digits)) : x;
  const scale = 10 ** -digits;
  return halfEven(x / scale) * scale;
}

/** `x` with that many decimals; ties of the exact binary value go to the even digit, as in C's printf. */
export function halfEvenFixed(x: number, digits: number): string {
  if (Math.abs(x) >= 1e21) return BigInt(x).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const text = x.toFixed(Math.min(digits, 100));
  // toFixed rounds the exact value, but ties upward: only a tie can differ.
  const ties = exactTie(x, digits);
  const padded = digits > 100 ? text + '0'.repeat(digits - 100) : text;
  if (!ties) return Object.is(x, -0) && !padded.startsWith('-') ? `-${padded}` : padded;
  const last = Number(padded[padded.length - 1]);
  if (last % 2 === 0) return padded;
  // The tie was rounded away from zero to an odd digit: one unit back.
  return padded.slice(0, -1) + String(last - 1);
}

/** Whether `x` lies exactly between two decimals of that many digits. */
function exactTie(x: number, digits: number): boolean {
  if (digits > 25) return false;
  // x · 2^k is an integer for some k ≤ 1074; a tie needs x · 2 · 10^digits to be an odd integer.
  let k = 0;
  let m = Math.abs(x);
  if (m === 0) return false;
  while (!Number.isInteger(m) && k < 60) {
    m *= 2;
    k++;
  }
  if (!Number.isInteger(m)) return false;
  const scaled = BigInt(m) * 2n * 10n ** BigInt(digits);
  const denominator = 1n << BigInt(k);
  return scaled % denominator === 0n && (scaled / denominator) % 2n === 1n;
}
