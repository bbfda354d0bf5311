import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Notes } from './support';

const FORMULAS = String.raw`$x = 3$, $w = 0.5$, $\hat y = w x - 1$, $L = \frac12 (\hat y - 1)^2$. `;

const claims = (text: string) => new Notes(text).claims.map((c) => `${c.text}: ${c.verdict}`);

describe('a result that is stated again', () => {
  it('is a claim, and leaves the formula in force', () => {
    const text = String.raw`${FORMULAS} Then $\hat y = 0.5$ and $\frac{\partial L}{\partial w} = -1.5$.`;
    assert.deepEqual(claims(text), [
      String.raw`\hat y = 0.5: pass`,
      String.raw`\frac{\partial L}{\partial w} = -1.5: pass`,
    ]);
  });

  it('may be a calculation', () => {
    const text = String.raw`${FORMULAS} $$\hat y = 0.5 \cdot 3 - 1 = 0.5$$ $$\frac{\partial L}{\partial x} = -0.25$$`;
    assert.deepEqual(
      claims(text).map((c) => c.slice(c.lastIndexOf(':'))),
      [': pass', ': pass', ': pass'],
    );
  });

  it('is rounded as it is printed', () => {
    assert.deepEqual(claims(String.raw`$x = 2$, $y = \ln x$. So $y = 0.693$. Then $y^2 = 0.4805$.`), [
      'y = 0.693: pass',
      'y^2 = 0.4805: pass',
    ]);
  });

  it('with another number is a new value', () => {
    const text = String.raw`${FORMULAS} Now let $\hat y = 0.8$. $$\frac{\partial L}{\partial \hat y} = -0.2$$`;
    assert.deepEqual(claims(text), [String.raw`\frac{\partial L}{\partial \hat y} = -0.2: pass`]);
  });

  it('gives no value where the formula has none', () => {
    assert.deepEqual(claims(String.raw`$y = a b$, then $y = 2$ and $y^2 = 4$.`), ['y^2 = 4: pass']);
  });
});
