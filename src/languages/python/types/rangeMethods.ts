/** Methods and attributes of ranges and slices. */
import { raised } from '../exceptions';
import { asIndex, contains } from '../iteration';
import { method } from '../library';
import { asData } from '../operators';
import {
  type PyBuiltin,
  PyFloat,
  type PyRange,
  type PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
} from '../values/object';
import { sliceBounds } from './sequences';

type Attributes = readonly (readonly [string, (self: PyValue) => PyValue])[];

const bounds = ['start', 'stop', 'step'] as const;

export const rangeAttributes: Attributes = bounds.map((name) => [name, (self) => (self as PyRange)[name]]);
export const sliceAttributes: Attributes = bounds.map((name) => [name, (self) => (self as PySlice)[name]]);

export const rangeMethods: readonly PyBuiltin[] = [
  method<[PyRange, PyValue]>('count(self, value, /)', (rt, site, [self, value]) => {
    const found = contains(rt, self, value, site);
    return found instanceof PyUnknown ? found : Number(found);
  }),
  method<[PyRange, PyValue]>('index(self, value, /)', (rt, site, [self, value]) => {
    const found = contains(rt, self, value, site);
    if (found instanceof PyUnknown) return found;
    const data = typeof value === 'boolean' ? Number(value) : asData(rt, value, site);
    if (!found || data === undefined) throw raised('ValueError', `${String(data)} is not in range`);
    return ((data instanceof PyFloat ? data.v : Number(data)) - self.start) / self.step;
  }),
];

export const sliceMethods: readonly PyBuiltin[] = [
  method<[PySlice, PyValue]>('indices(self, length, /)', (rt, site, [self, length]) => {
    const n = asIndex(rt, length, site);
    if (n instanceof PyUnknown) return n;
    if (n < 0) throw raised('ValueError', 'length should not be negative');
    const found = sliceBounds(rt, self, n, site);
    return found instanceof PyUnknown ? found : new PyTuple([found.start, found.stop, found.step]);
  }),
];
