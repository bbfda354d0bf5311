/** Text of the document in hovers: it never becomes markup, but goes into code spans or is escaped. */

export function code(given: string): string {
  const text = inOneLine(given);
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map((m) => m[0].length)) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

/** A blank line would end a code span, a table, a paragraph, and what follows would be markup. */
function inOneLine(text: string): string {
  return /[\r\n]/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** Prose in which names stand in backticks. */
export function prose(text: string): string {
  const parts = text.split('`');
  // A tick without a second one begins no code span.
  const last = parts.length % 2 === 0 ? parts.pop() : undefined;
  const shown = parts.map((part, i) => {
    if (i % 2 === 1) return part === '' ? '' : code(part);
    // Spans that touch would be read as one.
    return part === '' && i > 0 && i < parts.length - 1 ? ' ' : escape(part);
  });
  return shown.join('') + (last === undefined ? '' : ` \\\`${escape(last)}`);
}

/** Addresses that stand in a text by themselves would become links too: `https://…`, `www.…`, `a@b.c`. */
function escape(text: string): string {
  return html(text)
    .replace(/[\\`*_{}[\]()#+\-!|~@]|:(?=\/\/)/g, '\\$&')
    .replace(/www(?=\.)/gi, '$&\\');
}

export function html(text: string): string {
  return inOneLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** “unknown because `load_mnist` (line 12) reads files”: the line of the cause stands behind the first name of the reason, where it is another line. */
export function unknownText(reason: string, line: string | undefined): string {
  const place = ` (${line})`;
  const isPlaced = line === undefined || /\bline \d/.test(reason);
  const name = /`[^`]*`/.exec(reason);
  const placed = isPlaced
    ? reason
    : name
      ? reason.slice(0, name.index + name[0].length) + place + reason.slice(name.index + name[0].length)
      : reason + place;
  return `*unknown* because ${prose(placed)}`;
}

/** ∂f/∂x, of names and expressions. */
export function quotient(of: string, by: string): string {
  return `∂${factor(of)}/∂${factor(by)}`;
}

/** In brackets where an operator stands outside of all brackets. */
function factor(text: string): string {
  let inner = text;
  for (let before = ''; before !== inner;) [before, inner] = [inner, inner.replace(/\([^()]*\)|\[[^[\]]*\]/g, '')];
  return /\s|[-+*/@%−·]/.test(inner) ? `(${text})` : text;
}

/** Keeps a quotient on one line. */
export function unbroken(text: string): string {
  return text.replaceAll('/', '/&#8288;');
}

const GAP = '&nbsp;&nbsp;';

/** A row of a table, its cells in HTML; the second one is a number. Gaps keep cells apart where tables have no padding. */
export function tableRow(...cells: readonly string[]): string {
  const gap = (i: number) => (i > 0 ? GAP : '');
  return `<tr>${cells.map((cell, i) => `<td${i === 1 ? ' align="right"' : ''}>${gap(i)}${cell}</td>`).join('')}</tr>`;
}
