/** Order: sorting, searching, counting, sets, interpolation. */
import * as tensors from '../../../tensor';
import type { NdArray } from '../../../tensor';
import type { Site } from '../../../model';
import { define, keyword, optional, orNone, text, unfollowed } from '../binding';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { type Operand, operand, PyArray, wrap } from './array';
import { compose } from './compose';
import { numeric } from './errors';
import { look, lookAtOrder, lookAtValues } from './guards';
import * as take from './parameters';
import { tensor } from './tensors';

function positions(nd: NdArray): NdArray {
  return tensors.fromValues(
    'int64',
    nd.shape,
    Float64Array.from({ length: nd.size }, (_, i) => i),
  );
}

/** Sorted along an axis, or flattened: elements picked in their order, which replay must find again. */
export function sorted(rt: Runtime, x: Operand, axis: number | null, site: Site): PyValue {
  return numeric(rt, site, () => {
    rt.tick(1 + x.nd.size);
    if (x.row === undefined) return wrap(rt, tensors.sort(x.nd, axis));
    const flat =
      axis === null
        ? operand(rt, compose(rt, site).tensor('reshape', [compose(rt, site).of(x)], { shape: [x.nd.size] }), site)
        : x;
    if (flat instanceof PyUnknown) return flat;
    const along = axis ?? 0;
    const order = tensors.takeAlongAxis(positions(flat.nd), tensors.argsort(flat.nd, along, 'stable'), along);
    lookAtOrder(rt, flat, order, along, site);
    return tensor(rt, 'pick', [flat], { positions: order }, site, x.nd.dtype);
  });
}

/** The positions that sort. */
function ordering(rt: Runtime, x: Operand, axis: number | null, kind: string, site: Site): PyValue {
  return numeric(rt, site, () => {
    rt.tick(1 + x.nd.size);
    if (x.nd.ndim === 0 && axis === -1) return new PyArray(tensors.zeros([1], 'int64'));
    const order = tensors.argsort(x.nd, axis, kind === 'stable' || kind === 'mergesort' ? 'stable' : 'quicksort');
    if (x.row !== undefined) {
      const along = axis ?? 0;
      const places = axis === null ? order : tensors.takeAlongAxis(positions(x.nd), order, along);
      lookAtOrder(rt, x, places, along, site);
    }
    return wrap(rt, order);
  });
}

const options = {
  axis: orNone(take.integer, -1),
  kind: optional(text, 'quicksort'),
  order: unfollowed(),
};

/** Where each value belongs among sorted ones; replay must find the same places. */
function searched(rt: Runtime, edges: Operand, values: Operand, side: string, site: Site): NdArray {
  if (side !== 'left' && side !== 'right')
    throw raised('ValueError', `search side must be 'left' or 'right' (got '${side}')`);
  const column = operand(
    rt,
    compose(rt, site).tensor('reshape', [compose(rt, site).of(values)], { shape: [...values.nd.shape, 1] }),
    site,
  );
  if (!(column instanceof PyUnknown)) look(rt, side === 'left' ? 'lt' : 'le', edges, column, site);
  return tensors.searchSorted(edges.nd, values.nd, side);
}

/** Piecewise linear interpolation of the points (xp, fp), constant outside. */
function interpolated(rt: Runtime, x: Operand, xp: Operand, fp: Operand, site: Site): PyValue {
  return numeric(rt, site, () => {
    if (xp.nd.size !== fp.nd.size) throw raised('ValueError', 'fp and xp are not of the same length.');
    const n = xp.nd.size;
    rt.tick(1 + x.nd.size);
    if (n < 2) return rt.unknown('unsupported', 'this `interp` is not supported', site);
    const c = compose(rt, site);
    const place = searched(rt, xp, x, 'right', site);
    const low = tensors.map((i) => Math.min(Math.max(i - 1, 0), n - 2), place, 'int64');
    const high = tensors.map((i) => i + 1, low, 'int64');
    const at = (of: Operand, where: NdArray) =>
      where.ndim === 0
        ? c.index(c.of(of), [{ kind: 'integer', value: where.item() }])
        : c.tensor('pick', [c.of(of)], { positions: where });
    const slope = c.div(c.sub(at(fp, high), at(fp, low)), c.sub(at(xp, high), at(xp, low)));
    const inside = c.add(c.mul(slope, c.sub(c.of(x), at(xp, low))), at(fp, low));
    const end = (i: number) => c.index(c.of(fp), [{ kind: 'integer', value: i }]);
    const last = xp.nd.elements()[n - 1] as number;
    const before = tensors.map((i) => Number(i === 0), place, 'bool');
    const after = tensors.map((v) => Number(v >= last), x.nd, 'bool');
    return c.where(before, end(0), c.where(after, end(n - 1), inside));
  });
}

/** Data of one or several arrays, as NumPy's tuples of results. */
const data = (rt: Runtime, results: readonly NdArray[]): PyValue => {
  const values = results.map((nd) => new PyArray(nd));
  return values.length === 1 ? (values[0] as PyValue) : new PyTuple(values);
};

const setOperation = (
  name: string,
  compute: (a: readonly number[], b: ReadonlySet<number>, all: readonly number[]) => readonly number[],
  typeOf: (a: tensors.DType, b: tensors.DType) => tensors.DType = tensors.promote,
) =>
  define(
    name,
    { ar1: take.data, ar2: take.data, assume_unique: unfollowed(false), return_indices: unfollowed(false) },
    ({ rt }, { ar1, ar2 }) => {
      rt.tick(1 + ar1.size + ar2.size);
      const [a, b] = [tensors.unique(ar1).values, tensors.unique(ar2).values];
      const dtype = typeOf(ar1.dtype, ar2.dtype);
      const found = compute([...a.elements()], new Set(b.elements()), [...b.elements()]);
      return new PyArray(
        tensors.asType(tensors.fromValues('float64', [found.length], Float64Array.from(found)), dtype),
      );
    },
  );

const ascending = (values: readonly number[]) => [...values].sort((x, y) => x - y);

const membershipOptions = {
  assume_unique: unfollowed(false),
  invert: optional(take.flag, false),
  kind: keyword(unfollowed('sort', 'table')),
};

export const sorting: Readonly<Record<string, PyBuiltin>> = {
  sort: define('sort', { a: take.array, ...options }, ({ rt, site }, { a, axis }) => sorted(rt, a, axis, site)),
  argsort: define('argsort', { a: take.array, ...options }, ({ rt, site }, { a, axis, kind }) =>
    ordering(rt, a, axis, kind, site),
  ),
  lexsort: define('lexsort', { keys: take.arrays, axis: unfollowed(-1) }, ({ rt, site }, { keys }) => {
    for (const key of keys) {
      const x = operand(rt, key, site);
      if (x instanceof PyUnknown) return x;
      lookAtValues(rt, x, site);
    }
    const columns = keys.map((k) => k.nd.elements()).reverse();
    const n = columns[0]?.length ?? 0;
    if (columns.some((c) => c.length !== n)) throw raised('ValueError', 'all keys need to be the same shape');
    const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => {
      for (const column of columns) {
        const difference = (column[i] as number) - (column[j] as number);
        if (difference !== 0) return difference;
      }
      return i - j;
    });
    return new PyArray(tensors.fromValues('int64', [n], Float64Array.from(order)));
  }),
  unique: define(
    'unique',
    {
      ar: take.data,
      return_index: optional(take.flag, false),
      return_inverse: optional(take.flag, false),
      return_counts: optional(take.flag, false),
      axis: unfollowed(),
      equal_nan: keyword(unfollowed(true)),
    },
    ({ rt, site }, { ar, return_index, return_inverse, return_counts }) =>
      numeric(rt, site, () => {
        rt.tick(1 + ar.size);
        const { values, index, inverse, counts } = tensors.unique(ar);
        return data(rt, [
          values,
          ...(return_index ? [index] : []),
          ...(return_inverse ? [tensors.ravel(inverse)] : []),
          ...(return_counts ? [counts] : []),
        ]);
      }),
  ),
  bincount: define(
    'bincount',
    { x: take.data, weights: optional(take.array), minlength: optional(take.integer, 0) },
    ({ rt, site }, { x, weights, minlength }) =>
      numeric(rt, site, () => {
        if (weights?.row === undefined) return wrap(rt, tensors.bincount(x, weights?.nd, minlength));
        const length = Math.max(minlength, ...Array.from(x.elements(), (i) => i + 1));
        return tensor(rt, 'embed', [weights], { items: [{ kind: 'array', array: x }], shape: [length] }, site);
      }),
  ),
  searchsorted: define(
    'searchsorted',
    { a: take.array, v: take.array, side: optional(text, 'left'), sorter: unfollowed() },
    ({ rt, site }, { a, v, side }) => numeric(rt, site, () => wrap(rt, searched(rt, a, v, side, site))),
  ),
  digitize: define(
    'digitize',
    { x: take.array, bins: take.array, right: optional(take.flag, false) },
    ({ rt, site }, { x, bins, right }) =>
      numeric(rt, site, () => {
        const edges = bins.nd.elements();
        if (edges.length > 1 && (edges[0] as number) > (edges[edges.length - 1] as number))
          return rt.unknown('unsupported', '`digitize` with falling bins is not supported', site);
        return wrap(rt, searched(rt, bins, x, right ? 'left' : 'right', site));
      }),
  ),
  histogram: define(
    'histogram',
    {
      a: take.data,
      bins: optional(take.data),
      range: optional(take.data),
      density: optional(take.flag, false),
      weights: unfollowed(),
    },
    ({ rt, site }, { a, bins, range, density }) =>
      numeric(rt, site, () => {
        const x = a.elements();
        const count = bins === undefined ? 10 : bins.ndim === 0 ? bins.item() : undefined;
        const expensive = take.afford(rt, [count ?? 0], site);
        if (expensive) return expensive;
        let edges: Float64Array;
        if (count === undefined) edges = Float64Array.from((bins as NdArray).elements());
        else {
          let [low, high] = range
            ? (Array.from(range.elements()) as [number, number])
            : x.length === 0
              ? [0, 1]
              : [tensors.min(a).item(), tensors.max(a).item()];
          if (low === high) [low, high] = [low - 0.5, high + 0.5];
          edges = Float64Array.from(tensors.linspace(low, high, count + 1, true).elements());
        }
        const n = edges.length - 1;
        const counts = new Float64Array(n);
        const first = edges[0] as number;
        const last = edges[n] as number;
        for (const v of x) {
          if (!(v >= first && v <= last)) continue;
          let [low, high] = [0, n];
          while (high - low > 1) {
            const middle = (low + high) >> 1;
            if (v >= (edges[middle] as number)) low = middle;
            else high = middle;
          }
          counts[low] = (counts[low] as number) + 1;
        }
        rt.tick(x.length);
        const total = counts.reduce((s, v) => s + v, 0);
        const heights = density
          ? tensors.fromValues(
              'float64',
              [n],
              counts.map((v, i) => v / ((edges[i + 1] as number) - (edges[i] as number)) / total),
            )
          : tensors.fromValues('int64', [n], counts);
        const given = count === undefined ? (bins as NdArray).dtype : 'float64';
        return data(rt, [heights, tensors.asType(tensors.fromValues('float64', [n + 1], edges), given)]);
      }),
  ),
  interp: define(
    'interp',
    { x: take.array, xp: take.array, fp: take.array, left: unfollowed(), right: unfollowed(), period: unfollowed() },
    ({ rt, site }, { x, xp, fp }) => interpolated(rt, x, xp, fp, site),
  ),
  intersect1d: setOperation('intersect1d', (a, b) => a.filter((x) => x === x && b.has(x))),
  setdiff1d: setOperation(
    'setdiff1d',
    (a, b) => a.filter((x) => x !== x || !b.has(x)),
    (a) => a,
  ),
  union1d: setOperation('union1d', (a, _b, all) => ascending([...new Set([...a, ...all])])),
  isin: define(
    'isin',
    { element: take.data, test_elements: take.data, ...membershipOptions },
    ({ rt }, { element, test_elements, invert }) => membership(rt, element, test_elements, invert),
  ),
  in1d: define('in1d', { ar1: take.data, ar2: take.data, ...membershipOptions }, ({ rt }, { ar1, ar2, invert }) =>
    membership(rt, tensors.ravel(ar1), ar2, invert),
  ),
};

/** Whether each element is among others; NaN is among none. */
function membership(rt: Runtime, element: NdArray, others: NdArray, invert: boolean): PyValue {
  rt.tick(1 + element.size + others.size);
  const among = new Set(others.elements());
  return wrap(
    rt,
    tensors.map((v) => Number((v === v && among.has(v)) !== invert), element, 'bool'),
  );
}
