/** What can be done with a step, and what can be copied of it. */
import { formatNumber } from '../../src/format/number';
import { isSummary } from '../../src/export/arrays';
import { plainValue } from '../../src/export/trace';
import { fullText } from '../../src/export/value';
import type { FormulaView, StepView } from '../../src/protocol';
import type { MenuItem } from '../parts/Menu';
import { differentiateBy, differentiateOnlyBy, differentiateThis, isInput, outputName } from './choices';
import { fetched } from './arrayMenu';
import type { Session } from './session';
import { asNumber, type Family } from './values';

const WORDS: Readonly<Record<Family, string>> = {
  primal: 'value',
  tangent: 'tangent',
  adjoint: 'gradient (adjoint)',
};

/** @param near the column that the reader pointed at: what is copied from there comes first */
export function stepMenu(session: Session, step: StepView, near: Family | undefined): MenuItem[] {
  const open = session.open.peek();
  const uri = session.shown.peek()?.uri;
  const [range] = step.ranges;
  const families: Family[] = ['primal', 'tangent', 'adjoint'];
  const ordered = near ? [near, ...families.filter((family) => family !== near)] : families;
  const isOutput = step.row === open?.trace.output.row;
  const actions: MenuItem[] = [];
  if (!session.alone) {
    if (!isOutput && outputName(step) !== undefined)
      actions.push({
        label: 'Differentiate this',
        hint: short(outputName(step)),
        run: () => differentiateThis(session, step),
      });
    if (isInput(step)) {
      const chosen = open?.trace.inputs.some((input) => input.name === step.label) ?? false;
      actions.push({ label: 'Differentiate only by this', run: () => differentiateOnlyBy(session, step.label) });
      actions.push({
        label: 'Differentiate by this',
        checked: chosen,
        run: () => differentiateBy(session, step.label),
      });
    }
    if (range && uri !== undefined)
      actions.push({
        label: 'Show it in the document',
        run: () => session.send({ type: 'reveal', uri, range, focus: true }),
      });
    if (actions.length > 0) actions.push('line');
  }
  return [...actions, ...ordered.flatMap((family) => copyItems(session, step, family)), ...sourceItem(session, step)];
}

function short(text: string | undefined): string {
  return text === undefined ? '' : text.length > 24 ? `${text.slice(0, 23)}…` : text;
}

function copyItems(session: Session, step: StepView, family: Family): MenuItem[] {
  const word = WORDS[family];
  const value = session.value(step, family);
  const x = asNumber(value);
  const large = isSummary(value);
  const text = (): string | Promise<string> =>
    large
      ? fetched(session, step.row, family).then((array) => fullText(plainValue(array)))
      : x === undefined
        ? fullText(plainValue(value))
        : formatNumber(x, { digits: 'full', plain: true });
  const formula = formulaOf(step, family);
  return [
    ...(value === null || (large && session.alone)
      ? []
      : [{ label: `Copy the ${word}`, run: () => session.copy(text(), `the ${word} of ${step.name}`) }]),
    ...(formula.right === ''
      ? []
      : [
          {
            label: `Copy the formula of the ${word}`,
            hint: 'LaTeX',
            run: () => session.copy(`${formula.left} = ${formula.right}`, `the formula of ${step.name}`),
          },
        ]),
  ];
}

function formulaOf(step: StepView, family: Family): FormulaView {
  return family === 'primal' ? step.primal : family === 'tangent' ? step.tangentFormula : step.adjointFormula;
}

function sourceItem(session: Session, step: StepView): MenuItem[] {
  return step.label === '' ? [] : [{ label: 'Copy the source', run: () => session.copy(step.label, 'the source') }];
}
