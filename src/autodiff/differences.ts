/** Numerical differentiation of a function of one variable. Never used where a sweep can answer: it checks sweeps. */

/** A function of one real variable; `undefined` where it can not be evaluated, or the program goes another way. */
export type Along = (t: number) => number | undefined;

/** (f(h) − f(0)) / h. */
export function forwardDifference(f: Along, h: number): number | undefined {
  const a = f(0);
  const b = f(h);
  return a === undefined || b === undefined ? undefined : (b - a) / h;
}

/** (f(h) − f(−h)) / 2h. */
export function centreDifference(f: Along, h: number): number | undefined {
  const a = f(-h);
  const b = f(h);
  return a === undefined || b === undefined ? undefined : (b - a) / (2 * h);
}

export interface Estimate {
  readonly value: number;
  /** Estimated absolute error; never less than what the rounding of the values makes of it. */
  readonly error: number;
  readonly h: number;
}

/**
 * Adaptive derivative at 0: five-point centre differences (error of order h⁴) at steps that shrink by a
 * factor, extrapolated in Richardson's tableau; the entry with the smallest estimated error wins
 * (Ridders 1982, “Accurate computation of F′(x) and F′(x)F″(x)”).
 * @param scale a length on which f varies; the first step is this long
 * @param enough relative error at which no further steps are taken; by default all are
 */
export function adaptiveDifference(f: Along, scale = 0.1, enough = 0): Estimate | undefined {
  const SHRINK = 1.6;
  const ROUNDS = 12;
  let previous: number[] = [];
  let best: Estimate | undefined;
  let largest = 0;
  let h = scale;
  for (let i = 0; i < ROUNDS; i++, h /= SHRINK) {
    const [m2, m1, p1, p2] = [f(-2 * h), f(-h), f(h), f(2 * h)];
    // Where the function is not defined so far out, a shorter step may be.
    if (m2 === undefined || m1 === undefined || p1 === undefined || p2 === undefined) {
      previous = [];
      continue;
    }
    const row = [(m2 - 8 * m1 + 8 * p1 - p2) / (12 * h)];
    if (!Number.isFinite(row[0])) {
      previous = [];
      continue;
    }
    largest = Math.max(largest, Math.abs(m1), Math.abs(p1));
    // The error series of the five-point rule starts at h⁴ and goes on in steps of h².
    let factor = SHRINK ** 4;
    for (let k = 0; k < previous.length; k++, factor *= SHRINK ** 2) {
      const left = row[k] as number;
      const above = previous[k] as number;
      const value = left + (left - above) / (factor - 1);
      row.push(value);
      const error = Math.max(Math.abs(value - left), Math.abs(value - above));
      if (!best || error <= best.error) best = { value, error, h };
    }
    previous = row;
    // One agreement may be chance: three rows of the tableau have to stand behind it.
    if (best && row.length > 3 && best.error < enough * Math.abs(best.value)) break;
  }
  // Where the values hardly move, entries agree by chance: last digits that flip alike.
  return best && { ...best, error: best.error + (Number.EPSILON * largest) / best.h };
}

/** One point of the V-shaped curve of error against step. */
export interface StepError {
  readonly h: number;
  readonly forward: number | undefined;
  readonly centre: number | undefined;
}

/** Relative errors of both difference formulas against an exact derivative, for h = 10^−1 … 10^−16. */
export function errorSweep(f: Along, exact: number, perDecade = 2): StepError[] {
  const curve: StepError[] = [];
  const scale = Math.max(Math.abs(exact), Number.MIN_VALUE);
  for (let k = perDecade; k <= 16 * perDecade; k++) {
    const h = 10 ** (-k / perDecade);
    const forward = forwardDifference(f, h);
    const centre = centreDifference(f, h);
    curve.push({
      h,
      forward: forward === undefined ? undefined : Math.abs(forward - exact) / scale,
      centre: centre === undefined ? undefined : Math.abs(centre - exact) / scale,
    });
  }
  return curve;
}
