/** Comparisons of recorded values: decided at the point, with a guard where an input reaches them. */
import type { Recorder } from '../../autodiff/recorder';
import type { Ref } from '../../autodiff/tape';
import type { Site } from '../../model';

export const COMPARISONS = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export function isComparison(op: string): op is Comparison {
  return (COMPARISONS as readonly string[]).includes(op);
}

export function compares(test: Comparison, a: number, b: number): boolean {
  switch (test) {
    case 'lt':
      return a < b;
    case 'le':
      return a <= b;
    case 'gt':
      return a > b;
    case 'ge':
      return a >= b;
    case 'eq':
      return a === b;
    case 'ne':
      return a !== b;
  }
}

/** Compares two scalar rows. */
export function compareRows(recorder: Recorder, test: Comparison, x: Ref, y: Ref, site: Site): boolean {
  const [a, b] = [recorder.value(x), recorder.value(y)];
  const outcome = compares(test, a, b);
  if (recorder.isActive(x) || recorder.isActive(y)) {
    recorder.guard({ site, test, x, y, outcome: outcome ? 1 : 0 });
    if (a === b) recorder.note({ row: x, code: 'kink', text: 'two branches meet at this point' });
  }
  return outcome;
}
