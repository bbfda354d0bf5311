/** A small curve of a value over the turns of a loop. */
interface Props {
  readonly series: readonly number[];
  /** By magnitude, on a logarithmic scale; zeros are left out. */
  readonly logarithmic?: boolean;
  /** The end that the sweep reaches, marked by a dot. */
  readonly end: 'first' | 'last';
}

const WIDTH = 84;
const HEIGHT = 26;
const PAD = 3;
const MOST_POINTS = 200;

export function Sparkline({ series, logarithmic = false, end }: Props) {
  const stride = Math.max(1, Math.ceil(series.length / MOST_POINTS));
  const points = series.flatMap((x, i) => {
    if (i % stride !== 0 && i !== series.length - 1) return [];
    const y = logarithmic ? Math.log10(Math.abs(x)) : x;
    return Number.isFinite(y) ? [{ i, y }] : [];
  });
  if (points.length < 2) return null;
  const low = Math.min(...points.map((p) => p.y));
  const high = Math.max(...points.map((p) => p.y));
  const toX = (i: number) => PAD + (i / (series.length - 1)) * (WIDTH - 2 * PAD);
  const toY = (y: number) =>
    high === low ? HEIGHT / 2 : HEIGHT - PAD - ((y - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const dot = end === 'last' ? points[points.length - 1] : points[0];
  return (
    <svg class="sparkline" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <polyline points={points.map((p) => `${toX(p.i).toFixed(1)},${toY(p.y).toFixed(1)}`).join(' ')} />
      {dot && <circle cx={toX(dot.i)} cy={toY(dot.y)} r={2.5} />}
    </svg>
  );
}
