/** Shapes that a document declares: `x \in \mathbb{R}^3`, `W \in \mathbb{R}^{4 \times 3}`. */
import { bare, type Node } from '../../latex/tree';
import type { DocumentAnalysis } from '../analysis';
import type { Model } from '../model';
import { isRelation, type Statement } from '../statements';

export interface DeclaredShape {
  readonly statement: Statement;
  /** Where it is stated. */
  readonly node: Node;
  /** Nodes of the extents: numbers, or names such as n. */
  readonly extents: readonly Node[];
}

const tables = new WeakMap<DocumentAnalysis, ReadonlyMap<string, readonly DeclaredShape[]>>();

/** The declaration of a name that holds at a statement: the last before it, else the first after it. */
export function declaredShape(model: Model, name: string, at: Statement): DeclaredShape | undefined {
  const { analysis } = model;
  let table = tables.get(analysis);
  if (!table) tables.set(analysis, (table = declarations(analysis.stated)));
  const list = table.get(name);
  return list?.filter((d) => d.statement.index <= at.index).at(-1) ?? list?.[0];
}

function declarations(statements: readonly Statement[]): Map<string, DeclaredShape[]> {
  const table = new Map<string, DeclaredShape[]>();
  for (const statement of statements) {
    const { node } = statement;
    if (!isRelation(node) || node.signs.length !== 1 || node.signs[0]?.op !== 'in') continue;
    const [left, right] = node.operands as [Node, Node];
    const extents = extentsOf(bare(right));
    if (!extents) continue;
    const inner = bare(left);
    for (const item of inner.kind === 'list' ? inner.items : [inner]) {
      const name = bare(item);
      if (name.kind !== 'symbol') continue;
      const list = table.get(name.name);
      const declared = { statement, node, extents };
      if (list) list.push(declared);
      else table.set(name.name, [declared]);
    }
  }
  return table;
}

/** ℝⁿ and ℝ^{m×n}; undefined for ℝ and for other sets. */
function extentsOf(node: Node): readonly Node[] | undefined {
  if (node.kind !== 'power' || node.base.kind !== 'symbol' || node.base.name !== 'bb:R') return undefined;
  const exponent = bare(node.exponent);
  if (exponent.kind === 'binary' && exponent.op === 'mul' && exponent.sign !== '')
    return [exponent.left, exponent.right];
  return [exponent];
}
