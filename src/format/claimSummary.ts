/** The equations of a document in one sentence. */
import type { ClaimCounts } from '../model';

/** What the undecided equations are, by the code of the reason; one and several. */
const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  'unsupported-integral': ['an integral', 'integrals'],
  'unsupported-limit': ['a limit', 'limits'],
  'unsupported-vector': ['with vectors or matrices', 'with vectors or matrices'],
  'open-sum': ['a sum without numbers for its range', 'sums without numbers for their range'],
  'undefined-name': ['with a name that nothing defines', 'with names that nothing defines'],
  'undefined-function': ['with a function that nothing defines', 'with functions that nothing defines'],
  'no-value': ['without values', 'without values'],
  elision: ['with an ellipsis', 'with an ellipsis'],
  layout: ['in another layout', 'in another layout'],
  budget: ['beyond the work for one document', 'beyond the work for one document'],
  time: ['not reached in time', 'not reached in time'],
  approximation: ['an approximation', 'approximations'],
};

/** “12 equations: 5 proved, 1 false, 6 undecided, 4 of them integrals”; undefined where nothing is claimed. */
export function claimSummary(counts: ClaimCounts): string | undefined {
  const { total, proved, agree, undecided, reasons } = counts;
  if (total === 0) return undefined;
  const parts = [
    [proved, 'proved'],
    [agree, 'in agreement'],
    [counts.false, 'false'],
    [undecided, 'undecided'],
  ] as const;
  const text = parts.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : [])).join(', ');
  return `${total} equation${total === 1 ? '' : 's'}: ${text}${mostOften(reasons, undecided)}`;
}

function mostOften(reasons: Readonly<Record<string, number>>, undecided: number): string {
  const [first] = Object.entries(reasons)
    .filter(([code]) => Object.hasOwn(REASONS, code))
    .sort(([, a], [, b]) => b - a);
  if (!first) return '';
  const [code, n] = first;
  const [one, several] = REASONS[code] as readonly [string, string];
  if (n === undecided) return n === 1 ? `: ${one}` : `, all of them ${several}`;
  return `, ${n} of them ${n === 1 ? one : several}`;
}
