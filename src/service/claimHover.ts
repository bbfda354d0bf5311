/** What is known of the equation under the pointer: the verdict, and why there is none. A false one is underlined and says so. */
import { STRENGTH_WORDS, VERDICT_MARKS, VERDICT_WORDS } from '../format';
import type { Claim } from '../languages/frontEnd';
import { claimsIn } from './claims';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import { prose } from './hoverText';
import type { HoverAnswer } from './languageService';

/** Adds the verdict on the equation at an offset to what else a hover says there. */
export async function withClaim(
  shown: HoverAnswer | undefined,
  document: OpenDocument,
  offset: number,
  evaluation: Evaluation,
): Promise<HoverAnswer | undefined> {
  const claim = await claimAt(document, offset, evaluation);
  const line = claim && lineOf(claim);
  if (!claim || line === undefined) return shown;
  if (!shown) return { markdown: line, range: document.range(claim.span) };
  return { ...shown, markdown: `${shown.markdown}\n\n${line}` };
}

/** The innermost. */
async function claimAt(document: OpenDocument, offset: number, evaluation: Evaluation): Promise<Claim | undefined> {
  const claims = await claimsIn(document, evaluation);
  return claims
    .filter(({ span }) => span.from <= offset && offset <= span.to)
    .sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))[0];
}

function lineOf({ verdict, strength, message }: Claim): string | undefined {
  if (verdict === 'fail') return undefined;
  const mark = VERDICT_MARKS[verdict];
  if (strength === 'numerical') return `${mark} *this equality* ${prose(message)}`;
  const word = strength ? STRENGTH_WORDS[strength] : VERDICT_WORDS[verdict];
  return `${mark} *this equality: ${word}*${verdict === 'unknown' ? `: ${prose(message)}` : ''}`;
}
