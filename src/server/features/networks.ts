/** Networks and training loops for the viewer. */
import * as v from 'valibot';
import {
  networkRequest,
  type TraceAddress as Address,
  TraceAddress,
  type TrainingAnswer,
  trainingRequest,
} from '../../protocol';
import type { ServerContext, ServerFeature } from '../context';
import { onRequest } from '../requests';

const Lease = v.object({ lease: v.string() });

export const networksFeature: ServerFeature = {
  register(context: ServerContext): void {
    const { host, guard } = context;

    onRequest(context, networkRequest, Lease, ({ lease }, token) =>
      guard(
        'network',
        null,
        () => host.call('network', [lease], { token }),
        () => null,
      ),
    );
    onRequest(context, trainingRequest, TraceAddress, (address, token) =>
      guard<TrainingAnswer>(
        'training',
        noTraining(address, 'internal', 'Something went wrong inside Wengert; its log says what'),
        () => host.call('training', [address], { uri: address.uri, token }),
        (reason) => noTraining(address, 'ended', reason),
      ),
    );
  },
};

function noTraining(address: Address, code: string, reason: string): TrainingAnswer {
  const at = address.position ?? { line: 0, character: 0 };
  return { state: 'unknown', unknown: { code, reason, range: { start: at, end: at } } };
}
