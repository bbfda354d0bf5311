/** The computational graph as it is drawn: steps and folded groups as nodes, uses as edges. */
import type { StepView, TraceView } from '../../protocol';
import type { Group } from './groups';
import { operatorSign } from '../../format/operators';

/** Drawn at once at most, about; more is gathered into one node. */
export const MOST_NODES = 300;

export type GraphNode =
  | {
      readonly id: string;
      readonly kind: 'input';
      readonly step: StepView;
      readonly tex: string;
      readonly name: string;
    }
  | {
      readonly id: string;
      readonly kind: 'operation';
      readonly step: StepView;
      readonly sign: string;
    }
  | { readonly id: string; readonly kind: 'output'; readonly step: StepView; readonly tex: string }
  | {
      readonly id: string;
      readonly kind: 'group';
      readonly name: string;
      readonly from: number;
      readonly to: number;
      readonly group: Group | undefined;
    };

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The use that the edge stands for; absent for the edge to the output's mark and for gathered edges. */
  readonly use?: {
    readonly operand: StepView;
    readonly user: StepView;
    readonly slot: number;
    readonly contribution: number;
  };
  /** Step whose value flows here, where there is just one. */
  readonly carries?: StepView;
  /** The edge leaves what nothing computes: of an array the node shows the value, and of what has one use both numbers. */
  readonly ofLeaf?: 'only use' | 'one use';
  /** An edge before it carries the same value, or two and more others do. */
  readonly repeats?: 'once' | 'often';
}

/** Whether the value is drawn on an edge: a picture, and a number that many edges carry, is drawn once. */
export function bearsValue({ carries, ofLeaf, repeats }: GraphEdge): boolean {
  if (!carries || ofLeaf !== undefined) return false;
  return repeats === undefined || (repeats === 'once' && typeof carries.value !== 'object');
}

/** Whether the contribution is drawn on an edge. */
export function bearsContribution({ use, carries, ofLeaf, to }: GraphEdge): boolean {
  return carries !== undefined && ofLeaf !== 'only use' && (use !== undefined || to === 'output');
}

/** Edges up to which the number that they carry is written on each. */
const MANY_USES = 2;

export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/**
 * @param steps all steps of the trace
 * @param isFolded whether a group is drawn as one node
 */
export function graphOf(
  trace: TraceView,
  steps: readonly StepView[],
  groups: readonly Group[],
  isFolded: (group: Group) => boolean,
): GraphModel {
  const nodes: GraphNode[] = [];
  const nodeAt = new Array<string | undefined>(steps.length);
  const input = new Map(trace.inputs.map((i) => [i.row, i]));

  const gather = (id: string, name: string, from: number, to: number, group: Group | undefined): void => {
    nodes.push({ id, kind: 'group', name, from, to, group });
    for (let position = from; position < to; position++) nodeAt[position] = id;
  };
  const folded: Group[] = [];
  const find = (list: readonly Group[]): void => {
    for (const group of list) {
      if (isFolded(group)) folded.push(group);
      else find(group.children);
    }
  };
  find(groups);
  for (const group of folded)
    gather(
      `group ${group.key}`,
      group.kind === 'loop' ? `${group.name} ×${group.turns}` : group.name,
      group.from,
      group.to,
      group,
    );

  let shown = 0;
  for (let position = 0; position < steps.length; position++) if (nodeAt[position] === undefined) shown++;
  if (shown > MOST_NODES) {
    // Nothing folds them: the earliest steps become one node, so that the part next to the output is drawn.
    let first = -1;
    let excess = shown - MOST_NODES;
    for (let position = 0; position < steps.length && excess > 0; position++) {
      if (nodeAt[position] !== undefined || input.has((steps[position] as StepView).row)) continue;
      if (first < 0) first = position;
      nodeAt[position] = 'earlier';
      excess--;
      if (excess === 0)
        nodes.push({
          id: 'earlier',
          kind: 'group',
          name: 'earlier steps',
          from: first,
          to: position + 1,
          group: undefined,
        });
    }
  }

  steps.forEach((step, position) => {
    if (nodeAt[position] !== undefined) return;
    const id = `step ${step.key}`;
    nodeAt[position] = id;
    const leaf = input.get(step.row);
    const name = leaf?.name ?? step.bindings[0] ?? step.label;
    // A leaf that nobody differentiates by is drawn like an input, with its own name.
    if (step.operands.length === 0)
      nodes.push({
        id,
        kind: 'input',
        step,
        tex: leaf?.tex ?? step.labelTex ?? `\\mathtt{${name.replace(/[_{}\\]/g, '\\$&')}}`,
        name,
      });
    else nodes.push({ id, kind: 'operation', step, sign: operatorSign(step.op) });
  });

  const positionOf = new Map(steps.map((step, i) => [step.row, i]));
  const edges: GraphEdge[] = [];
  const gathered = new Map<string, { operands: Set<StepView>; from: string; to: string }>();
  for (const user of steps) {
    const to = nodeAt[positionOf.get(user.row) as number] as string;
    const seen = new Map<number, number>();
    user.operands.forEach((operand, slot) => {
      const position = positionOf.get(operand.row);
      if (position === undefined) return;
      const from = nodeAt[position] as string;
      if (from === to) return;
      const source = steps[position] as StepView;
      const turn = seen.get(operand.row) ?? 0;
      seen.set(operand.row, turn + 1);
      if (to.startsWith('step ')) {
        const contribution = nthFrom(source, user.row, turn);
        edges.push({
          id: `${from} > ${to} ${slot}`,
          from,
          to,
          use: { operand: source, user, slot, contribution },
          carries: source,
        });
      } else {
        const id = `${from} > ${to}`;
        const known = gathered.get(id);
        if (known) known.operands.add(source);
        else gathered.set(id, { operands: new Set([source]), from, to });
      }
    });
  }
  for (const [id, { operands, from, to }] of gathered) {
    const [only] = operands;
    edges.push({ id, from, to, ...(operands.size === 1 && only ? { carries: only } : {}) });
  }
  const output = positionOf.get(trace.output.row);
  const last = output === undefined ? undefined : steps[output];
  if (last && output !== undefined) {
    nodes.push({ id: 'output', kind: 'output', step: last, tex: trace.output.tex });
    edges.push({ id: 'to output', from: nodeAt[output] as string, to: 'output', carries: last });
  }
  return breakCycles({ nodes, edges: markLeaves(nodes, edges) });
}

function markLeaves(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): readonly GraphEdge[] {
  const uses = new Map<string, number>();
  const arrays = new Set<string>();
  for (const node of nodes) {
    if (node.kind !== 'input') continue;
    uses.set(node.id, 0);
    if (typeof node.step.value === 'object') arrays.add(node.id);
  }
  for (const { from } of edges) if (uses.has(from)) uses.set(from, (uses.get(from) as number) + 1);
  const carriers = new Map<number, number>();
  for (const { carries } of edges) if (carries) carriers.set(carries.row, (carriers.get(carries.row) ?? 0) + 1);
  const carried = new Set<number>();
  const leaves = new Set(nodes.flatMap((node) => (node.kind === 'input' ? [node.step.row] : [])));
  return edges.map((edge) => {
    const count = uses.get(edge.from);
    const row = edge.carries?.row ?? -1;
    const often = (carriers.get(row) ?? 0) > MANY_USES;
    // An input's number stands at its node.
    const repeats = carried.has(row) || (often && leaves.has(row));
    if (edge.carries) carried.add(row);
    return {
      ...edge,
      ...(count === 1 ? { ofLeaf: 'only use' as const } : arrays.has(edge.from) ? { ofLeaf: 'one use' as const } : {}),
      ...(repeats ? { repeats: often ? ('often' as const) : ('once' as const) } : {}),
    };
  });
}

function nthFrom(operand: StepView, user: number, turn: number): number {
  let seen = -1;
  return operand.contributions.findIndex((part) => part.from === user && ++seen === turn);
}

/** Groups of steps that interleave with others could lead in a circle: such back edges are left out. */
function breakCycles(model: GraphModel): GraphModel {
  const state = new Map<string, 'open' | 'done'>();
  const out = new Map<string, GraphEdge[]>();
  for (const edge of model.edges) out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
  const back = new Set<string>();
  const visit = (start: string): void => {
    const stack: { node: string; next: number }[] = [{ node: start, next: 0 }];
    state.set(start, 'open');
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { node: string; next: number };
      const edge = out.get(top.node)?.[top.next++];
      if (!edge) {
        state.set(top.node, 'done');
        stack.pop();
      } else if (state.get(edge.to) === 'open') {
        back.add(edge.id);
      } else if (!state.has(edge.to)) {
        state.set(edge.to, 'open');
        stack.push({ node: edge.to, next: 0 });
      }
    }
  };
  for (const { id } of model.nodes) if (!state.has(id)) visit(id);
  return back.size === 0 ? model : { nodes: model.nodes, edges: model.edges.filter((edge) => !back.has(edge.id)) };
}
