/** Compiled code: what does not change between runs. */
import type { NamePath, Site, Span } from '../../../model';
import type { Module, Parameters } from '../ast';
import type { Frame } from '../frame';
import type { PyValue } from '../values/object';
import type { ScopeTable } from './scopes';

/** Evaluates an expression. */
export type Evaluate = (f: Frame) => PyValue;

/** How a statement ends. */
export const enum Completion {
  Normal = 0,
  Break = 1,
  Continue = 2,
  Return = 3,
}
/** Executes a statement. */
export type Execute = (f: Frame) => Completion;
/** Executes a statement that may `yield`. */
export type Resume = (f: Frame) => Generator<PyValue, Completion, PyValue>;

export type Body =
  | { readonly kind: 'direct'; run(f: Frame): PyValue }
  | { readonly kind: 'generator'; start(f: Frame): Generator<PyValue, PyValue, PyValue> }
  | { readonly kind: 'broken'; readonly reason: string; readonly site: Site };

/** A variable of another scope that a function, or one inside it, mentions. */
export interface OuterName {
  readonly name: string;
  /** Position in the closure; of globals: 0. */
  readonly index: number;
  readonly assigned: boolean;
}

export interface FunctionCode {
  readonly name: string;
  readonly qualname: string;
  readonly docstring: string | undefined;
  readonly unit: Unit;
  readonly params: Parameters;
  readonly positionalCount: number;
  /** Only positional parameters without defaults in play: arguments go straight to the slots. */
  readonly simpleParameters: boolean;
  /** Slot of `*args` and `**kwargs`, or −1. */
  readonly varPositional: number;
  readonly varKeyword: number;
  /** Slots needed; grows until the body is compiled. */
  slotCount: number;
  /** Cells that each activation makes; those of the closure follow. */
  readonly ownCells: number;
  /** Parameters that live in cells: slot and cell. */
  readonly parameterCells: readonly (readonly [number, number])[];
  readonly freeNames: readonly OuterName[];
  readonly globalNames: readonly OuterName[];
  /** The node, for those who look for what can be differentiated. */
  readonly node: object;
  /** Compiled when it is first wanted. */
  body(): Body;
}

export interface ModuleCode {
  readonly tree: Module;
  readonly scopes: ScopeTable;
  /** Index of every global name that is mentioned. */
  readonly names: Map<string, number>;
  readonly units: readonly Unit[];
  /** The statements of the module, one closure each. */
  readonly statements: readonly Execute[];
  readonly slotCount: () => number;
  spans(site: Site): readonly Span[];
}

/** Place of a syntax node that can produce or show a value. */
export interface SitePlace extends Span {
  /** The name that stands there, if one does. */
  readonly name?: NamePath;
  /** A name that is being given a value. */
  readonly binding?: boolean;
}

const ORDINAL_BITS = 16;
const ORDINALS = 1 << ORDINAL_BITS;
const UNITS = 1 << 14;

/**
 * A function, a class body or the statements of a module: what numbers its own sites. The number of a unit
 * comes from its qualified name, so edits elsewhere leave its sites alone.
 */
export class Unit {
  readonly places: SitePlace[] = [];
  constructor(
    readonly number: number,
    readonly qualname: string,
    readonly span: Span,
  ) {}

  site(place: SitePlace): Site {
    // A unit with more nodes than ordinals shares the last one: its places run together there.
    const ordinal = Math.min(this.places.length, ORDINALS - 1);
    this.places[ordinal] = place;
    return this.number * ORDINALS + ordinal;
  }
}

/** Hands out unit numbers. */
export class UnitTable {
  private readonly byNumber = new Map<number, Unit>();

  add(qualname: string, span: Span): Unit {
    let number = hash(qualname) % UNITS;
    while (this.byNumber.has(number)) number = (number + 1) % UNITS;
    const unit = new Unit(number, qualname, span);
    this.byNumber.set(number, unit);
    return unit;
  }

  get all(): Unit[] {
    return [...this.byNumber.values()];
  }

  spans(site: Site): readonly Span[] {
    const place = this.byNumber.get(site >>> ORDINAL_BITS)?.places[site & (ORDINALS - 1)];
    return place ? [place] : [];
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
