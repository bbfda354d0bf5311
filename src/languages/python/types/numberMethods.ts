/** Methods and attributes of numbers. */
import type { Site } from '../../../model';
import { raised } from '../exceptions';
import { asIndex } from '../iteration';
import { fn, method } from '../library';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, plain, toDouble, truncate } from '../values/numbers';
import {
  INT,
  PyBuiltin,
  PyBytes,
  type PyClass,
  PyFloat,
  type PyInt,
  PyProperty,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from '../values/object';
import { integer } from '../literals';

const conjugate = method<[PyValue]>('conjugate(self, /)', (_rt, _site, [self]) => self);

const ratio = (numerator: PyInt | bigint, denominator: PyInt | bigint) =>
  new PyTuple([integer(BigInt(numerator)), integer(BigInt(denominator))]);

const wholeOf = (rt: Runtime, self: PyValue, site: Site): bigint => {
  const data = typeof self === 'boolean' ? Number(self) : asData(rt, self, site);
  return data === undefined || data instanceof PyFloat ? 0n : BigInt(data);
};

/** Attributes that numbers have without being called. */
export const numberAttributes: readonly (readonly [string, (self: PyValue) => PyValue])[] = [
  ['real', (self) => (typeof self === 'boolean' ? Number(self) : self)],
  ['imag', (self) => (typeOf(self).isSubclassOf(INT) ? 0 : new PyFloat(0))],
];
export const integerAttributes: typeof numberAttributes = [
  ...numberAttributes,
  ['numerator', (self) => (typeof self === 'boolean' ? Number(self) : self)],
  ['denominator', () => 1],
];

export function addAttributes(cls: PyClass, attributes: typeof numberAttributes): void {
  for (const [name, get] of attributes)
    cls.attrs.set(name, new PyProperty(new PyBuiltin(name, (_rt, [self]) => get(self as PyValue))));
}

/** The bytes of an integer of `length` bytes, most significant first. */
function bytesOf(n: bigint, length: number): string {
  const digits = (n & ((1n << BigInt(8 * length)) - 1n)).toString(16).padStart(2 * length, '0');
  return (digits.match(/../g) ?? []).map((d) => String.fromCharCode(parseInt(d, 16))).join('');
}

export const numberMethods: readonly PyBuiltin[] = [
  conjugate,
  method<[PyValue]>(
    'bit_count(self, /)',
    (rt, site, [self]) => wholeOf(rt, self, site).toString(2).replace(/[^1]/g, '').length,
  ),
  method<[PyValue]>('as_integer_ratio(self, /)', (rt, site, [self]) => ratio(wholeOf(rt, self, site), 1)),
  ...['__floor__', '__ceil__', '__trunc__'].map((name) =>
    method<[PyValue]>(`${name}(self, /)`, (rt, site, [self]) => integer(wholeOf(rt, self, site))),
  ),
  method<[PyValue, PyValue?, PyValue?, PyValue?]>(
    'to_bytes(self, length=, byteorder=, *, signed=)',
    (rt, site, [self, length, order, signed]) => {
      const n = wholeOf(rt, self, site);
      const size = length === undefined ? 1 : asIndex(rt, length, site);
      if (size instanceof PyUnknown) return size;
      if (!rt.affords(size)) return rt.unknown('budget', 'these bytes are too many to build', site);
      const bits = BigInt(8 * size);
      if (n < 0n && signed !== true) throw raised('OverflowError', "can't convert negative int to unsigned");
      const [low, high] = signed === true ? [-(1n << (bits - 1n)), 1n << (bits - 1n)] : [0n, 1n << bits];
      if (size > 0 ? n < low || n >= high : n !== 0n) throw raised('OverflowError', 'int too big to convert');
      const text = bytesOf(n, size);
      return new PyBytes(order === 'little' ? [...text].reverse().join('') : text);
    },
  ),
  method<[PyValue]>('bit_length(self, /)', (rt, site, [self]) => {
    const n = asData(rt, self, site);
    return n === undefined || n instanceof PyFloat ? 0 : n === 0 ? 0 : BigInt(n).toString(2).replace('-', '').length;
  }),
  method<[PyValue]>('is_integer(self, /)', () => true),
];

/** `int.from_bytes(…)` */
export const fromBytes = fn<[PyValue, PyValue?, PyValue?]>(
  'from_bytes(bytes, byteorder=, *, signed=)',
  (rt, site, [bytes, order, signed]) => {
    if (!(bytes instanceof PyBytes))
      return rt.unknown('unsupported', 'an integer of these bytes is not supported', site);
    const ordered = order === 'little' ? [...bytes.text].reverse() : [...bytes.text];
    const n = ordered.reduce((sum, c) => (sum << 8n) | BigInt(c.charCodeAt(0)), 0n);
    return integer(signed === true ? BigInt.asIntN(8 * ordered.length, n) : n);
  },
);

/** A double as C's `%a` writes it, with Python's 13 digits. */
function hexOf(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const sign = bits >> 63n ? '-' : '';
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const digits = (bits & 0xfffffffffffffn).toString(16).padStart(13, '0');
  if (exponent === 0 && /^0+$/.test(digits)) return `${sign}0x0.0p+0`;
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${digits}p${power < 0 ? '' : '+'}${power}`;
}

const HEXADECIMAL = /^([-+]?)(?:0[xX])?([\da-fA-F]*)(?:\.([\da-fA-F]*))?(?:[pP]([-+]?\d+))?$/;

/** `float.fromhex(…)`, for up to 13 digits behind the point, which a double holds. */
export const fromHex = fn<[PyValue]>('fromhex(string, /)', (rt, site, [given]) => {
  const text = typeof given === 'string' ? given.trim() : '';
  const special = /^([-+]?)(inf|infinity|nan)$/i.exec(text);
  if (special) return new PyFloat(/nan/i.test(text) ? NaN : special[1] === '-' ? -Infinity : Infinity);
  const parts = HEXADECIMAL.exec(text);
  if (!parts || (parts[2] ?? '') + (parts[3] ?? '') === '')
    throw raised('ValueError', 'invalid hexadecimal floating-point string');
  const digits = (parts[2] ?? '') + (parts[3] ?? '');
  if (digits.replace(/^0+/, '').length > 13) return rt.unknown('unsupported', 'so many digits are not supported', site);
  const value = Number(BigInt(`0x${digits}`)) * 2 ** (Number(parts[4] ?? 0) - 4 * (parts[3] ?? '').length);
  return new PyFloat(parts[1] === '-' ? -value : value);
});

export const floatMethods: readonly PyBuiltin[] = [
  conjugate,
  method<[PyValue]>('hex(self, /)', (rt, site, [self]) => {
    const data = asData(rt, self, site);
    return hexOf(data instanceof PyFloat ? data.v : Number(data));
  }),
  ...(['floor', 'ceil', 'trunc'] as const).map((name) =>
    method<[PyValue]>(`__${name}__(self, /)`, (rt, site, [self]) => {
      const data = asData(rt, self, site);
      return truncate(Math[name](data instanceof PyFloat ? data.v : Number(data)));
    }),
  ),
  method<[PyValue]>('is_integer(self, /)', (rt, site, [self]) => {
    if (self instanceof Traced) asData(rt, self, site);
    return isNumberLike(self) && Number.isInteger(toDouble(self));
  }),
  method<[PyValue]>('as_integer_ratio(self, /)', (rt, site, [self]) => {
    asData(rt, self, site);
    const p = isNumberLike(self) ? plain(self) : 0;
    if (p instanceof PyFloat && !Number.isFinite(p.v)) {
      throw Number.isNaN(p.v)
        ? raised('ValueError', 'cannot convert NaN to integer ratio')
        : raised('OverflowError', 'cannot convert Infinity to integer ratio');
    }
    let x = p instanceof PyFloat ? p.v : Number(p);
    let denominator = 1n;
    while (!Number.isInteger(x) && Number.isFinite(x)) {
      x *= 2;
      denominator *= 2n;
    }
    return new PyTuple([integer(BigInt(x)), integer(denominator)]);
  }),
];
