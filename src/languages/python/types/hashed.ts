/** Operators of sets and dicts. */
import type { Comparison, Operator } from '../ast';
import { equals } from '../operators';
import type { Runtime } from '../runtime';
import { hashKey } from '../values/identity';
import { PyDict, PySet, PyUnknown, type PyValue } from '../values/object';

export function addToSet(rt: Runtime, set: PySet, item: PyValue): void {
  const key = hashKey(rt, item, set);
  if (key instanceof PyUnknown) set.unknown ??= key;
  else if (!set.items.has(key)) set.items.set(key, item);
}

export function makeSet(rt: Runtime, items: Iterable<PyValue>, frozen = false): PySet {
  const set = new PySet(frozen);
  for (const item of items) addToSet(rt, set, item);
  return set;
}

/** `a | b`, `a & b`, `a - b`, `a ^ b` */
export function setOperation(rt: Runtime, op: Operator, a: PySet, b: PyValue): PyValue | undefined {
  if (!(b instanceof PySet)) return undefined;
  const unknown = a.unknown ?? b.unknown;
  if (unknown) return rt.spread(unknown);
  rt.tick(a.items.size + b.items.size);
  const out = new PySet(a.frozen);
  // Keys of user objects belong to their container: go through the values again.
  const inside = (set: PySet, item: PyValue): boolean => {
    const key = hashKey(rt, item, set);
    return !(key instanceof PyUnknown) && set.items.has(key);
  };
  const keep = (from: PySet, wanted: (item: PyValue) => boolean) => {
    for (const item of from.items.values()) if (wanted(item)) addToSet(rt, out, item);
  };
  switch (op) {
    case '|':
      keep(a, () => true);
      keep(b, () => true);
      return out;
    case '&':
      keep(a, (item) => inside(b, item));
      return out;
    case '-':
      keep(a, (item) => !inside(b, item));
      return out;
    case '^':
      keep(a, (item) => !inside(b, item));
      keep(b, (item) => !inside(a, item));
      return out;
    default:
      return undefined;
  }
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

function sameDicts(rt: Runtime, a: PyDict, b: PyDict): boolean | PyUnknown {
  const unknown = a.unknown ?? b.unknown;
  if (unknown) return rt.spread(unknown) as PyUnknown;
  if (a.entries.size !== b.entries.size) return false;
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
