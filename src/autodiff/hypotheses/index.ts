/**
 * Why a claimed gradient is wrong. Every hypothesis proposes corrections from the numbers of one point; one is accepted
 * only if the same correction makes the claim right at all points, two of which took no part in finding that it is wrong.
 */
import { batchSum } from './batchSum';
import { constantFactor } from './constantFactor';
import { elementFactor } from './elementFactor';
import type { Evidence, Explanation, Hypothesis } from './hypothesis';
import { missingTerm } from './missingTerm';
import { sign } from './sign';
import { staleCache } from './staleCache';
import { swapped } from './swapped';
import { upstreamIgnored } from './upstreamIgnored';
import { wrongElement } from './wrongElement';
import { wrongTranspose } from './wrongTranspose';

export type { CauseCode, Evidence, Explanation, Extent, Hypothesis, Variant } from './hypothesis';

/** In the order in which they are tried: what says most about the numbers comes first. */
export const HYPOTHESES: readonly Hypothesis[] = [
  sign,
  swapped,
  upstreamIgnored,
  staleCache,
  wrongTranspose,
  batchSum,
  constantFactor,
  missingTerm,
  elementFactor,
  wrongElement,
];

/** Points that an explanation must hold at beyond those where the claim was found to be wrong. */
export const FRESH_POINTS = 2;

/**
 * The first explanation that holds at every point; undefined where none does.
 * @param points at least two more than were used to find the failure
 */
export function explain(points: readonly Evidence[]): Explanation | undefined {
  const [first, ...rest] = points;
  if (!first || rest.length < FRESH_POINTS) return undefined;
  for (const hypothesis of HYPOTHESES) {
    for (const explanation of hypothesis(first)) {
      const holds = rest.every((evidence) => {
        for (const other of hypothesis(evidence)) if (other.key === explanation.key) return true;
        return false;
      });
      if (holds) return explanation;
    }
  }
  return undefined;
}
