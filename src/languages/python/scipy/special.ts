/** `scipy.special`, as far as derivative code uses it. */
import type { ScalarOp } from '../../../symbolic/rules';
import type { Site } from '../../../model';
import { type NdArray, sizeOf } from '../../../tensor';
import * as tensors from '../../../tensor';
import { define, optional, unfollowed } from '../binding';
import { library } from '../library';
import { arrayOf, type Operand, wrap } from '../numpy/array';
import { compose, type Composer } from '../numpy/compose';
import { numeric } from '../numpy/errors';
import * as take from '../numpy/parameters';
import { Ufunc, type UfuncRule } from '../numpy/ufunc';
import type { Runtime } from '../runtime';
import { type PyBuiltin, PyUnknown, type PyValue } from '../values/object';
import { asFloats, floats } from './floats';

/** A primitive of the rule table by SciPy's name. */
const PRIMITIVES: Readonly<Record<string, ScalarOp>> = {
  expit: 'sigmoid',
  log_expit: 'logsigmoid',
  logit: 'logit',
  erf: 'erf',
  erfc: 'erfc',
  ndtr: 'normal_cdf',
  gamma: 'gamma',
  gammaln: 'lgamma',
  digamma: 'digamma',
  psi: 'digamma',
  expm1: 'expm1',
  log1p: 'log1p',
  exp2: 'exp2',
  cbrt: 'cbrt',
};

/** Two arguments. */
const BINARY: Readonly<Record<string, ScalarOp>> = { xlogy: 'xlogy' };

const ufunc = (name: string, inputs: 1 | 2, body: (c: Composer, x: PyValue, y: PyValue) => PyValue): Ufunc =>
  new Ufunc({
    name,
    inputs,
    apply: (rt, site, x, y) => {
      const [p, q] = [asFloats(rt, x, site), asFloats(rt, y, site)];
      if (p instanceof PyUnknown) return p;
      if (q instanceof PyUnknown) return q;
      const c = compose(rt, site);
      return body(c, c.of(p), c.of(q));
    },
  } satisfies UfuncRule);

const holds = (c: Composer, x: PyValue, test: (v: number) => boolean): NdArray => {
  const nd = c.data(x);
  return nd instanceof PyUnknown ? tensors.scalar(false) : tensors.map((v) => Number(test(v)), nd, 'bool');
};

/** −x log x, 0 at 0 and −∞ below. */
const entropy = (c: Composer, x: PyValue): PyValue => {
  const below = holds(c, x, (v) => v < 0);
  const safe = c.where(below, 1, x);
  return c.where(below, -Infinity, c.neg(c.apply('xlogy', safe, safe)));
};

/** x log (x/y), 0 at x = 0 ≤ y, and ∞ where it is not defined. */
const relativeEntropy = (c: Composer, x: PyValue, y: PyValue): PyValue => {
  const [p, q] = [c.data(x), c.data(y)];
  if (p instanceof PyUnknown) return p;
  if (q instanceof PyUnknown) return q;
  const inside = tensors.zip((a, b) => Number((a > 0 && b > 0) || Number.isNaN(a) || Number.isNaN(b)), p, q, 'bool');
  const nothing = tensors.zip((a, b) => Number(a === 0 && b >= 0), p, q, 'bool');
  const [a, b] = [c.where(inside, x, 1), c.where(inside, y, 1)];
  const value = c.mul(a, c.apply('log', c.div(a, b)));
  return c.where(inside, value, c.where(nothing, 0, Infinity));
};

/** log Γ(a) + log Γ(b) − log Γ(a + b) */
const logBeta = (c: Composer, a: PyValue, b: PyValue): PyValue =>
  c.sub(c.add(c.apply('lgamma', a), c.apply('lgamma', b)), c.apply('lgamma', c.add(a, b)));

export const xlog1py = (c: Composer, x: PyValue, y: PyValue): PyValue => {
  // 0 at x = 0, whatever log(1 + y) is.
  const zero = holds(c, x, (v) => v === 0);
  return c.where(zero, c.mul(x, 0), c.mul(x, c.apply('log1p', c.where(zero, 0, y))));
};

export { logBeta };

/** log Σ b exp(a) over axes, from exponentials that cannot overflow. */
function logsumexp(
  rt: Runtime,
  site: Site,
  a: Operand,
  axis: number | readonly number[] | undefined,
  b: Operand | undefined,
  keepdims: boolean,
): PyValue {
  const c = compose(rt, site);
  const over = { ...(axis === undefined ? {} : { axis }), keepdims };
  if (b === undefined) return c.tensor('logsumexp', [c.of(a)], over);
  return numeric(rt, site, () => {
    // The shift is data: it cancels.
    const shift = tensors.map(
      (m) => (Number.isFinite(m) ? m : 0),
      tensors.max(a.nd, { axis, keepdims: true }),
      'float64',
    );
    const total = c.tensor('sum', [c.mul(c.of(b), c.apply('exp', c.sub(c.of(a), shift)))], over);
    const back = keepdims ? shift : tensors.sum(shift, { axis });
    return c.add(c.apply('log', total), back);
  });
}

/** Softmax over one axis, several or all. */
function softmax(
  rt: Runtime,
  site: Site,
  op: 'softmax' | 'log_softmax',
  x: Operand,
  axis: number | readonly number[] | undefined,
): PyValue {
  const c = compose(rt, site);
  if (typeof axis === 'number' || x.nd.ndim === 1)
    return c.tensor(op, [c.of(x)], { axis: typeof axis === 'number' ? axis : 0 });
  if (axis === undefined) {
    const flat = c.tensor('reshape', [c.of(x)], { shape: [sizeOf(x.nd.shape)] });
    return c.tensor('reshape', [c.tensor(op, [flat], { axis: 0 })], { shape: x.nd.shape });
  }
  return rt.unknown('unsupported', `\`${op}\` over several axes is not supported`, site);
}

const factorials = (n: number): number => {
  if (n < 0) return 0;
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
};

/** n over k of whole numbers. */
const choose = (n: number, k: number): number => {
  if (k < 0 || k > n || n < 0) return 0;
  let result = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) result = (result * (n - Math.min(k, n - k) + i)) / i;
  return Math.round(result);
};

/** A function of whole numbers, which is data. */
const counting = (name: string, compute: (n: number, k: number) => number) =>
  define(
    name,
    {
      n: take.data,
      ...(name === 'comb' ? { k: take.data } : {}),
      exact: optional(take.flag, false),
      repetition: unfollowed(false),
    },
    ({ rt, site }, args) =>
      numeric(rt, site, () => {
        const { n, exact } = args;
        const k = (args as { k?: NdArray }).k ?? tensors.scalar(0);
        if ([...n.elements(), ...k.elements()].some((v) => !Number.isInteger(v) || v > 1000))
          return rt.unknown('unsupported', `\`${name}\` of these numbers is not supported`, site);
        const result = tensors.zip(compute, n, k, 'float64');
        if (!exact) return wrap(rt, result);
        const value = result.item();
        return Number.isSafeInteger(value)
          ? value
          : rt.unknown('unsupported', `an exact \`${name}\` as large as this is not supported`, site);
      }),
  );

export const special = library('scipy.special', {
  ...Object.fromEntries(
    Object.entries(PRIMITIVES).map(([name, op]): [string, PyBuiltin] => [
      name,
      ufunc(name, 1, (c, x) => c.apply(op, x)),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(BINARY).map(([name, op]): [string, PyBuiltin] => [
      name,
      ufunc(name, 2, (c, x, y) => c.apply(op, x, y)),
    ]),
  ),
  xlog1py: ufunc('xlog1py', 2, xlog1py),
  exp10: ufunc('exp10', 1, (c, x) => c.pow(10, x)),
  entr: ufunc('entr', 1, entropy),
  rel_entr: ufunc('rel_entr', 2, relativeEntropy),
  kl_div: ufunc('kl_div', 2, (c, x, y) => {
    const value = relativeEntropy(c, x, y);
    const nd = value instanceof PyUnknown ? value : c.data(value);
    if (nd instanceof PyUnknown) return nd;
    const infinite = tensors.map((v) => Number(v === Infinity), nd, 'bool');
    return c.where(infinite, Infinity, c.add(c.sub(value, x), y));
  }),
  betaln: ufunc('betaln', 2, logBeta),
  beta: ufunc('beta', 2, (c, a, b) => {
    const large = c.data(c.add(a, b));
    if (large instanceof PyUnknown) return large;
    return large.elements().some((v) => v > 170)
      ? c.apply('exp', logBeta(c, a, b))
      : c.div(c.mul(c.apply('gamma', a), c.apply('gamma', b)), c.apply('gamma', c.add(a, b)));
  }),
  polygamma: define('polygamma', { n: floats, x: floats }, ({ rt, site }, { n, x }) =>
    arrayOf(rt, compose(rt, site).apply('polygamma', compose(rt, site).of(n), compose(rt, site).of(x)), site),
  ),
  // log ½ erfc(−x/√2), whose digits do not cancel.
  log_ndtr: ufunc('log_ndtr', 1, (c, x) => c.apply('log', c.mul(0.5, c.apply('erfc', c.mul(x, -Math.SQRT1_2))))),
  huber: ufunc('huber', 2, (c, delta, r) => {
    const [d, v] = [c.data(delta), c.data(r)];
    if (d instanceof PyUnknown) return d;
    if (v instanceof PyUnknown) return v;
    const inside = tensors.zip((a, b) => Number(Math.abs(b) <= a), d, v, 'bool');
    const outer = c.mul(delta, c.sub(c.apply('abs', r), c.mul(0.5, delta)));
    return c.where(inside, c.mul(0.5, c.mul(r, r)), outer);
  }),
  pseudo_huber: ufunc('pseudo_huber', 2, (c, delta, r) => {
    const u = c.div(r, delta);
    return c.mul(c.mul(delta, delta), c.sub(c.apply('sqrt', c.add(1, c.mul(u, u))), 1));
  }),
  boxcox: ufunc('boxcox', 2, (c, x, lambda) => {
    const zero = holds(c, lambda, (v) => v === 0);
    const power = c.where(zero, 1, lambda);
    return c.where(zero, c.apply('log', x), c.div(c.apply('expm1', c.mul(power, c.apply('log', x))), power));
  }),
  comb: counting('comb', choose),
  factorial: counting('factorial', factorials),
  logsumexp: define(
    'logsumexp',
    {
      a: floats,
      axis: optional(take.axes),
      b: optional(floats),
      keepdims: optional(take.flag, false),
      return_sign: unfollowed(false),
    },
    ({ rt, site }, { a, axis, b, keepdims }) => logsumexp(rt, site, a, axis, b, keepdims),
  ),
  softmax: define('softmax', { x: floats, axis: optional(take.axes) }, ({ rt, site }, { x, axis }) =>
    softmax(rt, site, 'softmax', x, axis),
  ),
  log_softmax: define('log_softmax', { x: floats, axis: optional(take.axes) }, ({ rt, site }, { x, axis }) =>
    softmax(rt, site, 'log_softmax', x, axis),
  ),
  multigammaln: define('multigammaln', { a: floats, d: take.integer }, ({ rt, site }, { a, d }) => {
    const c = compose(rt, site);
    let sum: PyValue = c.add(c.mul(c.of(a), 0), (d * (d - 1) * Math.log(Math.PI)) / 4);
    for (let j = 1; j <= d; j++) sum = c.add(sum, c.apply('lgamma', c.sub(c.of(a), (j - 1) / 2)));
    return sum;
  }),
});
