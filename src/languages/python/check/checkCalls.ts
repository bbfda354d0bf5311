/** Checks a function against its derivative at several points, in every reading of their parameters that makes sense. */
import { shapeOfRow } from '../../../autodiff/linearization';
import { gradientOf } from '../../../autodiff/gradientEvidence';
import { FRESH_POINTS } from '../../../autodiff/hypotheses';
import { isUnknown, type Span, type Unknown } from '../../../model';
import type { CheckCause, Fix } from '../../frontEnd';
import type { PythonAnalysis } from '../analysis';
import type { Session } from '../points';
import { calleeAround, parametersOf, qualifiedName } from './callee';
import { reductionsOf, rolesInCalls } from './callEvidence';
import type { CallPair } from './candidates';
import type { Claim } from './claims';
import { localise } from './localise';
import { isDataName, isStrictTargetName, isTargetName } from './names';
import { EQUALLY_GOOD, type PointSource, type Treatment } from './points';
import { countsExamples, refitted } from './refit';
import { firstThatMends, replaced, repairPoints, suspectFirst, WEAK_CAUSES } from './mend';
import { causeOf, epsilonsIn, fixOf, forwardAxisRepairs, namesAtHand, type Repair, repairs } from './repair';
import { rightExpression, writtenAs } from './rightExpression';
import { type Assignment, assignments } from './roles';
import { namesIn } from './walk';
import { type CheckedLeaf, type Raised, shoot, type Shot, type ShotOutcome } from './shot';
import {
  causesOf,
  errorOf,
  failed,
  notMeant,
  ofRaised,
  passed,
  rank,
  read,
  type Reading,
  shotsAt,
  type ShotCheck,
  type Subject,
  unclear,
  undecided,
  unknownCheck,
} from './verdicts';

/** Points that every verdict rests on: functions are cheap, and have branches. */
const POINTS = 2;
const POINTS_OF_FUNCTIONS = 10;
/** Where points begin that took no part in finding a failure. */
const FRESH_FROM = 12;
/** Kinds of points that are tried. */
const MAX_SOURCES = 16;
/** A relative error below which two things are meant to be the same. */
const NEAR = 0.3;

export interface Laboratory {
  open(): Session;
  line(offset: number): string;
  readonly analysis: PythonAnalysis;
  /** The same pair in a changed text. */
  changed(text: string): { readonly pair: CallPair; readonly lab: Laboratory } | undefined;
}

/** A reading of a pair: which parameter means what, and what is done to right answers. */
interface Way {
  readonly assignment: Assignment;
  readonly treatment: Treatment;
  readonly by: string | undefined;
}

interface WayReading extends Reading {
  readonly way: Way;
}

/**
 * The verdict on a pair.
 * @param sources where points may come from; where the derivative can not be called with one, the next is tried
 */
export function checkCalls(pair: CallPair, lab: Laboratory, sources: readonly PointSource[]): ShotCheck {
  let failed: { readonly attempt: Attempt; readonly strangeness: number } | undefined;
  let first: Attempt | undefined;
  let raised: Attempt | undefined;
  let odd: Attempt | undefined;
  let vanishing: Attempt | undefined;
  for (const source of sources.slice(0, MAX_SOURCES)) {
    // A failure in shapes that we chose is one only if it shows in all that are as likely.
    if (failed && !failed.attempt.isMisfit && source.strangeness > failed.strangeness + EQUALLY_GOOD) break;
    const attempt = bestFit(pair, lab, source, sources.length > 1);
    const { check } = attempt;
    if (check.code === 'vanishes') {
      vanishing ??= attempt;
      continue;
    }
    // With a single example sums over the examples can be left out; and no parameter holds a number for each example.
    const isWhole = pair.loss !== undefined || pair.style === 'bundle';
    const isOdd = sources.length > 1 && isWhole && check.verdict === 'pass' && countsExamples(check);
    if (isOdd) odd ??= attempt;
    const isTelling = !isOdd && (!failed?.attempt.isMisfit || !hasSingleExample(check));
    if (check.code === 'not-written' || (check.verdict === 'pass' && isTelling)) return check;
    if (check.verdict === 'fail') {
      const wrong = check.gradients.filter((g) => g.verdict === 'fail');
      // A parameter may have been given more axes than it is meant to have: its gradient is then too small.
      const isSoft = wrong.every((g) => g.code === 'too-small');
      // Nor may a gradient of another shape mean more than that the shapes were never meant.
      const isMisfit = wrong.some((g) => g.relativeError === undefined);
      const rank = (a: Pick<Attempt, 'isSoft' | 'isMisfit'>) => Number(a.isMisfit) * 2 + Number(a.isSoft);
      if (!failed || rank(failed.attempt) > rank({ isSoft, isMisfit })) {
        failed = {
          attempt: { ...attempt, isSoft, isMisfit },
          strangeness: failed && !failed.attempt.isMisfit ? failed.strangeness : source.strangeness,
        };
      }
    } else if (check.verdict === 'error') raised ??= attempt;
    else if (first === undefined || rankOfUnknown(check) < rankOfUnknown(first.check)) first = attempt;
  }
  // What fits any argument in likely shapes is not wrong in others.
  return explained(vanishing ?? failed?.attempt ?? odd ?? raised ?? (first as Attempt));
}

/**
 * A check at one kind of points; where these were chosen and a gradient has another shape than its parameter, perhaps with
 * the parameter in that shape.
 */
function bestFit(pair: CallPair, lab: Laboratory, source: PointSource, isChosen: boolean): Attempt {
  const attempt = checkAt(pair, lab, source);
  if (!isChosen) return attempt;
  const { from, to } = pair.backward.span;
  const scalars = !/\baxis\b/.test(lab.analysis.document.text.slice(from, to));
  let { check } = attempt;
  let fitted: PointSource | undefined = source;
  for (let round = 0; round < REFITS && check.verdict === 'fail'; round++) {
    fitted = refitted(fitted, check, scalars);
    if (!fitted) break;
    const again = checkAt(pair, lab, fitted);
    if (again.check.verdict === 'pass') return again;
    check = again.check;
  }
  return attempt;
}

/** How often the shapes of parameters are changed. */
const REFITS = 2;

/** What came out of one kind of points, and how to find out more about a failure. */
interface Attempt {
  readonly check: ShotCheck;
  readonly isSoft?: boolean;
  /** A gradient has a shape that the parameter has not. */
  readonly isMisfit?: boolean;
  readonly explain?: () => ShotCheck;
}

/** Whether the data of a point has an axis of length one. */
function hasSingleExample({ point }: ShotCheck): boolean {
  const extents = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...extents(value[0])] : []);
  return Object.entries(point).some(([name, value]) => isDataName(name) && extents(value).includes(1));
}

const explained = ({ check, explain }: Attempt): ShotCheck => explain?.() ?? check;

/** Of several reasons the one that says most. */
const rankOfUnknown = (check: ShotCheck) => (check.code === 'names-alone' ? 0 : check.verdict === 'kink' ? 1 : 2);

export function subjectOf(pair: CallPair): Subject {
  const [of, by] = [qualifiedName(pair.loss ?? pair.forward), qualifiedName(pair.backward)];
  return {
    name: pair.style === 'bundle' ? `the gradients of ${by}` : by,
    of,
    ...(pair.reason === undefined ? {} : { reason: pair.reason }),
    directive: `# wengert: checks ${of} = ${by}`,
    leafOf: (shot, claim, chosen) => leafByPlace(pair, shot, claim, chosen),
  };
}

function checkAt(pair: CallPair, lab: Laboratory, source: PointSource): Attempt {
  const subject = subjectOf(pair);
  const targets = targetsOf(pair);
  const treatments: readonly Treatment[] =
    targets.length > 0 && parametersOf(pair.forward).length > 1
      ? ['as-is', 'rows', 'columns', ...(picksLargest(lab) ? (['one-hot'] as const) : [])]
      : ['as-is'];
  const readings: WayReading[] = [];
  let raised: Raised | undefined;
  let runs = false;
  let absence: Unknown | undefined;
  let vanished = false;
  for (const treatment of treatments) {
    for (const assignment of waysToCall(pair, lab)) {
      const shots = shotsAt(
        (point, seed) => takeShot(pair, lab, source, { assignment, treatment }, point, seed),
        pair.style === 'function' || pair.style === 'solver' ? POINTS_OF_FUNCTIONS : POINTS,
      );
      if (!Array.isArray(shots)) {
        if (isUnknown(shots)) absence ??= shots;
        else if (!raised || (raised.where === 'forward' && shots.where === 'backward')) raised = shots;
        continue;
      }
      runs = true;
      if (repeatsAnother(assignment, waysToCall(pair, lab), shots)) continue;
      const tried = argumentsToTry(pair, shots);
      for (const by of tried) {
        const reading = read(subject, shots, by, notesOf(assignment, treatment));
        if (!reading) continue;
        if (reading.verdict === 'pass' && tried.length > 1 && vanishes(reading)) {
          vanished = true;
          continue;
        }
        if (reading.verdict === 'pass') return { check: passed(subject, reading) };
        readings.push({ ...reading, way: { assignment, treatment, by } });
      }
    }
  }
  if (vanished) return { check: unknownCheck(VANISHES, 'vanishes') };
  const failing = readings.filter((r) => r.verdict === 'fail').sort((a, b) => rank(a) - rank(b));
  const [nearest] = failing;
  if (nearest) {
    return {
      check: failed(subject, nearest, new Map(), { fixes: [], related: [] }),
      explain: () => failure(pair, subject, failing, lab, source),
    };
  }
  // What runs in one of its readings is not wrong because of another.
  if (raised && raised.where === 'backward' && !runs) {
    const check = ofRaised(subject, raised, source.isChosen && isUnfounded(pair, raised));
    const [assignment] = waysToCall(pair, lab);
    if (check.verdict !== 'error' || !assignment) return { check };
    return {
      check,
      explain: () => {
        const repair = mended(pair, lab, source, [{ assignment, treatment: 'as-is', by: undefined }]);
        if (!repair) return assignment.unsure === undefined ? check : unclear(subject, assignment.unsure);
        return { ...check, cause: causeOf(repair), fixes: [fixOf(repair, lab.analysis.document.text)] };
      },
    };
  }
  const [open] = readings.sort((a, b) => rank(a) - rank(b));
  if (open) return { check: undecided(subject, open) };
  if (absence) return { check: unknownCheck(absence.reason, absence.code, absence.span) };
  if (raised?.where === 'forward') {
    const { exception, message, span } = raised;
    const text = `\`${subject.of}\` raises ${exception} in ${lab.line(span.from)}: ${message}`;
    return { check: unknownCheck(text, 'forward-raises', span) };
  }
  return { check: unknownCheck(`\`${subject.name}\` gives no gradient that could be compared`, 'no-claim') };
}

const VANISHES = 'the derivative vanishes at all points that were tried, by whichever argument it may be meant';

/** Whether nothing but zeros was compared: that fits the derivative by any argument. */
function vanishes({ gradients }: Reading): boolean {
  return gradients.every((g) => g.points.every((p) => p.expectation.expected.elements().every((x) => x === 0)));
}

/** The mean of a single number is that number: no reading of its own. */
function repeatsAnother({ reduction }: Assignment, ways: readonly Assignment[], [shot]: readonly Shot[]): boolean {
  if (reduction === undefined || !shot || ways.every((w) => w.reduction !== undefined)) return false;
  return shot.outputs.every(({ row }) => shapeOfRow(shot.pass.tape, row).length === 0);
}

/**
 * Whether a derivative may raise only because its arguments were chosen by what the function runs with: a number where it
 * wants an array, or a value of any kind that the function does not look at.
 */
function isUnfounded({ forward, backward }: CallPair, { message }: Raised): boolean {
  if (/'(?:float|int)' object|of type '(?:float|int)'/.test(message)) return true;
  const [seen, used] = [namesIn(forward.node.body), namesIn(backward.node.body)];
  return parametersOf(forward).some(({ name }) => !seen.has(name) && used.has(name));
}

const WAYS = new WeakMap<CallPair, readonly Assignment[]>();

function waysToCall(pair: CallPair, { analysis }: Pick<Laboratory, 'analysis'>): readonly Assignment[] {
  const { forward, backward, style } = pair;
  if (style === 'bundle') return [{ roles: [] }];
  let ways = WAYS.get(pair);
  if (!ways) {
    const known = rolesInCalls(analysis.parsed.module, forward, backward);
    const reductions = reductionsOf(analysis.parsed.module, forward);
    WAYS.set(pair, (ways = assignments(forward, backward, style, known, reductions)));
  }
  return ways;
}

/** Whether answers are turned into labels somewhere. */
function picksLargest({ analysis }: Laboratory): boolean {
  return analysis.document.text.includes('argmax');
}

/** Parameters that hold right answers. */
function targetsOf({ forward }: CallPair): readonly string[] {
  const names = parametersOf(forward).map((p) => p.name);
  const strict = names.filter(isStrictTargetName);
  return strict.length > 0 ? strict : names.filter(isTargetName);
}

function takeShot(
  pair: CallPair,
  lab: Laboratory,
  source: PointSource,
  { assignment, treatment }: Pick<Way, 'assignment' | 'treatment'>,
  point: number,
  seed: number,
): ShotOutcome {
  const targets = targetsOf(pair);
  const values = (k: number) => (s: Session) => source.values(s, k, treatment, targets);
  const at = (k: number, before?: number): ShotOutcome =>
    shoot(lab.open(), {
      forward: pair.forward,
      backward: pair.backward,
      assignment,
      values: values(k),
      ...(before === undefined ? {} : { before: values(before) }),
      ...(pair.lossAt === undefined ? {} : { lossAt: pair.lossAt }),
      ...(pair.byColumns ? { byColumns: true } : {}),
      ...(pair.by === undefined ? {} : { isByOne: true }),
      seed,
    });
  if (!pair.forward.owner || point === 0) return at(point);
  const shot = at(point, point - 1);
  if (shot.kind !== 'shot') return shot;
  return {
    ...shot,
    stale(name) {
      const earlier = at(point - 1);
      const row = earlier.kind === 'shot' ? earlier.leaves.find((l) => l.name === name)?.row : undefined;
      return earlier.kind === 'shot' && row !== undefined
        ? gradientOf(earlier.pass.tape, earlier.pass.seeds, row)
        : undefined;
    },
  };
}

function notesOf(assignment: Assignment, treatment: Treatment): string[] {
  const notes = assignment.note === undefined ? [] : [assignment.note];
  if (treatment === 'rows') notes.push('right where each row of the targets sums to one');
  if (treatment === 'columns') notes.push('right where each column of the targets sums to one');
  if (treatment === 'one-hot') notes.push('right where each row of the targets is one-hot');
  return notes;
}

/** The arguments that an unnamed derivative may be meant by, the likeliest first; one empty entry where names decide. */
function argumentsToTry(pair: CallPair, shots: readonly Shot[]): readonly (string | undefined)[] {
  const [shot] = shots;
  const open = shot?.claims.filter((c) => !c.leaf) ?? [];
  if (!shot || shot.hasUpstream || open.length !== 1 || (open[0] as Claim).position === undefined) return [undefined];
  const names = shot.leaves.filter((l) => l.path.length === 1 && !l.name.startsWith('(')).map((l) => l.name);
  const known = pair.by === undefined ? undefined : names.find((n) => n === pair.by);
  if (known) return [known];
  // A loss is differentiated by the prediction; by the answer it may be the same but for a sign.
  // A `t` that comes first is a variable, such as time.
  const isLoss =
    names.some((name, i) => isStrictTargetName(name) && !(name === 't' && i === 0)) ||
    /loss|cost|error|entropy|mse|mae|bce|nll|huber|hinge|likelihood/i.test(pair.forward.name);
  const answers = names.filter(isStrictTargetName).length > 0 ? isStrictTargetName : isTargetName;
  const others = isLoss ? names.filter((n) => !answers(n)) : names;
  const wanted = others.length > 0 ? others : names.slice(0, 1);
  const isUsed = (name: string) => parametersOf(pair.backward).some((p) => p.name === name);
  const order = (name: string) => (isUsed(name) || parametersOf(pair.backward).length !== 1 ? 0 : 1);
  return names.length === 0 ? [undefined] : [...wanted].sort((a, b) => order(a) - order(b));
}

/** What is returned without a name belongs to the argument in its place. */
function leafByPlace(pair: CallPair, shot: Shot, claim: Claim, by: string | undefined): CheckedLeaf | undefined {
  const top = shot.leaves.filter((l) => l.path.length === 1 && !l.name.startsWith('('));
  if (by !== undefined) return top.find((l) => l.name === by);
  if (claim.position === undefined) return undefined;
  const params = parametersOf(pair.forward).map((p) => p.name);
  const inOrder = shot.claims.filter((c) => c.position !== undefined);
  // Labels and sizes are no arguments to differentiate by.
  if (inOrder.length === 1 && top.length === 1) return top[0];
  // Several values without names belong together only if there is one for each argument, or for each that is learned.
  const learned = params.filter((name) => !isDataName(name) && !isTargetName(name));
  const isEach = pair.byColumns === true || inOrder.length <= 1 || inOrder.length === params.length;
  if (!isEach && inOrder.length !== learned.length) return undefined;
  const belonging = isEach ? params : learned;
  return top.find((l) => l.name === belonging[claim.position as number]);
}

/** Says what is wrong: of several readings of the one that can be explained, or that is nearest. */
function failure(
  pair: CallPair,
  subject: Subject,
  failing: readonly WayReading[],
  lab: Laboratory,
  source: PointSource,
): ShotCheck {
  const excused = apartFromEpsilon(pair, subject, failing, lab, source);
  if (excused) return excused;
  let chosen = failing[0] as WayReading;
  let causes: ReadonlyMap<Reading['gradients'][number], CheckCause> = new Map();
  for (const reading of failing) {
    const fresh = shotsAt(
      (point, seed) => takeShot(pair, lab, source, reading.way, point, seed),
      2 * FRESH_POINTS,
      FRESH_FROM,
    );
    const found = causesOf(reading, Array.isArray(fresh) ? fresh : []);
    if (found.size === 0) continue;
    chosen = reading;
    causes = found;
    break;
  }
  const ways = causes.size > 0 ? [chosen.way] : failing.slice(0, 3).map((r) => r.way);
  const place = localise(chosen.shots[0] as Shot, labelOf(chosen, causes), lab);
  const repair = mended(
    pair,
    lab,
    source,
    ways,
    chosen.gradients.map((g) => g.leaf.name),
    place.span,
  );
  const isNear = causes.size > 0 || repair !== undefined || errorOf(chosen) < NEAR;
  const { unsure } = chosen.way.assignment;
  // What mends by putting something else in the place of that parameter only says what it stands for.
  const isReplaced = repair && lab.analysis.document.text.slice(repair.span.from, repair.span.to) === unsure;
  if (unsure !== undefined && (isReplaced || (causes.size === 0 && repair === undefined)))
    return unclear(subject, unsure);
  if (pair.reason === undefined && !isNear) return notMeant(subject, chosen);
  const named = [...causes.values()][0];
  // A factor that happens to fit says less than an edit that mends.
  const isWeak = named === undefined || WEAK_CAUSES.has(named.code);
  const cause = repair && isWeak ? causeOf(repair) : named;
  return failed(subject, chosen, causes, {
    ...(cause ? { cause } : {}),
    ...(repair ? { span: repair.span } : place.span ? { span: place.span } : {}),
    ...(place.first === undefined ? {} : { first: place.first }),
    related: place.related,
    fixes: [
      ...(repair && !restsOnSizes(repair, chosen.shots, lab.analysis.document.text)
        ? [fixOf(repair, lab.analysis.document.text)]
        : []),
      ...exactFix(pair, lab, source, chosen, repair),
    ],
  });
}

/**
 * The derivative of an elementwise function in the names of what stands for it, whatever that gives now; undefined where
 * the function is none, or can not be called.
 */
export function derivativeText(pair: CallPair, lab: Laboratory, sources: readonly PointSource[]): string | undefined {
  const { text } = lab.analysis.document;
  for (const source of sources.slice(0, SOURCES_FOR_TEXT)) {
    for (const assignment of waysToCall(pair, lab)) {
      const shot = takeShot(pair, lab, source, { assignment, treatment: 'as-is' }, 0, 1);
      if (shot.kind !== 'shot') continue;
      const leaf = shot.leaves.find((l) => l.name === (pair.by ?? parametersOf(pair.forward)[0]?.name));
      const found = leaf && rightExpression(shot, { backward: pair.backward, assignment }, leaf, text);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const SOURCES_FOR_TEXT = 3;

/** The derivative from the symbols of the function in place of what is written, where the function is elementwise. */
function exactFix(
  pair: CallPair,
  lab: Laboratory,
  source: PointSource,
  { gradients, shots, way }: WayReading,
  repair: Repair | undefined,
): Fix[] {
  const wrong = gradients.filter((g) => g.verdict === 'fail');
  const [only] = wrong;
  const [shot] = shots;
  const { text } = lab.analysis.document;
  if (!only || !shot || wrong.length > 1 || only.points[0]?.claim.isStacked) return [];
  const replacement = rightExpression(shot, { backward: pair.backward, assignment: way.assignment }, only.leaf, text);
  const span = writtenAs(pair.backward, only.label, only.points[0]?.claim.position);
  if (replacement === undefined || !span) return [];
  const edit: Repair = { span: { from: span.from, to: span.to }, replacement, code: '', text: '' };
  const isSame = repair && replaced(text, repair) === replaced(text, edit);
  if (isSame || !firstThatMends(text, [edit], mends(pair, lab, source, [way], [only.leaf.name]))) return [];
  return [{ title: `Write the derivative: \`${replacement}\``, edits: [{ span: edit.span, text: replacement }] }];
}

/**
 * Whether an edit writes a number that is also a size of the point: it mends these examples, and may be wrong for any
 * other number of them.
 */
function restsOnSizes({ span, replacement }: Repair, shots: readonly (Shot | undefined)[], source: string): boolean {
  const numbers = (text: string) => (text.match(/(?<![\w.])\d+(?![\w.])/g) ?? []).map(Number);
  const before = numbers(source.slice(span.from, span.to));
  const added = numbers(replacement).filter((n) => n > 1 && !before.includes(n));
  return shots.some((shot) =>
    shot?.leaves.some((leaf) => shapeOfRow(shot.pass.tape, leaf.row).some((n) => added.includes(n))),
  );
}

/** A pass where all that is wrong is that a tiny number in the forward pass was left out of the derivative. */
function apartFromEpsilon(
  pair: CallPair,
  subject: Subject,
  failing: readonly WayReading[],
  lab: Laboratory,
  source: PointSource,
): ShotCheck | undefined {
  const { document, parsed } = lab.analysis;
  const found = epsilonsIn(parsed.module, pair.forward);
  const near = failing.filter((r) => errorOf(r) < OF_AN_EPSILON);
  if (found.length === 0 || near.length === 0) return undefined;
  let { text } = document;
  for (const { span } of [...found].sort((a, b) => b.span.from - a.span.from)) {
    text = `${text.slice(0, span.from)}${'0.0'.padEnd(span.to - span.from)}${text.slice(span.to)}`;
  }
  const changed = lab.changed(text);
  if (!changed) return undefined;
  for (const reading of near) {
    const shots = shotsAt(
      (point, seed) => takeShot(changed.pair, changed.lab, source, reading.way, point, seed),
      POINTS,
    );
    const without = Array.isArray(shots) ? read(subject, shots, reading.by, reading.notes) : undefined;
    if (without?.verdict !== 'pass') continue;
    const places = found.map(({ span }) => `${document.text.slice(span.from, span.to)} in ${lab.line(span.from)}`);
    const pass = passed(subject, without);
    return { ...pass, notes: [...pass.notes, `apart from ${places.join(' and ')}, which the derivative leaves out`] };
  }
  return undefined;
}

/** A larger error is not that of a tiny number. */
const OF_AN_EPSILON = 1e-3;

function labelOf(reading: Reading, causes: ReadonlyMap<Reading['gradients'][number], CheckCause>): string {
  const wrong = reading.gradients.filter((g) => g.verdict === 'fail');
  return (wrong.find((g) => causes.has(g)) ?? wrong[0])?.label ?? '';
}

/** The first small correction of the text with which everything is right, at fresh points as well. */
function mended(
  pair: CallPair,
  lab: Laboratory,
  source: PointSource,
  ways: readonly Way[],
  wanted: readonly string[] = [],
  suspect?: Span,
): Repair | undefined {
  const { text } = lab.analysis.document;
  const { module } = lab.analysis.parsed;
  // What is wrong may stand in a method of a layer that the derivative of a network calls.
  const inner = suspect && calleeAround(module, suspect);
  const bodies = inner && inner.node !== pair.backward.node ? [inner, pair.backward] : [pair.backward];
  const proposed = bodies.flatMap((callee) => {
    const { body } = callee.node;
    return [...repairs(text, body, namesAtHand(pair.forward, callee), lab.line)];
  });
  return firstThatMends(
    text,
    [...forwardAxisRepairs(module, text, pair.forward, lab.line), ...suspectFirst(proposed, suspect, lab.line)],
    mends(pair, lab, source, ways, wanted),
  );
}

/** Tells of a changed text whether everything is right in it, in one of some readings, at fresh points as well. */
function mends(
  pair: CallPair,
  lab: Laboratory,
  source: PointSource,
  ways: readonly Way[],
  wanted: readonly string[],
): (text: string) => boolean {
  const subject = subjectOf(pair);
  const holds = (changed: { pair: CallPair; lab: Laboratory }, way: Way, point: number): boolean => {
    const shot = takeShot(changed.pair, changed.lab, source, way, point, point + 1);
    if (shot.kind !== 'shot') return false;
    const reading = read(subject, [shot], way.by, []);
    return reading?.verdict === 'pass' && wanted.every((name) => reading.gradients.some((g) => g.leaf.name === name));
  };
  return (text) => {
    const changed = lab.changed(text);
    return (
      changed !== undefined && ways.some((way) => repairPoints(FRESH_FROM).every((point) => holds(changed, way, point)))
    );
  };
}
