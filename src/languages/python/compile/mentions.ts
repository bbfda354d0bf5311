/** Names that a piece of a program mentions, whatever it does with them. */
import type { Expr, Stmt } from '../ast';

/** All of them, those of inner functions and comprehensions included. */
export function namesIn(node: Stmt | Expr | readonly Stmt[]): Set<string> {
  const names = new Set<string>();
  forEachNode(node, (n) => {
    if (n.kind === 'Name') names.add(n.id);
  });
  return names;
}

/** Calls back for a node and everything inside of it, in order of the text. */
export function forEachNode(node: unknown, visit: (node: Stmt | Expr) => void): void {
  if (Array.isArray(node)) {
    for (const each of node) forEachNode(each, visit);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if ('kind' in node && 'from' in node) visit(node as Stmt | Expr);
  for (const child of Object.values(node)) if (typeof child === 'object') forEachNode(child, visit);
}
