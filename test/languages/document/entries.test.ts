import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Notes } from './support';

const FORMULAS = String.raw`$y_1 = x_1 x_2$, $y_2 = \sin x_1$. `;
const JACOBIAN = String.raw`\begin{pmatrix} \frac{\partial y_1}{\partial x_1} & \frac{\partial y_1}{\partial x_2} \\ \frac{\partial y_2}{\partial x_1} & \frac{\partial y_2}{\partial x_2} \end{pmatrix}`;

const claims = (text: string) => new Notes(`${FORMULAS}$$${text}$$`).claims;
const one = (text: string) => {
  const list = claims(text);
  assert.equal(list.length, 1, JSON.stringify(list));
  return list[0];
};

describe('arrays that are written out on both sides', () => {
  it('agree entry by entry', () => {
    const claim = one(String.raw`J = ${JACOBIAN} = \begin{pmatrix} x_2 & x_1 \\ \cos x_1 & 0 \end{pmatrix}`);
    assert.equal(claim?.verdict, 'pass');
    assert.equal(claim?.strength, 'proved');
    assert.equal(claim?.message, 'all 4 entries agree');
  });

  it('are wrong at an entry, which can be mended', () => {
    const text = String.raw`J = ${JACOBIAN} = \begin{bmatrix} x_2 & x_1 \\ -\cos x_1 & 0 \end{bmatrix}`;
    const claim = one(text);
    assert.equal(claim?.verdict, 'fail');
    assert.match(claim?.message ?? '', /^entry \(2, 1\) should be cos/);
    const source = `${FORMULAS}$$${text}$$`;
    assert.equal(source.slice(claim?.span.from, claim?.span.to), String.raw`-\cos x_1`);
    assert.equal(claim?.expected, String.raw`\cos x_1`);
  });

  it('are not called wrong for their layout', () => {
    const claim = one(String.raw`${JACOBIAN} = \begin{pmatrix} x_2 & \cos x_1 \\ x_1 & 0 \end{pmatrix}`);
    assert.equal(claim?.verdict, 'unknown');
    assert.equal(claim?.code, 'layout');
  });

  it('are vectors that stand or lie', () => {
    const gradient = String.raw`\left(\frac{\partial y_1}{\partial x_1}, \frac{\partial y_1}{\partial x_2}\right)`;
    for (const [right, verdict] of [
      ['(x_2, x_1)', 'pass'],
      [String.raw`(x_2, x_1)^T`, 'pass'],
      [String.raw`\begin{pmatrix} x_2 \\ x_1 \end{pmatrix}`, 'pass'],
      [String.raw`\begin{pmatrix} x_2 \\ 2 x_1 \end{pmatrix}`, 'fail'],
    ])
      assert.equal(one(`g = ${gradient} = ${right as string}`)?.verdict, verdict, right);
  });

  it('with an entry that stays open stay open', () => {
    const claim = one(String.raw`${JACOBIAN} = \begin{pmatrix} x_2 & x_1 \\ \cos x_1 & k \end{pmatrix}`);
    assert.equal(claim?.verdict, 'unknown');
  });
});
