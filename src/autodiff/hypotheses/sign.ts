import { map } from '../../tensor';
import { type Hypothesis, mends } from './hypothesis';

/** The sign is wrong. */
export const sign: Hypothesis = function* (evidence) {
  if (
    mends(
      map((x) => -x, evidence.claimed),
      evidence,
    )
  ) {
    yield { code: 'sign', key: 'sign', text: `the sign of \`${evidence.claim}\` is wrong` };
  }
};
