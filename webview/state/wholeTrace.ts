/** Views that need every step: graph, paths, cost. */
import type { StepView } from '../../src/protocol';
import type { Open } from './session';

/** Longer traces are not fetched whole. */
export const WHOLE_LIMIT = 5_000;

/** All steps once they have arrived, `undefined` before; asks for them. `null` where there are too many. */
export function wholeTrace(open: Open): readonly StepView[] | undefined | null {
  const { rows, trace } = open;
  void rows.arrivals.value;
  if (trace.steps > WHOLE_LIMIT) return null;
  if (open.trace.rows.length === trace.steps) return open.trace.rows;
  rows.fetchAll(WHOLE_LIMIT);
  const steps: StepView[] = [];
  for (let position = 0; position < trace.steps; position++) {
    const step = rows.at(position);
    if (!step) return undefined;
    steps.push(step);
  }
  return steps;
}
