/**
 * The nouns that every part of the project shares: places in a text, names, origins, absences, verdicts.
 * Types and their word lists only; imports nothing.
 */

/** UTF-16 offsets `[from, to)`; the owner knows the document (and the notebook cell). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Ordinal of a syntax node within its traceable, stable under edits elsewhere. */
export type Site = number;

/** Which turn of each enclosing call and loop, from 0; a missing entry is 0. */
export type Moment = readonly number[];

/** `x1` · `self.params['W1']` · `layers[0].weight`: a root name followed by fields, keys and indices. */
export type NamePath = readonly NamePart[];
/** A root or a field by its name, an index by its number, or a key of a dictionary. */
export type NamePart = string | number | NameKey;
export interface NameKey {
  readonly key: string;
}

export const ORIGIN_KINDS = ['document', 'directive', 'pinned', 'file', 'assumed'] as const;
export type OriginKind = (typeof ORIGIN_KINDS)[number];

/** Where a value comes from. `assumed` means that the document does not say, and we chose. */
export interface Origin {
  readonly kind: OriginKind;
  /** Where it is written, in the document that is being traced. */
  readonly span?: Span;
  /** One clause for the reader: “from the call in line 7”. */
  readonly why?: string;
}

/** An absence with its reason. Unknown is a value: it spreads, it is never guessed away. */
export interface Unknown {
  readonly kind: 'unknown';
  /** Stable, machine-readable: `missing-import`, `unsupported-call`, `budget`, `syntax` … */
  readonly code: string;
  /** One sentence without a full stop: “`load_mnist` reads files”. */
  readonly reason: string;
  readonly span: Span;
  readonly cause?: Unknown;
}

export function unknown(code: string, reason: string, span: Span, cause?: Unknown): Unknown {
  return cause ? { kind: 'unknown', code, reason, span, cause } : { kind: 'unknown', code, reason, span };
}

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'unknown';
}

export const VERDICTS = ['pass', 'fail', 'kink', 'error', 'unknown'] as const;
/** Of claims and checks alike. */
export type Verdict = (typeof VERDICTS)[number];

/** The claims of a document, counted. */
export interface ClaimCounts {
  readonly total: number;
  readonly proved: number;
  /** They agree at random points or at the document's values, which is no proof. */
  readonly agree: number;
  readonly false: number;
  readonly undecided: number;
  /** The undecided ones by the code of their reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export const STRENGTHS = ['proved', 'numerical'] as const;
/** How strong a pass is: proved by exact algebra, or agreement of numbers. */
export type Strength = (typeof STRENGTHS)[number];

export const DIALECTS = ['math', 'numpy', 'torch', 'tensorflow', 'jax'] as const;
/** Whose conventions for ties, kinks and 0 · ∞ a trace follows. */
export type Dialect = (typeof DIALECTS)[number];

export const TRACEABLE_KINDS = ['expression', 'function', 'script', 'layer', 'network', 'formula'] as const;
export type TraceableKind = (typeof TRACEABLE_KINDS)[number];
