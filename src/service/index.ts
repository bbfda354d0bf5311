/** The language service, assembled: one file a feature, this one only wires them. */
import { documentFrontEnd } from '../languages/document/frontEnd';
import type { Budget, FrontEnd, SourceDocument } from '../languages/frontEnd';
import { pythonFrontEnd } from '../languages/python/frontEnd';
import type { Position, Range, TraceAddress } from '../protocol';
import { listChecks, runChecks } from './checks';
import { withClaim } from './claimHover';
import { claimsIn, countClaims, NO_CLAIMS } from './claims';
import { diagnostics } from './diagnostics';
import { layersOf, outline } from './outline';
import { remedies } from './remedies';
import { Documents, type NotebookDocument, type OpenDocument } from './documents';
import { Evaluation } from './evaluation';
import { hover } from './hover';
import type { LanguageService, WorkspaceReader } from './languageService';
import { networkView } from './networkView';
import { matrixView } from './matrix';
import { stepViews, wholeArray } from './stepView';
import { exportNetworks } from './exportNetworks';
import { exportTraces } from './exportTraces';
import { trainingAnswer } from './trainingView';
import { type Leased, openTrace, rowAtOffset, traceableView } from './traceView';

export { readNotebook } from '../languages/notebook/notebook';
export type { DiagnosticAnswer, HoverAnswer, LanguageService, WorkspaceReader } from './languageService';

/** All languages that are read. */
export const FRONT_ENDS: readonly FrontEnd[] = [pythonFrontEnd as FrontEnd, documentFrontEnd as FrontEnd];

export interface ServiceOptions {
  readonly frontEnds?: readonly FrontEnd[];
  readonly budget?: Budget;
}

/** Leases that one client may hold; the oldest is taken back first, and reopened by its address when asked for. */
const MAX_LEASES = 64;

export function createLanguageService(reader: WorkspaceReader, options: ServiceOptions = {}): LanguageService {
  const documents = new Documents(options.frontEnds ?? FRONT_ENDS);
  const evaluation = new Evaluation(reader, (uri) => documents.get(uri)?.source.text, options.budget);
  const leases = new Map<string, Leased>();
  // A worker that was started anew must not know a lease of the one before it by accident.
  const epoch = Math.floor(Math.random() * 36 ** 6).toString(36);
  let leaseCount = 0;

  const lease = (leased: Leased): string => {
    const name = `${epoch}-${++leaseCount}`;
    leases.set(name, leased);
    const oldest = leases.keys().next();
    if (leases.size > MAX_LEASES && !oldest.done) leases.delete(oldest.value);
    return name;
  };

  /** A position in a cell that is a document of its own, as one in its notebook. */
  const within = (uri: string, position: Position): Position => {
    const cell = documents.cell(uri);
    return cell === undefined ? position : { cell, ...position };
  };
  const placed = (address: TraceAddress): TraceAddress =>
    address.position ? { ...address, position: within(address.uri, address.position) } : address;
  /** What lies in the cell that was asked about; of another document everything. */
  const own = <T extends { readonly range: Range }>(uri: string, list: readonly T[]): T[] => {
    const cell = documents.cell(uri);
    return list.filter(({ range }) => cell === undefined || range.cell === cell);
  };

  /** Gives a document the files that it reads, as they are now. */
  const include = async (document: OpenDocument): Promise<void> => {
    const { frontEnd, source } = document;
    if (!frontEnd.included) return;
    const included = await evaluation.withWorkspace(
      document,
      (workspace) => frontEnd.included?.(source, workspace) ?? [],
    );
    if ((included.length > 0 || source.included) && documents.get(source.uri) === document)
      documents.update({ ...source, included });
  };

  /** Documents that read a file see what is written in it now: what was found out about them holds no longer. */
  const redo = async (uris: readonly string[]): Promise<string[]> => {
    const readers = new Set(uris.flatMap((uri) => evaluation.readersOf(uri)));
    const redone: string[] = [];
    for (const uri of readers) {
      const known = documents.get(uri);
      const document = known && documents.update({ ...known.source });
      if (!document) continue;
      await include(document);
      redone.push(uri);
    }
    return redone;
  };

  return {
    async update(source: SourceDocument | NotebookDocument) {
      const document = documents.update(source);
      if (document) await include(document);
      return redo([source.uri]);
    },
    async filesChanged(uris) {
      evaluation.filesChanged(uris);
      // What is open is read as it stands in the editor.
      return redo(uris.filter((uri) => !documents.get(uri)));
    },
    async close(uri) {
      documents.close(uri);
      evaluation.forget(uri);
      return redo([uri]);
    },
    async list(uri) {
      const document = documents.get(uri);
      return document
        ? own(
            uri,
            document.traceables.map((t) => traceableView(document, t)),
          )
        : [];
    },
    async outline(uri) {
      const document = documents.get(uri);
      return document ? own(uri, await outline(document, evaluation)) : [];
    },
    async layers(uri, traceable) {
      const document = documents.get(uri);
      return document ? layersOf(document, traceable, evaluation) : [];
    },
    async hover(uri, position) {
      const document = documents.get(uri);
      if (!document) return undefined;
      const offset = document.offset(within(uri, position));
      return withClaim(await hover(document, offset, evaluation), document, offset, evaluation);
    },
    async remedies(uri, position) {
      const document = documents.get(uri);
      return document ? remedies(document, document.offset(position), evaluation) : [];
    },
    async diagnostics(uri) {
      const document = documents.get(uri);
      return document ? own(uri, await diagnostics(document, evaluation)) : [];
    },
    async openTrace(address) {
      const document = documents.get(address.uri);
      return document ? openTrace(document, placed(address), evaluation, lease) : { state: 'nothing', traceables: [] };
    },
    async rows(name, from, count) {
      const leased = leases.get(name);
      return leased ? stepViews(leased.swept, from, count) : null;
    },
    async locate(name, position: Position, end?: Position) {
      const leased = leases.get(name);
      if (!leased) return null;
      const { swept, view } = leased;
      const offset = (at: Position) => swept.document.offset(within(view.address.uri, at));
      const from = offset(position);
      return rowAtOffset(swept, from, end ? offset(end) : from) ?? null;
    },
    async network(name) {
      const leased = leases.get(name);
      return (leased && networkView(leased.swept, leased.traceable)) ?? null;
    },
    async exportNetworks(address) {
      const document = documents.get(address.uri);
      return document ? exportNetworks(document, address, evaluation) : [];
    },
    async training(address) {
      const document = documents.get(address.uri);
      return document ? trainingAnswer(document, address, evaluation) : { state: 'none' };
    },
    async matrix(name, row, kind) {
      const leased = leases.get(name);
      return leased ? matrixView(leased.swept, row, kind) : null;
    },
    async array(name, row, family) {
      const leased = leases.get(name);
      return leased ? wholeArray(leased.swept, row, family) : null;
    },
    async closeTrace(name) {
      leases.delete(name);
    },
    async exportTraces(address) {
      const document = documents.get(address.uri);
      return document ? exportTraces(document, placed(address), evaluation) : [];
    },
    async listChecks(uri) {
      const document = documents.get(uri);
      return document ? own(uri, await listChecks(document, evaluation)) : [];
    },
    async claimCounts(uri) {
      const document = documents.get(uri);
      return document ? countClaims(await claimsIn(document, evaluation)) : NO_CLAIMS;
    },
    async check(uri, which, progress) {
      const document = documents.get(uri);
      if (!document) return [];
      const { position, ...rest } = which ?? {};
      const checks = await runChecks(
        document,
        evaluation,
        position ? { ...rest, position: within(uri, position) } : rest,
        progress,
      );
      // Of one cell only, unless something was asked for by name.
      return which?.item ? checks : own(uri, checks);
    },
  };
}
