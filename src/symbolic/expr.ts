/**
 * The one expression type of the project: immutable, plain data (it survives `JSON.stringify`
 * and `postMessage`), shared by the rule table, the formula front end and every printer.
 *
 * An application names a scalar primitive of {@link ./rules} (`add`, `sin`, `pow` …), a comparison,
 * `where` or a constant (`pi`, `e`, without operands). Sums and products are binary, because a trace never re-associates; printers and the
 * simplifier flatten them where that is wanted.
 */
export type Expr = NumberExpr | SymbolExpr | ApplyExpr;

export interface NumberExpr {
  readonly kind: 'number';
  readonly value: number;
}

export interface SymbolExpr {
  readonly kind: 'symbol';
  /** An opaque name. How it is typeset is the printer's business (see `Notation`). */
  readonly name: string;
}

export interface ApplyExpr {
  readonly kind: 'apply';
  readonly op: string;
  readonly args: readonly Expr[];
}

export function num(value: number): NumberExpr {
  return { kind: 'number', value };
}

export function sym(name: string): SymbolExpr {
  return { kind: 'symbol', name };
}

export function apply(op: string, ...args: readonly Expr[]): ApplyExpr {
  return { kind: 'apply', op, args };
}

/** The constants π and e: applications of no operand, so that they are printed by name and stay exact in proofs. */
export const PI = apply('pi');
export const E = apply('e');

/** A number literal stands for itself wherever an expression is expected. */
export type Exprish = Expr | number;

export function expr(e: Exprish): Expr {
  return typeof e === 'number' ? num(e) : e;
}

export const add = (a: Exprish, b: Exprish): Expr => apply('add', expr(a), expr(b));
export const sub = (a: Exprish, b: Exprish): Expr => apply('sub', expr(a), expr(b));
export const mul = (a: Exprish, b: Exprish): Expr => apply('mul', expr(a), expr(b));
export const div = (a: Exprish, b: Exprish): Expr => apply('div', expr(a), expr(b));
export const neg = (a: Exprish): Expr => apply('neg', expr(a));
export const pow = (a: Exprish, b: Exprish): Expr => apply('pow', expr(a), expr(b));
export const fn = (op: string, ...args: readonly Exprish[]): Expr => apply(op, ...args.map(expr));
export const where = (c: Expr, a: Exprish, b: Exprish): Expr => apply('where', c, expr(a), expr(b));

export function isNumber(e: Expr, value?: number): e is NumberExpr {
  return e.kind === 'number' && (value === undefined || Object.is(e.value, value));
}

export function isApply(e: Expr, op: string): e is ApplyExpr {
  return e.kind === 'apply' && e.op === op;
}

/** Structural equality. NaN equals NaN, and 0 differs from −0. */
export function equal(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  if (a.kind === 'number') return b.kind === 'number' && Object.is(a.value, b.value);
  if (a.kind === 'symbol') return b.kind === 'symbol' && a.name === b.name;
  return (
    b.kind === 'apply' &&
    a.op === b.op &&
    a.args.length === b.args.length &&
    a.args.every((x, i) => equal(x, b.args[i] as Expr))
  );
}

/** Replaces symbols; names that `map` does not know stay. */
export function substitute(e: Expr, map: (name: string) => Expr | undefined): Expr {
  switch (e.kind) {
    case 'number':
      return e;
    case 'symbol':
      return map(e.name) ?? e;
    case 'apply': {
      const args = e.args.map((a) => substitute(a, map));
      return args.every((a, i) => a === e.args[i]) ? e : apply(e.op, ...args);
    }
  }
}

/** The names of all symbols, in order of first appearance. */
export function symbols(e: Expr, into: Set<string> = new Set()): Set<string> {
  if (e.kind === 'symbol') into.add(e.name);
  else if (e.kind === 'apply') for (const a of e.args) symbols(a, into);
  return into;
}

/** The number of nodes, counted as a tree: a shared sub-expression counts each time it is written. */
export function size(e: Expr): number {
  return e.kind === 'apply' ? e.args.reduce((n, a) => n + size(a), 1) : 1;
}
