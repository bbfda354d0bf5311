/** The standard forms of the laws, one entry each, after the documentation of `scipy.stats`. */
import type { Composer } from '../../numpy/compose';
import type { PyValue } from '../../values/object';
import { logBeta, xlog1py } from '../special';
import type { Law } from './law';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

const square = (c: Composer, x: PyValue) => c.mul(x, x);
const log = (c: Composer, x: PyValue) => c.apply('log', x);
const lgamma = (c: Composer, x: PyValue) => c.apply('lgamma', x);
const xlogy = (c: Composer, x: PyValue, y: PyValue) => c.apply('xlogy', x, y);
const positive = (...shapes: number[]) => shapes.every((s) => s > 0);
const isChance = (p: number) => p >= 0 && p <= 1;

export const LAWS: readonly Law[] = [
  {
    name: 'norm',
    shapes: [],
    log: (c, z) => c.sub(c.mul(-0.5, square(c, z)), HALF_LOG_TWO_PI),
    cdf: (c, z) => c.apply('normal_cdf', z),
  },
  { name: 'uniform', shapes: [], log: (c, z) => c.mul(z, 0), support: (z) => z >= 0 && z <= 1 },
  { name: 'expon', shapes: [], log: (c, z) => c.neg(z), support: (z) => z >= 0 },
  {
    name: 'laplace',
    shapes: [],
    log: (c, z) => c.sub(-Math.LN2, c.apply('abs', z)),
  },
  {
    name: 'cauchy',
    shapes: [],
    log: (c, z) => c.sub(-Math.log(Math.PI), c.apply('log1p', square(c, z))),
    cdf: (c, z) => c.add(0.5, c.div(c.apply('atan', z), Math.PI)),
  },
  {
    name: 'logistic',
    shapes: [],
    log: (c, z) => c.add(c.apply('logsigmoid', z), c.apply('logsigmoid', c.neg(z))),
    cdf: (c, z) => c.apply('sigmoid', z),
  },
  {
    name: 'halfnorm',
    shapes: [],
    log: (c, z) => c.sub(0.5 * Math.log(2 / Math.PI), c.mul(0.5, square(c, z))),
    support: (z) => z >= 0,
  },
  {
    name: 'halfcauchy',
    shapes: [],
    log: (c, z) => c.sub(Math.log(2 / Math.PI), c.apply('log1p', square(c, z))),
    support: (z) => z >= 0,
  },
  { name: 'rayleigh', shapes: [], log: (c, z) => c.sub(log(c, z), c.mul(0.5, square(c, z))), support: (z) => z > 0 },
  { name: 'gumbel_r', shapes: [], log: (c, z) => c.neg(c.add(z, c.apply('exp', c.neg(z)))) },
  { name: 'gumbel_l', shapes: [], log: (c, z) => c.sub(z, c.apply('exp', z)) },
  {
    name: 'gamma',
    shapes: ['a'],
    log: (c, z, a) => c.sub(c.sub(xlogy(c, c.sub(a, 1), z), z), lgamma(c, a)),
    support: (z) => z >= 0,
    valid: positive,
  },
  {
    name: 'invgamma',
    shapes: ['a'],
    log: (c, z, a) => c.sub(c.sub(c.neg(c.mul(c.add(a, 1), log(c, z))), lgamma(c, a)), c.div(1, z)),
    support: (z) => z > 0,
    valid: positive,
  },
  {
    name: 'chi2',
    shapes: ['df'],
    log: (c, z, df) => {
      const half = c.div(df, 2);
      return c.sub(c.sub(c.sub(xlogy(c, c.sub(half, 1), z), c.div(z, 2)), lgamma(c, half)), c.mul(half, Math.LN2));
    },
    support: (z) => z >= 0,
    valid: positive,
  },
  {
    name: 'beta',
    shapes: ['a', 'b'],
    log: (c, z, a, b) => c.sub(c.add(xlog1py(c, c.sub(b, 1), c.neg(z)), xlogy(c, c.sub(a, 1), z)), logBeta(c, a, b)),
    support: (z) => z >= 0 && z <= 1,
    valid: positive,
  },
  {
    name: 't',
    shapes: ['df'],
    log: (c, z, df) => {
      const more = c.div(c.add(df, 1), 2);
      const front = c.sub(lgamma(c, more), lgamma(c, c.div(df, 2)));
      const tail = c.mul(more, c.apply('log1p', c.div(square(c, z), df)));
      return c.sub(c.sub(front, c.mul(0.5, log(c, c.mul(df, Math.PI)))), tail);
    },
    valid: positive,
  },
  {
    name: 'lognorm',
    shapes: ['s'],
    log: (c, z, s) => {
      const place = log(c, z);
      const spread = c.div(square(c, place), c.mul(2, square(c, s)));
      return c.sub(c.sub(c.neg(spread), log(c, c.mul(s, z))), HALF_LOG_TWO_PI);
    },
    support: (z) => z > 0,
    valid: positive,
  },
  {
    name: 'weibull_min',
    shapes: ['c'],
    log: (c, z, k) => c.sub(c.add(log(c, k), xlogy(c, c.sub(k, 1), z)), c.pow(z, k)),
    support: (z) => z >= 0,
    valid: positive,
  },
  {
    name: 'pareto',
    shapes: ['b'],
    log: (c, z, b) => c.sub(log(c, b), c.mul(c.add(b, 1), log(c, z))),
    support: (z) => z >= 1,
    inside: 2,
    valid: positive,
  },
  {
    name: 'bernoulli',
    shapes: ['p'],
    discrete: true,
    log: (c, k, p) => c.add(xlogy(c, k, p), xlog1py(c, c.sub(1, k), c.neg(p))),
    support: (k) => k === 0 || k === 1,
    inside: 1,
    valid: isChance,
  },
  {
    name: 'binom',
    shapes: ['n', 'p'],
    discrete: true,
    log: (c, k, n, p) => {
      const rest = c.sub(n, k);
      const ways = c.sub(lgamma(c, c.add(n, 1)), c.add(lgamma(c, c.add(k, 1)), lgamma(c, c.add(rest, 1))));
      return c.add(ways, c.add(xlogy(c, k, p), xlog1py(c, rest, c.neg(p))));
    },
    support: (k, n) => k >= 0 && k <= (n as number),
    inside: 0,
    valid: (n, p) => (n as number) >= 0 && Number.isInteger(n) && isChance(p as number),
  },
  {
    name: 'poisson',
    shapes: ['mu'],
    discrete: true,
    log: (c, k, mu) => c.sub(c.sub(xlogy(c, k, mu), lgamma(c, c.add(k, 1))), mu),
    support: (k) => k >= 0,
    inside: 0,
    valid: (mu) => (mu as number) >= 0,
  },
  {
    name: 'geom',
    shapes: ['p'],
    discrete: true,
    log: (c, k, p) => c.add(xlog1py(c, c.sub(k, 1), c.neg(p)), log(c, p)),
    support: (k) => k >= 1,
    inside: 1,
    valid: (p) => (p as number) > 0 && (p as number) <= 1,
  },
  {
    name: 'nbinom',
    shapes: ['n', 'p'],
    discrete: true,
    log: (c, k, n, p) => {
      const ways = c.sub(lgamma(c, c.add(n, k)), c.add(lgamma(c, c.add(k, 1)), lgamma(c, n)));
      return c.add(ways, c.add(c.mul(n, log(c, p)), xlog1py(c, k, c.neg(p))));
    },
    support: (k) => k >= 0,
    inside: 0,
    valid: (n, p) => (n as number) > 0 && (p as number) > 0 && (p as number) <= 1,
  },
];
