/** `collections` */
import type { Site } from '../../../model';
import { getAttribute } from '../attributes';
import { fillDict } from '../builtins/types';
import { call } from '../calls';
import { PyRaise } from '../errors';
import { raised } from '../exceptions';
import { repr } from '../format/repr';
import { asIndex, indexIn, isException, toArray } from '../iteration';
import { builtinClass, fn, library, method, rawMethod } from '../library';
import type { Comparison, Operator } from '../ast';
import { binary, compare, COUNTER_OPERATIONS, operate, truth } from '../operators';
import type { Runtime } from '../runtime';
import { sortValues } from '../types/sorting';
import { hashKey } from '../values/identity';
import {
  DICT,
  type HashKey,
  type Kwargs,
  PyBuiltin,
  PyClass,
  PyDict,
  PyList,
  PyMethodWrapper,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
  TUPLE,
} from '../values/object';
import { addAttributes } from '../types/numberMethods';
import { storeEntry } from '../types/hashed';

/** `collections.deque`: a list with a bound. */
class Deque extends PyObject {
  constructor(
    public items: PyValue[],
    readonly limit: number | undefined,
  ) {
    super();
  }
  get cls(): PyClass {
    return DEQUE;
  }
  override *iterate(): Generator<PyValue, undefined> {
    const { length } = this.items;
    for (let i = 0; i < length; i++) {
      yield this.items[i] as PyValue;
      if (this.items.length !== length) throw raised('RuntimeError', 'deque mutated during iteration');
    }
    return undefined;
  }
  override length(): number {
    return this.items.length;
  }
  override truth(): boolean {
    return this.items.length > 0;
  }
  override getItem(rt: Runtime, index: PyValue, site: Site): PyValue {
    const i = indexIn(rt, index, this.items.length, 'deque index out of range', site);
    return i instanceof PyUnknown ? i : (this.items[i] as PyValue);
  }
  override setItem(rt: Runtime, index: PyValue, value: PyValue, site: Site): void {
    const i = indexIn(rt, index, this.items.length, 'deque index out of range', site);
    if (!(i instanceof PyUnknown)) this.items[i] = value;
  }
  override deleteItem(rt: Runtime, index: PyValue, site: Site): void {
    const i = indexIn(rt, index, this.items.length, 'deque index out of range', site);
    if (!(i instanceof PyUnknown)) this.items.splice(i, 1);
  }
  override compare(rt: Runtime, op: Comparison, other: PyValue, _reflected: boolean, site: Site): PyValue | undefined {
    return other instanceof Deque ? compare(rt, op, new PyList(this.items), new PyList(other.items), site) : undefined;
  }
  override binary(rt: Runtime, op: Operator, other: PyValue, reflected: boolean, site: Site): PyValue | undefined {
    if (reflected) return undefined;
    if (op === '+' && other instanceof Deque) return new Deque([...this.items, ...other.items], this.limit);
    const repeated = op === '*' ? operate(rt, op, new PyList(this.items), other, site) : undefined;
    return repeated instanceof PyList ? new Deque(repeated.items, this.limit) : repeated;
  }
  override inplace(rt: Runtime, op: Operator, other: PyValue, site: Site): PyValue | undefined {
    if (op !== '+') return undefined;
    const items = toArray(rt, other, site);
    if (items instanceof PyUnknown) return items;
    for (const item of items) this.push(item, false);
    return this;
  }
  override hash(): never {
    throw raised('TypeError', "unhashable type: 'collections.deque'");
  }
  override repr(rt: Runtime): string | PyUnknown {
    const text = repr(rt, new PyList(this.items));
    if (text instanceof PyUnknown) return text;
    return this.limit === undefined ? `deque(${text})` : `deque(${text}, maxlen=${this.limit})`;
  }
  copyOf(_rt: Runtime, _site: Site, inner: (value: PyValue) => PyValue): PyValue {
    return new Deque(this.items.map(inner), this.limit);
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    return name === 'maxlen' ? (this.limit ?? null) : undefined;
  }
  push(item: PyValue, left: boolean): void {
    if (left) this.items.unshift(item);
    else this.items.push(item);
    if (this.limit !== undefined && this.items.length > this.limit) {
      if (left) this.items.pop();
      else this.items.shift();
    }
  }
}

const popFrom = (name: string, left: boolean) =>
  method<[Deque]>(`${name}(self, /)`, (_rt, _site, [self]) => {
    const item = left ? self.items.shift() : self.items.pop();
    if (item === undefined) throw raised('IndexError', 'pop from an empty deque');
    return item;
  });

const extendWith = (name: string, left: boolean) =>
  method<[Deque, PyValue]>(`${name}(self, iterable, /)`, (rt, site, [self, iterable]) => {
    const items = toArray(rt, iterable, site);
    if (items instanceof PyUnknown) return items;
    for (const item of items) self.push(item, left);
    return null;
  });

const DEQUE: PyClass = builtinClass('deque', [
  rawMethod<[Deque, PyValue]>('append(self, item, /)', (_rt, _site, [self, item]) => (self.push(item, false), null)),
  rawMethod<[Deque, PyValue]>('appendleft(self, item, /)', (_rt, _site, [self, item]) => (self.push(item, true), null)),
  popFrom('pop', false),
  popFrom('popleft', true),
  extendWith('extend', false),
  extendWith('extendleft', true),
  method<[Deque]>('clear(self, /)', (_rt, _site, [self]) => ((self.items.length = 0), null)),
  method<[Deque, PyValue?]>('rotate(self, n=, /)', (rt, site, [self, n]) => {
    const k = n === undefined ? 1 : asIndex(rt, n, site);
    const { items } = self;
    if (k instanceof PyUnknown || items.length === 0) return null;
    const shift = ((k % items.length) + items.length) % items.length;
    const moved = items.splice(items.length - shift, shift);
    self.items = [...moved, ...items];
    return null;
  }),
  method<[Deque]>('copy(self, /)', (_rt, _site, [self]) => new Deque([...self.items], self.limit)),
  method<[Deque]>('reverse(self, /)', (_rt, _site, [self]) => (self.items.reverse(), null)),
  ...['count', 'index', 'insert', 'remove'].map((name) => {
    // As lists do it.
    const own = new PyBuiltin(name, (rt, [self, ...args], kwargs, site) => {
      const deque = self as Deque;
      if (name === 'insert' && deque.limit !== undefined && deque.items.length >= deque.limit)
        throw raised('IndexError', 'deque already at its maximum size');
      const list = new PyList(deque.items);
      const text = name === 'remove' ? 'deque.remove(x): x not in deque' : undefined;
      try {
        const result = call(rt, getAttribute(rt, list, name, site), args, kwargs, site);
        deque.items = list.items;
        return result;
      } catch (error) {
        if (text !== undefined && error instanceof PyRaise && isException(error, 'ValueError'))
          throw raised('ValueError', text);
        throw error;
      }
    });
    own.binds = true;
    return own;
  }),
]);
DEQUE.construct = (rt, _cls, args, kwargs, site) => {
  const limit = args[1] ?? kwargs?.get('maxlen') ?? null;
  const maxlen = limit === null ? undefined : asIndex(rt, limit, site);
  if (maxlen instanceof PyUnknown) return maxlen;
  const items = args[0] === undefined ? [] : toArray(rt, args[0], site);
  if (items instanceof PyUnknown) return items;
  const deque = new Deque([], maxlen);
  for (const item of items) deque.push(item, false);
  return deque;
};

const ORDERED = new PyClass('OrderedDict', [DICT]);
ORDERED.attrs.set(
  'move_to_end',
  method<[PyDict, PyValue, PyValue?]>('move_to_end(self, key, last=)', (rt, site, [self, key, last]) => {
    const k = hashKey(rt, key, self, site);
    if (k instanceof PyUnknown) return k;
    const entry = self.entries.get(k);
    if (!entry) throw raised('KeyError', key);
    self.entries.delete(k);
    const others = [...self.entries];
    if (last === false) self.entries.clear();
    self.entries.set(k, entry);
    if (last === false) for (const [other, e] of others) self.entries.set(other, e);
    return null;
  }),
);
ORDERED.attrs.set(
  'popitem',
  method<[PyDict, PyValue?]>('popitem(self, last=)', (rt, _site, [self, last]) => {
    if (self.unknown) return rt.spread(self.unknown);
    const all = [...self.entries];
    const item = last === false ? all[0] : all[all.length - 1];
    if (!item) throw raised('KeyError', 'dictionary is empty');
    self.entries.delete(item[0]);
    return new PyTuple([item[1].key, item[1].value]);
  }),
);

const DEFAULT = new PyClass('defaultdict', [DICT]);
addAttributes(DEFAULT, [['default_factory', (self) => (self as PyDict).factory ?? null]]);
DEFAULT.construct = (rt, cls, args, kwargs, site) => {
  const dict = new PyDict().derive(cls);
  dict.factory = args[0] ?? null;
  fillDict(rt, dict, args[1], kwargs, site);
  return dict;
};

const COUNTER = new PyClass('Counter', [DICT]);
function count(rt: Runtime, counter: PyDict, source: PyValue | undefined, sign: number, site: Site): void {
  if (source === undefined || source === null) return;
  const add = (key: PyValue, n: PyValue) => {
    const k = hashKey(rt, key, counter, site);
    if (k instanceof PyUnknown) {
      counter.unknown ??= k;
      return;
    }
    const old = counter.entries.get(k)?.value ?? 0;
    storeEntry(rt, counter, key, binary(rt, sign > 0 ? '+' : '-', old, n, site));
  };
  if (source instanceof PyDict) {
    for (const { key, value } of source.entries.values()) add(key, value);
    return;
  }
  const items = toArray(rt, source, site);
  if (items instanceof PyUnknown) counter.unknown ??= items;
  else for (const item of items) add(item, 1);
}
COUNTER.construct = (rt, cls, args, kwargs, site) => {
  const counter = new PyDict().derive(cls);
  count(rt, counter, args[0], 1, site);
  for (const [key, value] of kwargs ?? []) counter.set(key, value);
  return counter;
};
for (const m of [
  // Reading a missing key gives 0 and stores nothing.
  method<[PyDict, PyValue]>('__missing__(self, key, /)', () => 0),
  method<[PyDict, PyValue?]>('most_common(self, n=)', (rt, site, [self, n]) => {
    if (self.unknown) return rt.spread(self.unknown);
    const pairs = [...self.entries.values()].map((e) => new PyTuple([e.key, e.value]));
    const byCount = new PyBuiltin('count', (_rt, [pair]) => (pair as PyTuple).items[1] as PyValue);
    const sorted = sortValues(rt, pairs, byCount, true, site);
    if (sorted instanceof PyUnknown) return sorted;
    const limit = n === undefined || n === null ? sorted.length : asIndex(rt, n, site);
    return limit instanceof PyUnknown ? limit : new PyList(sorted.slice(0, limit));
  }),
  method<[PyDict]>(
    'elements(self, /)',
    (_rt, _site, [self]) =>
      new PyList(
        [...self.entries.values()].flatMap((e) => new Array<PyValue>(Math.max(0, Number(e.value))).fill(e.key)),
      ),
  ),
  method<[PyDict]>('total(self, /)', (rt, site, [self]) =>
    [...self.entries.values()].reduce<PyValue>((a, e) => binary(rt, '+', a, e.value, site), 0),
  ),
  rawMethod<[PyDict, PyValue?]>(
    'update(self, other=, /)',
    (rt, site, [self, other]) => (count(rt, self, other, 1, site), null),
  ),
  rawMethod<[PyDict, PyValue?]>(
    'subtract(self, other=, /)',
    (rt, site, [self, other]) => (count(rt, self, other, -1, site), null),
  ),
])
  COUNTER.attrs.set(m.name, m);

/** `namedtuple(name, fields)`: a class derived from tuple. */
function namedTuple(name: string, fields: readonly string[], defaults: readonly PyValue[]): PyClass {
  const cls = new PyClass(name, [TUPLE], new Map(), false);
  cls.attrs.set('_fields', new PyTuple([...fields]));
  cls.attrs.set('__match_args__', new PyTuple([...fields]));
  const byField = new PyDict();
  defaults.forEach((value, i) => byField.set(fields[fields.length - defaults.length + i] as string, value));
  cls.attrs.set('_field_defaults', byField);
  cls.attrs.set(
    '_make',
    new PyMethodWrapper(
      'class',
      new PyBuiltin('_make', (rt, [c, iterable], _kwargs, site) => {
        const items = toArray(rt, iterable as PyValue, site);
        if (items instanceof PyUnknown) return items;
        if (items.length !== fields.length)
          throw raised('TypeError', `Expected ${fields.length} arguments, got ${items.length}`);
        return new NamedTuple(items, fields).derive(c as PyClass);
      }),
    ),
  );
  const bind = (args: readonly PyValue[], kwargs: Kwargs): PyValue[] => {
    if (args.length > fields.length) {
      throw raised(
        'TypeError',
        `${name}.__new__() takes ${fields.length + 1} positional arguments but ${args.length + 1} were given`,
      );
    }
    return fields.map((field, i) => {
      const value = args[i] ?? kwargs?.get(field) ?? (i < args.length ? null : undefined);
      if (value !== undefined) return value;
      const fallback = defaults[i - (fields.length - defaults.length)];
      if (fallback !== undefined) return fallback;
      throw raised('TypeError', `${name}.__new__() missing 1 required positional argument: '${field}'`);
    });
  };
  cls.construct = (_rt, c, args, kwargs) => new NamedTuple(bind(args, kwargs), fields).derive(c);

  for (const m of [
    method<[NamedTuple]>('_asdict(self)', (_rt, _site, [self]) => {
      const dict = new PyDict();
      fields.forEach((f, i) => dict.set(f, self.items[i] as PyValue));
      return dict;
    }),
    method<[NamedTuple, ReadonlyMap<string, PyValue>]>('_replace(self, **kwargs)', (_rt, _site, [self, kwargs]) =>
      new NamedTuple(
        fields.map((f, i) => kwargs.get(f) ?? (self.items[i] as PyValue)),
        fields,
      ).derive(self.cls),
    ),
  ])
    cls.attrs.set(m.name, m);
  return cls;
}

class NamedTuple extends PyTuple {
  constructor(
    items: readonly PyValue[],
    private readonly fields: readonly string[],
  ) {
    super(items);
  }
  override withItems(items: readonly PyValue[]): PyTuple {
    return new NamedTuple(items, this.fields).derive(this.cls);
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    const i = this.fields.indexOf(name);
    return i < 0 ? undefined : this.items[i];
  }
  override setAttr(_rt: Runtime, name: string): boolean {
    if (this.fields.includes(name)) throw raised('AttributeError', "can't set attribute");
    return false;
  }
  override repr(rt: Runtime): string | PyUnknown {
    const parts = this.items.map((x) => repr(rt, x));
    const unknown = parts.find((p) => p instanceof PyUnknown);
    return unknown ?? `${this.cls.name}(${this.fields.map((f, i) => `${f}=${parts[i] as string}`).join(', ')})`;
  }
}

/** For `typing.NamedTuple` classes. */
export { namedTuple };

/** A named tuple of a library. */
export function namedTupleOf(name: string, fields: readonly string[], values: readonly PyValue[]): PyValue {
  return new NamedTuple(values, fields).derive(namedTuple(name, fields, []));
}

/** `a + b`, `a - b`, `a & b`, `a | b` of counters: what is not above zero is left out. */
function countersCombined(rt: Runtime, op: Operator, a: PyDict, b: PyValue, site: Site): PyValue | undefined {
  if (!(b instanceof PyDict) || !b.cls.isSubclassOf(COUNTER) || !'+-&|'.includes(op)) return undefined;
  const unknown = a.unknown ?? b.unknown;
  if (unknown) return rt.spread(unknown);
  const out = new PyDict().derive(COUNTER);
  const numbers = (key: HashKey) => [a, b].map((c) => c.entries.get(key)?.value ?? 0) as [PyValue, PyValue];
  for (const [key, entry] of new Map([...a.entries, ...b.entries])) {
    const [m, n] = numbers(key);
    const smaller = truth(rt, compare(rt, '<', m, n, site), site);
    if (smaller instanceof PyUnknown) return smaller;
    const value = op === '&' ? (smaller ? m : n) : op === '|' ? (smaller ? n : m) : binary(rt, op, m, n, site);
    const positive = truth(rt, compare(rt, '>', value, 0, site), site);
    if (positive instanceof PyUnknown) return positive;
    if (positive) out.entries.set(key, { key: entry.key, value });
  }
  return out;
}
COUNTER_OPERATIONS.combine = countersCombined;

export const collections = library('collections', {
  OrderedDict: ORDERED,
  defaultdict: DEFAULT,
  Counter: COUNTER,
  deque: DEQUE,
  namedtuple: fn<[PyValue, PyValue, PyValue?]>(
    'namedtuple(typename, field_names, *, defaults=, rename=, module=)',
    (rt, site, [name, names, defaults]) => {
      const fields =
        typeof names === 'string'
          ? names.split(/[\s,]+/).filter((n) => n !== '')
          : (toArray(rt, names, site) as PyValue[]).map(String);
      const values = defaults === undefined || defaults === null ? [] : toArray(rt, defaults, site);
      if (values instanceof PyUnknown) return values;
      return namedTuple(String(name), fields, values);
    },
  ),
});
