/** All checks of a document: what can be checked, and the checks of one item, of a place, or of the whole. */
import type { DerivativePair, RecordRequest, Traceable } from '../languages/frontEnd';
import type { CheckItem, CheckView } from '../protocol';
import { checkClaims, checkTraceable, type Depth } from './checkFeature';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import type { CheckChoice, CheckProgress } from './languageService';
import { nearest, traceableNear } from './locate';
import { checkPair, pairItem, pairsOf } from './pairChecks';

export async function listChecks(document: OpenDocument, evaluation: Evaluation): Promise<CheckItem[]> {
  const claims = await checkClaims(document, evaluation);
  return [
    ...document.traceables.map((traceable) => itemOf(document, traceable)),
    ...pairsOf(document).map((pair) => pairItem(document, pair)),
    ...claims.map(({ uri, id, name, kind, range }) => ({ uri, id, name, kind, range })),
  ];
}

export async function runChecks(
  document: OpenDocument,
  evaluation: Evaluation,
  { item, position, set, full }: CheckChoice = {},
  progress?: CheckProgress,
): Promise<CheckView[]> {
  // What came from another process is checked where a value is bound.
  const request = (set ? { set } : {}) as RecordRequest;
  const depth: Depth = { ...(full ? { mode: 'full' as const } : {}), ...(progress ? { progress } : {}) };
  const gradient = (traceable: Traceable) => checkTraceable(document, traceable, evaluation, request, depth);
  const byHand = (pair: DerivativePair) =>
    checkPair(document, pair, evaluation, { ...request, full: full === true, ...(progress ? { progress } : {}) });
  const pairs = pairsOf(document);
  if (position) {
    const offset = document.offset(position);
    const traceable = traceableNear(document, offset);
    // What stands at the place, and what is written by hand there.
    const here = nearest(pairs, (p) => p.span, offset);
    const isInside = here && here.span.from <= offset && offset <= here.span.to;
    return [...(traceable ? [await gradient(traceable)] : []), ...(isInside ? [await byHand(here)] : [])];
  }
  const checks: CheckView[] = [];
  for (const traceable of document.traceables) {
    if (item && (item.kind !== 'gradient' || item.id !== traceable.id)) continue;
    checks.push(await gradient(traceable));
  }
  for (const pair of pairs) {
    if (item && (item.kind !== 'backward' || item.id !== pair.id)) continue;
    checks.push(await byHand(pair));
  }
  if (item && item.kind !== 'claim') return checks;
  const claims = await checkClaims(document, evaluation);
  return [...checks, ...claims.filter(({ id }) => !item || item.id === id)];
}

function itemOf(document: OpenDocument, { id, name, nameSpan, span }: Traceable): CheckItem {
  return { uri: document.source.uri, id, name, kind: 'gradient', range: document.range(nameSpan ?? span) };
}
