/**
 * Mathematics in Markdown, as an extension of `@lezer/markdown`: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and the
 * environments that are displays of their own.
 */
import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';

const enum Char {
  Dollar = 36,
  OpenRound = 40,
  CloseRound = 41,
  OpenSquare = 91,
  Backslash = 92,
  OpenBrace = 123,
  Backtick = 96,
  CloseSquare = 93,
}

const ENVIRONMENT =
  /^\\begin\{((?:equation|align|alignat|flalign|gather|eqnarray|multline|displaymath|math|dmath)\*?)\}/;

const isSpace = (c: number) => c < 0 || c === 32 || c === 9 || c === 10 || c === 13;
const isDigit = (c: number) => c >= 48 && c <= 57;

/** Index of `close` (one or two character codes) from `at`; −1 if the paragraph has none. */
function find(cx: InlineContext, at: number, close: readonly [number, number?]): number {
  const [first, second] = close;
  for (let i = at; i < cx.end; i++) {
    const c = cx.char(i);
    if (c === first && (second === undefined || cx.char(i + 1) === second)) return i;
    if (c === Char.Backslash) i++;
  }
  return -1;
}

function add(
  cx: InlineContext,
  name: string,
  from: number,
  contentFrom: number,
  contentTo: number,
  to: number,
): number {
  const marks = [cx.elt('MathMark', from, contentFrom), cx.elt('MathMark', contentTo, to)];
  return cx.addElement(cx.elt(name, from, to, marks));
}

function parseInline(cx: InlineContext, next: number, pos: number): number {
  if (next === Char.Backslash) {
    const open = cx.char(pos + 1);
    if (open !== Char.OpenRound && open !== Char.OpenSquare) return -1;
    const end = find(cx, pos + 2, [Char.Backslash, open === Char.OpenRound ? Char.CloseRound : Char.CloseSquare]);
    if (end < 0) return -1;
    return add(cx, open === Char.OpenRound ? 'InlineMath' : 'DisplayMath', pos, pos + 2, end, end + 2);
  }
  if (next === Char.OpenBrace) return parseRole(cx, pos);
  if (next !== Char.Dollar) return -1;
  if (cx.char(pos + 1) === Char.Dollar) {
    const end = find(cx, pos + 2, [Char.Dollar, Char.Dollar]);
    return end <= pos + 2 ? -1 : add(cx, 'DisplayMath', pos, pos + 2, end, end + 2);
  }
  // As Pandoc has it, so that sums of money stay prose: no space inside, no digit after.
  if (isSpace(cx.char(pos + 1))) return -1;
  const before = pos > cx.offset ? cx.char(pos - 1) : -1;
  if (before === Char.Dollar || isDigit(before)) return -1;
  const end = find(cx, pos + 1, [Char.Dollar]);
  if (end < 0 || isSpace(cx.char(end - 1)) || isDigit(cx.char(end + 1))) return -1;
  // $`x`$, as GitHub and GitLab have it.
  if (cx.char(pos + 1) === Char.Backtick && end > pos + 3 && cx.char(end - 1) === Char.Backtick)
    return add(cx, 'InlineMath', pos, pos + 2, end - 1, end + 1);
  return add(cx, 'InlineMath', pos, pos + 1, end, end + 1);
}

const ROLE = '{math}`';

/** MyST's {math}`x`. */
function parseRole(cx: InlineContext, pos: number): number {
  const from = pos + ROLE.length;
  if (cx.slice(pos, Math.min(from, cx.end)) !== ROLE) return -1;
  const end = find(cx, from, [Char.Backtick]);
  return end <= from ? -1 : add(cx, 'InlineMath', pos, from, end, end + 1);
}

interface Opening {
  readonly length: number;
  readonly close: string;
  /** An environment is part of its formula. */
  readonly environment: boolean;
}

function opening(text: string): Opening | undefined {
  if (text.startsWith('$$')) return { length: 2, close: '$$', environment: false };
  if (text.startsWith('\\[')) return { length: 2, close: '\\]', environment: false };
  const directive = /^(:{3,})\{math\}[ \t]*/.exec(text);
  if (directive) return { length: directive[0].length, close: directive[1] as string, environment: false };
  const environment = ENVIRONMENT.exec(text);
  return environment ? { length: 0, close: `\\end{${environment[1]}}`, environment: true } : undefined;
}

/**
 * Whether a line still stands in the quotation or list item of the block. The parser's own blocks ask the same of
 * the line, by a field that its types do not show.
 */
function isInside(cx: BlockContext, line: Line): boolean {
  return (line as unknown as { readonly depth: number }).depth >= cx.depth;
}

/** A display that starts a line. An unclosed one ends at the next blank line. */
function parseBlock(cx: BlockContext, line: Line): boolean {
  const text = line.text.slice(line.pos);
  const open = opening(text);
  if (!open) return false;
  const from = cx.lineStart + line.pos;
  const pieces: (readonly [number, number])[] = [];
  let to = cx.lineStart + line.text.length;
  let closed = false;
  const closeAt = text.indexOf(open.close, open.length);
  if (closeAt >= 0) {
    // Text after it: the paragraph reads it.
    if (text.slice(closeAt + open.close.length).trim() !== '') return false;
    to = from + closeAt + open.close.length;
    pieces.push([from + open.length, open.environment ? to : to - open.close.length]);
    closed = true;
    cx.nextLine();
  } else {
    pieces.push([from + open.length, to]);
    while (cx.nextLine() && isInside(cx, line)) {
      if (line.text.slice(line.pos).trim() === '') break;
      const start = cx.lineStart + line.basePos;
      const end = line.text.indexOf(open.close, line.basePos);
      const pieceTo =
        end < 0 ? cx.lineStart + line.text.length : cx.lineStart + end + (open.environment ? open.close.length : 0);
      const last = pieces[pieces.length - 1] as readonly [number, number];
      // Without marks of a quotation or list before it a line is one piece with the line above.
      if (start === last[1] + 1) pieces[pieces.length - 1] = [last[0], pieceTo];
      else pieces.push([start, pieceTo]);
      to = end < 0 ? pieceTo : cx.lineStart + end + open.close.length;
      if (end < 0) continue;
      closed = true;
      cx.nextLine();
      break;
    }
  }
  const children = pieces.filter(([a, b]) => b > a).map(([a, b]) => cx.elt('MathText', a, b));
  cx.addElement(cx.elt(closed ? 'MathBlock' : 'OpenMathBlock', from, to, children));
  return true;
}

export const MathExtension: MarkdownConfig = {
  defineNodes: [
    'InlineMath',
    'DisplayMath',
    { name: 'MathBlock', block: true },
    { name: 'OpenMathBlock', block: true },
    'MathMark',
    'MathText',
  ],
  parseInline: [{ name: 'Math', before: 'Escape', parse: parseInline }],
  parseBlock: [
    {
      name: 'MathBlock',
      before: 'SetextHeading',
      endLeaf: (_cx, line) => opening(line.text.slice(line.pos)) !== undefined,
      parse: parseBlock,
    },
  ],
};
