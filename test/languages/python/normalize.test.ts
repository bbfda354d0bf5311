import fc from 'fast-check';
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { normalize, pythonOfCell } from '../../../src/languages/python/normalize';
import { evaluate } from './evaluate';

const printed = (text: string) => evaluate(text).output;

describe('text that the grammar can not read', () => {
  it('notebook lines are blank, in their place', () => {
    const text = '%matplotlib inline\nx = 1\n!pip install \\\n    numpy\n?print\nprint?\n  %time x\nprint(x)\n';
    const plain = normalize(text);
    assert.equal(plain.length, text.length);
    assert.equal(plain.replace(/[^\S\n]/g, '').replace(/\n+/g, '\n'), '\nx=1\nprint(x)\n');
    assert.equal(printed(text), '1\n');
  });

  it('lines that begin with a percent sign inside brackets are Python', () => {
    assert.equal(printed('print("%d %s"\n      % (1,\n         2))\n'), '1 2\n');
    assert.equal(printed('x = 7 \\\n  % 4\nprint(x)\n'), '3\n');
    assert.equal(printed('s = """\n%not a magic\n!\n"""\nprint(s)\n'), '\n%not a magic\n!\n\n');
  });

  it('cells of other languages are no Python; cell magics are a line', () => {
    assert.equal(pythonOfCell('%%time\nx = 1\n'), '      \nx = 1\n');
    assert.equal(pythonOfCell('%%bash\nls\n'), '      \n  \n');
    assert.equal(pythonOfCell('x = 5 %2\n'), 'x = 5 %2\n');
  });

  it('keeps the length and the lines of any text', () => {
    const piece = fc.constantFrom(
      '%a',
      '!b',
      '?',
      '\n',
      ' ',
      '(',
      ')',
      "'",
      '"""',
      'print x',
      '1.',
      'yield',
      '#',
      '\\\n',
      'f??',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        for (const plain of [normalize(text), pythonOfCell(text)]) {
          assert.equal(plain.length, text.length);
          assert.deepEqual(
            [...plain.matchAll(/\n/g)].map((m) => m.index),
            [...text.matchAll(/\n/g)].map((m) => m.index),
          );
        }
      }),
    );
  });
});
