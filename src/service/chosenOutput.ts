/**
 * “Differentiate this”: the output that the reader has chosen. Front ends know the names of their documents; any
 * other value of the trace is found here by the name that is bound to it, or by the text of its expression.
 */
import { type Trace, withChanges } from '../autodiff/trace';
import { parseNamePath, printNamePath, sameNamePath } from '../format';
import type { Recorded, RecordRequest, Traceable } from '../languages/frontEnd';
import { isUnknown, type NamePath, unknown, type Unknown } from '../model';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';

/** Records a traceable with the output that was asked for. */
export async function recordChosen(
  document: OpenDocument,
  traceable: Traceable,
  request: RecordRequest,
  evaluation: Evaluation,
): Promise<Recorded | Unknown> {
  const outcome = await evaluation.record(document, traceable, request);
  const { of, ...rest } = request;
  if (of === undefined || (!isUnknown(outcome) && outcome.choice.rule === 'pinned')) return outcome;
  const base = isUnknown(outcome) ? await evaluation.record(document, traceable, rest) : outcome;
  if (isUnknown(base)) return outcome;
  const trace = outputOf(base.trace, document, of);
  if (!trace)
    return isUnknown(outcome)
      ? outcome
      : unknown('request', `there is no value \`${of}\` in this trace`, traceable.span);
  const { formula: _whole, ...recorded } = base;
  return { ...recorded, trace, choice: { rule: 'pinned', text: `\`${of}\` was chosen by you` } };
}

/** The trace with another value as its output: the last that bears the name, or the first that the text computes. */
function outputOf(trace: Trace, document: OpenDocument, of: string): Trace | undefined {
  const wanted = parseNamePath(of);
  const named = wanted && trace.bindings.filter(({ name }) => sameNamePath(name, wanted)).at(-1);
  if (named) return withChanges(trace, { output: named.row, outputName: named.name });
  if (printNamePath(trace.outputName) === of) return trace;
  const { tape } = trace;
  for (let row = 0; row <= trace.output; row++) {
    if (tape.operands(row).length === 0) continue;
    const name: NamePath = [of];
    const texts = trace.spans(tape.site(row)).map((span) => oneLine(document.text(span)));
    if (texts.includes(of) && isLastOfSite(trace, row)) return withChanges(trace, { output: row, outputName: name });
  }
  return undefined;
}

/** An expression may take several steps: its value is what the last of them gives. */
function isLastOfSite({ tape }: Trace, row: number): boolean {
  return row + 1 >= tape.length || tape.site(row + 1) !== tape.site(row);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
