/** States without a trace: not asked yet, loading, nothing here, unknown. */
import { useContext } from 'preact/hooks';
import { EXAMPLES, type TraceableView, type TraceAnswer, type UnknownView } from '../../src/protocol';
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
      {shown?.answer.state === 'unknown' && <UnknownState uri={shown.uri} answer={shown.answer} />}
      {shown?.answer.state === 'nothing' && <NothingState uri={shown.uri} traceables={shown.answer.traceables} />}
      {!shown && loading === undefined && <NothingState uri="" traceables={[]} />}
    </main>
  );
}

/** A directive in the comments of each language. */
const COMMENTS: Readonly<Record<string, (text: string) => string>> = {
  markdown: (text) => `<!-- ${text} -->`,
  latex: (text) => `% ${text}`,
};

function UnknownState({ uri, answer }: { uri: string; answer: Extract<TraceAnswer, { state: 'unknown' }> }) {
  const session = useContext(SessionContext);
  const { unknown, traceable, excerpt } = answer;
  const line = unknown.range.start.line + 1;
  const comment = COMMENTS[traceable?.language ?? ''] ?? ((text: string) => `# ${text}`);
  const directive = comment('wengert: at NAME=VALUE');
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
        <Quoted text={unknown.reason.replace(/^./u, (c) => c.toUpperCase())} />.
      </p>
      {excerpt && <Excerpt excerpt={excerpt} unknown={unknown} />}
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
      <p class="directive">
        <code>{directive}</code>{' '}
        <button type="button" class="link small" onClick={() => session.copy(directive, 'the directive')}>
          Copy
        </button>
      </p>
    </>
  );
}

/** The source with what is unknown underlined. */
function Excerpt({
  excerpt,
  unknown,
}: {
  excerpt: NonNullable<Extract<TraceAnswer, { state: 'unknown' }>['excerpt']>;
  unknown: UnknownView;
}) {
  const { start, end } = unknown.range;
  return (
    <pre class="excerpt">
      {excerpt.lines.map((text, i) => {
        const line = excerpt.line + i;
        const from = line === start.line ? start.character : line < start.line ? text.length : 0;
        const to = line === end.line ? end.character : line > end.line ? 0 : text.length;
        return (
          <span key={line} class="excerpt-line">
            <span class="small soft">{line + 1}</span>
            <code>
              {text.slice(0, from)}
              {to > from && <span class="squiggle">{text.slice(from, to)}</span>}
              {text.slice(Math.max(from, to))}
            </code>
          </span>
        );
      })}
    </pre>
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
