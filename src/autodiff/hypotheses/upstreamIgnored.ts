import { type Hypothesis, is } from './hypothesis';

/** The gradient as it would be if ones came from above. */
export const upstreamIgnored: Hypothesis = function* (evidence) {
  if (is(evidence, evidence.unweighted())) {
    yield {
      code: 'upstream-ignored',
      key: 'upstream',
      text: `\`${evidence.claim}\` ignores the gradient that comes from above`,
    };
  }
};
