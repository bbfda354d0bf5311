import { map, type NdArray } from '../../tensor';
import { type Explanation, type Extent, type Hypothesis, mends } from './hypothesis';

/**
 * A constant factor: the number of examples (a mean against a sum), the number of elements, or a plain number. A number
 * that comes out the same wherever the sizes differ is plain; one that follows the batch is the batch.
 */
export const constantFactor: Hypothesis = function* (evidence) {
  const factor = ratio(evidence);
  if (factor === undefined || Math.abs(factor - 1) < 1e-9) return;
  if (
    !mends(
      map((x) => x / factor, evidence.claimed),
      evidence,
    )
  )
    return;
  const { claim, extents = [], expected } = evidence;
  const sizes: readonly Extent[] = [...extents, { key: 'size', size: expected.size, words: 'the number of elements' }];
  const bySize = sizes.flatMap(({ key, size, words }): Explanation[] => {
    if (size <= 1) return [];
    const say = (key: string, text: string): Explanation => ({ code: 'constant-factor', key, text });
    if (near(factor, size)) {
      return [
        say(`times ${key}`, `\`${claim}\` is scaled by ${size}, ${words}: the forward takes a mean, and this a sum`),
      ];
    }
    if (near(factor, 1 / size)) {
      return [
        say(`over ${key}`, `\`${claim}\` is divided by ${size}, ${words}: the forward takes a sum, and this a mean`),
      ];
    }
    return [];
  });
  const [shown, words] = plain(factor);
  const isTwo = shown === '2' || shown === '1/2';
  const also = isTwo && extents[0]?.size === 2 ? ' (two is also the number of examples here)' : '';
  const byNumber: Explanation = {
    code: 'constant-factor',
    key: `times ${shown}`,
    text: `\`${claim}\` is ${words}${also}`,
  };
  // Two is a usual factor by itself; any other number that is a size is that size.
  yield* isTwo ? [byNumber, ...bySize] : [...bySize, byNumber];
};

/** ⟨claimed, expected⟩ / ⟨expected, expected⟩ */
function ratio({ claimed, expected }: { claimed: NdArray; expected: NdArray }): number | undefined {
  if (claimed.size !== expected.size) return undefined;
  const [a, b] = [claimed.elements(), expected.elements()];
  let [ab, bb] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    ab += (a[i] as number) * (b[i] as number);
    bb += (b[i] as number) ** 2;
  }
  const k = ab / bb;
  return Number.isFinite(k) && k !== 0 ? k : undefined;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.abs(b);

/** A factor in words: a whole number or the reciprocal of one where it is, else to six digits. */
function plain(factor: number): [string, string] {
  const whole = Math.round(factor);
  if (whole !== 0 && near(factor, whole)) return [String(whole), `${whole} times the gradient`];
  const inverse = Math.round(1 / factor);
  if (inverse !== 0 && near(factor, 1 / inverse)) return [`1/${inverse}`, `the gradient divided by ${inverse}`];
  const digits = factor.toPrecision(6).replace(/\.?0+$/, '');
  return [digits, `${digits} times the gradient`];
}
