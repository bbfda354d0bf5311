/** The tables of a TeX document: `tabular` and its relatives, cell by cell. */
import type { Span } from '../../model';
import type { CommentRegion, MathRegion, TableCell, TableRegion } from '../regions';

const BEGIN = /\\begin\{(tabular[*xy]?|tabulary|longtable|tblr)\}/g;

/** What stands between rows or around the text of a cell, and is no text. */
const RULES =
  /^\s*(?:\\(?:hline|toprule|midrule|bottomrule|endhead|endfirsthead|endfoot|endlastfoot|addlinespace(?:\[[^\]]*\])?|(?:cline|cmidrule|noalign|rowcolor)(?:\([^)]*\))?(?:\[[^\]]*\])?\{[^{}]*\})|%[^\n]*\n)/;

/**
 * Reads the tables of a text. The first row is the heading. Rows with cells over several columns are left out.
 * @param blocks verbatim text, in which nothing is a table
 */
export function texTables(
  text: string,
  math: readonly MathRegion[],
  comments: readonly CommentRegion[],
  blocks: readonly Span[],
): TableRegion[] {
  const opaque = [...math, ...comments, ...blocks].sort((a, b) => a.from - b.from);
  const tables: TableRegion[] = [];
  for (const begin of text.matchAll(BEGIN)) {
    if (opaque.some((o) => o.from <= begin.index && begin.index < o.to)) continue;
    const end = text.indexOf(`\\end{${begin[1] as string}}`, begin.index);
    if (end < 0) continue;
    const from = afterOptions(text, begin.index + begin[0].length);
    const rows = rowsIn(
      text,
      from,
      end,
      opaque.filter((o) => o.to > from && o.from < end),
    );
    const [header, ...body] = rows;
    if (header && body.length > 0) tables.push({ from: begin.index, to: end, header, rows: body });
  }
  return tables;
}

/** `[t]`, `{\textwidth}`, `{l|c|c}`. */
function afterOptions(text: string, at: number): number {
  const options = /^(?:\s*(?:\[[^\]]*\]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}))+/.exec(text.slice(at, at + 400));
  return at + (options?.[0].length ?? 0);
}

function rowsIn(text: string, from: number, end: number, opaque: readonly Span[]): TableCell[][] {
  const rows: TableCell[][] = [];
  let row: TableCell[] = [];
  let column = 0;
  let start = from;
  let depth = 0;
  const cell = (to: number) => {
    const trimmed = trim(text, start, to);
    if (trimmed) row.push({ ...trimmed, column });
  };
  const finish = (to: number) => {
    cell(to);
    if (row.length > 0 && !row.some((c) => text.startsWith('\\multicolumn', c.from))) rows.push(row);
    row = [];
    column = 0;
  };
  for (let i = from; i < end;) {
    const block = opaque.find((o) => o.from <= i && i < o.to);
    if (block) {
      i = block.to;
      continue;
    }
    const c = text[i];
    if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (c === '&' && depth <= 0) {
      cell(i);
      column++;
      start = i + 1;
    } else if (c === '\\' && text[i + 1] === '\\' && depth <= 0) {
      finish(i);
      i += 2 + (/^\*?(?:\[[^\]\n]*\])?/.exec(text.slice(i + 2, i + 20))?.[0].length ?? 0);
      start = i;
      continue;
    } else if (c === '\\') i++;
    i++;
  }
  finish(end);
  return rows;
}

/** The text of a cell without rules, space and one command for its font; undefined where nothing is left. */
function trim(text: string, from: number, to: number): Span | undefined {
  for (let rule; (rule = RULES.exec(text.slice(from, to)));) from += rule[0].length;
  const cell = text.slice(from, to);
  const content = cell.trim();
  if (content === '') return undefined;
  const start = from + cell.indexOf(content);
  const font = /^\\(?:textbf|textit|emph|textsf|text|bfseries)\{([^{}]*)\}$/.exec(content);
  if (!font) return { from: start, to: start + content.length };
  const inner = start + content.indexOf('{') + 1;
  return { from: inner, to: inner + (font[1] as string).length };
}
