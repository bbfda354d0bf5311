/**
 * The Python of a document as one module, in the document's own offsets: everything else is blank. What one block leaves
 * open (a bracket, a string in three quotes) is closed behind it, so that its damage stays its own.
 */
import type { Span } from '../../../model';
import type { CodeRegion } from '../../regions';

const PYTHON = /^(?:i?python[23]?|py[23]?|pyodide|sage)$/;

export function isPython(region: CodeRegion): boolean {
  return region.looksLikePython || PYTHON.test(region.language);
}

/** No token of Python. */
const DAMAGE = '$';
/** A statement that does nothing. */
const NOTHING = '0';

/** Undefined where the document holds no Python. */
export function pythonText(text: string, code: readonly CodeRegion[]): string | undefined {
  const regions = code.filter(isPython);
  if (regions.length === 0) return undefined;
  const parts: string[] = [];
  let at = 0;
  let closers = '';
  const blankTo = (to: number, opens: boolean) => {
    let blank = blanked(text, at, to);
    if (closers !== '') {
      const place = roomFor(blank, closers.length);
      if (place >= 0) blank = blank.slice(0, place) + closers + blank.slice(place + closers.length);
      closers = '';
    }
    // Code in a list or quotation is indented: what ends the block before it must stand at the margin.
    else if (opens && / $/.test(blank)) blank = blank.replace(/\n ( *\n)/, `\n${NOTHING}$1`);
    parts.push(blank);
    at = to;
  };
  for (const region of regions) {
    const source: string[] = [];
    for (const { from, to } of region.content) {
      if (from < at) continue;
      blankTo(from, source.length === 0);
      parts.push(text.slice(from, to));
      source.push(text.slice(from, to));
      at = to;
    }
    const open = openIn(source.join(''));
    // What was cut short must not become a statement that runs.
    closers = open === '' ? '' : DAMAGE + open;
  }
  blankTo(text.length, false);
  return parts.join('');
}

/** As many lines of as many blanks. */
function blanked(text: string, from: number, to: number): string {
  let blank = '';
  for (let at = from; at < to;) {
    const newline = text.indexOf('\n', at);
    if (newline < 0 || newline >= to) return blank + ' '.repeat(to - at);
    blank += `${' '.repeat(newline - at)}\n`;
    at = newline + 1;
  }
  return blank;
}

/** Where so many blanks stand in a row. */
function roomFor(blank: string, length: number): number {
  return blank.indexOf(' '.repeat(length));
}

/** What closes everything that a source leaves open, in order. */
export function openIn(source: string): string {
  const open: string[] = [];
  const token = /#[^\n]*|[rRbBfFuU]{0,2}('''|"""|'|")|[([{]|[)\]}]/g;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const [text, quote] = match;
    if (text.startsWith('#')) continue;
    if (quote !== undefined) {
      const end = endOfString(source, token.lastIndex, quote);
      if (end === undefined) return quote.length === 3 ? quote + open.reverse().join('') : open.reverse().join('');
      token.lastIndex = end;
    } else if ('([{'.includes(text)) open.push(text === '(' ? ')' : text === '[' ? ']' : '}');
    else if (open.at(-1) === text) open.pop();
  }
  return open.reverse().join('');
}

/** Behind a string; undefined where it is never closed. A short string ends with its line. */
function endOfString(source: string, from: number, quote: string): number | undefined {
  for (let i = from; i < source.length; i++) {
    const c = source[i];
    if (c === '\\') i++;
    else if (c === '\n' && quote.length === 1) return i;
    else if (source.startsWith(quote, i)) return i + quote.length;
  }
  return undefined;
}

/** Whether an offset stands in the Python of a document. */
export function inPython(code: readonly CodeRegion[], offset: number): boolean {
  return code.some(
    (region) => isPython(region) && region.content.some((c: Span) => c.from <= offset && offset <= c.to),
  );
}

/** Whether the code around an offset stands in one piece, with no marks of the document between its lines. */
export function isPlain(code: readonly CodeRegion[], offset: number): boolean {
  return code.some(({ from, to, content }) => from <= offset && offset <= to && content.length === 1);
}
