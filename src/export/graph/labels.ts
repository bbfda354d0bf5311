/**
 * Where the numbers of edges stand: on their own edge, off nodes, other lines and each other. Of several places
 * the cheapest is taken, edge by edge; what finds no free place is marked, so that it is shown on demand only.
 */
import type { Point } from '../../layout/layered';
import { type Direction, pointAt, type Screen, toScreen } from './geometry';

/** Width and height in pixels. */
export type Extent = readonly [width: number, height: number];

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What an edge bears; absent where there is nothing to show. */
export interface EdgeTexts {
  readonly value?: Extent;
  readonly back?: Extent;
  readonly partial?: Extent;
}

export interface Labels {
  /** Value and contribution stand on both sides of this point of the edge. */
  readonly middle: Screen;
  /** Centre of the local partial. */
  readonly nearEnd: Screen;
  /** There is no free place for it. */
  readonly crowded: { readonly value: boolean; readonly back: boolean; readonly partial: boolean };
}

/** Distance of the texts from the line: value before it, contribution behind it. */
const OFF = { right: 4, down: 8 } as const;
/** Pieces of an edge are looked at in so many places. */
const SAMPLES = 12;
/** Places where labels may stand, along each piece, and the best place along the whole of a short and of a long edge. */
const PLACES = [0.2, 0.27, 0.34, 0.42, 0.5, 0.58, 0.66, 0.74, 1] as const;
const BEST = { short: 0.42, long: 0.5 } as const;
const NEAR_END = [0.86, 0.8, 0.74, 0.68, 0.62] as const;
/** Two partials side by side must not read as one product. */
const APART = 8;
/** Costs: of a pixel of overlap in shares of the label, of a foreign line through it, and of a whole edge's length off the best place. */
const ON_LABEL = 60;
const ON_NODE = 90;
const ON_LINE = 3;
const ON_OWN_LINE = 2;
const OFF_BEST = 16;
/** What overlaps by more than so many square pixels is not shown. */
const CROWDED = 60;

const CELL = 48;

/** @param obstacles nodes and the texts at them */
export function placeLabels(
  edges: readonly (readonly Point[])[],
  texts: readonly EdgeTexts[],
  obstacles: readonly Rect[],
  direction: Direction,
): Labels[] {
  const fixed = new Grid<Rect>();
  for (const rect of obstacles) fixed.add(rect, rect);
  const placed = new Grid<Rect>();
  const lines = new Grid<{ readonly edge: number; readonly x: number; readonly y: number }>();
  edges.forEach((points, edge) => {
    for (let piece = 0; piece + 1 < points.length; piece++)
      for (let k = 0; k < SAMPLES; k++) {
        const { x, y } = toScreen(pointAt(points, piece, k / SAMPLES), direction);
        lines.add({ x, y, width: 0, height: 0 }, { edge, x, y });
      }
  });
  const overlap = (rect: Rect, grid: Grid<Rect>): number => {
    let sum = 0;
    grid.near(rect, (other) => (sum += common(rect, other)));
    return sum;
  };
  const share = (rect: Rect, grid: Grid<Rect>) => Math.min(1, overlap(rect, grid) / (rect.width * rect.height));
  const crossed = (rect: Rect, edge: number): number => {
    let cost = 0;
    lines.near(rect, ({ edge: other, x, y }) => {
      const inside = x > rect.x && x < rect.x + rect.width && y > rect.y && y < rect.y + rect.height;
      if (inside) cost += other === edge ? ON_OWN_LINE : ON_LINE;
    });
    return cost;
  };
  const costOf = (rect: Rect, edge: number) =>
    ON_LABEL * share(rect, placed) + ON_NODE * share(rect, fixed) + crossed(rect, edge);
  const isCrowded = (rect: Rect) => overlap(rect, placed) + overlap(rect, fixed) > CROWDED;

  const result = edges.map((): Labels | undefined => undefined);
  const size = (extent: Extent | undefined) => (extent ? extent[0] * extent[1] : 0);
  // Pictures first, then edges that have the fewest places to choose from.
  const order = edges
    .map((_, e) => e)
    .sort(
      (a, b) =>
        Math.max(size(texts[b]?.value), size(texts[b]?.back)) - Math.max(size(texts[a]?.value), size(texts[a]?.back)) ||
        (edges[a] as readonly Point[]).length - (edges[b] as readonly Point[]).length ||
        a - b,
    );
  for (const e of order) {
    const points = edges[e] as readonly Point[];
    const { value, back } = texts[e] as EdgeTexts;
    let best: { at: Screen; cost: number } | undefined;
    const pieces = points.length - 1;
    const wanted = pieces > 1 ? BEST.long : BEST.short;
    for (let piece = 0; piece < pieces && (value || back); piece++) {
      for (const t of PLACES) {
        if (t === 1 && piece === pieces - 1) continue;
        const at = toScreen(pointAt(points, piece, t), direction);
        const away = Math.abs((piece + t) / pieces - wanted);
        const cost =
          (value ? costOf(before(at, value, direction), e) : 0) +
          (back ? costOf(behind(at, back, direction), e) : 0) +
          OFF_BEST * away;
        if (!best || cost < best.cost) best = { at, cost };
      }
    }
    const middle = best?.at ?? { x: 0, y: 0 };
    const rects = [value && before(middle, value, direction), back && behind(middle, back, direction)];
    const [noValue = false, noBack = false] = rects.map((rect) => rect !== undefined && isCrowded(rect));
    if (rects[0] && !noValue) placed.add(rects[0], rects[0]);
    if (rects[1] && !noBack) placed.add(rects[1], rects[1]);
    result[e] = {
      middle,
      nearEnd: middle,
      crowded: { value: noValue, back: noBack, partial: false },
    };
  }
  for (const e of order) {
    const points = edges[e] as readonly Point[];
    const { partial } = texts[e] as EdgeTexts;
    if (!partial || points.length < 2) continue;
    let best: { at: Screen; cost: number } | undefined;
    NEAR_END.forEach((t, k) => {
      const on = toScreen(pointAt(points, points.length - 2, t), direction);
      // In the line, or beside it where lines come in close together from above.
      const beside = direction === 'down' ? partial[0] / 2 + 4 : 0;
      for (const shift of beside > 0 ? [0, -beside, beside] : [0]) {
        const at = { x: on.x + shift, y: on.y };
        const rect = around(at, partial);
        const cost = costOf(rect, e) + k + (shift === 0 ? 0 : 2);
        if (!best || cost < best.cost) best = { at, cost };
      }
    });
    const at = (best as { at: Screen }).at;
    const rect = around(at, partial);
    const crowded = isCrowded(rect);
    if (!crowded) placed.add(rect, rect);
    const known = result[e] as Labels;
    result[e] = { ...known, nearEnd: at, crowded: { ...known.crowded, partial: crowded } };
  }
  return result as Labels[];
}

function before({ x, y }: Screen, [width, height]: Extent, direction: Direction): Rect {
  return direction === 'right'
    ? { x: x - width / 2, y: y - OFF.right - height, width, height }
    : { x: x - OFF.down - width, y: y - height / 2, width, height };
}

function behind({ x, y }: Screen, [width, height]: Extent, direction: Direction): Rect {
  return direction === 'right'
    ? { x: x - width / 2, y: y + OFF.right, width, height }
    : { x: x + OFF.down, y: y - height / 2, width, height };
}

function around({ x, y }: Screen, [width, height]: Extent): Rect {
  return { x: x - (width + APART) / 2, y: y - height / 2, width: width + APART, height };
}

/** Area that two rectangles share. */
function common(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Things by the cells of a square grid that they touch. */
class Grid<T> {
  private readonly cells = new Map<number, { thing: T; seen: number }[]>();
  private query = 0;

  add(where: Rect, thing: T): void {
    const entry = { thing, seen: 0 };
    eachCell(where, (key) => {
      const cell = this.cells.get(key);
      if (cell) cell.push(entry);
      else this.cells.set(key, [entry]);
    });
  }

  /** Calls back once for each thing in the cells that a rectangle touches. */
  near(where: Rect, visit: (thing: T) => void): void {
    const query = ++this.query;
    eachCell(where, (key) => {
      for (const entry of this.cells.get(key) ?? []) {
        if (entry.seen === query) continue;
        entry.seen = query;
        visit(entry.thing);
      }
    });
  }
}

/** More columns of cells than any drawing has. */
const STRIDE = 1 << 16;

function eachCell({ x, y, width, height }: Rect, visit: (key: number) => void): void {
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column++)
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) visit(row * STRIDE + column);
}
