/** Methods and attributes of numbers. */
import { method } from '../library';
import { asData } from '../operators';
import { isNumberLike, plain, toDouble } from '../values/numbers';
import { PyFloat, PyTuple, type PyBuiltin, type PyValue, Traced } from '../values/object';
import { integer } from '../literals';

const conjugate = method<[PyValue]>('conjugate(self, /)', (_rt, _site, [self]) => self);

export const numberMethods: readonly PyBuiltin[] = [
  conjugate,
  method<[PyValue]>('bit_length(self, /)', (rt, site, [self]) => {
    const n = asData(rt, self, site);
    return n === undefined || n instanceof PyFloat ? 0 : n === 0 ? 0 : BigInt(n).toString(2).replace('-', '').length;
  }),
  method<[PyValue]>('is_integer(self, /)', () => true),
];

export const floatMethods: readonly PyBuiltin[] = [
  conjugate,
  method<[PyValue]>('is_integer(self, /)', (rt, site, [self]) => {
    if (self instanceof Traced) asData(rt, self, site);
    return isNumberLike(self) && Number.isInteger(toDouble(self));
  }),
  method<[PyValue]>('as_integer_ratio(self, /)', (rt, site, [self]) => {
    asData(rt, self, site);
    const p = isNumberLike(self) ? plain(self) : 0;
    let x = p instanceof PyFloat ? p.v : Number(p);
    let denominator = 1n;
    while (!Number.isInteger(x) && Number.isFinite(x)) {
      x *= 2;
      denominator *= 2n;
    }
    return new PyTuple([integer(BigInt(x)), integer(denominator)]);
  }),
];
