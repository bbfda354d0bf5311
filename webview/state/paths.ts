/**
 * The chain rule over paths: the derivative of the output by an input is the sum, over all paths between
 * them, of the product of the local partials on the path. Their number grows exponentially, so they are
 * counted, summed and ranked without listing them.
 */
import type { StepView } from '../../src/protocol';

export interface PathEdge {
  /** Position of the step that uses, and which of its operands. */
  readonly user: number;
  readonly slot: number;
  /** Position of the operand. */
  readonly operand: number;
  readonly partial: number;
}

export interface Path {
  /** From the input to the output. */
  readonly edges: readonly PathEdge[];
  readonly product: number;
}

export interface PathSum {
  readonly count: bigint;
  /** Σ |product| over all paths: what shares are shares of. */
  readonly magnitude: number;
  readonly sum: number;
  /** The largest by magnitude. */
  readonly paths: readonly Path[];
  /** Multiplications that going path by path takes, Σ (edges − 1). */
  readonly multiplications: bigint;
}

interface Ranked {
  readonly product: number;
  readonly edge: PathEdge | undefined;
  readonly before: Ranked | undefined;
}

/** Edges between steps, by position; `partial` gives the local partial of a step by one operand. */
export function edgesOf(
  steps: readonly StepView[],
  partial: (step: StepView, slot: number) => number | undefined,
): readonly (readonly PathEdge[])[] {
  const positionOf = new Map(steps.map((step, i) => [step.row, i]));
  return steps.map((step, user) =>
    step.operands.flatMap((operand, slot) => {
      const position = positionOf.get(operand.row);
      return position === undefined ? [] : [{ user, slot, operand: position, partial: partial(step, slot) ?? NaN }];
    }),
  );
}

/** All paths between two positions, with the `most` largest of them. */
export function sumOverPaths(
  incoming: readonly (readonly PathEdge[])[],
  input: number,
  output: number,
  most: number,
): PathSum {
  const n = output + 1;
  const count = new Array<bigint>(n).fill(0n);
  const lengths = new Array<bigint>(n).fill(0n);
  const magnitude = new Float64Array(n);
  const sum = new Float64Array(n);
  const best = new Array<readonly Ranked[]>(n).fill([]);
  count[input] = 1n;
  magnitude[input] = 1;
  sum[input] = 1;
  best[input] = [{ product: 1, edge: undefined, before: undefined }];
  for (let at = input + 1; at < n; at++) {
    const candidates: Ranked[] = [];
    for (const edge of incoming[at] ?? []) {
      const paths = count[edge.operand] as bigint;
      if (paths === 0n) continue;
      count[at] = (count[at] as bigint) + paths;
      lengths[at] = (lengths[at] as bigint) + (lengths[edge.operand] as bigint) + paths;
      magnitude[at] = (magnitude[at] as number) + Math.abs(edge.partial) * (magnitude[edge.operand] as number);
      sum[at] = (sum[at] as number) + edge.partial * (sum[edge.operand] as number);
      for (const before of best[edge.operand] as readonly Ranked[])
        candidates.push({ product: before.product * edge.partial, edge, before });
    }
    if (candidates.length > 0) best[at] = candidates.sort((a, b) => size(b.product) - size(a.product)).slice(0, most);
  }
  return {
    count: count[output] as bigint,
    magnitude: magnitude[output] as number,
    sum: sum[output] as number,
    paths: (best[output] as readonly Ranked[]).map(unroll),
    multiplications: (lengths[output] as bigint) - (count[output] as bigint),
  };
}

/** NaN ranks first: it decides the sum. */
const size = (x: number) => (Number.isNaN(x) ? Infinity : Math.abs(x));

function unroll(last: Ranked): Path {
  const edges: PathEdge[] = [];
  for (let at: Ranked | undefined = last; at?.edge; at = at.before) edges.push(at.edge);
  return { edges: edges.reverse(), product: last.product };
}
