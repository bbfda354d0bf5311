/** One step of gradient descent on the inputs of a trace: all at once, or one after another. */
import { isFloat, type NdArray, zip } from '../tensor';
import { reevaluate, violatedGuard } from './reevaluation';
import { adjoints, type Sweep } from './sweeps';
import type { Ref, Tape } from './tape';
import type { Trace, Value } from './trace';

export interface Update {
  readonly row: Ref;
  readonly before: Value;
  /** The gradient at the point where this input was updated. */
  readonly gradient: Value;
  /** before − rate · gradient */
  readonly after: Value;
}

export interface Descent {
  readonly updates: readonly Update[];
  readonly outputBefore: Value;
  /** Undefined where the program would go another way at the new point: evaluate it anew. */
  readonly outputAfter: Value | undefined;
}

/**
 * When each input's gradient is taken. `simultaneous`: all at the recorded point. `successive`: in the course of one
 * reverse sweep that uses the inputs updated before, but the values of the one evaluation. `reevaluated`: each after a new
 * evaluation with the inputs updated before.
 */
export type DescentOrder = 'simultaneous' | 'successive' | 'reevaluated';

/** @param inputs rows to update, in this order */
export function descend(
  trace: Trace,
  rate: number,
  inputs: readonly Ref[] = trace.inputs.map((input) => input.row),
  order: DescentOrder = 'simultaneous',
): Descent {
  const { output } = trace;
  const updates: Update[] = [];
  const point = new Map<Ref, Value>();
  let tape: Tape | undefined = trace.tape;
  let sweep: Sweep | undefined;
  for (const row of inputs) {
    // Where a guard has changed, the recorded steps are not those of the program any more.
    if (!tape) break;
    sweep ??= adjoints(tape, new Map([[output, 1]]));
    const gradient = tape.isArray(row) ? (sweep.arrays.get(row) ?? 0) : (sweep.scalars[row] as number);
    const before = valueAt(trace.tape, row);
    const after = moved(before, gradient, rate);
    updates.push({ row, before, gradient, after });
    point.set(row, after);
    if (order === 'simultaneous') continue;
    tape = order === 'reevaluated' ? at(trace, point) : withInputs(trace.tape, point);
    sweep = undefined;
  }
  const end = tape && at(trace, point);
  return { updates, outputBefore: valueAt(trace.tape, output), outputAfter: end && valueAt(end, output) };
}

/** The tape with other inputs, and nothing evaluated again. */
export function withInputs(tape: Tape, point: ReadonlyMap<Ref, Value>): Tape {
  const next = tape.clone();
  for (const [row, value] of point) next.value[row] = typeof value === 'number' ? value : next.keep(value);
  return next;
}

function at(trace: Trace, point: ReadonlyMap<Ref, Value>): Tape | undefined {
  const tape = reevaluate(trace.tape, point);
  return violatedGuard(tape, trace.guards) < 0 ? tape : undefined;
}

function valueAt(tape: Tape, row: Ref): Value {
  return tape.isArray(row) ? tape.array(row) : (tape.value[row] as number);
}

function moved(before: Value, gradient: Value, rate: number): Value {
  if (typeof before === 'number') return before - rate * (gradient as number);
  if (typeof gradient === 'number') return before;
  const dtype = isFloat(before.dtype) ? before.dtype : 'float64';
  return zip((x, g) => x - rate * g, before, gradient as NdArray, dtype);
}
