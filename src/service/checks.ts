/** All checks of a document: what can be checked, and the checks of one item, of a place, or of the whole. */
import type { RecordRequest, Traceable } from '../languages/frontEnd';
import type { CheckItem, CheckView } from '../protocol';
import { checkClaims, checkTraceable } from './checkFeature';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import type { CheckChoice } from './languageService';
import { traceableNear } from './locate';

export async function listChecks(document: OpenDocument, evaluation: Evaluation): Promise<CheckItem[]> {
  const claims = await checkClaims(document, evaluation);
  return [
    ...document.traceables.map((traceable) => itemOf(document, traceable)),
    ...claims.map(({ uri, id, name, kind, range }) => ({ uri, id, name, kind, range })),
  ];
}

export async function runChecks(
  document: OpenDocument,
  evaluation: Evaluation,
  { item, position, set }: CheckChoice = {},
): Promise<CheckView[]> {
  // What came from another process is checked where a value is bound.
  const request = (set ? { set } : {}) as RecordRequest;
  const gradient = (traceable: Traceable) => checkTraceable(document, traceable, evaluation, request);
  if (position) {
    const traceable = traceableNear(document, document.offset(position));
    return traceable ? [await gradient(traceable)] : [];
  }
  const checks: CheckView[] = [];
  for (const traceable of document.traceables) {
    if (item && (item.kind !== 'gradient' || item.id !== traceable.id)) continue;
    checks.push(await gradient(traceable));
  }
  if (item && item.kind !== 'claim') return checks;
  const claims = await checkClaims(document, evaluation);
  return [...checks, ...claims.filter(({ id }) => !item || item.id === id)];
}

function itemOf(document: OpenDocument, { id, name, nameSpan, span }: Traceable): CheckItem {
  return { uri: document.source.uri, id, name, kind: 'gradient', range: document.range(nameSpan ?? span) };
}
