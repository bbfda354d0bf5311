import { type Hypothesis, is } from './hypothesis';

/** The gradient by another argument. */
export const swapped: Hypothesis = function* (evidence) {
  for (const other of evidence.others()) {
    if (is(evidence, other.gradient)) {
      yield {
        code: 'swapped',
        key: `swapped ${other.key}`,
        text: `\`${evidence.claim}\` is the gradient by \`${other.text}\`, not by \`${evidence.name}\``,
      };
    }
  }
};
