/** One step: its source, and formula and number of each sweep; numbers in place of names when selected. */
import { useContext } from 'preact/hooks';
import type { ContributionView, FormulaView, StepView, ValueView } from '../../../src/protocol';
import { fromJsonNumber } from '../../../src/protocol';
import { formatNumber } from '../../../src/format/number';
import { Name, spokenStep, StepName } from '../../math/stepName';
import { withNumbers } from '../../math/substitute';
import { isTypesettable, Tex } from '../../math/Tex';
import { menuAt } from '../../parts/Menu';
import { Num } from '../../parts/Num';
import { differentiateOnlyBy, differentiateThis, isInput, outputName } from '../../state/choices';
import { PlayerContext, SessionContext } from '../../state/context';
import type { Open, Session } from '../../state/session';
import { stepMenu } from '../../state/stepMenu';
import type { Course } from '../../state/stepper';
import { asNumber, type Family } from '../../state/values';
import { rails } from './rails';
import { LISTED_CONTRIBUTIONS } from './rowLayout';

interface Props {
  readonly step: StepView | undefined;
  readonly position: number;
  readonly depth: number;
  readonly top: number;
  readonly height: number;
  readonly index: number;
  readonly open: Open;
  readonly focusable: boolean;
}

export function StepRow({ step, position, depth, top, height, index, open, focusable }: Props) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const place = { transform: `translateY(${top}px)`, height: `${height}px` };
  if (!step) {
    return (
      <tr
        role="row"
        class="step waiting"
        aria-rowindex={index + 2}
        aria-level={depth + 1}
        data-index={index}
        data-position={position}
        style={place}
      >
        <td role="gridcell" class="c-step" />
      </tr>
    );
  }
  const selected = session.selected.value === step.row;
  const under = session.cursor.value === step.row;
  const related = isRelated(session, open, step);
  const course = player.course.value;
  const at = course ? (player.at.value as number) : undefined;
  const isOutput = step.row === open.trace.output.row;
  const known = !course || at === undefined || course.hasValue(position, at);
  const contributions = step.contributions;
  const listed = contributions.length > 1 && height > 28 + (selected ? 24 + 18 * step.notes.length : 0);
  const input = open.trace.inputs.find((i) => i.row === step.row);
  const isFormula = open.trace.formula !== undefined;
  const classes = [
    'step',
    selected && 'selected',
    under && 'under',
    related && 'related',
    isOutput && 'output',
    ...rails(position, open.trace.steps, course, at),
  ];
  return (
    <tr
      role="row"
      class={classes.filter(Boolean).join(' ')}
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-selected={selected}
      tabIndex={focusable ? 0 : -1}
      data-index={index}
      data-position={position}
      data-row={step.row}
      style={place}
      onClick={(event) => {
        session.select(step.row, 'show');
        event.currentTarget.focus({ preventScroll: true });
      }}
      onDblClick={() => session.select(step.row, 'focus')}
      onContextMenu={(event) => {
        session.select(step.row);
        session.menu.value = menuAt(event, stepMenu(session, step, columnOf(event.target as Element)));
      }}
    >
      <td role="rowheader" class="c-step" aria-label={spokenStep(step.index)}>
        <StepName index={step.index} />
        {step.notes.length > 0 && (
          <span class="note-mark warn" aria-hidden="true" title={step.notes.map(({ text }) => text).join('\n')}>
            !
          </span>
        )}
      </td>
      <td role="gridcell" class={`c-source ${depth > 0 ? 'inside' : ''}`} title={step.label}>
        <span class="one-line">
          <Source step={step} isFormula={isFormula} />
        </span>
        {selected && !isOutput && !session.alone && <ThisButton step={step} />}
        {step.notes.map((note) => (
          <span key={note.text} class="note warn small" title={note.text}>
            {NOTE_WORDS[note.code] ?? note.code}
          </span>
        ))}
      </td>
      <td role="gridcell" class="c-primal sweep">
        {input ? (
          <NameOnly tex={isFormula ? input.tex : undefined} />
        ) : (
          <Formula tex={step.primal.right || step.labelTex || ''} />
        )}
        {known ? <Num value={session.value(step, 'primal')} assumed={input?.origin.kind === 'assumed'} /> : <Pending />}
        {selected && known && <NumbersLine step={step} family="primal" formula={step.primal} />}
      </td>
      <td role="gridcell" class="c-tangent sweep tangent">
        {input ? (
          <NameOnly tex={isFormula ? input.tex : undefined} accent="dot" />
        ) : (
          <Formula tex={step.tangentFormula.right} />
        )}
        {known ? <Num value={session.value(step, 'tangent')} /> : <Pending />}
        {selected && known && <NumbersLine step={step} family="tangent" formula={step.tangentFormula} />}
      </td>
      <td role="gridcell" class="c-adjoint sweep adjoint">
        {isOutput && <span class="seed-dot" />}
        <AdjointCell
          step={step}
          position={position}
          isOutput={isOutput}
          course={course}
          at={at}
          selected={selected}
          many={contributions.length > 1}
        />
        {selected && contributions.length <= 1 && !isOutput && (
          <NumbersLine step={step} family="adjoint" formula={step.adjointFormula} />
        )}
        {selected && (contributions.length > 1 || isOutput) && <span class="numbers" />}
        {listed && (
          <ul class="contributions" aria-label={`Contributions to the adjoint of ${spokenStep(step.index)}`}>
            {contributions.slice(0, LISTED_CONTRIBUTIONS).map((part, i) => (
              <ContributionLine
                key={i}
                step={step}
                part={part}
                index={i}
                open={open}
                arrived={!course || at === undefined || course.hasContribution(position, i, at)}
                now={isNow(course, at, position, i)}
              />
            ))}
            {contributions.length > LISTED_CONTRIBUTIONS && (
              <li class="contribution small soft">and {contributions.length - LISTED_CONTRIBUTIONS} more</li>
            )}
          </ul>
        )}
      </td>
      {selected && step.notes.length > 0 && (
        <td role="gridcell" class="notes small warn">
          {step.notes.map((note) => (
            <p key={note.text} title={note.text}>
              {note.text}
            </p>
          ))}
        </td>
      )}
      {selected && (
        <td role="gridcell" class="narrow-numbers">
          <NarrowNumbers step={step} />
          {!isOutput && !session.alone && <ThisButton step={step} />}
        </td>
      )}
    </tr>
  );
}

function isNow(course: Course | undefined, at: number | undefined, position: number, index: number): boolean {
  const moment = at === undefined ? undefined : course?.moments[at];
  return moment?.kind === 'contribution' && moment.position === position && moment.index === index;
}

/** Operands and users of the selected step stand out. */
function isRelated(session: Session, open: Open, step: StepView): boolean {
  const row = session.selected.value;
  const chosen = row === undefined ? undefined : open.rows.ofRow(row);
  if (!chosen) return false;
  return (
    chosen.operands.some((operand) => operand.row === step.row) ||
    chosen.contributions.some((part) => part.from === step.row)
  );
}

/** The source of a step; in a formula it is TeX itself. */
function Source({ step, isFormula }: { step: StepView; isFormula: boolean }) {
  const tex = step.labelTex ?? (isFormula && isTypesettable(step.label) ? step.label : undefined);
  return tex === undefined ? <code>{step.label}</code> : <Tex tex={tex} />;
}

/** “Differentiate this”, or by this for an input. */
function ThisButton({ step }: { step: StepView }) {
  const session = useContext(SessionContext);
  const input = isInput(step);
  if (!input && outputName(step) === undefined) return null;
  return (
    <button
      type="button"
      class="link small of-this"
      onClick={(event) => {
        event.stopPropagation();
        if (input) differentiateOnlyBy(session, step.label);
        else differentiateThis(session, step);
      }}
    >
      {input ? 'differentiate by this' : 'differentiate this'}
    </button>
  );
}

/** Words for the notes of a step, where the table has little room. */
const NOTE_WORDS: Readonly<Record<string, string>> = {
  'not-a-number': 'NaN',
  overflow: '∞',
  'many-uses': 'many uses',
  suppressed: '0 · ∞',
  dialect: 'differs',
};

/** Which sweep's column an element stands in. */
function columnOf(element: Element): Family | undefined {
  const cell = element.closest('td');
  return (['primal', 'tangent', 'adjoint'] as const).find((family) => cell?.classList.contains(`c-${family}`));
}

/** An input has no formula but its name; in code its source says the same. */
function NameOnly({ tex, accent = 'none' }: { tex: string | undefined; accent?: 'none' | 'dot' }) {
  return <span class="formula">{tex !== undefined && <Name tex={tex} accent={accent} />}</span>;
}

function Formula({ tex }: { tex: string }) {
  return (
    <span class="formula">
      <Tex tex={tex} />
    </span>
  );
}

function Pending() {
  return (
    <span class="num pending">
      <i>
        <span class="hidden">to come</span>
      </i>
      <u />
    </span>
  );
}

function AdjointCell({
  step,
  position,
  isOutput,
  course,
  at,
  many,
}: {
  step: StepView;
  position: number;
  isOutput: boolean;
  course: Course | undefined;
  at: number | undefined;
  selected: boolean;
  many: boolean;
}) {
  const session = useContext(SessionContext);
  const whole = session.value(step, 'adjoint');
  const seed = isOutput && !many;
  const { count, of } = course && at !== undefined ? course.arrived(position, at) : { count: 1, of: 1 };
  const partly = count < of;
  const caption = seed
    ? 'seed'
    : many
      ? partly && count > 0
        ? `${count} of ${of} so far`
        : `sum of ${of > 1 ? of : step.contributions.length}`
      : undefined;
  return (
    <>
      <span class="formula">
        {caption !== undefined ? (
          <span class="small">{caption}</span>
        ) : step.contributions.length === 0 ? (
          <span class="small soft">nothing uses it</span>
        ) : (
          <Tex tex={step.adjointFormula.right} />
        )}
      </span>
      {!partly ? (
        <Num value={whole} class={many ? 'total' : ''} />
      ) : count > 0 ? (
        <Num
          value={partialSum(session, step, (i) => course?.hasContribution(position, i, at as number) ?? true)}
          class="so-far"
        />
      ) : (
        <Pending />
      )}
    </>
  );
}

function partialSum(session: Session, step: StepView, counts: (index: number) => boolean): ValueView | null {
  let sum = 0;
  for (let i = 0; i < step.contributions.length; i++) {
    if (!counts(i)) continue;
    const x = asNumber(session.contribution(step, i));
    if (x === undefined) return null;
    sum += x;
  }
  return Number.isFinite(sum) ? sum : (String(sum) as 'NaN');
}

function ContributionLine({
  step,
  part,
  index,
  open,
  arrived,
  now,
}: {
  step: StepView;
  part: ContributionView;
  index: number;
  open: Open;
  arrived: boolean;
  now: boolean;
}) {
  const session = useContext(SessionContext);
  const user = open.rows.ofRow(part.from);
  const moved = session.isReplayed.value;
  const numbers = moved ? numbersOf(session, open, part.tex) : part.numbers;
  return (
    <li class={`contribution ${arrived ? '' : 'to-come'} ${now ? 'now' : ''}`}>
      <span class="formula">
        <Tex tex={part.tex} />
        {numbers !== undefined && numbers !== '' && numbers !== part.tex && (
          <span class="in-numbers">
            {' '}
            <Tex tex={`= ${numbers}`} />
          </span>
        )}
      </span>
      <span class="from small soft">from {user ? <StepName index={user.index} /> : 'a later step'}</span>
      {arrived ? (
        <Num
          value={session.contribution(step, index)}
          signed
          label={spokenPart(session.contribution(step, index), user)}
        />
      ) : (
        <span class="num pending small soft">to come</span>
      )}
    </li>
  );
}

function spokenPart(value: ValueView | null, user: StepView | undefined): string {
  const x = value === null || typeof value === 'object' ? undefined : fromJsonNumber(value);
  return `${x === undefined ? 'an array' : formatNumber(x)}${user ? ` from ${spokenStep(user.index)}` : ''}`;
}

/** A formula with the numbers that are shown now. */
function numbersOf(session: Session, open: Open, tex: string): string | undefined {
  return withNumbers(tex, (index, family) => {
    const row = open.replay?.rows[index - 1];
    return row === undefined ? undefined : session.number(row, family);
  });
}

function NumbersLine({ family, formula }: { step: StepView; family: Family; formula: FormulaView }) {
  const session = useContext(SessionContext);
  const open = session.open.value as Open;
  const asRecorded = !session.isReplayed.value;
  const text = asRecorded ? formula.numbers : numbersOf(session, open, formula.right);
  return (
    <span class={`numbers ${family}`}>
      {text !== undefined && text !== '' && text !== formula.right && <Tex tex={text} />}
    </span>
  );
}

/** The formulas that a narrow table leaves out, for the selected step, in a line of their own. */
function NarrowNumbers({ step }: { step: StepView }) {
  const session = useContext(SessionContext);
  const open = session.open.value as Open;
  const asRecorded = !session.isReplayed.value;
  const line = (formula: FormulaView) => {
    const numbers = asRecorded ? formula.numbers : numbersOf(session, open, formula.right);
    return numbers === undefined || numbers === '' || numbers === formula.right
      ? `${formula.left} = ${formula.right}`
      : `${formula.left} = ${formula.right} = ${numbers}`;
  };
  if (step.operands.length === 0) return null;
  return (
    <>
      <Tex tex={line(step.primal)} />
      <Tex tex={`${step.tangentFormula.left} = ${step.tangentFormula.right}`} class="tangent" />
      {step.contributions.length === 1 && (
        <Tex tex={`${step.adjointFormula.left} = ${step.adjointFormula.right}`} class="adjoint" />
      )}
    </>
  );
}
