import { isUnknown } from '../model';
import type { NetworkOutput, TraceAddress } from '../protocol';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import { chosen } from './exportTraces';
import { networkView } from './networkView';
import { sweep } from './sweep';
import { requestOf } from './traceView';

/** The networks among the traceables that an address names, or among all; what is none is left out unless it was named. */
export async function exportNetworks(
  document: OpenDocument,
  address: TraceAddress,
  evaluation: Evaluation,
): Promise<NetworkOutput['networks']> {
  const results: NetworkOutput['networks'] = [];
  const named = address.traceable !== undefined || address.position !== undefined;
  for (const traceable of chosen(document, address)) {
    const { id } = traceable;
    const outcome = await evaluation.record(document, traceable, requestOf(address));
    if (isUnknown(outcome)) {
      const { code, reason, span } = outcome;
      if (named) results.push({ id, unknown: { code, reason, range: document.range(span) } });
      continue;
    }
    const network = networkView(sweep(document, outcome.trace, { upstream: address.upstream }), traceable);
    if (network) results.push({ id, network });
    else if (named) {
      const reason = 'no layers of parameters are recognised in it';
      results.push({ id, unknown: { code: 'no-network', reason, range: document.range(traceable.span) } });
    }
  }
  return results;
}
