/** From what came out at several points to a verdict, and what is said of it. */
import { agrees, judge, type Judgement } from '../../../autodiff/claimedGradient';
import { overall } from '../../../autodiff/gradientCheck';
import {
  elementwiseSlope,
  factors,
  gradientOf,
  omissions,
  onesFor,
  seededWeights,
} from '../../../autodiff/gradientEvidence';
import { type Evidence, explain, type Extent } from '../../../autodiff/hypotheses';
import { firstKink } from '../../../autodiff/kinks';
import { shapeOfRow } from '../../../autodiff/linearization';
import { formatNumber } from '../../../format';
import { type Span, type Unknown, unknown, type Verdict } from '../../../model';
import { sameShape } from '../../../tensor';
import type { CheckCause, CheckedGradient, PairCheck } from '../../frontEnd';
import type { Claim } from './claims';
import { type Expectation, expectationFor } from './gradients';
import type { CheckedLeaf, Raised, Shot, ShotOutcome } from './shot';

/** What is checked, as far as verdicts speak of it. */
export interface Subject {
  /** How the derivative and what it belongs to are called. */
  readonly name: string;
  readonly of: string;
  /** Why it is meant to be a derivative; undefined where only a name says so. */
  readonly reason?: string;
  /** Text of the directive that would say so. */
  readonly directive?: string;
  /** What a claim without a name is the gradient by. */
  leafOf(shot: Shot, claim: Claim, by: string | undefined): CheckedLeaf | undefined;
}

/** One claim at all points. */
export interface Judged {
  readonly label: string;
  readonly leaf: CheckedLeaf;
  readonly points: readonly {
    readonly claim: Claim;
    readonly expectation: Expectation;
    readonly judgement: Judgement;
  }[];
  readonly verdict: Verdict;
  readonly reason?: string;
}

/** One way to read a derivative, with what came out at each point. */
export interface Reading {
  readonly shots: readonly Shot[];
  readonly gradients: readonly Judged[];
  readonly verdict: Verdict;
  readonly by: string | undefined;
  /** Said of a pass that needs this reading. */
  readonly notes: readonly string[];
}

/** A check, and what its verdict was first read from. */
export interface ShotCheck extends PairCheck {
  readonly shot?: Shot;
  /** Where it failed. */
  readonly failing?: readonly Shot[];
}

export type Fire = (point: number, seed: number) => ShotOutcome;

/** Shots at as many points as wanted that do not stand on a kink; the last resort is those that do. */
export function shotsAt(fire: Fire, count: number, from = 0): Shot[] | Raised | Unknown {
  const shots: Shot[] = [];
  const onKinks: Shot[] = [];
  let failure: Raised | Unknown | undefined;
  for (let k = from; k < from + count + 4 && shots.length < count; k++) {
    const shot = fire(k, k + 1);
    if (shot.kind !== 'shot') {
      failure ??= shot;
      if (k > from) continue;
      return shot;
    }
    if (!hasFiniteValue(shot)) continue;
    (isOnKink(shot) ? onKinks : shots).push(shot);
  }
  if (shots.length > 0) return shots;
  if (onKinks.length > 0) return onKinks;
  return failure ?? unknown('not-finite', 'its value is not finite at the points that were tried', { from: 0, to: 0 });
}

function hasFiniteValue({ pass, outputs }: Shot): boolean {
  return outputs.every(({ row }) => pass.tape.ndarray(row).elements().every(Number.isFinite));
}

function isOnKink(shot: Shot): boolean {
  return firstKink(shot.pass.tape, Math.max(...shot.outputs.map((o) => o.row))) >= 0;
}

/** Judges every claim that belongs to something; undefined where none does. */
export function read(
  subject: Subject,
  shots: readonly Shot[],
  by: string | undefined,
  notes: readonly string[],
): Reading | undefined {
  const first = shots[0] as Shot;
  const gradients: Judged[] = [];
  const taken = new Set<string>();
  for (const claim of first.claims) {
    const leaf = claim.leaf ?? subject.leafOf(first, claim, by);
    if (!leaf || taken.has(leaf.name)) continue;
    taken.add(leaf.name);
    const points: Judged['points'][number][] = [];
    let reason: string | undefined;
    for (const shot of shots) {
      const own = shot.leaves.find((l) => l.name === leaf.name);
      const same = shot.claims.find((c) => c.label === claim.label && c.position === claim.position);
      if (!own || !same) continue;
      const expectation = expectationFor(shot, same.value, own.row);
      if (typeof expectation === 'string') {
        reason = expectation;
        continue;
      }
      points.push({
        claim: same,
        expectation,
        judgement: judge({ claimed: same.value, expected: expectation.expected }),
      });
    }
    gradients.push({ label: claim.label, leaf, points, ...verdictOf(points, shots, reason) });
  }
  if (gradients.length === 0) return undefined;
  return { shots, gradients, by, notes, verdict: overall(gradients.map((g) => g.verdict)) };
}

function verdictOf(
  points: Judged['points'],
  shots: readonly Shot[],
  reason: string | undefined,
): { verdict: Verdict; reason?: string } {
  if (points.length === 0) return { verdict: 'unknown', ...(reason === undefined ? {} : { reason }) };
  if (points.every((p) => p.expectation.expected.size === 0)) {
    return { verdict: 'unknown', reason: 'the point holds no numbers to compare' };
  }
  const worst = overall(points.map((p) => p.judgement.verdict));
  if (worst === 'fail' && shots.every(isOnKink)) return { verdict: 'kink' };
  const part = points.find((p) => p.expectation.isPart)?.expectation.remark;
  if (worst === 'pass' && part !== undefined) return { verdict: 'unknown', reason: part };
  return { verdict: worst };
}

/** Lower is nearer to what is meant: something comparable that fails says more than something that is not known. */
export function rank({ verdict, gradients }: Reading): number {
  const failing = gradients.filter((g) => g.verdict === 'fail').length;
  return verdict === 'fail' ? failing / Math.max(1, gradients.length) : verdict === 'unknown' ? 3 : 2;
}

// What is said.

export function passed(subject: Subject, reading: Reading): ShotCheck {
  const largest = Math.max(0, ...reading.gradients.flatMap((g) => g.points.map((p) => p.judgement.relativeError ?? 0)));
  const names = reading.gradients.map((g) => `\`${g.leaf.name}\``);
  return {
    kind: 'checked',
    verdict: 'pass',
    strength: 'numerical',
    message: `agrees with the derivative of \`${subject.of}\` by ${list(names)} (largest relative error ${digits(largest)})`,
    gradients: reading.gradients.map((g) => checkedGradient(g)),
    notes: reading.notes,
    related: [],
    fixes: [],
    ...takenFrom(reading),
    points: reading.shots.length,
  };
}

/** What is not known of a reading, and kinks. */
export function undecided(subject: Subject, reading: Reading): ShotCheck {
  const open = reading.gradients.find((g) => g.verdict === reading.verdict) as Judged;
  const isKink = reading.verdict === 'kink';
  return {
    ...unknownCheck(
      open.reason ??
        (isKink
          ? `\`${subject.of}\` is not differentiable at the points that were tried`
          : (open.points[0]?.judgement.message ?? 'not known')),
      isKink ? 'kink' : 'not-comparable',
    ),
    verdict: reading.verdict,
    gradients: reading.gradients.map((g) => checkedGradient(g)),
    notes: reading.notes,
    ...takenFrom(reading),
    points: reading.shots.length,
  };
}

/** Names alone do not make a failure. */
export function notMeant(subject: Subject, reading: Reading): ShotCheck {
  const hint = subject.directive === undefined ? '' : `; say so with \`${subject.directive}\``;
  return {
    ...undecided(subject, { ...reading, verdict: 'fail' }),
    verdict: 'unknown',
    message: `\`${subject.name}\` is not the derivative of \`${subject.of}\`, and nothing but its name says that it should be${hint}`,
    code: 'names-alone',
  };
}

/** A difference that rests on a guess of what a parameter stands for says nothing. */
export function unclear(subject: Subject, parameter: string): PairCheck {
  return unknownCheck(
    `what \`${parameter}\` of \`${subject.name}\` stands for is not clear: \`${subject.of}\` has no such argument and returns nothing of that name`,
    'unclear-argument',
  );
}

/** The causes that hold at all points, by claim. */
export function causesOf(reading: Reading, fresh: readonly Shot[]): Map<Judged, CheckCause> {
  const causes = new Map<Judged, CheckCause>();
  for (const g of reading.gradients) {
    if (g.verdict !== 'fail') continue;
    // A point where the claim happens to be right tells nothing.
    const evidence = [...reading.shots, ...fresh]
      .map((shot) => evidenceAt(g, shot))
      .filter((e) => e !== undefined)
      .filter((e) => !agrees(e.claimed, e.expected));
    const found = explain(evidence);
    if (!found) continue;
    const first = reading.shots[0] as Shot;
    const [span] = found.row === undefined ? [] : first.trace.spans(first.pass.tape.site(found.row));
    causes.set(g, { code: found.code, text: found.text, ...(span ? { span } : {}) });
  }
  return causes;
}

/** How far a reading is off: the largest relative error. */
export function errorOf(reading: Reading): number {
  return Math.max(
    ...reading.gradients
      .filter((g) => g.verdict === 'fail')
      .flatMap((g) => g.points.map((p) => p.judgement.relativeError ?? 1)),
  );
}

export function failed(
  subject: Subject,
  reading: Reading,
  causes: ReadonlyMap<Judged, CheckCause>,
  more: Pick<PairCheck, 'fixes' | 'related'> & {
    readonly cause?: CheckCause;
    readonly span?: Span;
    /** The first wrong value on the way. */
    readonly first?: string;
  },
): ShotCheck {
  const wrong = reading.gradients.filter((g) => g.verdict === 'fail');
  const shown = wrong.find((g) => causes.has(g)) ?? (wrong[0] as Judged);
  const cause = more.cause ?? causes.get(shown);
  return {
    kind: 'checked',
    verdict: 'fail',
    code: 'gradient-mismatch',
    message:
      failureMessage(subject, shown, cause) +
      (more.first === undefined ? '' : `; the first wrong value is ${more.first}`),
    ...(more.span ? { span: more.span } : {}),
    gradients: reading.gradients.map((g) =>
      checkedGradient(g, causes.get(g) ?? (g.verdict === 'fail' ? more.cause : undefined)),
    ),
    ...(cause ? { cause } : {}),
    notes: reading.notes,
    related: more.related,
    fixes: more.fixes,
    ...takenFrom(reading),
    failing: reading.shots.filter((shot) => wrong.some((g) => failsAt(g, shot))),
    points: reading.shots.length,
  };
}

function failsAt({ points }: Judged, shot: Shot): boolean {
  return points.some(({ judgement, claim }) => judgement.verdict === 'fail' && shot.claims.includes(claim));
}

function failureMessage(subject: Subject, wrong: Judged, cause: CheckCause | undefined): string {
  const bad = wrong.points.find((p) => p.judgement.verdict === 'fail') as Judged['points'][number];
  const { worst, relativeError, message } = bad.judgement;
  const what = `\`${wrong.label}\` is not the derivative of \`${subject.of}\` by \`${wrong.leaf.name}\``;
  const reason = cause ? `: ${cause.text}` : '';
  if (!worst || relativeError === undefined) return `${what}${reason} (it ${message})`;
  const at = worst.index.length > 0 ? ` at [${worst.index.join(', ')}]` : '';
  return `${what}${reason} (${digits(worst.claimed, 6)} instead of ${digits(worst.expected, 6)}${at}, relative error ${digits(relativeError)})`;
}

function evidenceAt(g: Judged, shot: Shot): Evidence | undefined {
  const leaf = shot.leaves.find((l) => l.name === g.leaf.name);
  const claim = shot.claims.find((c) => c.label === g.label);
  if (!leaf || !claim) return undefined;
  const expectation = expectationFor(shot, claim.value, leaf.row);
  if (typeof expectation === 'string') return undefined;
  const { tape, seeds, describe } = shot.pass;
  const pass = expectation.pass ?? { tape, seeds: onesFor(tape, seeds), describe };
  const output = (shot.outputs[0] as Shot['outputs'][number]).row;
  const data = shot.leaves.find((l) => l.path.length === 1 && shapeOfRow(tape, l.row).length > 0);
  const extents = (data ? shapeOfRow(tape, data.row) : []).map((size, axis): Extent => ({
    key: axis === 0 ? 'batch' : `axis ${axis}`,
    size,
    words: axis === 0 ? 'the batch size' : `the extent of \`${(data as CheckedLeaf).name}\` along axis ${axis}`,
  }));
  return {
    claimed: claim.value,
    expected: expectation.expected,
    claim: g.label,
    name: g.leaf.name,
    extents,
    unweighted: () => (shot.hasUpstream ? gradientOf(tape, onesFor(tape, seeds), leaf.row) : undefined),
    slope: () =>
      shot.hasUpstream
        ? elementwiseSlope(tape, output, leaf.row, seededWeights(shapeOfRow(tape, output), 5))
        : undefined,
    others: () =>
      shot.leaves
        .filter((l) => l.name !== leaf.name && !l.name.startsWith('('))
        .map((l) => ({ key: l.name, text: l.name, gradient: gradientOf(pass.tape, pass.seeds, l.row) })),
    before: () => shot.stale?.(leaf.name),
    omissions: () => omissions(pass, leaf.row),
    factors: () => factors(pass, leaf.row),
  };
}

/** @param isGuess the arguments may not be what they are meant to be */
export function ofRaised(subject: Subject, raised: Raised, isGuess: boolean): PairCheck {
  if (raised.exception === 'NotImplementedError') {
    return unknownCheck(`\`${subject.name}\` is not written yet: it raises NotImplementedError`, 'not-written');
  }
  const message = `\`${subject.name}\` raises ${raised.exception}: ${raised.message}`;
  // How it wants to be called may have been misread.
  const isOurCall = raised.exception === 'TypeError' && /argument|positional|callable|unpack/.test(raised.message);
  const check = unknownCheck(message, 'raises', raised.span);
  return isOurCall || isGuess || subject.reason === undefined ? check : { ...check, verdict: 'error' };
}

export function unknownCheck(message: string, code: string, span?: Span): PairCheck {
  return {
    kind: 'checked',
    verdict: 'unknown',
    message,
    code,
    ...(span && span.to > span.from ? { span } : {}),
    gradients: [],
    notes: [],
    related: [],
    fixes: [],
    point: {},
    points: 0,
  };
}

function checkedGradient(g: Judged, cause?: CheckCause): CheckedGradient {
  const shown = g.points.find((p) => p.judgement.verdict === g.verdict) ?? g.points[0];
  const { worst, relativeError } = shown?.judgement ?? {};
  return {
    name: g.leaf.name,
    claim: g.label,
    verdict: g.verdict,
    ...(relativeError === undefined ? {} : { relativeError }),
    ...(worst ? { worst } : {}),
    message: g.reason ?? shown?.judgement.message ?? '',
    ...(isTooSmall(g) ? { code: 'too-small' } : {}),
    ...(shown && !sameShape(shown.claim.value.shape, shown.expectation.expected.shape)
      ? { shape: shown.claim.value.shape }
      : {}),
    ...(cause ? { cause } : {}),
  };
}

function isTooSmall({ points }: Judged): boolean {
  return points.some(
    ({ claim: { value }, expectation: { expected }, judgement }) =>
      value.size < expected.size && (judgement.relativeError === undefined || value.size === 1),
  );
}

function takenFrom({ shots }: Reading): Pick<ShotCheck, 'point' | 'shot'> {
  const shot = shots[0] as Shot;
  return { point: pointOf(shot), shot };
}

function pointOf(shot: Shot): Record<string, unknown> {
  const { tape } = shot.pass;
  return Object.fromEntries(
    shot.leaves
      .filter((l) => !l.name.startsWith('('))
      .map((l) => [l.name, tape.isArray(l.row) ? tape.array(l.row).toNested() : (tape.value[l.row] as number)]),
  );
}

const digits = (x: number, n = 2) => formatNumber(x, { digits: n });

function list(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}` : (names[0] ?? '');
}
