/** Vectors and matrices that are written out, entry by entry. */
import { bare, type Node } from '../latex/tree';

/** The entries of an array that is written out, in rows. */
export type Entries = readonly (readonly Node[])[];

/** Environments whose brackets mean no operation; bars would be a determinant or a norm. */
const MATRICES = /^(?:small)?[pbB]?matrix\*?$|^array$/;

/** The entries of a matrix, a tuple or the transpose of either; undefined for anything else. */
export function entriesOf(node: Node): Entries | undefined {
  const inner = bare(node);
  if (inner.kind === 'transpose') {
    const entries = entriesOf(inner.operand);
    return entries && transposed(entries);
  }
  if (inner.kind === 'tuple') return inner.items.length > 1 ? [inner.items] : undefined;
  if (inner.kind !== 'matrix' || !MATRICES.test(inner.environment)) return undefined;
  const width = inner.rows[0]?.length ?? 0;
  return width > 0 && inner.rows.every((row) => row.length === width) ? inner.rows : undefined;
}

export function transposed(entries: Entries): Entries {
  return (entries[0] ?? []).map((_, column) => entries.map((row) => row[column] as Node));
}

/**
 * The entries in one order, if they fit: matrices of the same form, or vectors of the same length; whether a vector stands
 * or lies is often left open.
 */
export function paired(a: Entries, b: Entries): readonly (readonly [Node, Node])[] | undefined {
  const isVector = (e: Entries) => e.length === 1 || e.every((row) => row.length === 1);
  const sameForm = a.length === b.length && a[0]?.length === b[0]?.length;
  const [x, y] = [a.flat(), b.flat()];
  if (x.length !== y.length || !(sameForm || (isVector(a) && isVector(b)))) return undefined;
  return x.map((node, i) => [node, y[i] as Node]);
}

/** Which entry the reader would call it: `entry 2` of a vector, `entry (1, 2)` of a matrix. */
export function placeOf(entries: Entries, index: number): string {
  const width = entries[0]?.length ?? 1;
  if (width === 1 || entries.length === 1) return `entry ${index + 1}`;
  return `entry (${Math.floor(index / width) + 1}, ${(index % width) + 1})`;
}
