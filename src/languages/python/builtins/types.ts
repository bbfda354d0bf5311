/** The built-in types: how they are made from values. */
import type { Site } from '../../../model';
import { findAttribute, specialMethod } from '../attributes';
import { call } from '../calls';
import { makeClass } from '../classes';
import { PyRaise } from '../errors';
import { raised } from '../exceptions';
import { quote, str } from '../format/repr';
import { asIndex, toArray } from '../iteration';
import { asData, truth } from '../operators';
import type { Runtime } from '../runtime';
import { addMethods } from '../library';
import { dictMethods } from '../types/dictMethods';
import { listMethods, tupleMethods } from '../types/listMethods';
import {
  addAttributes,
  floatMethods,
  fromBytes,
  fromHex,
  integerAttributes,
  numberAttributes,
  numberMethods,
} from '../types/numberMethods';
import { rangeAttributes, rangeMethods, sliceAttributes, sliceMethods } from '../types/rangeMethods';
import { setMethods } from '../types/setMethods';
import { bytesMethods, strMethods } from '../types/strMethods';
import { generatorMethods } from '../types/generatorMethods';
import { addToSet, mergeSet, storeEntry, updateDict } from '../types/hashed';
import { integer } from '../literals';
import { isNumberLike, plain, toFloat, truncate } from '../values/numbers';
import type { PyClass } from '../values/object';
import {
  BOOL,
  BYTES,
  COMPLEX,
  DICT,
  FLOAT,
  FROZENSET,
  GENERATOR,
  INT,
  type Kwargs,
  LIST,
  OBJECT,
  PyBytes,
  PyDict,
  PyFloat,
  PyInstance,
  type PyInt,
  PyList,
  PyObject,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
  RANGE,
  SET,
  SLICE,
  STR,
  Traced,
  TUPLE,
  TYPE,
  typeOf,
} from '../values/object';

type Construct = NonNullable<PyClass['construct']>;

function noKeywords(name: string, kwargs: Kwargs): void {
  if (kwargs && kwargs.size > 0) throw raised('TypeError', `${name}() takes no keyword arguments`);
}

function atMost(name: string, args: readonly PyValue[], n: number): void {
  if (args.length > n)
    throw raised('TypeError', `${name} expected at most ${n} argument${n === 1 ? '' : 's'}, got ${args.length}`);
}

/** Instances of classes derived from an immutable built-in type can not be represented. */
function onlyItself(rt: Runtime, cls: PyClass, base: PyClass, site: Site): PyUnknown | undefined {
  if (cls === base) return undefined;
  return rt.unknown('unsupported', `a class derived from \`${base.name}\` is not supported`, site);
}

const makeInt: Construct = (rt, cls, args, kwargs, site) => {
  const derived = onlyItself(rt, cls, INT, site);
  if (derived) return derived;
  const [x, radix] = args as [PyValue?, PyValue?];
  if (x === undefined) return 0;
  if (x instanceof PyUnknown) return rt.spread(x);
  const base = radix ?? kwargs?.get('base');
  if (typeof x === 'string') return parseInteger(x, base === undefined ? 10 : asIndex(rt, base, site));
  if (isNumberLike(x)) {
    const p = plain(x);
    if (!(p instanceof PyFloat)) {
      if (x instanceof Traced) asData(rt, x, site);
      return p;
    }
    const value = truncate(p.v);
    if (x instanceof Traced) rt.guard('trunc', site, Number(value), x);
    return value;
  }
  if (x instanceof PyObject) {
    const own = (x as PyObject & { toInt?(rt: Runtime, site: Site): PyValue }).toInt?.(rt, site);
    if (own !== undefined) return own;
    for (const name of ['__int__', '__index__', '__trunc__']) {
      const special = specialMethod(x, name);
      if (special !== undefined) return call(rt, special, [x], undefined, site);
    }
  }
  throw raised(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${typeOf(x).name}'`,
  );
};

/** How many digits CPython converts from and to text. */
const MAX_DIGITS = 4300;

function parseInteger(text: string, base: number | PyUnknown): PyInt | PyUnknown {
  if (base instanceof PyUnknown) return base;
  const error = () => raised('ValueError', `invalid literal for int() with base ${base}: ${quote(text)}`);
  const match = /^\s*([-+]?)(0[xX]|0[oO]|0[bB])?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)\s*$/.exec(text);
  if (!match) throw error();
  const [, sign, prefix, digitsText] = match as unknown as [string, string, string | undefined, string];
  const implied = prefix ? { x: 16, o: 8, b: 2 }[(prefix[1] as string).toLowerCase() as 'x' | 'o' | 'b'] : undefined;
  const radix = base === 0 ? (implied ?? 10) : base;
  const digits = (implied === radix || prefix === undefined ? digitsText : `${prefix}${digitsText}`).replace(/_/g, '');
  // CPython's own limit; powers of two it reads in linear time.
  if (digits.length > MAX_DIGITS && (radix & (radix - 1)) !== 0) {
    throw raised(
      'ValueError',
      `Exceeds the limit (${MAX_DIGITS} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  if (digits.length > 10 * MAX_DIGITS) throw raised('OverflowError', 'this integer is too large to read');
  let value = 0n;
  for (const c of digits.toLowerCase()) {
    const d = parseInt(c, 36);
    if (Number.isNaN(d) || d >= radix) throw error();
    value = value * BigInt(radix) + BigInt(d);
  }
  return integer(sign === '-' ? -value : value);
}

const makeFloat: Construct = (rt, cls, args, kwargs, site) => {
  const derived = onlyItself(rt, cls, FLOAT, site);
  if (derived) return derived;
  noKeywords('float', kwargs);
  const [x] = args as [PyValue?];
  if (x === undefined) return new PyFloat(0);
  if (x instanceof PyUnknown) return rt.spread(x);
  if (typeof x === 'string') return new PyFloat(parseFloatText(x));
  if (isNumberLike(x)) {
    const value = new PyFloat(toFloat(x));
    return x instanceof Traced ? new Traced(value, x.row) : value;
  }
  if (x instanceof PyObject) {
    const own = (x as PyObject & { toFloat?(rt: Runtime, site: Site): PyValue }).toFloat?.(rt, site);
    if (own !== undefined) return own;
    for (const name of ['__float__', '__index__']) {
      const special = specialMethod(x, name);
      if (special !== undefined) return call(rt, special, [x], undefined, site);
    }
  }
  throw raised('TypeError', `float() argument must be a string or a real number, not '${typeOf(x).name}'`);
};

function parseFloatText(text: string): number {
  const t = text.trim().replace(/(?<=\d)_(?=\d)/g, '');
  const special = /^([-+]?)(inf|infinity|nan)$/i.exec(t);
  if (special) return (special[2] as string).toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(t)) {
    throw raised('ValueError', `could not convert string to float: ${quote(text)}`);
  }
  return Number(t);
}

const makeBool: Construct = (rt, _cls, args, _kwargs, site) =>
  args.length === 0 ? false : truth(rt, args[0] as PyValue, site);

const makeStr: Construct = (rt, cls, args, _kwargs, site) => {
  const derived = onlyItself(rt, cls, STR, site);
  if (derived) return derived;
  if (args.length === 0) return '';
  if (args[0] instanceof PyBytes && args.length > 1)
    return call(rt, findAttribute(rt, args[0], 'decode', site) as PyValue, args.slice(1), undefined, site);
  return str(rt, args[0] as PyValue);
};

const makeBytes: Construct = (rt, _cls, args, _kwargs, site) => {
  const [x] = args as [PyValue?];
  if (x === undefined) return new PyBytes('');
  if (x instanceof PyBytes) return x;
  if (typeof x === 'number') return new PyBytes('\0'.repeat(Math.min(x, 1 << 20)));
  if (typeof x === 'string') return call(rt, findAttribute(rt, x, 'encode', site) as PyValue, [], undefined, site);
  const items = toArray(rt, x, site);
  return items instanceof PyUnknown ? items : new PyBytes(items.map((x) => String.fromCharCode(Number(x))).join(''));
};

/** Whether a derived class fills its instances itself. */
function ownInit(cls: PyClass): boolean {
  return cls.mro.some((c) => c.userDefined && c.attrs.has('__init__'));
}

const makeList: Construct = (rt, cls, args, kwargs, site) => {
  if (cls === LIST) {
    noKeywords('list', kwargs);
    atMost('list', args, 1);
  }
  if (args.length === 0 || ownInit(cls)) return new PyList([]).derive(cls);
  const items = toArray(rt, args[0] as PyValue, site);
  return items instanceof PyUnknown ? items : new PyList(items).derive(cls);
};

const makeTuple: Construct = (rt, cls, args, _kwargs, site) => {
  if (args.length === 0) return new PyTuple([]).derive(cls);
  if (args[0] instanceof PyTuple && cls === TUPLE && args[0].cls === TUPLE) return args[0];
  const items = toArray(rt, args[0] as PyValue, site);
  return items instanceof PyUnknown ? items : new PyTuple(items).derive(cls);
};

/** Fills a dict from a mapping or pairs, and keywords. */
export function fillDict(rt: Runtime, dict: PyDict, source: PyValue | undefined, kwargs: Kwargs, site: Site): void {
  if (source instanceof PyUnknown) dict.unknown ??= rt.spread(source) as PyUnknown;
  else if (source instanceof PyDict) updateDict(rt, dict, source);
  else if (source !== undefined) {
    const keys = source instanceof PyInstance ? specialMethod(source, 'keys') : undefined;
    if (keys !== undefined) {
      dict.unknown ??= rt.unknown('unsupported', 'a dict of this mapping is not supported', site);
      return;
    }
    const pairs = toArray(rt, source, site);
    if (pairs instanceof PyUnknown) dict.unknown ??= pairs;
    else {
      for (const [i, pair] of pairs.entries()) {
        let parts: PyValue[] | PyUnknown;
        try {
          parts = toArray(rt, pair, site);
        } catch (error) {
          if (!(error instanceof PyRaise) || typeof pair === 'object') throw error;
          throw raised('TypeError', `cannot convert dictionary update sequence element #${i} to a sequence`);
        }
        if (parts instanceof PyUnknown) {
          dict.unknown ??= parts;
          return;
        }
        if (parts.length !== 2) {
          throw raised(
            'ValueError',
            `dictionary update sequence element #${i} has length ${parts.length}; 2 is required`,
          );
        }
        storeEntry(rt, dict, parts[0] as PyValue, parts[1] as PyValue);
      }
    }
  }
  for (const [key, value] of kwargs ?? []) dict.set(key, value);
}

const makeDict: Construct = (rt, cls, args, kwargs, site) => {
  const dict = new PyDict().derive(cls);
  if (ownInit(cls)) return dict;
  fillDict(rt, dict, args[0], kwargs, site);
  return dict;
};

const makeSet =
  (frozen: boolean): Construct =>
  (rt, cls, args, _kwargs, site) => {
    const set = new PySet(frozen).derive(cls);
    const [source] = args;
    if (source === undefined) return set;
    if (source instanceof PySet && !source.unknown) {
      if (frozen && source.cls === FROZENSET && cls === FROZENSET) return source;
      mergeSet(rt, set, source);
      return set;
    }
    const items = toArray(rt, source, site);
    if (items instanceof PyUnknown) return items;
    if (source instanceof PyDict) set.items.expect(items.length);
    for (const item of items) addToSet(rt, set, item);
    return set;
  };

const makeRange: Construct = (rt, _cls, args, _kwargs, site) => {
  const bounds = args.map((a) => asIndex(rt, a, site));
  const unknown = bounds.find((b) => b instanceof PyUnknown);
  if (unknown) return unknown as PyUnknown;
  const [a, b, c] = bounds as number[];
  if (a === undefined) throw raised('TypeError', 'range expected at least 1 argument, got 0');
  if (c === 0) throw raised('ValueError', 'range() arg 3 must not be zero');
  return b === undefined ? new PyRange(0, a, 1) : new PyRange(a, b, c ?? 1);
};

const makeSlice: Construct = (_rt, _cls, args) => {
  const [a, b, c] = args as [PyValue?, PyValue?, PyValue?];
  return b === undefined ? new PySlice(null, a ?? null, null) : new PySlice(a ?? null, b, c ?? null);
};

const makeType: Construct = (rt, _cls, args, kwargs, site) => {
  if (args.length === 1) {
    const [x] = args as [PyValue];
    return x instanceof PyUnknown ? rt.spread(x) : typeOf(x);
  }
  const [name, bases, names] = args as [PyValue, PyValue, PyValue];
  if (typeof name !== 'string' || !(bases instanceof PyTuple) || !(names instanceof PyDict)) {
    throw raised('TypeError', 'type() takes 1 or 3 arguments');
  }
  const attrs = new Map([...names.entries.values()].map((e) => [String(e.key), e.value]));
  return makeClass(rt, name, bases.items, attrs, kwargs, site);
};

const makeComplex: Construct = (rt, _cls, _args, _kwargs, site) =>
  rt.unknown('complex', 'complex numbers are not supported', site);

const constructors: readonly (readonly [PyClass, Construct])[] = [
  [INT, makeInt],
  [FLOAT, makeFloat],
  [BOOL, makeBool],
  [COMPLEX, makeComplex],
  [STR, makeStr],
  [BYTES, makeBytes],
  [LIST, makeList],
  [TUPLE, makeTuple],
  [DICT, makeDict],
  [SET, makeSet(false)],
  [FROZENSET, makeSet(true)],
  [RANGE, makeRange],
  [SLICE, makeSlice],
  [TYPE, makeType],
];
for (const [cls, construct] of constructors) cls.construct = construct;

addMethods(LIST, listMethods);
addMethods(TUPLE, tupleMethods);
addMethods(DICT, dictMethods);
addMethods(SET, setMethods(false));
addMethods(FROZENSET, setMethods(true));
addMethods(STR, strMethods);
addMethods(BYTES, bytesMethods);
addMethods(INT, numberMethods);
addMethods(FLOAT, floatMethods);
addAttributes(INT, integerAttributes);
addAttributes(FLOAT, numberAttributes);
INT.attrs.set('from_bytes', fromBytes);
FLOAT.attrs.set('fromhex', fromHex);
addMethods(SLICE, sliceMethods);
addAttributes(SLICE, sliceAttributes);
addMethods(RANGE, rangeMethods);
addAttributes(RANGE, rangeAttributes);
addMethods(GENERATOR, generatorMethods);

export const types: readonly (readonly [string, PyValue])[] = [
  ['object', OBJECT],
  ...constructors.map(([cls]) => [cls.name, cls] as const),
];
