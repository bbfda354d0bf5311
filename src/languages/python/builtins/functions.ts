/** The built-in functions. */
import type { Site } from '../../../model';
import { open } from '../files/textFile';
import { deleteAttribute, findAttribute, getAttribute, setAttribute, specialMethod } from '../attributes';
import { call } from '../calls';
import { isInstance } from '../classes';
import { PyRaise } from '../errors';
import { raised } from '../exceptions';
import { formatValue } from '../format/formatSpec';
import { asciiOnly, repr, str } from '../format/repr';
import { resumeOrRaise } from '../generators';
import { UnknownIteration, asIndex, isException, iterate, iteratorOf, lengthOf, toArray } from '../iteration';
import { fn, raw } from '../library';
import { asData, binary, compare, recordStep, truth } from '../operators';
import type { Runtime } from '../runtime';
import { sortValues } from '../types/sorting';
import { stableHash } from '../values/hashing';
import { hashKey, identityOf } from '../values/identity';
import { AttributeDict } from '../values/attributeDict';
import { integer } from '../literals';
import {
  comparePlain,
  isNumberLike,
  type NumberLike,
  plain,
  roundToDigits,
  roundToInteger,
  toDouble,
} from '../values/numbers';
import {
  ENUMERATE,
  FILTER,
  LIST_REVERSED,
  MAP,
  NOT_IMPLEMENTED,
  PyBoundMethod,
  PyBuiltin,
  PyClass,
  PyDict,
  PyFloat,
  PyFunction,
  PyGenerator,
  PyInstance,
  type PyInt,
  PyIterator,
  PyList,
  PyMethodWrapper,
  PyModule,
  PyObject,
  PyProperty,
  PyRange,
  PySet,
  PySuper,
  PyTuple,
  PyUnknown,
  type PyValue,
  REVERSED,
  Traced,
  typeOf,
  ZIP,
} from '../values/object';

/** Runs a function on the items of an iterable; a container of unknown content makes the result unknown. */
function over(rt: Runtime, iterable: PyValue, site: Site, use: (items: PyValue[]) => PyValue): PyValue {
  const items = toArray(rt, iterable, site);
  return items instanceof PyUnknown ? items : use(items);
}

/** `abs` of a number. */
function absolute(rt: Runtime, x: NumberLike, site: Site): PyValue {
  const p = plain(x);
  const value =
    p instanceof PyFloat ? new PyFloat(Math.abs(p.v), p.kind) : p < 0 ? (typeof p === 'number' ? -p : -p) : p;
  return x instanceof Traced ? recordStep(rt, 'abs', site, value, x) : value;
}

/** The larger or smaller of numbers with a traced one among them is a step, as in mathematics. */
function extremeStep(rt: Runtime, name: 'max' | 'min', items: readonly PyValue[], site: Site): PyValue | undefined {
  if (!items.some((x) => x instanceof Traced) || !items.every(isNumberLike)) return undefined;
  if (items.some((x) => Number.isNaN(toDouble(x as NumberLike)))) return undefined;
  const op = name === 'max' ? 'maximum' : 'minimum';
  return items.reduce((a, b) => {
    const [x, y] = [a as NumberLike, b as NumberLike];
    const order = comparePlain(plain(x), plain(y)) ?? 0;
    const first = name === 'max' ? order >= 0 : order <= 0;
    const value = plain(first ? x : y);
    if (!(x instanceof Traced) && !(y instanceof Traced)) return value;
    return recordStep(rt, op, site, value, x instanceof Traced ? x : plain(x), y instanceof Traced ? y : plain(y));
  });
}

function extreme(name: 'max' | 'min'): PyBuiltin {
  return raw<[readonly PyValue[], PyValue?, PyValue?]>(
    `${name}(*args, key=, default=)`,
    (rt, site, [args, key, otherwise]) => {
      const [only] = args as [PyValue?];
      const unknown = args.find((a) => a instanceof PyUnknown);
      if (unknown) return rt.spread(unknown as PyUnknown);
      if (only === undefined) throw raised('TypeError', `${name} expected at least 1 argument, got 0`);
      const items = args.length === 1 ? toArray(rt, only, site) : args;
      if (items instanceof PyUnknown) return items;
      if (items.length === 0) {
        if (otherwise !== undefined) return otherwise;
        throw raised('ValueError', `${name}() arg is an empty sequence`);
      }
      const plainKey = key === undefined || key === null;
      if (plainKey) {
        const step = extremeStep(rt, name, items, site);
        if (step !== undefined) return step;
      }
      const op = name === 'max' ? '>' : '<';
      const keyOf = (x: PyValue) => (plainKey ? x : call(rt, key, [x], undefined, site));
      let best = items[0] as PyValue;
      let bestKey = keyOf(best);
      for (const item of items.slice(1)) {
        const k = keyOf(item);
        const better = truth(rt, compare(rt, op, k, bestKey, site), site);
        if (better instanceof PyUnknown) return better;
        if (better) [best, bestKey] = [item, k];
      }
      return best;
    },
  );
}

/** `sum(items, start)`: the start 0 is no step. */
export function sumOf(rt: Runtime, items: readonly PyValue[], start: PyValue, site: Site): PyValue {
  let total = start;
  for (const [i, item] of items.entries()) {
    total = i === 0 && start === 0 && item instanceof Traced ? item : binary(rt, '+', total, item, site);
  }
  return total;
}

/** One of the iterables of `zip(…, strict=True)` has ended, after `before` others had one more item. */
function checkStrict(sources: readonly Iterator<PyValue>[], before: number): void {
  const others = (n: number) => (n === 1 ? ' 1' : `s 1-${n}`);
  if (before > 0) throw raised('ValueError', `zip() argument ${before + 1} is shorter than argument${others(before)}`);
  for (let i = 1; i < sources.length; i++) {
    if (!sources[i]?.next().done)
      throw raised('ValueError', `zip() argument ${i + 1} is longer than argument${others(i)}`);
  }
}

function* zipped(rt: Runtime, sources: readonly Iterator<PyValue>[], strict: boolean): Generator<PyValue, undefined> {
  for (;;) {
    const row: PyValue[] = [];
    for (const source of sources) {
      const step = source.next();
      if (step.done) {
        if (strict) checkStrict(sources, row.length);
        return undefined;
      }
      row.push(step.value);
    }
    if (row.length === 0) return undefined;
    rt.tick();
    yield new PyTuple(row);
  }
}

function lazily(rt: Runtime, make: () => PyValue): PyValue {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnknownIteration) return rt.spread(error.value);
    throw error;
  }
}

/** Whether every (or any) item is true. */
function quantified(name: 'all' | 'any'): PyBuiltin {
  return fn<[PyValue]>(`${name}(iterable, /)`, (rt, site, [iterable]) => {
    const decisive = name === 'any';
    let unknown: PyUnknown | undefined;
    return lazily(rt, () => {
      const items = iterate(rt, iterable, site);
      for (let step = items.next(); !step.done; step = items.next()) {
        rt.tick();
        const t = truth(rt, step.value, site);
        if (t === decisive) return decisive;
        if (t instanceof PyUnknown) unknown = t;
      }
      return unknown ?? !decisive;
    });
  });
}

function printed(rt: Runtime, values: readonly PyValue[], separator: string): string {
  return values
    .map((v) => {
      const text = str(rt, v);
      return text instanceof PyUnknown ? '<unknown>' : text;
    })
    .join(separator);
}

const MAX_OUTPUT = 1 << 20;

const base = (name: string, radix: number, prefix: string) =>
  fn<[PyValue]>(`${name}(x, /)`, (rt, site, [x]) => {
    const n = asIndex(rt, x, site);
    if (n instanceof PyUnknown) return n;
    return `${n < 0 ? '-' : ''}${prefix}${Math.abs(n).toString(radix)}`;
  });

const list: readonly PyBuiltin[] = [
  raw<[readonly PyValue[], PyValue?, PyValue?, PyValue?, PyValue?]>(
    'print(*values, sep=, end=, file=, flush=)',
    (rt, _site, [values, sep, end]) => {
      const text = printed(rt, values, typeof sep === 'string' ? sep : ' ') + (typeof end === 'string' ? end : '\n');
      if (!rt.silent && rt.stdout.length + text.length <= MAX_OUTPUT) rt.stdout += text;
      return null;
    },
  ),
  fn<[PyValue]>('abs(x, /)', (rt, site, [x]) => {
    if (isNumberLike(x)) return absolute(rt, x, site);
    if (x instanceof PyObject) {
      const own = (x as PyObject & { abs?(rt: Runtime, site: Site): PyValue }).abs?.(rt, site);
      if (own !== undefined) return own;
      const special = specialMethod(x, '__abs__');
      if (special !== undefined) return call(rt, special, [x], undefined, site);
    }
    throw raised('TypeError', `bad operand type for abs(): '${typeOf(x).name}'`);
  }),
  fn<[PyValue]>('len(obj, /)', (rt, site, [x]) => lengthOf(rt, x, site)),
  extreme('max'),
  extreme('min'),
  quantified('all'),
  quantified('any'),
  fn<[PyValue, PyValue?]>('sum(iterable, /, start=)', (rt, site, [iterable, start]) =>
    over(rt, iterable, site, (items) => {
      if (typeof start === 'string') throw raised('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
      return sumOf(rt, items, start ?? 0, site);
    }),
  ),
  fn<[PyValue, PyValue?]>('round(number, ndigits=)', (rt, site, [x, digits]) => {
    if (!isNumberLike(x)) {
      const whole = x instanceof PyObject ? x.number?.() : undefined;
      // A small integer of NumPy is whole: to a number of digits it stays what it is.
      if (typeof whole === 'number' && Number.isInteger(whole)) return digits === undefined ? whole : x;
      const special = x instanceof PyObject ? specialMethod(x, '__round__') : undefined;
      if (special !== undefined) return call(rt, special, digits === undefined ? [x] : [x, digits], undefined, site);
      throw raised('TypeError', `type ${typeOf(x).name} doesn't define __round__ method`);
    }
    const p = plain(x);
    if (x instanceof Traced) asData(rt, x, site);
    if (digits === undefined || digits === null) return p instanceof PyFloat ? roundToInteger(p.v) : p;
    const n = asIndex(rt, digits, site);
    if (n instanceof PyUnknown) return n;
    if (p instanceof PyFloat) return new PyFloat(roundToDigits(p.v, n), p.kind);
    if (n >= 0) return p;
    const scale = 10n ** BigInt(-n);
    const v = BigInt(p);
    const low = v - (((v % scale) + scale) % scale);
    const rest = v - low;
    const up = rest * 2n > scale || (rest * 2n === scale && (low / scale) % 2n !== 0n);
    return integer(up ? low + scale : low);
  }),
  fn<[PyValue, PyValue, PyValue?]>('pow(base, exp, mod=)', (rt, site, [b, e, m]) => {
    if (m === undefined || m === null) return binary(rt, '**', b, e, site);
    const special = b instanceof PyObject ? specialMethod(b, '__pow__') : undefined;
    if (special !== undefined) return call(rt, special, [b, e, m], undefined, site);
    const [x, y, n] = [b, e, m].map((v) => (typeof v === 'boolean' ? Number(v) : asData(rt, v, site)));
    if (x === undefined || y === undefined || n === undefined || [x, y, n].some((v) => v instanceof PyFloat))
      throw raised('TypeError', 'pow() 3rd argument not allowed unless all arguments are integers');
    const modulus = BigInt(n as PyInt);
    if (modulus === 0n) throw raised('ValueError', 'pow() 3rd argument cannot be 0');
    let [result, factor, exponent] = [1n, BigInt(x as PyInt) % modulus, BigInt(y as PyInt)];
    if (exponent < 0n) {
      const inverse = modularInverse(factor, modulus);
      if (inverse === undefined) throw raised('ValueError', 'base is not invertible for the given modulus');
      [factor, exponent] = [inverse, -exponent];
    }
    while (exponent > 0n) {
      if (exponent & 1n) result = (result * factor) % modulus;
      factor = (factor * factor) % modulus;
      exponent >>= 1n;
    }
    const r = result % modulus;
    return integer(r !== 0n && r < 0n !== modulus < 0n ? r + modulus : r);
  }),
  fn<[PyValue, PyValue]>('divmod(x, y, /)', (rt, site, [x, y]) => {
    for (const [self, other, name] of [
      [x, y, '__divmod__'],
      [y, x, '__rdivmod__'],
    ] as const) {
      const special = self instanceof PyObject ? specialMethod(self, name) : undefined;
      if (special === undefined) continue;
      const result = call(rt, special, [self, other], undefined, site);
      if (result !== NOT_IMPLEMENTED) return result;
    }
    return new PyTuple([binary(rt, '//', x, y, site), binary(rt, '%', x, y, site)]);
  }),
  fn<[PyValue, PyValue]>('isinstance(obj, cls, /)', (rt, site, [x, cls]) => isInstance(rt, x, cls, site)),
  fn<[PyValue, PyValue]>('issubclass(cls, other, /)', (_rt, _site, [cls, other]) => {
    if (!(cls instanceof PyClass)) throw raised('TypeError', 'issubclass() arg 1 must be a class');
    const others = other instanceof PyTuple ? other.items : [other];
    return others.some((o) => o instanceof PyClass && cls.isSubclassOf(o));
  }),
  raw<[PyValue]>('callable(obj, /)', (rt, _site, [x]) => {
    if (x instanceof PyUnknown) return rt.spread(x);
    if (x instanceof PyFunction || x instanceof PyBuiltin || x instanceof PyBoundMethod || x instanceof PyClass)
      return true;
    return x instanceof PyObject && (x.call !== undefined || specialMethod(x, '__call__') !== undefined);
  }),
  fn<[PyValue]>('repr(obj, /)', (rt, _site, [x]) => repr(rt, x)),
  fn<[PyValue]>('ascii(obj, /)', (rt, _site, [x]) => {
    const text = repr(rt, x);
    return text instanceof PyUnknown ? text : asciiOnly(text);
  }),
  fn<[PyValue, PyValue?]>('format(value, spec=, /)', (rt, site, [x, spec]) =>
    formatValue(rt, x, typeof spec === 'string' ? spec : '', site),
  ),
  fn<[PyValue]>('hash(obj, /)', (rt, site, [x]) => {
    const fixed = stableHash(x);
    if (fixed !== undefined) {
      asData(rt, x, site);
      return integer(fixed);
    }
    if (x instanceof PyObject) {
      const special = specialMethod(x, '__hash__');
      if (special !== undefined && special !== null) return call(rt, special, [x], undefined, site);
    }
    const key = hashKey(rt, x, new PySet(), site);
    if (key instanceof PyUnknown) return key;
    // Real hash values of strings change from run to run: any number that equal values share will do.
    return [...String(typeof key === 'object' && key !== null ? identityOf(key) : key)].reduce(
      (h, c) => (h * 31 + c.charCodeAt(0)) % 1_000_003,
      7,
    );
  }),
  raw<[PyValue]>('id(obj, /)', (rt, site, [x]) => {
    if (x instanceof PyObject && !(x instanceof PyUnknown) && !(x instanceof Traced)) return identityOf(x);
    return rt.unknown('unsupported', 'the identity of an immutable value is not known', site);
  }),
  fn<[PyValue]>('chr(i, /)', (rt, site, [x]) => {
    const n = asIndex(rt, x, site);
    if (n instanceof PyUnknown) return n;
    if (n < 0 || n > 0x10ffff) throw raised('ValueError', 'chr() arg not in range(0x110000)');
    return String.fromCodePoint(n);
  }),
  fn<[PyValue]>('ord(c, /)', (_rt, _site, [x]) => {
    if (typeof x !== 'string')
      throw raised('TypeError', `ord() expected string of length 1, but ${typeOf(x).name} found`);
    const [c, ...more] = [...x];
    if (c === undefined || more.length > 0)
      throw raised('TypeError', `ord() expected a character, but string of length ${[...x].length} found`);
    return c.codePointAt(0) as number;
  }),
  base('bin', 2, '0b'),
  base('oct', 8, '0o'),
  base('hex', 16, '0x'),
  raw<[PyValue, PyValue?, PyValue?]>('sorted(iterable, /, *, key=, reverse=)', (rt, site, [iterable, key, reverse]) =>
    over(rt, iterable, site, (items) => {
      const sorted = sortValues(rt, items, key, reverse, site);
      return sorted instanceof PyUnknown ? sorted : new PyList(sorted);
    }),
  ),
  raw<[PyValue, PyValue?]>('iter(object, sentinel=, /)', (rt, site, [x, sentinel]) => {
    if (sentinel === undefined) return iteratorOf(rt, x, site);
    return new PyIterator(
      (function* (): Generator<PyValue, undefined> {
        for (;;) {
          rt.tick();
          const value = call(rt, x, [], undefined, site);
          const end = truth(rt, compare(rt, '==', value, sentinel, site), site);
          if (end instanceof PyUnknown) throw new UnknownIteration(end);
          if (end) return undefined;
          yield value;
        }
      })(),
    );
  }),
  raw<[PyValue, PyValue?]>('next(iterator, default=, /)', (rt, site, [x, otherwise]) => {
    if (x instanceof PyUnknown) return rt.spread(x);
    return lazily(rt, () => {
      try {
        if (x instanceof PyGenerator) return resumeOrRaise(rt, x, null);
        if (x instanceof PyIterator) {
          const step = x.source.next();
          if (step.done) throw raised('StopIteration');
          return step.value;
        }
        const special = x instanceof PyObject ? specialMethod(x, '__next__') : undefined;
        if (special === undefined) throw raised('TypeError', `'${typeOf(x).name}' object is not an iterator`);
        return call(rt, special, [x], undefined, site);
      } catch (error) {
        if (otherwise !== undefined && error instanceof PyRaise && isException(error, 'StopIteration'))
          return otherwise;
        throw error;
      }
    });
  }),
  raw<[PyValue, PyValue?]>('enumerate(iterable, start=)', (rt, site, [iterable, start]) => {
    const first = start === undefined ? 0 : asIndex(rt, start, site);
    if (first instanceof PyUnknown) return first;
    return lazily(rt, () => {
      const items = iterate(rt, iterable, site);
      return new PyIterator(
        (function* (): Generator<PyValue, undefined> {
          let i = first;
          for (let step = items.next(); !step.done; step = items.next()) yield new PyTuple([i++, step.value]);
          return undefined;
        })(),
        ENUMERATE,
      );
    });
  }),
  raw<[readonly PyValue[], PyValue?]>('zip(*iterables, strict=)', (rt, site, [iterables, strict]) =>
    lazily(
      rt,
      () =>
        new PyIterator(
          zipped(
            rt,
            iterables.map((x) => iterate(rt, x, site)),
            strict === true,
          ),
          ZIP,
        ),
    ),
  ),
  raw<[PyValue, readonly PyValue[]]>('map(func, *iterables)', (rt, site, [f, iterables]) =>
    lazily(rt, () => {
      const rows = zipped(
        rt,
        iterables.map((x) => iterate(rt, x, site)),
        false,
      );
      return new PyIterator(
        (function* (): Generator<PyValue, undefined> {
          for (const row of rows) yield call(rt, f, (row as PyTuple).items, undefined, site);
          return undefined;
        })(),
        MAP,
      );
    }),
  ),
  raw<[PyValue, PyValue]>('filter(func, iterable, /)', (rt, site, [f, iterable]) =>
    lazily(rt, () => {
      const items = iterate(rt, iterable, site);
      return new PyIterator(
        (function* (): Generator<PyValue, undefined> {
          for (let step = items.next(); !step.done; step = items.next()) {
            const t = truth(rt, f === null ? step.value : call(rt, f, [step.value], undefined, site), site);
            if (t instanceof PyUnknown) throw new UnknownIteration(t);
            if (t) yield step.value;
          }
          return undefined;
        })(),
        FILTER,
      );
    }),
  ),
  raw<[PyValue]>('reversed(sequence, /)', (rt, site, [x]) => {
    if (x instanceof PyObject) {
      const special = specialMethod(x, '__reversed__');
      if (special !== undefined) return call(rt, special, [x], undefined, site);
    }
    if (x instanceof PyRange) {
      const last = x.start + (x.length_ - 1) * x.step;
      return new PyIterator(iterate(rt, new PyRange(last, last - x.length_ * x.step, -x.step), site));
    }
    if (x instanceof PySet || x instanceof PyGenerator || x instanceof PyIterator) {
      throw raised('TypeError', `'${typeOf(x).name}' object is not reversible`);
    }
    return over(
      rt,
      x,
      site,
      (items) => new PyIterator(items.reverse()[Symbol.iterator](), x instanceof PyList ? LIST_REVERSED : REVERSED),
    );
  }),
  raw<[PyValue, PyValue, PyValue?]>('getattr(obj, name, default=, /)', (rt, site, [x, name, otherwise]) => {
    if (name instanceof PyUnknown) return rt.spread(name);
    if (otherwise === undefined) return getAttribute(rt, x, name as string, site);
    try {
      return findAttribute(rt, x, name as string, site) ?? otherwise;
    } catch (error) {
      if (error instanceof PyRaise && isException(error, 'AttributeError')) return otherwise;
      throw error;
    }
  }),
  raw<[PyValue, PyValue, PyValue]>('setattr(obj, name, value, /)', (rt, site, [x, name, value]) => {
    setAttribute(rt, x, name as string, value, site);
    return null;
  }),
  raw<[PyValue, PyValue]>('delattr(obj, name, /)', (rt, site, [x, name]) => {
    deleteAttribute(rt, x, name as string, site);
    return null;
  }),
  fn<[PyValue, PyValue]>('hasattr(obj, name, /)', (rt, site, [x, name]) => {
    try {
      const found = findAttribute(rt, x, name as string, site);
      return found instanceof PyUnknown ? found : found !== undefined;
    } catch (error) {
      if (error instanceof PyRaise && isException(error, 'AttributeError')) return false;
      throw error;
    }
  }),
  raw<[PyValue?]>('vars(obj=, /)', (rt, site, [x]) =>
    x === undefined
      ? rt.unknown('unsupported', '`vars()` is not supported', site)
      : getAttribute(rt, x, '__dict__', site),
  ),
  raw<[PyValue?]>('dir(obj=, /)', (rt, site, [x]) => {
    if (x instanceof PyModule || x instanceof PyInstance) return new PyList([...x.attrs.keys()].sort());
    return rt.unknown('unsupported', '`dir` is not supported here', site);
  }),
  raw<[PyValue?]>('input(prompt=, /)', (rt, site) => rt.unknown('input', '`input` asks the user', site)),
  open,
  ...['exec', 'eval', 'compile', '__import__', 'locals', 'breakpoint', 'help', 'memoryview'].map((name) =>
    raw<[readonly PyValue[], ReadonlyMap<string, PyValue>]>(`${name}(*args, **kwargs)`, (rt, site) =>
      rt.unknown('unsupported', `\`${name}\` is not supported`, site),
    ),
  ),
  raw<[]>('globals()', (rt) => {
    const home = rt.scopes.get('__main__');
    return home ? new AttributeDict(home) : new PyDict();
  }),
  raw<[PyValue?]>('exit(code=)', (_rt, _site, [code]) => {
    throw raised('SystemExit', ...(code === undefined ? [] : [code]));
  }),
  raw<[PyValue?]>('quit(code=)', (_rt, _site, [code]) => {
    throw raised('SystemExit', ...(code === undefined ? [] : [code]));
  }),
];

/** The y with x·y ≡ 1 (mod m), by Euclid's algorithm; undefined where x and m have a common divisor. */
function modularInverse(x: bigint, m: bigint): bigint | undefined {
  let [a, b, u, v] = [((x % m) + m) % m, m < 0n ? -m : m, 1n, 0n];
  while (b !== 0n) {
    const q = a / b;
    [a, b, u, v] = [b, a - q * b, v, u - q * v];
  }
  return a === 1n || a === -1n ? (a === 1n ? u : -u) : undefined;
}

/** Decorators of the language, which are classes in Python. */
const wrappers: readonly (readonly [string, PyValue])[] = [
  [
    'property',
    raw<[PyValue?, PyValue?, PyValue?, PyValue?]>(
      'property(fget=, fset=, fdel=, doc=)',
      (_rt, _site, [get, set, del, doc]) => new PyProperty(get ?? null, set ?? undefined, del ?? undefined, doc),
    ),
  ],
  ['staticmethod', raw<[PyValue]>('staticmethod(f, /)', (_rt, _site, [f]) => new PyMethodWrapper('static', f))],
  ['classmethod', raw<[PyValue]>('classmethod(f, /)', (_rt, _site, [f]) => new PyMethodWrapper('class', f))],
  [
    'super',
    raw<[PyValue, PyValue]>('super(type, obj, /)', (_rt, _site, [start, self]) => {
      if (!(start instanceof PyClass)) throw raised('TypeError', 'super() argument 1 must be a type');
      const type = self instanceof PyClass && self.isSubclassOf(start) ? self : typeOf(self);
      return new PySuper(start, self, type);
    }),
  ],
];

export const functions: readonly (readonly [string, PyValue])[] = [
  ...list.map((f) => [f.name, f] as const),
  ...wrappers,
];
