/**
 * Numeric kernels: how the scalar primitives of `./rules`, comparisons and logic are computed in double precision.
 *
 * Every kernel takes its operands in order and ignores further ones. NaN in gives NaN out (except where IEEE 754 and NumPy
 * say otherwise: pow(1, NaN) = pow(NaN, 0) = 1, and comparisons, which are false). Comparisons and logic give 1 or 0.
 *
 * This module exports kernels and nothing else: `./kernelTable` and the generated sweeps take it as the table of them.
 */
export { erf, erfc, normalCdf as normal_cdf } from './special/erf';
export { gamma, lgamma } from './special/gamma';
export { digamma, polygamma, trigamma } from './special/polygamma';

/** IEEE 754 `pow`: unlike ECMAScript's, 1 to any power is 1, and so is −1 to ±∞. */
export function pow(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

/** To the nearest integer, halves to the even one, as IEEE 754 and NumPy. */
export function round(x: number): number {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

export function logaddexp(x: number, y: number): number {
  // Equal infinities have no difference.
  return x === y ? x + Math.LN2 : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y)));
}

/** 1/(1 + e⁻ˣ) from the exponential that cannot overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** log(1 + eˣ). */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** log(x/(1 − x)); about ½, where the quotient is near 1, as 2 artanh(2x − 1). */
export function logit(x: number): number {
  return x > 0.25 && x < 0.75 ? 2 * Math.atanh(2 * x - 1) : Math.log(x / (1 - x));
}

const truth = (value: boolean) => (value ? 1 : 0);

export const add = (x: number, y: number) => x + y;
export const sub = (x: number, y: number) => x - y;
export const mul = (x: number, y: number) => x * y;
export const div = (x: number, y: number) => x / y;
export const neg = (x: number) => -x;
export const square = (x: number) => x * x;
export const reciprocal = (x: number) => 1 / x;
export const sqrt = Math.sqrt;
export const cbrt = Math.cbrt;
export const abs = Math.abs;
export const sign = Math.sign;
export const floor = Math.floor;
export const ceil = Math.ceil;
export const maximum = Math.max;
export const minimum = Math.min;
export const one_minus_square = (x: number) => (1 - x) * (1 + x);

export const exp = Math.exp;
export const exp2 = (x: number) => 2 ** x;
export const expm1 = Math.expm1;
export const log = Math.log;
export const log1p = Math.log1p;
export const log2 = Math.log2;
export const log10 = Math.log10;
export const xlogy = (x: number, y: number) => (x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y));

export const sin = Math.sin;
export const cos = Math.cos;
export const tan = Math.tan;
export const sec = (x: number) => 1 / Math.cos(x);
export const csc = (x: number) => 1 / Math.sin(x);
export const cot = (x: number) => 1 / Math.tan(x);
export const asin = Math.asin;
export const acos = Math.acos;
export const atan = Math.atan;
export const atan2 = Math.atan2;
export const hypot = Math.hypot;
export const sinh = Math.sinh;
export const cosh = Math.cosh;
export const tanh = Math.tanh;
export const sech = (x: number) => 1 / Math.cosh(x);
export const csch = (x: number) => 1 / Math.sinh(x);
export const coth = (x: number) => 1 / Math.tanh(x);
export const asinh = Math.asinh;
export const acosh = Math.acosh;
export const atanh = Math.atanh;

/** √(x² − 1) without the cancellation near ±1 and without overflow. */
const legOf = (x: number) => Math.sqrt(Math.abs(x) - 1) * Math.sqrt(Math.abs(x) + 1);

// Inverses of the reciprocal functions, from angles and areas that keep their digits where 1/x would lose them.
export const asec = (x: number) => Math.atan2(legOf(x), x < 0 ? -1 : 1);
export const acsc = (x: number) => Math.sign(x) * Math.atan2(1, legOf(x));
/** Between −π/2 and π/2, as arctan(1/x). */
export const acot = (x: number) => Math.atan(1 / x);
export function asech(x: number): number {
  const t = (1 - x) / x;
  return Math.log1p(t + Math.sqrt(t) * Math.sqrt(t + 2));
}
export const acsch = (x: number) => Math.asinh(1 / x);
export const acoth = (x: number) => (Math.sign(x) * Math.log1p(2 / (Math.abs(x) - 1))) / 2;

export const logsigmoid = (x: number) => -softplus(-x);

export const lt = (x: number, y: number) => truth(x < y);
export const le = (x: number, y: number) => truth(x <= y);
export const gt = (x: number, y: number) => truth(x > y);
export const ge = (x: number, y: number) => truth(x >= y);
export const eq = (x: number, y: number) => truth(x === y);
export const ne = (x: number, y: number) => truth(x !== y);
export const and = (x: number, y: number) => truth(x !== 0 && y !== 0);
export const or = (x: number, y: number) => truth(x !== 0 || y !== 0);
export const not = (x: number) => truth(x === 0);
