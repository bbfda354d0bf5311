/** The computational graph: values forward, adjoints back, the local partial where an edge meets its operation. */
import { useContext, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { drawGraph, type Size } from '../../../src/export/graph/draw';
import type { Drawing } from '../../../src/layout/layered';
import type { StepView } from '../../../src/protocol';
import { SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import { wholeTrace, WHOLE_LIMIT } from '../../state/wholeTrace';
import { Inspector, isInspected } from '../../parts/Inspector';
import { PathChooser, usePath } from '../paths/PathChooser';
import { Canvas } from './Canvas';
import { type Direction } from '../../../src/export/graph/geometry';
import { graphOf, type GraphModel } from '../../../src/export/graph/model';

/** From this width the graph runs left to right, as text does. */
const WIDE = 560;

export function GraphView({ open }: { open: Open }) {
  const steps = wholeTrace(open);
  if (steps === null) {
    return (
      <p class="view-message">{`The graph is drawn for traces of up to ${WHOLE_LIMIT.toLocaleString('en')} steps; this one has ${open.trace.steps.toLocaleString('en')}.`}</p>
    );
  }
  if (steps === undefined) return <p class="view-message soft">Fetching the steps…</p>;
  return <Graph open={open} steps={steps} />;
}

function Graph({ open, steps }: { open: Open; steps: readonly StepView[] }) {
  const session = useContext(SessionContext);
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | undefined>(undefined);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const direction: Direction = (size?.width ?? 900) >= WIDE ? 'right' : 'down';
  const folds = session.graphFolds.value;
  const model = useMemo(
    () => graphOf(open.trace, steps, open.groups, (group) => session.isFoldedInGraph(group)),
    [open, steps, folds],
  );
  const drawing = useDrawing(model, direction, open.trace.id, size);
  const path = usePath(open, steps);
  const selected = session.selected.value;
  const chosen = selected === undefined ? undefined : open.rows.ofRow(selected);
  return (
    <div class="graph-frame">
      <div class="graph-bar">
        <p class="legend small soft">
          on each edge: <span class="ink">value {direction === 'right' ? 'above' : 'left'}</span>,{' '}
          <span class="adjoint">adjoint contribution {direction === 'right' ? 'below' : 'right'}</span>, × local partial
          in the line
        </p>
        <PathChooser open={open} steps={steps} />
      </div>
      <div class="graph-canvas" ref={frame}>
        {size && (
          <Canvas
            key={open.trace.id}
            open={open}
            steps={steps}
            model={model}
            drawing={drawing}
            direction={direction}
            size={size}
            path={path}
          />
        )}
      </div>
      {chosen && isInspected(chosen) && <Inspector step={chosen} />}
    </div>
  );
}

/** Draws anew only when the structure or the room changes, and from where things were. */
function useDrawing(model: GraphModel, direction: Direction, trace: string, size: Size | undefined): Drawing {
  const last = useRef<{ drawing: Drawing; direction: Direction; trace: string; key: string } | undefined>(undefined);
  // Small changes of the room change nothing.
  const room = size ? `${Math.round(size.width / 80)} ${Math.round(size.height / 80)}` : '';
  const key = `${room}\n${model.nodes.map((n) => n.id).join('\n')}\n\n${model.edges.map((e) => e.id).join('\n')}`;
  const known = last.current;
  const same = known && known.direction === direction && known.trace === trace ? known : undefined;
  if (same?.key === key) return same.drawing;
  const drawing = drawGraph(model, direction, size, same?.drawing);
  last.current = { drawing, direction, trace, key };
  return drawing;
}
