/** What the formulas of a document state, in order of the text. */
import type { Span } from '../../model';
import { bare, type Node, type RelationNode, type UpdateNode } from '../latex/tree';
import type { PlacedFormula } from './formulas';

/** One relation, update or expression of a formula. */
export interface Statement {
  /** Position in the document: a definition holds from its own on. */
  readonly index: number;
  /** Ordinal of the formula. */
  readonly formula: number;
  /** Ordinal of the section, from heading to heading. */
  readonly section: number;
  readonly placed: PlacedFormula;
  readonly node: Node;
  /** The condition under which it is stated: … for x > 0. */
  readonly condition?: Node;
}

/** The span of a node of a statement, in the document. */
export function spanIn(statement: Statement, node: Span): Span {
  const { base } = statement.placed;
  return { from: base + node.from, to: base + node.to };
}

/** What a formula states, without its place; kept as long as its tree. */
interface Stated {
  readonly node: Node;
  readonly condition?: Node;
}

const stated = new WeakMap<Node, readonly Stated[]>();

function statedIn(root: Node): readonly Stated[] {
  let list = stated.get(root);
  if (!list) stated.set(root, (list = flatten(root)));
  return list;
}

function flatten(root: Node): Stated[] {
  const result: Stated[] = [];
  const add = (node: Node, condition?: Node) => {
    result.push({ node, ...(condition ? { condition } : {}) });
  };
  const visit = (node: Node, condition?: Node): void => {
    switch (node.kind) {
      case 'statements':
        for (const item of node.items) visit(item, condition);
        break;
      case 'list':
        // x, y ∈ ℝ lists names; a = 1, b = 2 lists statements.
        if (node.items.some((i) => i.kind === 'relation')) for (const item of node.items) visit(item, condition);
        else add(node, condition);
        break;
      case 'when':
        visit(node.body, node.condition);
        break;
      case 'group':
      case 'annotated': {
        const inner = bare(node);
        if (inner.kind === 'relation' || inner.kind === 'statements') visit(inner, condition);
        else add(node, condition);
        break;
      }
      case 'quantified':
        // A reason is stated as a fact; what holds for all or for some is not decided.
        if (node.quantifier === 'because' || node.quantifier === 'therefore') visit(node.body, condition);
        break;
      default:
        add(node, condition);
    }
  };
  visit(root);
  return result;
}

/** @param headings offsets of the headings, in order */
export function statementsOf(formulas: readonly PlacedFormula[], headings: readonly number[]): Statement[] {
  const statements: Statement[] = [];
  let section = 0;
  formulas.forEach((placed, formula) => {
    while (section < headings.length && (headings[section] as number) <= placed.base) section++;
    for (const { node, condition } of statedIn(placed.formula.root)) {
      const index = statements.length;
      statements.push(
        condition ? { index, formula, section, placed, node, condition } : { index, formula, section, placed, node },
      );
    }
  });
  return statements;
}

export const isRelation = (node: Node): node is RelationNode => node.kind === 'relation';
export const isUpdate = (node: Node): node is UpdateNode => node.kind === 'update';
