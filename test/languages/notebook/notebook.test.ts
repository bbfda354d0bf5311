import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Cell, cellAt, joinCells, readNotebook } from '../../../src/languages/notebook/notebook';
import { readNotebookRegions } from '../../../src/languages/notebook/regions';

const code = (text: string): Cell => ({ kind: 'code', language: 'python', text });
const markdown = (text: string): Cell => ({ kind: 'markdown', language: 'markdown', text });

describe('notebook files', () => {
  it('of format 4: sources as lines or as one text', () => {
    const cells = [
      { cell_type: 'markdown', source: ['# a\n', '$x$'] },
      { cell_type: 'code', source: 'x = 1' },
      { cell_type: 'raw', source: 'raw' },
    ];
    assert.deepEqual(readNotebook(JSON.stringify({ cells, nbformat: 4 })), [
      markdown('# a\n$x$'),
      code('x = 1'),
      { kind: 'other', language: '', text: 'raw' },
    ]);
  });

  it('of format 3: sheets, and code in input', () => {
    const worksheets = [{ cells: [{ cell_type: 'code', input: ['x = 1'] }] }];
    assert.deepEqual(readNotebook(JSON.stringify({ worksheets, nbformat: 3 })), [code('x = 1')]);
  });

  it('in the language of their kernel', () => {
    const cells = [{ cell_type: 'code', source: 'x' }];
    const read = (metadata: unknown) => readNotebook(JSON.stringify({ cells, metadata }))?.[0]?.language;
    assert.equal(read({ kernelspec: { language: 'julia' } }), 'julia');
    assert.equal(read({ language_info: { name: 'R' } }), 'r');
    assert.equal(read({}), 'python');
  });

  it('that are none', () => {
    for (const text of ['', '{', '[]', '{}', '{"cells": 1}', 'null']) assert.equal(readNotebook(text), undefined, text);
    assert.deepEqual(readNotebook('{"cells": [1, {"cell_type": "code"}]}'), [
      { kind: 'other', language: '', text: '' },
      code(''),
    ]);
  });
});

describe('cells of a notebook', () => {
  it('are found by offset, each in its own text', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 12 }), (texts) => {
        const { text, cells } = joinCells(texts.map(code));
        cells.forEach(({ from, to, text: own }, i) => {
          assert.equal(text.slice(from, to), own);
          assert.equal(cellAt(cells, from), i);
          assert.equal(cellAt(cells, to), i);
        });
      }),
    );
  });

  it('do not reach into each other: what one leaves open ends with it', () => {
    const { text, cells } = joinCells([markdown('$$ a\n\n```python\nx'), markdown('$b$'), code('y = 1')]);
    const { math, code: blocks } = readNotebookRegions(cells);
    assert.deepEqual(
      math.filter((m) => !m.display).map((m) => text.slice(m.from, m.to)),
      ['$b$'],
    );
    assert.deepEqual(
      blocks.filter((b) => b.language === 'python').map((b) => text.slice(b.from, b.to)),
      ['y = 1'],
    );
  });

  it('with magics: those of a line are left to the reader of Python, others say what the cell is', () => {
    const language = (text: string) => readNotebookRegions(joinCells([code(text)]).cells).code[0];
    assert.equal(language('%matplotlib inline\nx = 1')?.language, 'python');
    assert.equal(language('%%bash\nls')?.language, 'text');
    const timed = language('%%time\nx = 1');
    assert.equal(timed?.language, 'python');
    assert.deepEqual(timed?.content, [{ from: 6, to: 12 }]);
    assert.deepEqual(language('x = 1\nx?\ny = 2')?.content, [
      { from: 0, to: 6 },
      { from: 8, to: 14 },
    ]);
  });
});
