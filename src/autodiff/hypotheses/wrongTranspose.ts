import { transpose } from '../../tensor';
import { type Hypothesis, mends } from './hypothesis';

/** The transpose of the gradient. */
export const wrongTranspose: Hypothesis = function* (evidence) {
  const { claimed, claim } = evidence;
  if (claimed.ndim < 2) return;
  const axes = claimed.shape.map((_, k) => k);
  [axes[axes.length - 1], axes[axes.length - 2]] = [axes.length - 2, axes.length - 1];
  const { shape } = evidence.expected;
  const turned = transpose(claimed, axes);
  if (turned.shape.every((n, k) => n === shape[k]) && mends(turned, evidence)) {
    yield { code: 'transpose', key: 'transpose', text: `\`${claim}\` is the transpose of the gradient` };
  }
};
