// What is there for a file of Python is there for the Python of a document and of a notebook.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createLanguageService } from '../../src/service';
import type { CheckView } from '../../src/protocol';

const SIGMOID = `import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
def sigmoid_prime(z):
    return sigmoid(z) * (1 + sigmoid(z))`;
const RIGHT = `import numpy as np
def squash(z):
    return z / np.sqrt(1 + z ** 2)
def squash_derivative(z):
    return 1 / (1 + z ** 2) ** 1.5`;
const LOOP = `x = np.array([0.5, -1.0, 2.0])
w = np.array([0.1, 0.2, 0.3])
for step in range(4):
    loss = np.sum((w - x) ** 2)
    dw = 2 * (w - x)
    w = w - 0.1 * dw`;

const service = () => createLanguageService({ text: async () => null, bytes: async () => null, roots: async () => [] });
const byHand = (checks: readonly CheckView[]) => checks.filter((c) => c.kind === 'backward');

async function document(text: string) {
  const own = service();
  const uri = 'file:///workspace/notes.md';
  await own.update({ uri, languageId: 'markdown', version: 1, text });
  return { own, uri };
}

describe('Python in documents', () => {
  it('derivatives written by hand are checked, with fixes at their places', async () => {
    const text = `Let $\\sigma(z)$ be the logistic function.\n\n\`\`\`python\n${SIGMOID}\n\`\`\`\n`;
    const { own, uri } = await document(text);
    const [check, ...others] = byHand(await own.check(uri));
    assert.equal(others.length, 0);
    assert.equal(check?.verdict, 'fail');
    assert.match(check.message, /the sign of `sigmoid\(z\)` in line 8 is wrong/);
    const [edit] = check.fixes?.[0]?.edits ?? [];
    assert.deepEqual(edit?.range.start, { line: 7, character: 25 });
    assert.equal(edit.newText, '1 - sigmoid(z)');
  });

  it('a loop that trains is shown by turn', async () => {
    const { own, uri } = await document(`# Descent\n\n\`\`\`python\nimport numpy as np\n${LOOP}\n\`\`\`\n`);
    const answer = await own.training({ uri });
    assert.ok(answer.state === 'data', JSON.stringify(answer));
    assert.equal(answer.training.turns, 4);
    assert.equal(answer.training.range.start.line, 6);
    const id = answer.training.traceable;
    assert.ok((await own.list(uri)).some((t) => t.id === id));
  });

  it('its loop keeps its name where a formula has it already', async () => {
    const { own, uri } = await document(
      `The $loss = 2$ and $w = 1$.\n\n$$w = 2 loss$$\n\n\`\`\`python\nimport numpy as np\n${LOOP}\n\`\`\`\n`,
    );
    const answer = await own.training({ uri });
    assert.ok(answer.state === 'data', JSON.stringify(answer));
    const id = answer.training.traceable;
    const found = (await own.list(uri)).find((t) => t.id === id);
    assert.equal(found?.language, 'python');
  });

  it('a quotation gets no fix of several lines: each would need the marks of the quotation', async () => {
    const fence = `\`\`\`python\n${RIGHT}\n\`\`\`\n`;
    const plain = await document(fence);
    const inside = await document(fence.replace(/^(?=.)/gm, '> '));
    const position = { line: 4, character: 6 };
    const several = (list: readonly { readonly text: string }[]) => list.filter(({ text }) => text.includes('\n'));
    assert.notEqual(several(await plain.own.remedies(plain.uri, position)).length, 0);
    assert.equal(several(await inside.own.remedies(inside.uri, { line: 4, character: 8 })).length, 0);
  });

  it('in a notebook too; lines are counted in their cell', async () => {
    const own = service();
    const uri = (cell: number) => `vscode-notebook-cell:/workspace/notes.ipynb#${cell}`;
    const notebook = ['# Notes', SIGMOID, LOOP].map((text, i) => ({
      kind: i === 0 ? ('markdown' as const) : ('code' as const),
      language: i === 0 ? 'markdown' : 'python',
      text,
      uri: uri(i),
    }));
    await own.update({ uri: 'file:///workspace/notes.ipynb', languageId: 'notebook', version: 1, notebook });
    const [check] = byHand(await own.check(uri(1)));
    assert.match(check?.message ?? '', /in line 5 of cell 1 is wrong/);
    assert.equal(check?.fixes?.[0]?.edits[0]?.range.start.line, 4);
    assert.equal(byHand(await own.check(uri(2))).length, 1);
    const answer = await own.training({ uri: uri(2) });
    assert.ok(answer.state === 'data', JSON.stringify(answer));
    assert.deepEqual([answer.training.range.cell, answer.training.range.start.line], [2, 2]);
  });
});
