/** A training loop over its turns: which parameters it updates, and how they and the loss go. */
import { parseNamePath } from '../../../format/namePath';
import { type NamePath, type Site, type Unknown, unknown } from '../../../model';
import type { Budget, RecordedTurn, RecordRequest, Track, TrainingOutcome, Workspace } from '../../frontEnd';
import type { PythonAnalysis } from '../analysis';
import { BudgetStop, NeedsStop, PyRaise, UnknownStop } from '../errors';
import { LOSS_NAME } from '../find/lossNames';
import { assignedNames } from '../find/traceables';
import type { Frame } from '../frame';
import { UnknownIteration } from '../iteration';
import { dialectOf } from '../record/session';
import { applyPin, Pins, pinsFrom } from '../record/pins';
import { isLeafAssignment } from '../record/script';
import { newRun } from '../record/session';
import { runModule } from '../run';
import type { LoopName, LoopNames, LoopWatch } from '../runtime';
import { notReset } from './accumulation';
import type { Stmt } from '../ast';
import { factorsOfTerms, innerLoops, type Loop, pathText, type TrainingLoop, trainingLoops } from './loops';
import { statesOf, TurnDone, TurnWindow } from './turn';
import { elementsOf, latestNumber, valueBelow } from './values';

/** Loops that are tried, the likeliest first. */
const MOST_LOOPS = 6;
/** Turns that are looked at for an update. */
const EARLY_TURNS = [0, 1, 2, 3, 4, 9, 19];
/** Arrays of more elements are followed by their norm alone. */
const FEW_ELEMENTS = 12;
const ACCURACY_NAME = /(^|_)acc(uracy)?(_|\d|$)/i;
const MISTAKES_NAME = /^(?:mistakes?|misclassified|wrong|updates?)(?:_\w*)?$/;
const RATE_NAME = /^_?(?:lr|learning_?rate|eta|alpha|rate|step_?size|step|η|α)(?:_?\d+)?$/i;

interface Run {
  readonly analysis: PythonAnalysis;
  readonly request: RecordRequest;
  readonly budget: Budget;
  readonly workspace: Workspace;
  readonly pins: Pins;
}

/** The first loop of the document whose turns update something that its loss depends on. */
export function training(
  analysis: PythonAnalysis,
  request: RecordRequest,
  budget: Budget,
  workspace: Workspace,
): TrainingOutcome {
  const pins = new Pins(pinsFrom(request.set ?? {}, { kind: 'pinned', why: 'pinned by you' }));
  const run: Run = { analysis, request, budget, workspace, pins };
  let absence: Unknown | undefined;
  try {
    for (const found of candidates(analysis)) {
      const first = firstUpdate(run, found);
      if (first && 'recorded' in first) return summary(run, found, first);
      absence ??= first;
    }
  } catch (error) {
    if (error instanceof NeedsStop) return { kind: 'needs', uris: error.uris };
    throw error;
  }
  return absence ?? { kind: 'none' };
}

/** A turn of the document's training loop as a trace; undefined where there is no such loop or turn. */
export function trainingTurn(
  analysis: PythonAnalysis,
  request: RecordRequest,
  budget: Budget,
  workspace: Workspace,
  turn: number,
): RecordedTurn | Unknown | undefined {
  const pins = new Pins(pinsFrom(request.set ?? {}, { kind: 'pinned', why: 'pinned by you' }));
  const run: Run = { analysis, request, budget, workspace, pins };
  for (const found of candidates(analysis)) {
    const first = firstUpdate(run, found);
    if (!first || !('recorded' in first)) continue;
    const recorded = recordTurn(run, found, turn);
    return recorded === IDLE ? undefined : recorded;
  }
  return undefined;
}

function candidates({ parsed }: PythonAnalysis): TrainingLoop[] {
  return trainingLoops(parsed.module)
    .flatMap((found) => [found, ...innerLoops(found)])
    .slice(0, MOST_LOOPS);
}

/** A turn that was reached, and moves nothing. */
const IDLE = 'idle';

/** The first of some turns that updates something: not every turn has to. */
function firstUpdate(run: Run, found: TrainingLoop): RecordedTurn | Unknown | undefined {
  let absence: Unknown | undefined;
  for (const turn of EARLY_TURNS) {
    const recorded = recordTurn(run, found, turn);
    if (!recorded) break;
    if (recorded === IDLE) continue;
    if ('recorded' in recorded) {
      if (recorded.updated.length > 0) return recorded;
    } else absence ??= recorded;
  }
  return absence;
}

/** Undefined where the loop has no such turn. */
function recordTurn(run: Run, found: TrainingLoop, turn: number): RecordedTurn | Unknown | typeof IDLE | undefined {
  const { analysis, request } = run;
  const of = request.of === undefined ? undefined : parseNamePath(request.of);
  const window = new TurnWindow(found, {
    dialect: dialectOf(analysis),
    turn,
    losses: lossNames(found.loop),
    of,
    siteOf: (name) => siteOfName(analysis, name),
  });
  try {
    execute(run, window);
  } catch (error) {
    if (error instanceof TurnDone) return error.turn ?? IDLE;
    if (error instanceof BudgetStop)
      return unknown(
        'budget',
        'the evaluation stopped before that turn was reached',
        headOf(found.loop, analysis).span,
      );
    if (error instanceof PyRaise || error instanceof UnknownStop || error instanceof UnknownIteration) return undefined;
    throw error;
  }
  return undefined;
}

/** Runs the document with a watched loop and with what the reader has pinned. */
function execute({ analysis, budget, workspace, pins }: Run, watch: LoopWatch): void {
  const { rt, scope } = newRun(analysis, budget, workspace);
  rt.loopWatch = watch;
  runModule(rt, analysis.code, scope, analysis.document, {
    after: ({ node }) => {
      for (const name of assignedNames(node)) {
        if (pins.of(name).length === 0 || !isLeafAssignment(node, name)) continue;
        const pinned = applyPin(pins, name, scope.get(name));
        if (pinned.changed) scope.set(name, pinned.value);
      }
    },
  });
}

/** The run ends: the training that is looked at is over. */
class SecondTraining {}

class Summary implements LoopWatch {
  readonly loop: object;
  turns = 0;
  readonly tracks: {
    name: NamePath;
    shape: readonly number[];
    values: number[];
    ratios: number[];
    elements: number[][];
  }[];
  readonly losses: number[] = [];
  readonly accuracies: number[] = [];
  readonly rates = new Map<string, number>();
  private roots: ReadonlyMap<string, LoopName> | undefined;
  private before_: (Float64Array | undefined)[] = [];

  constructor(
    found: TrainingLoop,
    parameters: readonly NamePath[],
    private readonly loss: string | undefined,
    private readonly accuracy: string | undefined,
    private readonly rateNames: readonly string[],
  ) {
    this.loop = found.loop;
    this.tracks = parameters.map((name) => ({ name, shape: [], values: [], ratios: [], elements: [] }));
  }

  /** Begun anew with other parameters it is another training, such as that of a second optimizer. */
  begin(frame: Frame): void {
    if (this.turns === 0) return;
    const goesOn = this.tracks.every(({ name: [root, ...rest] }, i) => {
      const now = elementsOf(valueBelow(this.roots?.get(String(root))?.get(frame), rest))?.elements;
      const left = this.before_[i];
      return now?.length === left?.length && (now?.every((x, k) => x === left?.[k]) ?? true);
    });
    if (!goesOn) throw new SecondTraining();
  }

  before(frame: Frame, names: LoopNames): void {
    this.roots ??= statesOf(frame, names);
    if (this.turns > 0) return;
    this.before_ = this.tracks.map((track, i) => this.look(frame, i, track));
    for (const name of this.rateNames) {
      const [root = '', ...rest] = name.split('.');
      const value = valueBelow(this.roots.get(root)?.get(frame), rest);
      const x = typeof value === 'boolean' ? undefined : latestNumber(value);
      if (x !== undefined) this.rates.set(name, x);
    }
  }

  after(frame: Frame): void {
    this.turns++;
    this.tracks.forEach((track, i) => {
      const before = this.before_[i];
      const after = this.look(frame, i, track);
      this.before_[i] = after;
      track.ratios.push(before && after && before.length === after.length ? relativeChange(before, after) : NaN);
    });
    if (this.loss !== undefined) this.losses.push(latestNumber(this.roots?.get(this.loss)?.get(frame)) ?? NaN);
    if (this.accuracy !== undefined)
      this.accuracies.push(latestNumber(this.roots?.get(this.accuracy)?.get(frame)) ?? NaN);
  }

  private look(frame: Frame, _i: number, track: Summary['tracks'][number]): Float64Array | undefined {
    const [root, ...rest] = track.name;
    const found = elementsOf(valueBelow(this.roots?.get(String(root))?.get(frame), rest));
    if (!found) {
      track.values.push(NaN);
      return undefined;
    }
    track.shape = found.shape;
    const { elements } = found;
    track.values.push(found.shape.length === 0 ? (elements[0] as number) : Math.hypot(...firstOf(elements)));
    if (found.shape.length > 0 && elements.length <= FEW_ELEMENTS) track.elements.push([...elements]);
    if (elements.length > 50_000) track.values[track.values.length - 1] = longNorm(elements);
    return elements;
  }
}

const firstOf = (elements: Float64Array) => (elements.length > 50_000 ? [] : elements);

function longNorm(elements: Float64Array): number {
  let sum = 0;
  for (const x of elements) sum += x * x;
  return Math.sqrt(sum);
}

function relativeChange(before: Float64Array, after: Float64Array): number {
  let [change, size] = [0, 0];
  before.forEach((x, i) => {
    change += ((after[i] as number) - x) ** 2;
    size += x * x;
  });
  return Math.sqrt(change / size);
}

function summary(run: Run, found: TrainingLoop, first: RecordedTurn): TrainingOutcome {
  const { analysis } = run;
  const loss = first.hasLoss ? String(first.recorded.trace.outputName[0]) : mistakesName(found.loop);
  const accuracy = assignedNamesIn(found.loop)
    .filter((name) => ACCURACY_NAME.test(name))
    .pop();
  const names = rateNames(found);
  const watch = new Summary(
    found,
    first.updated.map((u) => u.name),
    loss,
    accuracy,
    names,
  );
  let stopped: keyof Budget | undefined;
  try {
    execute(run, watch);
  } catch (error) {
    if (error instanceof BudgetStop) stopped = error.budget;
    else if (!(
      error instanceof SecondTraining ||
      error instanceof PyRaise ||
      error instanceof UnknownStop ||
      error instanceof UnknownIteration
    ))
      throw error;
  }
  const { span, text } = headOf(found.loop, analysis);
  const rate = names.find((name) => watch.rates.has(name));
  const settable =
    rate !== undefined &&
    analysis.parsed.module.body.some((s) => assignedNames(s).includes(rate) && isLeafAssignment(s, rate));
  const script = found.inside === undefined ? analysis.everything.find((t) => !('node' in t)) : undefined;
  const known = (values: readonly number[]) => values.some((x) => !Number.isNaN(x));
  return {
    kind: 'training',
    span,
    name: text,
    turns: watch.turns,
    complete: stopped === undefined,
    ...(stopped ? { stopped } : {}),
    parameters: watch.tracks.map(({ elements, ...track }): Track =>
      elements.length === track.values.length ? { ...track, elements } : track,
    ),
    ...(loss !== undefined && known(watch.losses) ? { loss: { name: [loss], values: watch.losses } } : {}),
    ...(accuracy !== undefined && known(watch.accuracies)
      ? { accuracy: { name: [accuracy], values: watch.accuracies } }
      : {}),
    ...(rate === undefined
      ? {}
      : { rate: { name: parseNamePath(rate) ?? [rate], value: watch.rates.get(rate) as number, settable } }),
    first,
    ...(script ? { traceable: script.id } : {}),
    notReset: notReset(found),
  };
}

/** Names that the body gives values, in order. */
function assignedNamesIn(loop: Loop): string[] {
  return [...loop.body.flatMap(assignedNames), ...histories(loop)];
}

/** Lists that the body appends to, in every turn or in some. */
function histories(loop: Loop): string[] {
  const inner = (s: Stmt): readonly Stmt[] => (s.kind === 'If' ? [...s.body, ...s.orelse].flatMap(inner) : [s]);
  return loop.body.flatMap(inner).flatMap((s) => {
    const call = s.kind === 'Expr' && s.value.kind === 'Call' ? s.value : undefined;
    const func = call?.func;
    return func?.kind === 'Attribute' && func.attr === 'append' && func.value.kind === 'Name' ? [func.value.id] : [];
  });
}

function lossNames(loop: Loop): string[] {
  const named = (names: readonly string[]) => names.filter((name) => LOSS_NAME.test(name)).reverse();
  return [...new Set([...named(loop.body.flatMap(assignedNames)), ...named(histories(loop))])];
}

function mistakesName(loop: Loop): string | undefined {
  return assignedNamesIn(loop).find((name) => LOSS_NAME.test(name) || MISTAKES_NAME.test(name));
}

/** Names of numbers that scale the updates: factors of what is subtracted, then the customary ones. */
function rateNames(found: TrainingLoop): string[] {
  const changed = new Set([...assignedNamesIn(found.loop), ...found.updates.map((u) => pathText(u.target) ?? u.root)]);
  const isChanged = (name: string) =>
    name.split('.').some((_, i, parts) => changed.has(parts.slice(0, i + 1).join('.')));
  const factors = found.updates
    .filter((u) => u.sign !== undefined || u.value.kind === 'BinOp')
    .flatMap((u) => factorsOfTerms(u.value))
    .map(pathText)
    .filter((name) => name !== undefined && name !== 'self' && !isChanged(name)) as string[];
  const usual = factors.filter((name) => RATE_NAME.test(name.split('.').at(-1) as string));
  // Where none has a customary name, the only one must be it; of several each may be something else.
  const others = new Set(factors);
  return [...new Set([...usual, ...(others.size === 1 ? others : [])])];
}

function siteOfName(analysis: PythonAnalysis, name: string): Site {
  for (const s of analysis.parsed.module.body) {
    if (s.kind !== 'Assign') continue;
    const target = s.targets.find((t) => t.kind === 'Name' && t.id === name);
    if (target) return analysis.code.siteOf(target);
  }
  return -1;
}

/** The first line of a loop. */
function headOf(loop: Loop, { document }: PythonAnalysis) {
  const end = document.text.indexOf('\n', loop.from);
  const to = end < 0 ? loop.to : Math.min(end, loop.to);
  return { span: { from: loop.from, to }, text: document.text.slice(loop.from, to).replace(/:\s*(#.*)?$/, '') };
}
