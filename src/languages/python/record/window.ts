/** Records one call of a function: its arguments become leaves, its body is evaluated with the recorder on. */
import { Recorder } from '../../../autodiff/recorder';
import { type Dialect, isUnknown, type Origin, type Site, type Span, type Unknown } from '../../../model';
import type { Recorded } from '../../frontEnd';
import { run } from '../calls';
import { parameterSite } from '../compile/functions';
import type { Cell, Frame } from '../frame';
import type { Runtime } from '../runtime';
import { type Kwargs, type PyFunction, PyUnknown, type PyValue } from '../values/object';
import { solverArguments, solverFrame } from '../points/solvers';
import { makeLeaves } from './leaves';
import { askedOutput } from './askedOutput';
import { chooseOutput } from './output';
import { applyPin, type Pins } from './pins';
import type { CallWatch } from './watch';

/** Any argument of a run that drew without a seed may come from what was drawn. */
const UNSEEDED: Origin = { kind: 'assumed', why: 'the program draws random numbers without a seed' };

function originAt(rt: Runtime, origin: Origin): Origin {
  return rt.drewWithoutSeed && origin.kind !== 'assumed' ? UNSEEDED : origin;
}

/** The wanted call was recorded (or can not be): the run ends. */
export class WindowDone {
  constructor(readonly outcome: Recorded | Unknown) {}
}

export interface WindowOptions {
  readonly dialect: Dialect;
  readonly pins: Pins;
  /** The output's name, if the reader or a directive chose one. */
  readonly of: { readonly name: string; readonly rule: 'pinned' | 'directive' } | undefined;
  /** Which call, from 0. */
  readonly turn: number;
  /** Says where a call is written. */
  describe(rt: Runtime, site: Site): Origin;
  /** The name of what is called at a site: `minimize` of `optimize.minimize(f, x0)`. */
  calleeAt(rt: Runtime, site: Site): string;
}

/** Waits for a call of one function. */
export class ArgumentWindow implements CallWatch {
  private seen = 0;

  constructor(
    private readonly node: Span,
    private readonly options: WindowOptions,
  ) {}

  matches(fn: PyFunction): boolean {
    return fn.code.node === this.node && fn.module.home;
  }

  /** How many calls there were whose arguments are known. */
  get calls(): number {
    return this.seen;
  }

  /** Records the call whose arguments are bound in `frame`; undefined if it is not the one that is wanted. */
  record(rt: Runtime, fn: PyFunction, frame: Frame, _args: readonly PyValue[], site: Site): PyValue | undefined {
    const { pins } = this.options;
    const known = fn.code.params.every((p, i) => !(frame.slots[i] instanceof PyUnknown) || pins.has(p.name));
    if (!known) return undefined;
    if (this.seen++ !== this.options.turn) return undefined;
    throw new WindowDone(this.recordFrame(rt, fn, frame, site, () => this.options.describe(rt, site)));
  }

  /** A solver that is not known is handed the function: it starts at a point that is. */
  unknownCall(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): void {
    const routine = this.options.calleeAt(rt, site);
    const start = solverArguments(routine, args, kwargs, (fn) => this.matches(fn));
    const frame = start && solverFrame(rt, start.fn, start.values);
    if (!frame || this.seen++ !== this.options.turn) return;
    const origin: Origin = { ...this.options.describe(rt, site), why: `where \`${routine}\` starts` };
    throw new WindowDone(this.recordFrame(rt, start.fn, frame, site, () => origin));
  }

  /** Records the body of a function whose parameters are in the slots of `frame`. */
  recordFrame(
    rt: Runtime,
    fn: PyFunction,
    frame: Frame,
    site: Site,
    originOf: (index: number) => Origin,
  ): Recorded | Unknown {
    const { code } = fn;
    const { pins, dialect } = this.options;
    const recorder = new Recorder({ dialect, spans: rt.options.spans });
    rt.recorder = recorder;
    rt.outside = undefined;
    // Compiled first: the sites of the parameters are the first of the function.
    code.body();
    code.params.forEach((p, i) => {
      const value = frame.slots[i];
      if (value === undefined) return;
      const pinned = applyPin(pins, p.name, value);
      const origin: Origin = pinned.changed ?? originAt(rt, originOf(i));
      frame.slots[i] = makeLeaves(recorder, [p.name], pinned.value, origin, parameterSite(code, i));
    });
    for (const [slot, cell] of code.parameterCells) (frame.cells[cell] as Cell).v = frame.slots[slot];
    const result = run(rt, fn, frame, site);
    const { of } = this.options;
    const output = of
      ? askedOutput(rt, recorder, of.name, this.node, { name: code.name, value: result })
      : chooseOutput(rt, result, [code.name], `what \`${code.name}\` returns`);
    if (isUnknown(output)) return output;
    return {
      kind: 'recorded',
      trace: recorder.finish(output.row, output.name),
      complete: true,
      ...(rt.readings.length > 0 ? { readings: [...rt.readings] } : {}),
      choice: of
        ? {
            rule: of.rule,
            text: `\`${of.name}\` ${of.rule === 'pinned' ? 'was chosen by you' : 'is named by the directive'}`,
          }
        : { rule: 'return', text: `\`${code.name}\` is what the function returns` },
    };
  }
}
