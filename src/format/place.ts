/** Places as compilers write them. */

interface Place {
  readonly start: { readonly line: number; readonly character: number };
  readonly cell?: number;
}

/** `notes.md:12`: lines count from 1; in a notebook after the number of the cell, from 0. */
export function linePlace(file: string, { start, cell }: Place): string {
  return [file, ...(cell === undefined ? [] : [`cell ${cell}`]), start.line + 1].join(':');
}

/** `notes.md:12:3`: columns count from 1 too. */
export function columnPlace(file: string, range: Place): string {
  return `${linePlace(file, range)}:${range.start.character + 1}`;
}
