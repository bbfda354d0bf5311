/**
 * What every language front end provides, and what it may ask for. A front end is pure: it gets text,
 * it gives back an analysis, traceables, traces and claims; it never opens a file.
 */
import type { Trace, Value } from '../autodiff/trace';
import type { Layout } from './directives';
import type { PlacedCell } from './notebook/notebook';
import type { Moment, NamePath, Origin, Site, Span, Strength, TraceableKind, Unknown, Verdict } from '../model';

export interface SourceDocument {
  readonly uri: string;
  /** VS Code's language identifier: `python`, `markdown`, `latex` … */
  readonly languageId: string;
  readonly version: number;
  /** Of a notebook: all its cells, joined. */
  readonly text: string;
  /** The cells of a notebook, where they stand in its text. */
  readonly cells?: readonly PlacedCell[];
  /** The files that it reads, in order. */
  readonly included?: readonly IncludedText[];
}

/** A part of a file that a document reads. */
export interface IncludedText extends Span {
  readonly uri: string;
  /** As the document writes it: `constants.tex`. */
  readonly name: string;
  /** Of the whole file. */
  readonly text: string;
  /** Where in the document it is asked for. */
  readonly at: Span;
  /** Whether it comes there, or before or after all of the document, which is itself part of a larger one. */
  readonly order: 'before' | 'there' | 'after';
  /** Packages are read for their macros alone. */
  readonly isPackage: boolean;
}

/** Something in a document that can be differentiated. */
export interface Traceable {
  /** Qualified name with an ordinal where names repeat: `f`, `Affine.forward`, `y`, `y#2`. Never an offset. */
  readonly id: string;
  /** What the reader calls it. */
  readonly name: string;
  readonly kind: TraceableKind;
  readonly language: string;
  /** The whole extent: the function, the formula. */
  readonly span: Span;
  /** Where its name is written. */
  readonly nameSpan?: Span;
  /** It computes derivatives itself: what it weighs with weights is no network. */
  readonly derivative?: true;
}

/** A plain JSON value given from outside: a number, nested arrays for tensors, an object for fields. */
export type PinValue = number | boolean | string | null | readonly PinValue[] | { readonly [key: string]: PinValue };

/** What to record, as far as the reader has chosen; the rest is found by the rules of the design page. */
export interface RecordRequest {
  /** Values by NamePath text (see `format/namePath`). They replace leaf assignments and arguments. */
  readonly set?: Readonly<Record<string, PinValue>>;
  /** NamePath text of the output. */
  readonly of?: string;
  /** NamePath texts of the inputs to differentiate by. */
  readonly wrt?: readonly string[];
  readonly moment?: Moment;
}

/** Limits of one evaluation. What was reached is said; nothing ever hangs. */
export interface Budget {
  readonly operations: number;
  readonly bytes: number;
  readonly depth: number;
  readonly milliseconds: number;
}

export const DEFAULT_BUDGET: Budget = {
  operations: 5_000_000,
  bytes: 512 * 1024 * 1024,
  depth: 1_000,
  milliseconds: 5_000,
};

/** Why this output and these inputs: one clause for the hover, e.g. “y is what f returns”. */
export interface Choice {
  readonly rule: 'pinned' | 'directive' | 'request' | 'return' | 'script' | 'formula';
  readonly text: string;
}

export interface Recorded {
  readonly kind: 'recorded';
  readonly trace: Trace;
  /** False where a budget ended the evaluation before the output was reached in full. */
  readonly complete: boolean;
  readonly stopped?: keyof Budget;
  readonly choice: Choice;
  /** NamePath texts that a directive asks to differentiate by; all inputs where it is left out. */
  readonly wrt?: readonly string[];
  /** Typeset formula of the whole, in TeX, where the source is a formula. */
  readonly formula?: string;
  /** Conventions that were applied in reading an ambiguous formula. */
  readonly readings?: readonly Reading[];
  /** What an update such as w ← w − α ∂L/∂w does. */
  readonly update?: UpdateValues & { readonly orders?: readonly OrderedUpdate[] };
  /** Names along the way that could not be evaluated, and do not matter for the output. */
  readonly unknowns?: readonly Unknown[];
}

/** An update at the point. */
export interface UpdateValues {
  readonly name: NamePath;
  /** Absent where the document gives the name no value before. */
  readonly before?: Value;
  /** The derivative by the name that the update holds, where it holds one. */
  readonly gradient?: Value;
  readonly after: Value;
}

/**
 * The same update after updates that stand before it, where that gives something else. `successive`: one backward pass
 * that uses the names updated before, but the values of the one evaluation; `reevaluated`: everything is evaluated anew.
 */
export interface OrderedUpdate extends UpdateValues {
  readonly order: 'successive' | 'reevaluated';
  /** The names that were updated before. */
  readonly first: readonly NamePath[];
}

export interface Reading {
  readonly span: Span;
  readonly text: string;
}

/** The text of these documents of the workspace is wanted; evaluation starts again when they are there. */
export interface Needs {
  readonly kind: 'needs';
  readonly uris: readonly string[];
}

export type Outcome = Recorded | Unknown | Needs;

/** An equality in a document that can be decided. */
export interface Claim {
  readonly id: string;
  readonly name: string;
  readonly span: Span;
  /** The claim as the reader wrote it. */
  readonly text: string;
  readonly verdict: Verdict;
  readonly strength?: Strength;
  /** One sentence. */
  readonly message: string;
  /** Stable kind of the finding: `wrong-value`, `wrong-derivative` … */
  readonly code?: string;
  /** The right value or formula, in the language of the document; replaces `span` as a quick fix. */
  readonly expected?: string;
  /** What to write where so that the claim is left alone from then on. */
  readonly silence?: { readonly at: number; readonly text: string };
  /** Layouts of derivatives of arrays in which it holds as it is written; absent where all its values are numbers. */
  readonly fits?: readonly Layout[];
  /** A counterexample. */
  readonly point?: readonly {
    readonly name: NamePath;
    readonly value: number;
    readonly origin: Origin;
  }[];
}

/** What a place in the text means. */
export interface Occurrence {
  readonly traceable: Traceable;
  readonly span: Span;
  /** The site whose value is meant, in the trace of `traceable`; absent for a name without a step. */
  readonly site?: Site;
  /** A name, where the place is one. */
  readonly name?: NamePath;
  /** A derivative by `name` is written here, not the name itself. */
  readonly derivative?: true;
  /** By one element of the array `name`, counted from 0. */
  readonly element?: readonly number[];
}

/** How the derivative of a vector by a vector is laid out, and how that is known; `none`: the document does not tell. */
export interface JacobianLayout {
  readonly layout: Exclude<Layout, 'mixed'>;
  readonly source: 'directive' | 'claim' | 'none';
}

/** A structural fault: a malformed directive, text that can not be read. */
export interface Fault {
  readonly span: Span;
  readonly code: string;
  readonly message: string;
}

/** A number or an array that the turns of a loop change. */
export interface Track {
  readonly name: NamePath;
  readonly shape: readonly number[];
  /** At the beginning of each turn, and after the last: the number, or the norm of the array. */
  readonly values: readonly number[];
  /** By turn: ‖change‖ over ‖value before‖. */
  readonly ratios: readonly number[];
  /** The elements, of few, in step with `values`. */
  readonly elements?: readonly (readonly number[])[];
}

/** One turn of a training loop as a trace: what is updated is an input, as it was when the turn began. */
export interface RecordedTurn {
  readonly recorded: Recorded;
  /** Inputs that the turn updates. */
  readonly updated: readonly {
    readonly name: NamePath;
    /** Row of the input. */
    readonly row: number;
    readonly after: readonly number[];
  }[];
  /** The output is a loss of the program, and not just something that is at hand. */
  readonly hasLoss: boolean;
}

/** A loop in which parameters are updated, over its turns. */
export interface Training {
  readonly kind: 'training';
  readonly span: Span;
  /** The head of the loop as it is written. */
  readonly name: string;
  readonly turns: number;
  readonly complete: boolean;
  readonly stopped?: keyof Budget;
  readonly parameters: readonly Track[];
  readonly loss?: { readonly name: NamePath; readonly values: readonly number[] };
  readonly accuracy?: { readonly name: NamePath; readonly values: readonly number[] };
  /** The number that scales the updates; whether it can be pinned. */
  readonly rate?: { readonly name: NamePath; readonly value: number; readonly settable: boolean };
  readonly first: RecordedTurn;
  /** The traceable whose moment chooses the turn. */
  readonly traceable?: string;
  /** Accumulated gradients that nothing sets back, where they are updated by. */
  readonly notReset: readonly { readonly name: string; readonly span: Span }[];
}

export type TrainingOutcome = Training | Unknown | Needs | { readonly kind: 'none' };

/** A derivative that a document writes by hand, and what it is the derivative of. What it is written for is the front end's matter. */
export interface DerivativePair {
  /** Unique among the pairs of the document; stays through edits elsewhere. */
  readonly id: string;
  /** How the derivative is called. */
  readonly name: string;
  /** How what it belongs to is called. */
  readonly of: string;
  /** A function, a layer, a pass with a cache, a network, a loss with its gradients, a script, a call of a solver … */
  readonly style: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** How a pair is checked, as far as the reader has chosen. */
export interface PairRequest {
  /** Values of the point by NamePath text, in place of those that would be found. */
  readonly set?: Readonly<Record<string, PinValue>>;
  /** The sweep that it is judged by is compared with differences, element by element: that may take minutes. */
  readonly full?: boolean;
  /** Told how many directions of all are done; false ends the check. */
  readonly progress?: (done: number, all: number) => boolean;
}

/** One gradient of a pair: by one argument, parameter or field. */
export interface CheckedGradient {
  /** NamePath text of what it is the gradient by. */
  readonly name: string;
  /** How the document calls the gradient. */
  readonly claim: string;
  readonly verdict: Verdict;
  readonly relativeError?: number;
  readonly worst?: { readonly index: readonly number[]; readonly claimed: number; readonly expected: number };
  readonly message: string;
  /** `too-small`: of fewer elements than what it is the gradient by. */
  readonly code?: string;
  /** Of what is claimed, where it is another one than that of what it is the gradient by. */
  readonly shape?: readonly number[];
  readonly cause?: CheckCause;
}

/** Why a gradient is wrong: a hypothesis whose correction held at points that it was not made from. */
export interface CheckCause {
  /** `sign`, `missing-axis` … */
  readonly code: string;
  readonly text: string;
  readonly span?: Span;
}

/** A replacement of text that would mend something. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

export interface PairCheck {
  readonly kind: 'checked';
  readonly verdict: Verdict;
  readonly strength?: Strength;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly code?: string;
  /** Where it is reported, if not at the name of the derivative. */
  readonly span?: Span;
  readonly gradients: readonly CheckedGradient[];
  readonly cause?: CheckCause;
  /** What a reader should know of a check that passed, and of the points that were used. */
  readonly notes: readonly string[];
  /** Other places that have to do with it: “inherits the error of line 31”. */
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  readonly fixes: readonly Fix[];
  /** The first point that was used, by NamePath text; numbers and nested lists. */
  readonly point: Readonly<Record<string, unknown>>;
  /** How many points were used. */
  readonly points: number;
}

/** Derivatives that are written by hand. */
export interface PairChecker<A = unknown> {
  /** From the text alone. */
  find(analysis: A): readonly DerivativePair[];
  /** Evaluates both at several points. */
  check(
    analysis: A,
    pair: DerivativePair,
    request: PairRequest,
    budget: Budget,
    workspace: Workspace,
  ): PairCheck | Needs;
}

export interface FrontEnd<A = unknown> {
  readonly languages: readonly string[];
  /** Texts of other files that decide how a document is read; the document is analysed with them. */
  included?(document: SourceDocument, workspace: Workspace): readonly IncludedText[];
  /** Parses and indexes; `previous` of the same document makes it incremental. Never throws. */
  analyse(document: SourceDocument, previous?: A): A;
  /** What is worth showing without being asked for. */
  find(analysis: A): readonly Traceable[];
  /** All that can be traced where a reader asks for it by name or place; {@link find} where it is left out. */
  findAll?(analysis: A): readonly Traceable[];
  /** What stands at an offset, innermost first. */
  at(analysis: A, offset: number): readonly Occurrence[];
  /** What stands in a span, as a reader who does not know the macros of the document can typeset it; its text if left out. */
  text?(analysis: A, span: Span): string;
  /** The layout of Jacobians in a document; the numerator layout if left out. */
  jacobianLayout?(analysis: A): JacobianLayout;
  record(analysis: A, traceable: Traceable, request: RecordRequest, budget: Budget, workspace: Workspace): Outcome;
  /** The training loop of a document, run from its beginning. */
  training?(analysis: A, request: RecordRequest, budget: Budget, workspace: Workspace): TrainingOutcome;
  /** Whether the text holds a loop that may be one. */
  mayTrain?(analysis: A): boolean;
  /** Decides the claims of a document. May evaluate. */
  claims(analysis: A, budget: Budget, workspace: Workspace): readonly Claim[];
  readonly pairs?: PairChecker<A>;
  faults(analysis: A): readonly Fault[];
  /**
   * Comments that would make known what is not, at a place.
   * @param reasons where the unknowns that the place depends on begin
   */
  remedies?(
    analysis: A,
    offset: number,
    reasons: readonly Span[],
    budget: Budget,
    workspace: Workspace,
  ): readonly Remedy[];
}

/** Text to insert, or to put in the place of other text, with what a reader calls that. */
export interface Remedy {
  readonly title: string;
  readonly at: number;
  /** Where what it replaces ends; `at` where it replaces nothing. */
  readonly to?: number;
  readonly text: string;
}

/** The documents and small data files that an evaluation may read: none outside the workspace. */
export interface Workspace {
  /** `undefined`: not fetched yet (answer with {@link Needs}); `null`: does not exist. */
  text(uri: string): string | null | undefined;
  /** Bytes of a data file, with the same meaning of `undefined` and `null`. */
  bytes(uri: string): Uint8Array | null | undefined;
  /** Folders that modules and files are looked up in, nearest first. */
  readonly roots: readonly string[];
  /**
   * The small files of a kind (`.py`) around a document, nearest first, as many as a workspace is worth reading for.
   * `undefined`: not listed yet (answer with {@link Needs}). Left out where nothing can be listed.
   */
  near?(uri: string, ending: string): readonly string[] | undefined;
}
