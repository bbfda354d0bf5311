/** States without a trace: not asked yet, loading, nothing here, unknown. */
import { useContext } from 'preact/hooks';
import { EXAMPLES, type TraceableView, type UnknownView } from '../../src/protocol';
import { KIND_WORDS, languageWord } from '../../src/format/words';
import { Icon } from '../parts/Icon';
import { SessionContext } from '../state/context';

export function NoTrace() {
  const session = useContext(SessionContext);
  const shown = session.shown.value;
  const loading = session.loading.value;
  const problem = session.problem.value;
  return (
    <main class="no-trace">
      {problem !== undefined && (
        <p class="fail">
          <Icon name="warning" /> {problem}
        </p>
      )}
      {loading !== undefined && (
        <p class="lead">
          {loading === '' ? 'Evaluating…' : <Quoted text={loading} />}{' '}
          <button type="button" class="link" onClick={() => session.send({ type: 'cancel' })}>
            Cancel
          </button>
        </p>
      )}
      {shown?.answer.state === 'unknown' && (
        <UnknownState uri={shown.uri} unknown={shown.answer.unknown} traceable={shown.answer.traceable} />
      )}
      {shown?.answer.state === 'nothing' && <NothingState uri={shown.uri} traceables={shown.answer.traceables} />}
      {!shown && loading === undefined && <NothingState uri="" traceables={[]} />}
    </main>
  );
}

function UnknownState({
  uri,
  unknown,
  traceable,
}: {
  uri: string;
  unknown: UnknownView;
  traceable: TraceableView | undefined;
}) {
  const session = useContext(SessionContext);
  const line = unknown.range.start.line + 1;
  return (
    <>
      {traceable && (
        <p class="soft small">
          {traceable.name} · {languageWord(traceable.language)} {KIND_WORDS[traceable.kind]}
        </p>
      )}
      <p class="lead">
        <span class="warn">
          <Icon name="warning" />
        </span>{' '}
        <Quoted text={unknown.reason} />.
      </p>
      <p class="actions">
        <button
          type="button"
          class="link"
          onClick={() => session.send({ type: 'reveal', uri, range: unknown.range, focus: true })}
        >
          Line {line}
        </button>
      </p>
      <p class="soft">A directive in a comment gives a value, and the trace goes on from there.</p>
      <pre class="directive">
        <code>{'# wengert: at NAME=VALUE'}</code>
      </pre>
    </>
  );
}

function NothingState({ uri, traceables }: { uri: string; traceables: readonly TraceableView[] }) {
  const session = useContext(SessionContext);
  return (
    <>
      <p class="lead">No formula or function under the cursor.</p>
      {traceables.length > 0 && (
        <>
          <h2 class="soft">In this file</h2>
          <ul class="traceables">
            {traceables.map((traceable) => (
              <li key={traceable.id}>
                <button
                  type="button"
                  class="link"
                  onClick={() => session.send({ type: 'follow', uri, position: traceable.range.start })}
                >
                  <code>{traceable.name}</code>
                </button>
                <span class="small soft">
                  {KIND_WORDS[traceable.kind]}, line {traceable.range.start.line + 1}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="actions soft">
        {traceables.length > 0 ? 'Or an example:' : 'An example:'}{' '}
        {EXAMPLES.map((name) => (
          <button key={name} type="button" class="link" onClick={() => session.send({ type: 'example', name })}>
            a {name}
          </button>
        ))}
      </p>
    </>
  );
}

/** Text with code between backquotes. */
export function Quoted({ text }: { text: string }) {
  return <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>;
}
