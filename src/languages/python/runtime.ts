/**
 * One run of a document: its budgets, its heap of modules, what it printed, and the recorder while a window
 * is being recorded. Runs share nothing that can change.
 */
import type { Recorder } from '../../autodiff/recorder';
import type { Ref } from '../../autodiff/tape';
import type { Guard } from '../../autodiff/trace';
import { type Site, type Span, unknown } from '../../model';
import type { Budget, Reading, Workspace } from '../frontEnd';
import { BudgetStop } from './errors';
import type { Frame, ModuleScope } from './frame';
import type { CallWatch } from './record/watch';
import {
  PyFloat,
  type PlainNumber,
  type PyInstance,
  type PyModule,
  PyUnknown,
  Traced,
  PyObject,
  type PyValue,
} from './values/object';

/** How many operations pass between two looks at the clock. */
const CLOCK_INTERVAL = 4096;

/** Looks at the turns of one loop. */
export interface LoopWatch {
  /** The statement. */
  readonly loop: object;
  /** The loop begins; it may do so many times in one run. */
  begin?(frame: Frame): void;
  before(frame: Frame, names: LoopNames): void;
  after(frame: Frame, names: LoopNames): void;
}

/** The variables that the text of a loop mentions. */
export interface LoopNames {
  readonly local: ReadonlyMap<string, LoopName>;
}
export interface LoopName {
  get(frame: Frame): PyValue | undefined;
  set(frame: Frame, value: PyValue): void;
}

export interface RunOptions {
  readonly budget: Budget;
  readonly workspace: Workspace;
  /** The source of a site of the home document. */
  readonly spans: (site: Site) => readonly Span[];
  /** The recording that waits for its call, if any. */
  readonly window?: CallWatch;
}

export class Runtime {
  recorder: Recorder | undefined;
  /** Who looks at the turns of one loop, if anybody. */
  loopWatch: LoopWatch | undefined;
  /** Takes down the definitions of the functions that are called, and the branches that are taken, while steps are recorded. */
  entered: Set<object> | undefined;
  readonly modules = new Map<string, PyModule | PyUnknown>();
  /** Modules being executed, to notice cycles. */
  readonly loading = new Set<string>();
  readonly scopes = new Map<string, ModuleScope>();
  /** State of library modules (random generators …) by name; each run has its own. */
  readonly state = new Map<string, unknown>();
  /** Sees the calls of the document's functions, unless one is being recorded. */
  window: CallWatch | undefined;
  /** Random numbers were drawn without a seed: points that they may have reached are assumed. */
  drewWithoutSeed = false;
  /** Printed text. */
  stdout = '';
  /** The program has ended with an exception: what still runs prints nothing. */
  silent = false;
  /** How the document was read where it leaves something out. */
  readonly readings: Reading[] = [];
  /** Counts how often something unknown came up: tells `try` whether its body was known throughout. */
  unknownEvents = 0;
  lastUnknown: PyUnknown | undefined;
  /** Exceptions being handled, for a bare `raise`. */
  readonly handling: PyInstance[] = [];
  depth = 0;
  /** Where the last slow operation stood: the place of an exception. */
  place: Site = -1;
  /** In a function of another module: the site of the call in the home document that led there. */
  outside: Site | undefined;
  /** Numbers written as arguments of calls at the top are leaves. */
  literalArguments = false;
  private operations = 0;
  private operationLimit: number;
  private bytes = 0;
  private deadline: number;

  constructor(readonly options: RunOptions) {
    this.window = options.window;
    this.operationLimit = options.budget.operations;
    this.deadline = Date.now() + options.budget.milliseconds;
  }

  /** Counts a call, a loop turn, or `n` elementary operations. */
  tick(n = 1): void {
    const before = this.operations;
    this.operations = before + n;
    if (this.operations > this.operationLimit) throw new BudgetStop('operations');
    if (Math.floor(before / CLOCK_INTERVAL) !== Math.floor(this.operations / CLOCK_INTERVAL)) {
      if (Date.now() > this.deadline) throw new BudgetStop('milliseconds');
    }
  }

  /** Runs something within a budget of its own, whatever is left of the run's. */
  limited<T>(operations: number, milliseconds: number, run: () => T): T {
    const { operationLimit, deadline, operations: used, depth } = this;
    this.operationLimit = used + operations;
    this.deadline = Date.now() + milliseconds;
    try {
      return run();
    } finally {
      this.operations = used;
      this.operationLimit = operationLimit;
      this.deadline = deadline;
      this.depth = depth;
    }
  }

  get operationCount(): number {
    return this.operations;
  }

  /** Accounts for memory before it is taken. */
  allocate(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.options.budget.bytes) throw new BudgetStop('bytes');
  }

  /** Whether a single value of that size is within the budget; one that is not becomes Unknown. */
  affords(bytes: number): boolean {
    return this.bytes + bytes <= this.options.budget.bytes;
  }

  /** The site that the reader sees for a site of the running code. */
  visible(site: Site): Site {
    return this.outside ?? site;
  }

  span(site: Site): Span {
    return this.options.spans(this.visible(site))[0] ?? { from: 0, to: 0 };
  }

  unknown(code: string, reason: string, site: Site, cause?: PyUnknown): PyUnknown {
    return this.spread(new PyUnknown(unknown(code, reason, this.span(site), cause?.unknown)));
  }

  /** What an operation on something unknown gives: the same unknown. */
  spread(value: PyUnknown): PyUnknown {
    this.unknownEvents++;
    this.lastUnknown = value;
    return value;
  }

  // Recording.

  /** The row of a number: its own, or a constant's. */
  rowOf(value: PlainNumber | Traced): Ref {
    if (value instanceof Traced) return value.row;
    const recorder = this.recorder as Recorder;
    return recorder.constant(value instanceof PyFloat ? value.v : Number(value));
  }

  guard(test: Guard['test'], site: Site, outcome: number, x: Traced | PlainNumber, y?: Traced | PlainNumber): void {
    const base = { site: this.visible(site), test, x: this.rowOf(x), outcome };
    this.recorder?.guard(y === undefined ? base : { ...base, y: this.rowOf(y) });
  }

  /** While a window is recorded: the value came up at this site, so that the reader can ask for it there. */
  notice(value: PyValue, site: Site): void {
    if (this.outside !== undefined) return;
    const row = this.tracedRow(value);
    if (row !== undefined) this.recorder?.see(site, row);
  }

  /** The row of a number or array that an input reaches. */
  tracedRow(value: PyValue): Ref | undefined {
    if (value instanceof Traced) return value.row;
    return value instanceof PyObject ? value.tracedRow?.(this) : undefined;
  }
}
