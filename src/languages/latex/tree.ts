/**
 * The syntax tree of a formula. Every node carries the exact range of the text that it was read from, in
 * UTF-16 offsets of the document. A tree is syntax only: what a name stands for is decided elsewhere.
 */
import type { Span } from '../../model';

/** A literal: `0.25`, `1{,}000`, `1e-4`. */
export interface NumberNode extends Span {
  readonly kind: 'number';
  readonly value: number;
}

/**
 * One name. Accents and fonts are prefixes of the name (`hat:y`, `bf:w`, `cal:L`), subscripts and labels are
 * suffixes (`x_1`, `w_{ji}`, `x^{(j)}`, `w^*`): names that look different are different.
 */
export interface SymbolNode extends Span {
  readonly kind: 'symbol';
  readonly name: string;
  /** The name without subscripts and labels. */
  readonly base: string;
}

/** A name or expression with a bound index or an expression below it: w_{kj} under Σ_k, A_{i+1}. */
export interface IndexedNode extends Span {
  readonly kind: 'indexed';
  readonly base: Node;
  readonly indices: readonly Node[];
  /** Commas stand between the indices. */
  readonly commas?: true;
  /** They stand above, in brackets: x^{(i)}. */
  readonly label?: true;
}

export interface TextNode extends Span {
  readonly kind: 'text';
  readonly text: string;
}

/** … : an elision, never evaluated. */
export interface DotsNode extends Span {
  readonly kind: 'dots';
}

export const ERROR_CODES = [
  'expected-operand',
  'missing-argument',
  'missing-close',
  'missing-body',
  'missing-variable',
  'unexpected',
  'too-deep',
  'too-long',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Stands where something is missing or cannot be read. */
export interface ErrorNode extends Span {
  readonly kind: 'error';
  readonly code: ErrorCode;
  readonly message: string;
}

export type BinaryOperator =
  | 'add'
  | 'sub'
  | 'plusminus'
  | 'mul'
  | 'div'
  | 'hadamard'
  | 'compose'
  | 'outer'
  | 'directsum'
  | 'mod'
  | 'union'
  | 'intersection'
  | 'setminus';

export interface BinaryNode extends Span {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  /** As it is written: `+`, `\cdot`, `\frac`; empty for juxtaposition. */
  readonly sign: string;
  readonly left: Node;
  readonly right: Node;
}

export interface NegativeNode extends Span {
  readonly kind: 'negative';
  readonly operand: Node;
}

export interface PowerNode extends Span {
  readonly kind: 'power';
  readonly base: Node;
  readonly exponent: Node;
}

export interface TransposeNode extends Span {
  readonly kind: 'transpose';
  readonly operand: Node;
}

export interface FactorialNode extends Span {
  readonly kind: 'factorial';
  readonly operand: Node;
}

export interface PercentNode extends Span {
  readonly kind: 'percent';
  readonly operand: Node;
}

/** 90°; with a scale of temperature behind it (25 °C) no angle. */
export interface DegreeNode extends Span {
  readonly kind: 'degree';
  readonly operand: Node;
  readonly scale?: string;
}

/** f′, f″. */
export interface PrimeNode extends Span {
  readonly kind: 'prime';
  readonly operand: Node;
  readonly order: number;
}

/** One of the functions of the vocabulary. `base` is that of `\log_2`. */
export interface FunctionNode extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly args: readonly Node[];
  readonly base?: Node;
}

/** A named function applied: f(x, y), σ(h), h′(a), softmax(z). */
export interface CallNode extends Span {
  readonly kind: 'call';
  readonly callee: Node;
  readonly args: readonly Node[];
}

export interface RootNode extends Span {
  readonly kind: 'root';
  readonly radicand: Node;
  readonly index?: Node;
}

export interface BinomialNode extends Span {
  readonly kind: 'binomial';
  readonly upper: Node;
  readonly lower: Node;
}

/** A derivative by one or several variables; one that occurs n times stands n times in the list. */
export interface DerivativeNode extends Span {
  readonly kind: 'derivative';
  readonly partial: boolean;
  readonly operand: Node;
  readonly variables: readonly Node[];
  /** The order as the numerator states it: the 2 of d²y/dx². */
  readonly order?: Node;
}

/** ∂δ_j, dx or ∂²f on its own. */
export interface DifferentialNode extends Span {
  readonly kind: 'differential';
  readonly partial: boolean;
  readonly operand: Node;
  readonly order?: Node;
}

/** ∇f, ∇_θ f; order 2 is ∇². */
export interface GradientNode extends Span {
  readonly kind: 'gradient';
  readonly operand: Node;
  readonly variables: readonly Node[];
  readonly order: number;
}

/** One index of a sum: `i=1` … `n`, `k`, `j \in S`, `j \neq k`. */
export interface IndexRangeNode extends Span {
  readonly kind: 'range';
  readonly variable?: SymbolNode;
  readonly lower?: Node;
  readonly upper?: Node;
  /** What else is said below the sign, the variable included: j ≠ k, i ∈ S, i < j. */
  readonly condition?: Node;
}

export type BigOperator = 'sum' | 'prod' | 'bigcup' | 'bigcap';

export interface BigNode extends Span {
  readonly kind: 'big';
  readonly op: BigOperator;
  readonly body: Node;
  readonly ranges: readonly IndexRangeNode[];
}

export interface LimitNode extends Span {
  readonly kind: 'limit';
  readonly body: Node;
  readonly approach?: Node;
  /** x → 0⁺, x → 0⁻. */
  readonly side?: '+' | '-';
}

export interface IntegralNode extends Span {
  readonly kind: 'integral';
  /** Over a curve, or over more than one variable. */
  readonly op?: 'oint' | 'iint';
  readonly body: Node;
  readonly variables: readonly Node[];
  readonly lower?: Node;
  readonly upper?: Node;
}

export type OptimumOperator = 'max' | 'min' | 'sup' | 'inf' | 'argmax' | 'argmin';

/** max over variables (the maximum of listed values is a function). */
export interface OptimumNode extends Span {
  readonly kind: 'optimum';
  readonly op: OptimumOperator;
  readonly body: Node;
  readonly variables: readonly Node[];
}

export type RelationOperator =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'approx'
  | 'equiv'
  | 'define'
  | 'sim'
  | 'propto'
  | 'in'
  | 'notin'
  | 'subset'
  | 'll'
  | 'gg'
  | 'given'
  | 'parallel'
  /** \stackrel{?}{=}: asked or demanded, not stated. */
  | 'asked';

export interface RelationSign extends Span {
  readonly op: RelationOperator;
}

/** A chain a = b < c: one sign fewer than operands. */
export interface RelationNode extends Span {
  readonly kind: 'relation';
  readonly operands: readonly Node[];
  readonly signs: readonly RelationSign[];
}

/** A chain whose left end stands elsewhere: `= b = c`; as many signs as operands. */
export interface ContinuationNode extends Span {
  readonly kind: 'continuation';
  readonly operands: readonly Node[];
  readonly signs: readonly RelationSign[];
}

/** `w \leftarrow …`. */
export interface UpdateNode extends Span {
  readonly kind: 'update';
  readonly target: Node;
  readonly value: Node;
}

export type ArrowOperator = 'arrow' | 'leftarrow' | 'implies' | 'iff' | 'mapsto';

export interface ArrowNode extends Span {
  readonly kind: 'arrow';
  readonly op: ArrowOperator;
  readonly left?: Node;
  readonly right?: Node;
}

/** Items between commas without brackets: `y = 1, \alpha = 0.1`. */
export interface ListNode extends Span {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

/** Items in brackets: (x_1, x_2), [0, 1], (0, 1]. */
export interface TupleNode extends Span {
  readonly kind: 'tuple';
  readonly items: readonly Node[];
  readonly open: string;
  readonly close: string;
}

/** {1, 2} or {x | x > 0}. */
export interface SetNode extends Span {
  readonly kind: 'set';
  readonly items: readonly Node[];
}

/** One expression in round, square or TeX brackets. */
export interface GroupNode extends Span {
  readonly kind: 'group';
  readonly open: '(' | '[' | '{';
  readonly body: Node;
}

export interface EncloseNode extends Span {
  readonly kind: 'enclosed';
  readonly op: 'abs' | 'floor' | 'ceil' | 'inner';
  readonly body: Node;
}

export interface NormNode extends Span {
  readonly kind: 'norm';
  readonly body: Node;
  /** What stands below: 2, \infty, F. */
  readonly order?: Node;
}

/** 1_{z > 0}, \mathbb{1}\{…\}. */
export interface IndicatorNode extends Span {
  readonly kind: 'indicator';
  readonly condition: Node;
}

/** dy/dx |_{x = 2}; with a value above too, F |_0^1, the difference of the two. */
export interface EvaluatedNode extends Span {
  readonly kind: 'evaluated';
  readonly body: Node;
  readonly at: Node;
  readonly upper?: Node;
}

export interface CaseNode extends Span {
  readonly kind: 'case';
  readonly value: Node;
  /** Absent: otherwise. */
  readonly condition?: Node;
}

export interface CasesNode extends Span {
  readonly kind: 'cases';
  readonly branches: readonly CaseNode[];
}

export interface MatrixNode extends Span {
  readonly kind: 'matrix';
  readonly environment: string;
  readonly rows: readonly (readonly Node[])[];
}

/** An accent over more than a name. */
export interface AccentNode extends Span {
  readonly kind: 'accent';
  readonly accent: string;
  readonly body: Node;
}

/** A brace, box or line around an expression that stays what it is. */
export interface AnnotatedNode extends Span {
  readonly kind: 'annotated';
  readonly command: string;
  readonly body: Node;
  readonly note?: Node;
}

/** A statement with the condition under which it holds: … for x > 0. */
export interface WhenNode extends Span {
  readonly kind: 'when';
  readonly body: Node;
  readonly condition: Node;
}

/** ∀, ∃, because, therefore. */
export interface QuantifiedNode extends Span {
  readonly kind: 'quantified';
  readonly quantifier: 'forall' | 'exists' | 'because' | 'therefore';
  readonly body: Node;
}

/** Several statements, apart by \quad, a line break or punctuation; `lines` comes from an environment. */
export interface StatementsNode extends Span {
  readonly kind: 'statements';
  readonly lines: boolean;
  readonly items: readonly Node[];
}

export type Node =
  | NumberNode
  | SymbolNode
  | IndexedNode
  | TextNode
  | DotsNode
  | ErrorNode
  | BinaryNode
  | NegativeNode
  | PowerNode
  | TransposeNode
  | FactorialNode
  | PercentNode
  | DegreeNode
  | PrimeNode
  | FunctionNode
  | CallNode
  | RootNode
  | BinomialNode
  | DerivativeNode
  | DifferentialNode
  | GradientNode
  | IndexRangeNode
  | BigNode
  | LimitNode
  | IntegralNode
  | OptimumNode
  | RelationNode
  | ContinuationNode
  | UpdateNode
  | ArrowNode
  | ListNode
  | TupleNode
  | SetNode
  | GroupNode
  | EncloseNode
  | NormNode
  | IndicatorNode
  | EvaluatedNode
  | CaseNode
  | CasesNode
  | MatrixNode
  | AccentNode
  | AnnotatedNode
  | WhenNode
  | QuantifiedNode
  | StatementsNode;

export type NodeKind = Node['kind'];

/** The node without brackets and decorations that leave the value as it is. */
export function bare(node: Node): Node {
  while (node.kind === 'group' || node.kind === 'annotated') node = node.body;
  return node;
}

/** The direct parts of a node, in no particular order. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'number':
    case 'symbol':
    case 'text':
    case 'dots':
    case 'error':
      return [];
    case 'indexed':
      return [node.base, ...node.indices];
    case 'binary':
      return [node.left, node.right];
    case 'negative':
    case 'transpose':
    case 'factorial':
    case 'percent':
    case 'degree':
    case 'prime':
      return [node.operand];
    case 'differential':
      return present(node.operand, node.order);
    case 'power':
      return [node.base, node.exponent];
    case 'function':
      return present(node.base, ...node.args);
    case 'call':
      return [node.callee, ...node.args];
    case 'root':
      return present(node.radicand, node.index);
    case 'binomial':
      return [node.upper, node.lower];
    case 'derivative':
      return present(node.operand, ...node.variables, node.order);
    case 'gradient':
      return [node.operand, ...node.variables];
    case 'range':
      return present(node.variable, node.lower, node.upper, node.condition);
    case 'big':
      return [node.body, ...node.ranges];
    case 'limit':
      return present(node.body, node.approach);
    case 'integral':
      return present(node.body, ...node.variables, node.lower, node.upper);
    case 'optimum':
      return [node.body, ...node.variables];
    case 'relation':
    case 'continuation':
      return node.operands;
    case 'update':
      return [node.target, node.value];
    case 'arrow':
      return present(node.left, node.right);
    case 'list':
    case 'tuple':
    case 'set':
    case 'statements':
      return node.items;
    case 'group':
    case 'enclosed':
    case 'accent':
    case 'quantified':
      return [node.body];
    case 'norm':
      return present(node.body, node.order);
    case 'indicator':
      return [node.condition];
    case 'evaluated':
      return present(node.body, node.at, node.upper);
    case 'case':
      return present(node.value, node.condition);
    case 'cases':
      return node.branches;
    case 'matrix':
      return node.rows.flat();
    case 'annotated':
      return present(node.body, node.note);
    case 'when':
      return [node.body, node.condition];
  }
}

/** Visits a node and all below it, parents first. `visit` returns false to stay out of a subtree. */
export function walk(node: Node, visit: (node: Node) => boolean | void): void {
  if (visit(node) === false) return;
  for (const child of children(node)) walk(child, visit);
}

/** The innermost node at an offset, with its ancestors: outermost first. Empty where there is none. */
export function pathAt(root: Node, offset: number): Node[] {
  const path: Node[] = [];
  let node: Node | undefined = root.from <= offset && offset <= root.to ? root : undefined;
  while (node) {
    path.push(node);
    const inside = children(node).filter((c) => c.from <= offset && offset <= c.to);
    // At a border the node that starts there wins over the one that ends there.
    node = inside.find((c) => offset < c.to) ?? inside[0];
  }
  return path;
}

function present(...nodes: readonly (Node | undefined)[]): Node[] {
  return nodes.filter((n): n is Node => n !== undefined);
}
