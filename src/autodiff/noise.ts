/** The rounding noise of a computed function: how far it strays from the smooth function that it stands for. */
import type { Along } from './differences';

const SAMPLES = 9;
/** Differences of this order: those of anything smooth have vanished, those of noise have not. */
const ORDER = 4;

/**
 * Standard deviation of the noise of f near 0, from differences of high order at points that lie so close together that
 * everything smooth cancels (Moré and Wild 2011, “Estimating computational noise”): for independent noise of deviation σ
 * the mean square of the k-th differences is σ² (2k)! / (k!)².
 * @param scale a length on which f varies
 * @returns 0 where f shows none; undefined where it can not be evaluated
 */
export function computationalNoise(f: Along, scale: number): number | undefined {
  // No round number: roundings that repeat from point to point would cancel as well.
  const spacing = scale * 3.7e-6 * Math.SQRT2;
  let row: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const y = f((i - (SAMPLES - 1) / 2) * spacing);
    if (y === undefined || !Number.isFinite(y)) return undefined;
    row.push(y);
  }
  let growth = 1;
  for (let k = 1; k <= ORDER; k++) {
    row = row.slice(1).map((y, i) => y - (row[i] as number));
    // (2k)! / (k!)² of the order before, times 2 (2k − 1) / k.
    growth *= (2 * (2 * k - 1)) / k;
  }
  const mean = row.reduce((sum, d) => sum + d * d, 0) / row.length;
  return Math.sqrt(mean / growth);
}
