/** What is not supported of a module is unknown: no exception that Python would not raise. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { evaluate } from './evaluate';

describe('names of the standard library that are not supported', () => {
  it('are unknown, imported or not; what is supported works beside them', () => {
    const text =
      'import statistics\nfrom statistics import NormalDist, mean\n' +
      'print(mean([1, 2, 6]), statistics.mean([1.0, 2.0]))\nprint(NormalDist(0, 1).cdf(0.5), statistics.harmonic_mean([1, 2]))\n';
    assert.equal(evaluate(text).output, '3 1.5\n<unknown> <unknown>\n');
  });
});

describe('numbers in the fields of formatted strings', () => {
  it('may end with their point', () => {
    const text = 'f = lambda a, b: a * b\nprint(f"{f(2., 3.):.2f} is 6.", f\'{1.}{2.:5.1f}\', rf"{0.}")\n';
    assert.equal(evaluate(text).output, '6.00 is 6. 1.0  2.0 0.0\n');
  });
});
