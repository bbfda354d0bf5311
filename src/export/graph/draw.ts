/** Sizes of nodes, distances and margins of the graph: the viewer and the exported drawing agree on them. */
import { type Drawing, layered, type LayoutNode } from '../../layout/layered';
import type { TensorView, ValueView } from '../../protocol';
import { plainName } from '../../format/nameText';
import { type Curve, type Direction, pathThrough, toScreen } from './geometry';
import { type EdgeTexts, type Extent, type Labels, placeLabels, type Rect } from './labels';
import { bearsContribution, bearsValue, type GraphEdge, type GraphModel, type GraphNode } from './model';
import { valueText } from './valueText';

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Gaps {
  readonly layerGap: number;
  readonly nodeGap: number;
}

/** Room around the nodes for the names and numbers of inputs and output. */
const MARGIN = { right: { x: 128, y: 56 }, down: { x: 76, y: 58 } } as const;

/** Pixels of a letter of these, and what long names may take. */
const LETTER = 7.2;
const MOST_MARGIN = 220;

export function marginOf(model: GraphModel, direction: Direction): { readonly x: number; readonly y: number } {
  const { x, y } = MARGIN[direction];
  if (hasPictures(model)) return { x: x + 12, y: y + 30 };
  return direction === 'right' ? { x: Math.max(x, Math.min(MOST_MARGIN, roomBeside(model))), y } : { x, y };
}

/** Width of the longest name with its number beside an input or the output, and the distance from it. */
function roomBeside({ nodes }: GraphModel): number {
  const letters = nodes.map((node) => {
    if (node.kind !== 'input' && node.kind !== 'output') return 0;
    const numbers = [node.step.value, node.step.adjoint].map((value) => valueText(value).length);
    return plainName(node.tex).length + ' = '.length + Math.max(...numbers);
  });
  return 22 + LETTER * Math.max(0, ...letters);
}

/** What numbers on edges need, and how far a small graph spreads to fill the view. */
const LEAST: Record<Direction, Gaps> = {
  right: { layerGap: 104, nodeGap: 46 },
  down: { layerGap: 84, nodeGap: 84 },
};
const MOST: Record<Direction, Gaps> = {
  right: { layerGap: 190, nodeGap: 110 },
  down: { layerGap: 120, nodeGap: 130 },
};

/** Arrays on the edges need room for their pictures. */
const PICTURES: Record<Direction, Gaps> = {
  right: { layerGap: 104, nodeGap: 84 },
  down: { layerGap: 96, nodeGap: 132 },
};

/** A picture of an array has at most so many cells a side, and so many pixels. */
export const MOST_CELLS = 8;
const PICTURE = 40;

export interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly number[];
  readonly cell: number;
}

/** Whether a value is drawn as a picture. */
export function isPicture(value: ValueView | null | undefined): value is TensorView {
  return typeof value === 'object' && value !== null;
}

/** The cells to draw: elements where they are few, block means of a large array. */
export function pictureOf(tensor: TensorView, most = PICTURE, largest = 9): Picture {
  const { shape, elements, blocks } = tensor;
  const columns = shape.length === 0 ? 1 : (shape[shape.length - 1] ?? 1);
  const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const sized = (r: number, c: number, cells: readonly number[]) => ({
    rows: r,
    columns: c,
    cells,
    cell: Math.max(2.5, Math.min(largest, most / Math.max(r, c / 1.6, 1))),
  });
  if (elements && rows <= MOST_CELLS && columns <= MOST_CELLS) return sized(rows, columns, elements.map(Number));
  if (blocks) return sized(blocks.rows, blocks.columns, blocks.means.map(Number));
  if (elements) return sized(...blockMeans(rows, columns, elements.map(Number)));
  return sized(0, 0, []);
}

/** Means over a grid of at most 8 × 8 blocks. */
function blockMeans(height: number, width: number, elements: readonly number[]): [number, number, number[]] {
  const rows = Math.min(MOST_CELLS, height);
  const columns = Math.min(MOST_CELLS, width);
  const sums = new Float64Array(rows * columns);
  const counts = new Float64Array(rows * columns);
  elements.forEach((x, k) => {
    const block =
      Math.floor((Math.floor(k / width) * rows) / height) * columns + Math.floor(((k % width) * columns) / width);
    sums[block] = (sums[block] as number) + x;
    counts[block] = (counts[block] as number) + 1;
  });
  return [rows, columns, Array.from(sums, (s, k) => s / (counts[k] as number))];
}

/**
 * Places nodes and edges.
 * @param room the view to fill, for a graph that is small enough to spread
 * @param previous where things were drawn last
 */
export function drawGraph(
  model: GraphModel,
  direction: Direction,
  room: Size | undefined,
  previous: Drawing | undefined,
): Drawing {
  const draw = (gaps: Gaps) => drawWith(model, direction, gaps, previous);
  const least = hasPictures(model) ? PICTURES[direction] : LEAST[direction];
  const drawing = draw(least);
  if (!room || model.nodes.length > 60) return drawing;
  const margin = marginOf(model, direction);
  const free = { width: room.width - 2 * margin.x, height: room.height - 2 * margin.y };
  const [along, across] = direction === 'right' ? [free.width, free.height] : [free.height, free.width];
  const layers = Math.max(1, drawing.layers - 1);
  const widest = Math.max(1, Math.max(...countsByLayer(drawing)) - 1);
  const spread = (low: number, high: number, now: number, wanted: number, gaps: number) =>
    Math.max(low, Math.min(Math.max(low, high), low + (wanted - now) / gaps));
  return draw({
    layerGap: spread(least.layerGap, MOST[direction].layerGap, drawing.along, along, layers),
    nodeGap: spread(least.nodeGap, MOST[direction].nodeGap, drawing.across, across, widest),
  });
}

export function hasPictures(model: GraphModel): boolean {
  return model.edges.some(({ carries }) => isPicture(carries?.value));
}

function countsByLayer(drawing: Drawing): number[] {
  const counts = new Array<number>(Math.max(1, drawing.layers)).fill(0);
  for (const { layer } of drawing.nodes.values()) counts[layer] = (counts[layer] ?? 0) + 1;
  return counts;
}

function drawWith(model: GraphModel, direction: Direction, gaps: Gaps, previous: Drawing | undefined): Drawing {
  const inputs = model.nodes.filter((node) => node.kind === 'input').map((node) => node.id);
  return layered(
    model.nodes.map((node) => sizeOf(node, direction)),
    model.edges.map(({ from, to }) => ({ from, to })),
    {
      ...gaps,
      edgeGap: gaps.nodeGap,
      first: inputs.length <= 3 ? inputs : [],
      last: ['output'],
      ...(previous ? { previous } : {}),
    },
  );
}

/** The gap between nodes takes so much of a name that is wider than its dot. */
const LEAF_OVERHANG = 70;

function sizeOf(node: GraphNode, direction: Direction): LayoutNode {
  const [width, height] = extent(node);
  return direction === 'right'
    ? { id: node.id, along: width, across: height }
    : {
        id: node.id,
        along: height,
        across: node.kind === 'input' ? Math.max(8, leafRoom(node) - LEAF_OVERHANG) : width,
      };
}

/** Width and height on the screen. */
export function extent(node: GraphNode): readonly [number, number] {
  switch (node.kind) {
    case 'operation':
      return [Math.max(30, 14 + node.sign.length * 7.5), 30];
    case 'group':
      return [Math.min(180, Math.max(56, 20 + node.name.length * 7)), 34];
    case 'input':
      return isPicture(node.step.value) ? [8, 36] : [8, 8];
    case 'output':
      return [8, 8];
  }
}

/** Curves of the edges: into an operation they come side by side, in the order in which they arrive. */
export function layCurves(model: GraphModel, drawing: Drawing, direction: Direction): Curve[] {
  const nodes = new Map<string, GraphNode>(model.nodes.map((node) => [node.id, node]));
  const half = (id: string): number => {
    const node = nodes.get(id) as GraphNode;
    if (node.kind === 'input') return 4;
    const [width, height] = extent(node);
    return (direction === 'right' ? width : height) / 2;
  };
  const arriving = new Map<string, number[]>();
  model.edges.forEach((edge, i) => arriving.set(edge.to, [...(arriving.get(edge.to) ?? []), i]));
  const port = new Map<number, number>();
  for (const [id, list] of arriving) {
    const before = (i: number) => {
      const points = drawing.edges[i];
      return points?.[points.length - 2]?.across ?? 0;
    };
    const sorted = [...list].sort((a, b) => before(a) - before(b) || a - b);
    const room = half(id) >= 15 ? 16 : 0;
    const gap = Math.min(10, room / Math.max(1, sorted.length - 1));
    sorted.forEach((edge, k) => port.set(edge, (k - (sorted.length - 1) / 2) * gap));
  }
  const edges = model.edges.map((edge, i) => {
    const points = [...(drawing.edges[i] ?? [])];
    const first = points[0];
    const last = points[points.length - 1];
    if (!first || !last) return points;
    const side = port.get(i) ?? 0;
    const radius = half(edge.to);
    const round = nodes.get(edge.to)?.kind === 'operation' && radius <= 15;
    points[0] = { ...first, along: first.along + half(edge.from) };
    points[points.length - 1] = {
      along: last.along - (round ? Math.sqrt(radius * radius - side * side) : radius),
      across: last.across + side,
    };
    return points;
  });
  const labels = placeLabels(edges, model.edges.map(textsOf), obstaclesOf(model, drawing, direction), direction);
  return edges.map((points, i) => ({ ...(labels[i] as Labels), d: pathThrough(points, direction) }));
}

/** Pixels that a number takes: digits are of one width. */
const DIGIT = 6.7;
const LINE = 13;
/** Shape and largest magnitude of an array, above or below its picture. */
const CAPTION = 32;

function textExtent(text: string): Extent {
  return [text.length * DIGIT + 2, LINE];
}

/** A number, or the picture of an array with its shape above or below. */
export function valueExtent(value: ValueView | null): Extent {
  const text = valueText(value);
  if (!isPicture(value)) return textExtent(text);
  const { rows, columns, cell } = pictureOf(value);
  return [Math.max(columns * cell, text.length * 5.6), rows * cell + CAPTION];
}

function textsOf(edge: GraphEdge): EdgeTexts {
  const { use, carries } = edge;
  const contribution = use ? (use.operand.contributions[use.contribution]?.value ?? null) : (carries?.adjoint ?? null);
  const partial = use?.user.operands[use.slot]?.partial;
  return {
    ...(carries && bearsValue(edge) ? { value: valueExtent(carries.value) } : {}),
    ...(bearsContribution(edge) ? { back: valueExtent(contribution) } : {}),
    ...(partial ? { partial: textExtent(`×${valueText(partial.value)}`) } : {}),
  };
}

/** Nodes, and the names and numbers beside them. */
function obstaclesOf(model: GraphModel, drawing: Drawing, direction: Direction): Rect[] {
  const right = direction === 'right';
  return model.nodes.flatMap((node) => {
    const place = drawing.nodes.get(node.id);
    if (!place) return [];
    const { x, y } = toScreen(place, direction);
    const [width, height] = extent(node);
    const body: Rect = { x: x - width / 2, y: y - height / 2, width, height };
    if (node.kind === 'operation')
      return [
        body,
        right
          ? { x: x - 12, y: y + height / 2 + 3, width: 24, height: 16 }
          : { x: x - width / 2 - 26, y: y - 8, width: 24, height: 16 },
      ];
    if (node.kind === 'group') return [body, { x: x - 24, y: y + height / 2 + 4, width: 48, height: 14 }];
    const room = leafRoom(node);
    const isInput = node.kind === 'input';
    return [
      right
        ? { x: isInput ? x - 12 - room : x + 12, y: y - 20, width: room, height: 40 }
        : { x: x - room / 2, y: isInput ? y - 50 : y + 8, width: room, height: 40 },
    ];
  });
}

/** Width of the name with its number at an input or the output. */
function leafRoom(node: GraphNode & { readonly kind: 'input' | 'output' }): number {
  const name = plainName(node.tex).length * 7.5;
  if (node.kind === 'output') return name + 30;
  const { value, adjoint } = node.step;
  if (isPicture(value)) return Math.max(name + valueText(value).length * 5.6 + 6, 64);
  return name + 22 + Math.max(valueText(value).length, valueText(adjoint).length) * DIGIT;
}
