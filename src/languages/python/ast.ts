/**
 * The syntax tree that everything below evaluates: the node kinds and field names of CPython's `ast`,
 * with offsets into the document. What the parser could not read is a {@link Broken} statement.
 */
interface Node {
  readonly from: number;
  readonly to: number;
}

export interface Constant extends Node {
  readonly kind: 'Constant';
  readonly value: ConstantValue;
}
/** A number literal keeps its Python type: `2` is an int, `2.0` a float. */
export type ConstantValue =
  | { readonly type: 'int'; readonly value: number | bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'complex'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'None' }
  | { readonly type: 'Ellipsis' };

export interface Name extends Node {
  readonly kind: 'Name';
  readonly id: string;
}
export interface Attribute extends Node {
  readonly kind: 'Attribute';
  readonly value: Expr;
  readonly attr: string;
}
export interface Subscript extends Node {
  readonly kind: 'Subscript';
  readonly value: Expr;
  readonly slice: Expr;
}
export interface Slice extends Node {
  readonly kind: 'Slice';
  readonly lower?: Expr;
  readonly upper?: Expr;
  readonly step?: Expr;
}
export interface Starred extends Node {
  readonly kind: 'Starred';
  readonly value: Expr;
}
export interface Keyword extends Node {
  /** Absent for `**mapping`. */
  readonly arg?: string;
  readonly value: Expr;
}
export interface Call extends Node {
  readonly kind: 'Call';
  readonly func: Expr;
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}
export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';
export interface BinOp extends Node {
  readonly kind: 'BinOp';
  readonly left: Expr;
  readonly op: Operator;
  readonly right: Expr;
}
export interface UnaryOp extends Node {
  readonly kind: 'UnaryOp';
  readonly op: '+' | '-' | '~' | 'not';
  readonly operand: Expr;
}
export interface BoolOp extends Node {
  readonly kind: 'BoolOp';
  readonly op: 'and' | 'or';
  readonly values: readonly Expr[];
}
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';
export interface Compare extends Node {
  readonly kind: 'Compare';
  readonly left: Expr;
  readonly ops: readonly Comparison[];
  readonly comparators: readonly Expr[];
}
export interface IfExp extends Node {
  readonly kind: 'IfExp';
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
export interface NamedExpr extends Node {
  readonly kind: 'NamedExpr';
  readonly target: Name;
  readonly value: Expr;
}
export interface Lambda extends Node {
  readonly kind: 'Lambda';
  readonly params: Parameters;
  readonly body: Expr;
}
export interface Tuple extends Node {
  readonly kind: 'Tuple';
  readonly elts: readonly Expr[];
}
export interface List extends Node {
  readonly kind: 'List';
  readonly elts: readonly Expr[];
}
export interface SetExpr extends Node {
  readonly kind: 'Set';
  readonly elts: readonly Expr[];
}
export interface Dict extends Node {
  readonly kind: 'Dict';
  /** A missing key is `**mapping`. */
  readonly items: readonly { readonly key?: Expr; readonly value: Expr }[];
}
export interface Comprehension {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
}
export interface Comp extends Node {
  readonly kind: 'ListComp' | 'SetComp' | 'GeneratorExp';
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface DictComp extends Node {
  readonly kind: 'DictComp';
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: readonly Comprehension[];
}
export interface JoinedStr extends Node {
  readonly kind: 'JoinedStr';
  readonly values: readonly (string | FormattedValue)[];
}
export interface FormattedValue {
  readonly value: Expr;
  readonly conversion: '' | 's' | 'r' | 'a';
  readonly spec?: readonly (string | FormattedValue)[];
}
export interface Yield extends Node {
  readonly kind: 'Yield';
  readonly value?: Expr;
}
export interface YieldFrom extends Node {
  readonly kind: 'YieldFrom';
  readonly value: Expr;
}
export interface Await extends Node {
  readonly kind: 'Await';
  readonly value: Expr;
}

export type Expr =
  | Constant
  | Name
  | Attribute
  | Subscript
  | Slice
  | Starred
  | Call
  | BinOp
  | UnaryOp
  | BoolOp
  | Compare
  | IfExp
  | NamedExpr
  | Lambda
  | Tuple
  | List
  | SetExpr
  | Dict
  | Comp
  | DictComp
  | JoinedStr
  | Yield
  | YieldFrom
  | Await;

export interface Parameter extends Node {
  readonly name: string;
  readonly kind: 'positional-only' | 'positional' | 'var-positional' | 'keyword-only' | 'var-keyword';
  readonly annotation?: Expr;
  readonly default?: Expr;
}
export type Parameters = readonly Parameter[];

export interface FunctionDef extends Node {
  readonly kind: 'FunctionDef';
  readonly name: Name;
  readonly params: Parameters;
  readonly returns?: Expr;
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
  readonly isAsync: boolean;
}
export interface ClassDef extends Node {
  readonly kind: 'ClassDef';
  readonly name: Name;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Stmt[];
  readonly decorators: readonly Expr[];
}
export interface Return extends Node {
  readonly kind: 'Return';
  readonly value?: Expr;
}
export interface Delete extends Node {
  readonly kind: 'Delete';
  readonly targets: readonly Expr[];
}
export interface Assign extends Node {
  readonly kind: 'Assign';
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface AugAssign extends Node {
  readonly kind: 'AugAssign';
  readonly target: Expr;
  readonly op: Operator;
  readonly value: Expr;
}
export interface AnnAssign extends Node {
  readonly kind: 'AnnAssign';
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value?: Expr;
}
export interface For extends Node {
  readonly kind: 'For';
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface While extends Node {
  readonly kind: 'While';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface If extends Node {
  readonly kind: 'If';
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface With extends Node {
  readonly kind: 'With';
  readonly items: readonly { readonly context: Expr; readonly target?: Expr }[];
  readonly body: readonly Stmt[];
}
export interface Handler extends Node {
  readonly type?: Expr;
  readonly name?: Name;
  readonly body: readonly Stmt[];
}
export interface Try extends Node {
  readonly kind: 'Try';
  readonly body: readonly Stmt[];
  readonly handlers: readonly Handler[];
  readonly orelse: readonly Stmt[];
  readonly final: readonly Stmt[];
}
export interface Raise extends Node {
  readonly kind: 'Raise';
  readonly exc?: Expr;
  readonly cause?: Expr;
}
export interface Assert extends Node {
  readonly kind: 'Assert';
  readonly test: Expr;
  readonly message?: Expr;
}
export interface Alias extends Node {
  readonly name: string;
  readonly asname?: string;
}
export interface Import extends Node {
  readonly kind: 'Import';
  readonly names: readonly Alias[];
}
export interface ImportFrom extends Node {
  readonly kind: 'ImportFrom';
  readonly level: number;
  readonly module: string;
  /** `undefined` stands for `*`. */
  readonly names?: readonly Alias[];
}
export interface Scoping extends Node {
  readonly kind: 'Global' | 'Nonlocal';
  readonly names: readonly Name[];
}
export interface ExprStmt extends Node {
  readonly kind: 'Expr';
  readonly value: Expr;
}
export interface Simple extends Node {
  readonly kind: 'Pass' | 'Break' | 'Continue';
}
export interface Match extends Node {
  readonly kind: 'Match';
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase {
  readonly pattern: Pattern;
  readonly guard?: Expr;
  readonly body: readonly Stmt[];
}
export type Pattern =
  | { readonly kind: 'MatchValue'; readonly value: Expr }
  | { readonly kind: 'MatchSequence'; readonly patterns: readonly Pattern[] }
  | { readonly kind: 'MatchStar'; readonly name?: Name }
  | {
      readonly kind: 'MatchMapping';
      readonly items: readonly { readonly key: Expr; readonly pattern: Pattern }[];
      readonly rest?: Name;
    }
  | {
      readonly kind: 'MatchClass';
      readonly cls: Expr;
      readonly patterns: readonly Pattern[];
      readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[];
    }
  /** A missing name is `_`. */
  | { readonly kind: 'MatchAs'; readonly pattern?: Pattern; readonly name?: Name }
  | { readonly kind: 'MatchOr'; readonly patterns: readonly Pattern[] };

/** Text that does not parse as a statement, or means something that the evaluator does not support. */
export interface Broken extends Node {
  readonly kind: 'Broken';
  readonly reason: string;
  /** Names that it assigns, where it is Python and only nested too deeply for us. */
  readonly assigns?: readonly string[];
}

export type Stmt =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Try
  | Raise
  | Assert
  | Import
  | ImportFrom
  | Scoping
  | ExprStmt
  | Simple
  | Match
  | Broken;

export interface Module {
  readonly body: readonly Stmt[];
}
