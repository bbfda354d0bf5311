/** A table as Markdown, LaTeX (booktabs), CSV and JSON: what every view can be copied as. */
import { fullText, shortTex, shortText, type ExportValue } from './value';

export interface Column {
  readonly head: string;
  /** Numbers stand at the right. */
  readonly right?: boolean;
}

/** One of: running text, source text, a formula, a value. */
export type Cell =
  | { readonly text: string }
  | { readonly code: string }
  | { readonly tex: string; readonly value?: ExportValue }
  | { readonly value: ExportValue };

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export const TABLE_FORMATS = ['markdown', 'latex', 'csv', 'json'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export function printTable(table: Table, format: TableFormat): string {
  switch (format) {
    case 'markdown':
      return markdownTable(table);
    case 'latex':
      return latexTable(table);
    case 'csv':
      return csvTable(table);
    case 'json':
      return jsonTable(table);
  }
}

/** GitHub's tables; formulas between dollars, bars inside of them as commands. */
export function markdownTable({ columns, rows }: Table): string {
  const cell = (c: Cell): string => {
    if ('tex' in c) return c.tex === '' ? '' : `$${c.tex.replace(/\\\|/g, '\\Vert ').replace(/\|/g, '\\vert ')}$`;
    if ('code' in c) return c.code === '' ? '' : codeSpan(c.code);
    return 'text' in c ? escapeMarkdown(c.text) : shortText(c.value);
  };
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[
    line(columns.map((c) => escapeMarkdown(c.head))),
    `|${columns.map((c) => (c.right ? '--:' : '---')).join('|')}|`,
    ...rows.map((row) => line(row.map(cell))),
  ].join('\n')}\n`;
}

/** A code span on one line. A bar ends a table's cell even inside of code unless it is escaped. */
function codeSpan(code: string): string {
  const text = code.replace(/\s+/g, ' ').replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** Characters that Markdown would act on. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|$]/g, '\\$&');
}

/** A `tabular` in the style of the booktabs package. */
export function latexTable({ columns, rows }: Table): string {
  const cell = (c: Cell): string => {
    if ('tex' in c) return c.tex === '' ? '' : `$${c.tex}$`;
    if ('code' in c) return c.code === '' ? '' : `\\texttt{${escapeTex(c.code.replace(/\s+/g, ' '))}}`;
    if ('text' in c) return escapeTex(c.text);
    const tex = shortTex(c.value);
    return tex === '' ? '' : `$${tex}$`;
  };
  return bookTabs(
    columns.map((c) => (c.right ? 'r' : 'l')),
    columns.map((c) => escapeTex(c.head)),
    rows.map((row) => row.map(cell)),
  );
}

/** @param heads, rows cells as TeX */
export function bookTabs(
  columns: readonly ('l' | 'r')[],
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `  ${cells.join(' & ')} \\\\`;
  const table = [
    `\\begin{tabular}{${columns.join('')}}`,
    '  \\toprule',
    line(heads),
    '  \\midrule',
    ...rows.map(line),
    '  \\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
  return `${neededPackages(['booktabs', 'amsmath'], table)}\n${table}`;
}

/** A comment that names the packages which a piece of LaTeX needs. */
export function neededPackages(packages: readonly string[], tex: string): string {
  const all = /\\(?:varnothing|checkmark|math(?:bb|frak))(?![A-Za-z])/.test(tex) ? [...packages, 'amssymb'] : packages;
  return `% needs ${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Characters that TeX would act on; others that text fonts lack as commands. */
export function escapeTex(text: string): string {
  return text.replace(/[\\{}$&#_%^~|−×·→∂∅∞δ✓✕]/g, (c) => TEX_CHARACTERS[c] ?? `\\${c}`);
}

const TEX_CHARACTERS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\^{}',
  '~': '\\~{}',
  '|': '\\textbar{}',
  '−': '$-$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '→': '$\\to$',
  '∂': '$\\partial$',
  '∅': '$\\varnothing$',
  '∞': '$\\infty$',
  δ: '$\\delta$',
  '✓': '$\\checkmark$',
  '✕': '$\\times$',
};

/** Every digit; formulas that have a value as that value. */
export function csvTable({ columns, rows }: Table): string {
  return `${[columns.map((c) => quoteCsv(c.head)), ...rows.map((row) => row.map((c) => quoteCsv(plain(c))))]
    .map((cells) => cells.join(','))
    .join('\n')}\n`;
}

/** RFC 4180. A text that a spreadsheet would take for a formula is told apart by a leading apostrophe. */
export function quoteCsv(text: string): string {
  const safe = /^[=@\t\r]|^[+-](?![\d.]|inf)/i.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function plain(c: Cell): string {
  if ('tex' in c) return c.value === undefined ? c.tex : fullText(c.value);
  if ('code' in c) return c.code;
  return 'text' in c ? c.text : fullText(c.value);
}

export function jsonTable({ title, columns, rows }: Table): string {
  const value = (c: Cell): unknown => {
    if ('tex' in c) return c.value === undefined ? c.tex : c.value;
    if ('code' in c) return c.code;
    return 'text' in c ? c.text : c.value;
  };
  // Columns without a head continue the one before.
  const heads = columns.map((c, i) => (c.head === '' ? `${columns[i - 1]?.head ?? ''} value` : c.head));
  return `${JSON.stringify(
    { title, rows: rows.map((row) => Object.fromEntries(row.map((c, i) => [heads[i] ?? String(i), value(c)]))) },
    null,
    2,
  )}\n`;
}
