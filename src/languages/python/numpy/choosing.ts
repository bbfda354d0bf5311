/** Choosing elements, and writing through a choice. */
import * as tensors from '../../../tensor';
import type { IndexItem, NdArray } from '../../../tensor';
import type { Site } from '../../../model';
import { define, optional, orNone, positional, rest, text, unfollowed } from '../binding';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { lifted } from './arithmetic';
import { type Operand, operand, type PyArray, wrap } from './array';
import { compose } from './compose';
import { numeric } from './errors';
import { look } from './guards';
import * as take from './parameters';
import { tensor } from './tensors';
import { EVERYTHING, store } from './write';

/** A condition: the truth of each element. */
function condition(rt: Runtime, x: Operand, site: Site): NdArray {
  look(rt, 'truth', x, undefined, site);
  return x.nd;
}

/** Limits by one bound after the other; at an edge the derivative goes through. */
function clipped(
  rt: Runtime,
  given: Operand,
  low: Operand | undefined,
  high: Operand | undefined,
  site: Site,
): PyValue {
  if (low === undefined && high === undefined) throw raised('ValueError', 'One of max or min must be given');
  if (given.row === undefined && low?.row === undefined && high?.row === undefined) {
    return numeric(rt, site, () => wrap(rt, tensors.clip(given.nd, low?.nd, high?.nd)));
  }
  let current: PyValue | undefined;
  let x = given;
  for (const [bound, op] of [
    [low, 'clip_low'],
    [high, 'clip_high'],
  ] as const) {
    if (bound === undefined) continue;
    current = numeric(rt, site, () => lifted(rt, op, site, x, bound));
    const next = operand(rt, current, site);
    if (next instanceof PyUnknown) return next;
    x = next;
  }
  return current as PyValue;
}

const along = (place: number, item: IndexItem): readonly IndexItem[] => [
  ...Array.from({ length: place }, (): IndexItem => ({ kind: 'slice' })),
  item,
];

function picks(nd: NdArray, at: readonly number[]): NdArray {
  return tensors.fromValues('int64', nd.shape, Float64Array.from(at));
}

/** `indices` along an axis, or into the flattened array. */
function taken(rt: Runtime, a: Operand, indices: NdArray, axis: number | undefined, mode: string, site: Site): PyValue {
  return numeric(rt, site, () => {
    if (mode !== 'raise' && mode !== 'wrap' && mode !== 'clip')
      return rt.unknown('unsupported', 'this mode of `take` is not supported', site);
    const place = axis === undefined ? 0 : tensors.normalizeAxis('take', axis, Math.max(1, a.nd.ndim));
    const flat = axis === undefined || a.nd.ndim === 0;
    const extent = flat ? a.nd.size : (a.nd.shape[place] as number);
    const at = Array.from(indices.elements(), (i) =>
      mode === 'wrap' ? ((i % extent) + extent) % extent : mode === 'clip' ? Math.min(Math.max(i, 0), extent - 1) : i,
    );
    const bad = at.find((i) => i < -extent || i >= extent);
    if (bad !== undefined)
      throw raised('IndexError', `index ${bad} is out of bounds for axis ${place} with size ${extent}`);
    const c = compose(rt, site);
    const of = flat ? c.tensor('reshape', [c.of(a)], { shape: [a.nd.size] }) : c.of(a);
    return c.index(of, along(place, { kind: 'array', array: picks(indices, at) }));
  });
}

/** One index array an axis: `indices` along the axis, every place of the others. */
function joint(nd: NdArray, indices: NdArray, axis: number): readonly IndexItem[] {
  const place = tensors.normalizeAxis('take_along_axis', axis, nd.ndim);
  if (indices.ndim !== nd.ndim) {
    throw raised('ValueError', '`indices` and `arr` must have the same number of dimensions');
  }
  return nd.shape.map((extent, i): IndexItem => {
    if (i === place) return { kind: 'array', array: indices };
    const counting = tensors.arange(0, extent, 1, 'int64');
    return {
      kind: 'array',
      array: tensors.reshape(
        counting,
        nd.shape.map((_, k) => (k === i ? extent : 1)),
      ),
    };
  });
}

const written = { ...take.arrayValue, written: true };

/** Writes, or leaves what could not be written unknown. */
function put(
  rt: Runtime,
  site: Site,
  a: PyArray,
  make: () => readonly [readonly IndexItem[], Operand] | PyUnknown,
): PyValue {
  const done = numeric(rt, site, () => {
    const made = make();
    if (made instanceof PyUnknown) return made;
    a.write(rt, made[0], made[1], site);
    return null;
  });
  if (done instanceof PyUnknown) a.spoil(done);
  return null;
}

export const choosing: Readonly<Record<string, PyBuiltin>> = {
  clip: define(
    'clip',
    {
      a: take.array,
      a_min: optional(take.array),
      a_max: optional(take.array),
      out: take.target(),
      min: optional(take.array),
      max: optional(take.array),
    },
    ({ rt, site }, { a, a_min, a_max, out, min, max }) => {
      const result = clipped(rt, a, a_min ?? min, a_max ?? max, site);
      return out === undefined ? result : store(rt, out, result, 'clip', site);
    },
  ),
  where: define(
    'where',
    { condition: take.array, x: optional(positional(take.array)), y: optional(positional(take.array)) },
    ({ rt, site }, { condition: given, x, y }) => {
      const mask = condition(rt, given, site);
      if (x === undefined || y === undefined) {
        if (x !== undefined) throw raised('ValueError', 'either both or neither of x and y should be given');
        return numeric(rt, site, () => new PyTuple(tensors.nonzero(mask).map((nd) => wrap(rt, nd))));
      }
      return tensor(rt, 'where', [x, y], { condition: mask }, site, tensors.resultType(x.nd.promotion, y.nd.promotion));
    },
  ),
  select: define(
    'select',
    { condlist: take.arrays, choicelist: take.arrays, default: optional(take.array) },
    ({ rt, site }, { condlist, choicelist, default: otherwise }) => {
      const c = compose(rt, site);
      if (condlist.length !== choicelist.length)
        throw raised('ValueError', 'list of cases must be same length as list of conditions');
      // From the last condition to the first, so that the first that holds wins.
      return condlist.reduceRight<PyValue>(
        (rest, mask, i) => {
          const x = operand(rt, mask, site);
          return x instanceof PyUnknown ? x : c.where(condition(rt, x, site), choicelist[i] as PyArray, rest);
        },
        otherwise ? c.of(otherwise) : 0,
      );
    },
  ),
  nonzero: define('nonzero', { a: take.array }, ({ rt, site }, { a }) =>
    numeric(rt, site, () => new PyTuple(tensors.nonzero(condition(rt, a, site)).map((nd) => wrap(rt, nd)))),
  ),
  flatnonzero: define('flatnonzero', { a: take.array }, ({ rt, site }, { a }) =>
    numeric(rt, site, () => wrap(rt, tensors.nonzero(tensors.ravel(condition(rt, a, site)))[0] as NdArray)),
  ),
  argwhere: define('argwhere', { a: take.array }, ({ rt, site }, { a }) =>
    numeric(rt, site, () => wrap(rt, tensors.argwhere(condition(rt, a, site)))),
  ),
  take: define(
    'take',
    {
      a: take.array,
      indices: take.data,
      axis: optional(take.integer),
      out: unfollowed(),
      mode: optional(text, 'raise'),
    },
    ({ rt, site }, { a, indices, axis, mode }) => taken(rt, a, indices, axis, mode, site),
  ),
  take_along_axis: define(
    'take_along_axis',
    { arr: take.array, indices: take.data, axis: orNone(take.integer, -1) },
    ({ rt, site }, { arr, indices, axis }) =>
      axis === null
        ? taken(rt, arr, indices, undefined, 'raise', site)
        : numeric(rt, site, () => compose(rt, site).index(compose(rt, site).of(arr), joint(arr.nd, indices, axis))),
  ),
  put_along_axis: define(
    'put_along_axis',
    { arr: written, indices: take.data, values: take.array, axis: take.integer },
    ({ rt, site }, { arr, indices, values, axis }) =>
      put(rt, site, arr, () => [joint(arr.nd, indices, axis), values] as const),
  ),
  compress: define(
    'compress',
    { condition: take.array, a: take.array, axis: optional(take.integer), out: unfollowed() },
    ({ rt, site }, { condition: given, a, axis }) =>
      numeric(rt, site, () =>
        taken(rt, a, tensors.nonzero(condition(rt, given, site))[0] as NdArray, axis, 'raise', site),
      ),
  ),
  extract: define('extract', { condition: take.array, arr: take.array }, ({ rt, site }, { condition: given, arr }) =>
    numeric(rt, site, () =>
      taken(
        rt,
        arr,
        tensors.nonzero(tensors.ravel(condition(rt, given, site)))[0] as NdArray,
        undefined,
        'raise',
        site,
      ),
    ),
  ),
  choose: define(
    'choose',
    { a: take.data, choices: take.arrays, out: unfollowed(), mode: unfollowed('raise') },
    ({ rt, site }, { a, choices }) => {
      const c = compose(rt, site);
      if (a.elements().some((i) => i < 0 || i >= choices.length))
        throw raised('ValueError', 'invalid entry in choice array');
      const is = (i: number) => tensors.map((v) => Number(v === i), a, 'bool');
      return choices
        .slice(0, -1)
        .reduceRight<PyValue>(
          (rest, choice, i) => c.where(is(i), choice, rest),
          c.where(is(choices.length - 1), choices.at(-1) as PyArray, 0),
        );
    },
  ),
  place: define('place', { arr: written, mask: take.array, vals: take.array }, ({ rt, site }, { arr, mask, vals }) =>
    put(rt, site, arr, () => {
      const chosen = tensors.map((v) => Number(v !== 0), condition(rt, mask, site), 'bool');
      const n = Array.from(chosen.elements()).filter((v) => v !== 0).length;
      if (n === 0) return [[{ kind: 'array', array: chosen }], { nd: tensors.zeros([0]), row: undefined }] as const;
      const c = compose(rt, site);
      const repeated = operand(
        rt,
        c.tensor('pick', [c.of(vals)], {
          positions: tensors.fromValues(
            'int64',
            [n],
            Float64Array.from({ length: n }, (_, i) => i % vals.nd.size),
          ),
        }),
        site,
      );
      return repeated instanceof PyUnknown ? repeated : ([[{ kind: 'array', array: chosen }], repeated] as const);
    }),
  ),
  putmask: define(
    'putmask',
    { a: written, mask: take.array, values: take.array },
    ({ rt, site }, { a, mask, values }) =>
      put(rt, site, a, () => {
        const merged =
          values.nd.size === 1 || tensors.sameShape(values.nd.shape, a.nd.shape)
            ? operand(rt, compose(rt, site).where(condition(rt, mask, site), compose(rt, site).of(values), a), site)
            : rt.unknown('unsupported', 'these values of `putmask` are not supported', site);
        return merged instanceof PyUnknown ? merged : ([EVERYTHING, merged] as const);
      }),
  ),
  copyto: define(
    'copyto',
    { dst: written, src: take.array, casting: unfollowed('same_kind'), where: optional(take.array) },
    ({ rt, site }, { dst, src, where }) => {
      if (where === undefined) {
        store(rt, dst, compose(rt, site).of(src), 'copyto', site);
        return null;
      }
      return put(rt, site, dst, () => {
        const merged = operand(
          rt,
          compose(rt, site).where(condition(rt, where, site), compose(rt, site).of(src), dst),
          site,
        );
        return merged instanceof PyUnknown ? merged : ([EVERYTHING, merged] as const);
      });
    },
  ),
  fill_diagonal: define(
    'fill_diagonal',
    { a: written, val: take.array, wrap: unfollowed(false) },
    ({ rt, site }, { a, val }) =>
      put(rt, site, a, () => {
        if (a.nd.ndim < 2) throw raised('ValueError', 'array must be at least 2-d');
        if (a.nd.ndim > 2 && new Set(a.nd.shape).size > 1)
          throw raised('ValueError', 'All dimensions of input must be of equal length');
        const n = Math.min(...a.nd.shape);
        const counting: IndexItem = { kind: 'array', array: tensors.arange(0, n, 1, 'int64') };
        return [a.nd.shape.map(() => counting), val] as const;
      }),
  ),
  put: define(
    'put',
    { a: written, ind: take.data, v: take.array, mode: unfollowed('raise') },
    ({ rt, site }, { a, ind, v }) =>
      put(rt, site, a, () => {
        if (a.nd.ndim !== 1) return rt.unknown('unsupported', '`put` into several axes is not supported', site);
        return [[{ kind: 'array', array: ind }], v] as const;
      }),
  ),
  ix_: define('ix_', { args: rest(take.data) }, ({ rt, site }, { args }) =>
    numeric(
      rt,
      site,
      () =>
        new PyTuple(
          args.map((nd, i) => {
            const at = nd.dtype === 'bool' ? (tensors.nonzero(nd)[0] as NdArray) : nd;
            return wrap(
              rt,
              tensors.reshape(
                at,
                args.map((_, k) => (k === i ? at.size : 1)),
              ),
            );
          }),
        ),
    ),
  ),
  unravel_index: define(
    'unravel_index',
    { indices: take.data, shape: take.shape, order: unfollowed('C') },
    ({ rt, site }, { indices, shape }) =>
      numeric(rt, site, () => {
        rt.tick(1 + indices.size);
        const steps = tensors.rowMajorStrides(shape);
        const size = tensors.sizeOf(shape);
        const bad = Array.from(indices.elements()).find((i) => i < 0 || i >= size);
        if (bad !== undefined) throw raised('ValueError', `index ${bad} is out of bounds for array with size ${size}`);
        return new PyTuple(
          shape.map((extent, axis) =>
            wrap(
              rt,
              tensors.map((i) => Math.floor(i / (steps[axis] as number)) % extent, indices, 'int64'),
            ),
          ),
        );
      }),
  ),
  ravel_multi_index: define(
    'ravel_multi_index',
    { multi_index: take.arrays, dims: take.shape, mode: unfollowed('raise'), order: unfollowed('C') },
    ({ rt, site }, { multi_index, dims }) => {
      const steps = tensors.rowMajorStrides(dims);
      const c = compose(rt, site);
      if (multi_index.length !== dims.length)
        throw raised('ValueError', `parameter multi_index must be a sequence of length ${dims.length}`);
      if (multi_index.some((at, i) => at.nd.elements().some((v) => v < 0 || v >= (dims[i] as number))))
        throw raised('ValueError', 'invalid entry in coordinates array');
      return multi_index.reduce<PyValue>(
        (sum, at, axis) => c.add(sum, c.mul(at, tensors.scalar(steps[axis] as number, 'int64'))),
        0,
      );
    },
  ),
};
