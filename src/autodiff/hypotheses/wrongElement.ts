import { sameShape } from '../../tensor';
import { unravel } from '../claimedGradient';
import type { Hypothesis } from './hypothesis';

/** Everything is right but one entry, or one row or column of a matrix. */
export const wrongElement: Hypothesis = function* ({ claimed, expected, claim }) {
  const { shape, size } = expected;
  if (size < 2 || shape.length > 2 || !sameShape(claimed.shape, shape)) return;
  const [a, b] = [claimed.elements(), expected.elements()];
  const wrong: number[][] = [];
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (Math.abs(x - y) > TOLERANCE * (Math.abs(x) + Math.abs(y))) wrong.push(unravel(shape, i));
  }
  const [first] = wrong;
  if (!first || wrong.length === size) return;
  if (wrong.length === 1) {
    const at = `[${first.join(', ')}]`;
    yield { code: 'wrong-element', key: `at ${at}`, text: `only the entry ${at} of \`${claim}\` is wrong` };
  }
  for (const [axis, what] of ['row', 'column'].entries()) {
    const extent = shape[axis];
    if (shape.length < 2 || extent === undefined || extent < 2 || !wrong.every((at) => at[axis] === first[axis]))
      continue;
    const text = `only the ${what} ${first[axis]} of \`${claim}\` is wrong, counted from 0`;
    yield { code: 'wrong-element', key: `${what} ${first[axis]}`, text };
  }
};

const TOLERANCE = 1e-6;
