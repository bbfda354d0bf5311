/** Hash values of numbers and of tuples and frozen sets of numbers, which are the same in every run of CPython; those of texts are not. */
import { PyFloat, PySet, PyTuple, type PyValue, Traced } from './object';

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

const shuffled = (h: bigint) => WORD((h ^ 89869747n ^ WORD(h << 16n)) * 3644798167n);

/** As CPython's frozen sets do it (Objects/setobject.c). */
function setHash(parts: readonly bigint[]): bigint {
  let h = parts.reduce((sum, part) => sum ^ shuffled(WORD(part)), 0n);
  h ^= WORD(BigInt(parts.length + 1) * 1927868237n);
  h ^= (h >> 11n) ^ (h >> 25n);
  h = WORD(h * 69069n + 907133923n);
  return h === WORD(-1n) ? 590923713n : BigInt.asIntN(64, h);
}

/** `hash(value)` where that is the same in every run of CPython. */
export function stableHash(value: PyValue): bigint | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number' || typeof value === 'bigint') return integerHash(BigInt(value));
  if (value instanceof Traced) return stableHash(value.plain);
  if (value instanceof PyFloat) return floatHash(value.v);
  const frozen = value instanceof PySet && value.frozen;
  if (!(value instanceof PyTuple || frozen) || (value.attrs && value.cls.lookup('__hash__'))) return undefined;
  const parts: bigint[] = [];
  for (const item of value instanceof PyTuple ? value.items : value.items.values()) {
    const part = stableHash(item);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return value instanceof PyTuple ? tupleHash(parts) : setHash(parts);
}
