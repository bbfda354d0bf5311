/** Making arrays. */
import type { Site } from '../../../model';
import * as tensors from '../../../tensor';
import { type DType, resultType } from '../../../tensor';
import { define, keyword, optional, type Parameter, rest, unfollowed, value } from '../binding';
import { raised } from '../exceptions';
import { toArray as itemsOf } from '../iteration';
import { call } from '../calls';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyFloat, PyList, PyTuple, PyUnknown, type PyValue, Traced } from '../values/object';
import { sameNumbers } from '../values/provenance';
import { arrayOfRow, type Operand, operand, PyArray, wrap } from './array';
import { castTo } from './cast';
import { compose } from './compose';
import { toArray } from './convert';
import { numeric } from './errors';
import * as take from './parameters';
import { tensor } from './tensors';
import { EVERYTHING } from './write';

/** An operand as an array value, in its own memory or that of the argument. */
function arrayValue(rt: Runtime, x: Operand, dtype: DType | undefined, site: Site): PyValue {
  const target = dtype ?? x.nd.dtype;
  if (x.row !== undefined) {
    if (target !== x.nd.dtype) return castTo(rt, x, target, site);
    return arrayOfRow(rt, x.row, target);
  }
  if (x.nd.ndim === 0 && x.nd.weak) return new PyArray(tensors.scalar(x.nd.item(), target));
  return new PyArray(tensors.asType(x.nd, target));
}

function asArray(rt: Runtime, given: PyValue, dtype: DType | undefined, copy: boolean, site: Site): PyValue {
  if (given instanceof PyArray) {
    if (given.unknown) return rt.spread(given.unknown);
    if (dtype !== undefined && dtype !== given.nd.dtype) {
      const x = operand(rt, given, site);
      return x instanceof PyUnknown ? x : castTo(rt, x, dtype, site);
    }
    return copy ? given.copyOf(rt, site) : given;
  }
  const x = toArray(rt, given, site, dtype);
  return x instanceof PyUnknown ? x : arrayValue(rt, x, dtype, site);
}

const dtype = optional(take.dtype);
const order = unfollowed('C', 'K', 'A');
/** Options that concern memory, not content. */
const memory = { order, like: keyword(unfollowed()) };

function filled(name: string, value: number): PyBuiltin {
  return define(
    name,
    { shape: take.newShape, dtype, ...memory },
    ({ rt, site }, { shape, dtype }) =>
      take.afford(rt, shape, site) ?? numeric(rt, site, () => new PyArray(tensors.full(shape, value, dtype))),
  );
}

function filledLike(name: string, value: number): PyBuiltin {
  return define(
    name,
    { a: take.array, dtype, order, subok: unfollowed(true, false), shape: optional(take.shape) },
    ({ rt, site }, { a, dtype, shape = a.nd.shape }) =>
      take.afford(rt, shape, site) ??
      numeric(rt, site, () => new PyArray(tensors.full(shape, value, dtype ?? a.nd.dtype))),
  );
}

function full(rt: Runtime, shape: readonly number[], x: Operand, type: DType, site: Site): PyValue {
  const expensive = take.afford(rt, shape, site);
  if (expensive) return expensive;
  return numeric(rt, site, () => {
    const target = new PyArray(tensors.zeros(shape, type));
    target.write(rt, EVERYTHING, x, site);
    return target;
  });
}

const isFloatValue = (given: PyValue | undefined): boolean =>
  given instanceof PyFloat ||
  (given instanceof Traced && given.plain instanceof PyFloat) ||
  (given instanceof PyArray && tensors.isFloat(given.nd.dtype));

/** The bounds of a range: numbers, and whether one is a float. */
const bound: Parameter<{ readonly x: number; readonly float: boolean }> = {
  read: ({ rt, site }, given) => {
    const x = take.realOf(rt, given, site);
    return x instanceof PyUnknown ? x : { x, float: isFloatValue(given) };
  },
};

/**
 * `linspace`: start + i·(stop − start)/n, as NumPy computes it. Traced bounds make steps of the trace.
 */
function spaced(rt: Runtime, site: Site, start: Operand, stop: Operand, num: number, endpoint: boolean): PyValue {
  if (start.row === undefined && stop.row === undefined && start.nd.size === 1 && stop.nd.size === 1)
    return numeric(rt, site, () => {
      const [a, b] = [start.nd.elements()[0] as number, stop.nd.elements()[0] as number];
      return new PyArray(tensors.linspace(a, b, num, endpoint));
    });
  if (start.nd.ndim > 0 || stop.nd.ndim > 0)
    return rt.unknown('unsupported', '`linspace` between arrays is not supported', site);
  const c = compose(rt, site);
  const parts = endpoint ? num - 1 : num;
  const share = tensors.map((i) => i / Math.max(parts, 1), tensors.arange(0, num, 1, 'float64'), 'float64');
  return c.add(c.of(start), c.mul(c.sub(c.of(stop), c.of(start)), share));
}

const logarithmic = (name: string, bounds: (x: number, base: number) => number) =>
  define(
    name,
    {
      start: take.real,
      stop: take.real,
      num: optional(take.integer, 50),
      endpoint: optional(take.flag, true),
      base: optional(take.real, 10),
      dtype: unfollowed(),
      axis: unfollowed(0),
    },
    ({ rt, site }, { start, stop, num, endpoint, base }) =>
      take.afford(rt, [num], site) ??
      numeric(
        rt,
        site,
        () =>
          new PyArray(
            tensors.map(
              (x) => base ** x,
              tensors.linspace(bounds(start, base), bounds(stop, base), num, endpoint),
              'float64',
            ),
          ),
      ),
  );

/** Coordinate grids of vectors: traced ones are broadcast as steps. */
function grids(rt: Runtime, site: Site, axes: readonly Operand[], indexing: string, sparse: boolean): PyValue {
  return numeric(rt, site, () => {
    if (axes.every((x) => x.row === undefined) && !sparse)
      return new PyList(
        tensors
          .meshgrid(
            axes.map((x) => x.nd),
            indexing === 'ij' ? 'ij' : 'xy',
          )
          .map((nd) => wrap(rt, nd)),
      );
    const swaps = indexing !== 'ij' && axes.length > 1;
    const place = (i: number) => (swaps && i < 2 ? 1 - i : i);
    const shape = axes.map((_, i) => (axes[place(i)] as Operand).nd.size);
    const c = compose(rt, site);
    return new PyList(
      axes.map((x, i) => {
        const along = c.tensor('reshape', [c.of(x)], { shape: axes.map((_, k) => (k === place(i) ? x.nd.size : 1)) });
        return sparse ? along : c.tensor('broadcast', [along], { shape });
      }),
    );
  });
}

export const creation: Readonly<Record<string, PyBuiltin>> = {
  array: define(
    'array',
    {
      object: value,
      dtype,
      copy: keyword(optional(take.flag, true)),
      order: keyword(order),
      subok: keyword(unfollowed(false)),
      ndmin: keyword(optional(take.integer, 0)),
      like: keyword(unfollowed()),
    },
    ({ rt, site }, { object, dtype, copy, ndmin }) => {
      const array = sameNumbers(asArray(rt, object, dtype, copy, site), object);
      if (ndmin === 0) return array;
      const x = operand(rt, array, site);
      if (x instanceof PyUnknown) return x;
      const missing = Array.from({ length: Math.max(0, ndmin - x.nd.ndim) }, () => 1);
      return missing.length === 0
        ? array
        : tensor(rt, 'reshape', [x], { shape: [...missing, ...x.nd.shape] }, site, x.nd.dtype);
    },
  ),
  asarray: define('asarray', { a: value, dtype, ...memory }, ({ rt, site }, { a, dtype }) =>
    sameNumbers(asArray(rt, a, dtype, false, site), a),
  ),
  asanyarray: define('asanyarray', { a: value, dtype, ...memory }, ({ rt, site }, { a, dtype }) =>
    asArray(rt, a, dtype, false, site),
  ),
  ascontiguousarray: define(
    'ascontiguousarray',
    { a: value, dtype, like: keyword(unfollowed()) },
    ({ rt, site }, { a, dtype }) => {
      const x = operand(rt, asArray(rt, a, dtype, false, site), site);
      if (x instanceof PyUnknown) return x;
      return x.nd.ndim === 0
        ? tensor(rt, 'reshape', [x], { shape: [1] }, site, x.nd.dtype)
        : asArray(rt, a, dtype, false, site);
    },
  ),
  asfarray: define(
    'asfarray',
    { a: value, dtype: optional(take.dtype, 'float64' as const) },
    ({ rt, site }, { a, dtype }) => asArray(rt, a, dtype, false, site),
  ),
  copy: define('copy', { a: value, order, subok: unfollowed(false) }, ({ rt, site }, { a }) =>
    asArray(rt, a, undefined, true, site),
  ),
  zeros: filled('zeros', 0),
  ones: filled('ones', 1),
  // Whatever is in the memory: zeros here, as most often there.
  empty: filled('empty', 0),
  zeros_like: filledLike('zeros_like', 0),
  ones_like: filledLike('ones_like', 1),
  empty_like: filledLike('empty_like', 0),
  full: define(
    'full',
    { shape: take.newShape, fill_value: take.array, dtype, ...memory },
    ({ rt, site }, { shape, fill_value, dtype }) =>
      full(rt, shape, fill_value, dtype ?? resultType(fill_value.nd.promotion), site),
  ),
  full_like: define(
    'full_like',
    { a: take.array, fill_value: take.array, dtype, order, subok: unfollowed(true), shape: optional(take.shape) },
    ({ rt, site }, { a, fill_value, dtype, shape = a.nd.shape }) =>
      full(rt, shape, fill_value, dtype ?? a.nd.dtype, site),
  ),
  eye: define(
    'eye',
    { N: take.integer, M: optional(take.integer), k: optional(take.integer, 0), dtype, ...memory },
    ({ rt, site }, { N, M = N, k, dtype }) =>
      take.afford(rt, [N, M], site) ?? numeric(rt, site, () => new PyArray(tensors.eye(N, M, k, dtype))),
  ),
  identity: define(
    'identity',
    { n: take.integer, dtype, like: keyword(unfollowed()) },
    ({ rt, site }, { n, dtype }) =>
      take.afford(rt, [n, n], site) ?? numeric(rt, site, () => new PyArray(tensors.eye(n, n, 0, dtype))),
  ),
  arange: define(
    'arange',
    { start: bound, stop: optional(bound), step: optional(bound), dtype, like: keyword(unfollowed()) },
    ({ rt, site }, { start: a, stop: b, step: c, dtype }) => {
      const [start, stop] = b === undefined ? [{ x: 0, float: false }, a] : [a, b];
      const step = c ?? { x: 1, float: false };
      const isFloat = start.float || stop.float || step.float;
      if (step.x === 0) throw raised('ZeroDivisionError', isFloat ? 'float division by zero' : 'division by zero');
      const type = dtype ?? (isFloat ? 'float64' : 'int64');
      const count = Math.max(0, Math.ceil((stop.x - start.x) / step.x));
      if (type === 'bool' && count > 2)
        throw raised('TypeError', 'arange() is only supported for booleans when the result has at most length 2.');
      return (
        take.afford(rt, [count], site) ??
        numeric(rt, site, () => new PyArray(tensors.arange(start.x, stop.x, step.x, type)))
      );
    },
  ),
  linspace: define(
    'linspace',
    {
      start: take.array,
      stop: take.array,
      num: optional(take.integer, 50),
      endpoint: optional(take.flag, true),
      retstep: optional(take.flag, false),
      dtype,
      axis: unfollowed(0),
    },
    ({ rt, site }, { start, stop, num, endpoint, retstep, dtype }) => {
      const expensive = take.afford(rt, [num], site);
      if (expensive) return expensive;
      const points = spaced(rt, site, start, stop, num, endpoint);
      const x = dtype === undefined ? points : operand(rt, points, site);
      if (x instanceof PyUnknown) return x;
      // Integers are the whole parts below.
      const whole = dtype !== undefined && !tensors.isFloat(dtype) && dtype !== 'bool';
      const below =
        whole && (x as Operand).row === undefined
          ? { nd: tensors.map(Math.floor, (x as Operand).nd), row: undefined }
          : x;
      if (whole && (x as Operand).row !== undefined)
        return rt.unknown('unsupported', '`linspace` of integers between traced bounds is not supported', site);
      const typed = dtype === undefined ? points : castTo(rt, below as Operand, dtype, site);
      if (!retstep) return typed;
      const c = compose(rt, site);
      const parts = endpoint ? num - 1 : num;
      return new PyTuple([typed, parts > 0 ? c.div(c.sub(c.of(stop), c.of(start)), parts) : new PyFloat(NaN)]);
    },
  ),
  logspace: logarithmic('logspace', (x) => x),
  geomspace: define(
    'geomspace',
    {
      start: take.real,
      stop: take.real,
      num: optional(take.integer, 50),
      endpoint: optional(take.flag, true),
      dtype: unfollowed(),
      axis: unfollowed(0),
    },
    ({ rt, site }, { start, stop, num, endpoint }) => {
      if (num < 0) throw raised('ValueError', `Number of samples, ${num}, must be non-negative.`);
      if (!(start > 0 && stop > 0)) return rt.unknown('unsupported', 'this `geomspace` is not supported', site);
      return (
        take.afford(rt, [num], site) ??
        numeric(rt, site, () => {
          const exponents = tensors.linspace(Math.log10(start), Math.log10(stop), num, endpoint);
          const points = tensors.map((x) => 10 ** x, exponents, 'float64');
          if (num > 0) points.data[0] = start;
          if (num > 1 && endpoint) points.data[num - 1] = stop;
          return new PyArray(points);
        })
      );
    },
  ),
  meshgrid: define(
    'meshgrid',
    {
      xi: rest(take.array),
      copy: keyword(unfollowed(true)),
      sparse: keyword(optional(take.flag, false)),
      indexing: keyword(optional(value, 'xy' as PyValue)),
    },
    ({ rt, site }, { xi, sparse, indexing }) => grids(rt, site, xi, String(indexing), sparse),
  ),
  indices: define(
    'indices',
    { dimensions: take.shape, dtype: unfollowed(), sparse: unfollowed(false) },
    ({ rt, site }, { dimensions }) =>
      take.afford(rt, [dimensions.length, ...dimensions], site) ??
      numeric(rt, site, () =>
        wrap(
          rt,
          tensors.stack(
            tensors.meshgrid(
              dimensions.map((n) => tensors.arange(0, n, 1, 'int64')),
              'ij',
            ),
          ),
        ),
      ),
  ),
  fromfunction: define(
    'fromfunction',
    { function: value, shape: take.shape, dtype, like: keyword(unfollowed()) },
    ({ rt, site }, { function: f, shape, dtype }) =>
      take.afford(rt, [shape.length, ...shape], site) ??
      numeric(rt, site, () => {
        const grids = tensors.meshgrid(
          shape.map((n) => tensors.arange(0, n, 1, dtype ?? 'float64')),
          'ij',
        );
        return call(
          rt,
          f,
          grids.map((nd) => new PyArray(nd)),
          undefined,
          site,
        );
      }),
  ),
  fromiter: define(
    'fromiter',
    { iter: value, dtype: take.dtype, count: unfollowed(-1) },
    ({ rt, site }, { iter, dtype }) => {
      const items = itemsOf(rt, iter, site);
      return items instanceof PyUnknown ? items : asArray(rt, new PyList([...items]), dtype, true, site);
    },
  ),
};
