import assert from 'node:assert/strict';
import katex from 'katex';
import { describe, it } from 'mocha';
import { texName } from '../../src/format/texName';

describe('names in TeX', () => {
  const cases: readonly (readonly [readonly (string | number)[], string])[] = [
    [['x1'], 'x_1'],
    [['x'], 'x'],
    [['w13'], 'w_{13}'],
    [['x_1'], 'x_1'],
    [['x_{i,1}'], 'x_{i,1}'],
    [['alpha'], '\\alpha'],
    [['theta2'], '\\theta_2'],
    [['loss'], '\\mathrm{loss}'],
    [['grad_w1'], '\\mathrm{grad\\_w}_1'],
    [['\\hat{y}'], '\\hat{y}'],
    [['self', 'params', 'W1'], 'W_1'],
  ];
  for (const [path, tex] of cases) it(path.join(' · '), () => assert.equal(texName(path), tex));

  it('is TeX that KaTeX accepts, whatever the name', () => {
    for (const name of ['a_b_c', 'ünï', '_private', 'x__', 'loss_2', 'a%b', 'a$b', 'W0', '__x1__', 'été2']) {
      assert.doesNotThrow(() => katex.renderToString(texName([name]), { throwOnError: true, strict: 'ignore' }), name);
    }
  });
});
