/** Tables of numbers in text files, as `numpy.loadtxt` and `numpy.genfromtxt` read them. */
import { FileFault } from './fault';

export interface TableOptions {
  readonly comments: string | null;
  /** Runs of blanks, if absent. */
  readonly delimiter?: string;
  readonly skipRows: number;
  readonly skipFooter?: number;
  readonly columns?: readonly number[];
  readonly maxRows?: number;
  /** What an entry that is no number becomes; without it the file can not be read. */
  readonly missing?: number;
}

/** The rows of a table. @throws FileFault */
export function readTable(text: string, options: TableOptions): number[][] {
  const { comments, delimiter, skipRows, skipFooter = 0, columns, maxRows = Infinity, missing } = options;
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  const kept = lines.slice(skipRows, lines.length - skipFooter);
  const rows: number[][] = [];
  for (const [i, line] of kept.entries()) {
    if (rows.length >= maxRows) break;
    const content = comments === null ? line : (line.split(comments)[0] as string);
    if (content.trim() === '') continue;
    const entries = delimiter === undefined ? content.trim().split(/\s+/) : content.split(delimiter);
    const chosen = columns ? columns.map((c) => entries[c < 0 ? entries.length + c : c]) : entries;
    rows.push(chosen.map((entry) => numberIn(entry, missing, i + skipRows + 1)));
  }
  const width = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((r) => r.length !== width);
  if (ragged >= 0) throw new FileFault(`its rows have different lengths (${width} and ${rows[ragged]?.length ?? 0})`);
  return rows;
}

function numberIn(entry: string | undefined, missing: number | undefined, line: number): number {
  const text = entry?.trim() ?? '';
  const word = /^[-+]?(?:nan|inf|infinity)$/i.test(text);
  if (word) return /nan/i.test(text) ? NaN : text.startsWith('-') ? -Infinity : Infinity;
  const value = /^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)
    ? Number(text.replace(/_/g, ''))
    : undefined;
  if (value !== undefined) return value;
  if (missing !== undefined) return missing;
  throw new FileFault(`“${text}” in line ${line} is no number`);
}
