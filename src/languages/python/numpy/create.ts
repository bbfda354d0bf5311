/** Making arrays. */
import type { Site } from '../../../model';
import * as tensors from '../../../tensor';
import { type DType, type NdArray, resultType } from '../../../tensor';
import { raised } from '../exceptions';
import { fn } from '../library';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, toDouble } from '../values/numbers';
import type { PyBuiltin } from '../values/object';
import { PyFloat, PyList, PyUnknown, type PyValue, Traced } from '../values/object';
import { afford, flag, shapeOf } from './arguments';
import { arrayOfRow, type Operand, operand, PyArray, wrap } from './array';
import { castTo } from './cast';
import { toArray } from './convert';
import { wantedDType } from './dtypes';
import { numeric } from './errors';

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

function asArray(rt: Runtime, value: PyValue, dtypeArgument: PyValue | undefined, copy: boolean, site: Site): PyValue {
  const dtype = wantedDType(rt, dtypeArgument, site);
  if (dtype instanceof PyUnknown) return dtype;
  if (value instanceof PyArray) {
    if (value.unknown) return rt.spread(value.unknown);
    if (dtype !== undefined && dtype !== value.nd.dtype) {
      const x = operand(rt, value, site);
      return x instanceof PyUnknown ? x : castTo(rt, x, dtype, site);
    }
    return copy ? value.copyOf(rt, site) : value;
  }
  const x = toArray(rt, value, site, dtype);
  return x instanceof PyUnknown ? x : arrayValue(rt, x, dtype, site);
}

function filled(name: string, value: number): PyBuiltin {
  return fn<[PyValue, PyValue?]>(`${name}(shape, dtype=, order=)`, (rt, site, [shape, dtype]) => {
    const extents = shapeOf(rt, shape, site);
    const type = wantedDType(rt, dtype, site);
    if (extents instanceof PyUnknown) return extents;
    if (type instanceof PyUnknown) return type;
    return afford(rt, extents, site) ?? numeric(rt, site, () => new PyArray(tensors.full(extents, value, type)));
  });
}

function filledLike(name: string, value: number): PyBuiltin {
  return fn<[PyValue, PyValue?, PyValue?]>(`${name}(a, dtype=, order=, subok=, shape=)`, (rt, site, [a, dtype]) => {
    const x = toArray(rt, a, site);
    const type = wantedDType(rt, dtype, site);
    if (x instanceof PyUnknown) return x;
    if (type instanceof PyUnknown) return type;
    return afford(rt, x.nd.shape, site) ?? new PyArray(tensors.full(x.nd.shape, value, type ?? x.nd.dtype));
  });
}

const real = (rt: Runtime, value: PyValue, site: Site): number => {
  const data = asData(rt, value, site) ?? value;
  if (data instanceof PyArray && data.nd.size === 1) return data.nd.item();
  if (!isNumberLike(data)) throw raised('TypeError', 'a number is required');
  return toDouble(data);
};

const isFloatValue = (value: PyValue | undefined): boolean =>
  value instanceof PyFloat || (value instanceof Traced && value.plain instanceof PyFloat);

/** Numbers in a row between traced bounds are steps of their own: left unknown. */
function spaced(rt: Runtime, site: Site, values: readonly (PyValue | undefined)[], make: () => NdArray): PyValue {
  if (values.some((v) => v instanceof Traced)) for (const v of values) if (v !== undefined) asData(rt, v, site);
  return numeric(rt, site, () => {
    const nd = make();
    rt.tick(1 + (nd.size >> 3));
    return new PyArray(nd);
  });
}

export const creation: Readonly<Record<string, PyBuiltin>> = {
  array: fn<[PyValue, PyValue?, PyValue?]>(
    'array(object, dtype=, *, copy=, ndmin=, order=)',
    (rt, site, [value, dtype, copy]) => asArray(rt, value, dtype, copy !== false, site),
  ),
  asarray: fn<[PyValue, PyValue?]>('asarray(a, dtype=, order=)', (rt, site, [value, dtype]) =>
    asArray(rt, value, dtype, false, site),
  ),
  asanyarray: fn<[PyValue, PyValue?]>('asanyarray(a, dtype=)', (rt, site, [value, dtype]) =>
    asArray(rt, value, dtype, false, site),
  ),
  ascontiguousarray: fn<[PyValue, PyValue?]>('ascontiguousarray(a, dtype=)', (rt, site, [value, dtype]) =>
    asArray(rt, value, dtype, false, site),
  ),
  copy: fn<[PyValue]>('copy(a, order=)', (rt, site, [value]) => asArray(rt, value, undefined, true, site)),
  zeros: filled('zeros', 0),
  ones: filled('ones', 1),
  zeros_like: filledLike('zeros_like', 0),
  ones_like: filledLike('ones_like', 1),
  empty: fn<[PyValue, PyValue?]>('empty(shape, dtype=)', (rt, site, [shape, dtype]) => {
    const extents = shapeOf(rt, shape, site);
    const type = wantedDType(rt, dtype, site);
    if (extents instanceof PyUnknown) return extents;
    if (type instanceof PyUnknown) return type;
    // Whatever is in the memory: zeros here, as most often there.
    return afford(rt, extents, site) ?? numeric(rt, site, () => new PyArray(tensors.zeros(extents, type)));
  }),
  empty_like: filledLike('empty_like', 0),
  full: fn<[PyValue, PyValue, PyValue?]>('full(shape, fill_value, dtype=)', (rt, site, [shape, value, dtype]) => {
    const extents = shapeOf(rt, shape, site);
    const x = toArray(rt, value, site);
    const type = wantedDType(rt, dtype, site);
    if (extents instanceof PyUnknown) return extents;
    if (x instanceof PyUnknown) return x;
    if (type instanceof PyUnknown) return type;
    const expensive = afford(rt, extents, site);
    if (expensive) return expensive;
    const target = new PyArray(tensors.zeros(extents, type ?? resultType(x.nd.promotion)));
    target.write(rt, [{ kind: 'ellipsis' }], x, site);
    return target;
  }),
  full_like: fn<[PyValue, PyValue, PyValue?]>('full_like(a, fill_value, dtype=)', (rt, site, [a, value, dtype]) => {
    const like = toArray(rt, a, site);
    const x = toArray(rt, value, site);
    const type = wantedDType(rt, dtype, site);
    if (like instanceof PyUnknown) return like;
    if (x instanceof PyUnknown) return x;
    if (type instanceof PyUnknown) return type;
    const target = new PyArray(tensors.zeros(like.nd.shape, type ?? like.nd.dtype));
    target.write(rt, [{ kind: 'ellipsis' }], x, site);
    return target;
  }),
  eye: fn<[PyValue, PyValue?, PyValue?, PyValue?]>('eye(N, M=, k=, dtype=)', (rt, site, [n, m, k, dtype]) => {
    const type = wantedDType(rt, dtype, site);
    if (type instanceof PyUnknown) return type;
    const rows = real(rt, n, site);
    const columns = m === undefined || m === null ? rows : real(rt, m, site);
    return (
      afford(rt, [rows, columns], site) ??
      new PyArray(tensors.eye(rows, columns, k === undefined ? 0 : real(rt, k, site), type))
    );
  }),
  identity: fn<[PyValue, PyValue?]>('identity(n, dtype=)', (rt, site, [n]) => {
    const rows = real(rt, n, site);
    return afford(rt, [rows, rows], site) ?? new PyArray(tensors.eye(rows));
  }),
  arange: fn<[PyValue, PyValue?, PyValue?, PyValue?]>(
    'arange(start, stop=, step=, dtype=)',
    (rt, site, [a, b, c, dtype]) => {
      const type = wantedDType(rt, dtype, site);
      if (type instanceof PyUnknown) return type;
      const [start, stop, step] =
        b === undefined || b === null
          ? [0, real(rt, a, site), 1]
          : [real(rt, a, site), real(rt, b, site), c === undefined ? 1 : real(rt, c, site)];
      const float = [a, b, c].some(isFloatValue);
      const count = Math.max(0, Math.ceil((stop - start) / step));
      return (
        afford(rt, [count], site) ??
        spaced(rt, site, [a, b, c], () => tensors.arange(start, stop, step, type ?? (float ? 'float64' : 'int64')))
      );
    },
  ),
  linspace: fn<[PyValue, PyValue, PyValue?, PyValue?, PyValue?]>(
    'linspace(start, stop, num=, endpoint=, retstep=, dtype=)',
    (rt, site, [a, b, num, endpoint, retstep]) => {
      const n = num === undefined ? 50 : real(rt, num, site);
      const open = endpoint === undefined || endpoint === true;
      if (flag(rt, retstep, site)) return rt.unknown('unsupported', '`retstep` is not supported', site);
      return (
        afford(rt, [n], site) ??
        spaced(rt, site, [a, b], () => tensors.linspace(real(rt, a, site), real(rt, b, site), n, open))
      );
    },
  ),
  logspace: fn<[PyValue, PyValue, PyValue?]>(
    'logspace(start, stop, num=, endpoint=, base=)',
    (rt, site, [a, b, num]) => {
      const n = num === undefined ? 50 : real(rt, num, site);
      return (
        afford(rt, [n], site) ??
        spaced(rt, site, [a, b], () =>
          tensors.map((x) => 10 ** x, tensors.linspace(real(rt, a, site), real(rt, b, site), n, true), 'float64'),
        )
      );
    },
  ),
  meshgrid: fn<[readonly PyValue[], PyValue?]>(
    'meshgrid(*xi, indexing=, sparse=, copy=)',
    (rt, site, [axes, indexing]) => {
      const arrays: NdArray[] = [];
      for (const axis of axes) {
        const x = toArray(rt, axis, site);
        if (x instanceof PyUnknown) return x;
        if (x.row !== undefined) return rt.unknown('unsupported', '`meshgrid` of traced arrays is not supported', site);
        arrays.push(x.nd);
      }
      return numeric(
        rt,
        site,
        () => new PyList(tensors.meshgrid(arrays, indexing === 'ij' ? 'ij' : 'xy').map((nd) => wrap(rt, nd))),
      );
    },
  ),
};
