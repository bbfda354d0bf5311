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
