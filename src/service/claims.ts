/** The claims of a document, decided once a version, and counted. */
import { type Claim, DEFAULT_BUDGET } from '../languages/frontEnd';
import type { ClaimCounts } from '../model';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';

const decided = new WeakMap<OpenDocument, Promise<readonly Claim[]>>();

/** All claims of a document, in order of the text. */
export function claimsIn(document: OpenDocument, evaluation: Evaluation): Promise<readonly Claim[]> {
  let claims = decided.get(document);
  if (!claims) {
    claims = evaluation.withWorkspace(document, (workspace) =>
      document.frontEnd.claims(document.analysis, DEFAULT_BUDGET, workspace),
    );
    decided.set(document, claims);
    void claims.then(
      // What the clock cut short gets further when it is asked for again.
      (list) => list.some(({ code }) => code === 'time') && decided.delete(document),
      () => decided.delete(document),
    );
  }
  return claims;
}

export const NO_CLAIMS: ClaimCounts = { total: 0, proved: 0, agree: 0, false: 0, undecided: 0, reasons: {} };

export function countClaims(claims: readonly Claim[]): ClaimCounts {
  const count = (holds: (claim: Claim) => boolean) => claims.filter(holds).length;
  const reasons: Record<string, number> = {};
  for (const { verdict, code } of claims)
    if (verdict === 'unknown' && code !== undefined) reasons[code] = (reasons[code] ?? 0) + 1;
  return {
    total: claims.length,
    proved: count((c) => c.verdict === 'pass' && c.strength === 'proved'),
    agree: count((c) => c.verdict === 'pass' && c.strength !== 'proved'),
    false: count((c) => c.verdict === 'fail'),
    undecided: count((c) => c.verdict === 'unknown'),
    reasons,
  };
}
