/** From Python values to operands of array operations. */
import type { Site } from '../../../model';
import { astype, type DType, fromNested, type NdArray, type Nested, scalar, stack } from '../../../tensor';
import { toArray } from '../iteration';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { PyBuiltin, PyClass, PyFloat, PyList, PyRange, PyTuple, PyUnknown, type PyValue, Traced } from '../values/object';
import { type Operand, numberOperand, PyArray, rowOf } from './array';

/** Anything that NumPy would take for an array: arrays, numbers, nested sequences. Unknown elements make it unknown. */
export function operand(rt: Runtime, value: PyValue, site: Site): Operand | PyUnknown {
  if (value instanceof PyUnknown) return value;
  if (value instanceof PyArray) return { nd: value.nd, row: value.rowIfTraced(rt, site) };
  const number = numberOperand(value);
  if (number) return number;
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange) return sequence(rt, value, site);
  return rt.unknown('unsupported', 'an array of objects is not supported', site);
}

function sequence(rt: Runtime, value: PyList | PyTuple | PyRange, site: Site): Operand | PyUnknown {
  const items = toArray(rt, value, site);
  if (items instanceof PyUnknown) return items;
  rt.tick(1 + items.length);
  const parts: Operand[] = [];
  for (const item of items) {
    const part = operand(rt, item, site);
    if (part instanceof PyUnknown) return part;
    parts.push(part);
  }
  if (parts.length === 0) return { nd: fromNested([], 'float64'), row: undefined };
  const shape = (parts[0] as Operand).nd.shape;
  if (parts.some((p) => p.nd.shape.length !== shape.length || p.nd.shape.some((n, i) => n !== shape[i]))) {
    throw raised(
      'ValueError',
      `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${1} dimensions. The detected shape was (${items.length},) + inhomogeneous part.`,
    );
  }
  const nd = stack(parts.map((p) => strong(p.nd)));
  if (!parts.some((p) => p.row !== undefined)) return { nd, row: undefined };
  const recorder = rt.recorder as NonNullable<Runtime['recorder']>;
  const row = recorder.tensor('stack', parts.map((p) => rowOf(rt, p)), { axis: 0 }, rt.visible(site));
  return { nd: recorder.array(row), row };
}

/** Elements of an array do not promote weakly. */
function strong(nd: NdArray): NdArray {
  return nd.weak ? scalar(nd.item(), nd.dtype) : nd;
}

const PYTHON_TYPES: Readonly<Record<string, DType>> = { float: 'float64', int: 'int64', bool: 'bool' };
const ALIASES: Readonly<Record<string, DType | undefined>> = {
  float: 'float64',
  double: 'float64',
  float64: 'float64',
  float32: 'float32',
  single: 'float32',
  int: 'int64',
  intp: 'int64',
  int64: 'int64',
  int32: 'int32',
  int16: 'int16',
  int8: 'int8',
  uint8: 'uint8',
  uint16: 'uint16',
  uint32: 'uint32',
  uint64: 'uint64',
  bool: 'bool',
  bool_: 'bool',
  f4: 'float32',
  f8: 'float64',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
};

/** The class of a dtype is recognised by this. */
export const DTYPE_CLASSES = new Map<PyValue, DType>();

/** A dtype argument; `undefined` where none is given. */
export function dtypeOf(rt: Runtime, value: PyValue | undefined, site: Site): DType | undefined | PyUnknown {
  if (value === undefined || value === null) return undefined;
  if (value instanceof PyUnknown) return value;
  const known = DTYPE_CLASSES.get(value);
  if (known) return known;
  const name = typeof value === 'string' ? value.replace(/^[<>=|]/, '') : value instanceof PyClass || value instanceof PyBuiltin ? value.name : '';
  const dtype = value instanceof PyClass ? (PYTHON_TYPES[name] ?? ALIASES[name]) : ALIASES[name];
  return dtype ?? rt.unknown('unsupported', `the dtype \`${name || 'given here'}\` is not supported`, site);
}

export function cast(nd: NdArray, dtype: DType | undefined): NdArray {
  return dtype === undefined || dtype === nd.dtype ? nd : astype(nd, dtype);
}

/** A plain integer argument. */
export function integerOf(value: PyValue | undefined): number | undefined {
  if (value instanceof Traced) return integerOf(value.plain);
  if (typeof value === 'number') return value;
  if (value instanceof PyFloat && Number.isInteger(value.v)) return value.v;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return undefined;
}

/** A shape argument: an integer, or a sequence of integers. */
export function shapeOf(rt: Runtime, value: PyValue, site: Site): number[] | PyUnknown {
  if (value instanceof PyUnknown) return value;
  const single = integerOf(value);
  if (single !== undefined) return [single];
  const items = toArray(rt, value, site);
  if (items instanceof PyUnknown) return items;
  return items.map((item) => {
    const n = integerOf(item);
    if (n === undefined || item instanceof PyFloat) throw raised('TypeError', `'float' object cannot be interpreted as an integer`);
    return n;
  });
}

/** An axis argument: absent, one, or several. */
export function axisOf(rt: Runtime, value: PyValue | undefined, site: Site): number | number[] | undefined | PyUnknown {
  if (value === undefined || value === null) return undefined;
  const single = integerOf(value);
  return single ?? shapeOf(rt, value, site);
}

export function nestedOf(value: NdArray): Nested {
  return value.toNested();
}
