/** Functions of arrays: reductions, shapes, products, choice, order. */
import { applyTensor } from '../../../autodiff/tensorRules';
import type { Site } from '../../../model';
import * as tensors from '../../../tensor';
import { broadcastTo, type NdArray } from '../../../tensor';
import { raised } from '../exceptions';
import { asIndex, toArray as itemsOf } from '../iteration';
import { fn } from '../library';
import { unary } from '../operators';
import type { Runtime } from '../runtime';
import { PyBuiltin, PyFloat, PyList, PyTuple, PyUnknown, type PyValue, Traced } from '../values/object';
import { axisOf, flag, integers, oneAxis, shapeOf } from './arguments';
import { arrayOfRow, copied, type Operand, PyArray, reshaped, transposed, wrap } from './array';
import { lifted } from './arithmetic';
import { castTo } from './cast';
import { toArray } from './convert';
import { wantedDType } from './dtypes';
import { numeric } from './errors';
import { guarded } from './options';
import { knownOperands, tensor } from './tensors';

/** An argument as an array value: lists become arrays of their own. */
function arrayOf(rt: Runtime, value: PyValue, site: Site): PyArray | PyUnknown {
  if (value instanceof PyArray) return value.unknown ? (rt.spread(value.unknown) as PyUnknown) : value;
  const x = toArray(rt, value, site);
  if (x instanceof PyUnknown) return x;
  if (x.row !== undefined) {
    const array = arrayOfRow(rt, x.row, x.nd.dtype);
    if (array instanceof PyArray) return array;
    const lone = tensor(rt, 'reshape', [{ nd: x.nd, row: x.row }], { shape: [1] }, site);
    return lone instanceof PyArray ? lone : rt.unknown('unsupported', 'this array is not supported', site);
  }
  return new PyArray(x.nd.weak ? tensors.scalar(x.nd.item(), x.nd.dtype) : x.nd);
}

/** Data arguments: an operand whose derivative does not matter. */
function data(rt: Runtime, value: PyValue, site: Site): NdArray | PyUnknown {
  const x = toArray(rt, value, site);
  return x instanceof PyUnknown ? x : x.nd;
}

/** Reductions that are tensor primitives. */
function reduction(name: string, op: string, signature = 'a, axis=, dtype=, out=, keepdims='): PyBuiltin {
  return fn<[PyValue, PyValue?, PyValue?, PyValue?, PyValue?]>(
    `${name}(${signature})`,
    (rt, site, [a, axis, , , keepdims]) => {
      const x = toArray(rt, a, site);
      const over = axisOf(rt, axis, site);
      if (x instanceof PyUnknown) return x;
      if (over instanceof PyUnknown) return over;
      const keep = flag(rt, keepdims, site);
      return tensor(
        rt,
        op,
        [x],
        { ...(over === undefined ? {} : { axis: over }), ...(keep ? { keepdims: true } : {}) },
        site,
        x.nd.dtype,
      );
    },
  );
}

const extremum = (name: string, op: string) =>
  fn<[PyValue, PyValue?, PyValue?, PyValue?]>(
    `${name}(a, axis=, out=, keepdims=)`,
    (rt, site, [a, axis, , keepdims]) => {
      const x = toArray(rt, a, site);
      const over = axisOf(rt, axis, site);
      if (x instanceof PyUnknown) return x;
      if (over instanceof PyUnknown) return over;
      const keep = flag(rt, keepdims, site);
      return tensor(
        rt,
        op,
        [x],
        { ...(over === undefined ? {} : { axis: over }), ...(keep ? { keepdims: true } : {}) },
        site,
        x.nd.dtype,
      );
    },
  );

const spread = (name: string, op: string) =>
  fn<[PyValue, PyValue?, PyValue?, PyValue?, PyValue?, PyValue?]>(
    `${name}(a, axis=, dtype=, out=, ddof=, keepdims=)`,
    (rt, site, [a, axis, , , ddof, keepdims]) => {
      const x = toArray(rt, a, site);
      const over = axisOf(rt, axis, site);
      const degrees = ddof === undefined ? 0 : asIndex(rt, ddof, site);
      if (x instanceof PyUnknown) return x;
      if (over instanceof PyUnknown) return over;
      if (degrees instanceof PyUnknown) return degrees;
      return tensor(
        rt,
        op,
        [x],
        { ...(over === undefined ? {} : { axis: over }), keepdims: flag(rt, keepdims, site), ddof: degrees },
        site,
      );
    },
  );

/** Functions whose result is data: no derivative goes through. */
function plainReduction(
  name: string,
  compute: (x: NdArray, axis: number | undefined, keepdims: boolean) => NdArray,
): PyBuiltin {
  return fn<[PyValue, PyValue?, PyValue?, PyValue?]>(
    `${name}(a, axis=, out=, keepdims=)`,
    (rt, site, [a, axis, , keepdims]) => {
      const x = data(rt, a, site);
      const over = oneAxis(rt, axis, site);
      if (x instanceof PyUnknown) return x;
      if (over instanceof PyUnknown) return over;
      rt.tick(1 + (x.size >> 3));
      return numeric(rt, site, () => wrap(rt, compute(x, over, flag(rt, keepdims, site))));
    },
  );
}

const product = (name: string, op = name) =>
  fn<[PyValue, PyValue]>(`${name}(a, b, out=)`, (rt, site, [a, b]) => {
    const operands = knownOperands([toArray(rt, a, site), toArray(rt, b, site)]);
    return operands instanceof PyUnknown ? operands : tensor(rt, op, operands, {}, site);
  });

function joinArguments(rt: Runtime, value: PyValue, site: Site): readonly PyArray[] | PyUnknown {
  const items = itemsOf(rt, value, site);
  if (items instanceof PyUnknown) return items;
  const arrays: PyArray[] = [];
  for (const item of items) {
    const array = arrayOf(rt, item, site);
    if (array instanceof PyUnknown) return array;
    arrays.push(array);
  }
  return arrays;
}

function operandOf(rt: Runtime, array: PyArray, site: Site): Operand {
  return { nd: array.nd, row: array.isTraced(rt) ? array.row(rt, site) : undefined };
}

function concatenate(rt: Runtime, arrays: readonly PyArray[], axis: number, site: Site): PyValue {
  return tensor(
    rt,
    'concatenate',
    arrays.map((x) => operandOf(rt, x, site)),
    { axis },
    site,
    arrays[0]?.nd.dtype,
  );
}

/** `vstack`, `hstack` …: reshaped, then joined. */
function joining(name: string, lift: (nd: NdArray) => readonly number[], axis: (first: NdArray) => number): PyBuiltin {
  return fn<[PyValue]>(`${name}(tup)`, (rt, site, [value]) => {
    const arrays = joinArguments(rt, value, site);
    if (arrays instanceof PyUnknown) return arrays;
    const shaped: PyArray[] = [];
    for (const array of arrays) {
      const next = reshaped(rt, array, lift(array.nd), site);
      if (!(next instanceof PyArray)) return next;
      shaped.push(next);
    }
    const [first] = shaped;
    return first ? concatenate(rt, shaped, axis(first.nd), site) : rt.unknown('unsupported', 'nothing to join', site);
  });
}

const atLeast =
  (n: 1 | 2) =>
  (nd: NdArray): readonly number[] =>
    tensors.atLeast(n, nd).shape;

const logical = (name: string, compute: (x: number, y: number) => boolean) =>
  fn<[PyValue, PyValue]>(`${name}(x1, x2, /)`, (rt, site, [a, b]) => {
    const [x, y] = [data(rt, a, site), data(rt, b, site)];
    if (x instanceof PyUnknown) return x;
    if (y instanceof PyUnknown) return y;
    return numeric(rt, site, () =>
      wrap(
        rt,
        tensors.zip((p, q) => Number(compute(p, q)), x, y, 'bool', name),
      ),
    );
  });

const test = (name: string, compute: (x: number) => boolean) =>
  fn<[PyValue]>(`${name}(x, /)`, (rt, site, [a]) => {
    const x = data(rt, a, site);
    return x instanceof PyUnknown
      ? x
      : wrap(
          rt,
          tensors.map((v) => Number(compute(v)), x, 'bool'),
        );
  });

/** `maximum`, `minimum` of arrays or numbers. */
const larger = (name: 'maximum' | 'minimum') =>
  fn<[PyValue, PyValue]>(`${name}(x1, x2, /, out=, where=, dtype=)`, (rt, site, [a, b]) => {
    const operands = knownOperands([toArray(rt, a, site), toArray(rt, b, site)]);
    if (operands instanceof PyUnknown) return operands;
    return numeric(rt, site, () => lifted(rt, name, site, operands[0] as Operand, operands[1] as Operand));
  });

function clip(rt: Runtime, value: PyValue, low: PyValue | undefined, high: PyValue | undefined, site: Site): PyValue {
  let current = value;
  for (const [bound, op] of [
    [low, 'clip_low'],
    [high, 'clip_high'],
  ] as const) {
    if (bound === undefined || bound === null) continue;
    const operands = knownOperands([toArray(rt, current, site), toArray(rt, bound, site)]);
    if (operands instanceof PyUnknown) return operands;
    current = numeric(rt, site, () => lifted(rt, op, site, operands[0] as Operand, operands[1] as Operand));
    if (current instanceof PyUnknown) return current;
  }
  return current;
}

function shaping(rt: Runtime, a: PyValue, shape: readonly number[] | PyUnknown, site: Site): PyValue {
  const array = arrayOf(rt, a, site);
  if (array instanceof PyUnknown) return array;
  return shape instanceof PyUnknown ? shape : reshaped(rt, array, shape, site);
}

/** The shape after an operation that only changes extents of 1. */
function shapedLike(rt: Runtime, a: PyValue, site: Site, like: (nd: NdArray) => NdArray): PyValue {
  const array = arrayOf(rt, a, site);
  if (array instanceof PyUnknown) return array;
  return numeric(rt, site, () => reshaped(rt, array, like(array.nd).shape, site));
}

/** Elements in another order, or fewer or more of them: an index into the array. */
function picked(rt: Runtime, a: PyValue, site: Site, items: (nd: NdArray) => readonly tensors.IndexItem[]): PyValue {
  const x = toArray(rt, a, site);
  if (x instanceof PyUnknown) return x;
  return numeric(rt, site, () => tensor(rt, 'index', [x], { items: items(x.nd) }, site, x.nd.dtype));
}

export const functions: Readonly<Record<string, PyBuiltin>> = {
  sum: reduction('sum', 'sum'),
  mean: reduction('mean', 'mean'),
  prod: reduction('prod', 'prod'),
  max: extremum('max', 'max'),
  amax: extremum('amax', 'max'),
  min: extremum('min', 'min'),
  amin: extremum('amin', 'min'),
  var: spread('var', 'var'),
  std: spread('std', 'std'),
  average: fn<[PyValue, PyValue?, PyValue?]>('average(a, axis=, weights=)', (rt, site, [a, axis, weights]) => {
    if (weights !== undefined && weights !== null)
      return rt.unknown('unsupported', 'a weighted `average` is not supported', site);
    const x = toArray(rt, a, site);
    const over = axisOf(rt, axis, site);
    if (x instanceof PyUnknown) return x;
    if (over instanceof PyUnknown) return over;
    return tensor(rt, 'mean', [x], over === undefined ? {} : { axis: over }, site);
  }),
  cumsum: fn<[PyValue, PyValue?]>('cumsum(a, axis=)', (rt, site, [a, axis]) => {
    const x = toArray(rt, a, site);
    const over = oneAxis(rt, axis, site);
    if (x instanceof PyUnknown) return x;
    if (over instanceof PyUnknown) return over;
    return tensor(rt, 'cumsum', [x], over === undefined ? {} : { axis: over }, site, x.nd.dtype);
  }),
  argmax: plainReduction('argmax', (x, axis, keepdims) => tensors.argmax(x, { axis, keepdims })),
  argmin: plainReduction('argmin', (x, axis, keepdims) => tensors.argmin(x, { axis, keepdims })),
  any: plainReduction('any', (x, axis, keepdims) =>
    tensors.any(x, axis === undefined ? { keepdims } : { axis, keepdims }),
  ),
  all: plainReduction('all', (x, axis, keepdims) =>
    tensors.all(x, axis === undefined ? { keepdims } : { axis, keepdims }),
  ),
  count_nonzero: plainReduction('count_nonzero', (x, axis) =>
    tensors.countNonzero(x, axis === undefined ? {} : { axis }),
  ),
  dot: product('dot'),
  matmul: product('matmul'),
  inner: product('inner'),
  outer: product('outer'),
  tensordot: fn<[PyValue, PyValue, PyValue?]>('tensordot(a, b, axes=)', (rt, site, [a, b, axes]) => {
    const operands = knownOperands([toArray(rt, a, site), toArray(rt, b, site)]);
    if (operands instanceof PyUnknown) return operands;
    if (axes === undefined) return tensor(rt, 'tensordot', operands, { axes: 2 }, site);
    if (!(axes instanceof PyTuple || axes instanceof PyList)) {
      const n = asIndex(rt, axes, site);
      return n instanceof PyUnknown ? n : tensor(rt, 'tensordot', operands, { axes: n }, site);
    }
    const pair = axes.items.map((x) => shapeOf(rt, x, site));
    const unknown = pair.find((p) => p instanceof PyUnknown);
    return unknown ? (unknown as PyUnknown) : tensor(rt, 'tensordot', operands, { axes: pair }, site);
  }),
  einsum: fn<[PyValue, readonly PyValue[]]>('einsum(subscripts, *operands)', (rt, site, [subscripts, arrays]) => {
    const operands = knownOperands(arrays.map((x) => toArray(rt, x, site)));
    if (operands instanceof PyUnknown) return operands;
    if (typeof subscripts !== 'string')
      return rt.unknown('unsupported', 'this form of `einsum` is not supported', site);
    return tensor(rt, 'einsum', operands, { subscripts: subscripts.replace(/\s/g, '') }, site);
  }),
  trace: fn<[PyValue]>('trace(a)', (rt, site, [a]) => {
    const x = toArray(rt, a, site);
    return x instanceof PyUnknown ? x : tensor(rt, 'trace', [x], {}, site);
  }),
  diag: fn<[PyValue, PyValue?]>('diag(v, k=)', (rt, site, [a, k]) => {
    const x = toArray(rt, a, site);
    const offset = k === undefined ? 0 : asIndex(rt, k, site);
    if (x instanceof PyUnknown) return x;
    return offset instanceof PyUnknown ? offset : tensor(rt, 'diag', [x], { k: offset }, site, x.nd.dtype);
  }),
  tril: fn<[PyValue, PyValue?]>('tril(m, k=)', (rt, site, [a, k]) => {
    const x = toArray(rt, a, site);
    const offset = k === undefined ? 0 : asIndex(rt, k, site);
    if (x instanceof PyUnknown) return x;
    return offset instanceof PyUnknown ? offset : tensor(rt, 'tril', [x], { k: offset }, site, x.nd.dtype);
  }),
  triu: fn<[PyValue, PyValue?]>('triu(m, k=)', (rt, site, [a, k]) => {
    const x = toArray(rt, a, site);
    const offset = k === undefined ? 0 : asIndex(rt, k, site);
    if (x instanceof PyUnknown) return x;
    return offset instanceof PyUnknown ? offset : tensor(rt, 'triu', [x], { k: offset }, site, x.nd.dtype);
  }),
  maximum: larger('maximum'),
  minimum: larger('minimum'),
  clip: fn<[PyValue, PyValue?, PyValue?]>('clip(a, a_min=, a_max=)', (rt, site, [a, low, high]) =>
    clip(rt, a, low, high, site),
  ),
  where: fn<[PyValue, PyValue?, PyValue?]>('where(condition, x=, y=, /)', (rt, site, [condition, x, y]) => {
    const mask = data(rt, condition, site);
    if (mask instanceof PyUnknown) return mask;
    if (x === undefined || y === undefined) {
      return numeric(rt, site, () => new PyTuple(tensors.nonzero(mask).map((nd) => wrap(rt, nd))));
    }
    const operands = knownOperands([toArray(rt, x, site), toArray(rt, y, site)]);
    return operands instanceof PyUnknown ? operands : tensor(rt, 'where', operands, { condition: mask }, site);
  }),
  nonzero: fn<[PyValue]>('nonzero(a)', (rt, site, [a]) => {
    const x = data(rt, a, site);
    return x instanceof PyUnknown ? x : new PyTuple(tensors.nonzero(x).map((nd) => wrap(rt, nd)));
  }),
  reshape: fn<[PyValue, PyValue]>('reshape(a, newshape, order=)', (rt, site, [a, shape]) =>
    shaping(rt, a, shapeOf(rt, shape, site), site),
  ),
  ravel: fn<[PyValue]>('ravel(a)', (rt, site, [a]) => shaping(rt, a, [-1], site)),
  transpose: fn<[PyValue, PyValue?]>('transpose(a, axes=)', (rt, site, [a, axes]) => {
    const array = arrayOf(rt, a, site);
    if (array instanceof PyUnknown) return array;
    const order = axes === undefined || axes === null ? undefined : integers(rt, axes, site);
    return order instanceof PyUnknown ? order : transposed(rt, array, order, site);
  }),
  swapaxes: fn<[PyValue, PyValue, PyValue]>('swapaxes(a, axis1, axis2)', (rt, site, [a, i, j]) => {
    const array = arrayOf(rt, a, site);
    const [p, q] = [asIndex(rt, i, site), asIndex(rt, j, site)];
    if (array instanceof PyUnknown) return array;
    if (p instanceof PyUnknown || q instanceof PyUnknown)
      return rt.unknown('unsupported', 'these axes are not known', site);
    const n = array.nd.ndim;
    const order = Array.from({ length: n }, (_, k) => k);
    const [x, y] = [p < 0 ? p + n : p, q < 0 ? q + n : q];
    [order[x], order[y]] = [y, x];
    return transposed(rt, array, order, site);
  }),
  moveaxis: fn<[PyValue, PyValue, PyValue]>('moveaxis(a, source, destination)', (rt, site, [a, s, d]) => {
    const array = arrayOf(rt, a, site);
    const [from, to] = [asIndex(rt, s, site), asIndex(rt, d, site)];
    if (array instanceof PyUnknown) return array;
    if (from instanceof PyUnknown || to instanceof PyUnknown)
      return rt.unknown('unsupported', 'these axes are not known', site);
    const n = array.nd.ndim;
    const order = Array.from({ length: n }, (_, k) => k);
    const [moved] = order.splice(from < 0 ? from + n : from, 1);
    order.splice(to < 0 ? to + n : to, 0, moved as number);
    return transposed(rt, array, order, site);
  }),
  expand_dims: fn<[PyValue, PyValue]>('expand_dims(a, axis)', (rt, site, [a, axis]) => {
    const over = axisOf(rt, axis, site);
    if (over instanceof PyUnknown || over === undefined)
      return rt.unknown('unsupported', 'this axis is not known', site);
    return shapedLike(rt, a, site, (nd) => tensors.expandDims(nd, over));
  }),
  squeeze: fn<[PyValue, PyValue?]>('squeeze(a, axis=)', (rt, site, [a, axis]) => {
    const over = axisOf(rt, axis, site);
    if (over instanceof PyUnknown) return over;
    return shapedLike(rt, a, site, (nd) => tensors.squeeze(nd, over));
  }),
  atleast_1d: fn<[PyValue]>('atleast_1d(a)', (rt, site, [a]) =>
    shapedLike(rt, a, site, (nd) => tensors.atLeast(1, nd)),
  ),
  atleast_2d: fn<[PyValue]>('atleast_2d(a)', (rt, site, [a]) =>
    shapedLike(rt, a, site, (nd) => tensors.atLeast(2, nd)),
  ),
  broadcast_to: fn<[PyValue, PyValue]>('broadcast_to(array, shape)', (rt, site, [a, shape]) => {
    const x = toArray(rt, a, site);
    const extents = shapeOf(rt, shape, site);
    if (x instanceof PyUnknown) return x;
    if (extents instanceof PyUnknown) return extents;
    return numeric(rt, site, () => {
      broadcastTo(x.nd, extents);
      return tensor(rt, 'broadcast', [x], { shape: extents }, site, x.nd.dtype);
    });
  }),
  concatenate: fn<[PyValue, PyValue?]>('concatenate(arrays, axis=)', (rt, site, [value, axis]) => {
    const arrays = joinArguments(rt, value, site);
    if (arrays instanceof PyUnknown) return arrays;
    if (axis === null) return rt.unknown('unsupported', '`concatenate` without an axis is not supported', site);
    const over = axis === undefined ? 0 : asIndex(rt, axis, site);
    return over instanceof PyUnknown ? over : concatenate(rt, arrays, over, site);
  }),
  stack: fn<[PyValue, PyValue?]>('stack(arrays, axis=)', (rt, site, [value, axis]) => {
    const arrays = joinArguments(rt, value, site);
    if (arrays instanceof PyUnknown) return arrays;
    const over = axis === undefined ? 0 : asIndex(rt, axis, site);
    if (over instanceof PyUnknown) return over;
    return tensor(
      rt,
      'stack',
      arrays.map((x) => operandOf(rt, x, site)),
      { axis: over },
      site,
      arrays[0]?.nd.dtype,
    );
  }),
  vstack: joining('vstack', atLeast(2), () => 0),
  row_stack: joining('row_stack', atLeast(2), () => 0),
  hstack: joining('hstack', atLeast(1), (first) => (first.ndim === 1 ? 0 : 1)),
  column_stack: joining(
    'column_stack',
    (nd) => (nd.ndim < 2 ? [nd.size, 1] : nd.shape),
    () => 1,
  ),
  append: fn<[PyValue, PyValue, PyValue?]>('append(arr, values, axis=)', (rt, site, [a, b, axis]) => {
    const [x, y] = [arrayOf(rt, a, site), arrayOf(rt, b, site)];
    if (x instanceof PyUnknown) return x;
    if (y instanceof PyUnknown) return y;
    if (axis !== undefined && axis !== null) {
      const over = asIndex(rt, axis, site);
      return over instanceof PyUnknown ? over : concatenate(rt, [x, y], over, site);
    }
    const flat = [reshaped(rt, x, [-1], site), reshaped(rt, y, [-1], site)];
    return concatenate(rt, flat as PyArray[], 0, site);
  }),
  split: fn<[PyValue, PyValue, PyValue?]>('split(ary, indices_or_sections, axis=)', (rt, site, [a, sections, axis]) => {
    const array = arrayOf(rt, a, site);
    const over = axis === undefined ? 0 : asIndex(rt, axis, site);
    if (array instanceof PyUnknown) return array;
    if (over instanceof PyUnknown) return over;
    const parts = typeof sections === 'number' ? sections : integers(rt, sections, site);
    if (parts instanceof PyUnknown) return parts;
    return numeric(rt, site, () => {
      let from = 0;
      const axisIndex = over < 0 ? over + array.nd.ndim : over;
      return new PyList(
        tensors.split(array.nd, parts, over).map((nd) => {
          const extent = nd.shape[axisIndex] as number;
          const items = [
            ...Array.from({ length: axisIndex }, () => ({ kind: 'slice' as const })),
            { kind: 'slice' as const, start: from, stop: from + extent },
          ];
          from += extent;
          return array.viewed(nd, { kind: 'index', items });
        }),
      );
    });
  }),
  tile: fn<[PyValue, PyValue]>('tile(A, reps)', (rt, site, [a, reps]) => {
    const x = toArray(rt, a, site);
    const counts = shapeOf(rt, reps, site);
    if (x instanceof PyUnknown) return x;
    return counts instanceof PyUnknown ? counts : tensor(rt, 'tile', [x], { reps: counts }, site, x.nd.dtype);
  }),
  repeat: fn<[PyValue, PyValue, PyValue?]>('repeat(a, repeats, axis=)', (rt, site, [a, repeats, axis]) => {
    const x = toArray(rt, a, site);
    const counts = typeof repeats === 'number' ? repeats : integers(rt, repeats, site);
    const over = oneAxis(rt, axis, site);
    if (x instanceof PyUnknown) return x;
    if (counts instanceof PyUnknown) return counts;
    if (over instanceof PyUnknown) return over;
    return tensor(
      rt,
      'repeat',
      [x],
      { repeats: counts, ...(over === undefined ? {} : { axis: over }) },
      site,
      x.nd.dtype,
    );
  }),
  flip: fn<[PyValue, PyValue?]>('flip(m, axis=)', (rt, site, [a, axis]) => {
    const x = toArray(rt, a, site);
    const over = axisOf(rt, axis, site);
    if (x instanceof PyUnknown) return x;
    return over instanceof PyUnknown
      ? over
      : tensor(rt, 'flip', [x], over === undefined ? {} : { axis: over }, site, x.nd.dtype);
  }),
  roll: fn<[PyValue, PyValue, PyValue?]>('roll(a, shift, axis=)', (rt, site, [a, shift, axis]) => {
    const x = toArray(rt, a, site);
    const [by, over] = [asIndex(rt, shift, site), oneAxis(rt, axis, site)];
    if (x instanceof PyUnknown) return x;
    if (by instanceof PyUnknown) return by;
    return over instanceof PyUnknown
      ? over
      : tensor(rt, 'roll', [x], { shift: by, ...(over === undefined ? {} : { axis: over }) }, site, x.nd.dtype);
  }),
  pad: fn<[PyValue, PyValue, PyValue?, PyValue?]>(
    'pad(array, pad_width, mode=, constant_values=)',
    (rt, site, [a, width, mode, value]) => {
      const x = toArray(rt, a, site);
      const widths = data(rt, width, site);
      if (x instanceof PyUnknown) return x;
      if (widths instanceof PyUnknown) return widths;
      if ((mode !== undefined && mode !== 'constant') || (value !== undefined && value !== 0)) {
        return rt.unknown('unsupported', 'this padding is not supported', site);
      }
      return numeric(rt, site, () => {
        const pairs = broadcastTo(widths, [x.nd.ndim, 2]).elements();
        const list = Array.from({ length: x.nd.ndim }, (_, i): [number, number] => [
          pairs[2 * i] as number,
          pairs[2 * i + 1] as number,
        ]);
        if (x.row === undefined)
          return wrap(rt, tensors.asType(applyTensor('pad', [x.nd], { width: list }), x.nd.dtype));
        return tensor(rt, 'pad', [x], { width: list }, site, x.nd.dtype);
      });
    },
  ),
  take: fn<[PyValue, PyValue, PyValue?]>('take(a, indices, axis=)', (rt, site, [a, indices, axis]) => {
    const chosen = data(rt, indices, site);
    const over = oneAxis(rt, axis, site);
    if (chosen instanceof PyUnknown) return chosen;
    if (over instanceof PyUnknown) return over;
    if (over === undefined) return rt.unknown('unsupported', '`take` without an axis is not supported', site);
    return picked(rt, a, site, (nd) => [
      ...Array.from({ length: over < 0 ? over + nd.ndim : over }, () => ({ kind: 'slice' as const })),
      { kind: 'array', array: chosen },
    ]);
  }),
  sort: fn<[PyValue, PyValue?]>('sort(a, axis=)', (rt, site, [a, axis]) => {
    const x = toArray(rt, a, site);
    const over = axis === undefined ? -1 : asIndex(rt, axis as PyValue, site);
    if (x instanceof PyUnknown) return x;
    if (over instanceof PyUnknown) return over;
    if (x.row === undefined) return numeric(rt, site, () => wrap(rt, tensors.sort(x.nd, over)));
    if (x.nd.ndim !== 1) return rt.unknown('unsupported', 'sorting traced matrices is not supported', site);
    return tensor(rt, 'index', [x], { items: [{ kind: 'array', array: tensors.argsort(x.nd) }] }, site);
  }),
  argsort: fn<[PyValue, PyValue?]>('argsort(a, axis=, kind=)', (rt, site, [a, axis]) => {
    const x = data(rt, a, site);
    const over = axis === undefined ? -1 : asIndex(rt, axis as PyValue, site);
    if (x instanceof PyUnknown) return x;
    return over instanceof PyUnknown ? over : numeric(rt, site, () => wrap(rt, tensors.argsort(x, over)));
  }),
  unique: fn<[PyValue]>('unique(ar)', (rt, site, [a]) => {
    const x = data(rt, a, site);
    return x instanceof PyUnknown ? x : wrap(rt, tensors.unique(x).values);
  }),
  median: plainReduction('median', (x, axis) => tensors.median(x, axis)),
  bincount: fn<[PyValue]>('bincount(x)', (rt, site, [a]) => {
    const x = data(rt, a, site);
    return x instanceof PyUnknown ? x : numeric(rt, site, () => wrap(rt, tensors.bincount(x)));
  }),
  diff: fn<[PyValue]>('diff(a)', (rt, site, [a]) => {
    const x = toArray(rt, a, site);
    if (x instanceof PyUnknown) return x;
    if (x.row !== undefined) return rt.unknown('unsupported', '`diff` of traced arrays is not supported', site);
    return numeric(rt, site, () => wrap(rt, tensors.diff(x.nd)));
  }),
  allclose: fn<[PyValue, PyValue, PyValue?, PyValue?]>(
    'allclose(a, b, rtol=, atol=)',
    (rt, site, [a, b, rtol, atol]) => {
      const [x, y] = [data(rt, a, site), data(rt, b, site)];
      if (x instanceof PyUnknown) return x;
      if (y instanceof PyUnknown) return y;
      const tolerance = (v: PyValue | undefined, otherwise: number) =>
        v instanceof PyFloat ? v.v : typeof v === 'number' ? v : otherwise;
      return numeric(rt, site, () =>
        tensors
          .isClose(x, y, tolerance(rtol, 1e-5), tolerance(atol, 1e-8))
          .elements()
          .every((v) => v !== 0),
      );
    },
  ),
  isclose: fn<[PyValue, PyValue]>('isclose(a, b)', (rt, site, [a, b]) => {
    const [x, y] = [data(rt, a, site), data(rt, b, site)];
    if (x instanceof PyUnknown) return x;
    return y instanceof PyUnknown ? y : numeric(rt, site, () => wrap(rt, tensors.isClose(x, y)));
  }),
  array_equal: fn<[PyValue, PyValue]>('array_equal(a1, a2)', (rt, site, [a, b]) => {
    const [x, y] = [data(rt, a, site), data(rt, b, site)];
    if (x instanceof PyUnknown) return x;
    return y instanceof PyUnknown ? y : tensors.arrayEqual(x, y);
  }),
  isnan: test('isnan', Number.isNaN),
  isinf: test('isinf', (x) => Math.abs(x) === Infinity),
  isfinite: test('isfinite', Number.isFinite),
  logical_and: logical('logical_and', (x, y) => x !== 0 && y !== 0),
  logical_or: logical('logical_or', (x, y) => x !== 0 || y !== 0),
  logical_xor: logical('logical_xor', (x, y) => (x !== 0) !== (y !== 0)),
  logical_not: test('logical_not', (x) => x === 0),
  round: fn<[PyValue, PyValue?]>('round(a, decimals=)', (rt, site, [a, decimals]) => {
    const x = data(rt, a, site);
    const n = decimals === undefined ? 0 : asIndex(rt, decimals, site);
    if (x instanceof PyUnknown) return x;
    if (n instanceof PyUnknown) return n;
    const scale = 10 ** n;
    const half = (v: number) => {
      const r = Math.round(v);
      return r - v === 0.5 && r % 2 !== 0 ? r - 1 : r;
    };
    return wrap(
      rt,
      tensors.map((v) => half(v * scale) / scale, x, x.dtype),
    );
  }),
  shape: fn<[PyValue]>('shape(a)', (rt, site, [a]) => {
    const x = data(rt, a, site);
    return x instanceof PyUnknown ? x : new PyTuple([...x.shape]);
  }),
  ndim: fn<[PyValue]>('ndim(a)', (rt, site, [a]) => {
    const x = data(rt, a, site);
    return x instanceof PyUnknown ? x : x.ndim;
  }),
  size: fn<[PyValue]>('size(a)', (rt, site, [a]) => {
    const x = data(rt, a, site);
    return x instanceof PyUnknown ? x : x.size;
  }),
  negative: fn<[PyValue]>('negative(x, /)', (rt, site, [x]) => unary(rt, '-', x, site)),
};

// Methods of arrays.

/** The elements as Python lists. */
function toList(rt: Runtime, array: PyArray, site: Site): PyValue {
  if (array.isTraced(rt) && array.nd.ndim > 0) {
    const items = itemsOf(rt, array, site);
    if (items instanceof PyUnknown) return items;
    return new PyList(items.map((x) => (x instanceof PyArray ? toList(rt, x, site) : x)));
  }
  const float = array.nd.dtype.startsWith('float');
  const convert = (x: tensors.Nested): PyValue =>
    typeof x === 'number'
      ? float
        ? new PyFloat(x)
        : x
      : typeof x === 'boolean'
        ? x
        : new PyList((x as readonly tensors.Nested[]).map(convert));
  return convert(array.nd.toNested());
}

const bound = (name: string, body: PyBuiltin['body']): [string, PyBuiltin] => [
  name,
  guarded(new PyBuiltin(name, body)),
];

/** Functions that are methods as well, with the array as first argument. */
const SHARED =
  'sum mean prod max min var std cumsum argmax argmin any all dot trace clip transpose swapaxes squeeze ravel repeat take argsort nonzero round'.split(
    ' ',
  );

export const methods: ReadonlyMap<string, PyBuiltin> = new Map<string, PyBuiltin>([
  ...SHARED.map((name) => [name, guarded(functions[name] as PyBuiltin, { unfollowed: ['dtype'] })] as const),
  bound('transpose', (rt, [self, ...axes], _kwargs, site) => {
    const [first] = axes as [PyValue?];
    if (first === undefined || first === null) return transposed(rt, self as PyArray, undefined, site);
    const order = integers(rt, first instanceof PyTuple || first instanceof PyList ? first : new PyTuple(axes), site);
    return order instanceof PyUnknown ? order : transposed(rt, self as PyArray, order, site);
  }),
  bound('reshape', (rt, [self, ...shape], _kwargs, site) => {
    const [first] = shape as [PyValue?];
    const extents =
      first instanceof PyTuple || first instanceof PyList
        ? integers(rt, first, site)
        : integers(rt, new PyTuple(shape), site);
    return extents instanceof PyUnknown ? extents : reshaped(rt, self as PyArray, extents, site);
  }),
  bound('flatten', (rt, [self, order], _kwargs, site) => {
    if (order !== undefined && order !== 'C') return rt.unknown('unsupported', 'this order is not supported', site);
    const copy = copied(rt, self as PyArray, site);
    return copy instanceof PyArray ? reshaped(rt, copy, [-1], site) : copy;
  }),
  bound('copy', (rt, [self], _kwargs, site) => copied(rt, self as PyArray, site)),
  bound('view', (rt, [self, ...types], kwargs, site) =>
    types.length > 0 || (kwargs?.size ?? 0) > 0
      ? rt.unknown('unsupported', 'a view as another type is not supported', site)
      : (self as PyArray),
  ),
  bound('astype', (rt, [self, type], kwargs, site) => {
    const dtype = wantedDType(rt, type ?? kwargs?.get('dtype'), site);
    const x = toArray(rt, self as PyArray, site);
    if (dtype instanceof PyUnknown) return dtype;
    if (x instanceof PyUnknown) return x;
    return dtype === undefined ? x.nd.dtype : castTo(rt, x, dtype, site);
  }),
  bound('tolist', (rt, [self], _kwargs, site) => toList(rt, self as PyArray, site)),
  bound('item', (rt, [self, ...index], _kwargs, site) => {
    const array = self as PyArray;
    if (index.length === 1 && !(index[0] instanceof PyTuple)) {
      // One number counts in the flat order.
      const elements = reshaped(rt, array, [-1], site);
      return elements instanceof PyArray ? elements.getItem(rt, index[0] as PyValue, site) : elements;
    }
    if (index.length > 0)
      return array.getItem(rt, index.length === 1 ? (index[0] as PyValue) : new PyTuple(index), site);
    if (array.nd.size !== 1) throw raised('ValueError', 'can only convert an array of size 1 to a Python scalar');
    const flat = reshaped(rt, array, [1], site);
    const value = flat instanceof PyArray ? flat.getItem(rt, 0, site) : flat;
    if (value instanceof PyFloat) return new PyFloat(value.v);
    return value instanceof Traced && value.plain instanceof PyFloat
      ? new Traced(new PyFloat(value.plain.v), value.row)
      : value;
  }),
  bound('fill', (rt, [self, value], _kwargs, site) => {
    const x = toArray(rt, value as PyValue, site);
    if (x instanceof PyUnknown) (self as PyArray).spoil(x);
    else (self as PyArray).write(rt, [{ kind: 'ellipsis' }], x, site);
    return null;
  }),
  bound('sort', (rt, [self, ...options], kwargs, site) => {
    const array = self as PyArray;
    if (options.length > 0 || (kwargs?.size ?? 0) > 0)
      array.spoil(rt.unknown('unsupported', 'options of `ndarray.sort` are not supported', site));
    else if (array.isTraced(rt))
      array.spoil(rt.unknown('unsupported', 'sorting a traced array in place is not supported', site));
    else array.write(rt, [{ kind: 'ellipsis' }], { nd: tensors.sort(array.nd), row: undefined }, site);
    return null;
  }),
]);
