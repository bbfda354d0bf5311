/** Which of many small corrections makes a derivative right: each is tried on the changed text. */
import type { Span } from '../../../model';
import { BudgetStop } from '../errors';
import type { Repair } from './repair';

/** How many corrections are tried. The time is for what that does not bound: what is found must not depend on the machine. */
const MAX_REPAIRS = 250;
const MILLISECONDS = 30_000;

/** Causes that say less than an edit that mends: a factor that happens to fit, a place without a reason. */
export const WEAK_CAUSES: ReadonlySet<string> = new Set(['missing-factor', 'extra-factor', 'wrong-element']);

/** Two points where a failure was found, and two that took no part in that. */
export const repairPoints = (freshFrom: number): readonly number[] => [0, 1, freshFrom, freshFrom + 1];

/** The line of the first wrong value is where the slip is, most often: its corrections come first. */
export function suspectFirst(
  proposed: readonly Repair[],
  suspect: Span | undefined,
  line: (offset: number) => string,
): readonly Repair[] {
  if (!suspect) return proposed;
  const isSuspect = ({ span }: Repair) => line(span.from) === line(suspect.from);
  return [...proposed.filter(isSuspect), ...proposed.filter((r) => !isSuspect(r))];
}

/** A text with a correction made. */
export function replaced(source: string, { span: { from, to }, replacement }: Repair): string {
  return source.slice(0, from) + replacement + source.slice(to);
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
    try {
      if (isRight(replaced(source, repair))) return repair;
    } catch (error) {
      // A correction that takes long is none.
      if (!(error instanceof BudgetStop)) throw error;
    }
  }
  return undefined;
}
