/**
 * A gradient as the sum over all paths from an input to the output, of traces that hold arrays: what a path contributes is
 * the adjoint of the output pulled back through its steps alone, one transposed Jacobian after another.
 *
 * Partials of numbers multiply in any order, so the largest of 2¹⁰⁰ products can be found (`./paths`). Jacobians do not:
 * every path is pulled back by itself. Where there are too many, they are counted and not listed.
 */
import { fromValues, sizeOf } from '../tensor';
import { pulledBack } from './arraySweeps';
import { shapeOfRow } from './linearization';
import { countPaths } from './paths';
import { adjoints } from './sweeps';
import { OP_CONSTANT, type Ref, type Tape } from './tape';
import type { Trace, Value } from './trace';

export interface ArrayPath {
  /** Rows from the input to the output. */
  readonly rows: readonly Ref[];
  /** Which operand of each row, from the second on, the row before is. */
  readonly slots: readonly number[];
  /** Its part of the gradient, in the shape of the input. */
  readonly contribution: Value;
  /** Euclidean norm of the contribution. */
  readonly size: number;
  /** size over the sum of all paths' sizes. */
  readonly share: number;
}

export interface ArrayPaths {
  /** Number of paths, exactly. A step that uses a value twice is on two. */
  readonly count: bigint;
  /** Those of them that carry nothing: an adjoint on the way is exactly 0. */
  readonly silent: bigint;
  /** The gradient: the sum of all contributions, from the reverse sweep. */
  readonly total: Value;
  /** The paths of the largest contributions, largest first; undefined where there are more than `limit`. */
  readonly largest: readonly ArrayPath[] | undefined;
}

export interface ArrayPathOptions {
  /** How many are listed. */
  readonly k?: number;
  /** Up to how many paths each is pulled back. */
  readonly limit?: number;
  /** Adjoint of the output, in its shape; 1 in every element by default. */
  readonly seed?: Value;
}

interface Way {
  readonly row: Ref;
  readonly adjoint: Value;
  /** The step that the row was used by, and in which slot. */
  readonly next?: Way;
  readonly slot: number;
}

/** Paths from an input to the output of any trace. */
export function decomposeArrayPaths(
  trace: Trace,
  input: Ref,
  { k = 10, limit = 10_000, seed = ones(trace.tape, trace.output) }: ArrayPathOptions = {},
): ArrayPaths {
  const { tape, output } = trace;
  const down = countPaths(trace);
  const count = down[input] as bigint;
  const sweep = adjoints(tape, new Map([[output, seed]]));
  const total = tape.isArray(input)
    ? (sweep.arrays.get(input) ?? zeros(tape, input))
    : (sweep.scalars[input] as number);
  if (count > BigInt(limit)) return { count, silent: 0n, total, largest: undefined };

  // Paths between the input and each row, so that what carries nothing is counted without being walked.
  const up = new Array<bigint>(tape.length).fill(0n);
  up[input] = 1n;
  for (let row = input + 1; row <= output; row++)
    for (const p of tape.operands(row))
      if (tape.code(p) !== OP_CONSTANT) up[row] = (up[row] as bigint) + (up[p] as bigint);

  let silent = 0n;
  const found: { way: Way; size: number }[] = [];
  const open: Way[] = (up[output] as bigint) > 0n ? [{ row: output, adjoint: seed, slot: -1 }] : [];
  try {
    for (let way = open.pop(); way; way = open.pop()) {
      const { row, adjoint } = way;
      if (isZero(adjoint)) silent += up[row] as bigint;
      else if (row === input) found.push({ way, size: norm(adjoint) });
      else {
        tape.rewind(row);
        const from = way;
        tape.operands(row).forEach((p, slot) => {
          if (tape.code(p) === OP_CONSTANT || up[p] === 0n) return;
          const back = pulledBack(tape, row, slot, adjoint);
          open.push({ row: p, adjoint: back ?? 0, next: from, slot });
        });
      }
    }
  } finally {
    tape.present();
  }
  // NaN first: a path that is no number must not hide.
  found.sort((a, b) => modulus(b.size) - modulus(a.size));
  const all = found.reduce((sum, { size }) => sum + size, 0);
  const largest = found.slice(0, k).map(({ way, size }): ArrayPath => {
    const rows: Ref[] = [];
    const slots: number[] = [];
    for (let at: Way | undefined = way; at; at = at.next) {
      rows.push(at.row);
      if (at.next) slots.push(at.slot);
    }
    return { rows, slots, contribution: way.adjoint, size, share: all === 0 ? 0 : size / all };
  });
  return { count, silent, total, largest };
}

const elements = (value: Value): ArrayLike<number> => (typeof value === 'number' ? [value] : value.elements());

const isZero = (value: Value): boolean => Array.prototype.every.call(elements(value), (x: number) => x === 0);

/** Scaled, so that neither large nor small elements are lost. */
function norm(value: Value): number {
  const all = Array.from(elements(value));
  const top = all.reduce((size, x) => (Number.isNaN(x) ? NaN : Math.max(size, Math.abs(x))), 0);
  if (top === 0 || !Number.isFinite(top)) return top;
  return top * Math.sqrt(all.reduce((sum, x) => sum + (x / top) ** 2, 0));
}

const modulus = (x: number) => (Number.isNaN(x) ? Infinity : x);

function ones(tape: Tape, row: Ref): Value {
  if (!tape.isArray(row)) return 1;
  const shape = shapeOfRow(tape, row);
  return fromValues('float64', shape, new Float64Array(sizeOf(shape)).fill(1));
}

function zeros(tape: Tape, row: Ref): Value {
  const shape = shapeOfRow(tape, row);
  return fromValues('float64', shape, new Float64Array(sizeOf(shape)));
}
