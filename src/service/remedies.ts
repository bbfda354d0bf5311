/** Quick fixes for what is unknown: comments that give a name a shape and a sampler, derivatives that are not written yet. */
import { DEFAULT_BUDGET } from '../languages/frontEnd';
import { isUnknown, type Span, type Unknown } from '../model';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import type { RemedyAnswer } from './languageService';

export async function remedies(
  document: OpenDocument,
  offset: number,
  evaluation: Evaluation,
): Promise<readonly RemedyAnswer[]> {
  const { frontEnd } = document;
  if (!frontEnd.remedies) return [];
  // Why what stands here, or the function or script around it, is not known.
  const reasons: Span[] = [];
  const seen = new Set<string>();
  const around = document.traceables.filter(({ span }) => span.from <= offset && offset <= span.to);
  for (const traceable of [...frontEnd.at(document.analysis, offset).map((o) => o.traceable), ...around]) {
    if (seen.has(traceable.id)) continue;
    seen.add(traceable.id);
    const outcome = await evaluation.record(document, traceable, {});
    if (isUnknown(outcome)) for (let u: Unknown | undefined = outcome; u; u = u.cause) reasons.push(u.span);
  }
  const found = await evaluation.withWorkspace(
    document,
    (workspace) => frontEnd.remedies?.(document.analysis, offset, reasons, DEFAULT_BUDGET, workspace) ?? [],
  );
  return found.map(({ title, at, to, text }) => ({
    title,
    at: document.position(at),
    ...(to === undefined ? {} : { to: document.position(to) }),
    text,
  }));
}
