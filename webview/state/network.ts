/** The network of the trace that is shown, asked for once. */
import { type Signal, signal } from '@preact/signals';
import type { NetworkView, TraceView } from '../../src/protocol';
import type { Session } from './session';

const known = new WeakMap<TraceView, Signal<NetworkView | null | undefined>>();

/** `undefined` until it has arrived; `null` where there is none. */
export function networkOf(session: Session, trace: TraceView): Signal<NetworkView | null | undefined> {
  let answer = known.get(trace);
  if (!answer) {
    const arriving = signal<NetworkView | null | undefined>(undefined);
    answer = arriving;
    known.set(trace, answer);
    void session
      .ask((reply) => ({ type: 'network', reply, lease: trace.lease }))
      .then((message) => (arriving.value = message.type === 'network' ? message.network : null));
  }
  return answer;
}
