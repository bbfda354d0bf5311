/** Arrays put together, taken apart and repeated. */
import type { Site } from '../../../model';
import * as tensors from '../../../tensor';
import type { IndexItem, NdArray } from '../../../tensor';
import { define, keyword, optional, orNone, type Parameter, unfollowed } from '../binding';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyList, PyObject, PySlice, PyUnknown, type PyValue } from '../values/object';
import { type Operand, PyArray, reshaped } from './array';
import { compose } from './compose';
import { numeric } from './errors';
import * as take from './parameters';
import { tensor } from './tensors';
import { store } from './write';

function operandOf(rt: Runtime, array: PyArray, site: Site): Operand {
  return { nd: array.nd, row: array.isTraced(rt) ? array.row(rt, site) : undefined };
}

function commonType(arrays: readonly PyArray[]): tensors.DType | undefined {
  return arrays.length === 0 ? undefined : tensors.resultType(...arrays.map((a) => a.nd.dtype));
}

function joined(
  rt: Runtime,
  op: 'concatenate' | 'stack',
  arrays: readonly PyArray[],
  axis: number,
  site: Site,
): PyValue {
  if (arrays.length === 0) throw raised('ValueError', `need at least one array to ${op}`);
  if (op === 'stack' && arrays.some((a) => !tensors.sameShape(a.nd.shape, (arrays[0] as PyArray).nd.shape)))
    throw raised('ValueError', 'all input arrays must have the same shape');
  return tensor(
    rt,
    op,
    arrays.map((x) => operandOf(rt, x, site)),
    { axis },
    site,
    commonType(arrays),
  );
}

/** All reshaped by `lift`, then joined. */
function lifted(
  rt: Runtime,
  arrays: readonly PyArray[],
  lift: (nd: NdArray) => readonly number[],
  axis: (first: NdArray) => number,
  site: Site,
): PyValue {
  const shaped: PyArray[] = [];
  for (const array of arrays) {
    const next = reshaped(rt, array, lift(array.nd), site);
    if (!(next instanceof PyArray)) return next;
    shaped.push(next);
  }
  const [first] = shaped;
  if (!first) throw raised('ValueError', 'need at least one array to concatenate');
  return joined(rt, 'concatenate', shaped, axis(first.nd), site);
}

const stacking = (name: string, lift: (nd: NdArray) => readonly number[], axis: (first: NdArray) => number) =>
  define(
    name,
    { tup: take.arrays, dtype: keyword(unfollowed()), casting: keyword(unfollowed('same_kind')) },
    ({ rt, site }, { tup }) => lifted(rt, tup, lift, axis, site),
  );

const atLeast =
  (n: 1 | 2 | 3) =>
  (nd: NdArray): readonly number[] =>
    tensors.atLeast(n, nd).shape;

const flat = (nd: NdArray) => [nd.size];

/** Views of the parts. */
function parts(
  rt: Runtime,
  array: PyArray,
  sections: number | readonly number[],
  axis: number,
  uneven: boolean,
  site: Site,
): PyValue {
  return numeric(rt, site, () => {
    let from = 0;
    const place = tensors.normalizeAxis('split', axis, array.nd.ndim);
    return new PyList(
      tensors.split(array.nd, sections, axis, uneven).map((nd) => {
        const extent = nd.shape[place] as number;
        const items: IndexItem[] = [
          ...Array.from({ length: place }, (): IndexItem => ({ kind: 'slice' })),
          { kind: 'slice', start: from, stop: from + extent },
        ];
        from += extent;
        return array.viewed(nd, { kind: 'index', items });
      }),
    );
  });
}

const splitting = (name: string, uneven = false) =>
  define(
    name,
    { ary: take.arrayValue, indices_or_sections: take.integerOrMore, axis: optional(take.integer, 0) },
    ({ rt, site }, { ary, indices_or_sections: sections, axis }) => {
      if (axis >= ary.nd.ndim || axis < -ary.nd.ndim) throw raised('IndexError', 'tuple index out of range');
      return parts(rt, ary, sections, axis, uneven, site);
    },
  );

/** Along an axis of its own, for which so many are needed. */
const splittingAlong = (name: string, least: 1 | 2 | 3, axis: (array: PyArray) => number) =>
  define(
    name,
    { ary: take.arrayValue, indices_or_sections: take.integerOrMore },
    ({ rt, site }, { ary, indices_or_sections: sections }) => {
      if (ary.nd.ndim < least)
        throw raised('ValueError', `${name} only works on arrays of ${least} or more dimensions`);
      return parts(rt, ary, sections, axis(ary), false, site);
    },
  );

/** One place; several are not followed. */
const oneInteger: Parameter<number> = {
  read: (call, given, name) =>
    given instanceof PyObject && !(given instanceof PyArray && given.nd.ndim === 0)
      ? call.rt.unknown('unsupported', `several places of \`${call.name}\` are not supported`, call.site)
      : take.integer.read(call, given, name),
};

/** Places by number; those of a mask are not followed. */
const places: Parameter<number | readonly number[]> = {
  read: (call, given, name) => {
    const x = given instanceof PyObject && !(given instanceof PySlice) ? take.array.read(call, given, name) : undefined;
    if (x instanceof PyUnknown) return x;
    return given instanceof PySlice || x?.nd.dtype === 'bool'
      ? call.rt.unknown('unsupported', `this \`${name}=\` of \`${call.name}\` is not supported`, call.site)
      : take.integerOrMore.read(call, given, name);
  },
};

export const joining: Readonly<Record<string, PyBuiltin>> = {
  concatenate: define(
    'concatenate',
    {
      arrays: take.arrays,
      axis: orNone(take.integer, 0),
      out: take.target(),
      dtype: keyword(unfollowed()),
      casting: keyword(unfollowed('same_kind')),
    },
    ({ rt, site }, { arrays, axis, out }) => {
      const result =
        axis === null ? lifted(rt, arrays, flat, () => 0, site) : joined(rt, 'concatenate', arrays, axis, site);
      return out === undefined ? result : store(rt, out, result, 'concatenate', site);
    },
  ),
  stack: define(
    'stack',
    {
      arrays: take.arrays,
      axis: optional(take.integer, 0),
      out: take.target(),
      dtype: keyword(unfollowed()),
      casting: keyword(unfollowed('same_kind')),
    },
    ({ rt, site }, { arrays, axis, out }) => {
      const result = joined(rt, 'stack', arrays, axis, site);
      return out === undefined ? result : store(rt, out, result, 'stack', site);
    },
  ),
  vstack: stacking('vstack', atLeast(2), () => 0),
  row_stack: stacking('row_stack', atLeast(2), () => 0),
  hstack: stacking('hstack', atLeast(1), (first) => (first.ndim === 1 ? 0 : 1)),
  dstack: stacking('dstack', atLeast(3), () => 2),
  column_stack: stacking(
    'column_stack',
    (nd) => (nd.ndim < 2 ? [nd.size, 1] : nd.shape),
    () => 1,
  ),
  append: define(
    'append',
    { arr: take.arrayValue, values: take.arrayValue, axis: optional(take.integer) },
    ({ rt, site }, { arr, values, axis }) =>
      axis === undefined
        ? lifted(rt, [arr, values], flat, () => 0, site)
        : joined(rt, 'concatenate', [arr, values], axis, site),
  ),
  split: splitting('split'),
  array_split: splitting('array_split', true),
  vsplit: splittingAlong('vsplit', 2, () => 0),
  hsplit: splittingAlong('hsplit', 1, (array) => (array.nd.ndim > 1 ? 1 : 0)),
  dsplit: splittingAlong('dsplit', 3, () => 2),
  tile: define('tile', { A: take.array, reps: take.shape }, ({ rt, site }, { A, reps }) =>
    tensor(rt, 'tile', [A], { reps }, site, A.nd.dtype),
  ),
  repeat: define(
    'repeat',
    { a: take.array, repeats: take.integerOrMore, axis: optional(take.integer) },
    ({ rt, site }, { a, repeats, axis: given }) => {
      const axis = a.nd.ndim === 0 && (given === 0 || given === -1) ? undefined : given;
      return (
        take.afford(rt, [a.nd.size, Math.max(0, ...(typeof repeats === 'number' ? [repeats] : repeats))], site) ??
        tensor(rt, 'repeat', [a], { repeats, ...(axis === undefined ? {} : { axis }) }, site, a.nd.dtype)
      );
    },
  ),
  insert: define(
    'insert',
    { arr: take.array, obj: oneInteger, values: take.array, axis: optional(take.integer) },
    ({ rt, site }, { arr, obj, values, axis }) =>
      numeric(rt, site, () => {
        const c = compose(rt, site);
        if (axis !== undefined && arr.nd.ndim !== 1)
          return rt.unknown('unsupported', '`insert` along an axis is not supported', site);
        const whole = c.tensor('reshape', [c.of(arr)], { shape: [arr.nd.size] });
        const at = obj < 0 ? obj + arr.nd.size : obj;
        if (at < 0 || at > arr.nd.size)
          throw raised('IndexError', `index ${obj} is out of bounds for axis 0 with size ${arr.nd.size}`);
        const put = c.tensor('cast', [c.tensor('reshape', [c.of(values)], { shape: [values.nd.size] })], {
          dtype: arr.nd.dtype,
        });
        return c.tensor(
          'concatenate',
          [c.index(whole, [{ kind: 'slice', stop: at }]), put, c.index(whole, [{ kind: 'slice', start: at }])],
          { axis: 0 },
        );
      }),
  ),
  delete: define(
    'delete',
    { arr: take.array, obj: places, axis: optional(take.integer) },
    ({ rt, site }, { arr, obj, axis }) =>
      numeric(rt, site, () => {
        const c = compose(rt, site);
        const of = axis === undefined ? c.tensor('reshape', [c.of(arr)], { shape: [arr.nd.size] }) : c.of(arr);
        const place = axis === undefined ? 0 : tensors.normalizeAxis('delete', axis, arr.nd.ndim);
        const extent = axis === undefined ? arr.nd.size : (arr.nd.shape[place] as number);
        const gone = new Set(
          (typeof obj === 'number' ? [obj] : obj).map((i) => {
            if (i < -extent || i >= extent)
              throw raised('IndexError', `index ${i} is out of bounds for axis ${place} with size ${extent}`);
            return i < 0 ? i + extent : i;
          }),
        );
        const kept = Array.from({ length: extent }, (_, i) => i).filter((i) => !gone.has(i));
        const array = tensors.fromValues('int64', [kept.length], Float64Array.from(kept));
        const result = c.index(of, [
          ...Array.from({ length: place }, (): IndexItem => ({ kind: 'slice' })),
          { kind: 'array', array },
        ]);
        return result;
      }),
  ),
};
