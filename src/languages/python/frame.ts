/** Where names live while code runs. */
import type { Origin } from '../../model';
import type { PyClass, PyFunction, PyUnknown, PyValue } from './values/object';
import type { ModuleCode } from './compile/code';
import type { Runtime } from './runtime';

/** A variable that an inner function shares. */
export interface Cell {
  v: PyValue | undefined;
}

/** The names of one module in one run. */
export class ModuleScope {
  /** By the indices of `code.names`. */
  readonly slots: (PyValue | undefined)[] = [];
  /** Names that only a star import or `globals()` brought. */
  private readonly extra = new Map<string, PyValue>();
  /** Why names that have no value here are unknown, where the module did not run to its end. */
  failure?: PyUnknown;
  /** Values that directives give to names of the module, in place of what it assigns to them. */
  readonly given = new Map<string, { make(): PyValue; readonly origin: Origin }>();
  /** Libraries of which everything was imported (`from math import *`): a name that is missing may be one that they have. */
  readonly starLibraries = new Set<string>();
  /** Libraries by the names that the document uses for them without an import. */
  assumedImports: ReadonlyMap<string, string> = new Map();
  /** The first exception that was passed over: only what its statement would have changed is unknown. */
  mishap?: PyUnknown;
  /** An exception ended the module: what follows does not run. */
  ended = false;

  constructor(
    readonly code: ModuleCode,
    readonly name: string,
    readonly uri: string,
    /** The document being traced; steps in other modules are shown at the call that led there. */
    readonly home: boolean,
    /** Dotted name of the package that relative imports start from. */
    readonly packageName = '',
  ) {}

  get(name: string): PyValue | undefined {
    const i = this.code.names.get(name);
    const value = i === undefined ? undefined : this.slots[i];
    return value === undefined ? this.extra.get(name) : value;
  }

  set(name: string, value: PyValue | undefined): void {
    const i = this.code.names.get(name);
    if (i !== undefined) this.slots[i] = value;
    else if (value !== undefined) this.extra.set(name, value);
    else this.extra.delete(name);
  }

  delete(name: string): void {
    this.set(name, undefined);
  }

  /** Names with a value, in order of their first mention. */
  *entries(): Generator<[string, PyValue]> {
    for (const [name, i] of this.code.names) {
      const value = this.slots[i];
      if (value !== undefined) yield [name, value];
    }
    yield* this.extra;
  }
}

/** One activation of a function, a class body or a module. */
export class Frame {
  /** What `return` gave. */
  result: PyValue = null;
  /** Names of a class body. */
  names: Map<string, PyValue> | undefined = undefined;
  declare private spawnedCells?: number;

  constructor(
    readonly rt: Runtime,
    readonly module: ModuleScope,
    readonly slots: (PyValue | undefined)[],
    readonly cells: Cell[],
    readonly fn: PyFunction | undefined,
  ) {}

  /** A frame of a generator expression inside this one. */
  spawn(slotCount: number, ownCells: number, closure: readonly Cell[]): Frame {
    const cells: Cell[] = [];
    for (let i = 0; i < ownCells; i++) cells.push({ v: undefined });
    const frame = new Frame(this.rt, this.module, new Array(slotCount), [...cells, ...closure], this.fn);
    frame.spawnedCells = ownCells;
    return frame;
  }

  /** How many of its cells are variables of its own; the others belong to the functions around it. */
  get ownCells(): number {
    return this.spawnedCells ?? this.fn?.code.ownCells ?? 0;
  }

  get homeClass(): PyClass | undefined {
    return this.fn?.homeClass;
  }
}
