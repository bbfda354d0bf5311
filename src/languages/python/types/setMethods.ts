/** Methods of sets. */
import type { Operator } from '../ast';
import { raised } from '../exceptions';
import { toArray } from '../iteration';
import { method, rawMethod } from '../library';
import { compare } from '../operators';
import { hashKey } from '../values/identity';
import { type PyBuiltin, PySet, PyUnknown, type PyValue } from '../values/object';
import { addToSet, makeSet, setOperation } from './hashed';

const OPERATIONS: readonly (readonly [string, Operator])[] = [
  ['union', '|'],
  ['intersection', '&'],
  ['difference', '-'],
  ['symmetric_difference', '^'],
];
const UPDATES: readonly (readonly [string, Operator])[] = [
  ['update', '|'],
  ['intersection_update', '&'],
  ['difference_update', '-'],
  ['symmetric_difference_update', '^'],
];

export function setMethods(frozen: boolean): readonly PyBuiltin[] {
  const operations = OPERATIONS.map(([name, op]) =>
    method<[PySet, readonly PyValue[]]>(`${name}(self, *others)`, (rt, site, [self, others]) => {
      let result: PyValue = self;
      for (const other of others) {
        const items = toArray(rt, other, site);
        if (items instanceof PyUnknown) return items;
        result = setOperation(rt, op, result as PySet, makeSet(rt, items)) as PyValue;
        if (result instanceof PyUnknown) return result;
      }
      return others.length === 0 ? makeSet(rt, self.items.values(), frozen) : result;
    }),
  );
  const comparisons = (
    [
      ['issubset', '<='],
      ['issuperset', '>='],
    ] as const
  ).map(([name, op]) =>
    method<[PySet, PyValue]>(`${name}(self, other, /)`, (rt, site, [self, other]) => {
      const items = toArray(rt, other, site);
      return items instanceof PyUnknown ? items : compare(rt, op, self, makeSet(rt, items), site);
    }),
  );
  const shared: PyBuiltin[] = [
    ...operations,
    ...comparisons,
    method<[PySet, PyValue]>('isdisjoint(self, other, /)', (rt, site, [self, other]) => {
      const items = toArray(rt, other, site);
      if (items instanceof PyUnknown) return items;
      const both = setOperation(rt, '&', self, makeSet(rt, items));
      return both instanceof PySet ? both.items.size === 0 : (both as PyValue);
    }),
    method<[PySet]>('copy(self, /)', (rt, _site, [self]) => {
      if (self.unknown) return rt.spread(self.unknown);
      return makeSet(rt, self.items.values(), frozen);
    }),
  ];
  if (frozen) return shared;
  return [
    ...shared,
    ...UPDATES.map(([name, op]) =>
      rawMethod<[PySet, readonly PyValue[]]>(`${name}(self, *others)`, (rt, site, [self, others]) => {
        for (const other of others) {
          const items = toArray(rt, other, site);
          if (items instanceof PyUnknown) {
            self.unknown ??= items;
            return null;
          }
          const result = setOperation(rt, op, self, makeSet(rt, items));
          if (!(result instanceof PySet)) return null;
          const kept = [...result.items.values()];
          self.items.clear();
          for (const item of kept) addToSet(rt, self, item);
        }
        return null;
      }),
    ),
    rawMethod<[PySet, PyValue]>('add(self, item, /)', (rt, _site, [self, item]) => {
      addToSet(rt, self, item);
      return null;
    }),
    rawMethod<[PySet, PyValue]>('discard(self, item, /)', (rt, _site, [self, item]) => {
      const key = hashKey(rt, item, self);
      if (key instanceof PyUnknown) self.unknown ??= key;
      else self.items.delete(key);
      return null;
    }),
    rawMethod<[PySet, PyValue]>('remove(self, item, /)', (rt, _site, [self, item]) => {
      const key = hashKey(rt, item, self);
      if (key instanceof PyUnknown) self.unknown ??= key;
      else if (!self.items.delete(key) && !self.unknown) throw raised('KeyError', item);
      return null;
    }),
    method<[PySet]>('pop(self, /)', (rt, _site, [self]) => {
      if (self.unknown) return rt.spread(self.unknown);
      const first = [...self.items][0];
      if (!first) throw raised('KeyError', 'pop from an empty set');
      self.items.delete(first[0]);
      return first[1];
    }),
    method<[PySet]>('clear(self, /)', (_rt, _site, [self]) => {
      self.items.clear();
      delete self.unknown;
      return null;
    }),
  ];
}
