/** Finds steps by source, name or operation; Enter goes on to the next. */
import { useContext, useRef, useState } from 'preact/hooks';
import { SessionContext } from '../state/context';
import type { Group } from '../../src/export/graph/groups';
import type { Open, Session } from '../state/session';
import { wholeTrace } from '../state/wholeTrace';
import type { StepView } from '../../src/protocol';

/** Shorter tables are read at a glance. */
const LEAST_STEPS = 12;

export function Find({ open }: { open: Open }) {
  const session = useContext(SessionContext);
  const [text, setText] = useState('');
  const [none, setNone] = useState(false);
  const last = useRef(-1);
  const steps = wholeTrace(open);
  if (!steps || steps.length < LEAST_STEPS) return null;
  const go = (backwards: boolean) => {
    const at = nextMatch(steps, text, last.current, backwards);
    setNone(at === undefined && text !== '');
    const step = at === undefined ? undefined : steps[at];
    if (at === undefined || !step) return;
    last.current = at;
    unfold(session, open.groups, at);
    session.select(step.row);
  };
  return (
    <input
      class={`find ${none ? 'none' : ''}`}
      type="search"
      placeholder="Find a step"
      aria-label="Find a step by source, name or operation"
      value={text}
      onInput={(event) => {
        setText(event.currentTarget.value);
        setNone(false);
        last.current = -1;
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go(event.shiftKey);
      }}
    />
  );
}

/** Position of the next step that contains the text, in a circle. */
export function nextMatch(
  steps: readonly StepView[],
  text: string,
  after: number,
  backwards: boolean,
): number | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return undefined;
  const matches = (step: StepView) =>
    [step.label, step.name, step.op, ...step.bindings].some((part) => part.toLowerCase().includes(wanted));
  for (let k = 1; k <= steps.length; k++) {
    const at = (after + (backwards ? -k : k) + 2 * steps.length) % steps.length;
    if (matches(steps[at] as StepView)) return at;
  }
  return undefined;
}

function unfold(session: Session, groups: readonly Group[], position: number): void {
  for (const group of groups) {
    if (position < group.from || position >= group.to) continue;
    if (session.isFolded(group)) session.fold(group, false);
    unfold(session, group.children, position);
  }
}
