/** Values of the array evaluator: numbers, vectors that stand or lie, matrices. */
import type { Ref } from '../../../autodiff/tape';

/**
 * A row of the tape. A vector has one axis, whichever way it is written; `lying` says that it is a row of its elements
 * (the transpose of a column). What has a single element is a number, what has a single row or column a vector.
 */
export interface Quantity {
  readonly ref: Ref;
  readonly shape: readonly number[];
  readonly lying?: true;
}

export type Rank = 'number' | 'vector' | 'matrix';

export function rankOf({ shape }: Quantity): Rank {
  return shape.length === 0 ? 'number' : shape.length === 1 ? 'vector' : 'matrix';
}

export const isNumber = (q: Quantity) => q.shape.length === 0;

/** `3×2 matrix`, `vector of 3 (lying)`, `number`. */
export function described(q: Quantity): string {
  if (q.shape.length === 0) return 'a number';
  if (q.shape.length === 1) return `a ${q.lying ? 'row' : 'column'} of ${q.shape[0]}`;
  return `a ${q.shape.join('×')} matrix`;
}

export function sameForm(a: Quantity, b: Quantity): boolean {
  return (
    a.shape.length === b.shape.length && a.shape.every((extent, i) => extent === b.shape[i]) && a.lying === b.lying
  );
}
