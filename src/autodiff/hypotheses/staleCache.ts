import { type Hypothesis, is } from './hypothesis';

/** What the backward pass uses is of an earlier forward pass. */
export const staleCache: Hypothesis = function* (evidence) {
  if (is(evidence, evidence.before())) {
    yield {
      code: 'stale-cache',
      key: 'stale',
      text: `\`${evidence.claim}\` uses what an earlier forward pass left behind`,
    };
  }
};
