/** The inputs with the gradient by each: in as many columns as there is room for, few rows until all are asked for. */
import { plainName } from '../../src/format/nameText';
import type { TraceView } from '../../src/protocol';
import { useContext } from 'preact/hooks';
import { SessionContext } from '../state/context';
import { isTensor } from '../state/values';
import { InputControl, isFixed, TensorInput } from './InputControl';

type Input = TraceView['inputs'][number];

/** Rows of inputs before the reader asks for all, so that the answer and the first steps are seen together. */
const ROWS = 2;
const ROWS_IN_ONE_COLUMN = 3;
/** From these widths on numbers stand in two and three columns; the style sheet has the same. */
const TWO_COLUMNS = 700;
const THREE_COLUMNS = 1_080;
const NARROW = 560;
/** Up to so many characters ∂output/∂input is written beside each gradient; of longer names only the sign. */
const SHORT = 12;
const LONGEST_NAME = 18;

/** Names of the inputs that are shown before the reader asks for all of them. */
export function shownAtFirst(trace: TraceView, width: number): ReadonlySet<string> {
  const numbers = trace.inputs.filter((input) => !isTensor(input.value));
  const arrays = trace.inputs.filter((input) => isTensor(input.value));
  const columns = width >= THREE_COLUMNS ? 3 : width >= TWO_COLUMNS ? 2 : 1;
  const most = columns === 1 ? ROWS_IN_ONE_COLUMN : columns * ROWS;
  const firstNumbers = numbers.slice(0, most);
  const room = width < NARROW ? roomOfArray(arrays) + 8 : 190 + roomOfNames(arrays) + (isTerse(trace) ? 0 : 60);
  const rows = Math.max(1, ROWS - Math.ceil(firstNumbers.length / columns));
  const firstArrays = arrays.slice(0, Math.max(1, Math.floor(width / room)) * rows);
  return new Set([...firstNumbers, ...firstArrays].map(({ name }) => name));
}

/** Pixels of an array and the gradient by it where there is little room, its name included. */
function roomOfArray(arrays: readonly Input[]): number {
  return Math.max(140, 84 + roomOfNames(arrays));
}

/** @param shown names of those that are shown; all of them if absent */
export function Inputs({ trace, shown }: { trace: TraceView; shown: ReadonlySet<string> | undefined }) {
  const session = useContext(SessionContext);
  const inputs = trace.inputs.filter(({ name }) => shown?.has(name) ?? true);
  const numbers = inputs.filter((input) => !isTensor(input.value));
  const arrays = inputs.filter((input) => isTensor(input.value));
  const sameOrigin = new Set(numbers.map(({ origin }) => `${origin.kind} ${origin.why ?? ''}`)).size <= 1;
  const classes = ['all-inputs', !shown && 'all', isTerse(trace) && 'terse', numbers.length > 2 && 'many'];
  return (
    <div
      class={classes.filter(Boolean).join(' ')}
      style={{
        '--name-room': `${roomOfNames(numbers)}px`,
        '--label-room': `${labelRoom(trace)}px`,
        '--array-room': `${roomOfArray(trace.inputs.filter(({ value }) => isTensor(value)))}px`,
      }}
      role="group"
      aria-label="Inputs and the gradient (adjoint) by each"
    >
      {numbers.length > 0 && (
        <div class={['inputs', sameOrigin && 'same-origin', isFixed(session) && 'fixed'].filter(Boolean).join(' ')}>
          {numbers.map((input) => (
            <InputControl key={input.name} input={input} output={trace.output} />
          ))}
        </div>
      )}
      {arrays.length > 0 && (
        <div class="arrays-line">
          {arrays.map((input) => (
            <TensorInput key={input.name} input={input} output={trace.output} />
          ))}
        </div>
      )}
    </div>
  );
}

const lengthOf = (tex: string) => plainName(tex).length;

/** Names so long that repeating them beside each gradient would only take room. */
function isTerse({ output, inputs }: TraceView): boolean {
  return lengthOf(output.tex) + Math.max(0, ...inputs.map(({ tex }) => lengthOf(tex))) > SHORT;
}

/** Pixels that the longest name takes, at most those of a long one: what is longer is cut, and told by its title. */
function roomOfNames(inputs: readonly Input[]): number {
  const longest = Math.max(1, ...inputs.map(({ tex }) => lengthOf(tex)));
  return Math.ceil(Math.min(longest, LONGEST_NAME) * 7.3) + 8;
}

/** The same of ∂output/∂input. */
function labelRoom(trace: TraceView): number {
  if (isTerse(trace)) return 12;
  const longest = Math.max(1, ...trace.inputs.map(({ tex }) => lengthOf(tex)));
  return Math.ceil((lengthOf(trace.output.tex) + longest) * 7.3) + 30;
}
