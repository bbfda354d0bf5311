/** NumPy's scalar types, which stand for element types too. */
import { type DType, dtypeNamed, isFloat } from '../../../tensor';
import type { Site } from '../../../model';
import { raised } from '../exceptions';
import { builtinClass } from '../library';
import { call } from '../calls';
import type { Runtime } from '../runtime';
import {
  BOOL,
  FLOAT,
  FloatKind,
  INT,
  PyClass,
  PyFloat,
  PyObject,
  PyUnknown,
  type PyValue,
  Traced,
} from '../values/object';
import { toFloat, isNumberLike } from '../values/numbers';
import { floatKind, PyArray } from './array';
import { toArray } from './convert';
import { castTo } from './cast';

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

/** The class of a scalar type, `np.float32`. */
function scalarType(dtype: DType, base: PyClass): PyClass {
  const cls = new PyClass(dtype === 'bool' ? 'bool_' : dtype, [base]);
  cls.construct = (rt, _cls, args, _kwargs, site) => {
    const [x] = args as [PyValue?];
    if (x === undefined) return isFloat(dtype) ? new PyFloat(0, floatKind(dtype)) : 0;
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

const FLOATS: readonly DType[] = ['float64', 'float32'];
const INTEGERS: readonly DType[] = ['int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8'];

export const SCALAR_TYPES: ReadonlyMap<string, PyClass> = new Map([
  ...FLOATS.map((d) => [d as string, scalarType(d, FLOAT)] as const),
  ...INTEGERS.map((d) => [d as string, scalarType(d, INT)] as const),
  ['bool_', scalarType('bool', BOOL)],
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
    return rt.unknown('unsupported', 'this element type is not supported', site);
  }
  throw raised('TypeError', 'Cannot interpret this as a data type');
}

/** The dtype of any array or number. */
export function dtypeObject(value: PyValue): PyDType | undefined {
  if (value instanceof PyArray) return new PyDType(value.nd.dtype);
  if (value instanceof PyFloat) return new PyDType(value.kind === FloatKind.Float32 ? 'float32' : 'float64');
  return undefined;
}
