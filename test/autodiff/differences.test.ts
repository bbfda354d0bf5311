import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adaptiveDifference, centreDifference, errorSweep, forwardDifference } from '../../src/autodiff';

/** log x₁ + x₁x₂ − sin x₂ along x₁ and along x₂, at (2, 5). */
const f = (x1: number, x2: number) => Math.log(x1) + x1 * x2 - Math.sin(x2);
const along1 = (t: number) => f(2 + t, 5);
const along2 = (t: number) => f(2, 5 + t);

describe('differences', () => {
  it('centre differences with h = 1e−4', () => {
    assert.equal(centreDifference(along1, 1e-4), 5.500000000422389);
    assert.equal(centreDifference(along2, 1e-4), 1.716337815009794);
  });

  it('with h = 1e−15 hardly a digit is left', () => {
    assert.equal(centreDifference(along1, 1e-15), 4.440892098500626);
    assert.equal(centreDifference(along2, 1e-15), 1.7763568394002502);
  });

  it('the adaptive rule has an error below 1e−12 on sin', () => {
    for (let x = -3; x <= 3; x += 0.25) {
      const estimate = adaptiveDifference((t) => Math.sin(x + t), 0.5)!;
      assert.ok(Math.abs(estimate.value - Math.cos(x)) < 1e-12, `at ${x}: ${estimate.value - Math.cos(x)}`);
    }
  });

  it('the adaptive rule goes closer where the function ends', () => {
    const estimate = adaptiveDifference((t) => (0.01 + t > 0 ? Math.log(0.01 + t) : undefined), 0.1)!;
    assert.ok(Math.abs(estimate.value - 100) < 1e-6);
  });

  it('the curve of errors is a V: forward best near 1e−8, centre near 1e−5', () => {
    const curve = errorSweep((t) => Math.exp(1 + t), Math.E);
    const best = (pick: 'forward' | 'centre') => curve.reduce((a, b) => ((b[pick] ?? 1) < (a[pick] ?? 1) ? b : a)).h;
    assert.ok(best('forward') > 1e-10 && best('forward') < 1e-6, `${best('forward')}`);
    assert.ok(best('centre') > 1e-7 && best('centre') < 1e-3, `${best('centre')}`);
    assert.ok(curve[0]!.forward! > 1e-2 && curve.at(-1)!.forward! > 1e-2);
  });

  it('are undefined where the function is', () => {
    const half = (t: number) => (t < 0 ? undefined : t);
    assert.equal(centreDifference(half, 0.1), undefined);
    assert.equal(forwardDifference(half, 0.5), 1);
  });
});
