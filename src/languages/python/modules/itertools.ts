/** `itertools` */
import { call } from '../calls';
import { asIndex, iterate, toArray, UnknownIteration } from '../iteration';
import { builtinClass, library, raw } from '../library';
import { binary, compare, truth } from '../operators';
import type { Runtime } from '../runtime';
import type { Site } from '../../../model';
import type { PyBuiltin } from '../values/object';
import { PyIterator, PyTuple, PyUnknown, type PyValue } from '../values/object';

/** An iterator made by a JavaScript generator; what is unknown on the way makes it unknown. */
function lazy(rt: Runtime, make: () => Iterator<PyValue>): PyValue {
  try {
    return new PyIterator(make());
  } catch (error) {
    if (error instanceof UnknownIteration) return rt.spread(error.value);
    throw error;
  }
}

function* items(source: Iterator<PyValue>): Generator<PyValue, undefined> {
  for (let step = source.next(); !step.done; step = source.next()) yield step.value;
  return undefined;
}

function known(rt: Runtime, value: PyValue, site: Site): boolean {
  const t = truth(rt, value, site);
  if (t instanceof PyUnknown) throw new UnknownIteration(t);
  return t;
}

function count(rt: Runtime, value: PyValue | undefined, otherwise: number, site: Site): number {
  if (value === undefined || value === null) return otherwise;
  const n = asIndex(rt, value, site);
  if (n instanceof PyUnknown) throw new UnknownIteration(n);
  return n;
}

function* combinations(n: number, k: number, repeat: boolean): Generator<number[], undefined> {
  const pick = function* (from: number, chosen: number[]): Generator<number[], undefined> {
    if (chosen.length === k) {
      yield [...chosen];
      return undefined;
    }
    for (let i = from; i < n; i++) yield* pick(repeat ? i : i + 1, [...chosen, i]);
    return undefined;
  };
  yield* pick(0, []);
  return undefined;
}

function* permutations(n: number, k: number): Generator<number[], undefined> {
  const pick = function* (chosen: number[]): Generator<number[], undefined> {
    if (chosen.length === k) {
      yield [...chosen];
      return undefined;
    }
    for (let i = 0; i < n; i++) if (!chosen.includes(i)) yield* pick([...chosen, i]);
    return undefined;
  };
  yield* pick([]);
  return undefined;
}

function selections(name: string, choose: (n: number, k: number) => Iterable<number[]>): PyBuiltin {
  return raw<[PyValue, PyValue?]>(`${name}(iterable, r=)`, (rt, site, [iterable, r]) =>
    lazy(rt, () => {
      const pool = toArray(rt, iterable, site);
      if (pool instanceof PyUnknown) throw new UnknownIteration(pool);
      const k = count(rt, r, pool.length, site);
      return (function* (): Generator<PyValue, undefined> {
        for (const chosen of choose(pool.length, k)) {
          rt.tick();
          yield new PyTuple(chosen.map((i) => pool[i] as PyValue));
        }
        return undefined;
      })();
    }),
  );
}

const chain = raw<[readonly PyValue[]]>('chain(*iterables)', (rt, site, [iterables]) =>
  lazy(rt, () =>
    (function* (): Generator<PyValue, undefined> {
      for (const x of iterables) yield* items(iterate(rt, x, site));
      return undefined;
    })(),
  ),
);

const CHAIN = builtinClass('chain', []);
CHAIN.construct = (rt, _cls, args, kwargs, site) => call(rt, chain, args, kwargs, site);
CHAIN.attrs.set(
  'from_iterable',
  raw<[PyValue]>('from_iterable(iterable)', (rt, site, [iterable]) =>
    lazy(rt, () => {
      const outer = iterate(rt, iterable, site);
      return (function* (): Generator<PyValue, undefined> {
        for (const x of items(outer)) yield* items(iterate(rt, x, site));
        return undefined;
      })();
    }),
  ),
);

/** Runs of equal keys; a group ends where the next one is asked for. */
function* groups(
  rt: Runtime,
  source: Iterator<PyValue>,
  key: PyValue | undefined,
  site: Site,
): Generator<PyValue, undefined> {
  const keyOf = (item: PyValue) => (key === undefined || key === null ? item : call(rt, key, [item], undefined, site));
  const same = (a: PyValue, b: PyValue) => known(rt, compare(rt, '==', a, b, site), site);
  let next: { item: PyValue; key: PyValue } | undefined;
  const advance = () => {
    const step = source.next();
    next = step.done ? undefined : { item: step.value, key: keyOf(step.value) };
  };
  advance();
  let turn = 0;
  while (next) {
    const current: PyValue = next.key;
    const mine = ++turn;
    const group = function* (): Generator<PyValue, undefined> {
      while (next && mine === turn && same(current, next.key)) {
        const { item } = next;
        advance();
        yield item;
      }
      return undefined;
    };
    yield new PyTuple([current, new PyIterator(group())]);
    turn++;
    while (next && same(current, next.key)) advance();
  }
  return undefined;
}

export const itertools = library('itertools', {
  chain: CHAIN,
  count: raw<[PyValue?, PyValue?]>('count(start=, step=)', (rt, site, [start, step]) =>
    lazy(rt, () =>
      (function* (): Generator<PyValue, undefined> {
        let n: PyValue = start ?? 0;
        for (;;) {
          rt.tick();
          yield n;
          n = binary(rt, '+', n, step ?? 1, site);
        }
      })(),
    ),
  ),
  cycle: raw<[PyValue]>('cycle(iterable)', (rt, site, [iterable]) =>
    lazy(rt, () => {
      const all = toArray(rt, iterable, site);
      if (all instanceof PyUnknown) throw new UnknownIteration(all);
      return (function* (): Generator<PyValue, undefined> {
        for (let i = 0; all.length > 0; i = (i + 1) % all.length) {
          rt.tick();
          yield all[i] as PyValue;
        }
        return undefined;
      })();
    }),
  ),
  repeat: raw<[PyValue, PyValue?]>('repeat(object, times=)', (rt, site, [value, times]) =>
    lazy(rt, () => {
      const n = count(rt, times, Infinity, site);
      return (function* (): Generator<PyValue, undefined> {
        for (let i = 0; i < n; i++) {
          rt.tick();
          yield value;
        }
        return undefined;
      })();
    }),
  ),
  islice: raw<[PyValue, PyValue, PyValue?, PyValue?]>(
    'islice(iterable, start, stop=, step=)',
    (rt, site, [iterable, a, b, c]) =>
      lazy(rt, () => {
        const source = iterate(rt, iterable, site);
        const start = b === undefined ? 0 : count(rt, a, 0, site);
        const stop = count(rt, b === undefined ? a : b, Infinity, site);
        const by = count(rt, c, 1, site);
        return (function* (): Generator<PyValue, undefined> {
          for (let i = 0, next = start; next < stop; i++) {
            const step = source.next();
            if (step.done) return undefined;
            rt.tick();
            if (i === next) {
              yield step.value;
              next += by;
            }
          }
          return undefined;
        })();
      }),
  ),
  accumulate: raw<[PyValue, PyValue?, PyValue?]>(
    'accumulate(iterable, func=, *, initial=)',
    (rt, site, [iterable, f, initial]) =>
      lazy(rt, () => {
        const source = iterate(rt, iterable, site);
        return (function* (): Generator<PyValue, undefined> {
          let total: PyValue | undefined = initial === null ? undefined : initial;
          if (total !== undefined) yield total;
          for (const item of items(source)) {
            total =
              total === undefined
                ? item
                : f === undefined || f === null
                  ? binary(rt, '+', total, item, site)
                  : call(rt, f, [total, item], undefined, site);
            yield total;
          }
          return undefined;
        })();
      }),
  ),
  product: raw<[readonly PyValue[], PyValue?]>('product(*iterables, repeat=)', (rt, site, [iterables, repeat]) =>
    lazy(rt, () => {
      const once = iterables.map((x) => {
        const all = toArray(rt, x, site);
        if (all instanceof PyUnknown) throw new UnknownIteration(all);
        return all;
      });
      const n = count(rt, repeat, 1, site);
      const pools = Array.from({ length: n }, () => once).flat();
      const rows = function* (level: number, row: PyValue[]): Generator<PyValue, undefined> {
        if (level === pools.length) {
          rt.tick();
          yield new PyTuple(row);
          return undefined;
        }
        for (const item of pools[level] as PyValue[]) yield* rows(level + 1, [...row, item]);
        return undefined;
      };
      return rows(0, []);
    }),
  ),
  combinations: selections('combinations', (n, k) => combinations(n, k, false)),
  combinations_with_replacement: selections('combinations_with_replacement', (n, k) => combinations(n, k, true)),
  permutations: selections('permutations', (n, k) => permutations(n, k)),
  zip_longest: raw<[readonly PyValue[], PyValue?]>(
    'zip_longest(*iterables, fillvalue=)',
    (rt, site, [iterables, fill]) =>
      lazy(rt, () => {
        const sources = iterables.map((x) => iterate(rt, x, site));
        return (function* (): Generator<PyValue, undefined> {
          for (;;) {
            const steps = sources.map((s) => s.next());
            if (steps.every((s) => s.done)) return undefined;
            rt.tick();
            yield new PyTuple(steps.map((s) => (s.done ? (fill ?? null) : s.value)));
          }
        })();
      }),
  ),
  takewhile: raw<[PyValue, PyValue]>('takewhile(predicate, iterable)', (rt, site, [f, iterable]) =>
    lazy(rt, () => {
      const source = iterate(rt, iterable, site);
      return (function* (): Generator<PyValue, undefined> {
        for (const item of items(source)) {
          if (!known(rt, call(rt, f, [item], undefined, site), site)) return undefined;
          yield item;
        }
        return undefined;
      })();
    }),
  ),
  dropwhile: raw<[PyValue, PyValue]>('dropwhile(predicate, iterable)', (rt, site, [f, iterable]) =>
    lazy(rt, () => {
      const source = iterate(rt, iterable, site);
      return (function* (): Generator<PyValue, undefined> {
        let dropping = true;
        for (const item of items(source)) {
          dropping &&= known(rt, call(rt, f, [item], undefined, site), site);
          if (!dropping) yield item;
        }
        return undefined;
      })();
    }),
  ),
  starmap: raw<[PyValue, PyValue]>('starmap(function, iterable)', (rt, site, [f, iterable]) =>
    lazy(rt, () => {
      const source = iterate(rt, iterable, site);
      return (function* (): Generator<PyValue, undefined> {
        for (const item of items(source)) {
          const args = toArray(rt, item, site);
          if (args instanceof PyUnknown) throw new UnknownIteration(args);
          yield call(rt, f, args, undefined, site);
        }
        return undefined;
      })();
    }),
  ),
  pairwise: raw<[PyValue]>('pairwise(iterable)', (rt, site, [iterable]) =>
    lazy(rt, () => {
      const source = iterate(rt, iterable, site);
      return (function* (): Generator<PyValue, undefined> {
        let last: PyValue | undefined;
        for (const item of items(source)) {
          if (last !== undefined) yield new PyTuple([last, item]);
          last = item;
        }
        return undefined;
      })();
    }),
  ),
  groupby: raw<[PyValue, PyValue?]>('groupby(iterable, key=)', (rt, site, [iterable, key]) =>
    lazy(rt, () => groups(rt, iterate(rt, iterable, site), key, site)),
  ),
  tee: raw<[PyValue, PyValue?]>('tee(iterable, n=)', (rt, site, [iterable, n]) => {
    const copies = n === undefined ? 2 : asIndex(rt, n, site);
    if (copies instanceof PyUnknown) return copies;
    try {
      const source = iterate(rt, iterable, site);
      const seen: PyValue[] = [];
      const copy = function* (): Generator<PyValue, undefined> {
        for (let i = 0; ; i++) {
          if (i === seen.length) {
            const step = source.next();
            if (step.done) return undefined;
            rt.allocate(8);
            seen.push(step.value);
          }
          yield seen[i] as PyValue;
        }
      };
      return new PyTuple(Array.from({ length: copies }, () => new PyIterator(copy())));
    } catch (error) {
      if (error instanceof UnknownIteration) return rt.spread(error.value);
      throw error;
    }
  }),
  compress: raw<[PyValue, PyValue]>('compress(data, selectors)', (rt, site, [data, selectors]) =>
    lazy(rt, () => {
      const [values, tests] = [iterate(rt, data, site), iterate(rt, selectors, site)];
      return (function* (): Generator<PyValue, undefined> {
        for (const value of items(values)) {
          const test = tests.next();
          if (test.done) return undefined;
          if (known(rt, test.value, site)) yield value;
        }
        return undefined;
      })();
    }),
  ),
  filterfalse: raw<[PyValue, PyValue]>('filterfalse(predicate, iterable)', (rt, site, [f, iterable]) =>
    lazy(rt, () => {
      const source = iterate(rt, iterable, site);
      return (function* (): Generator<PyValue, undefined> {
        for (const item of items(source)) {
          if (!known(rt, f === null ? item : call(rt, f, [item], undefined, site), site)) yield item;
        }
        return undefined;
      })();
    }),
  ),
});
