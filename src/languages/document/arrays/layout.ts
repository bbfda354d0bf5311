/**
 * Layouts of derivatives of arrays. With y of m and x of n elements, ∂y/∂x is m × n in the numerator layout and n × m in the
 * denominator layout; the gradient of a number is a row in the first and a column in the second. Much is written in a mixture
 * of the two: gradients as columns, Jacobians m × n.
 */
import { type Node, walk } from '../../latex/tree';

export type Layout = 'mixed' | 'numerator' | 'denominator';

export const LAYOUTS: readonly Layout[] = ['mixed', 'numerator', 'denominator'];

/** The layouts that may differ for what is written in some formulas: one is enough where nothing is derived. */
export function layoutsOf(nodes: readonly Node[]): readonly Layout[] {
  let derives = false;
  for (const node of nodes)
    walk(node, (n) => {
      if (n.kind === 'derivative' || n.kind === 'gradient') derives = true;
      return !derives;
    });
  return derives ? LAYOUTS : ['mixed'];
}
