/** What every feature of the language server is given. */
import type {
  CancellationToken,
  Connection,
  InitializeParams,
  ServerCapabilities,
  TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckView } from '../protocol';
import type { CheckHost } from './checkHost';
import type { EvaluationHost } from './host';

export interface ServerContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly host: EvaluationHost;
  readonly checkHost: CheckHost;
  /** Checks in full have a worker of their own: they take minutes, and hold up no check on saving. */
  readonly fullCheckHost: CheckHost;
  /**
   * Answers a request: an evaluation that was ended answers with `ended`, a mistake of ours goes to the
   * log and answers with `fallback`. No exception leaves here as a stack trace.
   */
  guard<R>(what: string, fallback: R, answer: () => Promise<R>, ended?: (message: string) => R): Promise<R>;
  /** Calls back when the worker has taken in the newest text of a document, or had to let go of it. */
  onAnalysed(listener: (document: TextDocument) => void): void;
  onClosed(listener: (uri: string) => void): void;
  /** Calls back with what a check that was asked for has found. */
  onChecked(listener: (uri: string, views: readonly CheckView[]) => void): void;
  checked(uri: string, views: readonly CheckView[]): void;
  log(line: string): void;
}

/** One feature, one file: what it offers to the editor, and its handlers. */
export interface ServerFeature {
  capabilities?(params: InitializeParams): Partial<ServerCapabilities>;
  register(context: ServerContext): void;
}

export type { CancellationToken };
