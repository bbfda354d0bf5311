/** Small pictures of arrays: at most 8 × 8 cells, the sign by hue and by a dot, the size by opacity. */
import type { TensorView } from '../../src/protocol';
import { pictureOf } from '../../src/export/graph/draw';
import { formatNumber, formatShape } from '../../src/format/number';
import { fromJsonNumber } from '../../src/protocol';

export function describeTensor(tensor: TensorView): string {
  const n = (x: TensorView['min']) => formatNumber(fromJsonNumber(x));
  const bad = tensor.nonFinite > 0 ? `, ${tensor.nonFinite} not finite` : '';
  return `${formatShape(tensor.shape)}, ${tensor.dtype}, minimum ${n(tensor.min)}, mean ${n(tensor.mean)}, maximum ${n(tensor.max)}${bad}`;
}

export function HeatMap({
  tensor,
  size = 22,
  largest = 5,
  adjoint = false,
}: {
  tensor: TensorView;
  /** Pixels that it may be high. */
  size?: number;
  /** Pixels of a cell at most. */
  largest?: number;
  /** Marked by a bar on top. */
  adjoint?: boolean;
}) {
  const { rows, columns, cells, cell } = pictureOf(tensor, size, largest);
  const most = fromJsonNumber(tensor.maxAbs);
  const gap = cell > 6 ? 1 : cell > 3 ? 0.5 : 0.25;
  const top = adjoint ? 4 : 0;
  return (
    <svg
      class="heat-map"
      role="img"
      aria-label={describeTensor(tensor)}
      width={columns * cell}
      height={rows * cell + top}
      viewBox={`0 0 ${columns * cell} ${rows * cell + top}`}
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
            {x < 0 && cell >= 6 && <circle class="sign" cx={left + (cell - gap) / 2} cy={y + (cell - gap) / 2} r={1} />}
          </g>
        );
      })}
    </svg>
  );
}
