/**
 * The claims of a document: equalities that can be decided. A definition is no claim, an equation to be solved is none, and
 * what cannot be decided with certainty is unknown: a false alarm costs more than a miss.
 */
import type { Claim } from '../frontEnd';
import { chainClaims } from './chain';
import type { DocumentAnalysis } from './analysis';
import { type DocumentLayout, documentLayout, inLayout, statedLayout } from './arrays/layout';
import { holdsDerivative } from './decide';
import type { Model } from './model';
import { isSilenced, silencedSpans, silenceFor } from './silence';
import { tableClaims } from './tables/claims';

/**
 * All claims in order of the text. What is not decided after so many operations stays open: the same text has the same claims
 * on every machine, but for one that is slower than the brake allows.
 */
export function claimsOf(model: Model, operations = Infinity, milliseconds = Infinity): Claim[] {
  return model.within(operations, milliseconds, () => decided(model));
}

function decided(model: Model): Claim[] {
  const claims: Claim[] = [];
  for (const statement of model.analysis.statements) {
    if (statement.placed.region.quoted || statement.condition) continue;
    claims.push(...chainClaims(model, statement));
  }
  if (!model.ended()) claims.push(...tableClaims(model));
  const silenced = silencedSpans(model.analysis);
  const heard = claims.filter((c) => !isSilenced(c.span, silenced)).sort((a, b) => a.span.from - b.span.from);
  return numbered(inLayout(model.analysis, heard)).map((claim) => {
    const silence = claim.verdict === 'fail' ? silenceFor(model.analysis, claim.span) : undefined;
    return silence ? { ...claim, silence } : claim;
  });
}

const layouts = new WeakMap<DocumentAnalysis, DocumentLayout | undefined>();

/** Statements with derivatives that are looked through for the layout. */
const MAX_EVIDENCE = 100;
/** Work for that, and the brake. */
const MAX_WORK = 500_000;
const MAX_MILLISECONDS = 3_000;

/** The layout that a document states, or shows in its derivatives. */
export function layoutOf(model: Model): DocumentLayout | undefined {
  const { analysis } = model;
  if (!layouts.has(analysis)) {
    // A claim may ask for the values after an update, which asks for the layout.
    layouts.set(analysis, undefined);
    const derived = statedLayout(analysis)
      ? []
      : analysis.statements.filter((s) => !s.placed.region.quoted && !s.condition && holdsDerivative(s.node));
    const claims = model.within(MAX_WORK, MAX_MILLISECONDS, () =>
      derived.slice(0, MAX_EVIDENCE).flatMap((s) => chainClaims(model, s)),
    );
    layouts.set(analysis, documentLayout(analysis, claims));
  }
  return layouts.get(analysis);
}

/** Claims with the same text are told apart by their order. */
function numbered(claims: readonly Claim[]): Claim[] {
  const count = new Map<string, number>();
  return claims.map((claim) => {
    const ordinal = (count.get(claim.id) ?? 0) + 1;
    count.set(claim.id, ordinal);
    return ordinal === 1 ? claim : { ...claim, id: `${claim.id}#${ordinal}` };
  });
}
