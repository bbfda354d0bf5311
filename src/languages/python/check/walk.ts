/** Looking through syntax trees without a case for each kind of node. */
import type { ClassDef, Expr, FunctionDef, Return, Stmt } from '../ast';

export type Node = Expr | Stmt;

/** All nodes of a tree, outer ones first, in the order of the text. */
export function* nodesIn(root: unknown): Generator<Node> {
  if (Array.isArray(root)) {
    for (const item of root) yield* nodesIn(item);
    return;
  }
  if (typeof root !== 'object' || root === null) return;
  if (typeof (root as { kind?: unknown }).kind === 'string') yield root as Node;
  for (const value of Object.values(root)) if (typeof value === 'object') yield* nodesIn(value);
}

/** Statements of a function and its blocks, without those of functions and classes inside it. */
export function* ownStatements(body: readonly Stmt[]): Generator<Stmt> {
  for (const s of body) {
    yield s;
    if (s.kind === 'FunctionDef' || s.kind === 'ClassDef') continue;
    for (const value of Object.values(s)) {
      if (!Array.isArray(value)) continue;
      const blocks = value as readonly { readonly kind?: string; readonly body?: readonly Stmt[] }[];
      for (const inner of blocks) {
        if (isStatement(inner)) yield* ownStatements([inner]);
        else if (Array.isArray(inner.body) && inner.kind === undefined) yield* ownStatements(inner.body);
      }
    }
  }
}

const STATEMENTS = new Set(
  (
    'FunctionDef ClassDef Return Delete Assign AugAssign AnnAssign For While If With Try Raise Assert Import ImportFrom ' +
    'Global Nonlocal Expr Pass Break Continue Match Broken'
  ).split(' '),
);

function isStatement(node: { readonly kind?: string }): node is Stmt {
  return node.kind !== undefined && STATEMENTS.has(node.kind);
}

/** The `return` statements of a function itself. */
export function returnsOf(f: FunctionDef): Return[] {
  return [...ownStatements(f.body)].filter((s): s is Return => s.kind === 'Return');
}

/** The methods of a class by name; of those that are defined twice the last. */
export function methodsOf(c: ClassDef): Map<string, FunctionDef> {
  const methods = new Map<string, FunctionDef>();
  for (const s of c.body) if (s.kind === 'FunctionDef') methods.set(s.name.id, s);
  return methods;
}

export function docstringOf(f: FunctionDef | ClassDef): string {
  const first = f.body[0];
  return first?.kind === 'Expr' && first.value.kind === 'Constant' && first.value.value.type === 'str'
    ? first.value.value.value
    : '';
}

/** Names that are mentioned anywhere inside. */
export function namesIn(root: unknown): Set<string> {
  const names = new Set<string>();
  for (const node of nodesIn(root)) if (node.kind === 'Name') names.add(node.id);
  return names;
}
