/** Records one turn of a loop: the state that it begins with becomes leaves, its body is evaluated with the recorder on. */
import { Recorder } from '../../../autodiff/recorder';
import type { Ref } from '../../../autodiff/tape';
import { type Dialect, isUnknown, type NamePath, type Origin, type Site } from '../../../model';
import type { Recorded, RecordedTurn } from '../../frontEnd';
import type { Frame } from '../frame';
import { PyArray } from '../numpy/array';
import { makeLeaves } from '../record/leaves';
import { chooseOutput, type Output } from '../record/output';
import type { LoopName, LoopNames, LoopWatch, Runtime } from '../runtime';
import { PyClass, PyFunction, PyInstance, PyModule, PyObject, type PyValue, Traced } from '../values/object';
import type { TrainingLoop } from './loops';
import { elementsOf, latest, valueBelow } from './values';

/** The turn was recorded, or can not be: the run ends. */
export class TurnDone {
  constructor(readonly turn: RecordedTurn | undefined) {}
}

export interface TurnOptions {
  readonly dialect: Dialect;
  /** Which turn, from 0. */
  readonly turn: number;
  /** Names that the loss may go by, the likeliest first. */
  readonly losses: readonly string[];
  /** The output that the reader has chosen. */
  readonly of: NamePath | undefined;
  /** Where the text gives a name its first value. */
  siteOf(name: string): Site;
  /** Another value for the turn to begin with, in place of the program's. */
  redrawn?(name: string, value: PyValue): PyValue;
}

export class TurnWindow implements LoopWatch {
  readonly loop: object;
  private seen = 0;
  private roots: ReadonlyMap<string, LoopName> | undefined;

  constructor(
    private readonly training: TrainingLoop,
    private readonly options: TurnOptions,
  ) {
    this.loop = training.loop;
  }

  before(frame: Frame, names: LoopNames): void {
    const { rt } = frame;
    if (rt.recorder || this.seen++ !== this.options.turn) return;
    const { dialect } = this.options;
    const recorder = new Recorder({ dialect, spans: rt.options.spans });
    rt.recorder = recorder;
    recorder.enter('turn', 'turn', -1);
    this.roots = statesOf(frame, names);
    const updated = new Set(this.training.updates.map((u) => u.root));
    for (const [name, root] of plainFirst(frame, this.roots)) {
      const value = root.get(frame);
      if (value === undefined || !isState(value)) continue;
      // Whole numbers by themselves are counters and sizes, unless the loop moves them.
      const isWhole = typeof value === 'number' || typeof value === 'bigint';
      if (isWhole && !updated.has(name)) continue;
      const origin: Origin = rt.drewWithoutSeed
        ? { kind: 'assumed', why: 'the program draws random numbers without a seed' }
        : { kind: 'document', why: `as it is when turn ${this.options.turn} begins` };
      root.set(
        frame,
        makeLeaves(
          recorder,
          [name],
          this.options.redrawn?.(name, value) ?? value,
          origin,
          this.options.siteOf(name),
          value instanceof PyInstance,
        ),
      );
    }
  }

  after(frame: Frame): void {
    const { rt } = frame;
    const { recorder } = rt;
    if (!recorder || !this.roots) return;
    recorder.leave();
    throw new TurnDone(this.finish(rt, frame, recorder));
  }

  private finish(rt: Runtime, frame: Frame, recorder: Recorder): RecordedTurn | undefined {
    const { of, losses } = this.options;
    const roots = this.roots as ReadonlyMap<string, LoopName>;
    const valueOf = (path: NamePath) => valueBelow(roots.get(String(path[0]))?.get(frame) ?? undefined, path.slice(1));
    const asked = of && this.outputAt(rt, frame, of, valueOf(of));
    let output = asked;
    for (const name of losses) output ??= this.outputAt(rt, frame, [name], latest(roots.get(name)?.get(frame)));
    const hasLoss = output !== undefined;
    const inputs = recorder.finish(0, ['turn']).inputs;
    const changed = inputs.flatMap(({ row, name }) => {
      const value = valueOf(name);
      const after = elementsOf(value);
      const before = recorder.tape.ndarray(row).elements();
      if (!after || after.elements.length !== before.length) return [];
      return after.elements.every((x, i) => x === before[i]) ? [] : [{ name, row, after, value: value as PyValue }];
    });
    if (!output) {
      // Without a loss: something that is updated from what it was.
      const own = changed.find(({ value, row }) => reaches(recorder, row, rowOf(rt, value)));
      const row = own && rowOf(rt, own.value);
      if (!own || row === undefined) return undefined;
      output = { row, name: own.name };
    }
    const needed = ancestors(recorder, output.row);
    const updated = changed.filter(({ row, value }) =>
      hasLoss ? needed.has(row) : reaches(recorder, row, rowOf(rt, value)),
    );
    const trace = recorder.finish(output.row, output.name);
    const recorded: Recorded = {
      kind: 'recorded',
      trace,
      complete: true,
      choice: {
        rule: asked ? 'pinned' : 'script',
        text: `turn ${this.options.turn} of the loop, counted from 0`,
      },
    };
    return {
      recorded,
      hasLoss,
      updated: updated.map(({ name, row, after }) => ({ name, row, after: [...after.elements] })),
    };
  }

  private outputAt(rt: Runtime, _frame: Frame, name: NamePath, value: PyValue | undefined): Output | undefined {
    if (value === undefined || value === null || typeof value === 'boolean') return undefined;
    if (!(value instanceof Traced) && !(value instanceof PyArray && value.isTraced(rt))) return undefined;
    if (value instanceof PyArray && value.nd.size !== 1) return undefined;
    const output = chooseOutput(rt, value, name, name.join('.'));
    return isUnknown(output) ? undefined : output;
  }
}

/** Variables that the loop mentions, and those of the module that functions may reach. */
export function statesOf(frame: Frame, names: LoopNames): ReadonlyMap<string, LoopName> {
  const roots = new Map(names.local);
  for (const [name] of frame.module.entries()) {
    if (!roots.has(name))
      roots.set(name, { get: (f) => f.module.get(name), set: (f, value) => f.module.set(name, value) });
  }
  return roots;
}

/**
 * Numbers and arrays under their own names come before objects that hold them too, and before views: what is shared goes by
 * its plain name, and a view of an input is no input of its own.
 */
function plainFirst(frame: Frame, roots: ReadonlyMap<string, LoopName>): [string, LoopName][] {
  const isPlain = ([, root]: readonly [string, LoopName]) => {
    const value = root.get(frame);
    return !(value instanceof PyObject) || (value instanceof PyArray && value.path.length === 0);
  };
  const all = [...roots];
  return [...all.filter(isPlain), ...all.filter((r) => !isPlain(r))];
}

function isState(value: PyValue): boolean {
  if (value instanceof PyClass || value instanceof PyFunction || value instanceof PyModule) return false;
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof PyObject;
}

function rowOf(rt: Runtime, value: PyValue): Ref | undefined {
  return rt.tracedRow(value);
}

function ancestors({ tape }: Recorder, row: Ref): Set<Ref> {
  const found = new Set([row]);
  for (let r = row; r >= 0; r--) if (found.has(r)) for (const p of tape.operands(r)) found.add(p);
  return found;
}

function reaches(recorder: Recorder, from: Ref, to: Ref | undefined): boolean {
  return to !== undefined && to !== from && ancestors(recorder, to).has(from);
}
