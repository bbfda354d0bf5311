/** Other shapes of the same elements, as views where NumPy gives views. */
import * as tensors from '../../../tensor';
import type { NdArray } from '../../../tensor';
import type { Site } from '../../../model';
import { define, optional, type Parameter, rest, unfollowed } from '../binding';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { PyArray, reshaped, transposed } from './array';
import { numeric } from './errors';
import * as take from './parameters';
import { tensor } from './tensors';

/** The shape after an operation that only changes extents of 1. */
function like(rt: Runtime, array: PyArray, site: Site, shape: (nd: NdArray) => NdArray): PyValue {
  return numeric(rt, site, () => reshaped(rt, array, shape(array.nd).shape, site));
}

/** `order=`: rows first, or with F columns first. */
const order: Parameter<'C' | 'F'> = {
  read: ({ rt, site, name }, given) =>
    given === 'F'
      ? 'F'
      : given === 'C'
        ? 'C'
        : rt.unknown('unsupported', `this \`order=\` of \`${name}\` is not supported`, site),
};

/** Columns first: the transpose of the reshaped transpose. */
export function reshapedIn(rt: Runtime, array: PyArray, shape: readonly number[], how: 'C' | 'F', site: Site): PyValue {
  if (how === 'C') return reshaped(rt, array, shape, site);
  const refused = numeric(rt, site, () => void tensors.reshape(array.nd, shape));
  if (refused instanceof PyUnknown) return refused;
  const turned = transposed(rt, array, undefined, site);
  if (!(turned instanceof PyArray)) return turned;
  const next = reshaped(rt, turned, [...shape].reverse(), site);
  return next instanceof PyArray ? transposed(rt, next, undefined, site) : next;
}

function place(array: PyArray, axis: number, operation: string, argument?: string): number {
  return tensors.normalizeAxis(operation, axis, array.nd.ndim, argument);
}

function moved(
  rt: Runtime,
  array: PyArray,
  sources: readonly number[],
  targets: readonly number[],
  site: Site,
): PyValue {
  return numeric(rt, site, () => {
    const from = sources.map((s) => place(array, s, 'moveaxis', 'source'));
    const to = targets.map((d) => place(array, d, 'moveaxis', 'destination'));
    if (from.length !== to.length) {
      const message = '`source` and `destination` arguments must have the same number of elements';
      throw new tensors.TensorError('value', 'moveaxis', message, { exception: 'ValueError', message });
    }
    const order = Array.from({ length: array.nd.ndim }, (_, i) => i).filter((i) => !from.includes(i));
    to.map((d, i): [number, number] => [d, from[i] as number])
      .sort(([a], [b]) => a - b)
      .forEach(([d, s]) => order.splice(d, 0, s));
    return transposed(rt, array, order, site);
  });
}

/** @throws Python's ValueError, which names the first two that do not fit */
function commonShape(shapes: readonly (readonly number[])[]): readonly number[] {
  let common: readonly number[] = [];
  shapes.forEach((shape, i) => {
    try {
      common = tensors.broadcastShapes('broadcast_arrays', common, shape);
    } catch {
      const other = shapes.findIndex((s, k) => k < i && !fits(s, shape));
      throw raised(
        'ValueError',
        `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${other} with shape ${tensors.tupleText(shapes[other] as readonly number[])} and arg ${i} with shape ${tensors.tupleText(shape)}.`,
      );
    }
  });
  return common;
}

function fits(a: readonly number[], b: readonly number[]): boolean {
  try {
    tensors.broadcastShapes('broadcast_arrays', a, b);
    return true;
  } catch {
    return false;
  }
}

const list = (x: number | readonly number[]): readonly number[] => (typeof x === 'number' ? [x] : x);

const atLeast = (n: 1 | 2 | 3) =>
  define(`atleast_${n}d`, { arys: rest(take.arrayValue) }, ({ rt, site }, { arys }) => {
    const shaped = arys.map((a) => like(rt, a, site, (nd) => tensors.atLeast(n, nd)));
    return shaped.length === 1 ? (shaped[0] as PyValue) : new PyList(shaped);
  });

export const shaping: Readonly<Record<string, PyBuiltin>> = {
  reshape: define(
    'reshape',
    { a: take.arrayValue, newshape: take.shape, order: optional(order, 'C' as const) },
    ({ rt, site }, { a, newshape, order }) => reshapedIn(rt, a, newshape, order, site),
  ),
  ravel: define('ravel', { a: take.arrayValue, order: optional(order, 'C' as const) }, ({ rt, site }, { a, order }) =>
    reshapedIn(rt, a, [-1], order, site),
  ),
  transpose: define('transpose', { a: take.arrayValue, axes: optional(take.integers) }, ({ rt, site }, { a, axes }) =>
    transposed(rt, a, axes, site),
  ),
  swapaxes: define(
    'swapaxes',
    { a: take.arrayValue, axis1: take.integer, axis2: take.integer },
    ({ rt, site }, { a, axis1, axis2 }) =>
      numeric(rt, site, () => {
        const order = Array.from({ length: a.nd.ndim }, (_, k) => k);
        const [x, y] = [place(a, axis1, 'swapaxes', 'axis1'), place(a, axis2, 'swapaxes', 'axis2')];
        [order[x], order[y]] = [y, x];
        return transposed(rt, a, order, site);
      }),
  ),
  moveaxis: define(
    'moveaxis',
    { a: take.arrayValue, source: take.integerOrMore, destination: take.integerOrMore },
    ({ rt, site }, { a, source, destination }) => moved(rt, a, list(source), list(destination), site),
  ),
  rollaxis: define(
    'rollaxis',
    { a: take.arrayValue, axis: take.integer, start: optional(take.integer, 0) },
    ({ rt, site }, { a, axis, start }) =>
      numeric(rt, site, () => {
        const from = place(a, axis, 'rollaxis');
        const to = start < 0 ? start + a.nd.ndim : start;
        return moved(rt, a, [from], [from < to ? to - 1 : to], site);
      }),
  ),
  expand_dims: define('expand_dims', { a: take.arrayValue, axis: take.axes }, ({ rt, site }, { a, axis }) =>
    like(rt, a, site, (nd) => tensors.expandDims(nd, axis)),
  ),
  squeeze: define('squeeze', { a: take.arrayValue, axis: optional(take.axes) }, ({ rt, site }, { a, axis }) =>
    like(rt, a, site, (nd) => (nd.ndim === 0 && (axis === 0 || axis === -1) ? nd : tensors.squeeze(nd, axis))),
  ),
  atleast_1d: atLeast(1),
  atleast_2d: atLeast(2),
  atleast_3d: atLeast(3),
  broadcast_to: define(
    'broadcast_to',
    { array: take.array, shape: take.shape, subok: unfollowed(false) },
    ({ rt, site }, { array, shape }) =>
      numeric(rt, site, () => {
        tensors.broadcastTo(array.nd, shape);
        return tensor(rt, 'broadcast', [array], { shape }, site, array.nd.dtype);
      }),
  ),
  broadcast_arrays: define(
    'broadcast_arrays',
    { args: rest(take.array), subok: { ...unfollowed(false), kind: 'keyword' } },
    ({ rt, site }, { args }) =>
      numeric(rt, site, () => {
        const shape = commonShape(args.map((x) => x.nd.shape));
        return new PyList(args.map((x) => tensor(rt, 'broadcast', [x], { shape }, site, x.nd.dtype)));
      }),
  ),
  broadcast_shapes: define('broadcast_shapes', { args: rest(take.shape) }, ({ rt, site }, { args }) =>
    numeric(rt, site, () => new PyTuple([...tensors.broadcastShapes('broadcast_shapes', ...args)])),
  ),
  shape: define('shape', { a: take.array }, (_call, { a }) => new PyTuple([...a.nd.shape])),
  ndim: define('ndim', { a: take.array }, (_call, { a }) => a.nd.ndim),
  size: define('size', { a: take.array, axis: optional(take.integer) }, ({ rt, site }, { a, axis }) =>
    numeric(rt, site, () =>
      axis === undefined ? a.nd.size : (a.nd.shape[tensors.normalizeAxis('size', axis, a.nd.ndim)] as number),
    ),
  ),
};

export { order as orderParameter };
