/** ∂L/∂ŷ · ∂ŷ/∂z · ∂z/∂w: a derivative along the definitions of a document, each factor with its number. */
import { chains } from '../autodiff/milestones';
import type { Ref } from '../autodiff/tape';
import type { Trace } from '../autodiff/trace';
import type { NamePath } from '../model';

export interface Factor {
  readonly of: string;
  readonly by: string;
  readonly value: number;
}

/**
 * The products whose sum is ∂output/∂input. Undefined where there is nothing between the two, where the values are
 * arrays, and where the products are too many to read.
 */
/** @param shown a name for the reader */
export function chainsTo(
  trace: Trace,
  input: Ref,
  shown: (name: NamePath) => string,
): readonly (readonly Factor[])[] | undefined {
  const { tape, output } = trace;
  /** Names of a row, the innermost first: where ŷ = z, both are. */
  const names = new Map<Ref, string[]>();
  for (const { row, name } of [...trace.inputs, ...trace.bindings]) {
    const text = shown(name);
    const list = names.get(row);
    if (!list) names.set(row, [text]);
    else if (!list.includes(text)) list.push(text);
  }
  const milestones = new Set([...names.keys()].filter((row) => row !== output));
  const found = chains({ ...trace, tape }, input, milestones);
  if (!found) return undefined;
  const products = found.map((links) => {
    const factors: Factor[] = [];
    /** From the outermost name of a row to its innermost. */
    const descend = (row: Ref, to: number) => {
      const list = names.get(row) ?? [];
      for (let i = list.length - 1; i > to; i--)
        factors.push({ of: list[i] as string, by: list[i - 1] as string, value: 1 });
    };
    for (const { of, by, partial } of links) {
      descend(of, 0);
      const last = names.get(by)?.at(-1);
      factors.push({ of: names.get(of)?.[0] ?? shown(trace.outputName), by: last ?? '', value: partial });
    }
    descend(input, 0);
    return factors;
  });
  return products.some((factors) => factors.length > 1) || products.length > 1 ? products : undefined;
}
