/** Both sweeps of a recording, for a chosen direction and a chosen weight of the output. */
import { adjoints, connectedInputs, tangents } from '../autodiff/sweeps';
import type { Trace, TraceInput, Value } from '../autodiff/trace';
import { isAnyPart } from '../format';
import { fromValues } from '../tensor/ndarray';
import type { OpenDocument } from './documents';
import { sweptTrace, type SweptTrace } from './stepView';

export interface SweepChoice {
  /** NamePath text of the input whose tangent is shown; default: the first. */
  readonly tangent?: string | undefined;
  /** Weight of an output that is an array, as nested lists; default: ones. */
  readonly upstream?: unknown;
}

/** The input of a name, or the first part of it; the first where none is named; `undefined` where the trace has no such input. */
export function inputNamed(trace: Trace, name: string | undefined): TraceInput | undefined {
  return name === undefined ? trace.inputs[0] : trace.inputs.find((i) => isAnyPart([name], i.name));
}

export function sweep(document: OpenDocument, trace: Trace, choice: SweepChoice = {}): SweptTrace {
  const { tape, output } = trace;
  const direction = inputNamed(trace, choice.tangent);
  return sweptTrace({
    document,
    trace,
    direction: direction?.row,
    tangent: direction && tangents(tape, new Map([[direction.row, ones(trace, direction.row)]])),
    adjoint: adjoints(tape, new Map([[output, upstreamOf(trace, choice.upstream)]])),
    connected: connectedInputs(trace),
  });
}

/** 1, or an array of ones of the shape of a row. */
function ones({ tape }: Trace, row: number): Value {
  if (!tape.isArray(row)) return 1;
  const { shape, size } = tape.array(row);
  return fromValues('float64', shape, new Float64Array(size).fill(1));
}

/** An error in what was asked for, with a sentence for whoever asked. */
export class RequestError extends Error {}

/** The sweeps of a trace at its own choices, or why there are none: for answers that must not fail with them. */
export function trySweep(document: OpenDocument, trace: Trace): SweptTrace | string {
  try {
    return sweep(document, trace);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function upstreamOf(trace: Trace, upstream: unknown): Value {
  const { tape, output } = trace;
  if (upstream === undefined) return ones(trace, output);
  const flat = (Array.isArray(upstream) ? upstream.flat(Infinity) : [upstream]).map(Number);
  const shape = tape.isArray(output) ? tape.array(output).shape : [];
  const size = shape.reduce((a, b) => a * b, 1);
  if (flat.length !== size || flat.some(Number.isNaN)) {
    throw new RequestError(`the upstream weight needs ${size} numbers of shape [${shape.join(', ')}]`);
  }
  return tape.isArray(output) ? fromValues('float64', shape, Float64Array.from(flat)) : (flat[0] as number);
}
