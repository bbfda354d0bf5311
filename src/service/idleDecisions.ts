/**
 * Decisions of a program that stand on their edge at a point: whether the output depends on them is found out by
 * running the program on both sides, where the recorded steps must still tell its value. An accuracy beside a loss
 * compares, and the loss does not care.
 */
import { beside, plainInput } from '../autodiff/gradientCheck';
import { reevaluate } from '../autodiff/reevaluation';
import type { Guard, Trace, TraceInput } from '../autodiff/trace';
import { printNamePath } from '../format';
import type { RecordRequest, Traceable } from '../languages/frontEnd';
import { isUnknown } from '../model';
import type { NdArray } from '../tensor';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';

const ROUNDING = 1e-11;

export interface OnEdge {
  readonly input: TraceInput;
  readonly edges: readonly Guard[];
}

/** Those of the decisions that the output does not depend on. */
export async function idleDecisions(
  document: OpenDocument,
  traceable: Traceable,
  evaluation: Evaluation,
  request: RecordRequest,
  trace: Trace,
  found: readonly OnEdge[],
): Promise<readonly Guard[]> {
  const busy = new Set<Guard>();
  for (const { input, edges } of found) {
    for (const there of beside(trace.tape.ndarray(input.row))) {
      const set = { ...request.set, [printNamePath(input.name)]: there.ndim === 0 ? there.item() : there.toNested() };
      const outcome = await evaluation.record(document, traceable, { ...request, set });
      const told = reevaluate(trace.tape, new Map([[input.row, plainInput(there)]])).ndarray(trace.output);
      const isSame = !isUnknown(outcome) && agree(outcome.trace.tape.ndarray(outcome.trace.output), told);
      if (!isSame) for (const guard of edges) busy.add(guard);
    }
  }
  return [...new Set(found.flatMap(({ edges }) => edges))].filter((guard) => !busy.has(guard));
}

function agree(a: NdArray, b: NdArray): boolean {
  const [x, y] = [a.elements(), b.elements()];
  return (
    x.length === y.length &&
    Array.from(x).every((v, i) => Math.abs(v - (y[i] as number)) <= ROUNDING * Math.max(1, Math.abs(v)))
  );
}
