/** What the turns do to each parameter: its value or norm, and how much a turn changes it. */
import { formatNumber, formatShape } from '../../../src/format/number';
import { fromJsonNumber, type TrackView, type TrainingView } from '../../../src/protocol';
import { Num } from '../../parts/Num';

const [WIDTH, HEIGHT] = [120, 22];

export function ParameterTracks({ training, turn }: { training: TrainingView; turn: number }) {
  return (
    <table class="tracks">
      <thead>
        <tr class="small soft">
          <th scope="col">parameter</th>
          <th scope="col" class="wide">
            shape
          </th>
          <th scope="col" class="right">
            {turn >= training.turns ? 'at the end' : `when turn ${turn} begins`}
          </th>
          <th scope="col">over the turns</th>
          <th scope="col" class="right medium" title="‖change‖ over ‖value before‖ in this turn">
            update/weight
          </th>
        </tr>
      </thead>
      <tbody>
        {training.parameters.map((track) => (
          <tr key={track.name}>
            <th scope="row">
              <code>{track.name}</code>
            </th>
            <td class="soft wide">{track.shape.length === 0 ? '' : formatShape(track.shape)}</td>
            <td class="right">
              <Value track={track} turn={turn} />
            </td>
            <td>
              <Sparkline track={track} turn={turn} />
            </td>
            <td class="right medium">{ratio(track, turn)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Few elements are shown as they are, more by their norm. */
function Value({ track, turn }: { track: TrackView; turn: number }) {
  const elements = track.elements?.[turn];
  if (elements && elements.length <= 3 && track.shape.length === 1)
    return <span>({elements.map((x) => formatNumber(fromJsonNumber(x), { digits: 3 })).join(', ')})</span>;
  const value = track.values[turn];
  if (value === undefined) return null;
  return (
    <span>
      {track.shape.length > 0 && <span class="soft small">norm </span>}
      <Num value={value} />
    </span>
  );
}

function ratio(track: TrackView, turn: number): string {
  const x = fromJsonNumber(track.ratios[turn] ?? 'NaN');
  return Number.isFinite(x) ? formatNumber(x, { digits: 3 }) : '';
}

/** One line an element where there are few, else the norm. */
function Sparkline({ track, turn }: { track: TrackView; turn: number }) {
  const series =
    track.elements && track.elements.length > 0
      ? (track.elements[0] ?? []).map((_, i) => (track.elements ?? []).map((row) => fromJsonNumber(row[i] ?? 'NaN')))
      : [track.values.map(fromJsonNumber)];
  const all = series.flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const n = Math.max(1, track.values.length - 1);
  const x = (t: number) => 2 + (t / n) * (WIDTH - 4);
  const y = (v: number) => HEIGHT - 2 - ((v - low) / (high - low || 1)) * (HEIGHT - 4);
  return (
    <svg
      class="track"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`from ${formatNumber(low)} to ${formatNumber(high)}`}
    >
      {series.map((values, i) => (
        <path
          key={i}
          d={values
            .flatMap((v, t) => (Number.isFinite(v) ? [`${x(t).toFixed(1)} ${y(v).toFixed(1)}`] : []))
            .map((p, k) => (k === 0 ? 'M' : 'L') + p)
            .join('')}
        />
      ))}
      <path class="now" d={`M${x(turn)} 0V${HEIGHT}`} />
    </svg>
  );
}
