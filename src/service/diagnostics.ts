/** What is drawn under the text: only what fails, and structural faults. */
import type { Claim } from '../languages/frontEnd';
import { claimsIn } from './claims';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import type { DiagnosticAnswer } from './languageService';
import { structuralFaults } from './structuralFaults';

export async function diagnostics(document: OpenDocument, evaluation: Evaluation): Promise<DiagnosticAnswer[]> {
  const faults = document.frontEnd.faults(document.analysis).map((fault): DiagnosticAnswer => ({
    range: document.range(fault.span),
    severity: 'warning',
    code: fault.code,
    message: fault.message,
  }));
  const claims = await claimsIn(document, evaluation);
  const structure = await structuralFaults(document, evaluation);
  return [...faults, ...structure, ...claims.filter((c) => c.verdict === 'fail').map((c) => ofClaim(document, c))];
}

function ofClaim(document: OpenDocument, claim: Claim): DiagnosticAnswer {
  return {
    range: document.range(claim.span),
    severity: 'warning',
    code: claim.code ?? 'false-claim',
    message: claim.message,
    ...(claim.expected === undefined ? {} : { fix: claim.expected }),
    ...(claim.silence ? { silence: { at: document.position(claim.silence.at), text: claim.silence.text } } : {}),
  };
}
