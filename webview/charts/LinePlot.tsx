/** One curve over one input, with the current point, to drag. */
import { type ComponentChildren } from 'preact';
import { scaleLinear } from 'd3-scale';
import { quantileSorted } from 'd3-array';
import { formatNumber } from '../../src/format/number';
import type { Interval } from './domain';
import { type CurveSample, curvePath } from './sampling';

interface Props {
  readonly samples: readonly (CurveSample | undefined)[];
  readonly of: (sample: CurveSample) => number;
  readonly domain: Interval;
  readonly at: { readonly x: number; readonly y: number; readonly slope?: number | undefined };
  readonly role: 'primal' | 'adjoint';
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** With numbers under the axis. */
  readonly axis: boolean;
  readonly onMove: (x: number) => void;
  readonly onDone: () => void;
  readonly children?: ComponentChildren;
}

const LEAST_LEFT = 34;
const RIGHT = 10;
const TOP = 6;
const AXIS = 20;
/** Room of the number beside the point. */
const LABEL = 72;

export function LinePlot({
  samples,
  of,
  domain,
  at,
  role,
  width,
  height,
  label,
  axis,
  onMove,
  onDone,
  children,
}: Props) {
  const bottom = height - (axis ? AXIS : 6);
  const y = scaleLinear()
    .domain(
      spanOf(
        samples.map((s) => (s ? of(s) : NaN)),
        at.y,
      ),
    )
    .nice(4)
    .range([bottom, TOP]);
  const yTicks = y.ticks(4);
  const left = Math.max(LEAST_LEFT, ...yTicks.map((t) => 10 + 6.4 * tickText(t, yTicks).length));
  const x = scaleLinear()
    .domain(domain)
    .range([left, width - RIGHT]);
  const clip = `clip-${label.replace(/\W+/g, '-')}`;
  const xTicks = x.ticks(Math.max(3, Math.floor(width / 60)));
  const px = x(at.x);
  const py = y(at.y);
  const inside = Number.isFinite(py) && py >= TOP - 1 && py <= bottom + 1;
  // Beside the point where the curve is not: above it lies free room to the left of a rising curve.
  const labelLeft = risesAt(samples, of, at.x) ? px - left > LABEL : px > width - RIGHT - LABEL;
  const drag = (event: PointerEvent) => {
    const frame = (event.currentTarget as Element).getBoundingClientRect();
    const to = x.invert(event.clientX - frame.left);
    onMove(Math.max(domain[0], Math.min(domain[1], to)));
  };
  return (
    <svg
      class={`plot ${role}`}
      width={width}
      height={height}
      role="img"
      aria-label={`${label}: ${formatNumber(at.y)} at ${formatNumber(at.x)}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && drag(event)}
      onPointerUp={onDone}
    >
      <clipPath id={clip}>
        <rect x={left} y={0} width={Math.max(0, width - left - RIGHT)} height={bottom + 2} />
      </clipPath>
      {yTicks.map((t) => (
        <g key={t} class="tick">
          <path class="rule" d={`M${left} ${y(t)}H${width - RIGHT}`} />
          <text x={left - 6} y={y(t) + 4} text-anchor="end">
            {tickText(t, yTicks)}
          </text>
        </g>
      ))}
      <path class="axis-line" d={`M${left} ${bottom + 1}H${width - RIGHT}`} />
      {axis &&
        xTicks.map((t) => (
          <g key={t} class="tick">
            <path d={`M${x(t)} ${bottom + 1}v4`} />
            <text x={x(t)} y={bottom + 16} text-anchor="middle">
              {tickText(t, xTicks)}
            </text>
          </g>
        ))}
      <path class="guide" d={`M${px} ${inside ? py : TOP}V${bottom}`} />
      <g clip-path={`url(#${clip})`}>
        <path class="curve" d={curvePath(samples, x, y, of)} />
        {at.slope !== undefined && inside && (
          <Tangent x={px} y={py} slope={(at.slope * (y(1) - y(0))) / (x(1) - x(0))} />
        )}
      </g>
      {inside && <circle class="point" cx={px} cy={py} r={4} />}
      {Number.isFinite(at.y) && (
        <text
          class="point-label"
          x={px + (labelLeft ? -8 : 8)}
          y={Math.max(TOP + 10, Math.min(bottom - 4, (inside ? py : TOP) - 8))}
          text-anchor={labelLeft ? 'end' : 'start'}
        >
          {formatNumber(at.y)}
        </text>
      )}
      {children}
    </svg>
  );
}

/** Whether the curve goes up where it passes a place, as far as its samples say. */
function risesAt(samples: Props['samples'], of: Props['of'], x: number): boolean {
  const after = samples.findIndex((sample) => sample !== undefined && sample.x > x);
  const [low, high] = [samples[Math.max(0, after - 2)], samples[Math.min(samples.length - 1, after + 1)]];
  return after > 0 && low !== undefined && high !== undefined && of(high) > of(low);
}

function Tangent({ x, y, slope }: { x: number; y: number; slope: number }) {
  const length = Math.hypot(1, slope);
  const dx = 32 / length;
  const dy = (32 * slope) / length;
  return <path class="tangent-line" d={`M${x - dx} ${y - dy}L${x + dx} ${y + dy}`} />;
}

/** The span of the values, without the few that a pole throws far out. */
export function spanOf(values: readonly number[], current: number): [number, number] {
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (Number.isFinite(current)) finite.push(current);
  finite.sort((a, b) => a - b);
  if (finite.length === 0) return [0, 1];
  const all: [number, number] = [finite[0] as number, finite[finite.length - 1] as number];
  const core: [number, number] = [quantileSorted(finite, 0.03) as number, quantileSorted(finite, 0.97) as number];
  let [low, high] = all[1] - all[0] > 4 * (core[1] - core[0]) && core[1] > core[0] ? core : all;
  if (Number.isFinite(current)) {
    low = Math.min(low, current);
    high = Math.max(high, current);
  }
  if (high - low < 1e-9 * Math.max(1, Math.abs(high))) {
    const room = Math.abs(high) * 0.1 || 1;
    return [low - room, high + room];
  }
  const margin = (high - low) * 0.06;
  return [low - margin, high + margin];
}

/** Numbers of an axis with one number of decimals. */
export function tickText(x: number, ticks: readonly number[]): string {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  if (step === 0 || Math.abs(x) >= 1e5 || step < 1e-4) return formatNumber(x, { digits: 2 });
  const places = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  return (Math.abs(x) < step / 1e6 ? 0 : x).toFixed(places).replace('-', '−');
}
