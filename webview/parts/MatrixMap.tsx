/** A matrix of any size as a heat map, one cell an entry, with the entry under the pointer in words. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatNumber } from '../../src/format/number';

interface Props {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
  readonly label: string;
  /** Room in pixels. */
  readonly width: number;
  readonly height: number;
  /** Entry in words, such as `[2, 3]`. */
  readonly nameOf: (row: number, column: number) => string;
  /** Which entries have been worked out: a number of whole rows or columns. */
  readonly done?: { readonly by: 'row' | 'column'; readonly count: number } | undefined;
}

const LARGEST_CELL = 22;

export function MatrixMap({ rows, columns, values, label, width, height, nameOf, done }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<readonly [number, number] | undefined>(undefined);
  const cell = Math.max(1, Math.min(LARGEST_CELL, width / columns, height / rows));
  const [w, h] = [Math.round(columns * cell), Math.round(rows * cell)];
  let most = 0;
  for (let i = 0; i < rows * columns; i++) {
    const size = Math.abs(values[i] as number);
    if (Number.isFinite(size)) most = Math.max(most, size);
  }
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = w * ratio;
    element.height = h * ratio;
    const style = getComputedStyle(element);
    const gap = cell > 5 ? 1 : 0;
    context.scale(ratio, ratio);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        if (done && (done.by === 'row' ? r : c) >= done.count) continue;
        const x = values[r * columns + c] as number;
        const place = [c * cell, r * cell, cell - gap, cell - gap] as const;
        context.globalAlpha = 0.07;
        context.fillStyle = style.outlineColor;
        context.fillRect(...place);
        context.globalAlpha = Number.isFinite(x) ? (most > 0 ? Math.sqrt(Math.abs(x) / most) : 0) : 1;
        context.fillStyle = !Number.isFinite(x) ? style.columnRuleColor : x < 0 ? style.borderTopColor : style.color;
        context.fillRect(...place);
      }
    }
  });
  const [row, column] = at ?? [];
  const value = row === undefined || column === undefined ? undefined : (values[row * columns + column] as number);
  return (
    <div class="matrix">
      <canvas
        ref={canvas}
        class="heat-canvas"
        style={{ width: `${w}px`, height: `${h}px` }}
        role="img"
        aria-label={`${label}, ${rows} by ${columns}, largest magnitude ${formatNumber(most)}`}
        onPointerMove={(event) => {
          const r = Math.floor(event.offsetY / cell);
          const c = Math.floor(event.offsetX / cell);
          setAt(r >= 0 && c >= 0 && r < rows && c < columns ? [r, c] : undefined);
        }}
        onPointerLeave={() => setAt(undefined)}
      />
      <p class="small readout">
        {value === undefined ? (
          <span class="soft">
            {rows} × {columns}, max |·| {formatNumber(most, { digits: 3 })}
          </span>
        ) : (
          <>
            <span class="soft">{nameOf(row as number, column as number)}</span> = {formatNumber(value)}
          </>
        )}
      </p>
    </div>
  );
}
