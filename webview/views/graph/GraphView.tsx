/** The computational graph: values forward, adjoints back, the local partial where an edge meets its operation. */
import { useContext, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Drawing, layered, type LayoutNode } from '../../../src/layout/layered';
import type { StepView } from '../../../src/protocol';
import { SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import { wholeTrace, WHOLE_LIMIT } from '../../state/wholeTrace';
import { Inspector } from '../../parts/Inspector';
import { isTensor } from '../../state/values';
import { PathChooser, usePath } from '../paths/PathChooser';
import { Canvas } from './Canvas';
import { type Direction } from './geometry';
import { graphOf, type GraphModel, type GraphNode } from './model';

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
  const folds = session.folds.value;
  const model = useMemo(
    () => graphOf(open.trace, steps, open.groups, (group) => session.isFolded(group)),
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
      {chosen && isTensor(chosen.value) && <Inspector step={chosen} />}
    </div>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Gaps {
  readonly layerGap: number;
  readonly nodeGap: number;
}

/** Room around the nodes for the names and numbers of inputs and output. */
export const MARGIN = { right: { x: 128, y: 56 }, down: { x: 76, y: 58 } } as const;

/** What numbers on edges need, and how far a small graph spreads to fill the view. */
const LEAST: Record<Direction, Gaps> = {
  right: { layerGap: 116, nodeGap: 40 },
  down: { layerGap: 88, nodeGap: 84 },
};
const MOST: Record<Direction, Gaps> = {
  right: { layerGap: 190, nodeGap: 110 },
  down: { layerGap: 120, nodeGap: 130 },
};

/** Arrays on the edges need room for their pictures. */
const PICTURES: Record<Direction, Gaps> = {
  right: { layerGap: 120, nodeGap: 130 },
  down: { layerGap: 130, nodeGap: 190 },
};

/** Draws anew only when the structure or the room changes, and from where things were. */
function useDrawing(model: GraphModel, direction: Direction, trace: string, size: Size | undefined): Drawing {
  const last = useRef<{ drawing: Drawing; direction: Direction; trace: string; key: string } | undefined>(undefined);
  // Small changes of the room change nothing.
  const room = size ? `${Math.round(size.width / 80)} ${Math.round(size.height / 80)}` : '';
  const key = `${room}\n${model.nodes.map((n) => n.id).join('\n')}\n\n${model.edges.map((e) => e.id).join('\n')}`;
  const known = last.current;
  const same = known && known.direction === direction && known.trace === trace ? known : undefined;
  if (same?.key === key) return same.drawing;
  const draw = (gaps: Gaps, previous: Drawing | undefined) => drawWith(model, direction, gaps, previous);
  const least = model.edges.some(({ carries }) => isTensor(carries?.value)) ? PICTURES[direction] : LEAST[direction];
  let drawing = draw(least, same?.drawing);
  if (size && model.nodes.length <= 60) {
    const margin = MARGIN[direction];
    const free = { width: size.width - 2 * margin.x, height: size.height - 2 * margin.y };
    const [along, across] = direction === 'right' ? [free.width, free.height] : [free.height, free.width];
    const layers = Math.max(1, drawing.layers - 1);
    const widest = Math.max(1, Math.max(...countsByLayer(drawing)) - 1);
    const spread = (low: number, high: number, now: number, wanted: number, gaps: number) =>
      Math.max(low, Math.min(high, low + (wanted - now) / gaps));
    const gaps = {
      layerGap: spread(least.layerGap, MOST[direction].layerGap, drawing.along, along, layers),
      nodeGap: spread(least.nodeGap, MOST[direction].nodeGap, drawing.across, across, widest),
    };
    drawing = draw(gaps, same?.drawing);
  }
  last.current = { drawing, direction, trace, key };
  return drawing;
}

function countsByLayer(drawing: Drawing): number[] {
  const counts = new Array<number>(Math.max(1, drawing.layers)).fill(0);
  for (const { layer } of drawing.nodes.values()) counts[layer] = (counts[layer] ?? 0) + 1;
  return counts;
}

function drawWith(model: GraphModel, direction: Direction, gaps: Gaps, previous: Drawing | undefined): Drawing {
  const inputs = model.nodes.filter((node) => node.kind === 'input').map((node) => node.id);
  return layered(
    model.nodes.map((node) => sizeOf(node, direction)),
    model.edges.map(({ from, to }) => ({ from, to })),
    {
      ...gaps,
      edgeGap: gaps.nodeGap,
      first: inputs.length <= 8 ? inputs : [],
      last: ['output'],
      ...(previous ? { previous } : {}),
    },
  );
}

function sizeOf(node: GraphNode, direction: Direction): LayoutNode {
  const [width, height] = extent(node);
  return direction === 'right'
    ? { id: node.id, along: width, across: height }
    : { id: node.id, along: height, across: width };
}

/** Width and height on the screen. */
export function extent(node: GraphNode): readonly [number, number] {
  switch (node.kind) {
    case 'operation':
      return [Math.max(30, 14 + node.sign.length * 7.5), 30];
    case 'group':
      return [Math.min(180, Math.max(56, 20 + node.name.length * 7)), 34];
    case 'input':
    case 'output':
      return [8, 8];
  }
}
