/** Reductions of arrays along axes. */
import { type NdArray } from '../../../tensor';
import * as tensors from '../../../tensor';
import { define, keyword, optional, orNone, type Parameter, unfollowed } from '../binding';
import type { PyBuiltin } from '../values/object';
import { PyUnknown, type PyValue } from '../values/object';
import { arrayOf, type Operand, operand, wrap } from './array';
import { castTo } from './cast';
import { compose } from './compose';
import { numeric } from './errors';
import { lookAtExtremes, lookAtOrder, look } from './guards';
import * as take from './parameters';
import { reduction, type ReductionOp } from './reduce';
import { tensor } from './tensors';
import { store } from './write';

const axis = optional(take.axes);
const keepdims = optional(take.flag, false);
const where = optional(take.data);
const initial = optional(take.array);
const dtype = optional(take.dtype);

const total = (name: string, op: ReductionOp) =>
  define(
    name,
    { a: take.array, axis, dtype, out: take.target(), keepdims, initial, where },
    ({ rt, site }, { a, ...options }) => reduction(rt, site, op, a, options),
  );

const average = (name: string) =>
  define(
    name,
    { a: take.array, axis, dtype, out: take.target(), keepdims, where: keyword(where) },
    ({ rt, site }, { a, where, ...options }) => {
      if (where === undefined || where.elements().every((w) => w !== 0)) return reduction(rt, site, 'mean', a, options);
      const count = tensors.sum(tensors.broadcastTo(tensors.asType(where, 'float64'), a.nd.shape), {
        axis: options.axis,
        keepdims: options.keepdims,
      });
      return compose(rt, site).div(reduction(rt, site, 'sum', a, { ...options, where }), count);
    },
  );

const extremum = (name: string, op: 'max' | 'min') =>
  define(
    name,
    { a: take.array, axis, out: take.target(), keepdims, initial, where },
    ({ rt, site }, { a, ...options }) => reduction(rt, site, op, a, options),
  );

const spread = (name: string, op: 'var' | 'std') =>
  define(
    name,
    {
      a: take.array,
      axis,
      dtype,
      out: take.target(),
      ddof: optional(take.real, 0),
      keepdims,
      where: keyword(unfollowed(true)),
    },
    ({ rt, site }, { a, where: _where, ...options }) => reduction(rt, site, op, a, options),
  );

const logical = (name: 'all' | 'any') =>
  define(
    name,
    { a: take.array, axis, out: take.target(), keepdims, where: keyword(where) },
    ({ rt, site }, { a, ...options }) => reduction(rt, site, name, a, options),
  );

const place = (name: 'argmax' | 'argmin') =>
  define(
    name,
    { a: take.array, axis: optional(take.integer), out: take.target(), keepdims: keyword(keepdims) },
    ({ rt, site }, { a, axis, out, keepdims }) => {
      rt.tick(1 + (a.nd.size >> 3));
      const found = numeric(rt, site, () => {
        lookAtExtremes(rt, name === 'argmax' ? 'max' : 'min', a, axis, site);
        return wrap(rt, tensors[name](a.nd, { axis, keepdims }));
      });
      return out === undefined ? found : store(rt, out, found, name, site);
    },
  );

const running = (name: string, op: 'cumsum' | 'cumprod') =>
  define(
    name,
    { a: take.array, axis: optional(take.integer), dtype, out: take.target() },
    ({ rt, site }, { a, axis, dtype, out }) => {
      const x = dtype === undefined || dtype === a.nd.dtype ? a : operand(rt, castTo(rt, a, dtype, site), site);
      if (x instanceof PyUnknown) return x;
      const flat = axis === undefined || (a.nd.ndim === 0 && (axis === 0 || axis === -1));
      const total = tensor(rt, op, [x], flat ? {} : { axis }, site, tensors.accumulationType(x.nd.dtype));
      // Small integers are taken in 64 bits, unless the caller asks for less.
      const wide = dtype === undefined || tensors.isFloat(dtype) ? total : operand(rt, total, site);
      const result =
        wide === total || wide instanceof PyUnknown ? total : castTo(rt, wide as Operand, dtype as tensors.DType, site);
      return out === undefined ? result : store(rt, out, result, name, site);
    },
  );

/** `nansum` and its like: what is NaN counts as nothing. */
function nan(name: string, op: 'sum' | 'prod' | 'mean' | 'max' | 'min' | 'var' | 'std'): PyBuiltin {
  return define(
    name,
    {
      a: take.array,
      axis,
      dtype,
      out: take.target(),
      ddof: keyword(optional(take.real, 0)),
      keepdims,
      initial: keyword(unfollowed()),
      where: keyword(unfollowed(true)),
    },
    ({ rt, site }, { a, axis, dtype, out, ddof, keepdims }) => {
      const present = tensors.map((v) => Number(!Number.isNaN(v)), a.nd, 'bool');
      const counted = numeric(rt, site, () => tensors.sum(tensors.asType(present, 'float64'), { axis, keepdims }));
      if (counted instanceof PyUnknown) return counted;
      if ((op === 'var' || op === 'std') && counted.elements().some((n) => n - ddof <= 0))
        return rt.unknown('unsupported', `\`${name}\` of so few elements is not supported`, site);
      if (present.elements().every((p) => p !== 0))
        return reduction(rt, site, op, a, {
          axis,
          keepdims,
          dtype,
          out,
          ...(op === 'var' || op === 'std' ? { ddof } : {}),
        });
      if (op === 'sum' || op === 'prod')
        return reduction(rt, site, op, a, { axis, keepdims, dtype, out, where: present });
      const count = counted;
      if (out !== undefined || count.elements().some((n) => n - ddof <= 0))
        return rt.unknown('unsupported', `this \`${name}\` is not supported`, site);
      if (op === 'max' || op === 'min') {
        const worst: Operand = { nd: tensors.weakFloat(op === 'max' ? -Infinity : Infinity), row: undefined };
        return reduction(rt, site, op, a, { axis, keepdims, where: present, initial: worst });
      }
      const c = compose(rt, site);
      const sum = (value: PyValue, keep: boolean) =>
        c.tensor('sum', [value], { ...(axis === undefined ? {} : { axis }), keepdims: keep });
      const known = c.where(present, c.of(a), 0);
      if (op === 'mean') return c.div(sum(known, keepdims), count);
      const kept = tensors.sum(tensors.asType(present, 'float64'), { axis, keepdims: true });
      const centred = c.where(present, c.sub(known, c.div(sum(known, true), kept)), 0);
      const variance = c.div(
        sum(c.mul(centred, centred), keepdims),
        tensors.map((n) => n - ddof, count, 'float64'),
      );
      return op === 'var' ? variance : c.apply('sqrt', variance);
    },
  );
}

const positions = (nd: NdArray): NdArray =>
  tensors.fromValues(
    'int64',
    nd.shape,
    Float64Array.from({ length: nd.size }, (_, i) => i),
  );

/** The sorted operand along an axis, as elements picked from it. */
function sorted(x: Operand, axis: number): NdArray {
  return tensors.takeAlongAxis(positions(x.nd), tensors.argsort(x.nd, axis, 'stable'), axis);
}

/** Quantiles by linear interpolation between order statistics. `q` is data. */
const quantiles = (name: string, scale: number) =>
  define(
    name,
    {
      a: take.array,
      q: take.data,
      axis: optional(take.axes),
      out: unfollowed(),
      overwrite_input: unfollowed(false),
      method: unfollowed('linear'),
      keepdims,
      interpolation: unfollowed('linear'),
    },
    ({ rt, site }, { a, q, axis, keepdims }) =>
      numeric(rt, site, () => {
        if (scale === 1 && !tensors.isFloat(q.dtype) && !tensors.isFloat(a.nd.dtype))
          return rt.unknown('unsupported', 'a `quantile` at an integer is one in NumPy, which is not supported', site);
        if (a.nd.size === 0) return rt.unknown('unsupported', `\`${name}\` of nothing is not supported`, site);
        rt.tick(1 + a.nd.size);
        const p = tensors.map((v) => v / scale, q, 'float64');
        if (keepdims || Array.isArray(axis) || (p.ndim > 0 && a.row !== undefined))
          return rt.unknown('unsupported', `this \`${name}\` is not supported`, site);
        if (a.row === undefined) return wrap(rt, tensors.quantile(a.nd, p, axis as number | undefined));
        return interpolated(rt, a, p.item(), axis as number | undefined, site);
      }),
  );

function interpolated(
  rt: Parameters<typeof compose>[0],
  a: Operand,
  p: number,
  axis: number | undefined,
  site: number,
): PyValue {
  if (!(p >= 0 && p <= 1)) return rt.unknown('unsupported', 'this quantile is not supported', site);
  const c = compose(rt, site);
  const flat = axis === undefined ? operand(rt, c.tensor('reshape', [c.of(a)], { shape: [a.nd.size] }), site) : a;
  if (flat instanceof PyUnknown) return flat;
  const along = axis === undefined ? 0 : axis < 0 ? axis + a.nd.ndim : axis;
  const order = sorted(flat, along);
  lookAtOrder(rt, flat, order, along, site);
  const at = ((flat.nd.shape[along] as number) - 1) * p;
  const low = Math.floor(at);
  const pick = (i: number) => c.tensor('pick', [c.of(flat)], { positions: tensors.take(order, along, i) });
  if (low === at) return pick(low);
  const [x, y] = [pick(low), pick(low + 1)];
  return c.add(x, c.mul(c.sub(y, x), at - low));
}

const median: PyBuiltin = define(
  'median',
  { a: take.array, axis: optional(take.axes), out: unfollowed(), overwrite_input: unfollowed(false), keepdims },
  ({ rt, site }, { a, axis, keepdims }) =>
    numeric(rt, site, () => {
      if (keepdims || (axis !== undefined && typeof axis !== 'number') || (a.nd.size === 0 && a.nd.ndim > 1))
        return rt.unknown('unsupported', 'this `median` is not supported', site);
      rt.tick(1 + a.nd.size);
      return a.row === undefined ? wrap(rt, tensors.median(a.nd, axis)) : interpolated(rt, a, 0.5, axis, site);
    }),
);

const weights: Parameter<Operand | undefined> = optional(take.array);

export const reductions: Readonly<Record<string, PyBuiltin>> = {
  sum: total('sum', 'sum'),
  prod: total('prod', 'prod'),
  product: total('product', 'prod'),
  mean: average('mean'),
  max: extremum('max', 'max'),
  amax: extremum('amax', 'max'),
  min: extremum('min', 'min'),
  amin: extremum('amin', 'min'),
  var: spread('var', 'var'),
  std: spread('std', 'std'),
  all: logical('all'),
  any: logical('any'),
  alltrue: logical('all'),
  sometrue: logical('any'),
  argmax: place('argmax'),
  argmin: place('argmin'),
  cumsum: running('cumsum', 'cumsum'),
  cumprod: running('cumprod', 'cumprod'),
  nansum: nan('nansum', 'sum'),
  nanprod: nan('nanprod', 'prod'),
  nanmean: nan('nanmean', 'mean'),
  nanmax: nan('nanmax', 'max'),
  nanmin: nan('nanmin', 'min'),
  nanvar: nan('nanvar', 'var'),
  nanstd: nan('nanstd', 'std'),
  median,
  quantile: quantiles('quantile', 1),
  percentile: quantiles('percentile', 100),
  ptp: define('ptp', { a: take.array, axis, out: unfollowed(), keepdims }, ({ rt, site }, { a, axis, keepdims }) =>
    compose(rt, site).sub(
      reduction(rt, site, 'max', a, { axis, keepdims }),
      reduction(rt, site, 'min', a, { axis, keepdims }),
    ),
  ),
  average: define(
    'average',
    { a: take.array, axis, weights, returned: unfollowed(false), keepdims: keyword(keepdims) },
    ({ rt, site }, { a, axis, weights, keepdims }) => {
      if (weights === undefined) return reduction(rt, site, 'mean', a, { axis, keepdims });
      const c = compose(rt, site);
      const w = spreadWeights(a, weights, axis);
      if (w === undefined) return rt.unknown('unsupported', 'these weights of `average` are not supported', site);
      const shaped = c.tensor('reshape', [c.of(weights)], { shape: w });
      const over = { ...(axis === undefined ? {} : { axis }), keepdims };
      const sum = (value: PyValue) => c.tensor('sum', [value], over);
      const whole = c.tensor('broadcast', [shaped], { shape: a.nd.shape });
      return c.div(sum(c.mul(c.of(a), shaped)), sum(whole));
    },
  ),
  count_nonzero: define(
    'count_nonzero',
    { a: take.array, axis, keepdims: keyword(keepdims) },
    ({ rt, site }, { a, axis, keepdims }) =>
      numeric(rt, site, () => {
        look(rt, 'truth', a, undefined, site);
        return wrap(rt, tensors.countNonzero(a.nd, { axis, keepdims }));
      }),
  ),
  cov: covariance('cov'),
  corrcoef: covariance('corrcoef'),
};

/** The shape in which weights broadcast against the array: one weight a place of the axis, or one an element. */
function spreadWeights(
  a: Operand,
  weights: Operand,
  axis: number | readonly number[] | undefined,
): readonly number[] | undefined {
  if (tensors.sameShape(a.nd.shape, weights.nd.shape)) return a.nd.shape;
  if (typeof axis !== 'number' || weights.nd.ndim !== 1) return undefined;
  const place = axis < 0 ? axis + a.nd.ndim : axis;
  return a.nd.shape[place] === weights.nd.size ? a.nd.shape.map((n, i) => (i === place ? n : 1)) : undefined;
}

/** Rows are variables, columns observations. */
function covariance(name: 'cov' | 'corrcoef'): PyBuiltin {
  return define(
    name,
    {
      m: take.array,
      y: unfollowed(),
      rowvar: optional(take.flag, true),
      bias: optional(take.flag, false),
      ddof: orNone(take.real, null),
      fweights: unfollowed(),
      aweights: unfollowed(),
      dtype: keyword(unfollowed()),
    },
    ({ rt, site }, { m, rowvar, bias, ddof }) =>
      numeric(rt, site, () => {
        const c = compose(rt, site);
        if (m.nd.ndim > 2) return rt.unknown('unsupported', `this \`${name}\` is not supported`, site);
        const isVector = m.nd.ndim < 2;
        const x = isVector
          ? c.tensor('reshape', [c.of(m)], { shape: [1, m.nd.size] })
          : rowvar
            ? c.of(m)
            : c.tensor('transpose', [c.of(m)], {});
        const n = isVector ? m.nd.size : (m.nd.shape[rowvar ? 1 : 0] as number);
        const centred = c.sub(x, c.tensor('mean', [x], { axis: 1, keepdims: true }));
        const freedom = n - (name === 'corrcoef' ? 1 : (ddof ?? (bias ? 0 : 1)));
        const square = c.div(c.matmul(centred, c.tensor('transpose', [centred], {})), freedom);
        if (name === 'cov') {
          const only = isVector ? c.tensor('reshape', [square], { shape: [] }) : square;
          return only instanceof PyUnknown ? only : arrayOf(rt, only, site);
        }
        if (isVector) return c.div(square, square);
        const deviation = c.apply('sqrt', c.tensor('diag', [square], {}));
        const k = isVector ? 1 : (m.nd.shape[rowvar ? 0 : 1] as number);
        const byRow = c.tensor('reshape', [deviation], { shape: [k, 1] });
        return c.div(c.div(square, byRow), deviation);
      }),
  );
}

/** Reductions that are methods of arrays. */
export const REDUCING_METHODS = 'sum prod mean max min var std all any argmax argmin cumsum cumprod ptp'.split(' ');
