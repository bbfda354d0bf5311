/** Methods of lists and tuples. */
import { raised } from '../exceptions';
import { asIndex, getItem, toArray } from '../iteration';
import { repr } from '../format/repr';
import { method, rawMethod } from '../library';
import { equals } from '../operators';
import type { PyBuiltin } from '../values/object';
import { PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { sortValues } from './sorting';
import type { Runtime } from '../runtime';
import type { Site } from '../../../model';

/** Position of an item, or −1. */
function find(
  rt: Runtime,
  items: readonly PyValue[],
  item: PyValue,
  from: number,
  to: number,
  site: Site,
): number | PyUnknown {
  for (
    let i = Math.max(0, from < 0 ? from + items.length : from);
    i < Math.min(items.length, to < 0 ? to + items.length : to);
    i++
  ) {
    const same = equals(rt, items[i] as PyValue, item, site);
    if (same instanceof PyUnknown) return same;
    if (same) return i;
  }
  return -1;
}

const searches: readonly PyBuiltin[] = [
  method<[PyList | PyTuple, PyValue, PyValue?, PyValue?]>(
    'index(self, value, start=, stop=, /)',
    (rt, site, [self, value, start, stop]) => {
      if (self.unknown) return rt.spread(self.unknown);
      const [from, to] = [start, stop].map((x) => (x === undefined ? undefined : asIndex(rt, x, site)));
      if (from instanceof PyUnknown || to instanceof PyUnknown)
        return rt.unknown('unsupported', 'these bounds are not known', site);
      const i = find(rt, self.items, value, from ?? 0, to ?? self.items.length, site);
      if (i === -1)
        throw raised(
          'ValueError',
          self instanceof PyTuple ? 'tuple.index(x): x not in tuple' : `${String(repr(rt, value))} is not in list`,
        );
      return i;
    },
  ),
  method<[PyList | PyTuple, PyValue]>('count(self, value, /)', (rt, site, [self, value]) => {
    if (self.unknown) return rt.spread(self.unknown);
    let n = 0;
    for (const item of self.items) {
      const same = equals(rt, item, value, site);
      if (same instanceof PyUnknown) return same;
      if (same) n++;
    }
    return n;
  }),
];

export const tupleMethods: readonly PyBuiltin[] = searches;

export const listMethods: readonly PyBuiltin[] = [
  ...searches,
  rawMethod<[PyList, PyValue]>('append(self, item, /)', (rt, _site, [self, item]) => {
    rt.allocate(8);
    self.items.push(item);
    return null;
  }),
  rawMethod<[PyList, PyValue]>('extend(self, iterable, /)', (rt, site, [self, iterable]) => {
    const items = toArray(rt, iterable, site);
    if (items instanceof PyUnknown) self.unknown ??= items;
    else for (const item of items) self.items.push(item);
    return null;
  }),
  rawMethod<[PyList, PyValue]>('__iadd__(self, iterable, /)', (rt, site, [self, iterable]) => {
    const items = toArray(rt, iterable, site);
    if (items instanceof PyUnknown) self.unknown ??= items;
    else for (const item of items) self.items.push(item);
    return self;
  }),
  rawMethod<[PyList, PyValue, PyValue]>('insert(self, index, item, /)', (rt, site, [self, index, item]) => {
    const i = asIndex(rt, index, site);
    if (i instanceof PyUnknown) self.unknown ??= i;
    else self.items.splice(i < 0 ? Math.max(0, i + self.items.length) : i, 0, item);
    return null;
  }),
  rawMethod<[PyList, PyValue?]>('pop(self, index=, /)', (rt, site, [self, index]) => {
    if (self.unknown) return rt.spread(self.unknown);
    if (self.items.length === 0) throw raised('IndexError', 'pop from empty list');
    const i = index === undefined ? -1 : asIndex(rt, index, site);
    if (i instanceof PyUnknown) {
      self.unknown = i;
      return i;
    }
    const at = i < 0 ? i + self.items.length : i;
    if (at < 0 || at >= self.items.length) throw raised('IndexError', 'pop index out of range');
    return self.items.splice(at, 1)[0] as PyValue;
  }),
  rawMethod<[PyList, PyValue]>('remove(self, value, /)', (rt, site, [self, value]) => {
    if (self.unknown) return null;
    const i = find(rt, self.items, value, 0, self.items.length, site);
    if (i instanceof PyUnknown) self.unknown = i;
    else if (i < 0) throw raised('ValueError', 'list.remove(x): x not in list');
    else self.items.splice(i, 1);
    return null;
  }),
  method<[PyList]>('clear(self, /)', (_rt, _site, [self]) => {
    self.items = [];
    delete self.unknown;
    return null;
  }),
  method<[PyList]>('copy(self, /)', (rt, _site, [self]) => {
    if (self.unknown) return rt.spread(self.unknown);
    return new PyList([...self.items]);
  }),
  method<[PyList]>('reverse(self, /)', (_rt, _site, [self]) => {
    self.items.reverse();
    return null;
  }),
  rawMethod<[PyList, PyValue?, PyValue?]>('sort(self, /, *, key=, reverse=)', (rt, site, [self, key, reverse]) => {
    if (self.unknown) return null;
    const sorted = sortValues(rt, self.items, key, reverse, site);
    if (sorted instanceof PyUnknown) self.unknown = sorted;
    else self.items = sorted;
    return null;
  }),
  // Called as `super().__getitem__(i)` in derived classes.
  method<[PyList, PyValue]>('__getitem__(self, index, /)', (rt, site, [self, index]) =>
    getItem(rt, new PyList(self.items), index, site),
  ),
  method<[PyList]>('__len__(self, /)', (_rt, _site, [self]) => self.items.length),
  rawMethod<[PyList, PyValue?]>('__init__(self, iterable=, /)', (rt, site, [self, iterable]) => {
    const items = iterable === undefined ? [] : toArray(rt, iterable, site);
    if (items instanceof PyUnknown) self.unknown = items;
    else self.items = items;
    return null;
  }),
];
