/**
 * Checks the gradients of a training loop: one turn of it is recorded with its parameters as leaves, and what moves each
 * of them is compared with the gradient of the loss. What is meant to be the gradient is what has its name, what the
 * parameter moves along, or the step over the rate.
 */
import { agrees, fittedTo } from '../../../autodiff/claimedGradient';
import { gradientOf } from '../../../autodiff/gradientEvidence';
import { shapeOfRow } from '../../../autodiff/linearization';
import { reevaluate } from '../../../autodiff/reevaluation';
import type { Ref } from '../../../autodiff/tape';
import { parseNamePath, printNamePath } from '../../../format/namePath';
import { isUnknown, type NamePath, type Unknown, unknown } from '../../../model';
import { fromValues, map, type NdArray, scalar, zip } from '../../../tensor';
import type { RecordedTurn } from '../../frontEnd';
import type { PythonAnalysis } from '../analysis';
import { LOSS_NAME } from '../find/lossNames';
import { BudgetStop, Enough, PyRaise, UnknownStop } from '../errors';
import { UnknownIteration } from '../iteration';
import { type Plan, planCall, redraw, type Session } from '../points';
import { boundFrame } from '../points';
import { run } from '../calls';
import { runModule } from '../run';
import { TurnDone, TurnWindow } from '../training/turn';
import { factorsOf, pathText } from '../training/loops';
import { type PyValue } from '../values/object';
import { checkBesideLoss, FRESH_FROM, subjectBesideLoss } from './besideLoss';
import { calleeAround } from './callee';
import { type Claim, lastName, leafFor, leafNamed } from './claims';
import { intermediates } from './localise';
import { isGradientName, type LoopPair } from './loops';
import { firstThatMends, repairPoints, suspectFirst, WEAK_CAUSES } from './mend';
import { isLearningRate } from './names';
import { targetOf } from './points';
import { randomFor } from './randomFor';
import { assignedIn, causeOf, fixOf, repairs } from './repair';
import type { CheckedLeaf, Shot, ShotOutcome } from './shot';
import { errorOf, notMeant, read, type Reading, type ShotCheck, type Subject, unknownCheck } from './verdicts';

/** A relative error below which two things are meant to be the same. */
const NEAR = 0.3;

export interface LoopLaboratory {
  readonly analysis: PythonAnalysis;
  /** A run that has not begun. */
  open(): Session;
  /** The same loop in a changed text. */
  changed(text: string): { readonly pair: LoopPair; readonly lab: LoopLaboratory } | undefined;
}

/** @throws NeedsStop, BudgetStop */
export function checkLoop(pair: LoopPair, lab: LoopLaboratory): ShotCheck {
  const subject = subjectBesideLoss(pair);
  const ways = waysInto(pair, lab);
  if (isUnknown(ways)) return unknownCheck(ways.reason, ways.code, ways.span);
  let misfit: ShotCheck | undefined;
  for (const way of ways) {
    const check = checkTurn(pair, lab, subject, way);
    // In shapes that we chose, a gradient of another shape may only say that they were meant otherwise.
    const isMisfit = check.gradients.some((g) => g.verdict === 'fail' && g.shape) || leavesOut(pair, check);
    if (way.kind === 'program' || !isMisfit) return check;
    misfit ??= check;
  }
  const text = `the shapes of the arguments are not known, and \`${pair.name}\` does not fit those that were tried`;
  return misfit ? { ...unknownCheck(text, 'no-point'), point: misfit.point } : unknownCheck(text, 'no-point');
}

/** Whether a parameter that the loop takes steps with is not judged: its steps may change its shape. */
function leavesOut(pair: LoopPair, check: ShotCheck): boolean {
  const judged = new Set(check.gradients.map((g) => parseNamePath(g.name)?.[0]));
  return check.gradients.length > 0 && pair.training.updates.some((u) => u.sign === '-' && !judged.has(u.root));
}

function checkTurn(pair: LoopPair, lab: LoopLaboratory, subject: Subject, way: Way): ShotCheck {
  const { analysis } = lab;
  return checkBesideLoss(
    subject,
    (k) => shootTurn(pair, lab, way, k),
    (offset) => analysis.line(offset),
    ({ reading, causes, place }) => {
      const repair = mended(pair, lab, reading, way, place.span);
      const isMeant =
        reading.gradients.some((g) => g.verdict === 'pass') ||
        causes.size > 0 ||
        repair !== undefined ||
        errorOf(reading) < NEAR ||
        intermediates(reading.shots[0] as Shot).some((i) => i.isRight);
      if (!isMeant && !pair.isNamedLoss) return notMeant(subject, reading);
      const named = [...causes.values()][0];
      const isWeak = named === undefined || WEAK_CAUSES.has(named.code);
      const cause = repair && isWeak ? causeOf(repair) : named;
      return {
        ...(cause ? { cause } : {}),
        span: repair?.span ?? place.span ?? pair.nameSpan,
        fixes: repair ? [fixOf(repair, analysis.document.text)] : [],
      };
    },
    afterSteps,
  );
}

/** How a run gets to the loop: by itself, or by a call of the function that it stands in. */
type Way = { readonly kind: 'program' } | { readonly kind: 'call'; readonly plan: Plan };

function waysInto(pair: LoopPair, lab: LoopLaboratory): readonly Way[] | Unknown {
  const session = lab.open();
  session.rt.loopWatch = {
    loop: pair.training.loop,
    before: () => undefined,
    after() {
      throw new Enough();
    },
  };
  try {
    runModule(session.rt, session.analysis.code, session.scope, session.analysis.document);
  } catch (error) {
    if (error instanceof Enough) return [{ kind: 'program' }];
    if (!(error instanceof BudgetStop)) throw error;
  }
  const callee = calleeAround(session.analysis.parsed.module, pair.span);
  const failure = session.scope.failure?.unknown;
  if (!callee) return failure ?? unknown('not-run', 'the program does not get to this loop', pair.span);
  const target = targetOf(session, callee);
  const plans = target && planCall(session, target, { plans: PLANS });
  if (!plans || isUnknown(plans)) {
    return plans ?? unknown('not-defined', `\`${callee.name}\` is not defined`, pair.span);
  }
  return plans.map((plan) => ({ kind: 'call', plan }));
}

/** Kinds of arguments that are tried. */
const PLANS = 12;

/** Records a turn with the parameters as leaves: the first one, from the second point on with other numbers in them. */
function shootTurn(pair: LoopPair, { open }: LoopLaboratory, way: Way, k: number): ShotOutcome {
  for (let turn = 0; turn < TURNS; turn++) {
    const session = open();
    const recorded = turnOf(pair, session, way, k, turn);
    if (recorded === undefined) break;
    if (!('recorded' in recorded)) return recorded;
    if (recorded.hasLoss && recorded.updated.length > 0) return shotOf(pair, session, recorded);
  }
  return unknown('no-loss', `\`${pair.loss}\` is no number that depends on what the loop updates`, pair.nameSpan);
}

/** Turns that are looked at for an update: not every turn has to make one. */
const TURNS = 3;

function turnOf(
  pair: LoopPair,
  session: Session,
  way: Way,
  k: number,
  turn: number,
): RecordedTurn | Exclude<ShotOutcome, Shot> | undefined {
  const { rt, scope, analysis } = session;
  const updated = new Set(pair.training.updates.map((u) => u.root));
  rt.loopWatch = new TurnWindow(pair.training, {
    dialect: session.dialect,
    turn,
    losses: [pair.loss],
    of: undefined,
    siteOf: () => -1,
    ...(k === 0
      ? {}
      : {
          redrawn: (name: string, value: PyValue) =>
            updated.has(name) ? redraw(value, k % 2 === 1 ? 'unit' : 'mixed', randomFor(name, k)) : value,
        }),
  });
  try {
    if (way.kind === 'program') runModule(rt, analysis.code, scope, analysis.document);
    else {
      defineAll(session);
      const draws = way.plan.draws(8);
      const fn = way.plan.functionOf(session);
      const values = way.plan.values(session, draws[k % draws.length] as (typeof draws)[number]);
      if (fn) run(rt, fn, boundFrame(rt, fn, values), -1);
    }
  } catch (error) {
    if (error instanceof TurnDone) return error.turn;
    if (error instanceof PyRaise) return scope.failure?.unknown;
    if (error instanceof UnknownStop || error instanceof UnknownIteration) return error.value.unknown;
    throw error;
  }
  return scope.failure?.unknown;
}

/** The module without the rest of its program's time. */
function defineAll({ rt, scope, analysis }: Session): void {
  const watch = rt.loopWatch;
  rt.loopWatch = undefined;
  try {
    runModule(rt, analysis.code, scope, analysis.document);
  } finally {
    rt.loopWatch = watch;
  }
}

function shotOf(pair: LoopPair, session: Session, { recorded, updated }: RecordedTurn): Shot {
  const { trace } = recorded;
  const { tape } = trace;
  const seeds = new Map([[trace.output, 1]]);
  const leaves = updated.map(({ name, row }): CheckedLeaf => ({ path: name, name: printNamePath(name), row }));
  const { text } = session.analysis.document;
  return {
    kind: 'shot',
    trace,
    decisions: trace.guards.length,
    pass: {
      tape,
      seeds,
      describe(row) {
        const [span] = trace.spans(tape.site(row));
        return span
          ? `\`${text.slice(span.from, span.to).replace(/\s+/g, ' ').slice(0, 60)}\` in ${session.analysis.line(span.from)}`
          : `step ${row}`;
      },
    },
    leaves,
    outputs: [{ row: trace.output, weight: 1 }],
    hasUpstream: false,
    claims: toldApart(updated.flatMap((u, i) => claimFor(pair, trace, leaves, leaves[i] as CheckedLeaf, u.after))),
    backwardFrom: 0,
    point: new Map(),
    moved: new Map(updated.map(({ name, row, after }) => [printNamePath(name), arrayLike(tape, row, after)])),
  };
}

/** Numbers in the shape of a row. */
function arrayLike(tape: Shot['pass']['tape'], row: Ref, values: readonly number[]): NdArray {
  const shape = shapeOfRow(tape, row);
  return shape.length === 0 ? scalar(values[0] as number) : fromValues('float64', shape, Float64Array.from(values));
}

/** What is claimed to be the gradient by a leaf: of several that may be meant the first that is right, else the first. */
function claimFor(
  pair: LoopPair,
  trace: Shot['trace'],
  leaves: readonly CheckedLeaf[],
  leaf: CheckedLeaf,
  after: readonly number[],
): Claim[] {
  const { tape } = trace;
  const step = zip((a, b) => a - b, tape.ndarray(leaf.row), arrayLike(tape, leaf.row, after), 'float64');
  const named: Claim[] = [];
  const moved: Claim[] = [];
  for (const { name, row } of [...trace.bindings].reverse()) {
    const own = lastName(name);
    // `grads['W1']` is called after its parameter as it stands.
    const isPart = name.length > 1 && isGradientName(String(name[0]));
    if (row === leaf.row || !(isGradientName(own) || isPart)) continue;
    const value = tape.ndarray(row);
    const claim: Claim = { label: labelOf(name, leaf), value, leaf };
    if (leafFor(own, leaves) === leaf || (isPart && leafNamed(own, leaves) === leaf)) named.push(claim);
    else if (value.size > 1 && isMultiple(value, step)) moved.push(claim);
  }
  const rate = rateOf(pair, trace, leaf);
  const text = `step of ${leaf.name}`;
  const stepped: Claim[] =
    rate === undefined
      ? []
      : [{ label: named[0]?.label ?? moved[0]?.label ?? text, value: map((x) => x / rate, step), leaf }];
  const isRightFor =
    (loss: Ref) =>
    ({ value }: Claim): boolean => {
      const expected = gradientOf(tape, new Map([[loss, 1]]), leaf.row);
      const fitted = fittedTo(value, expected);
      return fitted !== undefined && agrees(fitted, expected);
    };
  const isRight = isRightFor(trace.output);
  // The name that was given last is what is subtracted; what it was made from may have the same name.
  const possible = [...named.slice(0, 1), ...moved.slice(0, 1), ...stepped];
  const right = possible.find(isRight);
  if (right) return [right];
  // Of several losses in one turn each parameter has its own: the two players of a game.
  if (otherLosses(trace).some((loss) => possible.some(isRightFor(loss)))) return [];
  return possible.slice(0, 1);
}

/** A gradient that a method leaves beside its parameter is called as the loop calls the object. */
function labelOf(name: NamePath, leaf: CheckedLeaf): string {
  const isField = name[0] === 'self' && name.length === 2 && leaf.path.length > 1;
  return printNamePath(isField ? [...leaf.path.slice(0, -1), ...name.slice(1)] : name);
}

/** Claims are told apart by what they are called. */
function toldApart(claims: readonly Claim[]): Claim[] {
  const count = new Map<string, number>();
  for (const { label } of claims) count.set(label, (count.get(label) ?? 0) + 1);
  return claims.map((c) => ((count.get(c.label) ?? 0) > 1 ? { ...c, label: `${c.label} for ${c.leaf?.name}` } : c));
}

/** Rows of numbers that have the name of a loss, beside the one that is the output. */
function otherLosses({ tape, bindings, output }: Shot['trace']): readonly Ref[] {
  const found = bindings.filter(
    ({ row, name }) => row !== output && !tape.isArray(row) && name.length === 1 && LOSS_NAME.test(lastName(name)),
  );
  return [...new Set(found.map((b) => b.row))];
}

/** Whether one array is a positive multiple of another. */
function isMultiple(value: NdArray, step: NdArray): boolean {
  const fitted = fittedTo(value, step);
  if (!fitted) return false;
  const [a, b] = [fitted.elements(), step.elements()];
  let [ab, bb] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    ab += (a[i] as number) * (b[i] as number);
    bb += (b[i] as number) ** 2;
  }
  const factor = ab / bb;
  return (
    factor > 0 &&
    agrees(
      fitted,
      map((x) => factor * x, step),
    )
  );
}

/** The rate that stands before what is subtracted from a parameter, if the text says it. */
function rateOf(pair: LoopPair, trace: Shot['trace'], leaf: CheckedLeaf): number | undefined {
  const update = pair.training.updates.find(
    (u) => u.sign === '-' && pathText(u.target) === leaf.path.map(String).join('.'),
  );
  const rate = update && factorsOf(update.value).find((e) => isLearningRate(pathText(e)?.split('.').at(-1) ?? ''));
  const text = rate && pathText(rate);
  const input = trace.inputs.find(({ name }) => name.map(String).join('.') === text);
  const value = input && !trace.tape.isArray(input.row) ? (trace.tape.value[input.row] as number) : undefined;
  return value === 0 ? undefined : value;
}

/**
 * The reading with every wrong gradient taken where the others have moved already: `w2 -= …` before `dw1 = … w2 …`. Right,
 * if it is right there; a word on it is due.
 */
function afterSteps(reading: Reading): Reading | undefined {
  const notes: string[] = [];
  const gradients = reading.gradients.map((g): Reading['gradients'][number] => {
    if (g.verdict !== 'fail') return g;
    const isLate = reading.shots.every((shot) => {
      const claim = shot.claims.find((c) => c.label === g.label);
      const own = shot.leaves.find((l) => l.name === g.leaf.name);
      return claim && own && isRightAfter(shot, own, claim.value);
    });
    if (!isLate) return g;
    notes.push(`\`${g.label}\` is taken where other parameters have moved already`);
    return { ...g, verdict: 'pass' };
  });
  if (gradients.some((g) => g.verdict !== 'pass')) return undefined;
  return { ...reading, gradients, verdict: 'pass', notes: [...reading.notes, ...notes] };
}

function isRightAfter(shot: Shot, leaf: CheckedLeaf, claimed: NdArray): boolean {
  const { tape, seeds } = shot.pass;
  const others = shot.leaves.filter((l) => l !== leaf && shot.moved?.has(l.name));
  const values = new Map<Ref, NdArray>(others.map((l) => [l.row, shot.moved?.get(l.name) as NdArray]));
  if (values.size === 0) return false;
  const inputs = new Map([...values].map(([row, value]) => [row, value.ndim === 0 ? value.item() : value]));
  const expected = gradientOf(reevaluate(tape, inputs), seeds, leaf.row);
  const fitted = fittedTo(claimed, expected);
  return fitted !== undefined && agrees(fitted, expected);
}

function mended(
  pair: LoopPair,
  lab: LoopLaboratory,
  reading: Reading,
  way: Way,
  suspect: { readonly from: number; readonly to: number } | undefined,
) {
  const { text } = lab.analysis.document;
  const { module } = lab.analysis.parsed;
  const line = (offset: number) => lab.analysis.line(offset);
  const wanted = reading.gradients.map((g) => g.leaf.name);
  const subject: Subject = { name: pair.name, of: pair.loss, leafOf: () => undefined };
  // What is wrong may stand in a function that the loop calls.
  const inner = suspect && calleeAround(module, suspect);
  const isInLoop = !suspect || (pair.span.from <= suspect.from && suspect.to <= pair.span.to);
  const bodies = [...(isInLoop || !inner ? [] : [inner.node.body]), pair.body];
  const proposed = bodies.flatMap((body) => [...repairs(text, body, assignedIn(body), line)]);
  return firstThatMends(text, suspectFirst(proposed, suspect, line), (changedText) => {
    const changed = lab.changed(changedText);
    if (!changed) return false;
    return repairPoints(FRESH_FROM).every((k) => {
      const shot = shootTurn(changed.pair, changed.lab, way, k);
      const again = shot.kind === 'shot' ? read(subject, [shot], undefined, []) : undefined;
      return again?.verdict === 'pass' && wanted.every((name) => again.gradients.some((g) => g.leaf.name === name));
    });
  });
}
