/** Text of the document in hovers: it never becomes markup, but goes into code spans or is escaped. */

export function code(text: string): string {
  const ticks = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map((m) => m[0].length)) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${text}${pad}${ticks}`;
}

/** Prose in which names stand in backticks. */
export function prose(text: string): string {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 0 ? escape(part) : code(part)))
    .join('');
}

function escape(text: string): string {
  return html(text).replace(/[\\`*_{}[\]()#+\-!|~]/g, '\\$&');
}

export function html(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
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
