/** NumPy's scalar types, which stand for element types too. */
import {
  canCast,
  type Casting,
  type DType,
  DTYPE_FACTS,
  dtypeNamed,
  isFloat,
  isInteger,
  kindOf,
  promote,
  resultType,
  scalar,
  type WeakKind,
} from '../../../tensor';
import type { Site } from '../../../model';
import { raised } from '../exceptions';
import { define, optional, positional, rest, value } from '../binding';
import { builtinClass } from '../library';
import { call } from '../calls';
import { integer } from '../literals';
import type { Runtime } from '../runtime';
import {
  BOOL,
  FLOAT,
  FLOAT32,
  FLOAT64,
  FloatKind,
  INT,
  OBJECT,
  PyBuiltin,
  PyClass,
  PyFloat,
  PyObject,
  PyUnknown,
  type PyValue,
  Traced,
} from '../values/object';
import { toFloat, isNumberLike } from '../values/numbers';
import { floatKind, PyArray, PyIntegerScalar, wrap } from './array';
import { toArray } from './convert';
import { castTo } from './cast';
import { INTEGER_CLASSES } from './integerClasses';

/** `x.dtype` */
export class PyDType extends PyObject {
  constructor(readonly dtype: DType) {
    super();
  }
  get cls(): PyClass {
    return DTYPE_CLASS;
  }
  override repr(): string {
    return `dtype('${this.dtype}')`;
  }
  str(): string {
    return this.dtype;
  }
  override compare(
    rt: Runtime,
    op: '==' | '!=' | string,
    other: PyValue,
    _reflected: boolean,
    site: Site,
  ): PyValue | undefined {
    const dtype = dtypeOf(rt, other, site);
    if (dtype === undefined || (op !== '==' && op !== '!=')) return undefined;
    return (dtype === this.dtype) === (op === '==');
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    if (name === 'name') return this.dtype;
    if (name === 'kind')
      return isFloat(this.dtype) ? 'f' : this.dtype === 'bool' ? 'b' : this.dtype.startsWith('u') ? 'u' : 'i';
    return undefined;
  }
}
const DTYPE_CLASS = builtinClass('dtype', []);

/** The class of a scalar type, `np.float32`, made to convert when it is called. */
function scalarType(dtype: DType, cls: PyClass): PyClass {
  cls.construct = (rt, _cls, args, _kwargs, site) => {
    const [x] = args as [PyValue?];
    if (x === undefined) return wrap(rt, scalar(0, dtype));
    if (x instanceof PyUnknown) return rt.spread(x);
    if (typeof x === 'string') return call(rt, cls, [call(rt, FLOAT, [x], undefined, site)], undefined, site);
    if (isFloat(dtype) && isNumberLike(x)) {
      const v = toFloat(x);
      const value = new PyFloat(dtype === 'float32' ? Math.fround(v) : v, floatKind(dtype));
      return x instanceof Traced ? new Traced(value, x.row) : value;
    }
    const array = toArray(rt, x, site);
    return array instanceof PyUnknown ? array : castTo(rt, array, dtype, site);
  };
  return cls;
}

export const SCALAR_TYPES: ReadonlyMap<string, PyClass> = new Map([
  ['float64', scalarType('float64', FLOAT64)],
  ['float32', scalarType('float32', FLOAT32)],
  ...[...INTEGER_CLASSES].map(([d, cls]) => [d as string, scalarType(d, cls)] as const),
  ['bool_', scalarType('bool', new PyClass('bool_', [BOOL]))],
]);
const BY_CLASS = new Map<PyClass, DType>([
  ...[...SCALAR_TYPES].map(([name, cls]): [PyClass, DType] => [cls, name === 'bool_' ? 'bool' : (name as DType)]),
  [FLOAT, 'float64'],
  [INT, 'int64'],
  [BOOL, 'bool'],
]);

/** The element type that a `dtype=` argument names; undefined where none does. */
export function dtypeOf(_rt: Runtime, value: PyValue | undefined, _site: Site): DType | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof PyDType) return value.dtype;
  if (value instanceof PyClass) return BY_CLASS.get(value);
  if (typeof value === 'string') return dtypeNamed(value);
  return undefined;
}

/** As {@link dtypeOf}; an element type that is not supported raises or is unknown. */
export function wantedDType(rt: Runtime, value: PyValue | undefined, site: Site): DType | undefined | PyUnknown {
  if (value === undefined || value === null) return undefined;
  const dtype = dtypeOf(rt, value, site);
  if (dtype !== undefined) return dtype;
  if (typeof value === 'string' || value instanceof PyClass || value instanceof PyUnknown) {
    const name = value instanceof PyClass ? value.name : typeof value === 'string' ? value : '';
    // Letters `D`, `F` and `G` are types of complex numbers as well.
    if (/^(?:complex\d*|c\d+|[DFG])$/.test(name))
      return rt.unknown('complex', 'complex numbers are not supported', site);
    return notSupported(rt, site);
  }
  throw raised('TypeError', 'Cannot interpret this as a data type');
}

/** The dtype of any array or number. */
export function dtypeObject(value: PyValue): PyDType | undefined {
  if (value instanceof PyArray) return new PyDType(value.nd.dtype);
  if (value instanceof PyFloat) return new PyDType(value.kind === FloatKind.Float32 ? 'float32' : 'float64');
  return undefined;
}

const GENERIC = new PyClass('generic', [OBJECT]);
/** The abstract classes above the scalar types, for `np.issubdtype`. */
type Holds = (dtype: DType) => boolean;
const ABSTRACT: Readonly<Record<string, Holds>> = {
  generic: () => true,
  number: (d) => d !== 'bool',
  integer: isInteger,
  signedinteger: (d) => kindOf(d) === 'i',
  unsignedinteger: (d) => kindOf(d) === 'u',
  inexact: isFloat,
  floating: isFloat,
};
const ABSTRACT_CLASSES = new Map(Object.keys(ABSTRACT).map((name) => [name, new PyClass(`numpy.${name}`, [GENERIC])]));
for (const [name, cls] of ABSTRACT_CLASSES) cls.attrs.set('__instancecheck__', instanceCheck(ABSTRACT[name] as Holds));
const INT64 = SCALAR_TYPES.get('int64') as PyClass;
INT64.attrs.set(
  '__instancecheck__',
  instanceCheck((dtype) => dtype === 'int64'),
);

/** `isinstance(x, np.integer)`: of an int nobody knows whether NumPy made it. */
function instanceCheck(holds: Holds): PyBuiltin {
  return new PyBuiltin('__instancecheck__', (rt, [, value], _kwargs, site) => {
    const plain = value instanceof Traced ? value.plain : value;
    if (plain instanceof PyFloat)
      return plain.kind !== FloatKind.Python && holds(plain.kind === FloatKind.Float32 ? 'float32' : 'float64');
    if (typeof plain === 'boolean' && holds('bool'))
      return rt.unknown('unsupported', 'whether this bool is one of NumPy or of Python is not known', site);
    if (typeof plain === 'number' && holds('int64'))
      return rt.unknown('unsupported', 'whether this integer is one of NumPy or of Python is not known', site);
    return plain instanceof PyIntegerScalar && holds(plain.nd.dtype);
  });
}

/** What is known of a type of numbers: `np.finfo(np.float32).eps`. */
class TypeInfo extends PyObject {
  constructor(
    private readonly type: PyClass,
    private readonly facts: ReadonlyMap<string, PyValue>,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    return this.facts.get(name);
  }
}
const FINFO = builtinClass('finfo', []);
const IINFO = builtinClass('iinfo', []);

function finfo(dtype: 'float64' | 'float32'): TypeInfo {
  const kind = floatKind(dtype);
  const of = (x: number) => new PyFloat(x, kind);
  const [eps, tiny, max, least, bits, digits] =
    dtype === 'float64'
      ? [2 ** -52, 2 ** -1022, Number.MAX_VALUE, 2 ** -1074, 64, 15]
      : [2 ** -23, 2 ** -126, 3.4028234663852886e38, 2 ** -149, 32, 6];
  return new TypeInfo(
    FINFO,
    new Map<string, PyValue>([
      ['eps', of(eps)],
      ['epsneg', of(eps / 2)],
      ['tiny', of(tiny)],
      ['smallest_normal', of(tiny)],
      ['smallest_subnormal', of(least)],
      ['max', of(max)],
      ['min', of(-max)],
      ['resolution', of(Number(`1e-${digits}`))],
      ['precision', digits],
      ['bits', bits],
      ['dtype', new PyDType(dtype)],
    ]),
  );
}

/** Bounds of the 64-bit types are beyond what arrays hold exactly here, but known. */
function iinfo(dtype: DType): TypeInfo {
  const bits = 8 * DTYPE_FACTS[dtype].itemSize;
  const signed = kindOf(dtype) === 'i';
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const min = signed ? -max - 1n : 0n;
  return new TypeInfo(
    IINFO,
    new Map<string, PyValue>([
      ['max', integer(max)],
      ['min', integer(min)],
      ['bits', bits],
      ['dtype', new PyDType(dtype)],
    ]),
  );
}

/** The element type of a value or of what names one. */
function typeOfArgument(rt: Runtime, given: PyValue, site: Site): DType | undefined {
  const named = dtypeOf(rt, given, site);
  if (named !== undefined) return named;
  if (given instanceof PyClass || typeof given === 'string') return undefined;
  const x = toArray(rt, given, site);
  return x instanceof PyUnknown ? undefined : x.nd.dtype;
}

const notSupported = (rt: Runtime, site: Site) => rt.unknown('unsupported', 'this element type is not supported', site);

/** Functions of element types. */
export const typeFunctions: Readonly<Record<string, PyValue>> = {
  ...Object.fromEntries(ABSTRACT_CLASSES),
  dtype: DTYPE_CLASS,
  finfo: define('finfo', { dtype: positional(value) }, ({ rt, site }, { dtype }) => {
    const type = typeOfArgument(rt, dtype, site);
    if (type === 'float64' || type === 'float32') return finfo(type);
    if (type === undefined) return notSupported(rt, site);
    throw raised('ValueError', `data type <class 'numpy.${type}'> not inexact`);
  }),
  iinfo: define('iinfo', { type: positional(value) }, ({ rt, site }, { type: given }) => {
    const type = typeOfArgument(rt, given, site);
    if (type === undefined) return notSupported(rt, site);
    if (!isInteger(type)) throw raised('ValueError', `Invalid integer data type '${kindOf(type)}'.`);
    return iinfo(type);
  }),
  issubdtype: define('issubdtype', { arg1: value, arg2: value }, ({ rt, site }, { arg1, arg2 }) => {
    const type = typeOfArgument(rt, arg1, site);
    if (type === undefined) return notSupported(rt, site);
    for (const [name, cls] of ABSTRACT_CLASSES)
      if (arg2 === cls) return (ABSTRACT[name] as (d: DType) => boolean)(type);
    const other = dtypeOf(rt, arg2, site);
    return other === undefined ? notSupported(rt, site) : type === other;
  }),
  result_type: define('result_type', { arrays_and_dtypes: rest(value) }, ({ rt, site }, { arrays_and_dtypes }) => {
    const types: (DType | WeakKind)[] = [];
    for (const given of arrays_and_dtypes) {
      const named = dtypeOf(rt, given, site);
      if (named !== undefined) types.push(named);
      else {
        const x = toArray(rt, given, site);
        if (x instanceof PyUnknown) return x;
        types.push(x.nd.promotion);
      }
    }
    return new PyDType(resultType(...types));
  }),
  promote_types: define('promote_types', { type1: value, type2: value }, ({ rt, site }, { type1, type2 }) => {
    const [a, b] = [dtypeOf(rt, type1, site), dtypeOf(rt, type2, site)];
    return a === undefined || b === undefined ? notSupported(rt, site) : new PyDType(promote(a, b));
  }),
  can_cast: define(
    'can_cast',
    { from_: value, to: value, casting: optional(value, 'safe' as PyValue) },
    ({ rt, site }, { from_, to, casting }) => {
      const [a, b] = [dtypeOf(rt, from_, site), dtypeOf(rt, to, site)];
      if (a === undefined || b === undefined) return notSupported(rt, site);
      return canCast(a, b, casting as Casting);
    },
  ),
  isscalar: define(
    'isscalar',
    { element: value },
    (_call, { element }) => isNumberLike(element) || typeof element === 'string' || element instanceof PyIntegerScalar,
  ),
  iscomplexobj: define('iscomplexobj', { x: value }, () => false),
  isrealobj: define('isrealobj', { x: value }, () => true),
};
DTYPE_CLASS.construct = (rt, _cls, [given], _kwargs, site) => {
  const type = dtypeOf(rt, given, site);
  return type === undefined ? notSupported(rt, site) : new PyDType(type);
};
