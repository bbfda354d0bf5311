/**
 * The two sweeps over a recorded trace. Results live outside the tape: one number a row for scalar rows, an
 * array for array rows. Derivatives are float64 whatever the dtype of the values.
 */
import type { NdArray } from '../tensor';
import { adjointSweep, tangentSweep } from './generated/sweeps';
import type { Ref, Tape } from './tape';
import { adjointArrays, tangentArrays } from './arraySweeps';
import type { Trace, Value } from './trace';

/** Tangents v̇ or adjoints v̄ of all rows. */
export interface Sweep {
  readonly scalars: Float64Array;
  /** By row, for array rows that the sweep reached; absent means zero. */
  readonly arrays: ReadonlyMap<Ref, NdArray>;
}

const NONE: ReadonlyMap<Ref, NdArray> = new Map();

/** A direction in the space of inputs, or a weight of outputs: a number or array a row. */
export type Seeds = ReadonlyMap<Ref, Value>;

/**
 * Forward mode: pushes a direction through the trace (Jacobian–vector product).
 * @param seeds tangents of input rows; inputs that are not named do not move
 */
export function tangents(tape: Tape, seeds: Seeds): Sweep {
  const scalars = new Float64Array(tape.length);
  for (const [row, seed] of seeds) if (!tape.isArray(row)) scalars[row] = numberOf(seed);
  if (tape.scalarOnly) {
    tangentSweep(tape.rows, tape.values, tape.start, scalars, tape.length);
    return { scalars, arrays: NONE };
  }
  return tangentArrays(tape, seeds, scalars);
}

/**
 * Reverse mode: pulls a weight of the output back through the trace (vector–Jacobian product).
 * @param seeds adjoints of output rows; a row alone is weighted 1
 * @param memory for the adjoints of scalar rows, at least one number a row; its content is lost
 * @param leaves rows that keep what they get: nothing is pulled back through them
 */
export function adjoints(
  tape: Tape,
  seeds: Seeds | Ref,
  memory?: Float64Array,
  leaves?: { has(row: Ref): boolean },
): Sweep {
  const scalars = memory ?? new Float64Array(tape.length);
  if (memory) for (let i = 0; i < memory.length; i++) memory[i] = 0;
  if (typeof seeds === 'number') {
    if (!tape.scalarOnly || leaves) return adjoints(tape, new Map([[seeds, 1]]), memory, leaves);
    scalars[seeds] = 1;
    adjointSweep(tape.rows, tape.values, tape.start, scalars, seeds);
    return { scalars, arrays: NONE };
  }
  let last = -1;
  for (const [row, seed] of seeds) {
    if (!tape.isArray(row)) scalars[row] = (scalars[row] as number) + numberOf(seed);
    last = Math.max(last, row);
  }
  if (tape.scalarOnly && !leaves) {
    adjointSweep(tape.rows, tape.values, tape.start, scalars, last);
    return { scalars, arrays: NONE };
  }
  return adjointArrays(tape, seeds, scalars, last, leaves);
}

/** Rows that lie on a path from an input to the output: the others have no derivative, not a zero one. */
export function connectedInputs(trace: Trace): ReadonlySet<Ref> {
  const { tape, output } = trace;
  const needed = new Uint8Array(tape.length);
  needed[output] = 1;
  for (let i = output; i >= 0; i--) if (needed[i]) for (const p of tape.operands(i)) needed[p] = 1;
  return new Set(trace.inputs.filter((input) => needed[input.row]).map((input) => input.row));
}

/** The seed of a scalar row. @throws TensorError for an array of more elements */
function numberOf(seed: Value): number {
  return typeof seed === 'number' ? seed : seed.item();
}
