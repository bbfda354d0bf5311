/** `functools` */
import { call } from '../calls';
import { raised } from '../exceptions';
import { iterate, UnknownIteration } from '../iteration';
import { builtinClass, library, raw } from '../library';
import { compare, truth } from '../operators';
import { hashKey } from '../values/identity';
import {
  PyBuiltin,
  PyClass,
  PyFunction,
  type HashKey,
  type Kwargs,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
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
    return name === 'func' ? this.func : name === 'args' ? new PyTuple([...this.args]) : undefined;
  }
}
const PARTIAL = builtinClass('partial', []);
PARTIAL.construct = (_rt, _cls, [func, ...args], kwargs) => new Partial(func as PyValue, args, kwargs ?? new Map());

/** A function that remembers its results for hashable arguments. */
class Cached extends PyObject {
  private readonly results = new Map<HashKey, PyValue>();
  constructor(readonly func: PyValue) {
    super();
  }
  get cls(): PyClass {
    return CACHED;
  }
  override call(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
    // While a window is recorded nothing is remembered: a remembered value would have no steps.
    if (rt.recorder || (kwargs && kwargs.size > 0)) return call(rt, this.func, args, kwargs, site);
    const key = hashKey(rt, new PyTuple(args), this, site);
    if (key instanceof PyUnknown) return key;
    let result = this.results.get(key);
    if (result === undefined) {
      result = call(rt, this.func, args, kwargs, site);
      this.results.set(key, result);
    }
    return result;
  }
}
const CACHED = builtinClass('functools._lru_cache_wrapper', []);

const cache = raw<[PyValue?, PyValue?]>('lru_cache(maxsize=, typed=)', (_rt, _site, [f]) =>
  f instanceof PyFunction ? new Cached(f) : new PyBuiltin('lru_cache', (_r, [g]) => new Cached(g as PyValue)),
);

const copyName = (from: PyValue | undefined, to: PyValue | undefined): PyValue => {
  if (from instanceof PyFunction && to instanceof PyFunction) {
    to.attrs = new Map([
      ...(to.attrs ?? []),
      ['__name__', from.attrs?.get('__name__') ?? from.code.name],
      ['__doc__', from.code.docstring ?? null],
      ['__wrapped__', from],
    ]);
  }
  return to ?? null;
};

export const functools = library('functools', {
  partial: PARTIAL,
  lru_cache: cache,
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
    (_rt, _site, [wrapped]) => new PyBuiltin('wraps', (_r, [f]) => copyName(wrapped, f)),
  ),
  update_wrapper: raw<[PyValue, PyValue]>('update_wrapper(wrapper, wrapped)', (_rt, _site, [f, wrapped]) =>
    copyName(wrapped, f),
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
  cmp_to_key: raw<[PyValue]>(
    'cmp_to_key(mycmp)',
    (_rt, _site, [f]) => new PyBuiltin('K', (_r, [x]) => new Key(f, x as PyValue)),
  ),
});

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
