/** Checks a function against its derivative at several points, in every reading of their parameters that makes sense. */
import { judge, type Judgement } from '../../../autodiff/claimedGradient';
import { overall } from '../../../autodiff/gradientCheck';
import {
  gradientOf,
  omissions,
  factors,
  onesFor,
  elementwiseSlope,
  seededWeights,
} from '../../../autodiff/gradientEvidence';
import { explain, type Evidence, FRESH_POINTS } from '../../../autodiff/hypotheses';
import { firstKink } from '../../../autodiff/kinks';
import { shapeOfRow } from '../../../autodiff/linearization';
import { isUnknown, type Span, type Unknown, type Verdict } from '../../../model';
import type { CheckCause, CheckedGradient, PairCheck } from '../../frontEnd';
import { parametersOf, qualifiedName } from './callee';
import type { CallPair } from './candidates';
import type { Claim } from './claims';
import { expectationFor, type Expectation } from './gradients';
import { localise } from './localise';
import { isTargetName } from './names';
import type { PointSource, Treatment } from './points';
import { type Assignment, assignments } from './roles';
import { type CheckedLeaf, type Raised, shoot, type Shot, type ShotOutcome } from './shot';
import type { Session } from '../points';

/** Points that every verdict rests on. */
export const POINTS = 2;

export interface Laboratory {
  open(): Session;
  line(offset: number): number;
}

/** One reading of a pair, with what came out at each point. */
interface Reading {
  readonly assignment: Assignment;
  readonly treatment: Treatment;
  readonly shots: readonly Shot[];
  readonly gradients: readonly Judged[];
  readonly by: string | undefined;
  readonly verdict: Verdict;
}

/** One claim at all points. */
interface Judged {
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

/**
 * The verdict on a pair.
 * @param sources where points may come from; where the derivative can not be called with one, the next is tried
 */
export function checkCalls(pair: CallPair, lab: Laboratory, sources: readonly PointSource[]): PairCheck {
  let soft: PairCheck | undefined;
  let first: PairCheck | undefined;
  for (const source of sources.slice(0, MAX_SOURCES)) {
    const check = checkAt(pair, lab, source);
    if (check.verdict === 'pass' || check.code === 'not-written') return check;
    if (check.verdict === 'fail') {
      // A parameter may have been given more axes than it is meant to have: its gradient is then too small.
      if (!check.gradients.every((g) => g.verdict !== 'fail' || g.code === 'too-small')) return check;
      soft ??= check;
    } else first ??= check;
  }
  return soft ?? (first as PairCheck);
}

const MAX_SOURCES = 16;

function checkAt(pair: CallPair, lab: Laboratory, source: PointSource): PairCheck {
  const targets = parametersOf(pair.forward)
    .map((p) => p.name)
    .filter(isTargetName);
  const treatments: readonly Treatment[] =
    targets.length > 0 && parametersOf(pair.forward).length > 1
      ? ['as-is', 'one-hot-rows', 'one-hot-columns']
      : ['as-is'];
  let best: Reading | undefined;
  let raised: Raised | undefined;
  let absence: Unknown | undefined;
  const shooter = (assignment: Assignment, treatment: Treatment) => (point: number, seed: number) =>
    takeShot(pair, lab, source, assignment, treatment, targets, point, seed);
  for (const treatment of treatments) {
    for (const assignment of assignments(pair.forward, pair.backward, pair.style)) {
      const fire = shooter(assignment, treatment);
      const shots = shotsAt(fire, POINTS);
      if (!Array.isArray(shots)) {
        if (isUnknown(shots)) absence ??= shots;
        else if (!raised || (raised.where === 'forward' && shots.where === 'backward')) raised = shots;
        continue;
      }
      for (const by of pointsOfView(pair, shots)) {
        const reading = judged(pair, assignment, treatment, shots, by);
        if (!reading) continue;
        if (reading.verdict === 'pass') return passed(pair, reading, source);
        if (!best || rank(reading) < rank(best)) best = reading;
      }
    }
  }
  if (best) {
    const fire = shooter(best.assignment, best.treatment);
    return failed(pair, best, fire, source, lab);
  }
  if (raised && raised.where === 'backward') return ofRaised(pair, raised);
  if (absence) return unknownCheck(absence.reason, absence.code, absence.span);
  if (raised) {
    return unknownCheck(
      `\`${qualifiedName(pair.forward)}\` raises ${raised.exception} in line ${lab.line(raised.span.from)}: ${raised.message}`,
      'forward-raises',
      raised.span,
    );
  }
  return unknownCheck(`\`${pair.name}\` gives no gradient that could be compared`, 'no-claim');
}

/** Lower is nearer to what is meant: something comparable that fails says more than something that is not known. */
function rank({ verdict, gradients }: Reading): number {
  const failing = gradients.filter((g) => g.verdict === 'fail').length;
  return verdict === 'fail' ? failing / Math.max(1, gradients.length) : verdict === 'unknown' ? 3 : 2;
}

type Fire = (point: number, seed: number) => ShotOutcome;

/** Shots at as many points as wanted that do not stand on a kink; the last resort is one that does. */
function shotsAt(fire: Fire, count: number, from = 0): Shot[] | Raised | Unknown {
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
    const last = Math.max(...shot.outputs.map((o) => o.row));
    if (firstKink(shot.pass.tape, last) >= 0) onKinks.push(shot);
    else shots.push(shot);
  }
  if (shots.length > 0) return shots;
  return onKinks.length > 0 ? onKinks : (failure as Raised | Unknown);
}

function takeShot(
  pair: CallPair,
  lab: Laboratory,
  source: PointSource,
  assignment: Assignment,
  treatment: Treatment,
  targets: readonly string[],
  point: number,
  seed: number,
): ShotOutcome {
  const session = lab.open();
  const values = (k: number) => (s: Session) => source.values(s, k, treatment, targets);
  return shoot(session, {
    forward: pair.forward,
    backward: pair.backward,
    assignment,
    values: values(point),
    ...(pair.forward.owner && point > 0 ? { before: values(point - 1) } : {}),
    seed,
  });
}

/** The arguments that an unnamed derivative may be meant by, the likeliest first; one empty view where names decide. */
function pointsOfView(pair: CallPair, shots: readonly Shot[]): readonly (string | undefined)[] {
  const [shot] = shots;
  const open = shot?.claims.filter((c) => !c.leaf) ?? [];
  if (!shot || shot.hasUpstream || open.length !== 1 || (open[0] as Claim).position === undefined) return [undefined];
  const names = shot.leaves.filter((l) => l.path.length === 1 && !l.name.startsWith('(')).map((l) => l.name);
  const isUsed = (name: string) => parametersOf(pair.backward).some((p) => p.name === name);
  const order = (name: string) =>
    (name === pair.by ? 0 : 4) +
    (isTargetName(name) ? 2 : 0) +
    (isUsed(name) || parametersOf(pair.backward).length !== 1 ? 0 : 1);
  const known = pair.by === undefined ? undefined : names.find((n) => n === pair.by);
  if (known) return [known];
  return names.length === 0 ? [undefined] : [...names].sort((a, b) => order(a) - order(b));
}

function judged(
  pair: CallPair,
  assignment: Assignment,
  treatment: Treatment,
  shots: readonly Shot[],
  by: string | undefined,
): Reading | undefined {
  const first = shots[0] as Shot;
  const gradients: Judged[] = [];
  const taken = new Set<string>();
  for (const claim of first.claims) {
    const leaf = claim.leaf ?? leafByPlace(pair, first, claim, by);
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
  return { assignment, treatment, shots, gradients, by, verdict: overall(gradients.map((g) => g.verdict)) };
}

function verdictOf(
  points: Judged['points'],
  shots: readonly Shot[],
  reason: string | undefined,
): { verdict: Verdict; reason?: string } {
  if (points.length === 0) return { verdict: 'unknown', ...(reason === undefined ? {} : { reason }) };
  const worst = overall(points.map((p) => p.judgement.verdict));
  if (worst === 'fail' && isOnKink(shots)) return { verdict: 'kink' };
  const remark = points.find((p) => p.expectation.remark)?.expectation.remark;
  if (worst === 'pass' && remark !== undefined && remark.startsWith('only'))
    return { verdict: 'unknown', reason: remark };
  return { verdict: worst };
}

function isOnKink(shots: readonly Shot[]): boolean {
  return shots.every((s) => firstKink(s.pass.tape, Math.max(...s.outputs.map((o) => o.row))) >= 0);
}

/** What is returned without a name belongs to the argument in its place. */
function leafByPlace(pair: CallPair, shot: Shot, claim: Claim, by: string | undefined): CheckedLeaf | undefined {
  const top = shot.leaves.filter((l) => l.path.length === 1 && !l.name.startsWith('('));
  if (by !== undefined) return top.find((l) => l.name === by);
  if (claim.position === undefined) return undefined;
  const params = parametersOf(pair.forward);
  const inOrder = shot.claims.filter((c) => c.position !== undefined);
  // Several values without names belong together only if there is one for each argument.
  if (inOrder.length > 1 && inOrder.length > params.length) return undefined;
  return top.find((l) => l.name === params[claim.position as number]?.name);
}

// What is said.

function passed(pair: CallPair, reading: Reading, source: PointSource): PairCheck {
  const largest = Math.max(0, ...reading.gradients.flatMap((g) => g.points.map((p) => p.judgement.relativeError ?? 0)));
  const names = reading.gradients.map((g) => `\`${g.leaf.name}\``);
  return {
    kind: 'checked',
    verdict: 'pass',
    strength: 'numerical',
    message: `agrees with the derivative of \`${qualifiedName(pair.forward)}\` by ${list(names)} (largest relative error ${digits(largest)})`,
    gradients: reading.gradients.map((g) => checkedGradient(g)),
    notes: notesOf(reading, source),
    related: [],
    fixes: [],
    point: pointOf(reading.shots[0] as Shot),
    points: reading.shots.length,
  };
}

function notesOf(reading: Reading, source: PointSource): string[] {
  const notes = [...source.notes];
  if (reading.assignment.note) notes.push(reading.assignment.note);
  if (reading.treatment === 'one-hot-rows') notes.push('right where each row of the targets is one-hot');
  if (reading.treatment === 'one-hot-columns') notes.push('right where each column of the targets is one-hot');
  return notes;
}

function failed(pair: CallPair, reading: Reading, fire: Fire, source: PointSource, lab: Laboratory): PairCheck {
  const wrong = reading.gradients.find((g) => g.verdict === reading.verdict) as Judged;
  const common = {
    kind: 'checked' as const,
    notes: notesOf(reading, source),
    point: pointOf(reading.shots[0] as Shot),
    points: reading.shots.length,
    fixes: [],
  };
  if (reading.verdict !== 'fail') {
    const reason =
      wrong.reason ??
      (reading.verdict === 'kink'
        ? `\`${qualifiedName(pair.forward)}\` is not differentiable at the points that were tried`
        : (wrong.points[0]?.judgement.message ?? 'not known'));
    return {
      ...common,
      verdict: reading.verdict,
      message: reason,
      code: reading.verdict === 'kink' ? 'kink' : 'not-comparable',
      gradients: reading.gradients.map((g) => checkedGradient(g)),
      related: [],
    };
  }
  const fresh = shotsAt(fire, FRESH_POINTS, POINTS + 4);
  const shots = Array.isArray(fresh) ? [...reading.shots, ...fresh] : [...reading.shots];
  const causes = new Map<Judged, CheckCause>();
  for (const g of reading.gradients) {
    if (g.verdict !== 'fail') continue;
    const cause = causeOf(reading, g, shots);
    if (cause) causes.set(g, cause);
  }
  const place = localise(reading.shots[0] as Shot, wrong, lab);
  const cause = causes.get(wrong) ?? [...causes.values()][0];
  const error = Math.max(...wrong.points.map((p) => p.judgement.relativeError ?? 1));
  const isNear = cause !== undefined || error < NEAR;
  const gradients = reading.gradients.map((g) => checkedGradient(g, causes.get(g)));
  if (pair.reason === undefined && !isNear) {
    return {
      ...common,
      verdict: 'unknown',
      message: `\`${pair.name}\` is not the derivative of \`${qualifiedName(pair.forward)}\`, and nothing but its name says that it should be; say so with \`# wengert: checks ${qualifiedName(pair.forward)} = ${qualifiedName(pair.backward)}\``,
      code: 'names-alone',
      gradients,
      related: [],
    };
  }
  return {
    ...common,
    verdict: 'fail',
    code: 'gradient-mismatch',
    message: failureMessage(pair, wrong, cause),
    ...(place.span ? { span: place.span } : {}),
    gradients,
    ...(cause ? { cause } : {}),
    related: place.related,
  };
}

/** A relative error below which two things are meant to be the same. */
const NEAR = 0.3;

function failureMessage(pair: CallPair, wrong: Judged, cause: CheckCause | undefined): string {
  const bad = wrong.points.find((p) => p.judgement.verdict === 'fail') as Judged['points'][number];
  const { worst, relativeError, message } = bad.judgement;
  const what = `\`${wrong.label}\` is not the derivative of \`${qualifiedName(pair.forward)}\` by \`${wrong.leaf.name}\``;
  const reason = cause ? `: ${cause.text}` : '';
  if (!worst || relativeError === undefined) return `${what}: it ${message}`;
  const at = worst.index.length > 0 ? ` at [${worst.index.join(', ')}]` : '';
  return `${what}${reason} (${digits(worst.claimed, 6)} instead of ${digits(worst.expected, 6)}${at}, relative error ${digits(relativeError)})`;
}

function causeOf(reading: Reading, g: Judged, shots: readonly Shot[]): CheckCause | undefined {
  const found = explain(shots.map((shot) => evidenceAt(g, shot)).filter((e) => e !== undefined));
  if (!found) return undefined;
  const first = reading.shots[0] as Shot;
  const [span] = found.row === undefined ? [] : first.trace.spans(first.pass.tape.site[found.row] as number);
  return { code: found.code, text: found.text, ...(span ? { span } : {}) };
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
  const batch = data ? shapeOfRow(tape, data.row)[0] : undefined;
  return {
    claimed: claim.value,
    expected: expectation.expected,
    claim: g.label,
    name: g.leaf.name,
    ...(batch === undefined ? {} : { batch }),
    unweighted: () => (shot.hasUpstream ? gradientOf(tape, onesFor(tape, seeds), leaf.row) : undefined),
    slope: () =>
      shot.hasUpstream
        ? elementwiseSlope(tape, output, leaf.row, seededWeights(shapeOfRow(tape, output), 5))
        : undefined,
    others: () =>
      shot.leaves
        .filter((l) => l.name !== leaf.name && !l.name.startsWith('('))
        .map((l) => ({ key: l.name, text: l.name, gradient: gradientOf(pass.tape, pass.seeds, l.row) })),
    before: () => undefined,
    omissions: () => omissions(pass, leaf.row),
    factors: () => factors(pass, leaf.row),
  };
}

function ofRaised(pair: CallPair, raised: Raised): PairCheck {
  if (raised.exception === 'NotImplementedError') {
    return unknownCheck(`\`${pair.name}\` is not written yet: it raises NotImplementedError`, 'not-written');
  }
  const message = `\`${pair.name}\` raises ${raised.exception}: ${raised.message}`;
  if (raised.exception === 'TypeError' || pair.reason === undefined) {
    return unknownCheck(message, 'raises', raised.span);
  }
  return { ...unknownCheck(message, 'raises', raised.span), verdict: 'error' };
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
    ...(cause ? { cause } : {}),
  };
}

function isTooSmall({ points }: Judged): boolean {
  return points.some(
    (p) => p.judgement.relativeError === undefined && p.claim.value.size < p.expectation.expected.size,
  );
}

function pointOf(shot: Shot): Record<string, unknown> {
  const { tape } = shot.pass;
  return Object.fromEntries(
    shot.leaves
      .filter((l) => !l.name.startsWith('('))
      .map((l) => [l.name, tape.isArray(l.row) ? tape.array(l.row).toNested() : (tape.value[l.row] as number)]),
  );
}

const digits = (x: number, n = 2) => Number(x.toPrecision(n)).toString();

function list(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}` : (names[0] ?? '');
}
