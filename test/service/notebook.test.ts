import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { createLanguageService, type LanguageService } from '../../src/service';

const NOTEBOOK = 'file:///workspace/notes.ipynb';
const CELLS = [
  ['markdown', 'The loss is $L = (w x - y)^2$, and its slope $\\frac{\\partial L}{\\partial w} = 2 (w x - y)$.'],
  ['code', '%matplotlib inline\nx, y = 2.0, 1.0\nw = 3.0'],
  ['code', 'def f(a):\n    return a * x + a ** 2'],
  ['code', 'broken = (1 +'],
  ['code', 'loss = f(w)'],
] as const;
const uri = (cell: number) => `vscode-notebook-cell:/workspace/notes.ipynb#${cell}`;
const at = (cell: number, text: string) => {
  const before = (CELLS[cell]?.[1] ?? '').slice(0, (CELLS[cell]?.[1] ?? '').indexOf(text) + 1).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
};

describe('a notebook in an editor', () => {
  let service: LanguageService;

  beforeEach(async () => {
    service = createLanguageService({ text: async () => null, bytes: async () => null, roots: async () => [] });
    const notebook = CELLS.map(([kind, text], i) => ({
      kind,
      language: kind === 'code' ? 'python' : 'markdown',
      text,
      uri: uri(i),
    }));
    await service.update({ uri: NOTEBOOK, languageId: 'notebook', version: 1, notebook });
  });

  it('formulas have the values of the code', async () => {
    const hover = await service.hover(uri(0), at(0, 'L ='));
    assert.match(hover?.markdown ?? '', /`L` = \*\*25\*\*/);
    assert.equal(hover?.range.cell, 0);
    assert.equal(hover?.range.start.line, 0);
  });

  it('code goes on from cell to cell, past a damaged one', async () => {
    const hover = await service.hover(uri(4), at(4, 'f(w)'));
    assert.match(hover?.markdown ?? '', /= \*\*15\*\*/);
  });

  it('each cell has its own diagnostics, at places of its own', async () => {
    const [wrong, ...others] = await service.diagnostics(uri(0));
    assert.equal(others.length, 0);
    assert.equal(wrong?.code, 'wrong-derivative');
    const { start, end } = wrong?.range ?? { start: at(0, ''), end: at(0, '') };
    assert.equal(CELLS[0][1].slice(start.character, end.character), '2 (w x - y)');
    for (const cell of [1, 2, 4]) assert.deepEqual(await service.diagnostics(uri(cell)), []);
  });

  it('each cell lists what it holds', async () => {
    assert.deepEqual(
      (await service.list(uri(0))).map((t) => t.name),
      ['L'],
    );
    assert.deepEqual(await service.list(uri(3)), []);
  });

  it('a trace says in which cell its steps are written', async () => {
    const answer = await service.openTrace({ uri: uri(4), position: at(4, 'f(w)') });
    assert.equal(answer.state, 'data');
    if (answer.state !== 'data') return;
    const { trace } = answer;
    assert.equal(trace.address.uri, uri(4));
    assert.deepEqual(
      trace.rows.map((row) => row.ranges[0]?.cell),
      [1, 1, 2, 2, 2],
    );
    assert.deepEqual(trace.rows[2]?.ranges[0]?.start, { line: 1, character: 11 });
  });

  it('a place in a cell is found in its trace', async () => {
    const answer = await service.openTrace({ uri: uri(0), position: at(0, 'L =') });
    assert.ok(answer.state === 'data');
    const row = await service.locate(answer.trace.lease, at(0, 'w x'));
    assert.equal(answer.trace.rows.find((r) => r.row === row)?.label, 'w');
  });

  it('a cell that is gone, and a notebook that is closed, are forgotten', async () => {
    await service.update({
      uri: NOTEBOOK,
      languageId: 'notebook',
      version: 2,
      notebook: [{ kind: 'code', language: 'python', text: 'def g(t):\n    return t * t', uri: uri(7) }],
    });
    assert.equal(await service.hover(uri(0), at(0, 'L =')), undefined);
    assert.ok(await service.hover(uri(7), { line: 1, character: 12 }));
    await service.close(NOTEBOOK);
    assert.equal(await service.hover(uri(7), { line: 1, character: 12 }), undefined);
  });
});
