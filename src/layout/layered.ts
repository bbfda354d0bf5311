/**
 * Layered drawing of a directed acyclic graph whose nodes come with their layers or in topological order: a
 * computational graph. The steps are the classic ones (Sugiyama, Tagawa, Toda 1981): layers, dummy nodes on
 * long edges, an order in each layer with few crossings (barycentre sweeps and transpositions), coordinates.
 *
 * The order starts from the previous drawing where there is one, and nodes are kept near where they were, so
 * that an edit moves little. The same input always gives the same drawing.
 *
 * Axes are named by their role: `along` runs from layer to layer, `across` within one.
 */

export interface LayoutNode {
  readonly id: string;
  /** Extent along and across the layers, in pixels. */
  readonly along: number;
  readonly across: number;
}

export interface LayoutEdge {
  readonly from: string;
  readonly to: string;
}

export interface LayoutOptions {
  /** Free space between neighbouring layers, at least, and between neighbours in a layer. */
  readonly layerGap: number;
  readonly nodeGap: number;
  /** Space between two edges that pass a layer side by side. */
  readonly edgeGap?: number;
  /** Where nodes were drawn last. */
  readonly previous?: Drawing;
  /** Nodes that stand in the last layer whatever their depth, e.g. the output. */
  readonly last?: readonly string[];
  /** Nodes that stand in the first layer, e.g. all inputs; the others stand next to their first user. */
  readonly first?: readonly string[];
}

export interface Point {
  readonly along: number;
  readonly across: number;
}

export interface Drawing {
  /** Centres. */
  readonly nodes: ReadonlyMap<string, Point & { readonly layer: number }>;
  /** In the order of the edges given: the points that the edge passes, from centre to centre. */
  readonly edges: readonly (readonly Point[])[];
  /** The edges given, so that the next drawing finds where a long one passed each layer. */
  readonly joined: readonly LayoutEdge[];
  readonly along: number;
  readonly across: number;
  readonly layers: number;
}

interface Vertex {
  /** Index of the node; −1 for a dummy. */
  readonly node: number;
  readonly layer: number;
  readonly along: number;
  readonly across: number;
  /** Vertices of the layers before and after that it is joined to. */
  readonly before: number[];
  readonly after: number[];
  /** Where it was in the previous drawing. */
  was: number | undefined;
  position: number;
  center: number;
}

const SWEEPS = 24;
const DEFAULT_EDGE_GAP = 14;
/** A layer's gap follows the edge that is steeper than this share of them, up to so many times the least gap. */
const STEEP_SHARE = 0.7;
const WIDEST_GAP = 2;

/**
 * Draws a graph. Edges must not form a cycle; edges to unknown nodes are an error of the caller.
 * Cost: about O(sweeps · edges + transpositions).
 */
export function layered(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[], options: LayoutOptions): Drawing {
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const pairs = edges.map(({ from, to }) => [indexOf(index, from), indexOf(index, to)] as const);
  const layer = assignLayers(nodes, pairs, index, options);
  const { vertices, chains } = insertDummies(nodes, pairs, layer, options);
  const rows = group(vertices);
  seedOrder(vertices, rows, chains, pairs, nodes, options.previous);
  if (isFamiliar(nodes, options.previous)) transpose(vertices, rows);
  else orderLayers(vertices, rows);
  place(vertices, rows, options);
  return describe(nodes, edges, vertices, rows, chains, options);
}

function indexOf(index: ReadonlyMap<string, number>, id: string): number {
  const found = index.get(id);
  if (found === undefined) throw new Error(`layout: an edge ends at “${id}”, which is no node`);
  return found;
}

/** Whether most nodes were drawn before: their order is then kept but for swaps of neighbours that pay. */
function isFamiliar(nodes: readonly LayoutNode[], previous: Drawing | undefined): boolean {
  return previous !== undefined && nodes.filter(({ id }) => previous.nodes.has(id)).length >= nodes.length * 0.6;
}

/** Longest path from the sources; sources are then pulled up to just before their first user. */
function assignLayers(
  nodes: readonly LayoutNode[],
  pairs: readonly (readonly [number, number])[],
  index: ReadonlyMap<string, number>,
  options: LayoutOptions,
): Int32Array {
  const n = nodes.length;
  const incoming = new Int32Array(n);
  const after: number[][] = nodes.map(() => []);
  for (const [from, to] of pairs) {
    if (from === to) throw new Error(`layout: “${(nodes[from] as LayoutNode).id}” leads to itself`);
    (after[from] as number[]).push(to);
    incoming[to] = (incoming[to] as number) + 1;
  }
  const layer = new Int32Array(n);
  const queue = nodes.flatMap((_, i) => (incoming[i] === 0 ? [i] : []));
  const sources = new Set(queue);
  let seen = 0;
  for (const at of queue) {
    seen++;
    for (const to of after[at] as number[]) {
      layer[to] = Math.max(layer[to] as number, (layer[at] as number) + 1);
      incoming[to] = (incoming[to] as number) - 1;
      if (incoming[to] === 0) queue.push(to);
    }
  }
  if (seen < n) throw new Error('layout: the graph has a cycle');
  const first = new Set((options.first ?? []).map((id) => index.get(id)));
  for (const at of sources) {
    const users = after[at] as number[];
    if (first.has(at) || users.length === 0) continue;
    layer[at] = Math.min(...users.map((to) => layer[to] as number)) - 1;
  }
  const deepest = layer.reduce((a, b) => Math.max(a, b), 0);
  for (const id of options.last ?? []) {
    const at = index.get(id);
    if (at !== undefined && (after[at] as number[]).length === 0) layer[at] = deepest;
  }
  return layer;
}

/** Splits every edge into pieces that join neighbouring layers. Edges from one node share their dummies. */
function insertDummies(
  nodes: readonly LayoutNode[],
  pairs: readonly (readonly [number, number])[],
  layer: Int32Array,
  options: LayoutOptions,
): { vertices: Vertex[]; chains: number[][] } {
  const gap = options.edgeGap ?? DEFAULT_EDGE_GAP;
  const vertex = (node: number, at: number, along: number, across: number): Vertex => ({
    node,
    layer: at,
    along,
    across,
    before: [],
    after: [],
    was: undefined,
    position: 0,
    center: 0,
  });
  const vertices = nodes.map((node, i) => vertex(i, layer[i] as number, node.along, node.across));
  const join = (from: number, to: number): void => {
    (vertices[from] as Vertex).after.push(to);
    (vertices[to] as Vertex).before.push(from);
  };
  const chains = pairs.map(([from, to]) => {
    const chain = [from];
    for (let at = (layer[from] as number) + 1; at < (layer[to] as number); at++) {
      vertices.push(vertex(-1, at, 0, gap));
      const dummy = vertices.length - 1;
      join(chain[chain.length - 1] as number, dummy);
      chain.push(dummy);
    }
    join(chain[chain.length - 1] as number, to);
    chain.push(to);
    return chain;
  });
  return { vertices, chains };
}

function group(vertices: readonly Vertex[]): number[][] {
  const rows: number[][] = [];
  vertices.forEach((vertex, i) => (rows[vertex.layer] ??= []).push(i));
  for (let i = 0; i < rows.length; i++) rows[i] ??= [];
  return rows;
}

/** The order to start from: the previous drawing's where a node was in it, that of the input elsewhere. */
function seedOrder(
  vertices: readonly Vertex[],
  rows: readonly number[][],
  chains: readonly number[][],
  pairs: readonly (readonly [number, number])[],
  nodes: readonly LayoutNode[],
  previous: Drawing | undefined,
): void {
  if (previous) {
    for (const vertex of vertices) {
      if (vertex.node >= 0) vertex.was = previous.nodes.get((nodes[vertex.node] as LayoutNode).id)?.across;
    }
    // A dummy was where its edge passed as many layers ago, or on the straight line between the ends.
    const passed = new Map(previous.joined.map(({ from, to }, e) => [edgeKey(from, to), previous.edges[e]]));
    const idOf = (node: number) => (nodes[node] as LayoutNode).id;
    chains.forEach((chain, e) => {
      const [from, to] = pairs[e] as readonly [number, number];
      const points = passed.get(edgeKey(idOf(from), idOf(to)));
      if (points?.length === chain.length) {
        chain.forEach((at, i) => {
          const vertex = vertices[at] as Vertex;
          if (vertex.node < 0) vertex.was = (points[i] as Point).across;
        });
        return;
      }
      const a = (vertices[from] as Vertex).was;
      const b = (vertices[to] as Vertex).was;
      if (a === undefined || b === undefined) return;
      chain.forEach((at, i) => {
        const vertex = vertices[at] as Vertex;
        if (vertex.node < 0) vertex.was = a + ((b - a) * i) / (chain.length - 1);
      });
    });
  } else {
    // Depth first from the sources: what hangs together starts together.
    const visited = new Uint8Array(vertices.length);
    const order: number[] = [];
    const visit = (start: number): void => {
      const stack = [start];
      for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
        if (visited[at]) continue;
        visited[at] = 1;
        order.push(at);
        const { after } = vertices[at] as Vertex;
        for (let i = after.length - 1; i >= 0; i--) stack.push(after[i] as number);
      }
    };
    for (const row of rows) for (const at of row) if ((vertices[at] as Vertex).before.length === 0) visit(at);
    const rank = new Int32Array(vertices.length);
    order.forEach((at, i) => (rank[at] = i));
    for (const row of rows) row.sort((a, b) => (rank[a] as number) - (rank[b] as number));
  }
  for (const row of rows) {
    if (previous) sortByWas(vertices, row);
    number(vertices, row);
  }
}

const edgeKey = (from: string, to: string) => JSON.stringify([from, to]);

/** Sorts by the previous place; new vertices go where their neighbours of the layer before lead them. */
function sortByWas(vertices: readonly Vertex[], row: number[]): void {
  const key = (at: number): number => {
    const vertex = vertices[at] as Vertex;
    if (vertex.was !== undefined) return vertex.was;
    const known = [...vertex.before, ...vertex.after].flatMap((other) => (vertices[other] as Vertex).was ?? []);
    vertex.was = known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : undefined;
    return vertex.was ?? Infinity;
  };
  const keys = new Map(row.map((at) => [at, key(at)]));
  row.sort((a, b) => compare(keys.get(a) as number, keys.get(b) as number) || a - b);
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

function number(vertices: readonly Vertex[], row: readonly number[]): void {
  row.forEach((at, i) => ((vertices[at] as Vertex).position = i));
}

/** Barycentre sweeps up and down with transpositions between; the best order found is kept. */
function orderLayers(vertices: readonly Vertex[], rows: number[][]): void {
  let best = crossings(vertices, rows);
  let kept = rows.map((row) => [...row]);
  let stale = 0;
  for (let sweep = 0; sweep < SWEEPS && best > 0 && stale < 6; sweep++) {
    const down = sweep % 2 === 0;
    for (let k = 1; k < rows.length; k++) barycentre(vertices, rows[down ? k : rows.length - 1 - k] as number[], down);
    transpose(vertices, rows);
    const now = crossings(vertices, rows);
    if (now < best) {
      best = now;
      kept = rows.map((row) => [...row]);
      stale = 0;
    } else {
      stale++;
    }
  }
  kept.forEach((row, i) => {
    rows[i] = row;
    number(vertices, row);
  });
  // No swap of neighbours pays any more: the next drawing, which only swaps, leaves this one as it is.
  transpose(vertices, rows);
}

/** Sorts a layer by the mean place of its neighbours; those without neighbours stay where they are. */
function barycentre(vertices: readonly Vertex[], row: number[], down: boolean): void {
  const keys = new Map<number, number>();
  for (const at of row) {
    const vertex = vertices[at] as Vertex;
    const others = down ? vertex.before : vertex.after;
    if (others.length === 0) continue;
    keys.set(at, others.reduce((sum, other) => sum + (vertices[other] as Vertex).position, 0) / others.length);
  }
  const movable = row.filter((at) => keys.has(at));
  movable.sort(
    (a, b) =>
      compare(keys.get(a) as number, keys.get(b) as number) ||
      (vertices[a] as Vertex).position - (vertices[b] as Vertex).position,
  );
  let next = 0;
  for (let i = 0; i < row.length; i++) if (keys.has(row[i] as number)) row[i] = movable[next++] as number;
  number(vertices, row);
}

/** Swaps neighbours while that removes crossings; ends because every swap removes one. */
function transpose(vertices: readonly Vertex[], rows: readonly number[][]): void {
  for (let improved = true; improved;) {
    improved = false;
    for (const row of rows) {
      for (let i = 0; i + 1 < row.length; i++) {
        const a = vertices[row[i] as number] as Vertex;
        const b = vertices[row[i + 1] as number] as Vertex;
        const gain =
          pairCrossings(vertices, a.before, b.before) +
          pairCrossings(vertices, a.after, b.after) -
          pairCrossings(vertices, b.before, a.before) -
          pairCrossings(vertices, b.after, a.after);
        if (gain <= 0) continue;
        [row[i], row[i + 1]] = [row[i + 1] as number, row[i] as number];
        a.position = i + 1;
        b.position = i;
        improved = true;
      }
    }
  }
}

/** Crossings of the edges of a vertex with those of its right neighbour. */
function pairCrossings(vertices: readonly Vertex[], left: readonly number[], right: readonly number[]): number {
  let count = 0;
  for (const a of left)
    for (const b of right) if ((vertices[a] as Vertex).position > (vertices[b] as Vertex).position) count++;
  return count;
}

/** Crossings between all neighbouring layers, by counting inversions with an accumulator tree. */
function crossings(vertices: readonly Vertex[], rows: readonly (readonly number[])[]): number {
  let count = 0;
  for (let layer = 0; layer + 1 < rows.length; layer++) {
    const ends: number[] = [];
    for (const at of rows[layer] as readonly number[]) {
      const places = (vertices[at] as Vertex).after
        .map((to) => (vertices[to] as Vertex).position)
        .sort((a, b) => a - b);
      ends.push(...places);
    }
    const width = (rows[layer + 1] as readonly number[]).length;
    const tree = new Int32Array(width + 1);
    ends.forEach((end, seen) => {
      let before = 0;
      for (let i = end + 1; i > 0; i -= i & -i) before += tree[i] as number;
      count += seen - before;
      for (let i = end + 1; i <= width; i += i & -i) tree[i] = (tree[i] as number) + 1;
    });
  }
  return count;
}

/**
 * Coordinates across: every vertex is drawn towards its neighbours (and to where it was), layer by layer, with
 * the distances kept. Each layer is solved exactly for its targets: blocks of touching vertices merge and move
 * to their mean (isotonic regression by pooling adjacent violators). Long edges pull hardest on their dummies,
 * so that they run straight.
 */
function place(vertices: readonly Vertex[], rows: readonly (readonly number[])[], options: LayoutOptions): void {
  const space = (a: Vertex, b: Vertex) => {
    const gap = a.node < 0 || b.node < 0 ? (options.edgeGap ?? DEFAULT_EDGE_GAP) / 2 : options.nodeGap;
    return (a.across + b.across) / 2 + gap;
  };
  for (const row of rows) {
    let at = 0;
    row.forEach((id, i) => {
      const vertex = vertices[id] as Vertex;
      if (i > 0) at += space(vertices[row[i - 1] as number] as Vertex, vertex);
      vertex.center = at;
    });
    const middle = at / 2;
    for (const id of row) (vertices[id] as Vertex).center -= middle;
  }
  const settled = options.previous !== undefined;
  if (settled) for (const vertex of vertices) if (vertex.was !== undefined) vertex.center = vertex.was;
  const rounds = 14;
  for (let round = 0; round < rounds; round++) {
    const down = round % 2 === 0;
    // First one side only, so that layers line up; then both, so that they balance.
    const bothSides = round >= rounds - 6;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[down ? k : rows.length - 1 - k] as readonly number[];
      const targets = row.map((id) => {
        const vertex = vertices[id] as Vertex;
        let sum = 0;
        let weight = 0;
        const pull = (others: readonly number[]): void => {
          for (const other of others) {
            const end = vertices[other] as Vertex;
            const strength = vertex.node < 0 && end.node < 0 ? 8 : vertex.node < 0 || end.node < 0 ? 2 : 1;
            sum += strength * end.center;
            weight += strength;
          }
        };
        if (bothSides || down) pull(vertex.before);
        if (bothSides || !down) pull(vertex.after);
        if (settled && vertex.was !== undefined) {
          // Staying where it was counts more than all its edges together.
          const strength = 4 * Math.max(1, weight);
          sum += strength * vertex.was;
          weight += strength;
        }
        return weight > 0 ? { at: sum / weight, weight } : { at: vertex.center, weight: 0.5 };
      });
      settle(vertices, row, targets, space);
    }
  }
}

/** Moves the vertices of a layer as near to their targets as order and distances allow (least squares). */
function settle(
  vertices: readonly Vertex[],
  row: readonly number[],
  targets: readonly { readonly at: number; readonly weight: number }[],
  space: (a: Vertex, b: Vertex) => number,
): void {
  interface Block {
    offset: number;
    weight: number;
    first: number;
  }
  const shift: number[] = [];
  const blocks: Block[] = [];
  row.forEach((id, i) => {
    const vertex = vertices[id] as Vertex;
    shift[i] = i === 0 ? 0 : (shift[i - 1] as number) + space(vertices[row[i - 1] as number] as Vertex, vertex);
    const { at, weight } = targets[i] as { at: number; weight: number };
    let block: Block = { offset: at - shift[i], weight, first: i };
    for (let top = blocks[blocks.length - 1]; top && top.offset > block.offset; top = blocks[blocks.length - 1]) {
      const sum = top.weight + block.weight;
      block = {
        offset: (top.offset * top.weight + block.offset * block.weight) / sum,
        weight: sum,
        first: top.first,
      };
      blocks.pop();
    }
    blocks.push(block);
  });
  blocks.forEach((block, b) => {
    const end = blocks[b + 1]?.first ?? row.length;
    for (let i = block.first; i < end; i++)
      (vertices[row[i] as number] as Vertex).center = block.offset + (shift[i] as number);
  });
}

/** Layers between which many edges run far across stand further apart, so that edges do not become steep. */
function gapsBetween(
  vertices: readonly Vertex[],
  rows: readonly (readonly number[])[],
  { layerGap }: LayoutOptions,
): number[] {
  return rows.map((row) => {
    const ways = row.flatMap((id) => {
      const { center, after } = vertices[id] as Vertex;
      return after.map((to) => Math.abs((vertices[to] as Vertex).center - center));
    });
    const far = ways.sort((a, b) => a - b)[Math.floor(ways.length * STEEP_SHARE)] ?? 0;
    return Math.max(layerGap, Math.min(WIDEST_GAP * layerGap, far));
  });
}

function describe(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  vertices: readonly Vertex[],
  rows: readonly (readonly number[])[],
  chains: readonly (readonly number[])[],
  options: LayoutOptions,
): Drawing {
  const depth: number[] = [];
  let along = 0;
  let lastGap = 0;
  const gaps = gapsBetween(vertices, rows, options);
  rows.forEach((row, layer) => {
    const thickness = row.reduce((most, id) => Math.max(most, (vertices[id] as Vertex).along), 0);
    depth.push(along + thickness / 2);
    lastGap = gaps[layer] ?? options.layerGap;
    along += thickness + lastGap;
  });
  let low = Infinity;
  let high = -Infinity;
  for (const { center, across } of vertices) {
    low = Math.min(low, center - across / 2);
    high = Math.max(high, center + across / 2);
  }
  const empty = vertices.length === 0;
  // Where nodes have a previous place they keep it: the drawing then does not begin at 0.
  const origin = empty || options.previous ? 0 : low;
  const point = (id: number): Point => {
    const vertex = vertices[id] as Vertex;
    return { along: depth[vertex.layer] as number, across: vertex.center - origin };
  };
  return {
    nodes: new Map(nodes.map((node, i) => [node.id, { ...point(i), layer: (vertices[i] as Vertex).layer }])),
    edges: chains.map((chain) => chain.map(point)),
    joined: edges,
    along: empty ? 0 : along - lastGap,
    across: empty ? 0 : high - low,
    layers: rows.length,
  };
}
