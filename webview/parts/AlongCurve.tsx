/** The output along one input, with a tick of its slope where the input stands now. */
import { useContext, useMemo } from 'preact/hooks';
import type { TraceView } from '../../src/protocol';
import { SessionContext } from '../state/context';
import { asNumber } from '../state/values';
import { curvePath, sampleAlong } from '../charts/sampling';

const WIDTH = 200;
const HEIGHT = 22;
const PAD = 3;

interface Props {
  readonly input: TraceView['inputs'][number];
  readonly low: number;
  readonly high: number;
  readonly x: number;
}

export function AlongCurve({ input, low, high, x }: Props) {
  const session = useContext(SessionContext);
  const replay = session.open.value?.replay;
  const point = session.point.value;
  const others = [...point].filter(([row]) => row !== input.row).join(' ');
  const curve = useMemo(() => {
    if (!replay?.immediate) return undefined;
    const count = Math.max(13, Math.min(65, Math.floor(60_000 / replay.rows.length)));
    const samples = sampleAlong(replay, point, input.row, low, high, count);
    const heights = samples.flatMap((s) => (s && Number.isFinite(s.y) ? [s.y] : []));
    if (heights.length < 2) return undefined;
    const bottom = Math.min(...heights);
    const top = Math.max(...heights);
    const span = top - bottom || Math.abs(top) || 1;
    const toX = (at: number) => ((at - low) / (high - low)) * WIDTH;
    const toY = (y: number) =>
      top === bottom ? HEIGHT / 2 : HEIGHT - PAD - ((y - bottom) / span) * (HEIGHT - 2 * PAD);
    return { path: curvePath(samples, toX, toY), toX, toY };
  }, [replay, input.row, low, high, others]);
  const y = asNumber(session.output.value);
  const slope = asNumber(session.gradient(input));
  return (
    <svg class="along" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {curve && <path class="curve" d={curve.path} />}
      {curve && y !== undefined && slope !== undefined && Number.isFinite(y) && Number.isFinite(slope) && (
        <Tick
          at={[curve.toX(x), curve.toY(y)]}
          towards={[curve.toX(x + (high - low) / 100), curve.toY(y + (slope * (high - low)) / 100)]}
        />
      )}
    </svg>
  );
}

/** A short piece of the tangent line, of one length whatever its slope. */
function Tick({
  at: [x, y],
  towards: [x2, y2],
}: {
  at: readonly [number, number];
  towards: readonly [number, number];
}) {
  const length = Math.hypot(x2 - x, y2 - y) || 1;
  const dx = ((x2 - x) / length) * 18;
  const dy = ((y2 - y) / length) * 18;
  return <path class="slope" d={`M${x - dx} ${y - dy}L${x + dx} ${y + dy}`} />;
}
