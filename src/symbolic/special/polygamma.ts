/** The digamma function and the polygamma functions of higher order. */
import { chebyshev } from './chebyshev';
import { sinPi } from './gamma';

/** ψ(x) / (x − root) on [1, 2]. */
const DIGAMMA = [
  0.983570260441567, -0.2270640863346444, 0.03336889902393011, -0.005320077271596548, 0.0008788656937820505,
  -0.00014773492650606044, 2.5060543468359146e-5, -4.2721034029993324e-6, 7.302769272465923e-7, -1.2502886813559594e-7,
  2.1425009322359472e-8, -3.673295918565179e-9, 6.299717236108931e-10, -1.080593028883266e-10, 1.853735192053638e-11,
  -3.18023536582553e-12, 5.456147570322795e-13, -9.360993131036438e-14, 1.606064636295075e-14, -2.7555431377438815e-15,
  4.727736178601912e-16, -8.11148420346509e-17, 1.391707769474154e-17, -2.3877901082188625e-18,
];

/** The positive zero of ψ, in two parts. */
const ROOT = 1.4616321449683622;
const ROOT_REST = 9.549995429965697e-17;

/** cot(πx). */
function cotPi(x: number): number {
  return sinPi(x + 0.5) / sinPi(x);
}

/**
 * ψ(x) = Γ′(x)/Γ(x); ∓∞ at ±0, NaN at the other poles −1, −2, …. Recurrence and asymptotic series (DLMF 5.5.2, 5.11.2), a Chebyshev
 * series about the positive zero, reflection (5.5.4). Relative error below 1e-14 for x > 0.
 */
export function digamma(x: number): number {
  if (x <= 0) {
    if (x === 0) return -1 / x;
    if (Number.isInteger(x) || x === -Infinity) return NaN;
    return x > -0.5 ? digamma(x + 1) - 1 / x : digamma(1 - x) - Math.PI * cotPi(x);
  }
  if (x < 1) return digamma(x + 1) - 1 / x;
  if (x <= 2) return (x - ROOT - ROOT_REST) * chebyshev(DIGAMMA, 2 * x - 3);
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += 1 / z;
  const w = 1 / (z * z);
  const tail = 1 / 252 + w * (-1 / 240 + w * (1 / 132 + w * (-691 / 32760 + w * (1 / 12 - (w * 3617) / 8160))));
  return Math.log(z) - 0.5 / z - w * (1 / 12 + w * (-1 / 120 + w * tail)) - shift;
}

/** B₂ⱼ / (2j)! for j = 1, 2, …. */
const BERNOULLI_OVER_FACTORIAL = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 10670622842880000,
];

/** Hurwitz ζ(s, x) = Σ (x + k)⁻ˢ for integer s ≥ 2 and x > 0, by Euler–Maclaurin summation (DLMF 25.11.28). */
function hurwitzZeta(s: number, x: number): number {
  let sum = 0;
  let a = x;
  const far = 10 + s;
  for (; a < far; a++) {
    const term = Math.pow(a, -s);
    sum += term;
    if (term < sum * 1e-18) return sum;
  }
  const power = Math.pow(a, -s);
  sum += (power * a) / (s - 1) + power / 2;
  let factor = (s * power) / a;
  for (let j = 0; j < BERNOULLI_OVER_FACTORIAL.length; j++) {
    sum += (BERNOULLI_OVER_FACTORIAL[j] as number) * factor;
    factor *= ((s + 2 * j + 1) * (s + 2 * j + 2)) / (a * a);
  }
  return sum;
}

/** The n-th derivative of π cot(πx), through Pₙ₊₁(c) = −(1 + c²) Pₙ′(c), P₀(c) = c. */
function piCotDerivative(n: number, x: number): number {
  let p = [0, 1];
  for (let k = 0; k < n; k++) {
    const next = new Array<number>(p.length + 1).fill(0);
    for (let i = 1; i < p.length; i++) {
      const slope = i * (p[i] as number);
      next[i - 1] = (next[i - 1] as number) - slope;
      next[i + 1] = (next[i + 1] as number) - slope;
    }
    p = next;
  }
  const c = cotPi(x);
  return Math.pow(Math.PI, n + 1) * p.reduceRight((sum, coefficient) => sum * c + coefficient, 0);
}

/**
 * ψ⁽ⁿ⁾(x), the n-th derivative of digamma, for an integer n from 0 to 170; otherwise NaN. At the poles it is ∞ for odd n, as from both
 * sides, and for even n ∓∞ at ±0 and NaN at −1, −2, ….
 * For x > 0 it is (−1)ⁿ⁺¹ n! ζ(n + 1, x) (DLMF 25.11.12) with relative error below 1e-14 at small n; for x < 0 by reflection.
 */
export function polygamma(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || n > 170 || x !== x) return NaN;
  if (n === 0) return digamma(x);
  const sign = n % 2 === 1 ? 1 : -1;
  if (x === Infinity) return sign * 0;
  if (x <= 0) {
    // At a pole of even order both sides tend to +∞, at one of odd order they differ.
    if (Number.isInteger(x)) return sign > 0 ? Infinity : x === 0 ? -1 / x : NaN;
    if (x === -Infinity) return NaN;
    return -sign * polygamma(n, 1 - x) - piCotDerivative(n, x);
  }
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return sign * factorial * hurwitzZeta(n + 1, x);
}

/** ψ′(x). */
export function trigamma(x: number): number {
  return polygamma(1, x);
}
