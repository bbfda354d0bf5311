/** Groups of steps that fold: calls, layers, definitions, and loops, which gather the turns of one site. */
import type { TraceView } from '../../protocol';

export interface Group {
  /** Stable across edits: names and turns from the outside in. */
  readonly key: string;
  readonly kind: 'call' | 'turn' | 'layer' | 'definition' | 'loop';
  readonly name: string;
  /** Positions `[from, to)`. */
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  /** Turns of a loop. */
  readonly turns: number;
  readonly children: readonly Group[];
}

/** Rows that a trace opens with at most; more than this are folded away. */
export const OPEN_ROWS = 300;

type Scope = TraceView['scopes'][number];

/** The groups of a trace, outermost first. Empty ones are left out. */
export function groupsOf(scopes: readonly Scope[]): readonly Group[] {
  const inside = new Map<number, number[]>();
  scopes.forEach((scope, i) => {
    if (scope.kind === 'root' || scope.to <= scope.from) return;
    const known = inside.get(scope.parent);
    if (known) known.push(i);
    else inside.set(scope.parent, [i]);
  });
  const groups = within(scopes, inside, 0, '', 0);
  // A call that is the whole trace is its title already.
  const [only] = groups;
  const root = scopes[0];
  const isWhole =
    groups.length === 1 && only?.kind === 'call' && only.from <= (root?.from ?? 0) && only.to >= (root?.to ?? 0);
  return isWhole ? lifted(only.children) : groups;
}

function lifted(groups: readonly Group[]): readonly Group[] {
  return groups.map((group) => ({ ...group, depth: group.depth - 1, children: lifted(group.children) }));
}

function within(
  scopes: readonly Scope[],
  inside: ReadonlyMap<number, readonly number[]>,
  parent: number,
  path: string,
  depth: number,
): Group[] {
  const groups: Group[] = [];
  const seen = new Map<string, number>();
  const members = inside.get(parent) ?? [];
  for (let i = 0; i < members.length;) {
    const scope = scopes[members[i] as number] as Scope;
    let end = i + 1;
    if (scope.kind === 'turn') {
      while (end < members.length && continues(scopes[members[end] as number] as Scope, scope.name, end - i)) end++;
    }
    const ordinal = seen.get(scope.name) ?? 0;
    seen.set(scope.name, ordinal + 1);
    const key = `${path}/${scope.name}#${ordinal}`;
    const make = (index: number, itsKey: string, itsDepth: number): Group => {
      const { kind, name, from, to } = scopes[index] as Scope;
      return {
        key: itsKey,
        kind: kind === 'root' ? 'call' : kind,
        name,
        from,
        to,
        depth: itsDepth,
        turns: 1,
        children: within(scopes, inside, index, itsKey, itsDepth + 1),
      };
    };
    if (scope.kind === 'turn' && end - i > 1) {
      const turns = members.slice(i, end).map((index, turn) => make(index, `${key}@${turn}`, depth + 1));
      groups.push({
        key,
        kind: 'loop',
        name: scope.name,
        from: scope.from,
        to: (turns[turns.length - 1] as Group).to,
        depth,
        turns: turns.length,
        children: turns,
      });
    } else {
      groups.push(make(members[i] as number, key, depth));
    }
    i = end;
  }
  return groups;
}

function continues(scope: Scope, name: string, turn: number): boolean {
  return scope.kind === 'turn' && scope.name === name && scope.turn >= turn;
}

/** Which groups are folded when nobody has said: from the outside in, so that few rows are open. */
export function foldedAtFirst(groups: readonly Group[], steps: number): ReadonlySet<string> {
  const folded = new Set<string>();
  if (steps <= OPEN_ROWS) return folded;
  let open = steps;
  // The largest groups first: folding them saves most.
  const bySize = [...groups].sort((a, b) => b.to - b.from - (a.to - a.from));
  for (const group of bySize) {
    if (open <= OPEN_ROWS) break;
    folded.add(group.key);
    open -= group.to - group.from - 1;
  }
  // What opens out of a folded loop is one turn at a time.
  const turnsFolded = (list: readonly Group[]): void => {
    for (const group of list) {
      if (group.kind === 'loop' && group.to - group.from > OPEN_ROWS)
        for (const turn of group.children) folded.add(turn.key);
      turnsFolded(group.children);
    }
  };
  turnsFolded(groups);
  return folded;
}

/** Nodes that a graph opens with at most; more than this are gathered by layer, loop and call. */
export const OPEN_NODES = 40;

/** Which groups a graph draws as one node when nobody has said: the largest first, inner ones before their surroundings. */
export function foldedInGraph(groups: readonly Group[], steps: number): ReadonlySet<string> {
  const folded = new Set<string>();
  let open = steps;
  const size = (group: Group) => group.to - group.from;
  const all: Group[] = [];
  const walk = (list: readonly Group[]): void => {
    for (const group of list) {
      all.push(group);
      walk(group.children);
    }
  };
  walk(groups);
  if (open <= OPEN_NODES) return folded;
  // A loop is one node from the start: its turns say little side by side.
  const byWorth = all.sort(
    (a, b) => Number(b.kind === 'loop') - Number(a.kind === 'loop') || b.depth - a.depth || size(b) - size(a),
  );
  const covered = new Map<string, number>();
  for (const group of byWorth) {
    if (open <= OPEN_NODES) break;
    const inside = group.children.reduce((n, child) => n + (covered.get(child.key) ?? 0), 0);
    const now = size(group) - inside;
    folded.add(group.key);
    covered.set(group.key, size(group) - 1);
    open -= now - 1;
  }
  return folded;
}
