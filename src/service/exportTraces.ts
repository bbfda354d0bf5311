import { isUnknown, type NamePath } from '../model';
import type { TraceAddress, TraceJson } from '../protocol';
import { recordChosen } from './chosenOutput';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import { traceableNear } from './locate';
import { requireKnownNames } from './askedNames';
import { sweep } from './sweep';
import { traceableJson, traceJson } from './traceJson';
import { requestOf } from './traceView';

/**
 * Traces of the traceable that an address names (by identifier, name or position), or of all.
 * @throws {RequestError} for names that are none of its inputs
 */
export async function exportTraces(
  document: OpenDocument,
  address: TraceAddress,
  evaluation: Evaluation,
): Promise<TraceJson[]> {
  const results: TraceJson[] = [];
  const inputs: NamePath[] = [];
  for (const traceable of chosen(document, address)) {
    const outcome = await recordChosen(document, traceable, requestOf(address), evaluation);
    const base = traceableJson(document, traceable);
    if (isUnknown(outcome)) {
      results.push({
        ...base,
        unknown: { reason: outcome.reason, range: document.range(outcome.span) },
      });
      continue;
    }
    inputs.push(...outcome.trace.inputs.map(({ name }) => name));
    try {
      const wrt = address.wrt ?? outcome.wrt;
      const choice = { tangent: address.tangent ?? wrt?.[0], upstream: address.upstream };
      results.push(traceJson(sweep(document, outcome.trace, choice), traceable, outcome, wrt));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      results.push({ ...base, unknown: { reason, range: document.range(traceable.span) } });
    }
  }
  if (inputs.length > 0) requireKnownNames(document, address, inputs);
  return results;
}

/** The traceables that an address means. */
export function chosen(document: OpenDocument, address: TraceAddress) {
  if (address.traceable !== undefined) {
    const byId = document.everything.filter((t) => t.id === address.traceable);
    return byId.length > 0 ? byId : document.everything.filter((t) => t.name === address.traceable);
  }
  if (address.position) {
    const near = traceableNear(document, document.offset(address.position));
    return near ? [near] : [];
  }
  // An output that is named is asked for: of the script, where nothing is shown by itself.
  return document.traceables.length === 0 && address.of !== undefined
    ? document.everything.filter(({ kind }) => kind === 'script')
    : document.traceables;
}
