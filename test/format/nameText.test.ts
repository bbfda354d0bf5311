import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nameText, plainName } from '../../src/format/nameText';
import { texName } from '../../src/format/texName';

describe('names as light text', () => {
  it('finds no letter in what every object of JavaScript knows', () => {
    for (const word of ['constructor', 'toString', 'valueOf']) {
      assert.equal(nameText(`\\${word}`), undefined);
      assert.equal(plainName(`\\hat{\\${word}}_1`), '1');
    }
  });

  const cases: [string, ReturnType<typeof nameText>][] = [
    ['x', { base: 'x', style: 'letter' }],
    ['x_1', { base: 'x', style: 'letter', sub: '1' }],
    ['x_{i,1}', { base: 'x', style: 'letter', sub: 'i,1' }],
    ['\\theta_0', { base: 'θ', style: 'letter', sub: '0' }],
    ['\\mathrm{loss}', { base: 'loss', style: 'word' }],
    ['\\mathrm{d\\_weights}_{12}', { base: 'd_weights', style: 'word', sub: '12' }],
    ['w_{\\text{out}}', { base: 'w', style: 'letter', sub: 'out' }],
    ['\\mathbf{W}^{(1)}', { base: 'W', style: 'bold', sup: '(1)' }],
    ['\\mathrm{layers}{}_{[0,1]}', { base: 'layers', style: 'word', sub: '[0,1]' }],
    ['\\hat{y}', undefined],
    ['\\bar x', undefined],
    ['x_1_2', undefined],
    ['x + y', undefined],
    ['', undefined],
  ];
  for (const [tex, expected] of cases) it(tex || 'nothing', () => assert.deepEqual(nameText(tex), expected));

  it('shows every name that the code can have', () => {
    for (const path of [['x1'], ['alpha'], ['learning_rate'], ['params', 'W1'], ['layers', 0], ['self', 'd_weights']])
      assert.ok(nameText(texName(path)), texName(path));
  });

  it('as plain text keeps the letters of what it cannot show', () =>
    assert.equal(plainName('\\hat{y}_{\\alpha}'), 'yα'));
});
