/**
 * A derivative as the sum over all paths from an input to the output of the products of local partials. The number of
 * paths is counted exactly, however large; the largest products are listed.
 */
import { shapeOfRow } from './linearization';
import { partialX, partialY } from './generated/sweeps';
import { OP_CONSTANT, OP_SCALAR, type Ref, type Tape } from './tape';
import type { Trace } from './trace';

/** One path. Its product is that of the local partials of its steps. */
export interface Path {
  /** Rows from the input to the output. */
  readonly rows: readonly Ref[];
  /** Local partials of each row by the one before: one fewer than rows. */
  readonly partials: readonly number[];
  readonly product: number;
  /** |product| over the sum of all paths' |products|. */
  readonly share: number;
}

export interface PathDecomposition {
  /** Number of paths. A step that uses a value twice is on two. */
  readonly count: bigint;
  /** The paths of the largest |products|, largest first. */
  readonly largest: readonly Path[];
  /** Sum of the products of all paths: the derivative. */
  readonly total: number;
  /** Sum of their moduli: larger than |total| where paths cancel. */
  readonly totalOfModuli: number;
}

/** Numbers of paths from each row to the output. */
export function countPaths(trace: Trace): bigint[] {
  const { tape, output } = trace;
  const counts = new Array<bigint>(tape.length).fill(0n);
  counts[output] = 1n;
  for (let row = output; row >= 0; row--) {
    const count = counts[row] as bigint;
    if (count === 0n) continue;
    for (const p of tape.operands(row)) if (tape.code(p) !== OP_CONSTANT) counts[p] = (counts[p] as bigint) + count;
  }
  return counts;
}

interface Partial {
  readonly product: number;
  readonly partial: number;
  /** The step that follows, and which of its listed paths goes on. */
  readonly next: Ref;
  readonly rank: number;
}

/** Local partials of a scalar row by its operands. */
function partialsOf(tape: Tape, row: Ref): readonly [number, number] {
  const [p, q] = [tape.first(row), tape.second(row)];
  const [x, y, v] = [tape.value[p] as number, tape.value[q] as number, tape.value[row] as number];
  return [partialX(tape.code(row), x, y, v), partialY(tape.code(row), x, y, v)];
}

/**
 * Paths from an input to the output.
 * @param k how many are listed
 * @throws RangeError where a step is an array: partials of arrays do not multiply to numbers
 */
export function decomposePaths(trace: Trace, input: Ref, k = 10): PathDecomposition {
  const { tape, output } = trace;
  if (!tape.scalarOnly) {
    for (let row = 0; row <= output; row++) {
      if (tape.isArray(row))
        throw new RangeError(`row ${row} is an array of shape [${shapeOfRow(tape, row).join(',')}]`);
    }
  }
  const count = countPaths(trace)[input] as bigint;
  // Of each row, its best ways to the output. A best way goes on along a best way of the step it leads to.
  const best = new Map<Ref, Partial[]>([[output, [{ product: 1, partial: 1, next: -1, rank: 0 }]]]);
  const moduli = new Float64Array(tape.length);
  const totals = new Float64Array(tape.length);
  moduli[output] = 1;
  totals[output] = 1;
  for (let row = output; row > input; row--) {
    const ways = best.get(row);
    if (!ways || tape.code(row) < OP_SCALAR) continue;
    const partials = partialsOf(tape, row);
    tape.operands(row).forEach((p, slot) => {
      if (tape.code(p) === OP_CONSTANT || p < input) return;
      const partial = partials[slot] as number;
      moduli[p] = (moduli[p] as number) + Math.abs(partial) * (moduli[row] as number);
      totals[p] = (totals[p] as number) + partial * (totals[row] as number);
      const mine = best.get(p) ?? [];
      ways.forEach((way, rank) => mine.push({ product: partial * way.product, partial, next: row, rank }));
      mine.sort((a, b) => modulus(b.product) - modulus(a.product));
      mine.length = Math.min(mine.length, k);
      best.set(p, mine);
    });
    if (row !== output) best.set(row, ways);
  }
  const all = moduli[input] as number;
  const largest = (best.get(input) ?? []).map((start): Path => {
    const rows = [input];
    const partials: number[] = [];
    for (let way: Partial | undefined = start; way && way.next >= 0; way = best.get(way.next)?.[way.rank]) {
      rows.push(way.next);
      partials.push(way.partial);
    }
    return { rows, partials, product: start.product, share: all === 0 ? 0 : Math.abs(start.product) / all };
  });
  return { count, largest, total: totals[input] as number, totalOfModuli: all };
}

/** NaN first: a path that is no number must not hide. */
const modulus = (x: number) => (Number.isNaN(x) ? Infinity : Math.abs(x));

/** What the paths through one step contribute to a derivative. */
export interface Through {
  readonly row: Ref;
  /** v̇ v̄: the sum of the products of all paths through the step. */
  readonly value: number;
  readonly paths: bigint;
}

/** Contributions of the steps between an input and the output of a scalar trace, in order. */
export function contributionsThrough(
  trace: Trace,
  input: Ref,
  tangent: Float64Array,
  adjoint: Float64Array,
): Through[] {
  const { tape, output } = trace;
  const down = countPaths(trace);
  const up = new Array<bigint>(tape.length).fill(0n);
  up[input] = 1n;
  const result: Through[] = [];
  for (let row = input; row <= output; row++) {
    if (row > input) for (const p of tape.operands(row)) up[row] = (up[row] as bigint) + (up[p] as bigint);
    const paths = (up[row] as bigint) * (down[row] as bigint);
    if (paths > 0n) result.push({ row, value: (tangent[row] as number) * (adjoint[row] as number), paths });
  }
  return result;
}
