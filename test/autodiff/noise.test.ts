import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { computationalNoise } from '../../src/autodiff/noise';

describe('computational noise', () => {
  it('is that of the rounding: of the size of the last digit for a plain function', () => {
    const noise = computationalNoise((t) => Math.sin(1 + t), 0.1) as number;
    assert.ok(noise > 1e-18 && noise < 1e-15, String(noise));
  });

  it('grows with what cancels on the way to the result', () => {
    const noise = computationalNoise((t) => 1e6 + Math.sin(1 + t) - 1e6, 0.1) as number;
    assert.ok(noise > 1e-12 && noise < 1e-9, String(noise));
  });

  it('is none for a function that is computed exactly', () =>
    assert.equal(
      computationalNoise(() => 3, 0.1),
      0,
    ));

  it('is not known where the function is not', () => {
    assert.equal(
      computationalNoise((t) => (t > 0 ? undefined : t), 0.1),
      undefined,
    );
    assert.equal(
      computationalNoise((t) => Math.log(t), 0.1),
      undefined,
    );
  });
});
