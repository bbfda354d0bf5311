/** The loss over the turns, with the turn that is looked at; and the same with another learning rate. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { formatNumber } from '../../../src/format/number';
import { fromJsonNumber, type TrainingView } from '../../../src/protocol';
import { tickText } from '../../charts/LinePlot';

interface Props {
  readonly training: TrainingView;
  readonly whatIf: TrainingView | undefined;
  readonly turn: number;
  readonly width: number;
  readonly onTurn: (turn: number) => void;
}

const [TOP, AXIS] = [12, 22];

export function LossCurve({ training, whatIf, turn, width, onTurn }: Props) {
  const values = training.loss?.values.map(fromJsonNumber) ?? [];
  const others = whatIf?.loss?.values.map(fromJsonNumber) ?? [];
  const all = [...values, ...others].filter(Number.isFinite);
  const height = 220;
  const bottom = height - AXIS;
  const right = width - 16;
  const positive = all.every((v) => v > 0);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  // A loss that falls by a factor of a hundred is read on a logarithmic axis.
  const logarithmic = positive && high / low > 100;
  const y = logarithmic
    ? scaleLog().domain([low, high]).nice().range([bottom, TOP])
    : scaleLinear()
        .domain([Math.min(0, low), high === low ? high + 1 : high])
        .nice(4)
        .range([bottom, TOP]);
  const yTicks = logarithmic ? y.ticks(4).filter((t) => Math.abs(Math.log10(t) % 1) < 1e-9) : y.ticks(4);
  const text = (t: number) => (logarithmic ? formatNumber(t, { digits: 1 }) : tickText(t, yTicks));
  const left = Math.max(34, ...yTicks.map((t) => 10 + 6.6 * text(t).length));
  const turns = Math.max(1, Math.max(values.length, others.length) - 1);
  const x = scaleLinear().domain([0, turns]).range([left, right]);
  const xTicks = x.ticks(Math.max(3, Math.floor(width / 100))).filter(Number.isInteger);
  const line = (ys: readonly number[]) => {
    let pen = 'M';
    return ys
      .map((v, t) => {
        if (!Number.isFinite(v)) {
          pen = 'M';
          return '';
        }
        const point = `${pen}${x(t).toFixed(1)} ${y(v).toFixed(1)}`;
        pen = 'L';
        return point;
      })
      .join('');
  };
  const now = values[turn] ?? NaN;
  const accuracy = training.accuracy?.values[turn];
  const label = `${formatNumber(now)}${accuracy === undefined ? '' : `, ${training.accuracy?.name} ${formatNumber(fromJsonNumber(accuracy))}`}`;
  const drag = (event: PointerEvent) => {
    const frame = (event.currentTarget as Element).getBoundingClientRect();
    const at = Math.round(x.invert(event.clientX - frame.left));
    onTurn(Math.max(0, Math.min(values.length - 1, at)));
  };
  const atRight = x(turn) > width - 150;
  return (
    <figure>
      <figcaption class="small soft">
        <span class="mono">{training.loss?.name}</span> over the turns{logarithmic ? ', logarithmic' : ''}
        {whatIf ? '; dashed: the other rate' : ''}
      </figcaption>
      <svg
        class="plot loss"
        width={width}
        height={height}
        role="img"
        aria-label={`${training.loss?.name} over ${values.length} turns: ${label} at turn ${turn}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && drag(event)}
      >
        {yTicks.map((t) => (
          <g key={t} class="tick">
            <path class="rule" d={`M${left} ${y(t)}H${right}`} />
            <text x={left - 6} y={y(t) + 4} text-anchor="end">
              {text(t)}
            </text>
          </g>
        ))}
        <path class="axis-line" d={`M${left} ${bottom + 1}H${right}`} />
        {xTicks.map((t) => (
          <g key={t} class="tick">
            <path d={`M${x(t)} ${bottom + 1}v4`} />
            <text x={x(t)} y={bottom + 17} text-anchor="middle">
              {t}
            </text>
          </g>
        ))}
        <path class="guide" d={`M${x(turn)} ${TOP}V${bottom}`} />
        {others.length > 0 && <path class="curve other" d={line(others)} />}
        <path class="curve" d={line(values)} />
        {Number.isFinite(now) && (
          <>
            <circle class="point" cx={x(turn)} cy={y(now)} r={4} />
            <text
              class="point-label"
              x={x(turn) + (atRight ? -8 : 8)}
              y={Math.max(TOP + 10, y(now) - 8)}
              text-anchor={atRight ? 'end' : 'start'}
            >
              {label}
            </text>
          </>
        )}
      </svg>
    </figure>
  );
}
