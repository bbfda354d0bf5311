/** What a view can be copied as. */
import { withWholeArrays } from '../../src/export/arrays';
import { csv, dot, latex, markdown } from '../../src/export/formats';
import { graphSvg, type SvgOptions } from '../../src/export/graph/svg';
import { graphTikz } from '../../src/export/graph/tikz';
import { printTable, type Table } from '../../src/export/table';
import { exportTrace, type ExportTrace, type ShownValues } from '../../src/export/trace';
import type { SAVED_FORMATS, StepView } from '../../src/protocol';
import type { Open, Session } from './session';

export type CopyFormat = (typeof SAVED_FORMATS)[number];

/** The formats that apply, each with a way to make the text. */
export type Copies = Readonly<Partial<Record<CopyFormat, () => string | Promise<string>>>>;

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

export function traceCopies(session: Session, open: Open, steps: readonly StepView[]): Copies {
  const file = (exported: ExportTrace) => ({ file: session.shown.peek()?.file ?? '', traceables: [exported] });
  const shown = () => exportTrace(open.trace, steps, shownValues(session));
  return {
    Markdown: () => markdown(file(shown())),
    LaTeX: () => latex(file(shown())),
    CSV: async () => csv(file(await whole(session, open, steps))),
    JSON: async () => jsonText(await whole(session, open, steps)),
  };
}

/** Every number of a trace: elements of large arrays are fetched, where somebody can give them. */
async function whole(session: Session, { trace }: Open, steps: readonly StepView[]): Promise<ExportTrace> {
  const shown = shownValues(session);
  if (session.alone) return exportTrace(trace, steps, shown);
  const filled = await withWholeArrays(trace, steps, (row, family) => session.array(row, family));
  return exportTrace(filled, filled.rows, shown);
}

function jsonText(exported: ExportTrace): string {
  return `${JSON.stringify(exported, null, 2)}\n`;
}

export function graphCopies(session: Session, open: Open, steps: readonly StepView[]): Copies {
  const { trace } = open;
  const options = (): SvgOptions => ({
    shown: shownValues(session),
    isFolded: (group) => session.isFoldedInGraph(group),
  });
  const exported = () => exportTrace(trace, steps, shownValues(session));
  return {
    SVG: () => graphSvg(trace, steps, options()),
    TikZ: () => graphTikz(trace, steps, options()),
    DOT: () => dot({ file: '', traceables: [exported()] }),
    JSON: async () => jsonText(await whole(session, open, steps)),
  };
}
