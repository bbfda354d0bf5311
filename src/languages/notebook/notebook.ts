/** Notebooks as one text: cells in their order, far enough apart that nothing reaches from one into the next. */
import type { Span } from '../../model';

/** The language identifier of a notebook as a whole: a file of cells. */
export const NOTEBOOK = 'notebook';

export interface Cell {
  readonly kind: 'code' | 'markdown' | 'other';
  /** VS Code's language identifier of a code cell. */
  readonly language: string;
  readonly text: string;
  /** Where an editor keeps each cell as a document of its own. */
  readonly uri?: string;
}

/** A cell in the text of its notebook. */
export interface PlacedCell extends Cell, Span {}

/** Room for what closes a cell that was cut short, on a line of its own. */
const GAP = `\n${' '.repeat(16)}\n`;

export function joinCells(cells: readonly Cell[]): { readonly text: string; readonly cells: readonly PlacedCell[] } {
  const placed: PlacedCell[] = [];
  let text = '';
  for (const cell of cells) {
    if (placed.length > 0) text += GAP;
    placed.push({ ...cell, from: text.length, to: text.length + cell.text.length });
    text += cell.text;
  }
  return { text, cells: placed };
}

/** The cell that an offset stands in; between two cells the one before. */
export function cellAt(cells: readonly PlacedCell[], offset: number): number {
  let low = 0;
  let high = cells.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((cells[middle] as PlacedCell).from <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The cells of a notebook file (nbformat 3 and 4); undefined for a text that is none. Outputs are not looked at. */
export function readNotebook(json: string): Cell[] | undefined {
  let root: unknown;
  try {
    root = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isRecord(root)) return undefined;
  const sheets = Array.isArray(root['worksheets']) ? root['worksheets'].filter(isRecord) : [];
  const lists = [root['cells'], ...sheets.map((sheet) => sheet['cells'])].filter((c): c is unknown[] =>
    Array.isArray(c),
  );
  if (lists.length === 0) return undefined;
  const language = languageOf(root['metadata']);
  return lists.flat().map((cell): Cell => {
    if (!isRecord(cell)) return { kind: 'other', language: '', text: '' };
    const text = sourceOf(cell['source'] ?? cell['input']);
    if (cell['cell_type'] === 'markdown') return { kind: 'markdown', language: 'markdown', text };
    if (cell['cell_type'] !== 'code') return { kind: 'other', language: '', text };
    const own = cell['language'];
    return { kind: 'code', language: typeof own === 'string' ? own.toLowerCase() : language, text };
  });
}

function sourceOf(source: unknown): string {
  if (typeof source === 'string') return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === 'string').join('') : '';
}

function languageOf(metadata: unknown): string {
  if (!isRecord(metadata)) return 'python';
  const { language_info: info, kernelspec } = metadata;
  for (const [where, key] of [
    [info, 'name'],
    [kernelspec, 'language'],
  ] as const) {
    const name = isRecord(where) ? where[key] : undefined;
    if (typeof name === 'string' && name !== '') return name.toLowerCase();
  }
  return 'python';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
