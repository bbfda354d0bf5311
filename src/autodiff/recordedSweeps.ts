/**
 * The sweeps once more, recorded: tangents and adjoints become steps on the same tape, which can be differentiated in
 * turn, to any order. Each sweep keeps its directions to itself, so nested derivatives never mix.
 */
import { evaluateTerm } from './evaluateTerm';
import { environment, linearize, shapeOfRow } from './linearization';
import type { Recorder } from './recorder';
import { recordingAlgebra } from './recordingAlgebra';
import { OP_SCALAR, type Ref, type Tape } from './tape';
import { transpose } from './transpose';
import type { Shape } from '../tensor';

/** Directions by row; a row that is absent does not move. */
export type RecordedDirections = ReadonlyMap<Ref, Ref>;

/**
 * Records the tangents of rows up to `last` for directions of some rows (inputs, or variables).
 * @returns tangents of the rows that move
 */
export function recordTangents(recorder: Recorder, seeds: RecordedDirections, last: Ref): Map<Ref, Ref> {
  const { tape } = recorder;
  const tangents = new Map<Ref, Ref>(seeds);
  const first = Math.min(...seeds.keys());
  for (let row = first; row <= last; row++) {
    if (tape.code(row) < OP_SCALAR || seeds.has(row)) continue;
    if (!tape.operands(row).some((p) => tangents.has(p))) continue;
    const linear = linearize(tape, row);
    const algebra = recordingAlgebra(recorder, tape.site(row));
    const env = environment(algebra, row, linear, (r) => r);
    let total: Ref | undefined;
    linear.operands.forEach((p, slot) => {
      const direction = tangents.get(p);
      const term = linear.terms[slot];
      if (direction === undefined || !term) return;
      const part = evaluateTerm(algebra, term, direction, env);
      if (part !== undefined) total = total === undefined ? part : algebra.elementwise('add', total, part);
    });
    if (total !== undefined) tangents.set(row, total);
  }
  return tangents;
}

/**
 * Records the adjoints of `wrt` for weights of some output rows.
 * @returns adjoints of those of `wrt` that an output depends on
 */
export function recordAdjoints(recorder: Recorder, seeds: RecordedDirections, wrt: readonly Ref[]): Map<Ref, Ref> {
  const { tape } = recorder;
  const last = Math.max(...seeds.keys());
  const moves = dependents(tape, wrt, last);
  const adjoints = new Map<Ref, Ref>(seeds);
  for (let row = last; row >= 0; row--) {
    const cotangent = adjoints.get(row);
    if (cotangent === undefined || tape.code(row) < OP_SCALAR || !moves[row]) continue;
    const linear = linearize(tape, row);
    const algebra = recordingAlgebra(recorder, tape.site(row));
    const env = environment(algebra, row, linear, (r) => r);
    linear.operands.forEach((p, slot) => {
      const term = linear.terms[slot];
      if (!term || !moves[p]) return;
      const part = evaluateTerm(algebra, transpose(term, linear.shapes[slot] as Shape), cotangent, env);
      if (part === undefined) return;
      const known = adjoints.get(p);
      adjoints.set(p, known === undefined ? part : algebra.elementwise('add', known, part));
    });
  }
  return new Map(wrt.flatMap((row) => (adjoints.has(row) ? [[row, adjoints.get(row) as Ref] as const] : [])));
}

/** Records the gradient of a scalar row. An input that the output does not depend on is absent. */
export function recordGradient(recorder: Recorder, output: Ref, wrt: readonly Ref[]): Map<Ref, Ref> {
  const shape = shapeOfRow(recorder.tape, output);
  if (shape.length > 0) throw new RangeError(`the gradient of an array of shape [${shape.join(',')}] needs a weight`);
  return recordAdjoints(recorder, new Map([[output, recorder.constant(1)]]), wrt);
}

/** Marks the rows that depend on some of `sources`, those included. */
function dependents(tape: Tape, sources: readonly Ref[], last: Ref): Uint8Array {
  const moves = new Uint8Array(tape.length);
  for (const row of sources) moves[row] = 1;
  for (let row = 0; row <= last; row++) {
    if (!moves[row] && tape.operands(row).some((p) => moves[p])) moves[row] = 1;
  }
  return moves;
}
