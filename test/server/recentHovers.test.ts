import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RecentHovers } from '../../src/server/recentHovers';

const answer = (markdown: string, line: number, from: number, to: number) => ({
  markdown,
  range: { start: { line, character: from }, end: { line, character: to } },
});

describe('RecentHovers', () => {
  it('finds an answer where its line has moved to', () => {
    const recent = new RecentHovers();
    recent.remember('y = x1 * x2', answer('x1', 3, 4, 6));
    assert.deepEqual(recent.find('y = x1 * x2', 7, 5), answer('x1', 7, 4, 6));
  });

  it('prefers the innermost, and the newest of the same place', () => {
    const recent = new RecentHovers();
    recent.remember('y = x1 * x2', answer('product', 0, 4, 11));
    recent.remember('y = x1 * x2', answer('old', 0, 4, 6));
    recent.remember('y = x1 * x2', answer('new', 0, 4, 6));
    assert.equal(recent.find('y = x1 * x2', 0, 4)?.markdown, 'new');
    assert.equal(recent.find('y = x1 * x2', 0, 9)?.markdown, 'product');
  });

  it('knows nothing of a line that reads differently, of other places, of answers over several lines', () => {
    const recent = new RecentHovers();
    recent.remember('y = x1', answer('x1', 0, 4, 6));
    recent.remember('z = (', {
      markdown: 'z',
      range: { start: { line: 1, character: 0 }, end: { line: 2, character: 1 } },
    });
    assert.equal(recent.find('y = x2', 0, 5), undefined);
    assert.equal(recent.find('y = x1', 0, 1), undefined);
    assert.equal(recent.find('z = (', 1, 0), undefined);
  });

  it('forgets the lines of long ago', () => {
    const recent = new RecentHovers();
    for (let i = 0; i < 300; i++) recent.remember(`line ${i}`, answer(String(i), i, 0, 4));
    assert.equal(recent.find('line 0', 0, 1), undefined);
    assert.equal(recent.find('line 299', 0, 1)?.markdown, '299');
  });
});
