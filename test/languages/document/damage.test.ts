/** Documents cut off and with single characters missing: whatever they say then, they are answered. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { Notes } from './support';

const EXAMPLES = path.join(__dirname, '..', '..', '..', 'examples');

function answers(text: string): void {
  const notes = new Notes(text);
  for (const id of notes.ids) {
    const outcome = notes.outcome(id);
    if (outcome.kind !== 'unknown') continue;
    const { from, to } = outcome.span;
    assert.ok(0 <= from && from <= to && to <= text.length, `${id}: ${from}–${to} of ${text.length}`);
  }
}

describe('damaged documents are answered', function () {
  this.timeout(120_000);
  for (const file of ['matrix-form.md', 'gradient-descent.md', 'jacobian.md', 'graph-nodes.md']) {
    const text = readFileSync(path.join(EXAMPLES, file), 'utf8');
    it(`${file}: cut off anywhere`, () => {
      for (let end = 0; end <= text.length; end += 3) answers(text.slice(0, end));
    });
    it(`${file}: without one character of its formulas`, () => {
      for (let at = text.indexOf('$'); at < text.length; at += 7) answers(text.slice(0, at) + text.slice(at + 1));
    });
  }
});
