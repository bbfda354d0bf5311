import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { groupsOf, type Group } from '../../../src/export/graph/groups';
import { FOLDED_ROW, layoutRows, ROW } from '../../../webview/views/trace/rowLayout';

const group = (key: string, from: number, to: number, children: Group[] = []): Group => ({
  key,
  kind: 'call',
  name: key,
  from,
  to,
  depth: 0,
  turns: 1,
  children,
});

/** Up to two levels of groups over a hundred steps. */
const nested = fc
  .uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 12 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) => {
    const groups: Group[] = [];
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const [from, to] = [cuts[i]!, cuts[i + 1]!];
      const middle = Math.floor((from + to) / 2);
      const children = middle - from > 1 ? [group(`${i} inner`, from, middle)] : [];
      groups.push(group(String(i), from, to, children));
    }
    return groups;
  });

describe('rows of the trace table', () => {
  it('lie one below the other without gaps, and show every step that no fold hides', () => {
    fc.assert(
      fc.property(
        nested,
        fc.func(fc.boolean()),
        fc.dictionary(fc.nat({ max: 99 }).map(String), fc.integer({ min: 1, max: 90 })),
        (groups, fold, taller) => {
          const extra = new Map(Object.entries(taller).map(([k, v]) => [Number(k), v]));
          const isFolded = (g: Group) => fold(g.key);
          const layout = layoutRows(groups, 100, isFolded, extra);
          let y = 0;
          const seen: number[] = [];
          for (let i = 0; i < layout.count; i++) {
            const item = layout.item(i)!;
            assert.equal(item.top, y);
            assert.equal(layout.indexAt(item.top), i);
            assert.equal(layout.indexAt(item.top + item.height - 1), i);
            y += item.height;
            if (item.kind === 'step') {
              seen.push(item.position);
              assert.equal(item.height, ROW + (extra.get(item.position) ?? 0));
              assert.equal(layout.indexOf(item.position), i);
            } else {
              assert.equal(item.height, item.folded ? FOLDED_ROW : ROW);
              if (item.folded) for (let p = item.group.from; p < item.group.to; p++) assert.equal(layout.indexOf(p), i);
            }
          }
          assert.equal(layout.height, y);
          const hidden = new Set<number>();
          const hide = (list: readonly Group[]): void => {
            for (const g of list) {
              if (isFolded(g)) for (let p = g.from; p < g.to; p++) hidden.add(p);
              else hide(g.children);
            }
          };
          hide(groups);
          assert.deepEqual(
            seen,
            Array.from({ length: 100 }, (_, p) => p).filter((p) => !hidden.has(p)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of a million plain steps cost one run', () => {
    const layout = layoutRows([], 1_000_000, () => false, new Map());
    assert.equal(layout.height, 28_000_000);
    assert.equal(layout.indexAt(14_000_000), 500_000);
  });
});

describe('groups', () => {
  const scope = (
    parent: number,
    kind: 'root' | 'call' | 'turn',
    name: string,
    turn: number,
    from: number,
    to: number,
  ) => ({ parent, kind, name, turn, from, to });

  it('gather the turns of a loop', () => {
    const groups = groupsOf([
      scope(-1, 'root', '', 0, 0, 12),
      scope(0, 'turn', 'loop', 0, 2, 5),
      scope(0, 'turn', 'loop', 1, 5, 8),
      scope(0, 'turn', 'loop', 2, 8, 11),
    ]);
    assert.equal(groups.length, 1);
    assert.deepEqual([groups[0]!.kind, groups[0]!.turns, groups[0]!.from, groups[0]!.to], ['loop', 3, 2, 11]);
    assert.deepEqual(
      groups[0]!.children.map((turn) => [turn.from, turn.to]),
      [
        [2, 5],
        [5, 8],
        [8, 11],
      ],
    );
  });

  it('keep two runs of one loop apart', () => {
    const groups = groupsOf([
      scope(-1, 'root', '', 0, 0, 12),
      scope(0, 'turn', 'loop', 0, 0, 2),
      scope(0, 'turn', 'loop', 1, 2, 4),
      scope(0, 'turn', 'loop', 0, 4, 6),
      scope(0, 'turn', 'loop', 1, 6, 8),
    ]);
    assert.deepEqual(
      groups.map((g) => [g.from, g.to]),
      [
        [0, 4],
        [4, 8],
      ],
    );
    assert.equal(new Set(groups.map((g) => g.key)).size, 2);
  });

  it('leave out a call that is the whole trace', () => {
    const groups = groupsOf([
      scope(-1, 'root', '', 0, 2, 7),
      scope(0, 'call', 'f', 0, 2, 7),
      scope(1, 'call', 'g', 0, 3, 5),
    ]);
    assert.deepEqual(
      groups.map((g) => [g.name, g.depth]),
      [['g', 0]],
    );
  });
});
