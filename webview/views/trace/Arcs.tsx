/** Arcs in the gutter: from a step up to its operands and down to its users. */
import { useContext } from 'preact/hooks';
import { PlayerContext, SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import { type RowLayout, ROW } from './rowLayout';

/** Up to this many steps the arcs of all rows are drawn, as hairlines. */
const ALL_ARCS = 60;

interface Props {
  readonly open: Open;
  readonly layout: RowLayout;
  readonly from: number;
  readonly to: number;
  readonly head: number;
  readonly view: { readonly top: number; readonly height: number };
  /** Where the arcs end: the left edge of the step names. */
  readonly right: number;
}

/** The contribution on its way from the user up to the operand. */
function Traveller({ d }: { d: string }) {
  return <circle class="traveller" r={4} style={{ offsetPath: `path("${d}")` }} />;
}

interface Arc {
  readonly key: string;
  /** Positions of operand and user. */
  readonly operand: number;
  readonly user: number;
  readonly kind: 'faint' | 'operand' | 'user' | 'now';
}

export function Arcs({ open, layout, from, to, head, view, right }: Props) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const { rows, trace } = open;
  const arcs: Arc[] = [];
  if (trace.steps <= ALL_ARCS) {
    for (let index = from; index <= to; index++) {
      const item = layout.item(index);
      const step = item?.kind === 'step' ? rows.at(item.position) : undefined;
      step?.operands.forEach((operand, slot) => {
        const source = rows.ofRow(operand.row);
        if (source)
          arcs.push({
            key: `${step.row} ${slot}`,
            operand: source.index - 1,
            user: step.index - 1,
            kind: 'faint',
          });
      });
    }
  }
  const selected = session.selected.value;
  const chosen = selected === undefined ? undefined : rows.ofRow(selected);
  chosen?.operands.forEach((operand, slot) => {
    const source = rows.ofRow(operand.row);
    if (source)
      arcs.push({
        key: `to ${operand.row} ${slot}`,
        operand: source.index - 1,
        user: chosen.index - 1,
        kind: 'operand',
      });
  });
  chosen?.contributions.forEach((part, i) => {
    const user = rows.ofRow(part.from);
    if (user)
      arcs.push({
        key: `from ${part.from} ${i}`,
        operand: chosen.index - 1,
        user: user.index - 1,
        kind: 'user',
      });
  });
  const moment = player.course.value?.moments[player.at.value ?? -1];
  if (moment?.kind === 'contribution') {
    arcs.push({
      key: `now ${player.at.value}`,
      operand: moment.position,
      user: moment.from,
      kind: 'now',
    });
  }
  const yOf = (position: number) => {
    const item = layout.item(layout.indexOf(position));
    return (item?.top ?? 0) + ROW / 2;
  };
  const top = view.top - view.height;
  const bottom = view.top + view.height * 2;
  const ends = new Set<number>();
  return (
    <svg
      class="arcs"
      aria-hidden="true"
      width={right + 4}
      height={Math.max(0, layout.height)}
      style={{ top: `${head}px` }}
    >
      {arcs.map(({ key, operand, user, kind }) => {
        const y1 = yOf(operand);
        const y2 = yOf(user);
        if (y1 === y2 || y2 < top || y1 > bottom) return null;
        ends.add(y1).add(y2);
        // A cubic's bulge is three quarters of its handles' length.
        const reach = Math.min(right - 3, 5 + right * 0.055 * Math.sqrt(y2 - y1)) / 0.75;
        const path = `M${right} ${y1}C${right - reach} ${y1} ${right - reach} ${y2} ${right} ${y2}`;
        return (
          <g key={key}>
            <path class={kind} d={path} />
            {kind === 'now' && <Traveller d={path} />}
          </g>
        );
      })}
      {[...ends].map((y) => (
        <circle
          key={y}
          class={chosen && y === yOf(chosen.index - 1) ? 'chosen' : ''}
          cx={right}
          cy={y}
          r={chosen && y === yOf(chosen.index - 1) ? 3 : 1.75}
        />
      ))}
    </svg>
  );
}
