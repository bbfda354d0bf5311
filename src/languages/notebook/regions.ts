/** The regions of a notebook: those of its Markdown cells, and its code cells. */
import type { Span } from '../../model';
import { type MarkdownRegions, readMarkdown } from '../markdown/regions';
import type { CodeRegion, Regions } from '../regions';
import type { PlacedCell } from './notebook';

/** Read cells by their text. */
export type ReadCells = ReadonlyMap<string, MarkdownRegions>;

/** Magics that run the rest of their cell as it is. */
const TRANSPARENT = /^%%(?:time|timeit|capture|prun|memit|python3?)\b/;
/** `x?`, `np.dot??`: help, not a statement. */
const HELP = /^[ \t]*[\w.]+\?{1,2}[ \t]*$/gm;

export function readNotebookRegions(
  cells: readonly PlacedCell[],
  previous?: ReadCells,
): Regions & { readonly read: ReadCells } {
  const read = new Map<string, MarkdownRegions>();
  const regions = {
    math: [] as Regions['math'][number][],
    code: [] as CodeRegion[],
    comments: [] as Regions['comments'][number][],
    tables: [] as Regions['tables'][number][],
    headings: [] as number[],
  };
  for (const cell of cells) {
    const { from, text } = cell;
    if (cell.kind === 'code') regions.code.push(codeRegion(cell));
    if (cell.kind !== 'markdown') continue;
    const own = read.get(text) ?? previous?.get(text) ?? readMarkdown(text);
    read.set(text, own);
    const move = <T>(list: readonly T[]): T[] => list.map((item) => moved(item, from));
    regions.math.push(...move(own.math));
    regions.comments.push(...move(own.comments));
    regions.tables.push(...move(own.tables));
    regions.headings.push(...own.headings.map((offset) => offset + from));
    // What Markdown shows as code is not run.
    regions.code.push(...move(own.code).map((code) => ({ ...code, language: 'text', looksLikePython: false })));
  }
  return { ...regions, read };
}

function codeRegion({ from, to, text, language }: PlacedCell): CodeRegion {
  const magic = /^\s*%%\w+[^\n]*/.exec(text);
  const isOther = magic !== null && !TRANSPARENT.test(magic[0].trim());
  const start = from + (magic && !isOther ? magic[0].length : 0);
  const content: Span[] = [];
  let at = start;
  for (const help of text.matchAll(HELP)) {
    const place = from + help.index;
    if (place < at) continue;
    if (place > at) content.push({ from: at, to: place });
    at = place + help[0].length;
  }
  content.push({ from: at, to });
  return { from, to, content, language: isOther ? 'text' : language, looksLikePython: false };
}

/** Plain data with every span in it moved. */
function moved<T>(value: T, by: number): T {
  if (Array.isArray(value)) return value.map((item: unknown) => moved(item, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      (key === 'from' || key === 'to') && typeof inner === 'number' ? inner + by : moved(inner, by),
    ]),
  ) as T;
}
