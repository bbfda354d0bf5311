/** Output and inputs: what could be differentiated, and by what. */
import type { MenuItem } from '../parts/Menu';
import type { StepView } from '../../src/protocol';
import type { Open, Session } from './session';

/** Names listed in a menu at most. */
const LISTED = 24;

/** The steps that have arrived, in order; inputs come first in every trace. */
function arrived({ rows, trace }: Open): StepView[] {
  const steps: StepView[] = [];
  for (let position = 0; position < Math.min(trace.steps, 5_000); position++) {
    const step = rows.known(position);
    if (step) steps.push(step);
  }
  return steps;
}

/** What the service may be asked to differentiate: a name that is bound, else the text of the expression. */
export function outputName(step: StepView): string | undefined {
  if (step.operands.length === 0) return undefined;
  return step.bindings[step.bindings.length - 1] ?? (step.label === '' ? undefined : step.label);
}

/** Whether a step is an input of the trace, chosen or not. */
export function isInput(step: StepView): boolean {
  return step.op === 'input';
}

export function differentiateThis(session: Session, step: StepView): void {
  const of = outputName(step);
  if (of !== undefined) session.reopen({ of });
}

/** Adds an input to those that the gradient is shown by, or takes it away; the last one stays. */
export function differentiateBy(session: Session, name: string): void {
  const open = session.open.peek();
  if (!open) return;
  const all = arrived(open)
    .filter(isInput)
    .map((step) => step.label);
  const now = open.trace.inputs.map((input) => input.name);
  const next = now.includes(name)
    ? now.filter((other) => other !== name)
    : all.filter((other) => now.includes(other) || other === name);
  if (next.length === 0) return;
  session.reopen({ wrt: next.length === all.length ? undefined : next });
}

/** Only this input. */
export function differentiateOnlyBy(session: Session, name: string): void {
  session.reopen({ wrt: [name], tangent: name });
}

export function choiceItems(session: Session): readonly MenuItem[] {
  const open = session.open.peek();
  if (!open) return [];
  const { trace } = open;
  const steps = arrived(open);
  const named = new Map<string, StepView>();
  for (const step of steps) for (const name of step.bindings) if (step.operands.length > 0) named.set(name, step);
  const outputs = [...named.keys()].filter((name) => name !== trace.output.name).slice(-LISTED);
  const inputs = steps.filter(isInput).map((step) => step.label);
  const chosen = new Set(trace.inputs.map((input) => input.name));
  return [
    { heading: 'Differentiate this' },
    { label: trace.output.name, checked: true, run: () => undefined },
    ...outputs.map((name) => ({ label: name, checked: false, run: () => session.reopen({ of: name }) })),
    ...(trace.address.of === undefined
      ? []
      : [{ label: 'As the document has it', run: () => session.reopen({ of: undefined }) }]),
    { heading: 'by these' },
    ...inputs
      .slice(0, LISTED)
      .map((name) => ({ label: name, checked: chosen.has(name), run: () => differentiateBy(session, name) })),
    ...(trace.address.wrt === undefined
      ? []
      : [{ label: 'All inputs', run: () => session.reopen({ wrt: undefined }) }]),
  ];
}
