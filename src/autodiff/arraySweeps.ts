/** Sweeps over traces that hold arrays. */
import type { Seeds, Sweep } from './sweeps';
import type { Ref, Tape } from './tape';

/** Thrown where a trace holds an operation that has no rule. */
export class NoRuleError extends Error {
  constructor(
    readonly op: string,
    readonly row: Ref,
  ) {
    super(`${op} has no derivative rule`);
    this.name = 'NoRuleError';
  }
}

export function tangentArrays(tape: Tape, _seeds: Seeds, _scalars: Float64Array): Sweep {
  throw firstArray(tape);
}

export function adjointArrays(tape: Tape, _seeds: Seeds, _scalars: Float64Array, _last: Ref): Sweep {
  throw firstArray(tape);
}

function firstArray(tape: Tape): NoRuleError {
  for (let row = 0; row < tape.length; row++) if (tape.isArray(row)) return new NoRuleError(tape.opName(row), row);
  throw new Error('a tape without arrays was sent to the array sweeps');
}
