/** Training loops of the document that is shown: as it stands, and with another learning rate. */
import { type Signal, signal } from '@preact/signals';
import type { TraceView, TrainingAnswer } from '../../src/protocol';
import type { Session } from './session';

const known = new WeakMap<TraceView, Map<string, Signal<TrainingAnswer | undefined>>>();

/** `undefined` until it has arrived. `set` pins values by name. */
export function trainingOf(
  session: Session,
  trace: TraceView,
  set: Readonly<Record<string, number>> = {},
): Signal<TrainingAnswer | undefined> {
  let answers = known.get(trace);
  if (!answers) known.set(trace, (answers = new Map()));
  const key = JSON.stringify(set);
  let answer = answers.get(key);
  if (!answer) {
    const arriving = signal<TrainingAnswer | undefined>(undefined);
    answer = arriving;
    answers.set(key, answer);
    const { uri, set: pinned } = trace.address;
    void session
      .ask((reply) => ({ type: 'training', reply, address: { uri, set: { ...pinned, ...set } } }))
      .then((message) => (arriving.value = message.type === 'training' ? message.answer : { state: 'none' }));
  }
  return answer;
}
