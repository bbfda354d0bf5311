/** The answer: what is traced, at which point, its value, and the gradient by each input. */
import { useContext, useState } from 'preact/hooks';
import type { TraceView } from '../../src/protocol';
import { editsBehind, KIND_WORDS, languageWord } from '../../src/format/words';
import { Tex } from '../math/Tex';
import { SessionContext } from '../state/context';
import { IconButton, Icon } from './Icon';
import { InputControl } from './InputControl';
import { Inline } from './Num';

/** Inputs that are shown without asking for more. */
const FIRST_INPUTS = 4;

export function Header() {
  const session = useContext(SessionContext);
  const shown = session.shown.value;
  if (!shown) return null;
  const trace = session.trace.value;
  return (
    <header class="header">
      <div class="head-line">
        {trace && <Answer trace={trace} />}
        <p class="crumb small soft">{crumb(shown.file, trace)}</p>
        <p class={`follow small ${session.pinned.value ? 'off' : ''}`}>
          {session.pinned.value ? 'Pinned' : 'Following cursor'}
        </p>
        <IconButton
          icon="pin"
          label={session.pinned.value ? 'Follow the cursor again' : 'Pin this trace'}
          pressed={session.pinned.value}
          onClick={() => session.pin(!session.pinned.peek())}
        />
      </div>
      {trace && <Remarks trace={trace} />}
      {trace && <Inputs trace={trace} />}
    </header>
  );
}

function crumb(file: string, trace: TraceView | undefined): string {
  if (!trace) return file;
  return `${file} · line ${trace.range.start.line + 1} · ${languageWord(trace.language)} ${KIND_WORDS[trace.kind]}`;
}

function Answer({ trace }: { trace: TraceView }) {
  const session = useContext(SessionContext);
  const formula = trace.formula;
  return (
    <h1 class="answer">
      <span class={formula === undefined ? 'what mono' : 'what'} title={trace.source}>
        {formula === undefined ? trace.title : <Tex tex={formula} />}
      </span>
      <span class="equals">=</span>
      <Inline value={session.output.value} class="result" />
    </h1>
  );
}

function Remarks({ trace }: { trace: TraceView }) {
  const session = useContext(SessionContext);
  const problem = session.problem.value;
  const failing = session.checks.value.filter((check) => check.verdict === 'fail' || check.verdict === 'error');
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
          {trace.stopped !== undefined && <span class="soft">: {trace.stopped}</span>}
        </p>
      )}
      {session.elsewhere.value && (
        <p class="soft">
          <span class="busy" aria-hidden="true" /> Another branch is taken there, evaluating anew
        </p>
      )}
      {problem !== undefined && (
        <p class="fail">
          <Icon name="warning" /> {problem}
        </p>
      )}
    </div>
  );
}

function noun(kind: 'gradient' | 'backward' | 'claim'): string {
  return kind === 'claim' ? 'claim' : kind === 'backward' ? 'hand-written gradient' : 'gradient';
}

function Inputs({ trace }: { trace: TraceView }) {
  const [all, setAll] = useState(false);
  const shown = all ? trace.inputs : trace.inputs.slice(0, FIRST_INPUTS);
  const hidden = trace.inputs.length - FIRST_INPUTS;
  return (
    <div class={`inputs ${all ? 'all' : ''}`} role="group" aria-label="Inputs and the gradient by each">
      {shown.map((input) => (
        <InputControl key={input.name} input={input} output={trace.output} />
      ))}
      {hidden > 0 && (
        <button type="button" class="link more-inputs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Fewer inputs' : `${hidden} more input${hidden === 1 ? '' : 's'}`}
        </button>
      )}
    </div>
  );
}
