import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { documentFrontEnd } from '../../../src/languages/document/frontEnd';
import { DEFAULT_BUDGET, type Workspace } from '../../../src/languages/frontEnd';

const WORKSPACE: Workspace = { text: () => null, bytes: () => null, roots: [] };

/** Claims of which each takes about as much work: none is like another. */
const TEXT = Array.from(
  { length: 30 },
  (_, i) =>
    `$f(x) = \\sin(x^{${i + 2}}) e^{${i + 3}x}$, $f'(x) = e^{${i + 3}x} (${i + 2} x^{${i + 1}} \\cos x^{${i + 2}} + ${i + 3} \\sin x^{${i + 2}})$`,
).join('\n\n# Next\n\n');

function claims(text: string, budget: Partial<typeof DEFAULT_BUDGET>) {
  const analysis = documentFrontEnd.analyse({ uri: 'file:///notes.md', languageId: 'markdown', version: 1, text });
  return documentFrontEnd
    .claims(analysis, { ...DEFAULT_BUDGET, ...budget }, WORKSPACE)
    .map(({ verdict, code }) => code ?? verdict);
}

describe('the work of deciding claims', () => {
  it('bounds what is decided, and not the time: what is remembered from before does not get further', () => {
    const first = claims(TEXT, { operations: 20_000 });
    const decided = first.filter((c) => c !== 'budget').length;
    assert.ok(decided > 2 && decided < 28, String(decided));
    assert.deepEqual([...new Set(first.slice(decided))], ['budget']);
    // All of it is known now.
    assert.ok(claims(TEXT, {}).every((c) => c === 'pass'));
    assert.deepEqual(claims(TEXT, { operations: 20_000 }), first);
  });

  it('is enough for long documents at its usual size', () => {
    const long = Array.from({ length: 5 }, (_, i) => TEXT.replace(/x/g, 'xyzuv'[i] as string)).join('\n\n');
    const all = claims(long, {});
    assert.equal(all.filter((c) => c === 'budget').length, 0);
    assert.equal(all.length, 150);
  });

  it('is cut short by the clock in an emergency only, with that reason', () => {
    assert.deepEqual([...new Set(claims(TEXT, { milliseconds: -1 }))], ['time']);
  });
});
