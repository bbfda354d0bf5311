/** Checks and claims: the finding first, then its evidence; and how far a difference quotient can be trusted. */
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CheckView as Check, Range } from '../../../src/protocol';
import { editsBehind, STRENGTH_WORDS, VERDICT_MARKS, VERDICT_WORDS } from '../../../src/format/words';
import { isTypesettable, Tex } from '../../math/Tex';
import { Icon } from '../../parts/Icon';
import { Quoted } from '../NoTrace';
import { SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import { ErrorCurve } from './ErrorCurve';
import { Parameters } from './Parameters';

const RANK: Record<Check['verdict'], number> = { fail: 0, error: 1, kink: 2, unknown: 3, pass: 4 };

/** What is checked, in the words of the reader. */
const KINDS: Record<Check['kind'], string> = {
  gradient: 'the tracer against itself',
  backward: 'gradient written by hand',
  claim: 'claim',
};

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
  const behind = session.checksBehind.value;
  const worst = checks.flatMap((check) => check.parameters).find((p) => p.verdict === 'fail')?.name;
  return (
    <div class="scroll-view">
      <div ref={frame}>
        {behind > 0 && (
          <p class="warn">
            <Icon name="warning" /> {editsBehind(behind)}
            <span class="soft">: what follows is about the text before</span>
          </p>
        )}
        <Finding checks={checks} />
        {checks.map((check) => (
          <OneCheck key={`${check.kind} ${check.id}`} check={check} alone={checks.length === 1} />
        ))}
        {!session.alone && (
          <p class="actions">
            <button type="button" class="link" onClick={() => session.send({ type: 'check' })}>
              Check the gradient {checks.length > 0 ? 'again' : 'now'}
            </button>
          </p>
        )}
        {open.replay?.immediate && width > 0 && (
          <ErrorCurve
            open={open}
            replay={open.replay}
            width={width}
            folded={checks.some((c) => c.verdict === 'fail')}
            first={worst}
          />
        )}
      </div>
    </div>
  );
}

/** One sentence that names the finding and its cause. */
function Finding({ checks }: { checks: readonly Check[] }) {
  if (checks.length === 0)
    return (
      <p class="say finding soft">
        Nothing here has been checked yet. A check compares the adjoint with the tangent and with differences.
      </p>
    );
  const failing = checks.filter((check) => check.verdict === 'fail' || check.verdict === 'error');
  const [first] = failing;
  if (first) {
    const bad = first.parameters.filter((p) => p.verdict === 'fail').length;
    const what =
      first.kind === 'claim' || first.parameters.length === 0
        ? failing.length === 1
          ? `${first.kind === 'claim' ? 'A claim' : 'A check'} is false.`
          : `${failing.length} of ${checks.length} checks fail.`
        : `${bad} of ${first.parameters.length} gradient${first.parameters.length === 1 ? '' : 's'} ${bad === 1 ? 'is' : 'are'} wrong.`;
    return (
      <p class="say finding">
        <span class="fail">
          {VERDICT_MARKS.fail} {what}
        </span>{' '}
        {first.cause !== undefined && <Sentence text={first.cause} />}
      </p>
    );
  }
  const passing = checks.filter((check) => check.verdict === 'pass').length;
  const kinks = checks.filter((check) => check.verdict === 'kink').length;
  return (
    <p class="say finding">
      {passing === checks.length ? (
        <span class="pass">
          {VERDICT_MARKS.pass} {checks.length === 1 ? 'The check passes.' : `All ${checks.length} checks pass.`}
        </span>
      ) : (
        <span>
          {passing} of {checks.length} checks pass, none fails
          {kinks > 0 && <span class="warn">; {kinks} at a kink, where there is no derivative</span>}.
        </span>
      )}
    </p>
  );
}

/** Text that ends as a sentence does, whatever it was given as. */
function Sentence({ text }: { text: string }) {
  return (
    <>
      <Quoted text={text.replace(/^./u, (c) => c.toUpperCase())} />
      {/[.!?]$/.test(text) ? '' : '.'}
    </>
  );
}

export function Verdict({ verdict }: { verdict: Check['verdict'] }) {
  return (
    <span
      class={`verdict ${verdict === 'fail' || verdict === 'error' ? 'fail' : verdict === 'pass' ? 'pass' : 'warn'}`}
    >
      <span aria-hidden="true">{VERDICT_MARKS[verdict]}</span> <span class="word">{VERDICT_WORDS[verdict]}</span>
    </span>
  );
}

function OneCheck({ check, alone }: { check: Check; alone: boolean }) {
  const session = useContext(SessionContext);
  const [all, setAll] = useState(false);
  const failing = check.verdict === 'fail' || check.verdict === 'error';
  return (
    <section class="check" aria-label={check.name}>
      <p class="check-head">
        <Verdict verdict={check.verdict} />
        <code>{check.name}</code>
        <Place uri={check.uri} range={check.range} />
        <span class="small soft">
          {KINDS[check.kind]}
          {check.of !== undefined && (
            <>
              {' '}
              of <code>{check.of}</code>
            </>
          )}
          {check.strength !== undefined && `, ${STRENGTH_WORDS[check.strength]}`}
          {check.points !== undefined && check.points > 1 && ` at ${check.points} points`}
        </span>
      </p>
      {check.message !== '' && (
        <p class="soft">
          <Sentence text={check.message} />
        </p>
      )}
      {!alone && failing && check.cause !== undefined && (
        <p>
          <Sentence text={check.cause} />
        </p>
      )}
      {check.text !== undefined && <Difference check={check} />}
      {(check.place ?? check.fixes?.length) && (
        <p class="actions">
          {check.place && <Place uri={check.uri} range={check.place} />}
          {!session.alone &&
            check.fixes?.map((fix) => (
              <button
                key={fix.title}
                type="button"
                class="link"
                onClick={() => session.send({ type: 'fix', uri: check.uri, title: fix.title, edits: fix.edits })}
              >
                {fix.title}
              </button>
            ))}
        </p>
      )}
      <Parameters parameters={check.parameters} kind={check.kind} all={all} onAll={() => setAll(true)} />
      {check.related && check.related.length > 0 && (
        <ul class="related-places">
          {check.related.map(({ range, message }) => (
            <li key={`${range.start.line} ${message}`}>
              <Place uri={check.uri} range={range} /> <Quoted text={message} />
            </li>
          ))}
        </ul>
      )}
      {check.notes?.map((note) => (
        <p key={note} class="small soft">
          <Quoted text={note} />
        </p>
      ))}
      <Point point={check.point} />
    </section>
  );
}

function Place({ uri, range }: { uri: string; range: Range }) {
  const session = useContext(SessionContext);
  const text = `line ${range.start.line + 1}`;
  if (session.alone) return <span class="soft">{text}</span>;
  return (
    <button type="button" class="link" onClick={() => session.send({ type: 'reveal', uri, range, focus: true })}>
      {text}
    </button>
  );
}

/** As written, and what would be right, one under the other. */
function Difference({ check }: { check: Check }) {
  const written = (text: string) =>
    /[\\^_{]/.test(text) && isTypesettable(text) ? <Tex tex={text} /> : <code>{text}</code>;
  return (
    <dl class="diff">
      <dt class="small soft">yours</dt>
      <dd class={check.verdict === 'fail' ? 'fail' : ''}>{written(check.text ?? '')}</dd>
      {check.expected !== undefined && (
        <>
          <dt class="small soft">expected</dt>
          <dd class="pass">{written(check.expected)}</dd>
        </>
      )}
    </dl>
  );
}

/** Values longer than this are not written out. */
const LONGEST = 40;

function Point({ point }: { point: Check['point'] }) {
  const values = Object.entries(point).slice(0, 8);
  if (values.length === 0) return null;
  return (
    <p class="small soft">
      at{' '}
      {values.map(([name, value], i) => {
        const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
        return (
          <span key={name}>
            {i > 0 && ', '}
            <code>
              {name} = {text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}
            </code>
          </span>
        );
      })}
      {Object.keys(point).length > values.length && ' …'}
    </p>
  );
}
