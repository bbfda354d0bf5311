/** What a reader calls a line: cells of a notebook count their own. */
import type { SourceDocument } from './frontEnd';
import { cellAt } from './notebook/notebook';

/** A text, and its cells where it is a notebook. */
export type Lines = Pick<SourceDocument, 'text' | 'cells'>;

/** “line 12”, in a notebook “line 5 of cell 2”: lines count from 1, cells from 0, as on the command line. */
export function lineName({ text, cells }: Lines, offset: number): string {
  const index = cells ? cellAt(cells, offset) : 0;
  const from = cells?.[index]?.from ?? 0;
  const line = text.slice(from, Math.max(from, offset)).split('\n').length;
  return cells ? `line ${line} of cell ${index}` : `line ${line}`;
}
