/** Points of two classes, and the line that a rule draws between them at a turn. Equal scales on both axes. */
import { scaleLinear } from 'd3-scale';
import { fromJsonNumber, type TrainingView } from '../../../src/protocol';
import { tickText } from '../../charts/LinePlot';

interface Props {
  readonly boundary: NonNullable<TrainingView['boundary']>;
  readonly turn: number;
  readonly width: number;
}

const [LEFT, TOP, BOTTOM] = [34, 8, 22];

export function BoundaryPlot({ boundary, turn, width }: Props) {
  const { points, lines } = boundary;
  const height = Math.min(360, Math.max(220, width * 0.8));
  const across = span(points.map((p) => p.x));
  const up = span(points.map((p) => p.y));
  const unit = Math.max((across[1] - across[0]) / (width - LEFT - 12), (up[1] - up[0]) / (height - TOP - BOTTOM));
  const centred = ([low, high]: readonly [number, number], pixels: number): [number, number] => {
    const middle = (low + high) / 2;
    return [middle - (unit * pixels) / 2, middle + (unit * pixels) / 2];
  };
  const x = scaleLinear()
    .domain(centred(across, width - LEFT - 12))
    .range([LEFT, width - 12]);
  const y = scaleLinear()
    .domain(centred(up, height - TOP - BOTTOM))
    .range([height - BOTTOM, TOP]);
  const [a, b, c] = (lines[Math.min(turn, lines.length - 1)] ?? [0, 0, 0]).map(fromJsonNumber) as [
    number,
    number,
    number,
  ];
  const least = Math.min(...points.map((p) => p.label ?? 0));
  const isRight = (p: (typeof points)[number]) => {
    const side = a * p.x + b * p.y + c;
    return (p.label ?? 0) > least ? side > 0 : side < 0;
  };
  const judged = points.some((p) => p.label !== undefined);
  const wrong = judged ? points.filter((p) => !isRight(p)).length : 0;
  const ends = lineEnds([a, b, c], x.domain() as [number, number], y.domain() as [number, number]);
  const xTicks = x.ticks(5);
  const yTicks = y.ticks(5);
  return (
    <figure>
      <figcaption class="small soft">
        {turn >= lines.length - 1 ? 'The line at the end' : `The line when turn ${turn} begins`}
        {judged
          ? `: ${wrong === 0 ? 'every point is on its side' : `${wrong} of ${points.length} on the wrong side`}`
          : ''}
      </figcaption>
      <svg
        class="plot boundary"
        width={width}
        height={height}
        role="img"
        aria-label={`${points.length} points and a line; ${wrong} on the wrong side`}
      >
        {xTicks.map((t) => (
          <g key={t} class="tick">
            <path class="rule" d={`M${x(t)} ${TOP}V${height - BOTTOM}`} />
            <text x={x(t)} y={height - 6} text-anchor="middle">
              {tickText(t, xTicks)}
            </text>
          </g>
        ))}
        {yTicks.map((t) => (
          <g key={t} class="tick">
            <path class="rule" d={`M${LEFT} ${y(t)}H${width - 12}`} />
            <text x={LEFT - 6} y={y(t) + 4} text-anchor="end">
              {tickText(t, yTicks)}
            </text>
          </g>
        ))}
        {ends && <path class="line" d={`M${x(ends[0][0])} ${y(ends[0][1])}L${x(ends[1][0])} ${y(ends[1][1])}`} />}
        {points.map((p, i) => (
          <g key={i} class={judged && !isRight(p) ? 'wrong' : ''}>
            {(p.label ?? 0) > least ? (
              <path class="mark positive" d={`M${x(p.x) - 5} ${y(p.y)}h10M${x(p.x)} ${y(p.y) - 5}v10`} />
            ) : (
              <circle class="mark negative" cx={x(p.x)} cy={y(p.y)} r={4.5} />
            )}
            {judged && !isRight(p) && <circle class="ring" cx={x(p.x)} cy={y(p.y)} r={10} />}
          </g>
        ))}
      </svg>
    </figure>
  );
}

function span(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * 0.15;
  return [low - room, high + room];
}

/** Where the line ax + by + c = 0 enters and leaves a window. */
function lineEnds(
  [a, b, c]: readonly [number, number, number],
  [left, right]: readonly [number, number],
  [low, high]: readonly [number, number],
): [[number, number], [number, number]] | undefined {
  if (a === 0 && b === 0) return undefined;
  if (Math.abs(b) >= Math.abs(a))
    return [
      [left, -(a * left + c) / b],
      [right, -(a * right + c) / b],
    ];
  return [
    [-(b * low + c) / a, low],
    [-(b * high + c) / a, high],
  ];
}
