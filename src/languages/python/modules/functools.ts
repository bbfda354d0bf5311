/** `functools` */
import { findAttribute } from '../attributes';
import { call } from '../calls';
import { raised } from '../exceptions';
import { asIndex, iterate, UnknownIteration } from '../iteration';
import { namedTupleOf } from './collections';
import { builtinClass, library, raw } from '../library';
import { compare, truth } from '../operators';
import { hashKey } from '../values/identity';
import {
  PyBuiltin,
  PyClass,
  PyDict,
  PyFunction,
  type HashKey,
  type Kwargs,
  PyInstance,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
  typeOf,
} from '../values/object';
import type { Runtime } from '../runtime';
import type { Site } from '../../../model';

class Partial extends PyObject {
  constructor(
    readonly func: PyValue,
    readonly args: readonly PyValue[],
    readonly kwargs: ReadonlyMap<string, PyValue>,
  ) {
    super();
  }
  get cls(): PyClass {
    return PARTIAL;
  }
  override call(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
    const all = new Map([...this.kwargs, ...(kwargs ?? [])]);
    return call(rt, this.func, [...this.args, ...args], all.size > 0 ? all : undefined, site);
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    if (name === 'func') return this.func;
    if (name === 'args') return new PyTuple([...this.args]);
    if (name !== 'keywords') return undefined;
    const keywords = new PyDict();
    for (const [key, value] of this.kwargs) keywords.set(key, value);
    return keywords;
  }
}
const PARTIAL = builtinClass('partial', []);
PARTIAL.construct = (_rt, _cls, [func, ...args], kwargs) => new Partial(func as PyValue, args, kwargs ?? new Map());

/** A function that remembers its results for hashable arguments. */
class Cached extends PyObject {
  override readonly isMethod = true;
  override readonly attrs = new Map<string, PyValue>();
  private readonly results = new Map<HashKey, PyValue>();
  private hits = 0;
  private misses = 0;
  constructor(
    readonly func: PyValue,
    /** How many results it remembers. */
    private readonly limit: number,
  ) {
    super();
  }
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    switch (name) {
      case '__wrapped__':
        return this.func;
      case '__name__':
      case '__qualname__':
      case '__doc__':
      case '__module__':
        return this.attrs.get(name) ?? findAttribute(rt, this.func, name, site);
      case 'cache_info':
        return new PyBuiltin(name, () =>
          CACHE_INFO([this.hits, this.misses, this.limit === Infinity ? null : this.limit, this.results.size]),
        );
      case 'cache_clear':
        return new PyBuiltin(name, () => {
          this.results.clear();
          this.hits = this.misses = 0;
          return null;
        });
      default:
        return undefined;
    }
  }
  get cls(): PyClass {
    return CACHED;
  }
  override call(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
    // While a window is recorded nothing is remembered: a remembered value would have no steps.
    if (rt.recorder) return call(rt, this.func, args, kwargs, site);
    const named = [...(kwargs ?? [])].flatMap(([name, value]) => [name, value]);
    const key = hashKey(rt, new PyTuple([new PyTuple(args), ...named]), this, site);
    if (key instanceof PyUnknown) return key;
    const known = this.results.get(key);
    if (known !== undefined) {
      this.hits++;
      this.results.delete(key);
      this.results.set(key, known);
      return known;
    }
    this.misses++;
    const result = call(rt, this.func, args, kwargs, site);
    this.results.set(key, result);
    // The one that was asked for longest ago goes first.
    for (const oldest of this.results.keys()) {
      if (this.results.size <= this.limit) break;
      this.results.delete(oldest);
    }
    return result;
  }
}
const CACHED = builtinClass('functools._lru_cache_wrapper', []);

const CACHE_INFO = (values: readonly PyValue[]) =>
  namedTupleOf('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'], values);

const cache = raw<[PyValue]>('cache(user_function, /)', (_rt, _site, [f]) => new Cached(f, Infinity));
const lruCache = raw<[PyValue?, PyValue?]>('lru_cache(maxsize=, typed=)', (rt, site, [f, typed]) => {
  if (typed === true) return rt.unknown('unsupported', '`lru_cache` by type is not supported', site);
  if (f instanceof PyFunction) return new Cached(f, 128);
  const limit = f === null ? Infinity : f === undefined ? 128 : asIndex(rt, f, site);
  if (limit instanceof PyUnknown) return limit;
  return new PyBuiltin('lru_cache', (_r, [g]) => new Cached(g as PyValue, Math.max(0, limit)));
});

/** `update_wrapper(to, from)` */
const copyName = (rt: Runtime, from: PyValue | undefined, to: PyValue | undefined, site: Site): PyValue => {
  if (from instanceof PyUnknown) return to ?? null;
  if (from !== undefined && (to instanceof PyFunction || to instanceof PyInstance)) {
    const attrs = to instanceof PyFunction ? (to.attrs ??= new Map()) : to.attrs;
    for (const name of ['__module__', '__name__', '__qualname__', '__doc__']) {
      const value = findAttribute(rt, from, name, site);
      if (value !== undefined && !(value instanceof PyUnknown)) attrs.set(name, value);
    }
    const own = from instanceof PyFunction || from instanceof PyInstance ? from.attrs : undefined;
    for (const [name, value] of own ?? []) if (!attrs.has(name)) attrs.set(name, value);
    attrs.set('__wrapped__', from);
  }
  return to ?? null;
};

export const functools = library('functools', {
  partial: PARTIAL,
  lru_cache: lruCache,
  cache,
  reduce: raw<[PyValue, PyValue, PyValue?]>(
    'reduce(function, iterable, initial=, /)',
    (rt, site, [f, iterable, initial]) => {
      try {
        const items = iterate(rt, iterable, site);
        let total = initial;
        for (let step = items.next(); !step.done; step = items.next()) {
          total = total === undefined ? step.value : call(rt, f, [total, step.value], undefined, site);
        }
        if (total === undefined) throw raised('TypeError', 'reduce() of empty iterable with no initial value');
        return total;
      } catch (error) {
        if (error instanceof UnknownIteration) return rt.spread(error.value);
        throw error;
      }
    },
  ),
  wraps: raw<[PyValue]>(
    'wraps(wrapped)',
    (_rt, _site, [wrapped]) => new PyBuiltin('wraps', (rt, [f], _kwargs, site) => copyName(rt, wrapped, f, site)),
  ),
  update_wrapper: raw<[PyValue, PyValue]>('update_wrapper(wrapper, wrapped)', (rt, site, [f, wrapped]) =>
    copyName(rt, wrapped, f, site),
  ),
  total_ordering: raw<[PyValue]>('total_ordering(cls)', (_rt, _site, [cls]) => {
    if (!(cls instanceof PyClass)) return cls;
    const less = cls.attrs.get('__lt__');
    const equal = (rt: Runtime, a: PyValue, b: PyValue, site: Site) => truth(rt, compare(rt, '==', a, b, site), site);
    const derive = (name: string, of: (lt: boolean, eq: boolean) => boolean) => {
      if (cls.attrs.has(name) || less === undefined) return;
      const f = new PyBuiltin(name, (rt, [a, b], _kwargs, site) => {
        const lt = truth(rt, call(rt, less, [a as PyValue, b as PyValue], undefined, site), site);
        const eq = equal(rt, a as PyValue, b as PyValue, site);
        if (lt instanceof PyUnknown) return lt;
        return eq instanceof PyUnknown ? eq : of(lt, eq);
      });
      f.binds = true;
      cls.attrs.set(name, f);
    };
    derive('__le__', (lt, eq) => lt || eq);
    derive('__gt__', (lt, eq) => !lt && !eq);
    derive('__ge__', (lt) => !lt);
    return cls;
  }),
  cached_property: raw<[PyValue]>('cached_property(func)', (_rt, _site, [f]) => new CachedProperty(f)),
  partialmethod: raw<[PyValue, readonly PyValue[], ReadonlyMap<string, PyValue>]>(
    'partialmethod(func, /, *args, **keywords)',
    (_rt, _site, [f, args, keywords]) => {
      const method = new PyBuiltin('partialmethod', (rt, [self, ...more], kwargs, site) => {
        const all = new Map([...keywords, ...(kwargs ?? [])]);
        return call(rt, f, [self as PyValue, ...args, ...more], all.size > 0 ? all : undefined, site);
      });
      method.binds = true;
      return method;
    },
  ),
  singledispatch: raw<[PyValue]>('singledispatch(func)', (_rt, _site, [f]) => new Dispatcher(f)),
  cmp_to_key: raw<[PyValue]>(
    'cmp_to_key(mycmp)',
    (_rt, _site, [f]) => new PyBuiltin('K', (_r, [x]) => new Key(f, x as PyValue)),
  ),
});

/** A property whose value is kept as an attribute of the instance. */
class CachedProperty extends PyObject {
  constructor(readonly func: PyValue) {
    super();
  }
  get cls(): PyClass {
    return CACHED_PROPERTY;
  }
  override describe(rt: Runtime, self: PyValue, name: string, site: Site): PyValue {
    const value = call(rt, this.func, [self], undefined, site);
    if (self instanceof PyInstance) self.attrs.set(name, value);
    return value;
  }
}
const CACHED_PROPERTY = builtinClass('functools.cached_property', []);

/** `functools.singledispatch`: a function that is chosen by the type of the first argument. */
class Dispatcher extends PyObject {
  private readonly byType = new Map<PyClass, PyValue>();
  constructor(readonly general: PyValue) {
    super();
  }
  get cls(): PyClass {
    return DISPATCHER;
  }
  private unknown: PyUnknown | undefined;
  private chosen(type: PyClass): PyValue {
    if (this.unknown) return this.unknown;
    for (const c of type.mro) {
      const found = this.byType.get(c);
      if (found !== undefined) return found;
    }
    return this.general;
  }
  override call(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
    const [first] = args;
    if (first === undefined) throw raised('TypeError', 'the function requires at least 1 positional argument');
    if (first instanceof PyUnknown) return rt.spread(first);
    return call(rt, this.chosen(typeOf(first)), args, kwargs, site);
  }
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    if (name === 'dispatch') return new PyBuiltin(name, (_rt, [type]) => this.chosen(type as PyClass));
    if (name !== 'register') return findAttribute(rt, this.general, name, site);
    const register = (type: PyValue | undefined, f: PyValue): PyValue => {
      if (!(type instanceof PyClass)) {
        this.unknown = rt.unknown('unsupported', 'dispatch by annotations is not supported', site);
        return f;
      }
      this.byType.set(type, f);
      return f;
    };
    return new PyBuiltin(name, (_rt, [type, f]) => {
      if (f !== undefined) return register(type, f);
      if (!(type instanceof PyClass)) return register(undefined, type ?? null);
      return new PyBuiltin('register', (_r, [g]) => register(type, g as PyValue));
    });
  }
}
const DISPATCHER = builtinClass('functools.singledispatch', []);

class Key extends PyObject {
  constructor(
    readonly order: PyValue,
    readonly value: PyValue,
  ) {
    super();
  }
  get cls(): PyClass {
    return KEY;
  }
  override compare(
    rt: Runtime,
    op: Parameters<NonNullable<PyObject['compare']>>[1],
    other: PyValue,
    _reflected: boolean,
    site: Site,
  ): PyValue | undefined {
    if (!(other instanceof Key)) return undefined;
    return compare(rt, op, call(rt, this.order, [this.value, other.value], undefined, site), 0, site);
  }
}
const KEY = builtinClass('functools.KeyWrapper', []);
