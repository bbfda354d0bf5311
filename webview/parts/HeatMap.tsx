/** Small pictures of arrays: at most 8 × 8 cells, the sign by hue and by a dot, the size by opacity. */
import type { TensorView } from '../../src/protocol';
import { formatNumber, formatShape } from '../../src/format/number';
import { fromJsonNumber } from '../../src/protocol';

const MOST = 8;

interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly number[];
}

/** The cells to draw: elements where they are few, block means of a large array. */
export function gridOf(tensor: TensorView): Grid {
  const { shape, elements, blocks } = tensor;
  const columns = shape.length === 0 ? 1 : (shape[shape.length - 1] ?? 1);
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  if (elements && rows <= MOST && columns <= MOST) return { rows, columns, cells: elements.map(fromJsonNumber) };
  if (blocks) return { rows: blocks.rows, columns: blocks.columns, cells: blocks.means.map(fromJsonNumber) };
  return { rows: 0, columns: 0, cells: [] };
}

export function describeTensor(tensor: TensorView): string {
  const n = (x: TensorView['min']) => formatNumber(fromJsonNumber(x));
  const bad = tensor.nonFinite > 0 ? `, ${tensor.nonFinite} not finite` : '';
  return `${formatShape(tensor.shape)}, ${tensor.dtype}, minimum ${n(tensor.min)}, mean ${n(tensor.mean)}, maximum ${n(tensor.max)}${bad}`;
}

export function HeatMap({
  tensor,
  cell = 5,
  adjoint = false,
}: {
  tensor: TensorView;
  cell?: number;
  adjoint?: boolean;
}) {
  const { rows, columns, cells } = gridOf(tensor);
  const most = fromJsonNumber(tensor.maxAbs);
  const gap = cell > 6 ? 1 : 0.5;
  const top = adjoint ? 4 : 0;
  return (
    <svg
      class="heat-map"
      role="img"
      aria-label={describeTensor(tensor)}
      width={columns * cell}
      height={rows * cell + top}
    >
      <title>{describeTensor(tensor)}</title>
      {adjoint && <rect class="mark-adjoint" x={0} y={0} width={columns * cell} height={2} />}
      {cells.map((x, i) => {
        const finite = Number.isFinite(x);
        const left = (i % columns) * cell;
        const y = top + Math.floor(i / columns) * cell;
        const strength = finite && most > 0 && Number.isFinite(most) ? Math.sqrt(Math.abs(x) / most) : 0;
        return (
          <g key={i}>
            <rect class="cell-ground" x={left} y={y} width={cell - gap} height={cell - gap} />
            <rect
              class={finite ? (x < 0 ? 'negative' : 'positive') : 'not-finite'}
              x={left}
              y={y}
              width={cell - gap}
              height={cell - gap}
              opacity={finite ? Math.min(1, strength) : 1}
            />
            {x < 0 && cell > 6 && <circle class="sign" cx={left + (cell - gap) / 2} cy={y + (cell - gap) / 2} r={1} />}
          </g>
        );
      })}
    </svg>
  );
}
