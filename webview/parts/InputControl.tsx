/** One input: its value to edit or to drag, the output along it with the tangent, and the gradient by it. */
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { TraceView } from '../../src/protocol';
import { formatNumber } from '../../src/format/number';
import { ORIGIN_WORDS } from '../../src/format/words';
import { Name, Partial } from '../math/stepName';
import { differentiateBy, differentiateOnlyBy } from '../state/choices';
import { SessionContext } from '../state/context';
import { asNumber, isTensor } from '../state/values';
import { useDomain } from '../charts/domain';
import { AlongCurve } from './AlongCurve';
import type { Session } from '../state/session';
import { IconButton } from './Icon';
import { menuAt, type MenuItem } from './Menu';
import { ArrayMark, Inline } from './Num';

type Input = TraceView['inputs'][number];

/** Steps of the slider from end to end. */
const TICKS = 400;

/** Where the value comes from, in words. */
function originOf(input: Input): string {
  const why = input.origin.why;
  if (input.origin.kind === 'assumed') return why === undefined ? ORIGIN_WORDS.assumed : `assumed: ${why}`;
  return why ?? ORIGIN_WORDS[input.origin.kind];
}

/** Everything that can be done with an input, at the place where the reader asks. */
function inputMenu(session: Session, input: Input, x: number | undefined): MenuItem[] {
  const gradient = asNumber(session.gradient(input));
  const range = input.range ?? input.origin.range;
  const uri = session.shown.peek()?.uri;
  return [
    ...(session.alone
      ? []
      : [
          { label: 'Differentiate only by this', run: () => differentiateOnlyBy(session, input.name) },
          { label: 'Do not differentiate by this', run: () => differentiateBy(session, input.name) },
          ...(range && uri !== undefined
            ? [
                {
                  label: 'Show it in the document',
                  run: () => session.send({ type: 'reveal', uri, range, focus: true }),
                },
              ]
            : []),
          'line' as const,
        ]),
    { label: 'Show its tangent', run: () => session.chooseTangent(input.name) },
    'line',
    ...(x === undefined ? [] : [{ label: 'Copy the value', run: () => session.copy(fullText(x), input.name) }]),
    ...(gradient === undefined
      ? []
      : [{ label: 'Copy the gradient', run: () => session.copy(fullText(gradient), `the gradient by ${input.name}`) }]),
    ...(input.gradientTex === undefined
      ? []
      : [
          {
            label: 'Copy the derivative as LaTeX',
            run: () => session.copy(input.gradientTex as string, 'the derivative as LaTeX'),
          },
        ]),
  ];
}

function fullText(x: number): string {
  return formatNumber(x, { digits: 'full', plain: true });
}

/** An array: pictures of it and of the gradient by it; a click selects its step. */
export function TensorInput({ input, output }: { input: Input; output: TraceView['output'] }) {
  const session = useContext(SessionContext);
  const value = session.inputValue(input);
  const gradient = session.gradient(input);
  if (!isTensor(value)) return null;
  const selected = session.selected.value === input.row;
  const assumed = input.origin.kind === 'assumed';
  return (
    <button
      type="button"
      class={`tensor-input ${selected ? 'chosen' : ''}`}
      data-input={input.name}
      aria-pressed={selected}
      title={`${input.name}, ${originOf(input)}; gradient (adjoint) of ${output.name} by ${input.name}`}
      onClick={() => session.select(selected ? undefined : input.row, 'show')}
      onContextMenu={(event) => (session.menu.value = menuAt(event, inputMenu(session, input, undefined)))}
    >
      <span class={`input-name ${assumed ? 'assumed' : ''}`}>
        <Name tex={input.tex} />
      </span>
      <ArrayMark value={value} />
      <span class="adjoint gradient">
        <Partial of={output.tex} by={input.tex} />
        {isTensor(gradient) ? <ArrayMark value={gradient} adjoint /> : <Inline value={gradient} class="result" />}
      </span>
      {assumed && <span class="small warn words">assumed</span>}
    </button>
  );
}

/** Whether nobody is there to evaluate at other values. */
export function isFixed(session: Session): boolean {
  return session.alone && session.open.value?.replay?.immediate !== true;
}

export function InputControl({ input, output }: { input: Input; output: TraceView['output'] }) {
  const session = useContext(SessionContext);
  const x = asNumber(session.inputValue(input));
  const assumed = input.origin.kind === 'assumed';
  const moved = session.moved.value.has(input.row);
  // Once the server has evaluated there, the answer holds the reader's value as a pinned one.
  const own = moved || (input.origin.kind === 'pinned' && !session.alone);
  const origin = moved ? 'moved by you' : originOf(input);
  if (x === undefined) return null;
  const fixed = isFixed(session);
  return (
    <div
      class="input"
      data-input={input.name}
      onContextMenu={(event) => {
        if (!(event.target instanceof HTMLInputElement))
          session.menu.value = menuAt(event, inputMenu(session, input, x));
      }}
    >
      <span class="input-name" title={input.name}>
        <Name tex={input.tex} />
      </span>
      {fixed ? (
        <span class="fixed">{formatNumber(x)}</span>
      ) : (
        <>
          <Field input={input} x={x} />
          <Slider input={input} x={x} />
        </>
      )}
      <span class="input-gradient adjoint" title={`gradient (adjoint) of ${output.name} by ${input.name}`}>
        <Partial of={output.tex} by={input.tex} />
        <Inline value={session.gradient(input)} class="result" />
      </span>
      <span class={`origin small ${assumed && !moved ? 'warn' : 'soft'}`} title={origin}>
        <span class="words">{origin}</span>
        {own && (
          <>
            <IconButton
              icon="reset"
              label={
                input.origin.kind === 'pinned'
                  ? 'Back to the value that the document gives'
                  : `Back to ${formatNumber(asNumber(input.value) ?? NaN)}`
              }
              onClick={() => session.putBack(input.row)}
            />
            {!session.alone && (
              <IconButton
                icon="write"
                label="Write this value into the document"
                onClick={() => {
                  const trace = session.trace.peek();
                  if (trace) session.send({ type: 'write', address: trace.address, name: input.name, value: x });
                }}
              />
            )}
          </>
        )}
      </span>
    </div>
  );
}

function Field({ input, x }: { input: Input; x: number }) {
  const session = useContext(SessionContext);
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const commit = (text: string) => {
    setDraft(undefined);
    const wanted = readNumber(text);
    if (wanted === undefined || wanted === x) return;
    session.move(new Map([[input.row, wanted]]));
    session.settle();
  };
  const nudge = (direction: number, fine: boolean) => {
    const size = step(x) * (fine ? 0.1 : 1);
    session.move(new Map([[input.row, tidy(x + direction * size, size)]]));
  };
  const wrong = draft !== undefined && readNumber(draft) === undefined;
  return (
    <input
      class="field"
      type="text"
      inputMode="decimal"
      spellcheck={false}
      aria-label={`value of ${input.name}`}
      aria-invalid={wrong}
      value={draft ?? String(Number(x.toPrecision(6)))}
      onInput={(event) => setDraft(event.currentTarget.value)}
      onBlur={(event) => draft !== undefined && commit(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget.value);
        else if (event.key === 'Escape') setDraft(undefined);
        else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          event.preventDefault();
          setDraft(undefined);
          nudge(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey);
        }
      }}
    />
  );
}

/** A number as a reader types it, a true minus and a decimal comma included. */
function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/−/g, '-')
    .replace(/^([-+]?\d+),(\d+)$/, '$1.$2');
  const x = plain === '' ? NaN : Number(plain);
  return Number.isFinite(x) ? x : undefined;
}

/** A tenth of the leading digit's place. */
function step(x: number): number {
  return x === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(x))) - 1);
}

/** Cuts the digits that arithmetic on doubles leaves behind the step's own place. */
function tidy(x: number, size: number): number {
  const places = Math.max(0, Math.min(15, 1 - Math.floor(Math.log10(size))));
  return Number(x.toFixed(places));
}

function Slider({ input, x }: { input: Input; x: number }) {
  const session = useContext(SessionContext);
  const [low, high] = useDomain(x, session.dragging.value === input.row);
  const size = (high - low) / TICKS;
  const frame = useRef(0);
  const next = useRef(x);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const move = (to: number) => {
    next.current = tidy(to, size);
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      session.move(new Map([[input.row, next.current]]));
    });
  };
  return (
    <span class="slider">
      <AlongCurve input={input} low={low} high={high} x={x} />
      <input
        type="range"
        min={0}
        max={TICKS}
        step={1}
        value={Math.round((x - low) / size)}
        aria-label={`move ${input.name}`}
        aria-valuetext={formatNumber(x)}
        onPointerDown={() => (session.dragging.value = input.row)}
        onInput={(event) => move(low + event.currentTarget.valueAsNumber * size)}
        onChange={() => {
          session.dragging.value = undefined;
          session.settle();
        }}
        onPointerUp={() => (session.dragging.value = undefined)}
      />
    </span>
  );
}
