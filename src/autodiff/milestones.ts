/**
 * The chain rule on the level of definitions: partials of named values by the named values that they are made of, and
 * the chains of such partials from an input to the output. Of traces of numbers.
 */
import { partialX, partialY } from './generated/sweeps';
import { arity, OP_CONSTANT, OP_INPUT, OP_SCALAR, type Ref, type Tape } from './tape';
import type { Trace } from './trace';

/** One factor of a chain: ∂of/∂by, with the other milestones held fixed. */
export interface Link {
  readonly of: Ref;
  readonly by: Ref;
  readonly partial: number;
}

/** Partials of a row by the nearest milestones below it. */
function partialsBy(tape: Tape, of: Ref, milestones: ReadonlySet<Ref>): Map<Ref, number> {
  const adjoint = new Map<Ref, number>([[of, 1]]);
  const result = new Map<Ref, number>();
  for (let row = of; row >= 0; row--) {
    const weight = adjoint.get(row);
    if (weight === undefined) continue;
    const code = tape.code(row);
    if (row !== of && (milestones.has(row) || code === OP_INPUT)) {
      result.set(row, weight);
      continue;
    }
    if (code < OP_SCALAR) continue;
    const [p, q] = [tape.first(row), tape.second(row)];
    const [x, y, v] = [tape.value[p] as number, tape.value[q] as number, tape.value[row] as number];
    const send = (to: Ref, partial: number) => {
      if (tape.code(to) !== OP_CONSTANT) adjoint.set(to, (adjoint.get(to) ?? 0) + weight * partial);
    };
    send(p, partialX(code, x, y, v));
    if (arity(code) === 2) send(q, partialY(code, x, y, v));
  }
  return result;
}

/**
 * All chains from the output of a trace down to a row, through milestones: the derivative is the sum of their products.
 * Undefined where the trace holds arrays, or where there are more than `most`.
 */
export function chains(
  { tape, output }: Trace,
  target: Ref,
  milestones: ReadonlySet<Ref>,
  most = 4,
): readonly (readonly Link[])[] | undefined {
  if (!tape.scalarOnly) return undefined;
  const reaches = new Uint8Array(tape.length);
  reaches[target] = 1;
  for (let row = target; row <= output; row++)
    if (!reaches[row] && tape.operands(row).some((p) => reaches[p])) reaches[row] = 1;
  const known = new Map<Ref, Map<Ref, number>>();
  const found: Link[][] = [];
  const follow = (of: Ref, links: readonly Link[]): boolean => {
    if (of === target) return found.push([...links]) <= most;
    let partials = known.get(of);
    if (!partials) known.set(of, (partials = partialsBy(tape, of, milestones)));
    for (const [by, partial] of partials) if (reaches[by] && !follow(by, [...links, { of, by, partial }])) return false;
    return true;
  };
  return reaches[output] && follow(output, []) ? found : undefined;
}
