/** Products of arrays. */
import * as tensors from '../../../tensor';
import { define, optional, rest, text, unfollowed, keyword, value } from '../binding';
import { raised } from '../exceptions';
import { asIndex } from '../iteration';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { arrayOf, operand, wrap } from './array';
import { castTo } from './cast';
import { compose } from './compose';
import { numeric } from './errors';
import * as take from './parameters';
import { FLOPS_PER_OPERATION, knownOperands, tensor } from './tensors';
import { store } from './write';

const product = (name: string, op = name) =>
  define(name, { a: take.array, b: take.array, out: take.target() }, ({ rt, site }, { a, b, out }) => {
    const result = tensor(rt, op, [a, b], {}, site);
    return out === undefined ? result : store(rt, out, result, name, site);
  });

/** A result without axes that stays an array. */
function asArray(rt: Runtime, value: PyValue, site: number): PyValue {
  return value instanceof PyUnknown ? value : arrayOf(rt, value, site);
}

const diagonal = { axis1: optional(take.integer, 0), axis2: optional(take.integer, 1) };

export const products: Readonly<Record<string, PyBuiltin>> = {
  dot: product('dot'),
  matmul: product('matmul'),
  inner: product('inner'),
  outer: product('outer'),
  vdot: define('vdot', { a: take.array, b: take.array }, ({ rt, site }, { a, b }) => {
    if (a.nd.size !== b.nd.size)
      throw raised('ValueError', `cannot reshape array of size ${b.nd.size} into shape (${a.nd.size},)`);
    const c = compose(rt, site);
    const flat = [a, b].map((x) => operand(rt, c.tensor('reshape', [c.of(x)], { shape: [x.nd.size] }), site));
    const known = knownOperands(flat);
    return known instanceof PyUnknown ? known : tensor(rt, 'dot', known, {}, site);
  }),
  tensordot: define(
    'tensordot',
    { a: take.array, b: take.array, axes: optional(value, 2 as PyValue) },
    ({ rt, site }, { a, b, axes }) => {
      if (!(axes instanceof PyTuple || axes instanceof PyList)) {
        const n = asIndex(rt, axes, site);
        for (let i = 0; !(n instanceof PyUnknown) && i < n; i++) {
          const [own, other] = [a.nd.shape[a.nd.ndim - n + i], b.nd.shape[i]];
          if (own === undefined || other === undefined) throw raised('IndexError', 'tuple index out of range');
          if (own !== other) throw raised('ValueError', 'shape-mismatch for sum');
        }
        return n instanceof PyUnknown ? n : asArray(rt, tensor(rt, 'tensordot', [a, b], { axes: n }, site), site);
      }
      const pair = axes.items.map((x) => take.shapeOf(rt, x, site));
      const unknown = pair.find((p) => p instanceof PyUnknown);
      return unknown
        ? (unknown as PyUnknown)
        : asArray(rt, tensor(rt, 'tensordot', [a, b], { axes: pair }, site), site);
    },
  ),
  einsum: define(
    'einsum',
    {
      subscripts: text,
      operands: rest(take.array),
      out: keyword(take.target()),
      optimize: keyword(value_()),
      dtype: keyword(unfollowed()),
      order: keyword(unfollowed('K', 'C')),
      casting: keyword(unfollowed('safe')),
    },
    ({ rt, site }, { subscripts, operands, out }) => {
      const specification = subscripts.replace(/\s/g, '');
      const expensive = numeric(rt, site, () => {
        const shapes = operands.map((x) => x.nd.shape);
        const ranks = shapes.map((shape) => shape.length);
        const { multiplications, elements } = tensors.einsumCost(tensors.parseEinsum(specification, ranks), shapes);
        rt.tick(Math.floor(multiplications / FLOPS_PER_OPERATION));
        return take.afford(rt, [elements], site);
      });
      if (expensive) return expensive;
      const result = operands.every((x) => x.row === undefined)
        ? numeric(rt, site, () => {
            rt.tick(operands.reduce((n, x) => n + x.nd.size, 1) >> 3);
            return wrap(rt, tensors.einsum(specification, ...operands.map((x) => x.nd)));
          })
        : tensor(rt, 'einsum', operands, { subscripts: specification }, site);
      return out === undefined ? result : store(rt, out, result, 'einsum', site);
    },
  ),
  trace: define(
    'trace',
    { a: take.array, offset: optional(take.integer, 0), ...diagonal, dtype: unfollowed(), out: unfollowed() },
    ({ rt, site }, { a, offset, axis1, axis2 }) => {
      if (a.nd.ndim < 2) throw raised('ValueError', 'diag requires an array of at least two dimensions');
      return tensor(rt, 'trace', [a], { offset, axis1, axis2 }, site, tensors.accumulationType(a.nd.dtype));
    },
  ),
  kron: define('kron', { a: take.array, b: take.array }, ({ rt, site }, { a, b }) =>
    numeric(rt, site, () => {
      if (a.row === undefined && b.row === undefined) return wrap(rt, tensors.kron(a.nd, b.nd));
      // Every pair of axes side by side, then joined.
      const ndim = Math.max(a.nd.ndim, b.nd.ndim);
      const own = (shape: readonly number[]) => [...Array.from({ length: ndim - shape.length }, () => 1), ...shape];
      const [p, q] = [own(a.nd.shape), own(b.nd.shape)];
      const c = compose(rt, site);
      const left = c.tensor('reshape', [c.of(a)], { shape: p.flatMap((n) => [n, 1]) });
      const right = c.tensor('reshape', [c.of(b)], { shape: q.flatMap((n) => [1, n]) });
      return c.tensor('reshape', [c.mul(left, right)], { shape: p.map((n, i) => n * (q[i] as number)) });
    }),
  ),
  cross: define(
    'cross',
    {
      a: take.array,
      b: take.array,
      axisa: unfollowed(-1),
      axisb: unfollowed(-1),
      axisc: unfollowed(-1),
      axis: unfollowed(-1),
    },
    ({ rt, site }, { a, b }) =>
      numeric(rt, site, () => {
        if (a.nd.shape.at(-1) !== 3 || b.nd.shape.at(-1) !== 3)
          return rt.unknown('unsupported', '`cross` of vectors that are not of three elements is not supported', site);
        const c = compose(rt, site);
        const type = tensors.promote(a.nd.dtype, b.nd.dtype);
        const part = (x: typeof a, i: number) =>
          c.index(x.nd.dtype === type ? c.of(x) : castTo(rt, x, type, site), [
            { kind: 'ellipsis' },
            { kind: 'integer', value: i },
          ]);
        const term = (i: number, j: number) => c.sub(c.mul(part(a, i), part(b, j)), c.mul(part(a, j), part(b, i)));
        return c.tensor('stack', [term(1, 2), term(2, 0), term(0, 1)], { axis: Math.max(a.nd.ndim, b.nd.ndim) - 1 });
      }),
  ),
  // Σ a[k] v[n − k]: each element of the shorter one times the other, moved along.
  convolve: define(
    'convolve',
    { a: take.array, v: take.array, mode: optional(text, 'full') },
    ({ rt, site }, { a, v, mode }) => numeric(rt, site, () => correlated(rt, site, a, v, mode, true)),
  ),
  correlate: define(
    'correlate',
    { a: take.array, v: take.array, mode: optional(text, 'valid') },
    ({ rt, site }, { a, v, mode }) => numeric(rt, site, () => correlated(rt, site, a, v, mode, false)),
  ),
};

/** Options that change how fast a result is had, and not what it is. */
function value_() {
  return optional(value);
}

function correlated(
  rt: Parameters<typeof compose>[0],
  site: number,
  a: Parameters<ReturnType<typeof compose>['of']>[0],
  v: Parameters<ReturnType<typeof compose>['of']>[0],
  mode: string,
  flips: boolean,
): PyValue {
  const [n, m] = [a.nd.size, v.nd.size];
  if (a.nd.ndim !== 1 || v.nd.ndim !== 1 || n === 0 || m === 0 || (!flips && n < m))
    return rt.unknown('unsupported', 'this convolution is not supported', site);
  const [from, count] =
    mode === 'full'
      ? [0, n + m - 1]
      : mode === 'same'
        ? [Math.floor((Math.min(n, m) - 1) / 2), Math.max(n, m)]
        : [Math.min(n, m) - 1, Math.abs(n - m) + 1];
  if (!['full', 'same', 'valid'].includes(mode))
    return rt.unknown('unsupported', 'this mode of convolution is not supported', site);
  const finite = (x: typeof a) => x.nd.elements().every(Number.isFinite);
  // Padding with zeros would make numbers of what is none.
  if (!finite(a) || !finite(v))
    return rt.unknown('unsupported', 'a convolution of what is not finite is not supported', site);
  const start = from;
  const c = compose(rt, site);
  rt.tick((n * m) >> 6);
  const kernel = flips ? c.of(v) : c.tensor('flip', [c.of(v)], {});
  const signal = c.tensor('pad', [c.of(a)], { width: [[m - 1, m - 1]] });
  // Row i of the windows is the signal that meets the flipped kernel at place i of the full result.
  const places = tensors.fromValues(
    'int64',
    [n + m - 1, m],
    Float64Array.from({ length: (n + m - 1) * m }, (_, i) => Math.floor(i / m) + m - 1 - (i % m)),
  );
  const full = c.matmul(c.tensor('pick', [signal], { positions: places }), kernel);
  const part = operand(rt, c.index(full, [{ kind: 'slice', start, stop: start + count }]), site);
  if (part instanceof PyUnknown) return part;
  const dtype = tensors.resultType(a.nd.dtype, v.nd.dtype);
  return part.nd.dtype === dtype ? c.of(part) : castTo(rt, part, dtype, site);
}
