/** Iterating, indexing, lengths and membership. */
import type { Site } from '../../model';
import { specialMethod } from './attributes';
import { call } from './calls';
import { PyRaise } from './errors';
import { raised } from './exceptions';
import { asData, equals, truth } from './operators';
import type { Runtime } from './runtime';
import { indexSequence, setSequenceItem, deleteSequenceItem } from './types/sequences';
import { hashKey } from './values/identity';
import { resume } from './generators';
import {
  ITERATOR,
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyGenerator,
  PyInstance,
  type PyInt,
  PyIterator,
  PyList,
  PyObject,
  PyRange,
  PySet,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from './values/object';

/** Thrown where a container of unknown content is iterated: a loop over it may do anything. */
export class UnknownIteration {
  constructor(readonly value: PyUnknown) {}
}

/** The items of an iterable, in order. Throws {@link UnknownIteration} where they are not known. */
export function iterate(rt: Runtime, value: PyValue, site: Site): Iterator<PyValue> {
  if (value instanceof PyList) return listItems(rt, value);
  if (value instanceof PyTuple) return value.items[Symbol.iterator]();
  if (value instanceof PyRange) return rangeItems(value);
  if (typeof value === 'string') return value[Symbol.iterator]();
  if (value instanceof PyUnknown) throw new UnknownIteration(rt.spread(value) as PyUnknown);
  if (value instanceof PyDict || value instanceof PySet) {
    if (value.unknown) throw new UnknownIteration(rt.spread(value.unknown) as PyUnknown);
    if (value.attrs) {
      const own = specialMethod(value, '__iter__');
      if (own !== undefined) return iterate(rt, call(rt, own, [value], undefined, site), site);
    }
    return value instanceof PyDict ? dictKeys(value) : setItems(value);
  }
  if (value instanceof PyGenerator) return generatorItems(rt, value);
  if (value instanceof PyObject) {
    if (value.iterate) return value.iterate(rt);
    const method = specialMethod(value, '__iter__');
    if (method !== undefined) {
      const iterator = call(rt, method, [value], undefined, site);
      if (iterator === value || (iterator instanceof PyInstance && !specialMethod(iterator, '__iter__'))) {
        return userItems(rt, iterator as PyObject, site);
      }
      if (iterator instanceof PyInstance) {
        return specialMethod(iterator, '__next__') !== undefined
          ? userItems(rt, iterator, site)
          : iterate(rt, iterator, site);
      }
      return iterate(rt, iterator, site);
    }
    if (specialMethod(value, '__getitem__') !== undefined) return indexedItems(rt, value, site);
    if (value instanceof PyClass && value.metaclass) {
      const own = value.metaclass.lookup('__iter__');
      if (own !== undefined) return iterate(rt, call(rt, own, [value], undefined, site), site);
    }
    if (value instanceof PyBytes) {
      return [...value.text].map((c) => c.charCodeAt(0))[Symbol.iterator]();
    }
  }
  rt.place = site;
  throw raised('TypeError', `'${typeOf(value).name}' object is not iterable`);
}

/** Sees items that are appended while it runs, as Python's does. */
function* listItems(rt: Runtime, list: PyList): Generator<PyValue, undefined> {
  for (let i = 0; ; i++) {
    if (list.unknown) throw new UnknownIteration(rt.spread(list.unknown) as PyUnknown);
    if (i >= list.items.length) return undefined;
    yield list.items[i] as PyValue;
  }
}

function* rangeItems({ start, step, length_ }: PyRange): Generator<PyValue> {
  for (let i = 0; i < length_; i++) yield start + i * step;
}

function* dictKeys(dict: PyDict): Generator<PyValue> {
  const { size } = dict.entries;
  for (const { key } of dict.entries.values()) {
    yield key;
    if (dict.entries.size !== size) throw raised('RuntimeError', 'dictionary changed size during iteration');
  }
}

function* setItems(set: PySet): Generator<PyValue> {
  const { size } = set.items;
  for (const item of set.items.values()) {
    yield item;
    if (set.items.size !== size) throw raised('RuntimeError', 'Set changed size during iteration');
  }
}

function* generatorItems(rt: Runtime, generator: PyGenerator): Generator<PyValue, undefined> {
  for (;;) {
    const step = resume(rt, generator, null);
    if (step.done) return undefined;
    yield step.value;
  }
}

function* userItems(rt: Runtime, iterator: PyObject, site: Site): Generator<PyValue, undefined> {
  const next = specialMethod(iterator, '__next__');
  if (next === undefined) throw raised('TypeError', `iter() returned non-iterator of type '${typeOf(iterator).name}'`);
  for (;;) {
    let item: PyValue;
    try {
      item = call(rt, next, [iterator], undefined, site);
    } catch (error) {
      if (error instanceof PyRaise && isException(error, 'StopIteration')) return undefined;
      throw error;
    }
    if (item instanceof PyUnknown) throw new UnknownIteration(item);
    yield item;
  }
}

function* indexedItems(rt: Runtime, value: PyObject, site: Site): Generator<PyValue, undefined> {
  const method = specialMethod(value, '__getitem__') as PyValue;
  for (let i = 0; ; i++) {
    let item: PyValue;
    try {
      item = call(rt, method, [value, i], undefined, site);
    } catch (error) {
      if (error instanceof PyRaise && isException(error, 'IndexError')) return undefined;
      throw error;
    }
    if (item instanceof PyUnknown) throw new UnknownIteration(item);
    yield item;
  }
}

/** Whether an exception is of a built-in class of that name, or derived from it. */
export function isException(error: PyRaise, name: string): boolean {
  return error.exception.klass.mro.some((c) => c.name === name && !c.userDefined);
}

/** All items. `undefined` in place of a list that is not known. */
export function toArray(rt: Runtime, value: PyValue, site: Site): PyValue[] | PyUnknown {
  if (value instanceof PyTuple) return [...value.items];
  if (value instanceof PyList && !value.unknown) return [...value.items];
  if (value instanceof PyRange) {
    rt.allocate(8 * value.length_);
    rt.tick(value.length_);
  }
  const out: PyValue[] = [];
  try {
    const items = iterate(rt, value, site);
    for (let step = items.next(); !step.done; step = items.next()) {
      rt.tick();
      out.push(step.value);
    }
  } catch (error) {
    if (error instanceof UnknownIteration) return error.value;
    throw error;
  }
  return out;
}

const ITERATOR_TYPES = new Map<PyClass, PyClass>();

/** The class of a container's iterators. */
function iteratorType(value: PyValue): PyClass {
  const type = typeOf(value);
  const known = ITERATOR_TYPES.get(type);
  if (known) return known;
  const names: Readonly<Record<string, string>> = { dict: 'dict_keyiterator', str: 'str_ascii_iterator' };
  const made = type.userDefined ? ITERATOR : new PyClass(names[type.name] ?? `${type.name}_iterator`, [ITERATOR]);
  ITERATOR_TYPES.set(type, made);
  return made;
}

/** `iter(value)` */
export function iteratorOf(rt: Runtime, value: PyValue, site: Site): PyValue {
  if (value instanceof PyIterator || value instanceof PyGenerator) return value;
  if (value instanceof PyInstance) {
    const method = specialMethod(value, '__iter__');
    if (method !== undefined) return call(rt, method, [value], undefined, site);
  }
  try {
    return new PyIterator(iterate(rt, value, site), iteratorType(value));
  } catch (error) {
    if (error instanceof UnknownIteration) return error.value;
    throw error;
  }
}

/** `len(value)` */
export function lengthOf(rt: Runtime, value: PyValue, site: Site): number | PyUnknown {
  if (value instanceof PyList || value instanceof PyTuple) {
    if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
    if (!value.attrs) return value.items.length;
  }
  if (typeof value === 'string') return /[\ud800-\udfff]/.test(value) ? [...value].length : value.length;
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  rt.place = site;
  if (value instanceof PyObject) {
    const method = specialMethod(value, '__len__');
    if (method !== undefined) {
      const n = call(rt, method, [value], undefined, site);
      if (n instanceof PyUnknown) return n;
      const data = asData(rt, n, site);
      if (typeof data === 'number') return data;
      throw raised('TypeError', `'${typeOf(n).name}' object cannot be interpreted as an integer`);
    }
    if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
    if (value instanceof PyDict || value instanceof PySet) {
      if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
      return value instanceof PyDict ? value.entries.size : value.items.size;
    }
    if (value instanceof PyRange) return value.length_;
    if (value instanceof PyBytes) return value.text.length;
    const n = value.length?.(rt);
    if (typeof n === 'number' || n instanceof PyUnknown) return n;
  }
  throw raised('TypeError', `object of type '${typeOf(value).name}' has no len()`);
}

/** `value[index]` */
export function getItem(rt: Runtime, value: PyValue, index: PyValue, site: Site): PyValue {
  if (value instanceof PyList && typeof index === 'number' && !value.unknown && !value.attrs) {
    const { items } = value;
    const item = items[index < 0 ? index + items.length : index];
    if (item !== undefined) return item;
  }
  if (value instanceof PyUnknown) return rt.spread(value);
  if (index instanceof PyUnknown) return rt.spread(index);
  rt.place = site;
  if (value instanceof PyObject && !(value instanceof PyClass)) {
    const method = specialMethod(value, '__getitem__');
    if (method !== undefined) return call(rt, method, [value, index], undefined, site);
    if (value.getItem) return value.getItem(rt, index, site);
    if (value instanceof PyDict) return dictItem(rt, value, index, site);
  }
  if (value instanceof PyClass) {
    const method = value.lookup('__class_getitem__') ?? value.metaclass?.lookup('__getitem__');
    if (method !== undefined) return call(rt, method, [value, index], undefined, site);
    // `list[int]` in an annotation.
    return value;
  }
  return indexSequence(rt, value, index, site);
}

function dictItem(rt: Runtime, dict: PyDict, index: PyValue, site: Site): PyValue {
  if (dict.unknown) return rt.spread(dict.unknown);
  const key = hashKey(rt, index, dict, site);
  if (key instanceof PyUnknown) return key;
  const entry = dict.entries.get(key);
  if (entry) return entry.value;
  if (dict.factory !== undefined && dict.factory !== null) {
    const value = call(rt, dict.factory, [], undefined, site);
    dict.entries.set(key, { key: index, value });
    return value;
  }
  const missing = specialMethod(dict, '__missing__') ?? (dict.attrs && dict.cls.lookup('__missing__'));
  if (missing !== undefined) return call(rt, missing, [dict, index], undefined, site);
  throw raised('KeyError', index);
}

/** `value[index] = item` */
export function setItem(rt: Runtime, value: PyValue, index: PyValue, item: PyValue, site: Site): void {
  if (value instanceof PyUnknown) {
    rt.spread(value);
    return;
  }
  rt.place = site;
  if (value instanceof PyObject) {
    const method = specialMethod(value, '__setitem__');
    if (method !== undefined) {
      call(rt, method, [value, index, item], undefined, site);
      return;
    }
    if (index instanceof PyUnknown) {
      rt.spread(index);
      if (value instanceof PyList || value instanceof PyDict) value.unknown ??= index;
      return;
    }
    if (value.setItem) {
      value.setItem(rt, index, item, site);
      return;
    }
    if (value instanceof PyDict) {
      const key = hashKey(rt, index, value, site);
      if (key instanceof PyUnknown) value.unknown ??= key;
      else {
        const entry = value.entries.get(key);
        if (entry) entry.value = item;
        else
          value.entries.set(key, {
            key: index instanceof Traced ? index.plain : index,
            value: item,
          });
      }
      return;
    }
    if (value instanceof PyList) {
      setSequenceItem(rt, value, index, item, site);
      return;
    }
  }
  throw raised('TypeError', `'${typeOf(value).name}' object does not support item assignment`);
}

/** `del value[index]` */
export function deleteItem(rt: Runtime, value: PyValue, index: PyValue, site: Site): void {
  if (value instanceof PyUnknown) return;
  rt.place = site;
  if (value instanceof PyObject) {
    const method = specialMethod(value, '__delitem__');
    if (method !== undefined) {
      call(rt, method, [value, index], undefined, site);
      return;
    }
    if (value.deleteItem) {
      value.deleteItem(rt, index, site);
      return;
    }
    if (value instanceof PyDict) {
      const key = hashKey(rt, index, value, site);
      if (key instanceof PyUnknown) value.unknown ??= key;
      else if (!value.entries.delete(key) && !value.unknown) throw raised('KeyError', index);
      return;
    }
    if (value instanceof PyList) {
      deleteSequenceItem(rt, value, index, site);
      return;
    }
  }
  throw raised('TypeError', `'${typeOf(value).name}' object doesn't support item deletion`);
}

/** `item in value` */
export function contains(rt: Runtime, value: PyValue, item: PyValue, site: Site): boolean | PyUnknown {
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (typeof value === 'string') {
    if (item instanceof PyUnknown) return rt.spread(item) as PyUnknown;
    if (typeof item !== 'string') {
      throw raised('TypeError', `'in <string>' requires string as left operand, not ${typeOf(item).name}`);
    }
    return value.includes(item);
  }
  if (value instanceof PyBytes && item instanceof PyBytes) return value.text.includes(item.text);
  if (value instanceof PyObject) {
    const method = specialMethod(value, '__contains__');
    if (method !== undefined) return truth(rt, call(rt, method, [value, item], undefined, site), site);
    if (value.contains) return value.contains(rt, item, site);
    if (value instanceof PyDict || value instanceof PySet) {
      if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
      const key = hashKey(rt, item, value, site);
      if (key instanceof PyUnknown) return key;
      return value instanceof PyDict ? value.entries.has(key) : value.items.has(key);
    }
    if (value instanceof PyRange) {
      const x = asData(rt, item, site) ?? item;
      const n = x instanceof PyFloat ? x.v : typeof x === 'boolean' ? Number(x) : x;
      if (typeof n !== 'number' || !Number.isInteger(n)) return false;
      const k = (n - value.start) / value.step;
      return Number.isInteger(k) && k >= 0 && k < value.length_;
    }
  }
  let unknown: PyUnknown | undefined;
  try {
    const items = iterate(rt, value, site);
    for (let step = items.next(); !step.done; step = items.next()) {
      const same = equals(rt, step.value, item, site);
      if (same === true) return true;
      if (same instanceof PyUnknown) unknown = same;
    }
  } catch (error) {
    if (error instanceof UnknownIteration) return error.value;
    throw error;
  }
  return unknown ?? false;
}

/** An integer used as an index or a count: data from here on. */
export function asIndex(rt: Runtime, value: PyValue, site: Site): number | PyUnknown {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (value instanceof Traced && !(value.plain instanceof PyFloat)) return Number(asData(rt, value, site) as PyInt);
  if (typeof value === 'bigint') throw raised('IndexError', "cannot fit 'int' into an index-sized integer");
  if (value instanceof PyObject) {
    const method = specialMethod(value, '__index__');
    if (method !== undefined) return asIndex(rt, call(rt, method, [value], undefined, site), site);
    const own = (value as PyObject & { asIndex?(): number | undefined }).asIndex?.();
    if (own !== undefined) return own;
  }
  rt.place = site;
  throw raised('TypeError', `'${typeOf(value).name}' object cannot be interpreted as an integer`);
}

/** A position in a sequence of `length` items; raises IndexError with that text. */
export function indexIn(rt: Runtime, index: PyValue, length: number, text: string, site: Site): number | PyUnknown {
  const raw = asIndex(rt, index, site);
  if (raw instanceof PyUnknown) return raw;
  const i = raw < 0 ? raw + length : raw;
  if (i < 0 || i >= length) throw raised('IndexError', text);
  return i;
}
