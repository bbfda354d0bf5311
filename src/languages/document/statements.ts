/** What the formulas of a document state, in order of the text. */
import type { Span } from '../../model';
import { bare, type ErrorCode, type ErrorNode, type Node, type RelationNode, type UpdateNode } from '../latex/tree';
import type { IncludedText } from '../frontEnd';
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
  /** The file that it stands in, where that is another one than the document. */
  readonly file?: IncludedText;
  /** Something in it or right behind it could not be read: what it says is not known. */
  readonly fault?: ErrorNode;
}

/** Errors after which the rest of a statement may mean something else, or stand elsewhere. */
const BREAKS: ReadonlySet<ErrorCode> = new Set(['unexpected', 'missing-close', 'too-deep', 'too-long']);

function severalValues({ from, to }: Node): ErrorNode {
  return { kind: 'error', code: 'unexpected', message: 'several values are listed here', from, to };
}

function faultOf(errors: readonly ErrorNode[], node: Node, next: Node | undefined): ErrorNode | undefined {
  return errors.find((e) => BREAKS.has(e.code) && e.from >= node.from && (next === undefined || e.from < next.from));
}

/** The span of a node of a statement, in the document; of another file, the place where it is read. */
export function spanIn(statement: Statement, node: Span): Span {
  if (statement.file) return statement.file.at;
  const { base } = statement.placed;
  return { from: base + node.from, to: base + node.to };
}

/** What is written in a node. @param text of the document */
export function sourceIn(statement: Statement, node: Span, text: string): string {
  const { base } = statement.placed;
  return (statement.file?.text ?? text).slice(base + node.from, base + node.to);
}

/** What a formula states, without its place; kept as long as its tree. */
interface Stated {
  readonly node: Node;
  readonly condition?: Node;
  /** Of several values that are listed, none is the value. */
  readonly several?: true;
}

const stated = new WeakMap<Node, readonly Stated[]>();

function statedIn(root: Node): readonly Stated[] {
  let list = stated.get(root);
  if (!list) stated.set(root, (list = flatten(root)));
  return list;
}

function flatten(root: Node): Stated[] {
  const result: Stated[] = [];
  const add = (node: Node, condition?: Node, several?: true) => {
    result.push({ node, ...(condition ? { condition } : {}), ...(several ? { several } : {}) });
  };
  /** Items in order; one that a bare number follows lists values: n = 1, 2, 3, or x = 2 or 3. */
  const visitAll = (items: readonly Node[], condition?: Node): void =>
    items.forEach((item, i) => {
      const next = items[i + 1];
      const several = item.kind === 'relation' && (next?.kind === 'number' || next?.kind === 'dots');
      if (several) add(item, condition, true);
      else visit(item, condition);
    });
  const visit = (node: Node, condition?: Node): void => {
    switch (node.kind) {
      case 'statements':
        if (node.lines) for (const item of node.items) visit(item, condition);
        else visitAll(node.items, condition);
        break;
      case 'list':
        // x, y ∈ ℝ lists names; a = 1, b = 2 lists statements.
        if (node.items.some((i) => i.kind === 'relation')) visitAll(node.items, condition);
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
    const { root, errors } = placed.formula;
    const list = statedIn(root);
    list.forEach(({ node, condition, several }, i) => {
      const fault = several
        ? severalValues(node)
        : errors.length === 0
          ? undefined
          : faultOf(errors, node, list[i + 1]?.node);
      const base = { index: statements.length, formula, section, placed, node };
      statements.push(
        condition || fault ? { ...base, ...(condition ? { condition } : {}), ...(fault ? { fault } : {}) } : base,
      );
    });
  });
  return statements;
}

export const isRelation = (node: Node): node is RelationNode => node.kind === 'relation';
export const isUpdate = (node: Node): node is UpdateNode => node.kind === 'update';
