/** Operators of sets and dicts. */
import type { Comparison, Operator } from '../ast';
import { equals } from '../operators';
import type { Runtime } from '../runtime';
import { hashKey } from '../values/identity';
import { PyDict, PyInstance, PySet, PyUnknown, type PyValue } from '../values/object';

export function addToSet(rt: Runtime, set: PySet, item: PyValue): void {
  const key = hashKey(rt, item, set);
  if (key instanceof PyUnknown) set.unknown ??= key;
  else set.items.add(key, item);
}

export function makeSet(rt: Runtime, items: Iterable<PyValue>, frozen = false): PySet {
  const set = new PySet(frozen);
  for (const item of items) addToSet(rt, set, item);
  return set;
}

/** A set with the same items, in the order that CPython gives the copy. */
export function copySet(a: PySet, frozen = a.frozen): PySet {
  const out = new PySet(frozen);
  out.items.merge(a.items);
  return out;
}

// Keys of user objects belong to their container: look-ups in another one go by the values.
export function isIn(rt: Runtime, set: PySet, item: PyValue): boolean {
  const key = hashKey(rt, item, set);
  return !(key instanceof PyUnknown) && set.items.has(key);
}

export function takeFrom(rt: Runtime, set: PySet, item: PyValue): boolean {
  const key = hashKey(rt, item, set);
  return !(key instanceof PyUnknown) && set.items.delete(key);
}

function intersection(rt: Runtime, a: PySet, b: PySet): PySet {
  if (a === b) return copySet(a);
  const out = new PySet(a.frozen);
  const [large, small] = b.items.size > a.items.size ? [b, a] : [a, b];
  for (const item of small.items.values()) if (isIn(rt, large, item)) addToSet(rt, out, item);
  return out;
}

/** `a -= b` */
export function subtractSet(rt: Runtime, a: PySet, b: PySet): void {
  if (a === b) {
    a.items.clear();
    return;
  }
  // Of a much larger set only what both have is gone through.
  const others = b.items.size >> 3 > a.items.size ? intersection(rt, a, b) : b;
  for (const item of others.items.values()) takeFrom(rt, a, item);
  a.items.afterDifference();
}

function difference(rt: Runtime, a: PySet, b: PySet): PySet {
  if (a.items.size >> 2 > b.items.size) {
    const out = copySet(a);
    subtractSet(rt, out, b);
    return out;
  }
  const out = new PySet(a.frozen);
  for (const item of a.items.values()) if (!isIn(rt, b, item)) addToSet(rt, out, item);
  return out;
}

/** `a ^= b` */
function toggle(rt: Runtime, a: PySet, b: PySet): void {
  if (a === b) a.items.clear();
  else for (const item of [...b.items.values()]) if (!takeFrom(rt, a, item)) addToSet(rt, a, item);
}

/** `a |= b` */
export function mergeSet(rt: Runtime, a: PySet, b: PySet): void {
  if (byValue(a) || byValue(b)) for (const item of [...b.items.values()]) addToSet(rt, a, item);
  else a.items.merge(b.items);
}

/** Whether items of user classes are found by what their `__eq__` says. */
function byValue(set: PySet): boolean {
  for (const item of set.items.values()) if (item instanceof PyInstance && item.klass.userDefined) return true;
  return false;
}

/** `a | b`, `a & b`, `a - b`, `a ^ b` */
export function setOperation(rt: Runtime, op: Operator, a: PySet, b: PyValue): PyValue | undefined {
  if (!(b instanceof PySet)) return undefined;
  const unknown = a.unknown ?? b.unknown;
  if (unknown) return rt.spread(unknown);
  rt.tick(a.items.size + b.items.size);
  switch (op) {
    case '|': {
      const out = new PySet(a.frozen);
      mergeSet(rt, out, a);
      if (a !== b) mergeSet(rt, out, b);
      return out;
    }
    case '&':
      return intersection(rt, a, b);
    case '-':
      return difference(rt, a, b);
    case '^': {
      const out = new PySet(a.frozen);
      mergeSet(rt, out, b);
      toggle(rt, out, a);
      return out;
    }
    default:
      return undefined;
  }
}

/** `a |= b`, `a &= b`, `a -= b`, `a ^= b` */
export function updateSet(rt: Runtime, op: Operator, a: PySet, b: PySet): void {
  if (op === '|') mergeSet(rt, a, b);
  else if (op === '-') subtractSet(rt, a, b);
  else if (op === '^') toggle(rt, a, b);
  else a.items = intersection(rt, a, b).items;
}

/** Equality and inclusion of sets, equality of dicts. */
export function setCompare(rt: Runtime, op: Comparison, a: PyValue, b: PyValue): boolean | PyUnknown | undefined {
  if (a instanceof PyDict && b instanceof PyDict) {
    if (op !== '==' && op !== '!=') return undefined;
    const same = sameDicts(rt, a, b);
    return same instanceof PyUnknown ? same : op === '==' ? same : !same;
  }
  if (!(a instanceof PySet && b instanceof PySet)) return undefined;
  const unknown = a.unknown ?? b.unknown;
  if (unknown) return rt.spread(unknown) as PyUnknown;
  const within = (x: PySet, y: PySet) =>
    [...x.items.values()].every((item) => {
      const key = hashKey(rt, item, y);
      return !(key instanceof PyUnknown) && y.items.has(key);
    });
  const [m, n] = [a.items.size, b.items.size];
  switch (op) {
    case '==':
      return m === n && within(a, b);
    case '!=':
      return !(m === n && within(a, b));
    case '<=':
      return within(a, b);
    case '<':
      return m < n && within(a, b);
    case '>=':
      return within(b, a);
    case '>':
      return m > n && within(b, a);
    default:
      return undefined;
  }
}

/** `collections.OrderedDict`: two of them are the same in the same order only. */
function isOrdered(dict: PyDict): boolean {
  return dict.attrs !== undefined && dict.cls.mro.some((c) => c.name === 'OrderedDict' && !c.userDefined);
}

function sameDicts(rt: Runtime, a: PyDict, b: PyDict): boolean | PyUnknown {
  const unknown = a.unknown ?? b.unknown;
  if (unknown) return rt.spread(unknown) as PyUnknown;
  if (a.entries.size !== b.entries.size) return false;
  if (isOrdered(a) && isOrdered(b)) {
    const [m, n] = [[...a.entries.keys()], [...b.entries.keys()]];
    if (m.some((key, i) => key !== n[i])) return false;
  }
  for (const { key, value } of a.entries.values()) {
    const k = hashKey(rt, key, b);
    if (k instanceof PyUnknown) return k;
    const other = b.entries.get(k);
    if (!other) return false;
    const same = equals(rt, value, other.value, rt.place);
    if (same !== true) return same;
  }
  return true;
}

export function dictUnion(a: PyDict, b: PyDict): PyDict {
  const out = new PyDict();
  const unknown = a.unknown ?? b.unknown;
  if (unknown) out.unknown = unknown;
  for (const [k, e] of a.entries) out.entries.set(k, { ...e });
  for (const [k, e] of b.entries) {
    const known = out.entries.get(k);
    if (known) known.value = e.value;
    else out.entries.set(k, { ...e });
  }
  return out;
}

/** Takes over the entries of a mapping. */
export function updateDict(rt: Runtime, into: PyDict, from: PyDict): void {
  if (from.unknown) into.unknown ??= from.unknown;
  for (const { key, value } of from.entries.values()) storeEntry(rt, into, key, value);
}

export function storeEntry(rt: Runtime, dict: PyDict, key: PyValue, value: PyValue): void {
  const k = hashKey(rt, key, dict);
  if (k instanceof PyUnknown) {
    dict.unknown ??= k;
    return;
  }
  const entry = dict.entries.get(k);
  if (entry) entry.value = value;
  else dict.entries.set(k, { key, value });
}
