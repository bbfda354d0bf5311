/** Level lines of a function on a grid, by marching squares with linear interpolation. */

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Row by row; NaN where the function is not known. */
  readonly values: Float64Array;
}

export type Polyline = readonly (readonly [column: number, row: number])[];

/** The lines on which the function has a value, in grid coordinates. Cells with an unknown corner have none. */
export function levelLines({ columns, rows, values }: Grid, level: number): Polyline[] {
  const segments: [string, string][] = [];
  const points = new Map<string, readonly [number, number]>();
  const at = (c: number, r: number) => values[r * columns + c] as number;

  // A crossing lies on a grid edge: named by its cell corner and direction, so that cells share it.
  const horizontal = (c: number, r: number): string => {
    const key = `h${c},${r}`;
    if (!points.has(key)) points.set(key, [c + (level - at(c, r)) / (at(c + 1, r) - at(c, r)), r]);
    return key;
  };
  const vertical = (c: number, r: number): string => {
    const key = `v${c},${r}`;
    if (!points.has(key)) points.set(key, [c, r + (level - at(c, r)) / (at(c, r + 1) - at(c, r))]);
    return key;
  };

  for (let r = 0; r + 1 < rows; r++) {
    for (let c = 0; c + 1 < columns; c++) {
      const corners = [at(c, r), at(c + 1, r), at(c + 1, r + 1), at(c, r + 1)];
      if (!corners.every(Number.isFinite)) continue;
      const above = corners.map((x) => x >= level);
      const crossed: string[] = [];
      if (above[0] !== above[1]) crossed.push(horizontal(c, r));
      if (above[1] !== above[2]) crossed.push(vertical(c + 1, r));
      if (above[2] !== above[3]) crossed.push(horizontal(c, r + 1));
      if (above[3] !== above[0]) crossed.push(vertical(c, r));
      if (crossed.length === 2) segments.push([crossed[0] as string, crossed[1] as string]);
      else if (crossed.length === 4) {
        // A saddle: the mean of the corners says which corners are joined.
        const middle = corners.reduce((a, b) => a + b, 0) / 4 >= level;
        const [n, e, s, w] = crossed as [string, string, string, string];
        if (middle === above[0]) segments.push([n, e], [s, w]);
        else segments.push([n, w], [s, e]);
      }
    }
  }
  return join(segments).map((keys) => keys.map((key) => points.get(key) as readonly [number, number]));
}

/** Chains segments that share an end. */
function join(segments: readonly (readonly [string, string])[]): string[][] {
  const touching = new Map<string, number[]>();
  segments.forEach(([a, b], i) => {
    for (const key of [a, b]) touching.set(key, [...(touching.get(key) ?? []), i]);
  });
  const used = new Uint8Array(segments.length);
  const lines: string[][] = [];
  const follow = (from: string): string[] => {
    const line: string[] = [];
    for (let key = from; ;) {
      const next = (touching.get(key) ?? []).find((i) => !used[i]);
      if (next === undefined) return line;
      used[next] = 1;
      const [a, b] = segments[next] as readonly [string, string];
      key = a === key ? b : a;
      line.push(key);
    }
  };
  segments.forEach(([a], i) => {
    if (used[i]) return;
    const forward = follow(a);
    const backward = follow(a);
    lines.push([...backward.reverse(), a, ...forward]);
  });
  return lines;
}
