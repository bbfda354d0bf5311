/** Methods of sets. */
import type { Operator } from '../ast';
import type { Site } from '../../../model';
import { raised } from '../exceptions';
import { toArray } from '../iteration';
import { method, rawMethod } from '../library';
import { compare } from '../operators';
import type { Runtime } from '../runtime';
import { hashKey } from '../values/identity';
import { type PyBuiltin, PyDict, PySet, PyUnknown, type PyValue } from '../values/object';
import { addToSet, copySet, isIn, makeSet, setOperation, takeFrom, updateSet } from './hashed';

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

/** The operand of a method, which takes any iterable. */
function asSet(rt: Runtime, other: PyValue, site: Site): PySet | PyUnknown {
  if (other instanceof PySet) return other;
  const items = toArray(rt, other, site);
  if (items instanceof PyUnknown) return items;
  const set = new PySet();
  if (other instanceof PyDict) set.items.expect(items.length);
  for (const item of items) addToSet(rt, set, item);
  return set;
}

/** Adds the items of an iterable that is no set, or removes them. */
function changeBy(rt: Runtime, op: Operator, set: PySet, items: readonly PyValue[], from: PyValue): void {
  if (op === '-') {
    for (const item of items) takeFrom(rt, set, item);
    set.items.afterDifference();
    return;
  }
  if (from instanceof PyDict) set.items.expect(items.length);
  for (const item of items) addToSet(rt, set, item);
}

/** The items of an iterable that is no set which the set has too. */
function keepIn(rt: Runtime, set: PySet, items: readonly PyValue[]): PySet {
  return makeSet(
    rt,
    items.filter((item) => isIn(rt, set, item)),
    set.frozen,
  );
}

export function setMethods(frozen: boolean): readonly PyBuiltin[] {
  const operations = OPERATIONS.map(([name, op]) =>
    method<[PySet, readonly PyValue[]]>(`${name}(self, *others)`, (rt, site, [self, others]) => {
      if (self.unknown) return rt.spread(self.unknown);
      let result: PySet | undefined;
      for (const other of others) {
        const given = other instanceof PySet || op === '^' ? asSet(rt, other, site) : toArray(rt, other, site);
        const unknown = given instanceof PyUnknown ? given : given instanceof PySet ? given.unknown : undefined;
        if (unknown) return rt.spread(unknown);
        const items = given as PySet | PyValue[];
        rt.tick(self.items.size);
        if (op === '&' || op === '^' || (op === '-' && !result && items instanceof PySet)) {
          result =
            items instanceof PySet
              ? (setOperation(rt, op, result ?? self, items) as PySet)
              : keepIn(rt, result ?? self, items);
          continue;
        }
        result ??= copySet(self, frozen);
        if (items instanceof PySet) updateSet(rt, op, result, items);
        else changeBy(rt, op, result, items, other);
      }
      return result ?? copySet(self, frozen);
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
      return copySet(self, frozen);
    }),
  ];
  if (frozen) return shared;
  return [
    ...shared,
    ...UPDATES.map(([name, op]) =>
      rawMethod<[PySet, readonly PyValue[]]>(`${name}(self, *others)`, (rt, site, [self, others]) => {
        for (const other of others) {
          const items = op === '^' || other instanceof PySet ? asSet(rt, other, site) : toArray(rt, other, site);
          if (items instanceof PyUnknown || (items instanceof PySet && items.unknown)) {
            self.unknown ??= items instanceof PyUnknown ? items : (items.unknown as PyUnknown);
            return null;
          }
          if (items instanceof PySet) updateSet(rt, op, self, items);
          else if (op === '&') self.items = keepIn(rt, self, items).items;
          else changeBy(rt, op, self, items, other);
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
      const item = self.items.pop();
      if (item === undefined) throw raised('KeyError', 'pop from an empty set');
      return item;
    }),
    method<[PySet]>('clear(self, /)', (_rt, _site, [self]) => {
      self.items.clear();
      delete self.unknown;
      return null;
    }),
  ];
}
