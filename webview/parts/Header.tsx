/** The answer: what is traced, at which point, its value, and the gradient by each input. */
import { useContext, useState } from 'preact/hooks';
import type { TraceView } from '../../src/protocol';
import { editsBehind, KIND_WORDS, languageWord, stoppedAt } from '../../src/format/words';
import { Tex } from '../math/Tex';
import { choiceItems } from '../state/choices';
import { SessionContext } from '../state/context';
import type { Shown } from '../state/session';
import { useWidth } from '../state/useWidth';
import { IconButton, Icon } from './Icon';
import { Inputs, shownAtFirst } from './Inputs';
import { MenuButton } from './Menu';
import { Inline } from './Num';

export function Header() {
  const { shown } = useContext(SessionContext);
  return shown.value ? <Head shown={shown.value} /> : null;
}

function Head({ shown }: { shown: Shown }) {
  const session = useContext(SessionContext);
  const [ref, width] = useWidth<HTMLElement>();
  const [all, setAll] = useState(false);
  const trace = session.trace.value;
  const first = trace && shownAtFirst(trace, width);
  const hidden = trace && first ? trace.inputs.length - first.size : 0;
  return (
    <header class="header" ref={ref}>
      <div class="head-line">
        {trace && <Answer trace={trace} />}
        {trace && !session.alone && (
          <MenuButton
            label="Choose what is differentiated, and by what"
            class="plain choose"
            items={() => choiceItems(session)}
          >
            <span class="partial">
              ∂<span class="solidus">/</span>∂
            </span>{' '}
            ▾
          </MenuButton>
        )}
        {hidden > 0 && (
          <button type="button" class="link small more-inputs" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Fewer inputs' : `${hidden} more input${hidden === 1 ? '' : 's'}`}
          </button>
        )}
        <Crumb file={shown.file} trace={trace} />
        {!session.alone && <Following />}
      </div>
      {trace && <Remarks trace={trace} />}
      {trace && first && <Inputs trace={trace} shown={all ? undefined : first} />}
    </header>
  );
}

function Crumb({ file, trace }: { file: string; trace: TraceView | undefined }) {
  const session = useContext(SessionContext);
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (!trace) return <p class="crumb small soft">{name}</p>;
  const line = `line ${trace.range.start.line + 1}`;
  const what = `${languageWord(trace.language)} ${KIND_WORDS[trace.kind]}`;
  return (
    <p class="crumb small soft" title={`${file}, ${line}. ${trace.choice}`}>
      {name} ·{' '}
      {session.alone ? (
        line
      ) : (
        <button
          type="button"
          class="plain"
          title="Show it in the document"
          onClick={() => session.send({ type: 'reveal', uri: trace.address.uri, range: trace.range, focus: true })}
        >
          {line}
        </button>
      )}{' '}
      · {what}
    </p>
  );
}

/** What the page follows, and the ways to hold it. */
function Following() {
  const session = useContext(SessionContext);
  const pinned = session.pinned.value;
  const paused = session.paused.value;
  const { back, forward } = session.history.value;
  const behind = session.behind.value;
  const state = paused
    ? behind > 0
      ? `Paused, ${editsBehind(behind)}`
      : 'Paused'
    : pinned
      ? 'Pinned'
      : 'Following cursor';
  return (
    <div class="following">
      <p class={`follow small ${pinned || paused ? 'off' : ''}`} title={state}>
        <span>{state}</span>
      </p>
      {(back || forward) && (
        <>
          <IconButton
            icon="back"
            label="Back to what was shown before (Alt+Left)"
            disabled={!back}
            onClick={() => session.send({ type: 'history', by: -1 })}
          />
          <IconButton
            icon="forward"
            label="Forward (Alt+Right)"
            disabled={!forward}
            onClick={() => session.send({ type: 'history', by: 1 })}
          />
        </>
      )}
      <IconButton
        icon="pause"
        label={paused ? 'Go on with the document' : 'Pause: leave everything as it is while the document changes'}
        pressed={paused}
        onClick={() => session.pause(!session.paused.peek())}
      />
      <IconButton
        icon="pin"
        label={pinned ? 'Follow the cursor again' : 'Pin this trace'}
        pressed={pinned}
        onClick={() => session.pin(!session.pinned.peek())}
      />
    </div>
  );
}

function Answer({ trace }: { trace: TraceView }) {
  const session = useContext(SessionContext);
  const formula = trace.formula;
  const chosen = trace.address.of !== undefined && trace.output.name !== trace.title;
  return (
    <h1 class="answer">
      <span class={formula === undefined ? 'what mono' : 'what'} title={trace.source}>
        {formula === undefined ? trace.title : <Tex tex={formula} />}
        {chosen && (
          <span class="soft">
            {' · '}
            {trace.output.name}
          </span>
        )}
      </span>
      <span class="equals">=</span>
      <Inline value={session.output.value} class="result" />
    </h1>
  );
}

function Remarks({ trace }: { trace: TraceView }) {
  const session = useContext(SessionContext);
  const problem = session.problem.value;
  const failing = session.failing.value;
  const [first] = failing;
  return (
    <div class="remarks" aria-live="polite">
      {first && (
        <button type="button" class="link fail" onClick={() => (session.tab.value = 'check')}>
          <span aria-hidden="true">✕ </span>
          {failing.length === 1
            ? `1 ${noun(first.kind)} is false, line ${first.range.start.line + 1}`
            : `${failing.length} checks fail`}
        </button>
      )}
      {trace.editsBehind > 0 && (
        <p class="warn">
          <Icon name="warning" /> {editsBehind(trace.editsBehind)}
          {trace.staleReason !== undefined && <span class="soft">: {trace.staleReason}</span>}
        </p>
      )}
      {!trace.complete && (
        <p class="warn">
          <Icon name="warning" /> Traced in part
          <span class="soft">
            : {trace.steps.toLocaleString('en')} steps; {stoppedAt(trace.stopped)}
          </span>
        </p>
      )}
      {session.elsewhere.value && (
        <p class="soft">
          {session.alone ? (
            'Another branch is taken there: it is not in this page'
          ) : (
            <>
              <span class="busy" aria-hidden="true" /> Another branch is taken there, evaluating anew
            </>
          )}
        </p>
      )}
      {problem !== undefined && (
        <p class="fail">
          <Icon name="warning" /> {problem}
          <IconButton icon="close" label="Dismiss" onClick={() => (session.problem.value = undefined)} />
        </p>
      )}
    </div>
  );
}

function noun(kind: 'gradient' | 'backward' | 'claim'): string {
  return kind === 'claim' ? 'claim' : kind === 'backward' ? 'hand-written gradient' : 'gradient';
}
