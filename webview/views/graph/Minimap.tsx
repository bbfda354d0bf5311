/** The whole graph in small, with a frame around what is seen. */
import type { Drawing } from '../../../src/layout/layered';
import type { Camera } from './Canvas';
import { type Direction, toScreen } from '../../../src/export/graph/geometry';
import type { GraphModel } from '../../../src/export/graph/model';

interface Props {
  readonly model: GraphModel;
  readonly drawing: Drawing;
  readonly direction: Direction;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  readonly camera: Camera;
  readonly size: { readonly width: number; readonly height: number };
  readonly onMove: (x: number, y: number) => void;
}

const WIDTH = 132;
const HEIGHT = 76;

export function Minimap({ model, drawing, direction, box, camera, size, onMove }: Props) {
  const scale = Math.min((WIDTH - 8) / box.width, (HEIGHT - 8) / box.height);
  const toMap = (x: number, y: number) => [4 + (x - box.x) * scale, 4 + (y - box.y) * scale] as const;
  const [left, top] = toMap(camera.x, camera.y);
  const centre = (event: PointerEvent) => {
    const frame = (event.currentTarget as Element).getBoundingClientRect();
    const x = (event.clientX - frame.left - 4) / scale + box.x - size.width / camera.scale / 2;
    const y = (event.clientY - frame.top - 4) / scale + box.y - size.height / camera.scale / 2;
    onMove(x, y);
  };
  return (
    <svg
      class="minimap"
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        centre(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && centre(event)}
    >
      {model.edges.map((edge, i) => {
        const points = (drawing.edges[i] ?? []).map((p) => {
          const { x, y } = toScreen(p, direction);
          return toMap(x, y)
            .map((n) => n.toFixed(1))
            .join(',');
        });
        return <polyline key={edge.id} points={points.join(' ')} />;
      })}
      {[...drawing.nodes].map(([id, place]) => {
        const { x, y } = toScreen(place, direction);
        const [cx, cy] = toMap(x, y);
        return <circle key={id} cx={cx} cy={cy} r={1.5} />;
      })}
      <rect
        x={left}
        y={top}
        width={(size.width / camera.scale) * scale}
        height={(size.height / camera.scale) * scale}
      />
    </svg>
  );
}
