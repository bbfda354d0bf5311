/**
 * Where the rows of the trace table lie: steps, folded groups and open groups' headings, as runs of equal
 * height over a prefix sum. A hundred thousand plain steps are one run.
 */
import type { Group } from '../../../src/export/graph/groups';

export const ROW = 28;
export const FOLDED_ROW = 44;
export const CONTRIBUTION_ROW = 22;
export const NUMBERS_LINE = 24;
/** A remark on the selected step, in full. */
export const NOTE_LINE = 18;
/** Contributions listed of one step; the rest is counted in a line of its own. */
export const LISTED_CONTRIBUTIONS = 40;

/** Height of the list of a step's contributions: a single one stands in the step's own line. */
export function contributionsHeight(count: number): number {
  return count <= 1 ? 0 : Math.min(count, LISTED_CONTRIBUTIONS + 1) * CONTRIBUTION_ROW;
}

export type Item =
  | {
      readonly kind: 'step';
      readonly position: number;
      readonly depth: number;
      readonly top: number;
      readonly height: number;
    }
  | {
      readonly kind: 'group';
      readonly group: Group;
      readonly folded: boolean;
      readonly top: number;
      readonly height: number;
    };

interface Run {
  /** Index of its first item, and its top edge. */
  readonly index: number;
  readonly top: number;
  readonly count: number;
  readonly height: number;
  readonly depth: number;
  /** First position of a run of steps; the group otherwise. */
  readonly content: number | { readonly group: Group; readonly folded: boolean };
  /** Positions covered: those of a folded group all lie in its row. */
  readonly from: number;
  readonly to: number;
}

export interface RowLayout {
  readonly count: number;
  readonly height: number;
  item(index: number): Item | undefined;
  /** Index of the item at a height. */
  indexAt(y: number): number;
  /** Index of the item that shows a position: its step, or the folded group around it. */
  indexOf(position: number): number;
}

/**
 * @param extra additional height of steps that show more than their one line, by position
 */
export function layoutRows(
  groups: readonly Group[],
  steps: number,
  isFolded: (group: Group) => boolean,
  extra: ReadonlyMap<number, number>,
): RowLayout {
  const runs: Run[] = [];
  const taller = [...extra.keys()].sort((a, b) => a - b);
  let index = 0;
  let top = 0;
  let nextTaller = 0;

  const push = (
    content: Run['content'],
    from: number,
    to: number,
    count: number,
    height: number,
    depth: number,
  ): void => {
    runs.push({ index, top, count, height, depth, content, from, to });
    index += count;
    top += count * height;
  };
  const pushSteps = (from: number, to: number, depth: number): void => {
    while ((taller[nextTaller] ?? Infinity) < from) nextTaller++;
    let start = from;
    while ((taller[nextTaller] ?? Infinity) < to) {
      const position = taller[nextTaller++] as number;
      if (position > start) push(start, start, position, position - start, ROW, depth);
      push(position, position, position + 1, 1, ROW + (extra.get(position) ?? 0), depth);
      start = position + 1;
    }
    if (to > start) push(start, start, to, to - start, ROW, depth);
  };
  const walk = (list: readonly Group[], from: number, to: number, depth: number): void => {
    let at = from;
    for (const group of list) {
      if (group.from < at) continue;
      pushSteps(at, group.from, depth);
      const folded = isFolded(group);
      push({ group, folded }, group.from, folded ? group.to : group.from, 1, folded ? FOLDED_ROW : ROW, depth);
      if (!folded) walk(group.children, group.from, group.to, depth + 1);
      at = group.to;
    }
    pushSteps(at, to, depth);
  };
  walk(groups, 0, steps, 0);

  const runWhere = (key: (run: Run) => number, wanted: number): Run | undefined => {
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (key(runs[middle] as Run) <= wanted) low = middle;
      else high = middle - 1;
    }
    return runs[low];
  };
  const within = (run: Run, wanted: number) => Math.max(0, Math.min(run.count - 1, wanted));

  return {
    count: index,
    height: top,
    item: (wanted) => {
      if (wanted < 0 || wanted >= index) return undefined;
      const run = runWhere((r) => r.index, wanted) as Run;
      const offset = wanted - run.index;
      const place = { top: run.top + offset * run.height, height: run.height };
      return typeof run.content === 'number'
        ? { kind: 'step', position: run.content + offset, depth: run.depth, ...place }
        : { kind: 'group', ...run.content, ...place };
    },
    indexAt: (y) => {
      const run = runWhere((r) => r.top, y);
      return run ? run.index + within(run, Math.floor((y - run.top) / run.height)) : 0;
    },
    indexOf: (position) => {
      // An open group's heading begins where its first step does: of equal beginnings the last run is the step's.
      const run = runWhere((r) => r.from, position);
      return run ? run.index + (typeof run.content === 'number' ? within(run, position - run.from) : 0) : 0;
    },
  };
}
