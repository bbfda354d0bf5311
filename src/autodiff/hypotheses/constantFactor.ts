import { map, type NdArray } from '../../tensor';
import { type Hypothesis, mends } from './hypothesis';

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
  const { claim, batch, expected } = evidence;
  const sizes: readonly (readonly [string, number, string])[] = [
    ['batch', batch ?? 1, 'the batch size'],
    ['size', expected.size, 'the number of elements'],
  ];
  for (const [key, size, words] of sizes) {
    // Two is a usual factor by itself.
    if (size <= 2) continue;
    if (near(factor, size)) {
      yield {
        code: 'constant-factor',
        key: `times ${key}`,
        text: `\`${claim}\` is scaled by ${size}, ${words}: the forward takes a mean, and this a sum`,
      };
    }
    if (near(factor, 1 / size)) {
      yield {
        code: 'constant-factor',
        key: `over ${key}`,
        text: `\`${claim}\` is divided by ${size}, ${words}: the forward takes a sum, and this a mean`,
      };
    }
  }
  const [shown, words] = plain(factor);
  const also =
    batch === 2 && (near(factor, 2) || near(factor, 1 / 2)) ? ' (two is also the number of examples here)' : '';
  yield { code: 'constant-factor', key: `times ${shown}`, text: `\`${claim}\` is ${words}${also}` };
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
