import assert from 'node:assert/strict';
import type { CheckItem, CheckView, Range } from '../../src/protocol';
import { CheckFailures } from '../../src/server/checkFailures';

const URI = 'file:///work/layers.py';
const line = (n: number): Range => ({ start: { line: n, character: 4 }, end: { line: n, character: 12 } });
const item = (id: string, at: number): CheckItem => ({ uri: URI, id, name: id, kind: 'backward', range: line(at) });
const view = (id: string, at: number, change: Partial<CheckView> = {}): CheckView => ({
  ...item(id, at),
  verdict: 'fail',
  message: 'wrong',
  parameters: [],
  point: {},
  ...change,
});

function setUp(items: CheckItem[], verdicts: Record<string, CheckView['verdict']> = {}) {
  const asked: string[] = [];
  const changes: string[][] = [];
  const failures: CheckFailures = new CheckFailures(
    { call: async () => items as never },
    {
      check: async (_uri, { item: which }) => {
        asked.push(which?.id ?? '');
        const found = items.find(({ id }) => id === which?.id);
        return found ? [view(found.id, found.range.start.line, { verdict: verdicts[found.id] ?? 'fail' })] : [];
      },
    },
    (uri) => void changes.push(failures.of(uri).map(({ id, range }) => `${id}:${range.start.line}`)),
  );
  return { failures, asked, changes };
}

describe('hand-written derivatives that are wrong', () => {
  it('are found by checking what is written by hand, and nothing else', async () => {
    const formula: CheckItem = { ...item('y', 9), kind: 'claim' };
    const { failures, asked, changes } = setUp([item('a', 1), item('b', 5), formula], { a: 'pass' });
    await failures.checkAll(URI);
    assert.deepEqual(asked, ['a', 'b']);
    assert.deepEqual(changes, [['b:5']]);
  });

  it('move with their code, and go with it', async () => {
    const items = [item('a', 1), item('b', 5)];
    const { failures, changes } = setUp(items);
    const place = line(7);
    failures.record(URI, [view('a', 1), view('b', 5, { place, related: [{ range: place, message: 'here' }] })]);
    items.splice(0, 2, item('b', 3));
    await failures.follow(URI);
    assert.deepEqual(changes.at(-1), ['b:3']);
    const [b] = failures.of(URI);
    assert.deepEqual([b?.place, b?.related?.[0]?.range], [line(5), line(5)]);
  });

  it('go when a check that is asked for passes', () => {
    const { failures, changes } = setUp([]);
    failures.record(URI, [view('a', 1), view('b', 5)]);
    failures.record(URI, [view('a', 1, { verdict: 'pass' })]);
    assert.deepEqual(changes, [['a:1', 'b:5'], ['b:5']]);
  });

  it('are not touched by checks of other kinds', () => {
    const { failures, changes } = setUp([]);
    failures.record(URI, [view('a', 1, { kind: 'gradient' })]);
    assert.deepEqual(changes, []);
  });
});
