/** Judges gradients that a program computes beside its loss, in a script or in a loop, up to where a failure is explained. */
import type { CheckCause } from '../../frontEnd';
import { localise } from './localise';
import type { Shot } from './shot';
import {
  causesOf,
  failed,
  type Fire,
  type Judged,
  passed,
  read,
  type Reading,
  type ShotCheck,
  shotsAt,
  type Subject,
  undecided,
  unknownCheck,
} from './verdicts';

const POINTS = 2;
/** Where points begin that took no part in finding a failure. */
export const FRESH_FROM = 5;

/** A gradient that is wrong, and what its numbers tell. */
export interface Failure {
  readonly reading: Reading;
  readonly causes: ReadonlyMap<Judged, CheckCause>;
  /** How the program calls the gradient that is shown. */
  readonly label: string;
  readonly place: ReturnType<typeof localise>;
}

/** What whoever knows the code adds to a failure. */
export type Explanation = Parameters<typeof failed>[3];

/**
 * @param excuse a reading in which a failure is none
 * @param explain a check in place of the failure, or what is said of it besides
 */
export function checkBesideLoss(
  subject: Subject,
  fire: Fire,
  line: (offset: number) => string,
  explain: (failure: Failure) => ShotCheck | Partial<Explanation>,
  excuse: (reading: Reading) => Reading | undefined = () => undefined,
): ShotCheck {
  const shots = shotsAt(fire, POINTS);
  if (!Array.isArray(shots)) {
    if (shots.kind === 'raised') return { ...unknownCheck(shots.message, 'raises', shots.span), verdict: 'error' };
    return unknownCheck(shots.reason, shots.code, shots.span);
  }
  const reading = read(subject, shots, undefined, []);
  if (!reading) return unknownCheck(`no gradient of \`${subject.of}\` was found`, 'no-claim');
  if (reading.verdict === 'pass') return passed(subject, reading);
  if (reading.verdict !== 'fail') return undecided(subject, reading);
  const excused = excuse(reading);
  if (excused) return passed(subject, excused);
  const fresh = shotsAt(fire, POINTS + 1, FRESH_FROM);
  const causes = causesOf(reading, Array.isArray(fresh) ? fresh : []);
  const wrong = reading.gradients.filter((g) => g.verdict === 'fail');
  const label = (wrong.find((g) => causes.has(g)) ?? wrong[0])?.label ?? '';
  const place = localise(reading.shots[0] as Shot, label, { line });
  const found = explain({ reading, causes, label, place });
  if ('kind' in found) return found;
  return failed(subject, reading, causes, {
    ...(place.span ? { span: place.span } : {}),
    ...(place.first === undefined ? {} : { first: place.first }),
    related: place.related,
    fixes: [],
    ...found,
  });
}

/** The pair as verdicts speak of it: what is subtracted from a parameter is meant to be its gradient. */
export function subjectBesideLoss({ name, loss }: { readonly name: string; readonly loss: string }): Subject {
  return { name, of: loss, reason: 'it is subtracted from its parameter', leafOf: () => undefined };
}
