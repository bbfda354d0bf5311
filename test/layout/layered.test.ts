import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import dagre from '@dagrejs/dagre';
import { type Drawing, layered, type LayoutEdge, type LayoutNode, type LayoutOptions } from '../../src/layout/layered';

const OPTIONS: LayoutOptions = { layerGap: 60, nodeGap: 20 };

/** Graphs such as traces make: every node uses up to three earlier ones. */
const graphs = fc
  .array(
    fc.record({
      uses: fc.array(fc.nat(), { maxLength: 3 }),
      along: fc.integer({ min: 10, max: 60 }),
      across: fc.integer({ min: 10, max: 80 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((list) => {
    const nodes: LayoutNode[] = list.map(({ along, across }, i) => ({
      id: `n${i}`,
      along,
      across,
    }));
    const edges: LayoutEdge[] = list.flatMap(({ uses }, i) =>
      i === 0 ? [] : [...new Set(uses.map((u) => u % i))].map((u) => ({ from: `n${u}`, to: `n${i}` })),
    );
    return { nodes, edges };
  });

/** Two long edges whose dummies lie closer than their ends: swapping neighbours once changed the order of nodes. */
const crossed = {
  nodes: Array.from({ length: 9 }, (_, i) => ({ id: `n${i}`, along: 10, across: 10 })),
  edges: ['0-2', '1-4', '4-5', '2-5', '2-6', '1-6', '0-7', '4-7'].map((pair) => {
    const [from, to] = pair.split('-');
    return { from: `n${from}`, to: `n${to}` };
  }),
};

describe('layered layout', () => {
  it('lets no nodes of a layer overlap and keeps edges running forward', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const drawing = layered(nodes, edges, OPTIONS);
        assertSound(nodes, edges, drawing);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same drawing for the same input', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        assert.deepEqual(layered(nodes, edges, OPTIONS), layered(nodes, edges, OPTIONS));
      }),
      { numRuns: 40 },
    );
  });

  it('stays where it was when nothing has changed', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges }) => {
        const once = layered(nodes, edges, OPTIONS);
        const again = layered(nodes, edges, { ...OPTIONS, previous: once });
        assertSound(nodes, edges, again);
        // Long edges without crossings may straighten a little; nodes do not change their order.
        for (const layer of byLayer(once)) {
          const order = (d: Drawing) => [...layer].sort((a, b) => at(d, a).across - at(d, b).across);
          assert.deepEqual(order(again), order(once));
        }
      }),
      { numRuns: 100, examples: [[crossed]] },
    );
  });

  it('moves little when a node is added', () => {
    const { nodes, edges } = random(120, 7);
    const before = layered(nodes, edges, OPTIONS);
    const more = [...nodes, { id: 'new', along: 30, across: 30 }];
    const joined = [...edges, { from: 'n40', to: 'new' }, { from: 'n41', to: 'new' }];
    const seeded = layered(more, joined, { ...OPTIONS, previous: before });
    const fresh = layered(more, joined, OPTIONS);
    assertSound(more, joined, seeded);
    assert.ok(travel(before, seeded) < 25, `mean way of a node ${travel(before, seeded)} px`);
    assert.ok(travel(before, seeded) <= travel(before, fresh) + 1e-9);
  });

  it('puts inputs first and the output last where that is asked for', () => {
    const nodes = ['x', 'late', 'a', 'b', 'y'].map((id) => ({ id, along: 10, across: 10 }));
    const edges = [
      { from: 'x', to: 'a' },
      { from: 'a', to: 'b' },
      { from: 'late', to: 'y' },
      { from: 'b', to: 'y' },
    ];
    assert.equal(at(layered(nodes, edges, OPTIONS), 'late').layer, 2);
    assert.equal(at(layered(nodes, edges, { ...OPTIONS, first: ['late'] }), 'late').layer, 0);
    const dangling = [...nodes, { id: 'loose', along: 10, across: 10 }];
    assert.equal(at(layered(dangling, edges, { ...OPTIONS, last: ['loose'] }), 'loose').layer, 3);
  });

  it('refuses cycles and unknown ends', () => {
    const nodes = ['a', 'b'].map((id) => ({ id, along: 10, across: 10 }));
    const cycle = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    assert.throws(() => layered(nodes, cycle, OPTIONS), /cycle/);
    assert.throws(() => layered(nodes, [{ from: 'a', to: 'c' }], OPTIONS), /“c”/);
  });

  it('draws nothing for nothing', () => {
    assert.deepEqual([layered([], [], OPTIONS).along, layered([], [], OPTIONS).across], [0, 0]);
  });

  it('crosses edges no more often than dagre, within a tenth, over random traces', () => {
    let ours = 0;
    let theirs = 0;
    for (let seed = 1; seed <= 4; seed++) {
      const { nodes, edges } = random(45, seed);
      ours += polylineCrossings(layered(nodes, edges, OPTIONS).edges);
      theirs += polylineCrossings(withDagre(nodes, edges));
    }
    assert.ok(ours <= theirs * 1.1, `${ours} crossings against ${theirs} of dagre`);
  });

  it('draws 300 nodes fast enough to follow typing', () => {
    const { nodes, edges } = random(300, 3);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      layered(nodes, edges, OPTIONS);
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 250, `${Math.min(...times).toFixed(0)} ms`);
  });
});

const at = (drawing: Drawing, id: string) => drawing.nodes.get(id)!;

function byLayer(drawing: Drawing): string[][] {
  const layers: string[][] = [];
  for (const [id, { layer }] of drawing.nodes) (layers[layer] ??= []).push(id);
  return layers.filter(Boolean);
}

function assertSound(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], drawing: Drawing): void {
  const size = new Map(nodes.map((node) => [node.id, node]));
  assert.equal(drawing.nodes.size, nodes.length);
  for (const layer of byLayer(drawing)) {
    const sorted = [...layer].sort((a, b) => at(drawing, a).across - at(drawing, b).across);
    for (let i = 1; i < sorted.length; i++) {
      const [a, b] = [sorted[i - 1]!, sorted[i]!];
      const free = at(drawing, b).across - at(drawing, a).across - (size.get(a)!.across + size.get(b)!.across) / 2;
      assert.ok(free >= OPTIONS.nodeGap - 1e-6, `${free} between ${a} and ${b}`);
    }
  }
  edges.forEach(({ from, to }, e) => {
    const points = drawing.edges[e]!;
    assert.ok(at(drawing, from).layer < at(drawing, to).layer);
    assert.deepEqual({ ...points[0]! }, { along: at(drawing, from).along, across: at(drawing, from).across });
    for (let i = 1; i < points.length; i++) assert.ok(points[i]!.along > points[i - 1]!.along);
  });
}

function random(count: number, seed: number): { nodes: LayoutNode[]; edges: LayoutEdge[] } {
  let state = seed * 2654435761;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const nodes = Array.from({ length: count }, (_, i) => ({ id: `n${i}`, along: 30, across: 30 }));
  const edges: LayoutEdge[] = [];
  for (let i = 4; i < count; i++) {
    // Mostly recent values, as in a program.
    const used = new Set([0, 1].map(() => Math.max(0, i - 1 - Math.floor(next() ** 2 * Math.min(i, 12)))));
    for (const u of used) edges.push({ from: `n${u}`, to: `n${i}` });
  }
  return { nodes, edges };
}

function travel(a: Drawing, b: Drawing): number {
  const ways = [...a.nodes].map(([id, { across }]) => Math.abs(across - at(b, id).across));
  return ways.reduce((x, y) => x + y, 0) / ways.length;
}

function withDagre(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'LR',
    ranksep: OPTIONS.layerGap,
    nodesep: OPTIONS.nodeGap,
    ranker: 'longest-path',
  });
  for (const node of nodes) graph.setNode(node.id, { width: node.along, height: node.across });
  edges.forEach(({ from, to }, i) => graph.setEdge(from, to, {}, String(i)));
  dagre.layout(graph);
  return edges.map(({ from, to }, i) => {
    const a = graph.node(from);
    const b = graph.node(to);
    const inner = graph.edge(from, to, String(i)).points.slice(1, -1);
    return [{ x: a.x, y: a.y }, ...inner, { x: b.x, y: b.y }].map(({ x, y }) => ({
      along: x,
      across: y,
    }));
  });
}

/** Proper crossings of the polylines that join the centres, ends that they share left out. */
function polylineCrossings(edges: readonly (readonly { along: number; across: number }[])[]): number {
  const segments = edges.flatMap((points, edge) => points.slice(1).map((p, i) => ({ a: points[i]!, b: p, edge })));
  let count = 0;
  for (let i = 0; i < segments.length; i++) {
    for (let j = i + 1; j < segments.length; j++) {
      const s = segments[i]!;
      const t = segments[j]!;
      if (s.edge !== t.edge && cross(s.a, s.b, t.a, t.b)) count++;
    }
  }
  return count;
}

type P = { along: number; across: number };

function cross(a: P, b: P, c: P, d: P): boolean {
  const side = (p: P, q: P, r: P) =>
    Math.sign((q.along - p.along) * (r.across - p.across) - (q.across - p.across) * (r.along - p.along));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
