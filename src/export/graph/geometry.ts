/** From a layered drawing to curves on the screen: left to right where there is room, top down elsewhere. */
import type { Drawing, Point } from '../../layout/layered';
import type { Labels } from './labels';

export type Direction = 'right' | 'down';

export interface Screen {
  readonly x: number;
  readonly y: number;
}

export function toScreen(point: Point, direction: Direction): Screen {
  return direction === 'right' ? { x: point.along, y: point.across } : { x: point.across, y: point.along };
}

export interface Curve extends Labels {
  readonly d: string;
}

/**
 * Smooth curves through the points of edges, level with the direction of flow at each of them.
 * @param points those of the edge, ends already at the ports of the nodes
 */
export function pathThrough(points: readonly Point[], direction: Direction): string {
  if (points.length < 2) return '';
  const write = (point: Point) => {
    const { x, y } = toScreen(point, direction);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  let d = `M${write(points[0] as Point)}`;
  for (let i = 1; i < points.length; i++)
    d += `C${bezier(points[i - 1] as Point, points[i] as Point)
      .map(write)
      .join(' ')}`;
  return d;
}

/** The point of the curve at a parameter of one of its pieces. */
export function pointAt(points: readonly Point[], piece: number, t: number): Point {
  return along(points[piece] as Point, points[piece + 1] as Point, t);
}

function bezier(from: Point, to: Point): [Point, Point, Point] {
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
