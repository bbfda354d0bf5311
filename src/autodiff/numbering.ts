import { OP_CONSTANT, OP_INPUT, type Ref } from './tape';
import type { Trace } from './trace';

/** Which rows the reader sees, and under which numbers. */
export interface Numbering {
  /** Rows in the order of their numbers: inputs first, then steps in order of evaluation. */
  readonly rows: readonly Ref[];
  /** 1 for v₁; 0 for a row that is no step (a constant, or a row that the output does not use). */
  indexOf(row: Ref): number;
}

/**
 * Numbers the steps of a trace: every input (connected or not), then the rows that the output depends on and
 * an input reaches. Linear in the length of the tape.
 */
export function numberSteps(trace: Trace): Numbering {
  const { tape, output } = trace;
  const needed = new Uint8Array(tape.length);
  needed[output] = 1;
  for (let i = output; i >= 0; i--) {
    if (needed[i]) for (const p of tape.operands(i)) needed[p] = 1;
  }
  const rows: Ref[] = trace.inputs.map((input) => input.row);
  for (let i = 0; i <= output; i++) {
    const code = tape.code(i);
    if (needed[i] && code !== OP_CONSTANT && code !== OP_INPUT) rows.push(i);
  }
  const index = new Int32Array(tape.length);
  rows.forEach((row, k) => (index[row] = k + 1));
  return { rows, indexOf: (row) => index[row] as number };
}
