/** An activation with its slope, and the pre-activations of the layer as marks below. */
import { scaleLinear } from 'd3-scale';
import { formatNumber } from '../../../src/format/number';
import { fromJsonNumber, type LayerView } from '../../../src/protocol';
import { tickText } from '../../charts/LinePlot';

type Curve = NonNullable<LayerView['activation']['curve']>;

const [TOP, MARKS, AXIS] = [10, 30, 20];

export function ActivationPlot({ layer, curve, width }: { layer: LayerView; curve: Curve; width: number }) {
  const value = curve.value.map(fromJsonNumber);
  const slope = curve.slope.map(fromJsonNumber);
  const finite = [...value, ...slope].filter(Number.isFinite);
  const height = 240;
  const bottom = height - MARKS - AXIS;
  const right = width < 420 ? 12 : 84;
  const y = scaleLinear()
    .domain([Math.min(0, ...finite), Math.max(0, ...finite)])
    .nice(4)
    .range([bottom, TOP]);
  const yTicks = y.ticks(4);
  const left = Math.max(34, ...yTicks.map((t) => 10 + 6.4 * tickText(t, yTicks).length));
  const x = scaleLinear()
    .domain([curve.z[0] ?? -6, curve.z.at(-1) ?? 6])
    .range([left, width - right]);
  const xTicks = x.ticks(Math.max(3, Math.floor(width / 90)));
  const line = (ys: readonly number[]) =>
    ys.map((v, i) => (Number.isFinite(v) ? `${i === 0 ? 'M' : 'L'}${x(curve.z[i] as number)} ${y(v)}` : '')).join('');
  const below = layer.activation.saturatedBelow;
  const zones = below === undefined ? [] : saturatedZones(curve.z, slope, below);
  const last = (ys: readonly number[]) => ys.filter(Number.isFinite).at(-1) ?? 0;
  const [endOfValue, endOfSlope] = apart(y(last(value)), y(last(slope)));
  const positions = layer.positions.map(fromJsonNumber).filter(Number.isFinite);
  const inZone = (z: number) => zones.some(([from, to]) => z >= from && z <= to);
  const label = `${layer.activation.name} and its slope; ${positions.length} pre-activations from ${formatNumber(
    positions.length > 0 ? Math.min(...positions) : NaN,
  )} to ${formatNumber(positions.length > 0 ? Math.max(...positions) : NaN)}${
    layer.saturated ? `, ${layer.saturated.count} of ${layer.saturated.of} saturated` : ''
  }`;
  return (
    <svg class="plot activation" width={width} height={height} role="img" aria-label={label}>
      {zones.map(([from, to]) => (
        <rect
          key={from}
          class="zone"
          x={x(from)}
          y={TOP}
          width={Math.max(0, x(to) - x(from))}
          height={height - TOP - AXIS}
        />
      ))}
      {zones[0] && width > 420 && (
        <text class="zone-label warn" x={(x(zones[0][0]) + x(zones[0][1])) / 2} y={TOP + 14} text-anchor="middle">
          saturated: slope &lt; {formatNumber(below ?? 0, { digits: 2 })}
        </text>
      )}
      {yTicks.map((t) => (
        <g key={t} class="tick">
          <path class="rule" d={`M${left} ${y(t)}H${width - right}`} />
          <text x={left - 6} y={y(t) + 4} text-anchor="end">
            {tickText(t, yTicks)}
          </text>
        </g>
      ))}
      <path class="curve" d={line(value)} />
      <path class="curve slope" d={line(slope)} />
      {width >= 420 && (
        <>
          <text x={width - right + 6} y={endOfValue + 4}>
            value
          </text>
          <text class="adjoint-text" x={width - right + 6} y={endOfSlope + 4}>
            slope
          </text>
        </>
      )}
      {positions.map((z, i) => (
        <path key={i} class={inZone(z) ? 'unit saturated' : 'unit'} d={`M${x(z)} ${bottom + 8}v16`} />
      ))}
      {width >= 420 && (
        <text x={width - right + 6} y={bottom + 20} class="soft-text">
          z of {layer.units * layer.samples > positions.length ? 'some units' : 'the units'}
        </text>
      )}
      <path class="axis-line" d={`M${left} ${height - AXIS}H${width - right}`} />
      {xTicks.map((t) => (
        <g key={t} class="tick">
          <path d={`M${x(t)} ${height - AXIS}v4`} />
          <text x={x(t)} y={height - 4} text-anchor="middle">
            {tickText(t, xTicks)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Intervals of z where the slope is below the bound. */
function saturatedZones(z: readonly number[], slope: readonly number[], below: number): [number, number][] {
  const zones: [number, number][] = [];
  let from: number | undefined;
  z.forEach((at, i) => {
    const is = Math.abs(slope[i] ?? 0) < below;
    if (is && from === undefined) from = at;
    if (!is && from !== undefined) {
      zones.push([from, z[i - 1] ?? at]);
      from = undefined;
    }
  });
  if (from !== undefined) zones.push([from, z.at(-1) ?? from]);
  return zones;
}

/** Two labels that do not lie on each other. */
function apart(a: number, b: number): [number, number] {
  if (Math.abs(a - b) >= 14) return [a, b];
  const middle = (a + b) / 2;
  return a <= b ? [middle - 7, middle + 7] : [middle + 7, middle - 7];
}
