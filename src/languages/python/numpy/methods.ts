/** Methods of arrays: the functions of the same name with the array as receiver, and those that only arrays have. */
import type { Site } from '../../../model';
import * as tensors from '../../../tensor';
import { define, optional, type Parameter, rest, text, unfollowed, value } from '../binding';
import { raised } from '../exceptions';
import { toArray as itemsOf } from '../iteration';
import type { Runtime } from '../runtime';
import type { PyBuiltin } from '../values/object';
import { FloatKind, PyFloat, PyList, PyTuple, PyUnknown, type PyValue, Traced } from '../values/object';
import { sameNumbers } from '../values/provenance';
import { copied, operand, PyArray, reshaped, transposed } from './array';
import { castTo } from './cast';
import { choosing } from './choosing';
import { comparing } from './comparing';
import { joining } from './joining';
import * as take from './parameters';
import { products } from './products';
import { rearranging } from './rearranging';
import { REDUCING_METHODS, reductions } from './reductions';
import { orderParameter, reshapedIn, shaping } from './shaping';
import { sorted, sorting } from './sorting';
import { EVERYTHING } from './write';

/** The receiver. */
const self = take.arrayValue;

/** The elements as Python lists. */
function toList(rt: Runtime, array: PyArray, site: Site): PyValue {
  if (array.nd.ndim === 0) return plainItem(array.getItem(rt, new PyTuple([]), site));
  if (array.isTraced(rt)) {
    const items = itemsOf(rt, array, site);
    if (items instanceof PyUnknown) return items;
    return new PyList(items.map((x) => (x instanceof PyArray ? toList(rt, x, site) : plainItem(x))));
  }
  const isFloat = tensors.isFloat(array.nd.dtype);
  const convert = (x: tensors.Nested): PyValue =>
    typeof x === 'number'
      ? isFloat
        ? new PyFloat(x)
        : x
      : typeof x === 'boolean'
        ? x
        : new PyList((x as readonly tensors.Nested[]).map(convert));
  return convert(array.nd.toNested());
}

/** A number of NumPy as Python's own. */
export function plainItem(x: PyValue): PyValue {
  if (x instanceof PyFloat) return new PyFloat(x.v, FloatKind.Python);
  if (x instanceof Traced && x.plain instanceof PyFloat) return new Traced(new PyFloat(x.plain.v), x.row);
  if (x instanceof PyArray && x.nd.ndim === 0) return x.nd.item();
  return x;
}

/** `a.reshape(2, 3)` and `a.reshape((2, 3))`. */
function spreadShape(rt: Runtime, given: readonly PyValue[], site: Site): readonly number[] | PyUnknown {
  const [first] = given;
  const isSequence =
    given.length === 1 && (first instanceof PyTuple || first instanceof PyList || first instanceof PyArray);
  return take.integersOf(rt, isSequence ? first : new PyTuple(given), site);
}

const extents = rest(value) as Parameter<readonly PyValue[]>;

const own: readonly PyBuiltin[] = [
  define('transpose', { self, axes: extents }, ({ rt, site }, { self: array, axes }) => {
    const [first] = axes;
    if (first === undefined || first === null) return transposed(rt, array, undefined, site);
    const order = spreadShape(rt, axes, site);
    return order instanceof PyUnknown ? order : transposed(rt, array, order, site);
  }),
  define(
    'reshape',
    {
      self,
      shape: extents,
      order: { ...optional(orderParameter, 'C' as const), kind: 'keyword' } as Parameter<'C' | 'F'>,
    },
    ({ rt, site }, { self: array, shape, order }) => {
      const wanted = spreadShape(rt, shape, site);
      return wanted instanceof PyUnknown ? wanted : reshapedIn(rt, array, wanted, order, site);
    },
  ),
  define('flatten', { self, order: optional(orderParameter, 'C' as const) }, ({ rt, site }, { self: array, order }) => {
    const copy = copied(rt, array, site);
    return copy instanceof PyArray ? reshapedIn(rt, copy, [-1], order, site) : copy;
  }),
  define('copy', { self, order: unfollowed('C', 'K', 'A') }, ({ rt, site }, { self: array }) =>
    sameNumbers(copied(rt, array, site), array),
  ),
  define('__copy__', { self }, ({ rt, site }, { self: array }) => copied(rt, array, site)),
  define('view', { self, dtype: optional(take.dtype), type: unfollowed() }, ({ rt, site }, { self: array, dtype }) =>
    dtype === undefined || dtype === array.nd.dtype
      ? array.alias()
      : rt.unknown('unsupported', 'a view as another type is not supported', site),
  ),
  define(
    'astype',
    {
      self,
      dtype: take.dtype,
      order: unfollowed('K', 'C'),
      casting: unfollowed('unsafe', 'same_kind', 'safe'),
      subok: unfollowed(true),
      copy: optional(take.flag, true),
    },
    ({ rt, site }, { self: array, dtype, copy }) => {
      if (!copy && dtype === array.nd.dtype) return array;
      const x = operand(rt, array, site);
      if (x instanceof PyUnknown) return x;
      return sameNumbers(castTo(rt, x, dtype ?? 'float64', site), array);
    },
  ),
  define('tolist', { self }, ({ rt, site }, { self: array }) => toList(rt, array, site)),
  define('item', { self, args: extents }, ({ rt, site }, { self: array, args }) => {
    if (args.length === 0) {
      if (array.nd.size !== 1) throw raised('ValueError', 'can only convert an array of size 1 to a Python scalar');
      const flat = reshaped(rt, array, [1], site);
      return plainItem(flat instanceof PyArray ? flat.getItem(rt, 0, site) : flat);
    }
    if (args.length === 1 && !(args[0] instanceof PyTuple)) {
      // One number counts in the flat order.
      const elements = reshaped(rt, array, [-1], site);
      return plainItem(elements instanceof PyArray ? elements.getItem(rt, args[0] as PyValue, site) : elements);
    }
    return plainItem(array.getItem(rt, args.length === 1 ? (args[0] as PyValue) : new PyTuple(args), site));
  }),
  define('fill', { self: { ...self, written: true }, value: take.array }, ({ rt, site }, { self: array, value }) => {
    array.write(rt, EVERYTHING, value, site);
    return null;
  }),
  define(
    'sort',
    { self: { ...self, written: true }, axis: optional(take.integer, -1), kind: optional(text), order: unfollowed() },
    ({ rt, site }, { self: array, axis }) => {
      const x = operand(rt, array, site);
      const result = x instanceof PyUnknown ? x : sorted(rt, x, axis, site);
      const value = result instanceof PyUnknown ? result : operand(rt, result, site);
      if (value instanceof PyUnknown) array.spoil(value);
      else array.write(rt, EVERYTHING, value, site);
      return null;
    },
  ),
  define('__array__', { self, dtype: unfollowed() }, (_call, { self: array }) => array),
  define('conj', { self }, (_call, { self: array }) => array),
  define('conjugate', { self }, (_call, { self: array }) => array),
  define('setflags', { self, write: unfollowed(true) }, () => null),
  define(
    'clip',
    { self, min: optional(value), max: optional(value), out: optional(value) },
    (call, { self: array, ...bounds }) =>
      (choosing['clip'] as PyBuiltin).body(
        call.rt,
        [array, bounds.min ?? null, bounds.max ?? null, bounds.out ?? null],
        undefined,
        call.site,
      ),
  ),
];

/** Functions that are methods as well. */
const SHARED: readonly PyBuiltin[] = [
  ...REDUCING_METHODS.map((name) => reductions[name] as PyBuiltin),
  ...['dot', 'trace'].map((name) => products[name] as PyBuiltin),
  ...['swapaxes', 'squeeze', 'ravel'].map((name) => shaping[name] as PyBuiltin),
  ...['repeat'].map((name) => joining[name] as PyBuiltin),
  ...['diagonal'].map((name) => rearranging[name] as PyBuiltin),
  ...['take', 'nonzero', 'choose', 'put'].map((name) => choosing[name] as PyBuiltin),
  ...['argsort', 'searchsorted'].map((name) => sorting[name] as PyBuiltin),
  ...['round'].map((name) => comparing[name] as PyBuiltin),
  define(
    'compress',
    { self, condition: value, axis: optional(value) },
    ({ rt, site }, { self: array, condition, axis }) =>
      (choosing['compress'] as PyBuiltin).body(rt, [condition, array, axis ?? null], undefined, site),
  ),
];

export const methods: ReadonlyMap<string, PyBuiltin> = new Map([...SHARED, ...own].map((m) => [m.name, m]));
