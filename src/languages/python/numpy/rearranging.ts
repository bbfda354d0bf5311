/** Elements in other places: turned, shifted, padded, triangles and diagonals, differences. */
import * as tensors from '../../../tensor';
import type { IndexItem, NdArray, PadMode } from '../../../tensor';
import { applyTensor } from '../../../autodiff/tensorRules';
import type { Site } from '../../../model';
import { define, keyword, optional, rest, text, unfollowed, value } from '../binding';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { indexed, type Operand, operand, PyArray, wrap } from './array';
import { compose } from './compose';
import { toArray } from './convert';
import { numeric } from './errors';
import * as take from './parameters';
import { tensor } from './tensors';

/** What a rearrangement does to 0, 1, 2 … says which elements of the operand it picks. */
function picked(rt: Runtime, x: Operand, site: Site, rearrange: (nd: NdArray) => NdArray): PyValue {
  return numeric(rt, site, () => {
    if (x.row === undefined) return wrap(rt, tensors.copy(rearrange(x.nd)));
    const places = tensors.fromValues(
      'int64',
      x.nd.shape,
      Float64Array.from({ length: x.nd.size }, (_, i) => i),
    );
    return tensor(rt, 'pick', [x], { positions: rearrange(places) }, site, x.nd.dtype);
  });
}

/** A view with an axis run backwards. */
function flipped(rt: Runtime, array: PyArray, axes: readonly number[], site: Site): PyValue {
  const items = array.nd.shape.map((_, i): IndexItem =>
    axes.includes(i) ? { kind: 'slice', step: -1 } : { kind: 'slice' },
  );
  return items.length === 0 ? array : indexed(rt, array, items, site);
}

const triangle = (name: 'tril' | 'triu') =>
  define(name, { m: take.array, k: optional(take.integer, 0) }, ({ rt, site }, { m, k }) =>
    tensor(rt, name, [m], { k }, site, m.nd.dtype),
  );

/** Row and column indices of a triangle of an n × m matrix. */
const triangleIndices = (name: string, keep: (row: number, column: number, k: number) => boolean) =>
  define(
    name,
    { n: take.integer, k: optional(take.integer, 0), m: optional(take.integer) },
    ({ rt, site }, { n, k, m = n }) => {
      const expensive = take.afford(rt, [n, m], site);
      if (expensive) return expensive;
      const [rows, columns]: [number[], number[]] = [[], []];
      for (let i = 0; i < n; i++)
        for (let j = 0; j < m; j++)
          if (keep(i, j, k)) {
            rows.push(i);
            columns.push(j);
          }
      return new PyTuple(
        [rows, columns].map((at) => new PyArray(tensors.fromValues('int64', [at.length], Float64Array.from(at)))),
      );
    },
  );

const MODES = new Set(['constant', 'edge', 'reflect', 'symmetric', 'wrap']);

function widths(nd: NdArray, ndim: number): readonly (readonly [number, number])[] {
  const pairs = tensors.broadcastTo(nd, [ndim, 2]).elements();
  return Array.from({ length: ndim }, (_, i): [number, number] => [pairs[2 * i] as number, pairs[2 * i + 1] as number]);
}

function padded(rt: Runtime, site: Site, x: Operand, width: NdArray, mode: string, values: PyValue): PyValue {
  if (!MODES.has(mode)) return rt.unknown('unsupported', `\`mode='${mode}'\` of \`pad\` is not supported`, site);
  const fill = toArray(rt, values, site);
  if (fill instanceof PyUnknown) return fill;
  if (fill.row !== undefined) return rt.unknown('unsupported', 'traced `constant_values` are not supported', site);
  return numeric(rt, site, () => {
    const list = widths(width, x.nd.ndim);
    if (list.some(([before, after]) => before < 0 || after < 0))
      throw raised('ValueError', "index can't contain negative values");
    const expensive = take.afford(
      rt,
      x.nd.shape.map((n, i) => n + (list[i] as [number, number])[0] + (list[i] as [number, number])[1]),
      site,
    );
    if (expensive) return expensive;
    if (mode !== 'constant') return picked(rt, x, site, (nd) => tensors.pad(nd, list, mode as PadMode));
    const one = fill.nd.size === 1 ? (fill.nd.elements()[0] as number) : undefined;
    if (x.row === undefined) {
      if (one === 0) return wrap(rt, tensors.asType(applyTensor('pad', [x.nd], { width: list }), x.nd.dtype));
      return wrap(rt, tensors.pad(x.nd, list, 'constant', widths(fill.nd, x.nd.ndim)));
    }
    if (one === undefined) return rt.unknown('unsupported', 'these `constant_values` are not supported', site);
    return tensor(rt, 'pad', [x], { width: list, value: one }, site, x.nd.dtype);
  });
}

export const rearranging: Readonly<Record<string, PyBuiltin>> = {
  flip: define('flip', { m: take.arrayValue, axis: optional(take.axes) }, ({ rt, site }, { m, axis }) =>
    numeric(rt, site, () => flipped(rt, m, tensors.axesOf('flip', axis, m.nd.ndim), site)),
  ),
  fliplr: define('fliplr', { m: take.arrayValue }, ({ rt, site }, { m }) => {
    if (m.nd.ndim < 2) throw raised('ValueError', 'Input must be >= 2-d.');
    return flipped(rt, m, [1], site);
  }),
  flipud: define('flipud', { m: take.arrayValue }, ({ rt, site }, { m }) => {
    if (m.nd.ndim < 1) throw raised('ValueError', 'Input must be >= 1-d.');
    return flipped(rt, m, [0], site);
  }),
  roll: define(
    'roll',
    { a: take.array, shift: take.integerOrMore, axis: optional(take.axes) },
    ({ rt, site }, { a, shift, axis }) =>
      typeof shift === 'number' && (axis === undefined || typeof axis === 'number')
        ? tensor(rt, 'roll', [a], { shift, ...(axis === undefined ? {} : { axis }) }, site, a.nd.dtype)
        : picked(rt, a, site, (nd) => tensors.roll(nd, shift, axis)),
  ),
  rot90: define(
    'rot90',
    { m: take.array, k: optional(take.integer, 1), axes: optional(take.integers, [0, 1] as readonly number[]) },
    ({ rt, site }, { m, k, axes }) => picked(rt, m, site, (nd) => tensors.rotate90(nd, k, axes as [number, number])),
  ),
  pad: define(
    'pad',
    {
      array: take.array,
      pad_width: take.data,
      mode: optional(text, 'constant'),
      constant_values: optional(value),
      reflect_type: unfollowed('even'),
    },
    ({ rt, site }, { array, pad_width, mode, constant_values }) => {
      if (constant_values !== undefined && mode !== 'constant')
        throw raised('ValueError', `unsupported keyword arguments for mode '${mode}': {'constant_values'}`);
      return padded(rt, site, array, pad_width, mode, constant_values ?? 0);
    },
  ),
  tril: triangle('tril'),
  triu: triangle('triu'),
  tri: define(
    'tri',
    {
      N: take.integer,
      M: optional(take.integer),
      k: optional(take.integer, 0),
      dtype: optional(take.dtype),
      like: keyword(unfollowed()),
    },
    ({ rt, site }, { N, M = N, k, dtype = 'float64' }) =>
      take.afford(rt, [N, M], site) ??
      numeric(rt, site, () => wrap(rt, tensors.lowerTriangle(tensors.ones([N, M], dtype), k))),
  ),
  tril_indices: triangleIndices('tril_indices', (row, column, k) => column <= row + k),
  triu_indices: triangleIndices('triu_indices', (row, column, k) => column >= row + k),
  diag_indices: define('diag_indices', { n: take.integer, ndim: optional(take.integer, 2) }, (_call, { n, ndim }) => {
    const along = () => new PyArray(tensors.arange(0, n, 1, 'int64'));
    return new PyTuple(Array.from({ length: ndim }, along));
  }),
  diag: define('diag', { v: take.array, k: optional(take.integer, 0) }, ({ rt, site }, { v, k }) =>
    tensor(rt, 'diag', [v], { k }, site, v.nd.dtype),
  ),
  diagflat: define('diagflat', { v: take.array, k: optional(take.integer, 0) }, ({ rt, site }, { v, k }) => {
    const flat = operand(
      rt,
      compose(rt, site).tensor('reshape', [compose(rt, site).of(v)], { shape: [v.nd.size] }),
      site,
    );
    const expensive = take.afford(rt, [v.nd.size + Math.abs(k), v.nd.size + Math.abs(k)], site);
    if (expensive) return expensive;
    return flat instanceof PyUnknown ? flat : tensor(rt, 'diag', [flat], { k }, site, v.nd.dtype);
  }),
  diagonal: define(
    'diagonal',
    {
      a: take.array,
      offset: optional(take.integer, 0),
      axis1: optional(take.integer, 0),
      axis2: optional(take.integer, 1),
    },
    ({ rt, site }, { a, ...plane }) => {
      if (a.nd.ndim < 2) throw raised('ValueError', 'diag requires an array of at least two dimensions');
      return tensor(rt, 'diagonal', [a], plane, site, a.nd.dtype);
    },
  ),
  vander: define(
    'vander',
    { x: take.array, N: optional(take.integer), increasing: optional(take.flag, false) },
    ({ rt, site }, { x, N = x.nd.size, increasing }) =>
      numeric(rt, site, () => {
        const c = compose(rt, site);
        if (x.nd.ndim !== 1) throw raised('ValueError', 'x must be a one-dimensional array or sequence.');
        const powers = Array.from({ length: N }, (_, i) => (increasing ? i : N - 1 - i));
        const column = c.tensor('reshape', [c.of(x)], { shape: [x.nd.size, 1] });
        return c.pow(column, tensors.fromValues('int64', [N], Float64Array.from(powers)));
      }),
  ),
  diff: define(
    'diff',
    {
      a: take.array,
      n: optional(take.integer, 1),
      axis: optional(take.integer, -1),
      prepend: unfollowed(),
      append: unfollowed(),
    },
    ({ rt, site }, { a, n, axis }) =>
      numeric(rt, site, () => {
        if (a.row === undefined) return wrap(rt, tensors.diff(a.nd, n, axis));
        const c = compose(rt, site);
        const place = tensors.normalizeAxis('diff', axis, a.nd.ndim);
        const part = (of: PyValue, start: number | undefined, stop: number | undefined) =>
          c.index(of, [
            ...Array.from({ length: place }, (): IndexItem => ({ kind: 'slice' })),
            { kind: 'slice', start, stop },
          ]);
        let current = c.of(a);
        for (let i = 0; i < n; i++) current = c.sub(part(current, 1, undefined), part(current, undefined, -1));
        return current;
      }),
  ),
  gradient: define(
    'gradient',
    { f: take.array, varargs: rest(take.array), axis: keyword(unfollowed()), edge_order: keyword(unfollowed(1)) },
    ({ rt, site }, { f, varargs }) =>
      numeric(rt, site, () => {
        const [spacing] = varargs;
        if (varargs.length > 1 || (spacing && (spacing.nd.ndim > 0 || spacing.row !== undefined)))
          return rt.unknown('unsupported', 'this spacing of `gradient` is not supported', site);
        const h = spacing?.nd.item() ?? 1;
        const n = f.nd.size;
        if (f.nd.ndim !== 1)
          return rt.unknown('unsupported', '`gradient` of more than one axis is not supported', site);
        if (n < 2)
          throw raised(
            'ValueError',
            'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.',
          );
        const c = compose(rt, site);
        const part = (start: number | undefined, stop: number | undefined) =>
          c.index(c.of(f), [{ kind: 'slice', start, stop }]);
        const first = c.div(c.sub(part(1, 2), part(0, 1)), h);
        const last = c.div(c.sub(part(n - 1, n), part(n - 2, n - 1)), h);
        const inner = c.div(c.sub(part(2, undefined), part(undefined, -2)), 2 * h);
        return c.tensor('concatenate', [first, inner, last], { axis: 0 });
      }),
  ),
  trapz: define(
    'trapz',
    { y: take.array, x: optional(take.array), dx: optional(take.array), axis: unfollowed(-1) },
    ({ rt, site }, { y, x, dx }) =>
      numeric(rt, site, () => {
        if (y.nd.ndim === 0) throw raised('IndexError', 'list assignment index out of range');
        const c = compose(rt, site);
        const part = (of: Operand, start: number | undefined, stop: number | undefined) =>
          c.index(c.of(of), [{ kind: 'ellipsis' }, { kind: 'slice', start, stop }]);
        const width = x ? c.sub(part(x, 1, undefined), part(x, undefined, -1)) : dx ? c.of(dx) : 1;
        const mean = c.div(c.mul(width, c.add(part(y, 1, undefined), part(y, undefined, -1))), 2);
        return c.tensor('sum', [mean], { axis: y.nd.ndim - 1 });
      }),
  ),
};
