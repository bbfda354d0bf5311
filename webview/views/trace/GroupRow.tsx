/** A call, layer or loop in one row: what goes out of it, and over the turns of a loop how it came there. */
import { useContext } from 'preact/hooks';
import { fromJsonNumber, type JsonNumber } from '../../../src/protocol';
import { formatNumber } from '../../../src/format/number';
import { Icon } from '../../parts/Icon';
import { Num } from '../../parts/Num';
import { Sparkline } from '../../charts/Sparkline';
import { PlayerContext, SessionContext } from '../../state/context';
import type { Group } from '../../../src/export/graph/groups';
import type { Open, Session } from '../../state/session';
import type { Family } from '../../state/values';
import { rails } from './rails';

interface Props {
  readonly group: Group;
  readonly folded: boolean;
  readonly top: number;
  readonly height: number;
  readonly index: number;
  readonly open: Open;
  readonly focusable: boolean;
}

export function GroupRow({ group, folded, top, height, index, open, focusable }: Props) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const steps = group.to - group.from;
  const name = titleOf(group);
  const course = player.course.value;
  const classes = [
    'group',
    folded ? 'folded' : 'open',
    ...rails(folded ? group.to - 1 : group.from, open.trace.steps, course, player.at.value),
  ];
  const toggle = () => session.fold(group, !folded);
  return (
    <tr
      role="row"
      class={classes.join(' ')}
      aria-rowindex={index + 2}
      aria-level={group.depth + 1}
      aria-expanded={!folded}
      aria-label={`${name}, ${steps} steps`}
      tabIndex={focusable ? 0 : -1}
      data-index={index}
      data-group={group.key}
      style={{ transform: `translateY(${top}px)`, height: `${height}px`, '--depth': group.depth }}
      onClick={(event) => {
        toggle();
        event.currentTarget.focus({ preventScroll: true });
      }}
    >
      <td role="rowheader" class="c-step">
        <Icon name={folded ? 'unfold' : 'fold'} />
      </td>
      <td role="gridcell" class="c-source">
        <code class="one-line">{name}</code>
        {folded && (
          <span class="small soft">
            {group.kind === 'loop' ? `×${group.turns} · ${steps} steps` : `${steps} step${steps === 1 ? '' : 's'}`}
          </span>
        )}
      </td>
      {folded ? (
        <>
          <Summary group={group} open={open} session={session} family="primal" />
          <Summary group={group} open={open} session={session} family="tangent" />
          <Summary group={group} open={open} session={session} family="adjoint" />
        </>
      ) : (
        <>
          <td role="gridcell" class="c-primal sweep" />
          <td role="gridcell" class="c-tangent sweep" />
          <td role="gridcell" class="c-adjoint sweep" />
        </>
      )}
    </tr>
  );
}

function titleOf(group: Group): string {
  if (group.kind === 'turn') return `turn ${Number(group.key.slice(group.key.lastIndexOf('@') + 1)) + 1}`;
  return group.name;
}

/** The last value of the group; of a loop, the curve of it over the turns. */
function Summary({ group, open, session, family }: { group: Group; open: Open; session: Session; family: Family }) {
  const ends = group.kind === 'loop' ? group.children.map((turn) => turn.to - 1) : [group.to - 1];
  const series = ends.map((position) => numberAt(open, session, position, family));
  const known = series.every((x): x is number => x !== undefined);
  // The reverse sweep goes through the turns from the last to the first.
  const ordered = family === 'adjoint' ? [...series].reverse() : series;
  const reached = ordered[ordered.length - 1];
  const entered = ordered[0];
  const css = family === 'primal' ? '' : family;
  return (
    <td role="gridcell" class={`c-${family} sweep ${css}`}>
      <span class="formula">
        {known && series.length > 1 && (
          <Sparkline series={series} logarithmic={family !== 'primal'} end={family === 'adjoint' ? 'first' : 'last'} />
        )}
      </span>
      {reached !== undefined && <Num value={toJson(reached)} />}
      {series.length > 1 && entered !== undefined && (
        <span class="entered small soft">from {formatNumber(entered)}</span>
      )}
    </td>
  );
}

function numberAt(open: Open, session: Session, position: number, family: Family): number | undefined {
  const row = open.replay?.rows[position];
  if (row !== undefined) return session.number(row, family);
  const step = open.rows.at(position);
  const value = step && session.value(step, family);
  return value === null || value === undefined || typeof value === 'object' ? undefined : fromJsonNumber(value);
}

function toJson(x: number): JsonNumber {
  return Number.isFinite(x) ? x : (String(x) as 'NaN');
}
