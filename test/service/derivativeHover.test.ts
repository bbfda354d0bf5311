import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CURSOR, open } from '../support/service';

async function hover(text: string): Promise<string> {
  const { service, uri, cursors } = await open(text, 'markdown');
  const answer = await service.hover(uri, cursors[0] ?? { line: 0, character: 0 });
  return answer?.markdown ?? '';
}

const NETWORK = String.raw`$$L = \frac{1}{2}(\hat{y} - y)^2, \quad \hat{y} = f(z_2), \quad z_2 = w_2 x_2, \quad x_2 = w_1 x_1$$
with $f(z) = z$, $x_1 = 1$, $y = 1$, $w_1 = w_2 = 0.5$.
`;

describe('a hover over a partial derivative', () => {
  it('gives the value, the form in symbols, and the chain along the definitions with the number of each factor', async () => {
    const text = await hover(NETWORK + String.raw`The slope $\frac{\partial L}{\part${CURSOR}ial w_2}$ …`);
    assert.match(text, /`∂L\/∂w₂` = \*\*−0\.3750\*\* = `/);
    assert.ok(text.includes('`∂L/∂ŷ` · `∂ŷ/∂z₂` · `∂z₂/∂w₂` = (−0.7500) · 1 · 0.5000'), text);
    assert.match(text, /`w₂` = \*\*0\.5000\*\*/);
  });

  it('is the same on its parts', async () => {
    for (const marked of [
      '\\frac{\\partial L}{\\partial w_1$$CURSOR$$}',
      '\\frac{\\partial L$$CURSOR$$}{\\partial w_1}',
    ])
      assert.match(await hover(`${NETWORK}$${marked}$`), /`∂L\/∂w₁` = \*\*−0\.3750\*\*/);
  });

  it('holds a name on the way fixed', async () => {
    const text = await hover(`${NETWORK}$\\frac{\\partial L}{\\partial x_2$$CURSOR$$}$`);
    assert.match(text, /`∂L\/∂x₂` = \*\*−0\.3750\*\*/);
    assert.match(text, /`∂z₂\/∂x₂` = \(−0\.7500\) · 1 · 0\.5000/);
  });

  it('does not count what goes past a name of the same value: u = ŷ, L = ŷ² + u', async () => {
    const notes = '$u = s$, $s = 3 t$, $L = s^2 + u$, $t = 1$\n';
    assert.match(await hover(`${notes}$\\frac{\\partial L}{\\partial u$$CURSOR$$}$`), /`∂L\/∂u` = \*\*1\*\*/);
    assert.match(await hover(`${notes}$\\frac{\\partial L}{\\partial s$$CURSOR$$}$`), /`∂L\/∂s` = \*\*7\*\*/);
  });

  it('sums over several chains', async () => {
    const text = await hover('$L = a b$, $a = 2 w$, $b = w^2$, $w = 3$; $\\frac{\\partial L}{\\partial w$$CURSOR$$}$');
    assert.match(text, /\*\*54\*\*/);
    assert.match(
      text,
      /`∂L\/∂a` · `∂a\/∂w` \+ `∂L\/∂b` · `∂b\/∂w` = 9 · 2 \+ 6 · 6|`∂L\/∂b` · `∂b\/∂w` \+ `∂L\/∂a` · `∂a\/∂w` = 6 · 6 \+ 9 · 2/,
    );
  });

  it('of a gradient sign and of a function with its parameters', async () => {
    assert.match(await hover('$L = w^2$, $w = 3$, $\\nabla_w$$CURSOR$$ L$'), /`∂L\/∂w` = \*\*6\*\*/);
    assert.match(
      await hover('$f(x) = x^2$, $x = 3$, $\\frac{\\partial f(x)}{\\partial x$$CURSOR$$}$'),
      /`∂f\/∂x` = \*\*6\*\*/,
    );
  });

  it('of arrays gives the array', async () => {
    const text = await hover(
      '$\\mathbf{w} = (1, 2)^T$, $L = \\mathbf{w}^T\\mathbf{w}$, $\\frac{\\partial L}{\\partial \\mathbf{w}$$CURSOR$$}$',
    );
    assert.match(text, /= \*\*\[2, 4\]\*\*/);
  });
});

describe('a hover over a derivative by an element', () => {
  const notes =
    '$W = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$, $\\mathbf{x} = (5, 6)^T$, $E = \\|W\\mathbf{x}\\|^2$\n';

  it('gives the number of that element', async () => {
    // 2 (3 · 5 + 4 · 6) 6
    const text = await hover(`${notes}$\\frac{\\partial E}{\\partial w_{22${CURSOR}}}$`);
    assert.match(text, /`∂E\/∂W₂₂` = \*\*468\*\*/);
    assert.match(text, /`W₂₂` = \*\*4\*\*/);
  });

  it('with letters for indices gives the array', async () => {
    const text = await hover(`${notes}$\\frac{\\partial E}{\\partial w_{ij${CURSOR}}}$`);
    assert.match(text, /`∂E\/∂W` = \*\*\[\[170, 204\], \[390, 468\]\]\*\*/);
  });
});

describe('a hover over an update', () => {
  it('gives before, gradient and after, in every order that makes a difference', async () => {
    const text = await hover(
      `${NETWORK}$\\alpha = 0.1$ $$w_2 \\leftarrow w_2 - \\alpha \\frac{\\partial L}{\\partial w_2}$$
$$w_1${CURSOR} \\leftarrow w_1 - \\alpha \\frac{\\partial L}{\\partial w_1}$$`,
    );
    assert.match(text, /`w₁` = 0\.5000 before · derivative −0\.3750 · \*\*0\.5375\*\* after/);
    assert.match(text, /one backward pass that already uses the new `w₂`: .*\*\*0\.5403\*\* after/);
  });
});

describe('a hover over the derivative of a vector by a vector', () => {
  const LAYER = String.raw`$W = \begin{pmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6 \end{pmatrix}$, $x = (1, -1)^\top$, $z = W x$
`;

  it('gives the matrix, with its layout', async () => {
    const text = await hover(`${LAYER}$$\\frac{\\partial z$$CURSOR$$}{\\partial x}$$`);
    assert.match(text, /`∂z\/∂x` = 3×2 \(a row for each element of `z`: numerator layout, the document states no/);
    assert.match(text.replace(/<[^>]*>|&nbsp;/g, ' '), /z 1 +1 +2 +z 2 +3 +4 +z 3 +5 +6/);
  });

  it('is laid out as the directive says', async () => {
    const text = await hover(
      `<!-- wengert: layout denominator -->\n${LAYER}$\\frac{\\partial z$$CURSOR$$}{\\partial x}$`,
    );
    assert.match(text, /2×3 \(a row for each element of `x`: denominator layout, as the directive states\)/);
    assert.match(text.replace(/<[^>]*>|&nbsp;/g, ' '), /x 1 +1 +3 +5 +x 2 +2 +4 +6/);
  });

  it('by a number is in the shape of the vector', async () => {
    const text = await hover(`$t = 2$, $y = (t^2, 3 t)^\\top$; $\\frac{\\partial y$$CURSOR$$}{\\partial t}$`);
    assert.match(text, /`∂y\/∂t` = \*\*\[4, 3\]\*\*/);
  });

  it('by a matrix is no matrix, and no number is given', async () => {
    const text = await hover(`${LAYER}$\\frac{\\partial z$$CURSOR$$}{\\partial W}$`);
    assert.match(text, /has 3 axes \(3×3×2\): it is no matrix/);
  });

  it('is not confused with the derivative of the sum of its elements', async () => {
    const text = await hover(LAYER.replace('$z =', () => `$${CURSOR}z =`));
    assert.match(text, /∂Σz\/&#8288;∂x<\/code><\/td><td align="right">&nbsp;&nbsp;<b>\[9, 12\]/);
  });
});
