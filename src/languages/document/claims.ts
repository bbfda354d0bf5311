/**
 * The claims of a document: equalities that can be decided. A definition is no claim, an equation to be solved is none, and
 * what cannot be decided with certainty is unknown: a false alarm costs more than a miss.
 */
import type { Claim } from '../frontEnd';
import { chainClaims } from './chain';
import type { Model } from './model';
import { isSilenced, silencedSpans, silenceFor } from './silence';
import { tableClaims } from './tables/claims';

/**
 * All claims in order of the text. What is not decided after so many milliseconds stays open; what was decided is remembered,
 * so that the next time gets further.
 */
export function claimsOf(model: Model, milliseconds = Infinity): Claim[] {
  const claims: Claim[] = [];
  const end = Date.now() + milliseconds;
  model.isLate = () => Date.now() > end;
  for (const statement of model.analysis.statements) {
    if (statement.placed.region.quoted || statement.condition) continue;
    claims.push(...chainClaims(model, statement));
  }
  if (!model.isLate()) claims.push(...tableClaims(model));
  const silenced = silencedSpans(model.analysis);
  return numbered(claims.filter((c) => !isSilenced(c.span, silenced)).sort((a, b) => a.span.from - b.span.from)).map(
    (claim) => {
      const silence = claim.verdict === 'fail' ? silenceFor(model.analysis, claim.span) : undefined;
      return silence ? { ...claim, silence } : claim;
    },
  );
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
