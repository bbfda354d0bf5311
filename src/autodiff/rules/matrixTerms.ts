/** Terms of products with matrices, of a stack of them over its leading axes. */
import type { Expr } from '../../symbolic/expr';
import type { Shape } from '../../tensor';
import { applied, type Term } from '../terms';

/** Labels of the leading axes of a stack, by digits: letters name the axes of the matrices. */
export const stackLabels = (count: number) => '0123456789'.slice(0, count);

export function extentsOf(labels: string, shape: Shape): Record<string, number> {
  return Object.fromEntries([...labels].map((label, i) => [label, shape[i] as number]));
}

/** A matrix as a factor: a coefficient of the shape of the whole stack. */
export interface Factor {
  readonly by: Expr;
  readonly rows: number;
  readonly columns: number;
  readonly transposed?: boolean;
}

/** The transposed factor. */
export const transposedFactor = ({ by, rows, columns, transposed = false }: Factor): Factor => ({
  by,
  rows: columns,
  columns: rows,
  transposed: !transposed,
});

/** Products, diagonals and transposes for stacks with the given leading axes. */
export function matrixTerms(batch: Shape) {
  const lead = stackLabels(batch.length);
  const leading = extentsOf(lead, batch);
  const labels = (pair: string, factor: Factor) => lead + (factor.transposed ? [...pair].reverse().join('') : pair);
  return {
    /** factor · of, where `of` has so many columns */
    left(factor: Factor, of: Term, columns: number): Term {
      const extents = { ...leading, i: factor.rows, j: factor.columns, k: columns };
      const inputs = [labels('ij', factor), `${lead}jk`];
      return applied('contract', { inputs, output: `${lead}ik`, extents }, of, 1, [factor.by]);
    },
    /** of · factor, where `of` has so many rows */
    right(of: Term, factor: Factor, rows: number): Term {
      const extents = { ...leading, i: rows, j: factor.rows, k: factor.columns };
      const inputs = [`${lead}ij`, labels('jk', factor)];
      return applied('contract', { inputs, output: `${lead}ik`, extents }, of, 0, [factor.by]);
    },
    turned(of: Term): Term {
      const n = batch.length;
      return applied('permute', { axes: [...batch.map((_, i) => i), n + 1, n] }, of);
    },
    diagonal(of: Term, n: number): Term {
      return applied('contract', { inputs: [`${lead}ii`], output: `${lead}i`, extents: { ...leading, i: n } }, of);
    },
    /** Of square matrices. */
    rowSums(of: Term, n: number): Term {
      const extents = { ...leading, i: n, j: n };
      return applied('contract', { inputs: [`${lead}ij`], output: `${lead}i`, extents }, of);
    },
  };
}
