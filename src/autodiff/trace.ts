import type { Dialect, Moment, NamePath, Origin, Site, Span } from '../model';
import type { NdArray } from '../tensor';
import type { Ref, Tape } from './tape';

/** A leaf of the trace that the reader can differentiate by, move and pin. */
export interface TraceInput {
  readonly row: Ref;
  readonly name: NamePath;
  readonly origin: Origin;
}

/** A group of steps that folds: a call, a loop turn, a layer, a definition. */
export interface Scope {
  readonly parent: number;
  readonly kind: 'root' | 'call' | 'turn' | 'layer' | 'definition';
  readonly name: string;
  readonly site: Site;
  /** Which turn of the same site under the same parent, from 0. */
  readonly turn: number;
}

/** An assignment or definition: the second level above the elementary rows. */
export interface Binding {
  readonly row: Ref;
  readonly name: NamePath;
  readonly site: Site;
  /** The call or turn in which the name was given. */
  readonly scope: number;
}

/**
 * A place where the program turned a traced value into data: a branch, an index, an integer.
 * Replay checks it again; where its outcome changes, the recorded trace no longer holds.
 */
export interface Guard {
  readonly site: Site;
  readonly test: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne' | 'truth' | 'floor' | 'trunc' | 'value';
  readonly x: Ref;
  readonly y?: Ref;
  readonly outcome: number;
}

/** A remark on one row that the reader must see: a convention used, a kink, a value out of range. */
export interface StepNote {
  readonly row: Ref;
  readonly code: 'kink' | 'convention' | 'overflow' | 'not-a-number' | 'suppressed' | 'dialect';
  readonly text: string;
}

/** The value of a row came up at another place than the one that produced it: a name, a call of a function. */
export interface Sighting {
  readonly site: Site;
  readonly row: Ref;
  readonly scope: number;
}

/** What recording a traceable at a point yields. Immutable once recorded, but for {@link replay}. */
export interface Trace {
  readonly tape: Tape;
  readonly dialect: Dialect;
  readonly inputs: readonly TraceInput[];
  readonly output: Ref;
  readonly outputName: NamePath;
  readonly scopes: readonly Scope[];
  readonly bindings: readonly Binding[];
  readonly guards: readonly Guard[];
  readonly notes: readonly StepNote[];
  readonly sightings: readonly Sighting[];
  /** The source of a site: several spans where a formula writes the same sub-expression more than once. */
  spans(site: Site): readonly Span[];
}

/** The same recording with another output, or other inputs. What is worked out when it is first asked for stays so. */
export function withChanges(trace: Trace, changes: Partial<Pick<Trace, 'output' | 'outputName' | 'inputs'>>): Trace {
  const changed = Object.getOwnPropertyDescriptors(changes);
  return Object.defineProperties({} as Trace, { ...Object.getOwnPropertyDescriptors(trace), ...changed });
}

/** A value at a point: a number, or an array. */
export type Value = number | NdArray;

/** The row that a site produced or showed at a moment (default: the first time), if there is one. */
export function rowAt(trace: Trace, site: Site, moment: Moment = []): Ref | undefined {
  const { tape } = trace;
  for (let row = 0; row < tape.length; row++) {
    if (tape.site(row) === site && inMoment(trace, tape.scope(row), moment)) return row;
  }
  return trace.sightings.find((s) => s.site === site && inMoment(trace, s.scope, moment))?.row;
}

/** The turns of all enclosing calls and loops, outermost first. */
export function momentOf(trace: Trace, row: Ref): number[] {
  const turns: number[] = [];
  for (let s = trace.tape.scope(row); s > 0; s = (trace.scopes[s] as Scope).parent) {
    turns.push((trace.scopes[s] as Scope).turn);
  }
  return turns.reverse();
}

function inMoment(trace: Trace, scope: number, moment: Moment): boolean {
  const turns: number[] = [];
  for (let s = scope; s > 0; s = (trace.scopes[s] as Scope).parent) turns.push((trace.scopes[s] as Scope).turn);
  return turns.reverse().every((turn, i) => turn === (moment[i] ?? 0));
}
