/** The drawing surface: pan, zoom, fit; nodes and edges that glide to new places. */
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Drawing } from '../../../src/layout/layered';
import type { StepView } from '../../../src/protocol';
import { IconButton } from '../../parts/Icon';
import { PlayerContext, SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import type { Path } from '../../state/paths';
import { EdgeMark } from './EdgeMark';
import { extent, layCurves, marginOf } from '../../../src/export/graph/draw';
import { boxOf, type Curve, type Direction, toScreen } from '../../../src/export/graph/geometry';
import type { GraphEdge, GraphModel } from '../../../src/export/graph/model';
import { Minimap } from './Minimap';
import { NodeMark } from './NodeMark';
import { NodeTree } from './NodeTree';

interface Props {
  readonly open: Open;
  readonly steps: readonly StepView[];
  readonly model: GraphModel;
  readonly drawing: Drawing;
  readonly direction: Direction;
  readonly size: { readonly width: number; readonly height: number };
  readonly path: Path | undefined;
}

/** What is seen: drawing coordinates at the top left corner, and pixels a unit. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const LEAST_SCALE = 0.08;
const MOST_SCALE = 3;
/** Below this scale numbers on edges cannot be read and are left out. */
const LABEL_SCALE = 0.55;
const GENTLE = 1.25;
const LEGIBLE = 0.72;

export function Canvas({ open, steps, model, drawing, direction, size, path }: Props) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const svg = useRef<SVGSVGElement>(null);
  const box = useMemo(() => boxOf(drawing, direction, marginOf(model, direction)), [model, drawing, direction]);
  const [camera, setCamera] = useState<Camera | undefined>(undefined);
  const whole = fit(box, size);
  const seen = camera ?? opening(whole, box, size);
  // A new subject or direction is seen whole first.
  useLayoutEffect(() => setCamera(undefined), [open.trace.id, direction]);

  const curves = useMemo(() => layCurves(model, drawing, direction), [model, drawing, direction]);
  const onPath = useMemo(() => new Set(path?.edges.map((edge) => `${edge.user} ${edge.slot}`)), [path]);
  const positionOf = useMemo(() => new Map(steps.map((step, i) => [step.row, i])), [steps]);
  const selected = session.selected.value;
  const course = player.course.value;
  const at = player.at.value;
  const moment = course && at !== undefined ? course.moments[at] : undefined;

  const zoom = (factor: number, px = size.width / 2, py = size.height / 2) => {
    const scale = Math.max(LEAST_SCALE, Math.min(MOST_SCALE, seen.scale * factor));
    setCamera({
      x: seen.x + px / seen.scale - px / scale,
      y: seen.y + py / seen.scale - py / scale,
      scale,
    });
  };
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        const frame = element.getBoundingClientRect();
        zoom(Math.exp(-event.deltaY * 0.004), event.clientX - frame.left, event.clientY - frame.top);
      } else {
        setCamera({
          ...seen,
          x: seen.x + event.deltaX / seen.scale,
          y: seen.y + event.deltaY / seen.scale,
        });
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  });

  const isOnPath = (edge: GraphEdge): boolean => {
    if (!path) return false;
    if (edge.use) return onPath.has(`${positionOf.get(edge.use.user.row)} ${edge.use.slot}`);
    return edge.to === 'output';
  };
  const nodesOnPath = new Set<string>();
  for (const edge of model.edges) if (isOnPath(edge)) nodesOnPath.add(edge.from).add(edge.to);
  const touches = (edge: GraphEdge) =>
    selected !== undefined && (edge.use?.user.row === selected || edge.carries?.row === selected);
  const isNow = (edge: GraphEdge) =>
    moment?.kind === 'contribution' &&
    edge.use !== undefined &&
    positionOf.get(edge.use.operand.row) === moment.position &&
    edge.use.contribution === moment.index;
  const labels = seen.scale >= LABEL_SCALE;
  // A small view is not to be covered.
  const [wantsMap, setMap] = useState<boolean | undefined>(undefined);
  const map = wantsMap ?? size.width >= 640;
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const outside = box.width * seen.scale > size.width + 1 || box.height * seen.scale > size.height + 1;

  return (
    <>
      <svg
        ref={svg}
        class={`graph ${path ? 'has-path' : ''}`}
        width={size.width}
        height={size.height}
        aria-hidden="true"
        onPointerDown={(event) => startPan(event, seen, setCamera, () => session.select(undefined))}
        onDblClick={() => setCamera(whole)}
      >
        <g class="camera" transform={`scale(${seen.scale}) translate(${-seen.x} ${-seen.y})`}>
          <g class="edges">
            {model.edges.map((edge, i) => (
              <EdgeMark
                key={edge.id}
                edge={edge}
                curve={curves[i] as Curve}
                direction={direction}
                labels={labels}
                emphasis={isNow(edge) ? 'now' : isOnPath(edge) ? 'path' : touches(edge) ? 'near' : ''}
                known={knownAt(edge)}
              />
            ))}
          </g>
          <g class="nodes">
            {model.nodes.map((node) => {
              const place = drawing.nodes.get(node.id);
              if (!place) return null;
              const { x, y } = toScreen(place, direction);
              return (
                <NodeMark
                  key={node.id}
                  node={node}
                  x={x}
                  y={y}
                  size={extent(node)}
                  direction={direction}
                  focused={node.id === focused}
                  selected={'step' in node && node.step.row === selected}
                  onPath={nodesOnPath.has(node.id)}
                />
              );
            })}
          </g>
        </g>
      </svg>
      <NodeTree open={open} model={model} drawing={drawing} onFocus={setFocused} />
      <div class="zoom small">
        <IconButton icon="minus" label="Smaller" onClick={() => zoom(1 / GENTLE)} />
        <span aria-live="polite">{Math.round(seen.scale * 100)} %</span>
        <IconButton icon="plus" label="Larger" onClick={() => zoom(GENTLE)} />
        <button type="button" class="soft" onClick={() => setCamera(whole)}>
          Fit
        </button>
        {outside && (
          <button type="button" class="soft" aria-pressed={map} onClick={() => setMap(!map)}>
            Map
          </button>
        )}
      </div>
      {outside && map && (
        <Minimap
          model={model}
          drawing={drawing}
          direction={direction}
          box={box}
          camera={seen}
          size={size}
          onMove={(x, y) => setCamera({ ...seen, x, y })}
        />
      )}
    </>
  );

  /** While the sweeps are played, an edge shows its value once the operand has one, its contribution once sent. */
  function knownAt(edge: GraphEdge): { value: boolean; contribution: boolean } {
    if (!course || at === undefined) return { value: true, contribution: true };
    const carried = edge.carries && positionOf.get(edge.carries.row);
    return {
      value: carried === undefined || course.hasValue(carried, at),
      contribution: edge.use
        ? course.hasContribution(positionOf.get(edge.use.operand.row) ?? -1, edge.use.contribution, at)
        : at >= course.forward,
    };
  }
}

function fit(
  box: { x: number; y: number; width: number; height: number },
  size: { width: number; height: number },
): Camera {
  const whole = Math.min(size.width / box.width, size.height / box.height);
  const scale = Math.max(LEAST_SCALE, Math.min(1, whole));
  const x = box.x + box.width / 2 - size.width / scale / 2;
  const y = box.y + box.height / 2 - size.height / scale / 2;
  return { x, y, scale };
}

/** A graph opens legibly, from the inputs on, even where not all of it fits. */
function opening(
  whole: Camera,
  box: { x: number; y: number; width: number; height: number },
  size: { width: number; height: number },
): Camera {
  if (whole.scale >= LEGIBLE) return whole;
  const centred = (start: number, extent: number, room: number) =>
    extent * LEGIBLE <= room ? start + extent / 2 - room / LEGIBLE / 2 : start;
  return {
    x: centred(box.x, box.width, size.width),
    y: centred(box.y, box.height, size.height),
    scale: LEGIBLE,
  };
}

function startPan(event: PointerEvent, from: Camera, setCamera: (camera: Camera) => void, onClick: () => void): void {
  if (event.button !== 0 || (event.target as Element).closest('[data-node]')) return;
  const surface = event.currentTarget as Element;
  const start = { x: event.clientX, y: event.clientY };
  let moved = false;
  const move = (now: PointerEvent) => {
    const dx = now.clientX - start.x;
    const dy = now.clientY - start.y;
    if (!moved && Math.hypot(dx, dy) < 3) return;
    if (!moved) surface.setPointerCapture(event.pointerId);
    moved = true;
    setCamera({ ...from, x: from.x - dx / from.scale, y: from.y - dy / from.scale });
  };
  const end = () => {
    surface.removeEventListener('pointermove', move as EventListener);
    surface.removeEventListener('pointerup', end);
    surface.removeEventListener('pointercancel', end);
    if (!moved) onClick();
  };
  surface.addEventListener('pointermove', move as EventListener);
  surface.addEventListener('pointerup', end);
  surface.addEventListener('pointercancel', end);
}
