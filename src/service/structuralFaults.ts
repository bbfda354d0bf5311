/**
 * Faults of a network's structure that are drawn in the editor: parameters that the loss does not move with. Only in scripts,
 * whose values and initialisation the document gives, and only where nothing else explains them.
 */
import { isForgotten } from '../autodiff/network/diagnoses';
import { connectedInputs } from '../autodiff/sweeps';
import type { Trace } from '../autodiff/trace';
import { printNamePath } from '../format';
import { isUnknown } from '../model';
import type { Range } from '../protocol';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import type { DiagnosticAnswer } from './languageService';
import { networkIn, networkView } from './networkView';
import type { SweptTrace } from './stepView';
import { trySweep } from './sweep';

export async function structuralFaults(document: OpenDocument, evaluation: Evaluation): Promise<DiagnosticAnswer[]> {
  const found: DiagnosticAnswer[] = [];
  for (const traceable of document.traceables) {
    if (traceable.kind !== 'script') continue;
    const outcome = await evaluation.record(document, traceable, {});
    // Most scripts leave nothing out: that is known without a sweep.
    if (isUnknown(outcome) || !leavesOut(outcome.trace)) continue;
    const swept = trySweep(document, outcome.trace);
    if (typeof swept === 'string') continue;
    const forgotten = forgottenParameters(swept);
    if (forgotten.size === 0) continue;
    for (const { code, parameter, text, range } of networkView(swept, traceable)?.diagnoses ?? []) {
      const place = parameter === undefined ? undefined : forgotten.get(parameter);
      if (code === 'no-gradient' && place)
        found.push({ range: range ?? place, severity: 'warning', code: 'no-gradient', message: text });
    }
  }
  return found;
}

/** Whether some part of a container is an input that the output does not depend on. */
function leavesOut(trace: Trace): boolean {
  const connected = connectedInputs(trace);
  return trace.inputs.some(({ row, name }) => name.length > 1 && !connected.has(row));
}

/**
 * Arrays that lie beside parameters that the loss moves with, by the text of their name: weights that a network forgot. An
 * array of zeros may be a buffer (a gradient, a moment), and a single number a setting.
 */
function forgottenParameters(swept: SweptTrace): ReadonlyMap<string, Range> {
  const found = new Map<string, Range>();
  const network = networkIn(swept);
  if (!network) return found;
  const { trace, document } = swept;
  const parameters = [...network.layers.flatMap((l) => l.parameters), ...network.otherParameters];
  for (const parameter of parameters) {
    const { row, name, count, norm, gradient } = parameter;
    if (gradient || count < 2 || norm === 0 || name.length < 2 || !isForgotten(parameter, network)) continue;
    const span = trace.spans(trace.tape.site(row))[0];
    if (span) found.set(printNamePath(name), document.range(span));
  }
  return found;
}
