import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { texToText } from '../../src/format';

describe('TeX as plain text', () => {
  it('takes words that every object of JavaScript knows for words', () => {
    for (const word of ['constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
      assert.equal(texToText(`\\${word} x`), `${word} x`);
      assert.doesNotMatch(texToText(`\\hat{\\${word}} \\begin{${word}}a\\end{${word}}`), /native|function/);
    }
  });

  for (const [tex, text] of [
    ['\\frac{\\partial \\xi_4}{\\partial \\xi_3} = 1/\\xi_3^2', '∂ξ₄/∂ξ₃ = 1/ξ₃²'],
    ['\\frac{x + 1}{2}', '(x + 1)/2'],
    ['\\hat{y} = \\sigma(w^T x)', 'ŷ = σ(wᵀ x)'],
    ['w_{12}', 'w₁₂'],
    ['W^{(l)}', 'W^(l)'],
    ['\\mathbf{w}^\\top \\mathbf{x}', 'wᵀ x'],
    ['\\log \\left( 1 + e^{-x} \\right)', 'log (1 + e^(-x))'],
    ['\\nabla_{\\mathbf w} E', '∇_w E'],
    ['a \\leq b \\cdot c', 'a ≤ b · c'],
    ['\\frac{\\partial z}{\\partial t}\\frac{\\partial t}{\\partial x}, \\frac12.', '∂z/∂t ∂t/∂x, 1/2.'],
    ['A = \\begin{pmatrix} a & b \\\\ \\cos x & 0 \\\\ \\end{pmatrix}^T', 'A = (a, b; cos x, 0)ᵀ'],
    ['\\begin{bmatrix} 1 & 2', '1 2'],
    ['\\begin{align} a &= b \\end{align}', 'a = b'],
  ] as const) {
    it(tex, () => assert.equal(texToText(tex), text));
  }

  it('never fails, whatever is typed', () => {
    const pieces = fc.constantFrom('\\frac', '{', '}', '\\', '_', '^', 'x', ' ', '\\partial', '\\hat', '&', '2');
    fc.assert(fc.property(fc.array(pieces), (parts) => typeof texToText(parts.join('')) === 'string'));
  });
});
