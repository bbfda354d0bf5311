/** Checks and claims: the finding first, then its evidence; and how far a difference quotient can be trusted. */
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type CheckView as Check, fromJsonNumber } from '../../../src/protocol';
import { formatNumber } from '../../../src/format/number';
import { STRENGTH_WORDS, VERDICT_MARKS, VERDICT_WORDS } from '../../../src/format/words';
import { Num } from '../../parts/Num';
import { Quoted } from '../NoTrace';
import { SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import { ErrorCurve } from './ErrorCurve';

const RANK: Record<Check['verdict'], number> = { fail: 0, error: 1, kink: 2, unknown: 3, pass: 4 };

export function CheckView({ open }: { open: Open }) {
  const session = useContext(SessionContext);
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const checks = [...session.checks.value].sort((a, b) => RANK[a.verdict] - RANK[b.verdict]);
  return (
    <div class="scroll-view">
      <div ref={frame}>
        <Finding checks={checks} />
        {checks.map((check) => (
          <OneCheck key={check.id} check={check} />
        ))}
        <p class="actions">
          <button type="button" class="link" onClick={() => session.send({ type: 'check' })}>
            Check the gradient {checks.length > 0 ? 'again' : 'now'}
          </button>
        </p>
        {open.replay?.immediate && width > 0 && (
          <ErrorCurve
            open={open}
            replay={open.replay}
            width={width}
            folded={checks.some((c) => c.verdict === 'fail')}
          />
        )}
      </div>
    </div>
  );
}

function Finding({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0) return null;
  const failing = checks.filter((check) => check.verdict === 'fail');
  const [first] = failing;
  if (first) {
    const bad = first.parameters.filter((p) => p.verdict === 'fail').length;
    const what =
      first.kind === 'claim'
        ? failing.length === 1
          ? 'A claim is false.'
          : `${failing.length} of ${checks.length} claims are false.`
        : `${bad} of ${first.parameters.length} gradients ${bad === 1 ? 'is' : 'are'} wrong.`;
    return (
      <p class="say finding">
        <span class="fail">
          {VERDICT_MARKS.fail} {what}
        </span>{' '}
        {first.cause !== undefined && <Quoted text={first.cause} />}
      </p>
    );
  }
  const passing = checks.filter((check) => check.verdict === 'pass').length;
  return (
    <p class="say finding">
      {passing === checks.length ? (
        <span class="pass">
          {VERDICT_MARKS.pass} {checks.length === 1 ? 'The check passes.' : `All ${checks.length} checks pass.`}
        </span>
      ) : (
        <span>
          {passing} of {checks.length} checks pass; none fails.
        </span>
      )}
    </p>
  );
}

function Verdict({ verdict }: { verdict: Check['verdict'] }) {
  return (
    <span
      class={`verdict ${verdict === 'fail' || verdict === 'error' ? 'fail' : verdict === 'pass' ? 'pass' : 'warn'}`}
    >
      <span aria-hidden="true">{VERDICT_MARKS[verdict]}</span> <span class="word">{VERDICT_WORDS[verdict]}</span>
    </span>
  );
}

function OneCheck({ check }: { check: Check }) {
  const session = useContext(SessionContext);
  const line = check.range.start.line + 1;
  return (
    <section class="check" aria-label={check.name}>
      <p class="check-head">
        <Verdict verdict={check.verdict} />
        <code>{check.name}</code>
        <button
          type="button"
          class="link"
          onClick={() => session.send({ type: 'reveal', uri: check.uri, range: check.range, focus: true })}
        >
          line {line}
        </button>
        {check.strength !== undefined && <span class="small soft">{STRENGTH_WORDS[check.strength]}</span>}
      </p>
      <p class="soft">
        <Quoted text={check.message} />
      </p>
      {check.text !== undefined && (
        <p class="diff">
          <span class={check.verdict === 'fail' ? 'fail' : ''}>
            <span class="small">yours</span> <code>{check.text}</code>
          </span>
          {check.expected !== undefined && (
            <span class="pass">
              <span class="small">expected</span> <code>{check.expected}</code>
            </span>
          )}
        </p>
      )}
      {check.parameters.length > 0 && (
        <table class="parameters">
          <thead>
            <tr class="small soft">
              <th scope="col" />
              <th scope="col">parameter</th>
              <th scope="col" class="right" title="‖a − b‖ / (‖a‖ + ‖b‖)">
                relative error
              </th>
              <th scope="col" class="wide">
                worst element
              </th>
              <th scope="col" class="right">
                yours
              </th>
              <th scope="col" class="right">
                expected
              </th>
            </tr>
          </thead>
          <tbody>
            {check.parameters.map((p) => (
              <tr key={p.name}>
                <td>
                  <Verdict verdict={p.verdict} />
                </td>
                <td>
                  <code>{p.name}</code>
                </td>
                <td class={`right ${p.verdict === 'fail' ? 'fail' : ''}`}>
                  {p.relativeError === undefined ? '' : formatNumber(fromJsonNumber(p.relativeError), { digits: 3 })}
                </td>
                <td class="wide">
                  <code>{p.worst ? `[${p.worst.index.join(', ')}]` : ''}</code>
                </td>
                <td class={`right ${p.verdict === 'fail' ? 'fail' : ''}`}>
                  {p.worst && <Num value={p.worst.claimed} />}
                </td>
                <td class="right">{p.worst && <Num value={p.worst.expected} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
