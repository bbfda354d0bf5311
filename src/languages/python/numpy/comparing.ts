/** Comparisons of whole arrays, rounding, and repairs. */
import * as tensors from '../../../tensor';
import { isFloat } from '../../../tensor';
import type { Site } from '../../../model';
import { round as halfToEven } from '../../../symbolic/kernels';
import { define, keyword, optional, unfollowed } from '../binding';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyUnknown } from '../values/object';
import { type Operand, operand, wrap } from './array';
import { compose } from './compose';
import { numeric } from './errors';
import { look } from './guards';
import * as take from './parameters';

/** Replay must find the same closeness: |a − b| against atol + rtol |b|. */
function lookAtCloseness(rt: Runtime, a: Operand, b: Operand, rtol: number, atol: number, site: Site): void {
  if (a.row === undefined && b.row === undefined) return;
  const c = compose(rt, site);
  const distance = operand(rt, c.apply('abs', c.sub(c.of(a), c.of(b))), site);
  const bound = operand(rt, c.add(c.mul(c.apply('abs', c.of(b)), rtol), atol), site);
  if (!(distance instanceof PyUnknown) && !(bound instanceof PyUnknown)) look(rt, 'le', distance, bound, site);
}

const tolerances = {
  a: take.array,
  b: take.array,
  rtol: optional(take.real, 1e-5),
  atol: optional(take.real, 1e-8),
  equal_nan: optional(take.flag, false),
};

const rounding = (name: string) =>
  define(
    name,
    { a: take.array, decimals: optional(take.integer, 0), out: take.target() },
    ({ rt, site }, { a, decimals, out }) =>
      numeric(rt, site, () => {
        if (out !== undefined) return rt.unknown('unsupported', `\`out=\` of \`${name}\` is not supported`, site);
        if (a.nd.dtype === 'bool')
          return rt.unknown('unsupported', `\`${name}\` of bools is float16 in NumPy, which is not supported`, site);
        if (!isFloat(a.nd.dtype) && decimals >= 0) return compose(rt, site).of(a);
        // NumPy multiplies or divides by a power of ten, so that the factor is exact.
        const scale = 10 ** Math.abs(decimals);
        const up = (v: number) => (decimals >= 0 ? v * scale : v / scale);
        const down = (v: number) => (decimals >= 0 ? v / scale : v * scale);
        if (a.row !== undefined) {
          // The derivative is none; replay must round to the same.
          const c = compose(rt, site);
          const scaled = decimals >= 0 ? c.mul(c.of(a), scale) : c.div(c.of(a), scale);
          const shifted = operand(rt, c.add(scaled, 0.5), site);
          if (!(shifted instanceof PyUnknown)) look(rt, 'floor', shifted, undefined, site);
        }
        return wrap(
          rt,
          tensors.map((v) => down(halfToEven(up(v))), a.nd, a.nd.dtype),
        );
      }),
  );

export const comparing: Readonly<Record<string, PyBuiltin>> = {
  allclose: define('allclose', tolerances, ({ rt, site }, { a, b, rtol, atol, equal_nan }) =>
    numeric(rt, site, () => {
      lookAtCloseness(rt, a, b, rtol, atol, site);
      return tensors
        .isClose(a.nd, b.nd, rtol, atol, equal_nan)
        .elements()
        .every((v) => v !== 0);
    }),
  ),
  isclose: define('isclose', tolerances, ({ rt, site }, { a, b, rtol, atol, equal_nan }) =>
    numeric(rt, site, () => {
      lookAtCloseness(rt, a, b, rtol, atol, site);
      return wrap(rt, tensors.isClose(a.nd, b.nd, rtol, atol, equal_nan));
    }),
  ),
  array_equal: define(
    'array_equal',
    { a1: take.array, a2: take.array, equal_nan: unfollowed(false) },
    ({ rt, site }, { a1, a2 }) => {
      if (tensors.sameShape(a1.nd.shape, a2.nd.shape)) look(rt, 'eq', a1, a2, site);
      return tensors.arrayEqual(a1.nd, a2.nd);
    },
  ),
  array_equiv: define('array_equiv', { a1: take.array, a2: take.array }, ({ rt, site }, { a1, a2 }) => {
    try {
      const [x, y] = tensors.broadcastArrays(a1.nd, a2.nd) as [tensors.NdArray, tensors.NdArray];
      look(rt, 'eq', a1, a2, site);
      return tensors.arrayEqual(x, y);
    } catch {
      return false;
    }
  }),
  round: rounding('round'),
  around: rounding('around'),
  round_: rounding('round_'),
  nan_to_num: define(
    'nan_to_num',
    {
      x: take.array,
      copy: optional(take.flag, true),
      nan: keyword(optional(take.real, 0)),
      posinf: keyword(optional(take.real)),
      neginf: keyword(optional(take.real)),
    },
    ({ rt, site }, { x, copy, nan, posinf, neginf }) => {
      if (!copy) return rt.unknown('unsupported', '`copy=False` of `nan_to_num` is not supported', site);
      const c = compose(rt, site);
      const limit = x.nd.dtype === 'float32' ? 3.4028234663852886e38 : Number.MAX_VALUE;
      const replaced = tensors.map(
        (v) => (Number.isNaN(v) ? nan : v === Infinity ? (posinf ?? limit) : v === -Infinity ? (neginf ?? -limit) : v),
        x.nd,
        x.nd.dtype,
      );
      return c.where(
        tensors.map((v) => Number(Number.isFinite(v)), x.nd, 'bool'),
        c.of(x),
        replaced,
      );
    },
  ),
  sinc: define('sinc', { x: take.array }, ({ rt, site }, { x }) => {
    const c = compose(rt, site);
    const zero = tensors.map((v) => Number(v === 0), x.nd, 'bool');
    const angle = c.mul(c.where(zero, 1, c.of(x)), Math.PI);
    return c.where(zero, 1, c.div(c.apply('sin', angle), angle));
  }),
};
