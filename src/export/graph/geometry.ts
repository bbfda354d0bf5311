/** From a layered drawing to curves on the screen: left to right where there is room, top down elsewhere. */
import type { Drawing, Point } from '../../layout/layered';

export type Direction = 'right' | 'down';

export interface Screen {
  readonly x: number;
  readonly y: number;
}

export function toScreen(point: Point, direction: Direction): Screen {
  return direction === 'right' ? { x: point.along, y: point.across } : { x: point.across, y: point.along };
}

export interface Curve {
  readonly d: string;
  /** Where the value and the contribution stand, and where the local partial. */
  readonly middle: Screen;
  readonly nearEnd: Screen;
  /** Where the partial's text lies: on the line, or outside of it where edges come in close together. */
  readonly anchor: 'middle' | 'start' | 'end';
}

/** Room that numbers, or pictures of arrays, need across the flow, so that those of neighbouring edges stay apart. */
const NUMBER_ROOM = { right: 42, down: 86 } as const;
const PICTURE_ROOM = { right: 116, down: 170 } as const;
const PARTIAL_ROOM = 15;
/** Where numbers stand on a short edge if nothing is in the way. */
const RESTING = 0.42;

/**
 * Smooth curves through the points of edges, level with the direction of flow at each of them. Numbers stand
 * where the edges of one node have parted far enough.
 * @param edges the points of each edge, ends already at the ports of the nodes
 * @param from,to node that each edge leaves and enters
 * @param pictures whether arrays stand on the edges
 */
export function curvesThrough(
  edges: readonly (readonly Point[])[],
  from: readonly string[],
  to: readonly string[],
  direction: Direction,
  pictures = false,
): Curve[] {
  const room = (pictures ? PICTURE_ROOM : NUMBER_ROOM)[direction];
  const screen = (point: Point) => toScreen(point, direction);
  const write = ({ x, y }: Screen) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const leaving = neighbours(edges, from, (points) => points[1]?.across ?? 0);
  const arriving = neighbours(edges, to, (points) => points[points.length - 2]?.across ?? 0);
  return edges.map((points, e) => {
    if (points.length < 2) return { d: '', middle: { x: 0, y: 0 }, nearEnd: { x: 0, y: 0 }, anchor: 'middle' };
    let d = `M${write(screen(points[0] as Point))}`;
    for (let i = 1; i < points.length; i++) {
      const [c1, c2, end] = bezier(points[i - 1] as Point, points[i] as Point);
      d += `C${write(screen(c1))} ${write(screen(c2))} ${write(screen(end))}`;
    }
    const last = points.length - 1;
    const endAt = (k: number, t: number) =>
      piece(edges[k] as readonly Point[], (edges[k] as readonly Point[]).length - 2, t);
    const startAt = (k: number, t: number) => piece(edges[k] as readonly Point[], 0, t);
    const distance = (others: readonly number[], place: typeof endAt, t: number) =>
      Math.min(Infinity, ...others.map((k) => Math.abs(place(k, t).across - place(e, t).across)));
    const apart = (others: readonly number[], place: typeof endAt, t: number, least: number) =>
      distance(others, place, t) >= least;
    const beside = arriving[e] as readonly number[];
    // Top down, the numbers would lie on each other where edges meet: they go to the outer sides.
    const outward = direction === 'down' && beside.length === 1;
    const near = direction === 'down' ? 0.8 : search(0.86, 0.6, (t) => apart(beside, endAt, t, PARTIAL_ROOM));
    const anchor = !outward
      ? 'middle'
      : endAt(e, 0.5).across < endAt(beside[0] as number, 0.5).across
        ? 'end'
        : 'start';
    // A long edge has room for its numbers halfway.
    const half = Math.floor(last / 2);
    const middle =
      last > 1
        ? last % 2 === 0
          ? (points[half] as Point)
          : piece(points, half, 0.5)
        : startAt(
            e,
            roomiest((t) =>
              Math.min(
                room,
                distance(leaving[e] as readonly number[], startAt, t),
                distance(short(edges, beside), startAt, t),
              ),
            ),
          );
    return { d, middle: screen(middle), nearEnd: screen(endAt(e, near)), anchor };
  });
}

/** The parameter nearest to where numbers rest that leaves the most room. */
function roomiest(roomAt: (t: number) => number): number {
  let best = RESTING;
  let most = roomAt(RESTING);
  for (let k = 1; k <= 10; k++) {
    for (const t of [RESTING + 0.02 * k, RESTING - 0.02 * k]) {
      const room = roomAt(t);
      if (room > most + 1) [best, most] = [t, room];
    }
  }
  return best;
}

/** Of some edges those that pass no layer between. */
function short(edges: readonly (readonly Point[])[], some: readonly number[]): number[] {
  return some.filter((k) => (edges[k] as readonly Point[]).length === 2);
}

/** For each edge, the edges beside it among those of the same node. */
function neighbours(
  edges: readonly (readonly Point[])[],
  node: readonly string[],
  across: (points: readonly Point[]) => number,
): number[][] {
  const groups = new Map<string, number[]>();
  edges.forEach((_, e) => groups.set(node[e] as string, [...(groups.get(node[e] as string) ?? []), e]));
  const result: number[][] = edges.map(() => []);
  for (const group of groups.values()) {
    const sorted = group.sort((a, b) => across(edges[a] as readonly Point[]) - across(edges[b] as readonly Point[]));
    sorted.forEach((e, i) => (result[e] = [sorted[i - 1], sorted[i + 1]].filter((k): k is number => k !== undefined)));
  }
  return result;
}

/** The first parameter on the way from one to the other that will do, else the last. */
function search(from: number, to: number, fits: (t: number) => boolean): number {
  for (let i = 0; i <= 10; i++) {
    const t = from + ((to - from) * i) / 10;
    if (fits(t)) return t;
  }
  return to;
}

function piece(points: readonly Point[], index: number, t: number): Point {
  return along(points[index] as Point, points[index + 1] as Point, t);
}

function bezier(from: Point, to: Point): readonly [Point, Point, Point] {
  const reach = (to.along - from.along) * 0.5;
  return [{ along: from.along + reach, across: from.across }, { along: to.along - reach, across: to.across }, to];
}

/** The point of the curve piece at a parameter. */
function along(from: Point, to: Point, t: number): Point {
  const [c1, c2, end] = bezier(from, to);
  const u = 1 - t;
  const mix = (of: (p: Point) => number) =>
    u ** 3 * of(from) + 3 * u * u * t * of(c1) + 3 * u * t * t * of(c2) + t ** 3 * of(end);
  return { along: mix((p) => p.along), across: mix((p) => p.across) };
}

/** The box of a drawing on the screen, with the room that labels take. */
export function boxOf(
  drawing: Drawing,
  direction: Direction,
  margin: Screen,
): { x: number; y: number; width: number; height: number } {
  let low: number | undefined;
  let high: number | undefined;
  const see = (across: number) => {
    low = Math.min(low ?? across, across);
    high = Math.max(high ?? across, across);
  };
  for (const { across } of drawing.nodes.values()) see(across);
  for (const points of drawing.edges) for (const { across } of points) see(across);
  const a = toScreen({ along: 0, across: low ?? 0 }, direction);
  const b = toScreen({ along: drawing.along, across: high ?? 0 }, direction);
  return {
    x: a.x - margin.x,
    y: a.y - margin.y,
    width: b.x - a.x + 2 * margin.x,
    height: b.y - a.y + 2 * margin.y,
  };
}
