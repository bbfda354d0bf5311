/** Polynomials by their coefficients, highest power first, and functions with two results. */
import * as tensors from '../../../tensor';
import { define, keyword, unfollowed } from '../binding';
import { raised } from '../exceptions';
import { type PyBuiltin, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { wrap } from './array';
import { castTo } from './cast';
import { compose } from './compose';
import { numeric } from './errors';
import * as take from './parameters';
import { binaryArrays } from './arithmetic';

export const polynomials: Readonly<Record<string, PyBuiltin>> = {
  polyval: define('polyval', { p: take.array, x: take.array }, ({ rt, site }, { p, x }) =>
    numeric(rt, site, () => {
      const c = compose(rt, site);
      // Horner's scheme.
      // A number of Python is an array here, with a type of its own.
      const type = tensors.promote(x.nd.dtype, p.nd.dtype);
      const [at, powers] = [x, p].map((o) =>
        o.nd.dtype === type && !o.nd.weak ? c.of(o) : castTo(rt, o, type, site),
      ) as [PyValue, PyValue];
      let result: PyValue = c.mul(at, 0);
      for (let i = 0; i < (p.nd.shape[0] ?? 0); i++)
        result = c.add(c.mul(result, at), c.index(powers, [{ kind: 'integer', value: i }]));
      return result;
    }),
  ),
  polyfit: define(
    'polyfit',
    {
      x: take.array,
      y: take.array,
      deg: take.integer,
      rcond: unfollowed(),
      full: unfollowed(false),
      w: unfollowed(),
      cov: unfollowed(false),
    },
    ({ rt, site }, { x, y, deg }) =>
      numeric(rt, site, () => {
        if (deg < 0) throw raised('ValueError', 'expected deg >= 0');
        if (x.row !== undefined)
          return rt.unknown('unsupported', 'the derivative of `polyfit` by its places is not supported', site);
        const n = deg + 1;
        const powers = tensors.arange(deg, -1, -1, 'float64');
        const column = tensors.reshape(tensors.toFloat64(x.nd), [x.nd.size, 1]);
        const raw = tensors.zip((a, p) => a ** p, column, powers, 'float64');
        const scale = tensors.map(
          Math.sqrt,
          tensors.sum(
            tensors.map((v) => v * v, raw),
            { axis: 0 },
          ),
        );
        const scaled = tensors.zip((a, s) => a / s, raw, scale, 'float64');
        const rcond = x.nd.size * 2 ** -52;
        if (y.row === undefined) {
          const { solution } = tensors.lstsq(scaled, tensors.toFloat64(y.nd), rcond);
          const by = y.nd.ndim === 2 ? tensors.reshape(scale, [n, 1]) : scale;
          return wrap(
            rt,
            tensors.zip((a, s) => a / s, solution, by, 'float64'),
          );
        }
        // The coefficients are linear in the values.
        const c = compose(rt, site);
        const fit = tensors.zip(
          (a, s) => a / s,
          tensors.pinv(scaled, rcond),
          tensors.reshape(scale, [n, 1]),
          'float64',
        );
        return c.matmul(fit, c.of(y));
      }),
  ),
  divmod: define(
    'divmod',
    {
      x1: take.array,
      x2: take.array,
      out: unfollowed(),
      where: keyword(unfollowed(true)),
      dtype: keyword(unfollowed()),
    },
    ({ rt, site }, { x1, x2 }) => {
      const quotient = binaryArrays(rt, '//', x1, x2, site) as PyValue;
      return quotient instanceof PyUnknown
        ? quotient
        : new PyTuple([quotient, binaryArrays(rt, '%', x1, x2, site) as PyValue]);
    },
  ),
  modf: define('modf', { x: take.array }, ({ rt, site }, { x }) => {
    const c = compose(rt, site);
    const whole = c.trunc(tensors.isFloat(x.nd.dtype) ? c.of(x) : c.mul(c.of(x), tensors.scalar(1, 'float64')));
    return whole instanceof PyUnknown ? whole : new PyTuple([c.sub(c.of(x), whole), whole]);
  }),
  ediff1d: define(
    'ediff1d',
    { ary: take.array, to_end: unfollowed(), to_begin: unfollowed() },
    ({ rt, site }, { ary }) => {
      const c = compose(rt, site);
      const flat = c.tensor('reshape', [c.of(ary)], { shape: [ary.nd.size] });
      return c.sub(c.index(flat, [{ kind: 'slice', start: 1 }]), c.index(flat, [{ kind: 'slice', stop: -1 }]));
    },
  ),
  real: define('real', { val: take.array }, ({ rt, site }, { val }) => compose(rt, site).of(val)),
  imag: define('imag', { val: take.array }, ({ rt }, { val }) => wrap(rt, tensors.zeros(val.nd.shape, val.nd.dtype))),
};
