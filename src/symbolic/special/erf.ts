/** The error function and its complement, and the normal distribution function. */
import { chebyshev } from './chebyshev';

/** erf(x) / x as a series in 2x² − 1, for x² ≤ 1. */
const ERF_OVER_X = [
  0.9754769393826541, -0.14226120510371365, 0.010035582187599796, -0.0005768764699767485, 2.741993125219606e-5,
  -1.1043175507344507e-6, 3.8488755420345036e-8, -1.1808582533875466e-9, 3.2334215826050907e-11, -7.991015947004549e-13,
  1.7990725113961456e-14, -3.718635487818693e-16, 7.103599003714253e-18,
];

/** (1 + 2x) exp(x²) erfc(x) as a series in (5t − 1) / 4... */
const ERFCX = [
  1.2189843018755826, -0.06694052041928128, -0.0366203654058652, 0.015414982880477912, -0.002538753286427615,
  2.8290134783006504e-5, 5.6244174093159375e-5, -3.625662410105677e-6, -1.5532852974322157e-6, 1.1445498337487254e-7,
  5.5875288361873414e-8, -1.9595989736283648e-9, -2.295803704902964e-9, -8.632838012860832e-11, 9.195146896381982e-11,
  1.315398462116888e-11, -2.8559296112983967e-12, -1.0013437454114811e-12, 9.214870380346258e-15, 5.39367432287417e-14,
  7.920326388303916e-15, -1.696210487882122e-15, -7.498935122886903e-16, -3.76147465717703e-17, 3.798242164018268e-17,
  9.890366027352472e-18,
];

/** exp(−scale · x²) without the error of a rounded x²: x is split into a part whose square is exact and a rest. */
function gaussian(x: number, scale: 1 | 0.5): number {
  const high = Math.fround(x);
  return Math.exp(-high * high * scale) * Math.exp((high - x) * (high + x) * scale);
}

/** exp(x²) erfc(x) for x ≥ 1/2. */
function scaledUpperTail(x: number): number {
  const t = (x - 2) / (x + 2);
  return chebyshev(ERFCX, (t - 0.2) / 0.8) / (1 + 2 * x);
}

/** erfc(x) for x ≥ 1/2; it underflows beyond 27.3. */
function upperTail(x: number): number {
  return x > 27.3 ? 0 : gaussian(x, 1) * scaledUpperTail(x);
}

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. Relative error below 1e-15. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a <= 1) return x * chebyshev(ERF_OVER_X, 2 * x * x - 1);
  return x > 0 ? 1 - upperTail(a) : x < 0 ? upperTail(a) - 1 : NaN;
}

/** erfc(x) = 1 − erf(x), accurate in the upper tail, too: relative error below 1e-14 down to the smallest normal number. */
export function erfc(x: number): number {
  if (x >= 0.5) return upperTail(x);
  return 1 - erf(x);
}

/** The standard normal distribution function Φ(x) = ½ erfc(−x/√2). Relative error below 1e-14 in the lower tail, too. */
export function normalCdf(x: number): number {
  if (x < -38.7) return 0;
  const z = -x * Math.SQRT1_2;
  return z >= 0.5 ? 0.5 * gaussian(x, 0.5) * scaledUpperTail(z) : 0.5 * erfc(z);
}
