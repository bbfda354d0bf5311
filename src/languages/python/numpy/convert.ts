/** Python values ↔ arrays. */
import type { Ref } from '../../../autodiff/tape';
import type { Site } from '../../../model';
import {
  type DType,
  fromNested,
  type NdArray,
  type Nested,
  resultType,
  scalar,
  TensorError,
  weakFloat,
  weakInt,
} from '../../../tensor';
import { raised } from '../exceptions';
import { toArray as itemsOf } from '../iteration';
import type { Runtime } from '../runtime';
import { isNumberLike } from '../values/numbers';
import {
  FloatKind,
  PyFloat,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from '../values/object';
import { type Operand, PyArray } from './array';

/** A number as an array without axes; Python's own numbers promote weakly. */
export function scalarArray(value: PyValue): NdArray | undefined {
  if (typeof value === 'number') return weakInt(value);
  if (typeof value === 'boolean') return scalar(value, 'bool');
  if (value instanceof PyFloat) {
    if (value.kind === FloatKind.Python) return weakFloat(value.v);
    return scalar(value.v, value.kind === FloatKind.Float32 ? 'float32' : 'float64');
  }
  if (value instanceof Traced) return scalarArray(value.plain);
  return undefined;
}

/** A number, an array or nested sequences of them. */
export function toArray(rt: Runtime, value: PyValue, site: Site, dtype?: DType): Operand | PyUnknown {
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (value instanceof PyArray) {
    if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
    return { nd: value.nd, row: value.isTraced(rt) ? value.row(rt, site) : undefined };
  }
  const single = scalarArray(value);
  if (single) return { nd: single, row: value instanceof Traced ? value.row : undefined };
  if (typeof value === 'bigint')
    return rt.unknown('unsupported', 'an integer beyond 64 bits in an array is not supported', site);
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange || value instanceof PyObject) {
    return sequenceArray(rt, value, site, dtype);
  }
  return rt.unknown('unsupported', `an array of ${typeOf(value).name} is not supported`, site);
}

/** Whether numbers that an input reaches are inside. */
function holdsTraced(rt: Runtime, value: PyValue): boolean {
  if (value instanceof Traced) return true;
  if (value instanceof PyArray) return value.isTraced(rt);
  if (value instanceof PyList || value instanceof PyTuple) return value.items.some((x) => holdsTraced(rt, x));
  return false;
}

function sequenceArray(rt: Runtime, value: PyValue, site: Site, dtype: DType | undefined): Operand | PyUnknown {
  if (rt.recorder && holdsTraced(rt, value)) return stacked(rt, value, site);
  const nested = nest(rt, value, site);
  if (nested instanceof PyUnknown) return nested;
  try {
    const nd = fromNested(nested.value, dtype ?? nested.dtype ?? 'float64');
    rt.tick(nd.size);
    return { nd, row: undefined };
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    if (!error.numpy) return rt.unknown('unsupported', error.message, site);
    throw raised(error.numpy.exception, error.numpy.message);
  }
}

/** What NumPy does not go into: an array of one object. */
const NO_SEQUENCES: ReadonlySet<string> = new Set(
  'set frozenset dict dict_keys dict_values dict_items generator map filter zip enumerate'.split(' '),
);

interface NestedNumbers {
  readonly value: Nested;
  /** The common element type; undefined where there is no element. */
  readonly dtype: DType | undefined;
}

function nest(rt: Runtime, value: PyValue, site: Site): NestedNumbers | PyUnknown {
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (typeof value === 'boolean') return { value, dtype: 'bool' };
  if (typeof value === 'number') return { value, dtype: 'int64' };
  if (value instanceof PyFloat) {
    return { value: value.v, dtype: value.kind === FloatKind.Float32 ? 'float32' : 'float64' };
  }
  if (value instanceof Traced) return nest(rt, value.plain, site);
  if (value instanceof PyArray) {
    if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
    return { value: value.nd.toNested(), dtype: value.nd.dtype };
  }
  if (!(value instanceof PyObject) || isNumberLike(value) || NO_SEQUENCES.has(typeOf(value).name)) {
    return rt.unknown('unsupported', `an array of ${typeOf(value).name} is not supported`, site);
  }
  const items = itemsOf(rt, value, site);
  if (items instanceof PyUnknown) return items;
  rt.tick(items.length);
  const parts: Nested[] = [];
  const types: DType[] = [];
  for (const item of items) {
    const part = nest(rt, item, site);
    if (part instanceof PyUnknown) return part;
    parts.push(part.value);
    if (part.dtype !== undefined) types.push(part.dtype);
  }
  return { value: parts, dtype: types.length > 0 ? resultType(...types) : undefined };
}

/** Nested sequences with traced numbers: rows stacked level by level. */
function stacked(rt: Runtime, value: PyValue, site: Site): Operand | PyUnknown {
  const { recorder } = rt;
  if (!recorder) throw new Error('a traced number outlived its recording');
  const rowOf = (v: PyValue): Ref | PyUnknown => {
    if (v instanceof PyList || v instanceof PyTuple) {
      const rows: Ref[] = [];
      for (const item of v.items) {
        const row = rowOf(item);
        if (row instanceof PyUnknown) return row;
        rows.push(row);
      }
      if (rows.length === 0) return rt.unknown('unsupported', 'this array is not supported', site);
      return recorder.tensor('stack', rows, { axis: 0 }, rt.visible(site));
    }
    const single = toArray(rt, v, site);
    if (single instanceof PyUnknown) return single;
    return single.row ?? (single.nd.ndim === 0 ? recorder.constant(single.nd.item()) : recorder.constant(single.nd));
  };
  try {
    const row = rowOf(value);
    return row instanceof PyUnknown ? row : { nd: recorder.array(row), row };
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    throw raised('ValueError', error.numpy?.message ?? error.message);
  }
}
