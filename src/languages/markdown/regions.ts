/** The regions of a Markdown document, found incrementally. */
import { type Tree, TreeFragment } from '@lezer/common';
import type { SyntaxNodeRef } from '@lezer/common';
import { GFM, parser as commonMark } from '@lezer/markdown';
import type { Span } from '../../model';
import type { CodeRegion, CommentRegion, MathRegion, Regions, TableCell, TableRegion } from '../regions';
import { MathExtension } from './math';
import { looksLikePython } from './python';

const parser = commonMark.configure([GFM, MathExtension]);

export interface MarkdownRegions extends Regions {
  readonly text: string;
  readonly tree: Tree;
  /** Which blocks of code without a language look like Python. */
  readonly guesses: ReadonlyMap<string, boolean>;
}

/** Reads a document; `previous`, of an earlier text, makes it quick. */
export function readMarkdown(text: string, previous?: MarkdownRegions): MarkdownRegions {
  const fragments = previous ? reusable(previous, text) : [];
  const tree = parser.parse(text, fragments);
  const guesses = new Map<string, boolean>();
  const guess = (source: string): boolean => {
    const known = guesses.get(source) ?? previous?.guesses.get(source) ?? looksLikePython(source);
    guesses.set(source, known);
    return known;
  };
  return { text, tree, guesses, ...collect(text, tree, guess) };
}

/** What of the old tree still holds, by the one stretch of text that differs. */
function reusable(previous: MarkdownRegions, text: string): readonly TreeFragment[] {
  const old = previous.text;
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let end = 0;
  while (end < shorter - from && old.charCodeAt(old.length - 1 - end) === text.charCodeAt(text.length - 1 - end)) end++;
  const change = { fromA: from, toA: old.length - end, fromB: from, toB: text.length - end };
  return TreeFragment.applyChanges(TreeFragment.addTree(previous.tree), [change]);
}

function collect(text: string, tree: Tree, guess: (source: string) => boolean): Regions {
  const math: MathRegion[] = [];
  const code: CodeRegion[] = [];
  const comments: CommentRegion[] = [];
  const tables: TableRegion[] = [];
  const headings: number[] = [];
  let quotes = 0;
  /** Of the display that is being read. */
  let lines: Span[] = [];
  tree.iterate({
    enter(node) {
      switch (node.name) {
        case 'Blockquote':
          quotes++;
          return true;
        case 'InlineMath':
        case 'DisplayMath': {
          const display = node.name === 'DisplayMath';
          const marks = node.node.getChildren('MathMark');
          const [from, to] = [marks[0]?.to ?? node.from, marks[1]?.from ?? node.to];
          const content = quotes > 0 ? unquoted(text, from, to) : [{ from, to }];
          math.push({ from: node.from, to: node.to, content, display, quoted: quotes > 0 });
          return false;
        }
        case 'MathBlock':
        case 'OpenMathBlock':
          lines = [];
          math.push({ from: node.from, to: node.to, content: lines, display: true, quoted: quotes > 0 });
          return true;
        case 'MathText':
          if (text.startsWith(':::', node.node.parent?.from)) lines.push(...withoutOptions(text, [node]));
          else addLine(text, lines, node.from, node.to);
          return false;
        case 'FencedCode':
          fencedCode(text, node, math, code, quotes > 0, guess);
          return false;
        case 'Comment':
        case 'CommentBlock':
          addComments(text, node, comments);
          return false;
        case 'HTMLBlock':
          return false;
        case 'Table':
          tables.push(tableOf(node));
          return true;
        case 'Paragraph':
          tables.push(...tabbedTables(text, node));
          return true;
        default:
          if (node.name.startsWith('ATXHeading') || node.name.startsWith('SetextHeading')) headings.push(node.from);
          return true;
      }
    },
    leave(node) {
      if (node.name === 'Blockquote') quotes--;
    },
  });
  return { math, code, comments, tables, headings };
}

function parts(node: SyntaxNodeRef, name: string): Span[] {
  return node.node.getChildren(name).map(({ from, to }) => ({ from, to }));
}

/** Adds a line of a display: one range with the line before where nothing but space stands between them. */
function addLine(text: string, lines: Span[], from: number, to: number): void {
  const last = lines[lines.length - 1];
  if (last && text.slice(last.to, from).trim() === '') lines[lines.length - 1] = { from: last.from, to };
  else lines.push({ from, to });
}

/** Lines of a formula without the marks of the quotation that it stands in. */
function unquoted(text: string, from: number, to: number): Span[] {
  const ranges: Span[] = [];
  for (let at = from; at < to;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 || newline > to ? to : newline;
    const marks = at === from ? 0 : (/^[ \t>]*/.exec(text.slice(at, end))?.[0].length ?? 0);
    if (at + marks < end) ranges.push({ from: at + marks, to: end });
    at = end + 1;
  }
  return ranges;
}

/** The language of a fence: `python`, `{python}`, `{.python .cell}`, `{math}`, `math`. */
function languageOf(info: string): string {
  return (/^\s*\{?\s*\.?([\w+#-]+)/.exec(info)?.[1] ?? '').toLowerCase();
}

function fencedCode(
  text: string,
  node: SyntaxNodeRef,
  math: MathRegion[],
  code: CodeRegion[],
  quoted: boolean,
  guess: (source: string) => boolean,
): void {
  const info = node.node.getChild('CodeInfo');
  const language = info ? languageOf(text.slice(info.from, info.to)) : '';
  const content = parts(node, 'CodeText');
  const { from, to } = node;
  if (language === 'math') {
    math.push({ from, to, content: withoutOptions(text, content), display: true, quoted });
    return;
  }
  const source = content.map((c) => text.slice(c.from, c.to)).join('');
  code.push({
    from,
    to,
    content,
    language,
    looksLikePython: language === '' && guess(source),
  });
}

/** A `{math}` directive may start with lines such as `:label: euler`. */
function withoutOptions(text: string, content: readonly Span[]): Span[] {
  const [first, ...rest] = content.map(({ from, to }) => ({ from, to }));
  if (!first) return [];
  const options = /^\n?(?:[ \t]*:[\w-]+:.*(?:\n|$))+/.exec(text.slice(first.from, first.to))?.[0].length ?? 0;
  const from = first.from + options;
  return from < first.to ? [{ from, to: first.to }, ...rest] : rest;
}

function addComments(text: string, node: SyntaxNodeRef, comments: CommentRegion[]): void {
  const source = text.slice(node.from, node.to);
  for (const match of source.matchAll(/<!--([\s\S]*?)(?:-->|$)/g)) {
    const from = node.from + match.index;
    const content = { from: from + 4, to: from + 4 + (match[1] as string).length };
    comments.push({ from, to: from + match[0].length, content });
  }
}

function tableOf(node: SyntaxNodeRef): TableRegion {
  const table = node.node;
  const cells = (row: typeof table): TableCell[] => {
    // An empty cell has no node: columns are counted by the bars between.
    const result: TableCell[] = [];
    let column = row.firstChild?.name === 'TableDelimiter' ? -1 : 0;
    for (let child = row.firstChild; child; child = child.nextSibling) {
      if (child.name === 'TableDelimiter') column++;
      else if (child.name === 'TableCell') result.push({ from: child.from, to: child.to, column });
    }
    return result;
  };
  const header = table.getChild('TableHeader');
  return {
    from: node.from,
    to: node.to,
    header: header ? cells(header) : [],
    rows: table.getChildren('TableRow').map(cells),
  };
}

/** Lines with cells between tabs, as tables come out of scans and spreadsheets: the first line is the header. */
function tabbedTables(text: string, node: SyntaxNodeRef): TableRegion[] {
  const source = text.slice(node.from, node.to);
  if (!source.includes('\t')) return [];
  const tables: TableRegion[] = [];
  let rows: TableCell[][] = [];
  let from = node.from;
  const end = (to: number) => {
    const [header, ...body] = rows;
    if (header && body.length > 0) tables.push({ from, to, header, rows: body });
    rows = [];
  };
  let lineFrom = node.from;
  for (const line of source.split('\n')) {
    if (line.includes('\t') && line.trim() !== '') {
      if (rows.length === 0) from = lineFrom;
      rows.push(tabbedCells(line, lineFrom));
    } else end(lineFrom);
    lineFrom += line.length + 1;
  }
  end(node.to);
  return tables;
}

function tabbedCells(line: string, from: number): TableCell[] {
  const cells: TableCell[] = [];
  let at = from;
  line.split('\t').forEach((cell, column) => {
    const start = at + (cell.length - cell.trimStart().length);
    const to = at + cell.trimEnd().length;
    if (to > start) cells.push({ from: start, to, column });
    at += cell.length + 1;
  });
  return cells;
}
