/** An array in full: its numbers or a picture of them, its statistics, and how its elements are spread. */
import type { ComponentChildren } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { fromJsonNumber, type TensorView } from '../../src/protocol';
import { formatNumber, formatShape } from '../../src/format/number';
import { Histogram } from '../charts/Histogram';
import { SessionContext } from '../state/context';
import type { Session } from '../state/session';
import { HeatMap } from './HeatMap';
import { MatrixMap } from './MatrixMap';
import { arrayItems } from '../state/arrayMenu';
import { menuAt, type MenuItem } from './Menu';

/** Larger arrays open as a picture. */
const MOST_ROWS = 12;
const MOST_COLUMNS = 12;

interface Props {
  readonly title: string;
  /** The title as it is shown, where it is more than words. */
  readonly heading?: ComponentChildren;
  readonly tensor: TensorView;
  readonly role: 'primal' | 'tangent' | 'adjoint';
  /** Pixels across. */
  readonly width?: number;
  /** The step that it belongs to: there all elements of a large array can be had. */
  readonly row: number;
}

/** Rows are all axes but the last, as they are printed. */
export function matrixShape(shape: readonly number[]): readonly [rows: number, columns: number] {
  return [shape.slice(0, -1).reduce((a, b) => a * b, 1), shape[shape.length - 1] ?? 1];
}

/** The index of an element in the array's own axes: `[0, 2, 1]`. */
export function indexText(shape: readonly number[], row: number, column: number): string {
  const index: number[] = [];
  let rest = row;
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    const count = shape[axis] as number;
    index.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return `[${[...index, ...(shape.length > 0 ? [column] : [])].join(', ')}]`;
}

export function ArrayFigure({ title, heading, tensor, role, row, width = 320 }: Props) {
  const session = useContext(SessionContext);
  const [rows, columns] = matrixShape(tensor.shape);
  const small = tensor.elements !== undefined && rows <= MOST_ROWS && columns <= MOST_COLUMNS;
  const [asGrid, setGrid] = useState<boolean | undefined>(undefined);
  const grid = tensor.elements !== undefined && (asGrid ?? small);
  const elements = tensor.elements?.map(fromJsonNumber);
  return (
    <figure class={`array ${role}`}>
      <figcaption>
        <span class={role === 'primal' ? 'ink' : role}>{heading ?? title}</span>{' '}
        <span class="small soft">
          {formatShape(tensor.shape)} {tensor.dtype}
        </span>
        {elements && (rows > 1 || columns > 1) && (
          <button type="button" class="link small" aria-pressed={grid} onClick={() => setGrid(!grid)}>
            {grid ? 'as a picture' : 'as numbers'}
          </button>
        )}
      </figcaption>
      <div
        onContextMenu={(event) =>
          (session.menu.value = menuAt(event, [
            ...cellItems(session, event),
            ...arrayItems(session, title, tensor, row, role),
          ]))
        }
      >
        {grid && elements ? (
          <Grid tensor={tensor} elements={elements} rows={rows} columns={columns} />
        ) : elements ? (
          <MatrixMap
            rows={rows}
            columns={columns}
            values={elements}
            label={title}
            width={width}
            height={200}
            nameOf={(r, c) => indexText(tensor.shape, r, c)}
          />
        ) : (
          <>
            <HeatMap tensor={tensor} size={120} largest={15} />
            <p class="small soft">means of blocks</p>
          </>
        )}
      </div>
      <div class="spread">
        <Statistics tensor={tensor} />
        {elements && elements.length > 3 && <Histogram elements={elements} />}
      </div>
    </figure>
  );
}

function Statistics({ tensor }: { tensor: TensorView }) {
  const n = (x: TensorView['min']) => formatNumber(fromJsonNumber(x), { digits: 3 });
  const entries: (readonly [string, string, string?])[] = [
    ['min', n(tensor.min)],
    ['mean', n(tensor.mean)],
    ['max', n(tensor.max)],
    ['max |·|', n(tensor.maxAbs)],
    ...(tensor.zeros > 0 ? [['zero', tensor.zeros.toLocaleString('en')] as const] : []),
    ...(tensor.nonFinite > 0 ? [['not finite', tensor.nonFinite.toLocaleString('en'), 'warn'] as const] : []),
  ];
  return (
    <dl class="statistics small">
      {entries.map(([word, text, role]) => (
        <div key={word} class={role ?? ''}>
          <dt class={role ?? 'soft'}>{word}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Grid({
  tensor,
  elements,
  rows,
  columns,
}: {
  tensor: TensorView;
  elements: readonly number[];
  rows: number;
  columns: number;
}) {
  const most = fromJsonNumber(tensor.maxAbs);
  const headed = rows > 3 || columns > 3 || tensor.shape.length > 2;
  return (
    <div class="grid-frame" tabIndex={0} role="group" aria-label="elements">
      <table class="grid">
        {headed && (
          <thead>
            <tr>
              {rows > 1 && <td />}
              {Array.from({ length: columns }, (_, c) => (
                <th key={c} scope="col">
                  {c}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {Array.from({ length: rows }, (_, r) => (
            <tr key={r}>
              {headed && rows > 1 && (
                <th scope="row">
                  {tensor.shape.length > 2
                    ? indexText(tensor.shape.slice(0, -1), Math.floor(r / lastOf(tensor)), r % lastOf(tensor))
                    : r}
                </th>
              )}
              {elements.slice(r * columns, (r + 1) * columns).map((x, c) => (
                <td
                  key={c}
                  data-full={formatNumber(x, { digits: 'full', plain: true })}
                  class={Number.isFinite(x) ? (x < 0 ? 'negative' : 'positive') : 'odd'}
                  title={`${indexText(tensor.shape, r, c)} = ${formatNumber(x, { digits: 'full', plain: true })}`}
                  style={{
                    '--strength': `${most > 0 && Number.isFinite(x) ? Math.round(Math.sqrt(Math.abs(x) / most) * 33) : 0}%`,
                  }}
                >
                  {formatNumber(x, { digits: 3 })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Length of the axis before the last. */
function lastOf({ shape }: TensorView): number {
  return shape[shape.length - 2] ?? 1;
}

/** The number that the reader points at. */
function cellItems(session: Session, event: MouseEvent): MenuItem[] {
  const cell = (event.target as Element).closest<HTMLElement>('[data-full]')?.dataset['full'];
  return cell === undefined ? [] : [{ label: `Copy ${cell}`, run: () => session.copy(cell, cell) }];
}
