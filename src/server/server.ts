/**
 * The language server: a thin front that keeps the texts of the open documents and passes what is asked to
 * the evaluation host. Knows neither Node nor the browser; `node.ts` gives it its transport, files and worker.
 */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { changedNotification, type CheckView } from '../protocol';
import { CheckHost } from './checkHost';
import type { ServerContext, ServerFeature } from './context';
import { checksFeature } from './features/checks';
import { claimsFeature } from './features/claims';
import { codeActionsFeature } from './features/codeActions';
import { diagnosticsFeature } from './features/diagnostics';
import { hoverFeature } from './features/hover';
import { networksFeature } from './features/networks';
import { symbolsFeature } from './features/symbols';
import { tracesFeature } from './features/traces';
import type { SourceDocument } from '../service/languageService';
import { Cancelled, detail, EvaluationEnded, EvaluationHost, type EvaluationWorker, type HostLimits } from './host';
import { notebookCapabilities, Notebooks } from './notebooks';
import { createWorkspaceFiles, type FileSystem } from './workspace';

const FEATURES: readonly ServerFeature[] = [
  hoverFeature,
  diagnosticsFeature,
  tracesFeature,
  networksFeature,
  symbolsFeature,
  checksFeature,
  codeActionsFeature,
  claimsFeature,
];

/** Longer documents are left alone: nobody reads a derivation of that length, and parsing it would be felt. */
const MAX_DOCUMENT_LENGTH = 4_000_000;

/** What documents read of their workspace: other documents, packages of TeX, data. */
const READ_FILES = '**/*.{tex,sty,cls,py,npy,npz,csv,txt,json}';

/** Longest that one check may take, or say nothing of how far it is, in milliseconds; the reader can end it before. */
const CHECK_DEADLINE = 60_000;

export interface ServerPlatform {
  readonly connection: Connection;
  readonly startWorker: () => EvaluationWorker;
  /** Absent where there is no file system. */
  readonly files?: FileSystem;
  readonly limits?: Partial<HostLimits>;
}

/** Wires everything up and starts to listen. */
export function startServer({ connection, startWorker, files, limits }: ServerPlatform): void {
  const log = (line: string) => connection.console.info(line);
  const documents = new TextDocuments(TextDocument);
  const workspace = createWorkspaceFiles(files, (uri) => documents.get(uri)?.getText());
  const host = new EvaluationHost({
    startWorker,
    reader: workspace,
    log,
    restarted: () => void Promise.all(documents.all().map(announce)),
    redone: (uris) => void again(uris),
    ...(limits ? { limits } : {}),
  });
  const startChecks = () =>
    new EvaluationHost({ startWorker, reader: workspace, log, limits: { deadline: CHECK_DEADLINE, ...limits } });
  const opened = (uri: string): SourceDocument | undefined => {
    const document = documents.get(uri);
    return document && { uri, languageId: document.languageId, version: document.version, text: document.getText() };
  };
  const fullCheckHost = new CheckHost(startChecks, (uri) => notebooks.of(uri) ?? opened(uri), workspace);
  const checkHost = new CheckHost(
    startChecks,
    opened,
    workspace,
    // A cell is checked within its notebook, which the other worker knows.
    (uri) => (notebooks.isCell(uri) ? host : undefined),
  );
  const analysed: ((document: TextDocument) => void)[] = [];
  const closed: ((uri: string) => void)[] = [];
  const checked: ((uri: string, views: readonly CheckView[]) => void)[] = [];
  const context: ServerContext = {
    connection,
    documents,
    host,
    checkHost,
    fullCheckHost,
    log,
    guard: (what, fallback, answer, ended) => guard(connection, what, fallback, answer, ended),
    onAnalysed: (listener) => void analysed.push(listener),
    onClosed: (listener) => void closed.push(listener),
    onChecked: (listener) => void checked.push(listener),
    checked: (uri, views) => checked.forEach((listener) => listener(uri, views)),
  };

  const news = async (document: TextDocument) => {
    await announce(document);
    for (const listener of analysed) listener(document);
  };
  /** Tells of documents that read something else now, as if their texts had changed. */
  const again = async (uris: readonly string[]) => {
    for (const document of documents.all())
      if (uris.includes(document.uri) || notebooks.isCellOf(document.uri, uris)) await news(document);
  };
  const notebooks = new Notebooks({
    connection,
    documents,
    host,
    closed: (uri) => fullCheckHost.close(uri),
    analysed: news,
    maxLength: MAX_DOCUMENT_LENGTH,
  });

  let foldersMayChange = false;
  let filesCanBeWatched = false;
  connection.onInitialize((params): InitializeResult => {
    foldersMayChange = params.capabilities.workspace?.workspaceFolders === true;
    filesCanBeWatched = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    workspace.setRoots((params.workspaceFolders ?? []).map(({ uri }) => uri));
    const capabilities: ServerCapabilities = {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...notebookCapabilities,
    };
    return {
      capabilities: Object.assign(capabilities, ...FEATURES.map((each) => each.capabilities?.(params) ?? {})),
      serverInfo: { name: 'wengert' },
    };
  });

  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    const uris = changes.map(({ uri }) => uri);
    for (const checks of [checkHost, fullCheckHost]) checks.filesChanged(uris);
    const redone = await guard(connection, 'filesChanged', [] as readonly string[], () =>
      host.call('filesChanged', [uris], { urgency: 'background' }),
    );
    await again(redone);
  });

  connection.onInitialized(() => {
    if (filesCanBeWatched)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: READ_FILES }],
      });
    if (!foldersMayChange) return;
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      workspace.setRoots(folders.map(({ uri }) => uri));
    });
  });

  documents.onDidChangeContent(async ({ document }) => {
    if (document.getText().length > MAX_DOCUMENT_LENGTH) return;
    const { uri, languageId, version } = document;
    if (notebooks.isCell(uri)) return;
    for (const checks of [checkHost, fullCheckHost]) checks.filesChanged([uri]);
    await host.update({ uri, languageId, version, text: document.getText() });
    const newest = documents.get(uri);
    if (!newest || newest.version !== version) return;
    await news(newest);
  });

  documents.onDidClose(({ document: { uri } }) => {
    if (!notebooks.isCell(uri)) void host.close(uri);
    checkHost.close(uri);
    fullCheckHost.close(uri);
    for (const listener of closed) listener(uri);
  });

  function announce({ uri, version }: TextDocument): Promise<void> {
    const sent = connection.sendNotification(changedNotification.method, { uri, version });
    return sent.catch(() => undefined); // The editor is going away.
  }

  for (const feature of FEATURES) feature.register(context);
  connection.onShutdown(() => {
    host.dispose();
    checkHost.dispose();
    fullCheckHost.dispose();
  });
  documents.listen(connection);
  notebooks.listen();
  connection.listen();
}

async function guard<R>(
  connection: Connection,
  what: string,
  fallback: R,
  answer: () => Promise<R>,
  ended?: (message: string) => R,
): Promise<R> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    if (error instanceof EvaluationEnded) return ended ? ended(error.message) : fallback;
    connection.console.error(`${what}: ${detail(error)}`);
    return fallback;
  }
}
