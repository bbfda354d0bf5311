/** What a document with formulas is made of, whatever its markup. All offsets are those of the document. */
import type { Span } from '../model';

/** A formula. `from` and `to` include the marks around it. */
export interface MathRegion extends Span {
  /** The formula itself: one range, or one a line where marks of a quotation stand between. */
  readonly content: readonly Span[];
  readonly display: boolean;
  /** Quoted text is somebody else's: its claims are left alone. */
  readonly quoted: boolean;
}

/** A block of code. */
export interface CodeRegion extends Span {
  readonly content: readonly Span[];
  /** In lower case; empty where none is named. */
  readonly language: string;
  /** No language is named, but the text looks like Python. */
  readonly looksLikePython: boolean;
}

/** A comment, without its marks. */
export interface CommentRegion extends Span {
  readonly content: Span;
}

export interface TableCell extends Span {
  readonly column: number;
}

export interface TableRegion extends Span {
  readonly header: readonly TableCell[];
  readonly rows: readonly (readonly TableCell[])[];
}

export interface Regions {
  readonly math: readonly MathRegion[];
  readonly code: readonly CodeRegion[];
  readonly comments: readonly CommentRegion[];
  readonly tables: readonly TableRegion[];
  /** Offsets of the headings. */
  readonly headings: readonly number[];
}
