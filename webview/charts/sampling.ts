/** Curves of the traced function, sampled by replay. */
import type { Replay } from '../state/replay';

export interface CurveSample {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
}

/** Samples from `low` to `high` along one input; `undefined` where the recorded steps do not hold. */
export function sampleAlong(
  replay: Replay,
  point: ReadonlyMap<number, number>,
  row: number,
  low: number,
  high: number,
  count: number,
  withSlope = false,
): (CurveSample | undefined)[] {
  const by = withSlope ? [row] : [];
  return Array.from({ length: count }, (_, i) => {
    const x = low + ((high - low) * i) / (count - 1);
    const sample = replay.probe(new Map([...point, [row, x]]), by);
    return sample && { x, y: sample.y, slope: sample.gradient[0] ?? NaN };
  });
}

/** An SVG path through samples, broken where there is none or where it is not finite. */
export function curvePath(
  samples: readonly (CurveSample | undefined)[],
  toX: (x: number) => number,
  toY: (y: number) => number,
  of: (sample: CurveSample) => number = (sample) => sample.y,
): string {
  let path = '';
  let pen = false;
  for (const sample of samples) {
    const y = sample === undefined ? NaN : of(sample);
    if (sample === undefined || !Number.isFinite(y)) {
      pen = false;
      continue;
    }
    path += `${pen ? 'L' : 'M'}${toX(sample.x).toFixed(2)} ${toY(y).toFixed(2)}`;
    pen = true;
  }
  return path;
}
