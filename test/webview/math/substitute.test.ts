import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { texNumber, withNumbers } from '../../../webview/math/substitute';

const values = { primal: [0, 2, 5, -3, 1e-9, 4], tangent: [0, 1, 0, 0.5, 7, 8], adjoint: [0, -1, 6, 2, 3, 9] } as const;
const numbers = (tex: string) => withNumbers(tex, (index, family) => values[family][index]);

describe('numbers in step formulas', () => {
  const cases: [string, string][] = [
    ['v_1 v_2', '2 \\cdot 5'],
    ['v_{1} v_{2}', '2 \\cdot 5'],
    ['v_1 v_3', '2 \\cdot (-3)'],
    ['v_3 v_1', '-3 \\cdot 2'],
    ['v_3^{2}', '(-3)^{2}'],
    ['v_1^{2}', '2^{2}'],
    ['\\dot v_1 v_2 + v_1 \\dot v_2', '1 \\cdot 5 + 2 \\cdot 0'],
    ['\\bar{v}_{2} \\cos v_{2}', '6 \\cos 5'],
    ['-\\bar v_1', '- (-1)'],
    ['\\frac{v_1}{v_3}', '\\frac{ 2}{ -3}'],
    ['e^{v_3}', 'e^{ -3}'],
    ['2 v_1', '2 \\cdot 2'],
    ['\\ln v_4', '\\ln 1.000 \\cdot 10^{-9}'],
  ];
  for (const [tex, expected] of cases) {
    it(tex, () => assert.equal(numbers(tex)?.replace(/ +/g, ' '), expected.replace(/ +/g, ' ')));
  }

  it('says nothing where a number is not known', () => {
    assert.equal(numbers('v_1 + v_9'), undefined);
    assert.equal(numbers('v_1 + v'), undefined);
  });

  it('leaves other names alone', () => {
    assert.equal(numbers('\\nabla w + v_1')?.trim(), '\\nabla w + 2');
  });

  it('writes numbers that are none', () => {
    assert.deepEqual([NaN, Infinity, -Infinity].map(texNumber), ['\\mathrm{NaN}', '\\infty', '-\\infty']);
  });
});
