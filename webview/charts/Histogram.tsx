/** How the elements of an array are spread: counts over equal intervals, with zero marked. */
import { formatNumber } from '../../src/format/number';

const WIDTH = 168;
const HEIGHT = 40;
const MOST_BINS = 28;

export interface Bins {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** Equal intervals from the least to the largest finite element; `undefined` where there are fewer than two different ones. */
export function binsOf(elements: readonly number[]): Bins | undefined {
  const finite = elements.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(high > low) || !Number.isFinite(high - low)) return undefined;
  // Freedman and Diaconis would want quartiles; the square root rule does for a picture of this size.
  const count = Math.max(4, Math.min(MOST_BINS, Math.ceil(Math.sqrt(finite.length) * 1.5)));
  const counts = new Array<number>(count).fill(0);
  for (const x of finite) {
    const bin = Math.min(count - 1, Math.floor(((x - low) / (high - low)) * count));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return { low, high, counts };
}

export function Histogram({ elements }: { elements: readonly number[] }) {
  const bins = binsOf(elements);
  if (!bins) return null;
  const { low, high, counts } = bins;
  const most = Math.max(...counts);
  const width = WIDTH / counts.length;
  const zero = low < 0 && high > 0 ? (-low / (high - low)) * WIDTH : undefined;
  const middle = (bin: number) => low + ((bin + 0.5) / counts.length) * (high - low);
  return (
    <svg
      class="histogram drawing"
      width={WIDTH}
      height={HEIGHT + 16}
      role="img"
      aria-label={`Histogram from ${formatNumber(low)} to ${formatNumber(high)}, at most ${most} in one of ${counts.length} bins`}
    >
      {counts.map((count, i) => {
        const height = count === 0 ? 0 : Math.max(1.5, (count / most) * HEIGHT);
        return (
          <rect
            key={i}
            class={middle(i) < 0 ? 'negative' : 'positive'}
            x={i * width}
            y={HEIGHT - height}
            width={Math.max(1, width - 1)}
            height={height}
          >
            <title>{`${count} near ${formatNumber(middle(i), { digits: 3 })}`}</title>
          </rect>
        );
      })}
      <path class="axis-line" d={`M0 ${HEIGHT + 0.5}H${WIDTH}`} />
      {zero !== undefined && <path class="zero" d={`M${zero} 0V${HEIGHT}`} />}
      <text x={0} y={HEIGHT + 13}>
        {formatNumber(low, { digits: 2 })}
      </text>
      {zero !== undefined && zero > 36 && zero < WIDTH - 36 && (
        <text x={zero} y={HEIGHT + 13} text-anchor="middle">
          0
        </text>
      )}
      <text x={WIDTH} y={HEIGHT + 13} text-anchor="end">
        {formatNumber(high, { digits: 2 })}
      </text>
    </svg>
  );
}
