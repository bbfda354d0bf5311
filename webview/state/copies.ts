/** What a view can be copied as. */
import { csv, dot, latex, markdown } from '../../src/export/formats';
import { graphSvg, type SvgOptions } from '../../src/export/graph/svg';
import { graphTikz } from '../../src/export/graph/tikz';
import { printTable, type Table } from '../../src/export/table';
import { exportTrace, type ShownValues } from '../../src/export/trace';
import type { SAVED_FORMATS, StepView } from '../../src/protocol';
import type { Open, Session } from './session';

export type CopyFormat = (typeof SAVED_FORMATS)[number];

/** The formats that apply, each with a way to make the text. */
export type Copies = Readonly<Partial<Record<CopyFormat, () => string>>>;

export function tableCopies(make: () => Table): Copies {
  return {
    Markdown: () => printTable(make(), 'markdown'),
    LaTeX: () => printTable(make(), 'latex'),
    CSV: () => printTable(make(), 'csv'),
    JSON: () => printTable(make(), 'json'),
  };
}

/** Values as they are on the screen, moved inputs included. */
export function shownValues(session: Session): ShownValues {
  return {
    value: (step, family) => session.value(step, family),
    contribution: (step, index) => session.contribution(step, index),
    partial: (step, slot) => session.partial(step, slot),
    tangent: session.tangent.peek(),
  };
}

export function traceCopies(session: Session, { trace }: Open, steps: readonly StepView[]): Copies {
  const exported = () => exportTrace(trace, steps, shownValues(session));
  const file = () => ({ file: session.shown.peek()?.file ?? '', traceables: [exported()] });
  return {
    Markdown: () => markdown(file()),
    LaTeX: () => latex(file()),
    CSV: () => csv(file()),
    JSON: () => `${JSON.stringify(exported(), null, 2)}\n`,
  };
}

export function graphCopies(session: Session, { trace }: Open, steps: readonly StepView[]): Copies {
  const options = (): SvgOptions => ({
    shown: shownValues(session),
    isFolded: (group) => session.isFoldedInGraph(group),
  });
  const exported = () => exportTrace(trace, steps, shownValues(session));
  return {
    SVG: () => graphSvg(trace, steps, options()),
    TikZ: () => graphTikz(trace, steps, options()),
    DOT: () => dot({ file: '', traceables: [exported()] }),
    JSON: () => `${JSON.stringify(exported(), null, 2)}\n`,
  };
}
