/** Beside the scroll bar of a long trace: log |v̄| over all steps. Where it vanishes is seen before scrolling. */
import { useContext, useEffect, useRef } from 'preact/hooks';
import { SessionContext } from '../../state/context';
import { OPEN_ROWS } from '../../../src/export/graph/groups';
import type { Open } from '../../state/session';
import { useSettled } from '../../state/useSettled';
import type { RowLayout } from './rowLayout';

const WIDTH = 14;

interface Props {
  readonly open: Open;
  readonly layout: RowLayout;
  readonly view: { readonly top: number; readonly height: number };
  readonly onGo: (top: number) => void;
}

export function Strip({ open, layout, view, onGo }: Props) {
  const session = useContext(SessionContext);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { replay, trace } = open;
  const wanted = replay !== undefined && trace.steps > OPEN_ROWS;
  const [moved] = useSettled(session.moved.value, false);
  useEffect(() => {
    const element = canvas.current;
    if (!element || !replay) return;
    const height = Math.max(1, Math.round(view.height));
    const ratio = window.devicePixelRatio || 1;
    element.width = WIDTH * ratio;
    element.height = height * ratio;
    const context = element.getContext('2d');
    if (!context) return;
    context.scale(ratio, ratio);
    const colour = getComputedStyle(element).color;
    const logs = new Float64Array(trace.steps);
    let low = Infinity;
    let high = -Infinity;
    for (let position = 0; position < trace.steps; position++) {
      const log = Math.log10(Math.abs(session.number(replay.rows[position] as number, 'adjoint') ?? NaN));
      logs[position] = log;
      if (Number.isFinite(log)) {
        low = Math.min(low, log);
        high = Math.max(high, log);
      }
    }
    if (low > high) return;
    const span = Math.max(high - low, 1);
    context.fillStyle = colour;
    for (let y = 0; y < height; y++) {
      const from = Math.floor((y / height) * trace.steps);
      const to = Math.max(from + 1, Math.floor(((y + 1) / height) * trace.steps));
      let least = Infinity;
      let most = -Infinity;
      for (let position = from; position < to; position++) {
        const log = logs[position] as number;
        if (!Number.isFinite(log)) continue;
        least = Math.min(least, log);
        most = Math.max(most, log);
      }
      if (least > most) continue;
      const x1 = ((least - low) / span) * (WIDTH - 3);
      const x2 = ((most - low) / span) * (WIDTH - 3);
      context.globalAlpha = 0.35;
      context.fillRect(0, y, x1 + 1, 1);
      context.globalAlpha = 1;
      context.fillRect(x1, y, Math.max(1, x2 - x1 + 1), 1);
    }
  }, [open, view.height, wanted, moved]);
  if (!wanted) return null;
  return (
    <canvas
      ref={canvas}
      class="strip adjoint"
      title="log |v̄| over all steps"
      role="img"
      aria-label="Magnitude of the adjoint over all steps, logarithmic"
      onClick={(event) => {
        const share = event.offsetY / event.currentTarget.clientHeight;
        const item = layout.item(layout.indexOf(Math.floor(share * trace.steps)));
        if (item) onGo(item.top - view.height / 2);
      }}
    />
  );
}
