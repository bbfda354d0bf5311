/**
 * The language service: documents in, answers out. A pure library with an injected workspace; the server,
 * the command line and the tests all talk to this interface, and it is asynchronous everywhere, because in
 * an editor it lives in a worker that may be ended and started anew.
 */
import type { Fault, SourceDocument } from '../languages/frontEnd';
import type { ClaimCounts } from '../model';
import type { NotebookDocument } from './documents';
import type {
  CheckItem,
  CheckView,
  Family,
  MatrixView,
  NetworkOutput,
  NetworkView,
  OutlineItem,
  Position,
  Range,
  StepView,
  TensorView,
  TraceableView,
  TraceAddress,
  TraceAnswer,
  TraceJson,
  TrainingAnswer,
} from '../protocol';

/** A hover: Markdown with HTML tables, as text that screen readers can read. */
export interface HoverAnswer {
  readonly markdown: string;
  readonly range: Range;
}

export interface DiagnosticAnswer {
  readonly range: Range;
  readonly severity: 'warning' | 'information';
  /** `gradient-mismatch`, `wrong-value` … */
  readonly code: string;
  readonly message: string;
  /** Text that would mend it, replacing `range`. */
  readonly fix?: string;
  /** A comment after which it is not drawn any more. */
  readonly silence?: { readonly at: Position; readonly text: string };
}

/** Of all checks of a document: one, or those at a place; at other values than the document's. */
export interface CheckChoice {
  readonly item?: Pick<CheckItem, 'kind' | 'id'>;
  readonly position?: Position;
  readonly set?: Record<string, unknown>;
  /** Differences by every element, however many there are: that may take minutes. */
  readonly full?: boolean;
}

/** Told how many directions of all are done; false ends the check. */
export type CheckProgress = (done: number, all: number) => boolean;

/** A comment that would make known what is unknown at a place. */
export interface RemedyAnswer {
  readonly title: string;
  readonly at: Position;
  /** Where what it replaces ends, if it replaces something. */
  readonly to?: Position;
  readonly text: string;
}

export interface LanguageService {
  /**
   * Opens a document or replaces its text.
   * @returns other documents that read it, about which nothing that was found out holds any longer
   */
  update(document: SourceDocument | NotebookDocument): Promise<readonly string[]>;
  /** @returns as {@link update} */
  close(uri: string): Promise<readonly string[]>;
  /**
   * Files of the workspace have changed, come or gone.
   * @returns as {@link update}
   */
  filesChanged(uris: readonly string[]): Promise<readonly string[]>;
  list(uri: string): Promise<TraceableView[]>;
  /** What can be traced, with the layers of networks whose values the document gives. */
  outline(uri: string): Promise<readonly OutlineItem[]>;
  /** The layers of one traceable, whatever it takes to find a point for it; none where it is no network. */
  layers(uri: string, traceable: string): Promise<readonly OutlineItem[]>;
  /** `undefined`: nothing to say here. */
  hover(uri: string, position: Position): Promise<HoverAnswer | undefined>;
  /** Comments that would make known what is unknown here: on demand, never on a keystroke. */
  remedies(uri: string, position: Position): Promise<readonly RemedyAnswer[]>;
  diagnostics(uri: string): Promise<DiagnosticAnswer[]>;
  openTrace(address: TraceAddress): Promise<TraceAnswer>;
  rows(lease: string, from: number, count: number): Promise<StepView[] | null>;
  locate(lease: string, position: Position, end?: Position): Promise<number | null>;
  /** A leased trace as a network; `null`: the lease is lost, or it is no network. */
  network(lease: string): Promise<NetworkView | null>;
  /** The networks of a document, whole: of one traceable, or of all. */
  exportNetworks(address: TraceAddress): Promise<NetworkOutput['networks']>;
  /** The training loop of what an address means, over its turns. */
  training(address: TraceAddress): Promise<TrainingAnswer>;
  /** Derivatives over the elements of an input; `null`: the lease is lost. */
  matrix(lease: string, row: number, kind: 'jacobian' | 'hessian'): Promise<MatrixView | null>;
  /** An array with all of its elements; `null`: the lease is lost, or there is no array. */
  array(lease: string, row: number, family: Family): Promise<TensorView | null>;
  closeTrace(lease: string): Promise<void>;
  /** Traces as plain JSON, whole: of one traceable, or of all in the document. */
  exportTraces(address: TraceAddress): Promise<TraceJson[]>;
  /** What can be checked, in the order of {@link check}; hand-written derivatives are found, not evaluated. */
  listChecks(uri: string): Promise<CheckItem[]>;
  /** The equations that the document states, counted by verdict. */
  claimCounts(uri: string): Promise<ClaimCounts>;
  /** @param progress of one check by differences; within a process only */
  check(uri: string, which?: CheckChoice, progress?: CheckProgress): Promise<CheckView[]>;
}

/** Reads the workspace on behalf of the service; nothing outside it. `null`: there is no such file, or it may not be read. */
export interface WorkspaceReader {
  text(uri: string): Promise<string | null>;
  bytes(uri: string): Promise<Uint8Array | null>;
  /** Folders of the workspace, as URIs. */
  roots(): Promise<readonly string[]>;
  /** The files around a document whose names end like this, see `filesAround`. Left out where folders can not be listed. */
  near?(uri: string, ending: string): Promise<readonly string[]>;
}

export type { Fault, NotebookDocument, SourceDocument };
