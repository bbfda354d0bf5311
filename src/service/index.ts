/** The language service, assembled: one file a feature, this one only wires them. */
import { documentFrontEnd } from '../languages/document/frontEnd';
import type { Budget, FrontEnd, SourceDocument } from '../languages/frontEnd';
import { pythonFrontEnd } from '../languages/python/frontEnd';
import type { Position } from '../protocol';
import { listChecks, runChecks } from './checks';
import { withClaim } from './claimHover';
import { claimsIn, countClaims, NO_CLAIMS } from './claims';
import { diagnostics } from './diagnostics';
import { Documents } from './documents';
import { Evaluation } from './evaluation';
import { hover } from './hover';
import type { LanguageService, WorkspaceReader } from './languageService';
import { networkView } from './networkView';
import { stepViews } from './stepView';
import { exportNetworks } from './exportNetworks';
import { exportTraces } from './exportTraces';
import { type Leased, openTrace, rowAtOffset, traceableView } from './traceView';

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
  let leaseCount = 0;

  const lease = (leased: Leased): string => {
    const name = `t${++leaseCount}`;
    leases.set(name, leased);
    const oldest = leases.keys().next();
    if (leases.size > MAX_LEASES && !oldest.done) leases.delete(oldest.value);
    return name;
  };

  return {
    async update(source: SourceDocument) {
      documents.update(source);
    },
    async close(uri) {
      documents.close(uri);
      evaluation.forget(uri);
    },
    async list(uri) {
      const document = documents.get(uri);
      return document ? document.traceables.map((t) => traceableView(document, t)) : [];
    },
    async hover(uri, position) {
      const document = documents.get(uri);
      if (!document) return undefined;
      const offset = document.offset(position);
      return withClaim(await hover(document, offset, evaluation), document, offset, evaluation);
    },
    async diagnostics(uri) {
      const document = documents.get(uri);
      return document ? diagnostics(document, evaluation) : [];
    },
    async openTrace(address) {
      const document = documents.get(address.uri);
      return document ? openTrace(document, address, evaluation, lease) : { state: 'nothing', traceables: [] };
    },
    async rows(name, from, count) {
      const leased = leases.get(name);
      return leased ? stepViews(leased.swept, from, count) : null;
    },
    async locate(name, position: Position) {
      const leased = leases.get(name);
      return leased ? (rowAtOffset(leased.swept, leased.swept.document.offset(position)) ?? null) : null;
    },
    async network(name) {
      const leased = leases.get(name);
      return (leased && networkView(leased.swept, leased.traceable)) ?? null;
    },
    async exportNetworks(address) {
      const document = documents.get(address.uri);
      return document ? exportNetworks(document, address, evaluation) : [];
    },
    async training() {
      return { state: 'none' };
    },
    async closeTrace(name) {
      leases.delete(name);
    },
    async exportTraces(address) {
      const document = documents.get(address.uri);
      return document ? exportTraces(document, address, evaluation) : [];
    },
    async listChecks(uri) {
      const document = documents.get(uri);
      return document ? listChecks(document, evaluation) : [];
    },
    async claimCounts(uri) {
      const document = documents.get(uri);
      return document ? countClaims(await claimsIn(document, evaluation)) : NO_CLAIMS;
    },
    async check(uri, which) {
      const document = documents.get(uri);
      return document ? runChecks(document, evaluation, which) : [];
    },
  };
}
