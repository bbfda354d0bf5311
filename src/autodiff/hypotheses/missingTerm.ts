import { type Hypothesis, is, vanishes } from './hypothesis';

/** One way from the output to the input is left out: a term of a sum, a factor of a product rule, a penalty. */
export const missingTerm: Hypothesis = function* (evidence) {
  if (vanishes(evidence.claimed)) return;
  for (const omission of evidence.omissions()) {
    if (!is(evidence, omission.gradient)) continue;
    yield omission.isPenalty
      ? {
          code: 'regularisation',
          key: omission.key,
          text: `the gradient of the penalty ${omission.text} is left out of \`${evidence.claim}\``,
          ...(omission.row === undefined ? {} : { row: omission.row }),
        }
      : {
          code: 'missing-term',
          key: omission.key,
          text: `\`${evidence.claim}\` lacks the term that goes through ${omission.text}`,
          ...(omission.row === undefined ? {} : { row: omission.row }),
        };
  }
};
