import { sameShape, sum } from '../../tensor';
import { type Hypothesis, mends } from './hypothesis';

/** What was broadcast forward must be summed backward: the sum over an axis, most often the batch, is missing. */
export const batchSum: Hypothesis = function* (evidence) {
  const { claimed, claim, expected, name } = evidence;
  if (claimed.size <= expected.size) return;
  for (let axis = 0; axis < claimed.ndim; axis++) {
    for (const keepdims of [false, true]) {
      const summed = sum(claimed, { axis, keepdims });
      if (sameShape(summed.shape, expected.shape) && mends(summed, evidence)) {
        const over = axis === 0 ? 'over the batch' : `over axis ${axis}`;
        yield {
          code: 'batch-sum',
          key: `sum ${axis}`,
          text: `\`${claim}\` is not summed ${over}: \`${name}\` is shared by all of it`,
        };
      }
    }
  }
};
