/** Level lines over two inputs with the gradient field: equal scales, so that it stands square to the lines. */
import { useMemo } from 'preact/hooks';
import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../src/format/number';
import type { Replay } from '../state/replay';
import { levelLines, type Polyline } from './contours';
import { spanOf, tickText } from './LinePlot';
import { SvgName } from './SvgName';

interface Axis {
  readonly row: number;
  readonly tex: string;
  readonly name: string;
  readonly x: number;
  /** Half of the interval that suits this input. */
  readonly reach: number;
  readonly centre: number;
}

interface Props {
  readonly replay: Replay;
  readonly point: ReadonlyMap<number, number>;
  readonly across: Axis;
  readonly up: Axis;
  readonly y: number;
  readonly gradient: readonly [number, number];
  readonly width: number;
  readonly height: number;
  readonly outputName: string;
  readonly onMove: (x: number, y: number) => void;
  readonly onDone: () => void;
}

const LEFT = 40;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;
const ARROWS = 7;

export function ContourPlot({
  replay,
  point,
  across,
  up,
  y,
  gradient,
  width,
  height,
  outputName,
  onMove,
  onDone,
}: Props) {
  const plotWidth = Math.max(40, width - LEFT - RIGHT);
  const plotHeight = Math.max(40, height - TOP - BOTTOM);
  // Equal scales: the smaller of the two intervals decides.
  const unit = Math.min((2 * across.reach) / plotWidth, (2 * up.reach) / plotHeight);
  const halfWidth = (unit * plotWidth) / 2;
  const halfHeight = (unit * plotHeight) / 2;
  const low = [around(across, halfWidth), around(up, halfHeight)] as const;
  const sx = scaleLinear()
    .domain([low[0], low[0] + 2 * halfWidth])
    .range([LEFT, LEFT + plotWidth]);
  const sy = scaleLinear()
    .domain([low[1], low[1] + 2 * halfHeight])
    .range([TOP + plotHeight, TOP]);
  const others = [...point].filter(([row]) => row !== across.row && row !== up.row).join(' ');
  const field = useMemo(() => {
    const count = Math.max(13, Math.min(45, Math.floor(Math.sqrt(1_500_000 / replay.rows.length))));
    const values = new Float64Array(count * count);
    const at = new Map(point);
    const place = (i: number, n: number) => i / (n - 1);
    for (let r = 0; r < count; r++) {
      for (let c = 0; c < count; c++) {
        at.set(across.row, low[0] + 2 * halfWidth * place(c, count));
        at.set(up.row, low[1] + 2 * halfHeight * place(r, count));
        values[r * count + c] = replay.probe(at, [])?.y ?? NaN;
      }
    }
    const arrows = [];
    for (let r = 0; r < ARROWS; r++) {
      for (let c = 0; c < ARROWS; c++) {
        const x1 = low[0] + 2 * halfWidth * ((c + 0.5) / ARROWS);
        const x2 = low[1] + 2 * halfHeight * ((r + 0.5) / ARROWS);
        at.set(across.row, x1);
        at.set(up.row, x2);
        const sample = replay.probe(at, [across.row, up.row]);
        const [gx = NaN, gy = NaN] = sample?.gradient ?? [];
        if (Number.isFinite(gx) && Number.isFinite(gy) && Number.isFinite(sample?.y)) arrows.push({ x1, x2, gx, gy });
      }
    }
    const levels = scaleLinear()
      .domain(spanOf([...values], NaN))
      .ticks(9);
    const lines = levels.map((level) => ({
      level,
      lines: levelLines({ columns: count, rows: count, values }, level),
    }));
    return {
      count,
      arrows,
      lines,
      levels,
      longest: Math.max(...arrows.map((a) => Math.hypot(a.gx, a.gy)), Number.MIN_VALUE),
    };
  }, [replay, others, across.row, up.row, low[0], low[1], halfWidth, halfHeight]);

  const toX = (c: number) => LEFT + (c / (field.count - 1)) * plotWidth;
  const toY = (r: number) => TOP + plotHeight - (r / (field.count - 1)) * plotHeight;
  const xTicks = sx.ticks(Math.max(3, Math.floor(plotWidth / 70)));
  const yTicks = sy.ticks(Math.max(3, Math.floor(plotHeight / 50)));
  const px = sx(across.x);
  const py = sy(up.x);
  const size = Math.hypot(...gradient);
  const drag = (event: PointerEvent) => {
    const frame = (event.currentTarget as Element).getBoundingClientRect();
    onMove(
      sx.invert(clamp(event.clientX - frame.left, LEFT, LEFT + plotWidth)),
      sy.invert(clamp(event.clientY - frame.top, TOP, TOP + plotHeight)),
    );
  };
  return (
    <svg
      class="plot contour"
      width={width}
      height={height}
      role="img"
      aria-label={`Level lines of ${outputName} over ${across.name} and ${up.name}; gradient ${formatNumber(gradient[0])}, ${formatNumber(gradient[1])}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && drag(event)}
      onPointerUp={onDone}
    >
      {field.lines.map(({ level, lines }) =>
        lines.map((line, i) => (
          <path
            key={`${level} ${i}`}
            class="level"
            d={`M${line.map(([c, r]) => `${toX(c).toFixed(1)} ${toY(r).toFixed(1)}`).join('L')}`}
          />
        )),
      )}
      {field.arrows.map(({ x1, x2, gx, gy }, i) => {
        const length = 6 + 18 * (Math.hypot(gx, gy) / field.longest);
        return <Arrow key={i} class="field" x={sx(x1)} y={sy(x2)} dx={gx} dy={-gy} length={length} />;
      })}
      {field.lines.map(({ level, lines }) => {
        const at = labelPlace(lines);
        return at ? (
          <text key={level} class="level-label" x={toX(at[0])} y={toY(at[1]) + 4} text-anchor="middle">
            {tickText(level, field.levels)}
          </text>
        ) : null;
      })}
      <path class="axis-line" d={`M${LEFT} ${TOP}V${TOP + plotHeight}H${LEFT + plotWidth}`} />
      {xTicks.map((t) => (
        <g key={`x${t}`} class="tick">
          <path d={`M${sx(t)} ${TOP + plotHeight}v4`} />
          <text x={sx(t)} y={TOP + plotHeight + 16} text-anchor="middle">
            {tickText(t, xTicks)}
          </text>
        </g>
      ))}
      {yTicks.map((t) => (
        <g key={`y${t}`} class="tick">
          <path d={`M${LEFT} ${sy(t)}h-4`} />
          <text x={LEFT - 7} y={sy(t) + 4} text-anchor="end">
            {tickText(t, yTicks)}
          </text>
        </g>
      ))}
      <SvgName tex={across.tex} x={LEFT + plotWidth - 4} y={TOP + plotHeight - 6} anchor="end" />
      <SvgName tex={up.tex} x={LEFT + 8} y={TOP + 8} anchor="start" />
      {inBox(px, py) && (
        <>
          <path class="guide" d={`M${LEFT} ${py}H${px}V${TOP + plotHeight}`} />
          {size > 0 && Number.isFinite(size) && (
            <Arrow class="gradient" x={px} y={py} dx={gradient[0]} dy={-gradient[1]} length={48} />
          )}
          <circle class="point" cx={px} cy={py} r={4} />
          <text class="point-label" x={px + 8} y={gradient[1] < 0 ? py - 10 : py + 18}>
            {formatNumber(y)}
          </text>
        </>
      )}
    </svg>
  );

  function inBox(x: number, yy: number): boolean {
    return x >= LEFT - 1 && x <= LEFT + plotWidth + 1 && yy >= TOP - 1 && yy <= TOP + plotHeight + 1;
  }
}

function around(axis: Axis, half: number): number {
  return axis.centre - half;
}

function clamp(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x));
}

/** The middle of the longest line of a level, away from the border. */
function labelPlace(lines: readonly Polyline[]): readonly [number, number] | undefined {
  const longest = lines.reduce<Polyline | undefined>(
    (a, b) => (a === undefined || b.length > a.length ? b : a),
    undefined,
  );
  return longest && longest.length >= 6 ? longest[Math.floor(longest.length * 0.25)] : undefined;
}

function Arrow({
  class: name,
  x,
  y,
  dx,
  dy,
  length,
}: {
  class: string;
  x: number;
  y: number;
  dx: number;
  dy: number;
  length: number;
}) {
  const size = Math.hypot(dx, dy);
  if (!(size > 0)) return null;
  const [ux, uy] = [dx / size, dy / size];
  const [ex, ey] = [x + ux * length, y + uy * length];
  const head = name === 'gradient' ? 7 : 3.5;
  const wing = (side: number) =>
    `${ex - head * (ux * 0.9 - side * uy * 0.45)} ${ey - head * (uy * 0.9 + side * ux * 0.45)}`;
  return <path class={`arrow ${name}`} d={`M${x} ${y}L${ex} ${ey}M${wing(1)}L${ex} ${ey}L${wing(-1)}`} />;
}
