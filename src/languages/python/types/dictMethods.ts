/** Methods of dicts. */
import { fillDict } from '../builtins/types';
import { raised } from '../exceptions';
import { lengthOf, toArray } from '../iteration';
import { method, rawMethod } from '../library';
import type { Runtime } from '../runtime';
import { hashKey } from '../values/identity';
import { PyBuiltin, PyClass, PyDict, PyObject, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { repr } from '../format/repr';
import { UnknownIteration } from '../iteration';
import { PyList } from '../values/object';
import { storeEntry, makeSet, setOperation, setCompare } from './hashed';
import type { Comparison, Operator } from '../ast';

const VIEW_CLASSES = {
  keys: new PyClass('dict_keys', []),
  values: new PyClass('dict_values', []),
  items: new PyClass('dict_items', []),
};

/** A live view of the keys, values or items of a dict. */
export class DictView extends PyObject {
  constructor(
    readonly dict: PyDict,
    readonly of: 'keys' | 'values' | 'items',
  ) {
    super();
  }
  get cls(): PyClass {
    return VIEW_CLASSES[this.of];
  }
  private known(rt: Runtime): void {
    if (this.dict.unknown) throw new UnknownIteration(rt.spread(this.dict.unknown) as PyUnknown);
  }
  override *iterate(rt: Runtime): Generator<PyValue, undefined> {
    this.known(rt);
    const { size } = this.dict.entries;
    for (const { key, value } of this.dict.entries.values()) {
      yield this.of === 'keys' ? key : this.of === 'values' ? value : new PyTuple([key, value]);
      this.known(rt);
      if (this.dict.entries.size !== size) throw raised('RuntimeError', 'dictionary changed size during iteration');
    }
    return undefined;
  }
  override length(rt: Runtime): number | PyUnknown {
    return lengthOf(rt, this.dict, rt.place);
  }
  override truth(rt: Runtime): boolean | PyUnknown {
    return this.dict.unknown ? (rt.spread(this.dict.unknown) as PyUnknown) : this.dict.entries.size > 0;
  }
  override binary(rt: Runtime, op: Operator, other: PyValue, reflected: boolean): PyValue | undefined {
    if (this.of === 'values') return undefined;
    const mine = toArray(rt, this, rt.place);
    const theirs = toArray(rt, other, rt.place);
    if (mine instanceof PyUnknown) return mine;
    if (theirs instanceof PyUnknown) return theirs;
    const [a, b] = [makeSet(rt, mine), makeSet(rt, theirs)];
    return reflected ? setOperation(rt, op, b, a) : setOperation(rt, op, a, b);
  }
  override compare(rt: Runtime, op: Comparison, other: PyValue): PyValue | undefined {
    if (this.of === 'values') return undefined;
    const mine = toArray(rt, this, rt.place);
    const theirs = other instanceof DictView ? toArray(rt, other, rt.place) : undefined;
    if (mine instanceof PyUnknown) return mine;
    if (theirs instanceof PyUnknown) return theirs;
    return setCompare(rt, op, makeSet(rt, mine), theirs ? makeSet(rt, theirs) : other);
  }
  override repr(rt: Runtime): string | PyUnknown {
    const items = toArray(rt, this, rt.place);
    if (items instanceof PyUnknown) return items;
    const text = repr(rt, new PyList(items));
    return text instanceof PyUnknown ? text : `dict_${this.of}(${text})`;
  }
}

function lookup(rt: Runtime, dict: PyDict, key: PyValue): { value: PyValue } | PyUnknown | undefined {
  if (dict.unknown) return rt.spread(dict.unknown) as PyUnknown;
  const k = hashKey(rt, key, dict);
  if (k instanceof PyUnknown) return k;
  return dict.entries.get(k);
}

export const dictMethods: readonly PyBuiltin[] = [
  ...(['keys', 'values', 'items'] as const).map((of) =>
    method<[PyDict]>(`${of}(self, /)`, (_rt, _site, [self]) => new DictView(self, of)),
  ),
  method<[PyDict, PyValue, PyValue?]>('get(self, key, default=, /)', (rt, _site, [self, key, otherwise]) => {
    const found = lookup(rt, self, key);
    if (found instanceof PyUnknown) return found;
    return found ? found.value : (otherwise ?? null);
  }),
  rawMethod<[PyDict, PyValue, PyValue?]>('setdefault(self, key, default=, /)', (rt, _site, [self, key, otherwise]) => {
    const found = lookup(rt, self, key);
    if (found instanceof PyUnknown) return found;
    if (found) return found.value;
    storeEntry(rt, self, key, otherwise ?? null);
    return otherwise ?? null;
  }),
  rawMethod<[PyDict, PyValue, PyValue?]>('pop(self, key, default=, /)', (rt, _site, [self, key, otherwise]) => {
    const found = lookup(rt, self, key);
    if (found instanceof PyUnknown) {
      self.unknown ??= found;
      return found;
    }
    if (found) {
      self.entries.delete(hashKey(rt, key, self) as never);
      return found.value;
    }
    if (otherwise !== undefined) return otherwise;
    throw raised('KeyError', key);
  }),
  method<[PyDict]>('popitem(self, /)', (rt, _site, [self]) => {
    if (self.unknown) return rt.spread(self.unknown);
    const last = [...self.entries].pop();
    if (!last) throw raised('KeyError', 'popitem(): dictionary is empty');
    self.entries.delete(last[0]);
    return new PyTuple([last[1].key, last[1].value]);
  }),
  rawMethod<[PyDict, PyValue | undefined, ReadonlyMap<string, PyValue>]>(
    'update(self, other=, /, **kwargs)',
    (rt, site, [self, other, kwargs]) => {
      fillDict(rt, self, other, kwargs, site);
      return null;
    },
  ),
  method<[PyDict]>('clear(self, /)', (_rt, _site, [self]) => {
    self.entries.clear();
    delete self.unknown;
    return null;
  }),
  method<[PyDict]>('copy(self, /)', (_rt, _site, [self]) => {
    const out = new PyDict();
    if (self.unknown) out.unknown = self.unknown;
    if (self.factory !== undefined) {
      out.factory = self.factory;
      out.derive(self.cls);
    }
    for (const [k, e] of self.entries) out.entries.set(k, { ...e });
    return out;
  }),
  // Called through `super()` in derived classes.
  method<[PyDict, PyValue]>('__getitem__(self, key, /)', (rt, _site, [self, key]) => {
    const found = lookup(rt, self, key);
    if (found instanceof PyUnknown) return found;
    if (!found) throw raised('KeyError', key);
    return found.value;
  }),
  rawMethod<[PyDict, PyValue, PyValue]>('__setitem__(self, key, value, /)', (rt, _site, [self, key, value]) => {
    storeEntry(rt, self, key, value);
    return null;
  }),
  method<[PyDict, PyValue]>('__contains__(self, key, /)', (rt, _site, [self, key]) => {
    const found = lookup(rt, self, key);
    return found instanceof PyUnknown ? found : found !== undefined;
  }),
  method<[PyDict]>('__len__(self, /)', (_rt, _site, [self]) => self.entries.size),
  rawMethod<[PyDict, PyValue | undefined, ReadonlyMap<string, PyValue>]>(
    '__init__(self, other=, /, **kwargs)',
    (rt, site, [self, other, kwargs]) => {
      fillDict(rt, self, other, kwargs, site);
      return null;
    },
  ),
  new PyBuiltin('fromkeys', (rt, args, _kwargs, site) => {
    const [keys, value] = args as [PyValue, PyValue?];
    const items = toArray(rt, keys, site);
    if (items instanceof PyUnknown) return items;
    const out = new PyDict();
    for (const key of items) storeEntry(rt, out, key, value ?? null);
    return out;
  }),
];
