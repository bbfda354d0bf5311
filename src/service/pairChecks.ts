/** Derivatives written by hand, checked against the reverse sweep. */
import type { CheckedGradient, DerivativePair, PairCheck, PairRequest } from '../languages/frontEnd';
import { DEFAULT_BUDGET } from '../languages/frontEnd';
import { type CheckItem, type CheckView, type ParameterCheck, toJsonNumber } from '../protocol';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';

export function pairsOf(document: OpenDocument): readonly DerivativePair[] {
  return document.frontEnd.pairs?.find(document.analysis) ?? [];
}

export function pairItem(document: OpenDocument, { id, name, nameSpan }: DerivativePair): CheckItem {
  return { uri: document.source.uri, id, name, kind: 'backward', range: document.range(nameSpan) };
}

export async function checkPair(
  document: OpenDocument,
  pair: DerivativePair,
  evaluation: Evaluation,
  request: PairRequest = {},
): Promise<CheckView> {
  const { pairs } = document.frontEnd;
  const outcome = await evaluation.withWorkspace(document, (workspace) =>
    pairs?.check(document.analysis, pair, request, DEFAULT_BUDGET, workspace),
  );
  const base = { ...pairItem(document, pair), of: pair.of };
  if (!outcome || outcome.kind === 'needs') {
    const missing = outcome ? outcome.uris.join(', ') : pair.name;
    return {
      ...base,
      verdict: 'unknown',
      message: `${missing} cannot be read`,
      code: 'missing-file',
      parameters: [],
      point: {},
    };
  }
  return { ...base, ...resultOf(document, outcome) };
}

function resultOf(document: OpenDocument, check: PairCheck): Omit<CheckView, keyof CheckItem | 'of'> {
  const { cause, notes, related, fixes } = check;
  return {
    verdict: check.verdict,
    ...(check.strength === undefined ? {} : { strength: check.strength }),
    message: check.message,
    ...(check.code === undefined ? {} : { code: check.code }),
    ...(cause ? { cause: cause.text, causeCode: cause.code } : {}),
    parameters: check.gradients.map(parameterOf),
    point: jsonPoint(check.point),
    ...(check.span ? { place: document.range(check.span) } : {}),
    ...(notes.length > 0 ? { notes: [...notes] } : {}),
    ...(related.length > 0
      ? { related: related.map(({ span, message }) => ({ range: document.range(span), message })) }
      : {}),
    ...(fixes.length > 0
      ? {
          fixes: fixes.map(({ title, edits }) => ({
            title,
            edits: edits.map(({ span, text }) => ({ range: document.range(span), newText: text })),
          })),
        }
      : {}),
    points: check.points,
  };
}

function parameterOf(g: CheckedGradient): ParameterCheck {
  const { worst } = g;
  return {
    name: g.name,
    claim: g.claim,
    verdict: g.verdict,
    ...(g.relativeError === undefined ? {} : { relativeError: toJsonNumber(g.relativeError) }),
    ...(worst
      ? {
          worst: {
            index: [...worst.index],
            claimed: toJsonNumber(worst.claimed),
            expected: toJsonNumber(worst.expected),
          },
        }
      : {}),
    message: g.message,
    ...(g.cause ? { cause: g.cause.text } : {}),
  };
}

/** Points hold numbers and nested lists of them, or fields. */
function jsonPoint(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, json(v)]));
}

function json(value: unknown): unknown {
  if (typeof value === 'number') return toJsonNumber(value);
  if (Array.isArray(value)) return value.map(json);
  return value;
}
