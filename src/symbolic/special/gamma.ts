/** The gamma function and the logarithm of its absolute value. */
import { chebyshev } from './chebyshev';

/** Γ(x) on [1, 2]. */
const GAMMA = [
  0.9417855977954946, 0.004415381324841007, 0.05685043681599363, -0.00421983539641856, 0.0013268081812124603,
  -0.00018930245297988805, 3.606925327441245e-5, -6.056761904460864e-6, 1.0558295463022833e-6, -1.811967365542384e-7,
  3.117724964715322e-8, -5.354219639019687e-9, 9.193275519859589e-10, -1.5779412802883398e-10, 2.7079806229349544e-11,
  -4.64681865382573e-12, 7.97335019200742e-13, -1.368078209830916e-13, 2.3473194865638007e-14, -4.027432614949067e-15,
  6.910051747372101e-16, -1.185584500221993e-16, 2.034148542496374e-17, -3.490054341717406e-18,
];

/** log Γ(x) / ((x − 1)(x − 2)) on [1, 3]. */
const LGAMMA = [
  0.44148902545501423, -0.11119580321752523, 0.01951044826068884, -0.003922461463025264, 0.0008478989895953857,
  -0.00019153855341365593, 4.454470184975607e-5, -1.05728743735943e-5, 2.5474336873408417e-6, -6.208535880776316e-7,
  1.5268677399071546e-7, -3.782637660291326e-8, 9.428100823624284e-9, -2.361999702184645e-9, 5.943541905817546e-10,
  -1.501312977072867e-10, 3.8050196458110534e-11, -9.672485299656325e-12, 2.465348198355661e-12, -6.298868140791711e-13,
  1.6128460030283787e-13, -4.137949206814042e-14, 1.0635701227757898e-14, -2.7382420786652826e-15,
  7.060670507214892e-16, -1.8232177141662118e-16, 4.714169006756272e-17, -1.2204107319639856e-17,
  3.1630451661790255e-18,
];

/** sin(πx), exact at integers and half-integers. */
export function sinPi(x: number): number {
  const r = x - 2 * Math.round(x / 2);
  if (Math.abs(r) === 1) return 0;
  const a = Math.abs(r);
  const s = a <= 0.25 ? Math.sin(Math.PI * a) : a <= 0.75 ? Math.cos(Math.PI * (0.5 - a)) : Math.sin(Math.PI * (1 - a));
  return r < 0 ? -s : s;
}

/** Stirling's series Σ B₂ₖ / (2k (2k − 1) x²ᵏ⁻¹) for x ≥ 10 (DLMF 5.11.1). */
function stirling(x: number): number {
  const w = 1 / (x * x);
  const tail = 1 / 1260 + w * (-1 / 1680 + w * (1 / 1188 + w * (-691 / 360360 + w * (1 / 156 + (w * -3617) / 122400))));
  return (1 / 12 + w * (-1 / 360 + w * tail)) / x;
}

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
const HALF_LOG_TWO_PI = Math.log(2 * Math.PI) / 2;

/** Γ(x): NaN at the poles −1, −2, …; ±∞ at ±0 (as C's tgamma). Relative error below 1e-14 away from the poles. */
export function gamma(x: number): number {
  if (x === 0) return 1 / x;
  if (x < 0.5) {
    if (Number.isInteger(x) || x === -Infinity) return NaN;
    // Reflection (DLMF 5.5.3). Γ(1 − x) overflows before Γ(x) underflows, so it is divided by in two factors.
    const s = sinPi(x);
    if (x > -160) return x > -20 ? lowGamma(x) : Math.PI / (s * gamma(1 - x));
    const z = 1 - x;
    const half = Math.pow(z, z / 2 - 0.25);
    return (Math.PI / s / half / (SQRT_TWO_PI * Math.exp(stirling(z)))) * (Math.exp(z) / half);
  }
  if (x > 171.7) return Infinity;
  if (x >= 20 && !(Number.isInteger(x) && x <= 23)) {
    // The power is taken in two halves, since it overflows before Γ does.
    const half = Math.pow(x, x / 2 - 0.25);
    return half * (half * Math.exp(-x)) * (SQRT_TWO_PI * Math.exp(stirling(x)));
  }
  let product = 1;
  let r = x;
  for (; r > 2; r--) product *= r - 1;
  if (r < 1) return chebyshev(GAMMA, 2 * (r + 1) - 3) / r;
  if (r === 1 || r === 2) return product;
  return x !== x ? NaN : product * chebyshev(GAMMA, 2 * r - 3);
}

/** Γ(x) for −20 < x < 1/2, not an integer, by recurrence to [1, 2]. */
function lowGamma(x: number): number {
  let product = 1;
  let r = x;
  for (; r < 1; r++) product *= r;
  return chebyshev(GAMMA, 2 * r - 3) / product;
}

/**
 * log |Γ(x)|: ∞ at the poles 0, −1, −2, …. Relative error below 1e-14 for x > 0; for x < 0, where it crosses zero twice
 * between neighbouring poles, the error is relative to 1 + |log Γ(1 − x)|.
 */
export function lgamma(x: number): number {
  if (!Number.isFinite(x)) return x !== x ? NaN : Infinity;
  if (x <= 0) {
    if (Number.isInteger(x)) return Infinity;
    if (x > -1e-5) return lgamma(x + 1) - Math.log(-x);
    return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
  }
  if (x < 1) return lgamma1to3(x + 1, x, x - 1) - Math.log(x);
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirling(x);
  let product = 1;
  let r = x;
  for (; r > 3; r--) product *= r - 1;
  return Math.log(product) + lgamma1to3(r, r - 1, r - 2);
}

const lgamma1to3 = (x: number, fromOne: number, fromTwo: number) => fromOne * fromTwo * chebyshev(LGAMMA, x - 2);
