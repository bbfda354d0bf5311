/** The evaluation trace as a table: three sweeps side by side, with the direction of each drawn. */
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StepView } from '../../../src/protocol';
import { formatNumber, splitAtPoint } from '../../../src/format/number';
import { Name } from '../../math/stepName';
import { noteScroll } from '../../math/Tex';
import { Inspector, isInspected } from '../../parts/Inspector';
import { PlayerContext, SessionContext } from '../../state/context';
import { OPEN_ROWS } from '../../../src/export/graph/groups';
import type { Open } from '../../state/session';
import { asNumber, type Family } from '../../state/values';
import { Arcs } from './Arcs';
import { Foot } from './Foot';
import { GroupRow } from './GroupRow';
import { contributionsHeight, layoutRows, NOTE_LINE, NUMBERS_LINE, type Item, type RowLayout } from './rowLayout';
import { StepRow } from './StepRow';
import { Strip } from './Strip';

/** Height of the column heads, which stay in sight. */
const HEAD = 30;
/** Up to this width the formulas give way to the numbers (see trace.css). */
const NARROW = 560;
/** Rows drawn beyond the visible part, as a share of it. */
const OVERSCAN = 0.5;
/** Pixels that the source column needs to say anything. */
const LEAST_SOURCE = 64;

export function TraceView({ open }: { open: Open }) {
  const session = useContext(SessionContext);
  const { trace, rows } = open;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: session.scroll.peek(), height: 600, width: 900 });
  // Which of the two stands in the third column where there is room for only one.
  const [third, setThird] = useState<'tangent' | 'adjoint'>('adjoint');
  const arrivals = rows.arrivals.value;
  const selected = session.selected.value;
  const folds = session.folds.value;

  const layout = useMemo(() => {
    const extra = new Map<number, number>();
    const few = trace.steps <= OPEN_ROWS;
    for (let position = 0; few && position < trace.steps; position++) {
      const parts = contributionsHeight(rows.at(position)?.contributions.length ?? 0);
      if (parts > 0) extra.set(position, parts);
    }
    const chosen = selected === undefined ? undefined : rows.ofRow(selected);
    if (chosen) {
      const parts = contributionsHeight(chosen.contributions.length);
      extra.set(chosen.index - 1, NUMBERS_LINE + parts + chosen.notes.length * NOTE_LINE);
    }
    return layoutRows(open.groups, trace.steps, (group) => session.isFolded(group), extra);
  }, [open, arrivals, selected, folds]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = session.scroll.peek();
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [open.trace.id]);

  // The row under the cursor of the source comes into view.
  const cursor = session.cursor.value;
  useEffect(() => {
    if (cursor !== undefined) bringIntoView(scroller.current, layout, positionOf(open, cursor));
  }, [cursor]);
  useEffect(() => {
    if (selected !== undefined) bringIntoView(scroller.current, layout, positionOf(open, selected));
  }, [selected]);

  // Folding may leave less than was scrolled through.
  const top = Math.max(0, Math.min(view.top, layout.height + HEAD - view.height));
  const overscan = useOverscan(trace.id);
  const first = layout.indexAt(Math.max(0, top - view.height * overscan));
  const last = layout.indexAt(top + view.height * (1 + overscan));
  const items: Item[] = [];
  for (let index = first; index <= last && index < layout.count; index++) items.push(layout.item(index) as Item);
  const steps = items.flatMap((item) => (item.kind === 'step' ? (rows.at(item.position) ?? []) : []));
  const room = fractionRoom(steps, (step, family) => asNumber(session.value(step, family)));

  const chosen = selected === undefined ? undefined : rows.ofRow(selected);
  return (
    <div class="trace-view">
      <div class="trace-frame">
        <div
          class="trace-scroll"
          ref={scroller}
          onScroll={(event) => {
            const top = event.currentTarget.scrollTop;
            noteScroll();
            session.scroll.value = top;
            setView((now) => ({ ...now, top }));
          }}
          onKeyDown={(event) => onKey(event, session, open, layout)}
        >
          <table
            class={`trace third-${third} ${isTight(view.width, room) ? 'tight' : ''}`}
            role="treegrid"
            aria-label={`Trace of ${trace.title}`}
            aria-rowcount={layout.count + 1}
            style={room}
          >
            <Head open={open} onOther={() => setThird(third === 'adjoint' ? 'tangent' : 'adjoint')} />
            <tbody role="rowgroup" style={{ height: `${layout.height}px` }}>
              {items.map((item, i) => (
                <ItemRow
                  key={keyOf(item, rows.at(item.kind === 'step' ? item.position : 0))}
                  item={item}
                  index={first + i}
                  open={open}
                  focusable={isFocusable(item, first + i, layout, open, selected)}
                />
              ))}
            </tbody>
          </table>
          <Arcs
            open={open}
            layout={layout}
            from={first}
            to={last}
            head={HEAD}
            view={view}
            right={view.width <= NARROW ? 22 : 40}
          />
        </div>
        <Strip open={open} layout={layout} onGo={(y) => scroller.current?.scrollTo({ top: y })} view={view} />
      </div>
      {chosen && isInspected(chosen) ? <Inspector step={chosen} /> : <Foot trace={trace} />}
    </div>
  );
}

/** Of another trace what is in sight is drawn first, what is beyond it a frame later. */
function useOverscan(id: string): number {
  const [drawn, setDrawn] = useState<string | undefined>(undefined);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setDrawn(id));
    return () => cancelAnimationFrame(frame);
  }, [id]);
  return drawn === id ? OVERSCAN : 0;
}

function keyOf(item: Item, step: StepView | undefined): string {
  return item.kind === 'group' ? `group ${item.group.key}` : `step ${step?.key ?? `at ${item.position}`}`;
}

/** One row takes the focus: the selected one, or the first. */
function isFocusable(item: Item, index: number, layout: RowLayout, open: Open, selected: number | undefined): boolean {
  const position = selected === undefined ? undefined : positionOf(open, selected);
  return index === (position === undefined ? 0 : layout.indexOf(position));
}

function ItemRow({ item, index, open, focusable }: { item: Item; index: number; open: Open; focusable: boolean }) {
  if (item.kind === 'group') return <GroupRow {...item} index={index} open={open} focusable={focusable} />;
  return <StepRow step={open.rows.at(item.position)} {...item} index={index} open={open} focusable={focusable} />;
}

function Head({ open, onOther }: { open: Open; onOther: () => void }) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const { trace } = open;
  const tangent = session.tangent.value;
  const input = trace.inputs.find((i) => i.name === tangent) ?? trace.inputs[0];
  const running = player.at.value !== undefined;
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        <th role="columnheader" scope="col" class="c-step">
          <span class="hidden">Step</span>
        </th>
        <th role="columnheader" scope="col" class="c-source small soft">
          {trace.formula === undefined ? 'source' : 'formula'}
        </th>
        <th role="columnheader" scope="col" class="c-primal" aria-label="Primal, forward sweep, read downwards">
          <b>Primal</b> <span class="var none letter">v</span>
          <span class="arrow">↓</span>
        </th>
        <th
          role="columnheader"
          scope="col"
          class="c-tangent tangent"
          aria-label={`Tangent, forward sweep, read downwards, along ${input?.name ?? ''}`}
        >
          <b>Tangent</b>{' '}
          <span class="var dot">
            <span class="letter">v</span>
          </span>
          <span class="arrow">↓</span>
          <OtherButton label="Show the adjoint" onClick={onOther} />
          {input && (
            <label class="seed small">
              <Name tex={input.tex} accent="dot" /> = 1
              {trace.inputs.length > 1 && (
                <>
                  <span aria-hidden="true"> ▾</span>
                  <select
                    aria-label="Input that moves (tangent)"
                    value={input.name}
                    onChange={(event) => session.chooseTangent(event.currentTarget.value)}
                  >
                    {trace.inputs.map((i) => (
                      <option key={i.name} value={i.name}>
                        {i.name}
                      </option>
                    ))}
                  </select>
                </>
              )}
            </label>
          )}
        </th>
        <th
          role="columnheader"
          scope="col"
          class="c-adjoint adjoint"
          aria-label="Gradient (adjoint), reverse sweep, read upwards"
        >
          <b>Adjoint</b>{' '}
          <span class="var bar">
            <span class="letter">v</span>
          </span>
          <span class="arrow">↑</span>
          <OtherButton label="Show the tangent" onClick={onOther} />
          <span class="seed small" title="The adjoint of a step is the gradient of the output by its value">
            {running ? (
              'reverse sweep'
            ) : (
              <>
                gradient ∂<Name tex={trace.output.tex} />
                /∂<span class="letter">v</span>
              </>
            )}
          </span>
        </th>
      </tr>
    </thead>
  );
}

function OtherButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" class="third" aria-label={label} title={label} onClick={onClick}>
      ⇄
    </button>
  );
}

/** Whether three columns of numbers would leave the source hardly any room: then tangent and adjoint take turns. */
function isTight(width: number, room: Record<string, string>): boolean {
  if (width > NARROW) return false;
  const digits = Object.values(room).reduce((sum, n) => sum + Number(n), 0);
  return width - 62 - digits * 7.4 - 134 < LEAST_SOURCE;
}

/** Widths of the fractions, in digits, so that the decimal points of each column meet. */
function fractionRoom(
  steps: readonly StepView[],
  valueOf: (step: StepView, family: Family) => number | undefined,
): Record<string, string> {
  const widest = (family: Family) =>
    steps.reduce((most, step) => {
      const x = valueOf(step, family);
      return x === undefined ? most : Math.max(most, splitAtPoint(formatNumber(x))[1].length);
    }, 5);
  return {
    '--room-primal': String(widest('primal')),
    '--room-tangent': String(widest('tangent')),
    '--room-adjoint': String(widest('adjoint')),
  };
}

function positionOf(open: Open, row: number): number | undefined {
  const step = open.rows.ofRow(row);
  if (step) return step.index - 1;
  const position = open.replay?.rows.indexOf(row) ?? -1;
  return position < 0 ? undefined : position;
}

function bringIntoView(element: HTMLElement | null, layout: RowLayout, position: number | undefined): void {
  if (!element || position === undefined) return;
  const item = layout.item(layout.indexOf(position));
  if (!item) return;
  const { scrollTop, clientHeight } = element;
  if (item.top < scrollTop) element.scrollTop = Math.max(0, item.top - HEAD);
  else if (item.top + item.height > scrollTop + clientHeight - HEAD)
    element.scrollTop = item.top + item.height - clientHeight + HEAD * 2;
}

function onKey(
  event: KeyboardEvent,
  session: import('../../state/session').Session,
  open: Open,
  layout: RowLayout,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  // A button in a row is pressed, not the row.
  if ((event.key === 'Enter' || event.key === ' ') && target.closest('button')) return;
  const index = Number(target.closest('tr')?.getAttribute('data-index') ?? NaN);
  if (Number.isNaN(index)) return;
  const item = layout.item(index);
  if (!item) return;
  const go = (to: number) => {
    const next = layout.item(Math.max(0, Math.min(layout.count - 1, to)));
    if (!next) return;
    event.preventDefault();
    const step = next.kind === 'step' ? open.rows.at(next.position) : undefined;
    if (step) session.select(step.row);
    else session.select(undefined);
    bringIntoView(
      target.closest<HTMLElement>('.trace-scroll'),
      layout,
      next.kind === 'step' ? next.position : next.group.from,
    );
    focusRow(target, next);
  };
  const step = item.kind === 'step' ? open.rows.at(item.position) : undefined;
  const goToRow = (row: number | undefined) => {
    const position = row === undefined ? undefined : positionOf(open, row);
    if (position !== undefined) go(layout.indexOf(position));
  };
  switch (event.key) {
    case 'ArrowDown':
      return go(index + 1);
    case 'ArrowUp':
      return go(index - 1);
    case 'PageDown':
      return go(index + 15);
    case 'PageUp':
      return go(index - 15);
    case 'Home':
      return go(0);
    case 'End':
      return go(layout.count - 1);
    case 'ArrowLeft':
      if (item.kind === 'group' && !item.folded) session.fold(item.group, true);
      else goToRow(step?.operands.find((operand) => operand.name !== undefined)?.row);
      event.preventDefault();
      return;
    case 'ArrowRight':
      if (item.kind === 'group' && item.folded) session.fold(item.group, false);
      else goToRow(step?.contributions[0]?.from);
      event.preventDefault();
      return;
    case 'Enter':
      if (item.kind === 'group') session.fold(item.group, !item.folded);
      else if (step) session.select(step.row, 'focus');
      event.preventDefault();
      return;
    case ' ':
      session.pin(!session.pinned.peek());
      event.preventDefault();
      return;
  }
}

/** Moves the focus, as soon as the row has been drawn. */
function focusRow(within: HTMLElement, item: Item): void {
  const table = within.closest('table');
  const selector =
    item.kind === 'step' ? `tr[data-position="${item.position}"]` : `tr[data-group="${CSS.escape(item.group.key)}"]`;
  // At once where the row is there already, so that keys that follow each other quickly start from it.
  const focus = (): boolean => {
    const row = table?.querySelector<HTMLElement>(selector);
    row?.focus({ preventScroll: true });
    return row !== undefined && row !== null;
  };
  if (!focus()) requestAnimationFrame(focus);
}
