/** Hash values of numbers and of tuples of numbers, which are the same in every run of CPython; those of texts are not. */
import type { Site } from '../../../model';
import { integer } from '../literals';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import { PyFloat, PyTuple, type PyValue, Traced } from '../values/object';

/** Hashes are taken modulo this prime (`sys.hash_info.modulus`). */
const MODULUS = (1n << 61n) - 1n;

const notMinusOne = (h: bigint) => (h === -1n ? -2n : h);

function integerHash(n: bigint): bigint {
  return notMinusOne(n % MODULUS);
}

/** As the exact fraction m·2^e modulo the prime, in which 2^61 is 1. */
function floatHash(x: number): bigint | undefined {
  if (Number.isNaN(x)) return undefined;
  if (!Number.isFinite(x)) return x > 0 ? 314159n : -314159n;
  let mantissa = Math.abs(x);
  let exponent = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  const shift = BigInt(((exponent % 61) + 61) % 61);
  const h = (BigInt(mantissa) << shift) % MODULUS;
  return notMinusOne(x < 0 ? -h : h);
}

const WORD = (n: bigint) => BigInt.asUintN(64, n);
const [PRIME_1, PRIME_2, PRIME_5] = [11400714785074694791n, 14029467366897019727n, 2870177450012600261n];

/** xxHash of the hashes of the items, as CPython's tuples do it (Objects/tupleobject.c). */
function tupleHash(parts: readonly bigint[]): bigint {
  let acc = PRIME_5;
  for (const part of parts) {
    acc = WORD(acc + WORD(part) * PRIME_2);
    acc = WORD((acc << 31n) | (acc >> 33n));
    acc = WORD(acc * PRIME_1);
  }
  acc = WORD(acc + (BigInt(parts.length) ^ (PRIME_5 ^ 3527539n)));
  return acc === WORD(-1n) ? 1546275796n : BigInt.asIntN(64, acc);
}

function hashOf(rt: Runtime, value: PyValue, site: Site): bigint | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' || typeof value === 'bigint') return integerHash(BigInt(value));
  if (value instanceof Traced) return hashOf(rt, asData(rt, value, site) ?? null, site);
  if (value instanceof PyFloat) return floatHash(value.v);
  if (!(value instanceof PyTuple) || value.attrs) return undefined;
  const parts: bigint[] = [];
  for (const item of value.items) {
    const part = hashOf(rt, item, site);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return tupleHash(parts);
}

/** `hash(value)`, or undefined where it is no number or tuple of numbers. */
export function numericHash(rt: Runtime, value: PyValue, site: Site): PyValue | undefined {
  const h = hashOf(rt, value, site);
  return h === undefined ? undefined : integer(h);
}
