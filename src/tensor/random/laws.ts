/**
 * Laws that NumPy draws alike from both of its generators, from uniforms in [0, 1): after `distributions.c` of NumPy 1.24, which
 * takes them from Devroye (1986), Non-Uniform Random Variate Generation.
 */
import { TensorError, valueError } from '../error';

/** A uniform in [0, 1). */
export type Uniform = () => number;

export function laplace(next: Uniform, location: number, scale: number): number {
  for (;;) {
    const u = next();
    if (u >= 0.5) return location - scale * Math.log(2 - u - u);
    if (u > 0) return location + scale * Math.log(u + u);
  }
}

export function logistic(next: Uniform, location: number, scale: number): number {
  for (;;) {
    const u = next();
    if (u > 0) return location + scale * Math.log(u / (1 - u));
  }
}

export function gumbel(next: Uniform, location: number, scale: number): number {
  for (;;) {
    const u = 1 - next();
    if (u < 1) return location - scale * Math.log(-Math.log(u));
  }
}

/** Successes of n trials, by inversion. @throws TensorError where NumPy takes another method (30 expected and more) */
export function binomial(next: Uniform, n: number, p: number): number {
  if (!(n >= 0)) throw valueError('binomial', 'n < 0');
  if (!(p >= 0)) throw valueError('binomial', 'p < 0');
  if (p > 1) throw valueError('binomial', 'p > 1');
  if (n === 0 || p === 0) return 0;
  return p <= 0.5 ? inverted(next, n, p) : n - inverted(next, n, 1 - p);
}

function inverted(next: Uniform, n: number, p: number): number {
  if (p * n > 30) {
    throw new TensorError(
      'unsupported',
      'binomial',
      'binomial numbers with 30 expected successes or more are not supported',
    );
  }
  const q = 1 - p;
  const none = Math.exp(n * Math.log(q));
  const mean = n * p;
  const bound = Math.trunc(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  let count = 0;
  let chance = none;
  let u = next();
  while (u > chance) {
    count++;
    if (count > bound) {
      count = 0;
      chance = none;
      u = next();
    } else {
      u -= chance;
      chance = ((n - count + 1) * p * chance) / (count * q);
    }
  }
  return count;
}

/** Gamma numbers of the legacy generator: Marsaglia and Tsang (2000), below a shape of 1 Ahrens and Dieter (1974). */
export function legacyGamma(next: Uniform, normal: () => number, shape: number): number {
  const exponential = (): number => -Math.log(1 - next());
  if (!(shape >= 0)) throw valueError('gamma', 'shape < 0');
  if (shape === 1) return exponential();
  if (shape === 0) return 0;
  if (shape < 1) {
    for (;;) {
      const u = next();
      const v = exponential();
      if (u <= 1 - shape) {
        const x = u ** (1 / shape);
        if (x <= v) return x;
      } else {
        const y = -Math.log((1 - u) / shape);
        const x = (1 - shape + shape * y) ** (1 / shape);
        if (x <= v + y) return x;
      }
    }
  }
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = normal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = next();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
  }
}

/** Beta numbers of the legacy generator: Jöhnk (1964) where neither shape is above 1, else a ratio of gammas. */
export function legacyBeta(next: Uniform, normal: () => number, a: number, b: number): number {
  if (!(a > 0)) throw valueError('beta', 'a <= 0');
  if (!(b > 0)) throw valueError('beta', 'b <= 0');
  if (a > 1 || b > 1) {
    const x = legacyGamma(next, normal, a);
    return x / (x + legacyGamma(next, normal, b));
  }
  for (;;) {
    const u = next();
    const v = next();
    const x = u ** (1 / a);
    const y = v ** (1 / b);
    if (x + y > 1 || u + v <= 0) continue;
    if (x + y > 0) return x / (x + y);
    const [p, q] = [Math.log(u) / a, Math.log(v) / b];
    const top = Math.max(p, q);
    return Math.exp(p - top - Math.log(Math.exp(p - top) + Math.exp(q - top)));
  }
}

/** Events at a rate, by multiplication. @throws TensorError where NumPy takes another method (a rate of 10 and more) */
export function poisson(next: Uniform, rate: number): number {
  if (!(rate >= 0)) throw valueError('poisson', 'lam < 0 or lam contains NaNs');
  if (rate >= 10)
    throw new TensorError('unsupported', 'poisson', 'Poisson numbers at a rate of 10 or more are not supported');
  if (rate === 0) return 0;
  const limit = Math.exp(-rate);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count++;
  return count;
}
