/** Which of many small corrections makes a derivative right: each is tried on the changed text. */
import type { Span } from '../../../model';
import { BudgetStop } from '../errors';
import type { Repair } from './repair';

/** How many corrections are tried, and how long at most. */
const MAX_REPAIRS = 250;
const MILLISECONDS = 6_000;

/** Two points where a failure was found, and two that took no part in that. */
export const repairPoints = (freshFrom: number): readonly number[] => [0, 1, freshFrom, freshFrom + 1];

/** The line of the first wrong value is where the slip is, most often: its corrections come first. */
export function suspectFirst(
  proposed: readonly Repair[],
  suspect: Span | undefined,
  line: (offset: number) => number,
): readonly Repair[] {
  if (!suspect) return proposed;
  const isSuspect = ({ span }: Repair) => line(span.from) === line(suspect.from);
  return [...proposed.filter(isSuspect), ...proposed.filter((r) => !isSuspect(r))];
}

/** The first correction with which the text is right. */
export function firstThatMends(
  source: string,
  proposed: Iterable<Repair>,
  isRight: (text: string) => boolean,
): Repair | undefined {
  const deadline = Date.now() + MILLISECONDS;
  let tried = 0;
  for (const repair of proposed) {
    if (tried++ >= MAX_REPAIRS || Date.now() > deadline) return undefined;
    const { from, to } = repair.span;
    try {
      if (isRight(source.slice(0, from) + repair.replacement + source.slice(to))) return repair;
    } catch (error) {
      // A correction that takes long is none.
      if (!(error instanceof BudgetStop)) throw error;
    }
  }
  return undefined;
}
