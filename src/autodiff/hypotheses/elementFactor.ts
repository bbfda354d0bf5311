import { broadcastTo, type NdArray, sameShape, TensorError, zip } from '../../tensor';
import { type Evidence, type Explanation, type Hypothesis, mends } from './hypothesis';

/** The slope of the function, its argument, or another value of the forward pass is missing as a factor, or one too many. */
export const elementFactor: Hypothesis = function* (evidence) {
  const slope = evidence.slope();
  if (slope) yield* tried(evidence, slope, 'slope', 'the slope of the function');
  for (const factor of evidence.factors()) {
    if (factor.gradient) yield* tried(evidence, factor.gradient, factor.key, factor.text, factor.row);
  }
};

function* tried(evidence: Evidence, factor: NdArray, key: string, words: string, row?: number): Generator<Explanation> {
  const { claimed, expected, claim } = evidence;
  if (!sameShape(claimed.shape, expected.shape)) return;
  const fitted = stretched(factor, expected.shape);
  if (!fitted) return;
  const place = row === undefined ? {} : { row };
  if (
    mends(
      zip((a, b) => a * b, claimed, fitted, 'float64'),
      evidence,
    )
  ) {
    yield {
      code: 'missing-factor',
      key: `times ${key}`,
      text: `the factor ${words} is missing in \`${claim}\``,
      ...place,
    };
  }
  if (
    fitted.elements().every((x) => x !== 0) &&
    mends(
      zip((a, b) => a / b, claimed, fitted, 'float64'),
      evidence,
    )
  ) {
    yield {
      code: 'extra-factor',
      key: `over ${key}`,
      text: `\`${claim}\` has the factor ${words} once too often`,
      ...place,
    };
  }
}

function stretched(factor: NdArray, shape: readonly number[]): NdArray | undefined {
  try {
    return broadcastTo(factor, shape);
  } catch (error) {
    if (error instanceof TensorError) return undefined;
    throw error;
  }
}
