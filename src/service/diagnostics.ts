/** What is drawn under the text: only what fails, and structural faults. */
import type { CheckView } from '../protocol';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import { checkClaims } from './checkFeature';
import type { DiagnosticAnswer } from './languageService';

export async function diagnostics(document: OpenDocument, evaluation: Evaluation): Promise<DiagnosticAnswer[]> {
  const faults = document.frontEnd.faults(document.analysis).map((fault): DiagnosticAnswer => ({
    range: document.range(fault.span),
    severity: 'warning',
    code: fault.code,
    message: fault.message,
  }));
  const claims = await checkClaims(document, evaluation);
  return [...faults, ...claims.filter((c) => c.verdict === 'fail').map(ofClaim)];
}

function ofClaim(claim: CheckView): DiagnosticAnswer {
  return {
    range: claim.range,
    severity: 'warning',
    code: claim.code ?? 'false-claim',
    message: claim.message,
    ...(claim.expected === undefined ? {} : { fix: claim.expected }),
  };
}
