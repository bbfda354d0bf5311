/** Pieces of Python whose values may go by other names where they are written again. */
import type { Expr } from '../../ast';
import { nodesIn } from '../walk';

/** Text, and the values that stand in it. */
export type Source = readonly (string | { readonly value: string })[];

/** The text of a piece, each value under the name that it has there. */
export function render(source: Source, nameOf: (value: string) => string): string {
  return source.map((part) => (typeof part === 'string' ? part : nameOf(part.value))).join('');
}

/** The values that a piece mentions. */
export function valuesOf(source: Source): string[] {
  return source.flatMap((part) => (typeof part === 'string' ? [] : [part.value]));
}

/**
 * An expression as it is written.
 * @param piece what stands in the place of a name or a field; undefined: itself
 */
export function sourceOf(e: Expr, text: string, piece: (node: Expr) => Source | undefined): Source {
  const parts: (string | { readonly value: string })[] = [];
  let at = e.from;
  for (const node of nodesIn(e)) {
    if (node.from < at || (node.kind !== 'Name' && node.kind !== 'Attribute')) continue;
    const found = piece(node);
    if (!found) continue;
    parts.push(text.slice(at, node.from), ...found);
    at = node.to;
  }
  parts.push(text.slice(at, e.to));
  return parts
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'string' ? part.replace(/\s*\n\s*/g, ' ') : part));
}

/** In brackets, where it is more than a name, a call or an element. */
export function bracketed(source: Source, isAtom: boolean): Source {
  return isAtom ? source : ['(', ...source, ')'];
}

export function isAtom(e: Expr): boolean {
  return ['Name', 'Attribute', 'Subscript', 'Call', 'Constant', 'Tuple', 'List'].includes(e.kind);
}
