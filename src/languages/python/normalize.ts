/**
 * Same-length replacements that mend what the grammar of `@lezer/python` cannot read. Offsets stay those
 * of the document; literals are read from the original text, so no replacement changes a meaning.
 */

/** Strings, comments, names and numbers, so that replacements happen only in code. */
const TOKEN =
  /(?:[rRbBfFuU]{0,2})(?:'''|"""|'|")|#[^\n]*|[\p{L}_][\p{L}\p{N}_]*|(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*)(\.(?!\.)[\d_]*)?|\n[ \t]*[%!?](?:\\\n|[^\n])*|\n|[()[\]{}]|@/gu;

/**
 * - `1.` becomes `10` (a number token of the same length);
 * - a bare `yield` becomes a name of five letters;
 * - Python 2's `print` becomes `raise`: the grammar's own reading of it swallows the end of the block before;
 * - IPython lines (`%matplotlib inline`, `!pip install`, `?help`, `help?`) become blanks.
 */
export function normalize(text: string): string {
  if (!/\d\.(?!\d)|\byield\b|\bprint[ \t]+[^(\s]|^[ \t]*[%!?]|\?[ \t]*$/mu.test(text)) return text;
  const edits: { at: number; by: string }[] = [];
  TOKEN.lastIndex = 0;
  // A line before the first, so that an IPython line there is found like the others.
  const source = text.startsWith('%') || text.startsWith('!') || text.startsWith('?') ? `\n${text}` : text;
  const shift = source.length - text.length;
  // Inside brackets a line may well begin with `%`.
  let depth = 0;
  let match: RegExpExecArray | null;
  while ((match = TOKEN.exec(source))) {
    const token = match[0];
    const at = match.index - shift;
    const quote = /['"]+$/.exec(token)?.[0];
    if (quote && !token.startsWith('#') && !token.startsWith('\n')) {
      const start = TOKEN.lastIndex;
      TOKEN.lastIndex = endOfString(source, start, quote);
      // Numbers in the fields of a formatted string; its text and its formats are read from the document.
      if (/f/i.test(token))
        for (const m of source.slice(start, TOKEN.lastIndex).matchAll(/\d\.(?![\d.])/g))
          edits.push({ at: start - shift + m.index + 1, by: '0' });
    } else if (token === 'yield') {
      if (/^[ \t]*(?:[\n\r#)\];,]|$)/.test(source.slice(TOKEN.lastIndex, TOKEN.lastIndex + 200))) {
        edits.push({ at, by: BARE_YIELD });
      }
    } else if (token === 'print') {
      const before = /[^ \t]?[ \t]*$/.exec(source.slice(Math.max(0, match.index - 200), match.index))?.[0] ?? '';
      const starts = /^[\n:;]?[ \t]*$/.test(before);
      if (starts && /^[ \t]+["'\w%~>{[-]/.test(source.slice(TOKEN.lastIndex, TOKEN.lastIndex + 20))) {
        edits.push({ at, by: LEGACY_PRINT });
      }
    } else if (/^\n[ \t]*[%!?]/.test(token)) {
      if (depth > 0 || source[match.index - 1] === '\\') TOKEN.lastIndex = match.index + 1;
      else edits.push({ at: at + 1, by: token.slice(1).replace(/[^\n]/g, ' ') });
    } else if (/^[([{]$/.test(token)) {
      depth++;
    } else if (/^[)\]}]$/.test(token)) {
      depth = Math.max(0, depth - 1);
    } else if (match[1] === '.') {
      edits.push({ at: at + token.length - 1, by: '0' });
    }
  }
  for (const match of text.matchAll(HELP_LINE)) edits.push({ at: match.index, by: ' '.repeat(match[0].length) });
  if (edits.length === 0) return text;
  edits.sort((a, b) => a.at - b.at);
  let out = '';
  let from = 0;
  for (const { at, by } of edits) {
    out += text.slice(from, at) + by;
    from = at + by.length;
  }
  return out + text.slice(from);
}

/** `np.sin?`, `f??` */
const HELP_LINE = /^[ \t]*[\p{L}_][\p{L}\p{N}_.]*\?\??[ \t]*$/gmu;

/** Cells of other languages, whole. */
const FOREIGN_CELL =
  /^\s*%%(?:bash|sh|script|html|HTML|javascript|js|latex|markdown|writefile|file|perl|ruby|cython|R|svg|SVG|sql|cmd|system|sx|!)(?![\w])/;

/**
 * A notebook's cell as Python of the same length: cell magics (`%%time`) become blanks, cells of another language (`%%bash`)
 * wholly. Line magics are left to the parser.
 */
export function pythonOfCell(cell: string): string {
  if (FOREIGN_CELL.test(cell)) return cell.replace(/[^\n\r]/g, ' ');
  return cell.replace(/^\s*%%[^\n]*/, (line) => line.replace(/[^\n\r]/g, ' '));
}

/** What a `print` statement is parsed as, where the text says `print`. */
const LEGACY_PRINT = 'raise';

/** What a bare `yield` is parsed as; the name cannot be a document's, where the text says `yield`. */
export const BARE_YIELD = 'yiel_';

/** Offset behind a string whose content begins at `from`. A short string ends with its line. */
function endOfString(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '\n' && quote.length === 1) return i;
    else if (text.startsWith(quote, i)) return i + quote.length;
  }
  return text.length;
}
