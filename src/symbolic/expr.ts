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

export function isNumber<V extends number>(e: Expr, value?: V): e is NumberExpr & { readonly value: V } {
  return e.kind === 'number' && (value === undefined || Object.is(e.value, value));
}

export function isApply<Op extends string>(e: Expr, op: Op): e is ApplyExpr & { readonly op: Op } {
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

/**
 * Replaces symbols; names that `map` does not know stay. Sub-expressions that are shared by reference stay shared.
 */
export function substitute(e: Expr, map: (name: string) => Expr | undefined): Expr {
  const done = new Map<Expr, Expr>();
  const replace = (e: Expr): Expr => {
    if (e.kind === 'number') return e;
    if (e.kind === 'symbol') return map(e.name) ?? e;
    let result = done.get(e);
    if (!result) {
      const args = e.args.map(replace);
      result = args.every((a, i) => a === e.args[i]) ? e : apply(e.op, ...args);
      done.set(e, result);
    }
    return result;
  };
  return replace(e);
}

/** The names of all symbols, in order of first appearance. */
export function symbols(e: Expr, into: Set<string> = new Set()): Set<string> {
  const seen = new Set<Expr>();
  const visit = (e: Expr): void => {
    if (e.kind === 'symbol') into.add(e.name);
    else if (e.kind === 'apply' && !seen.has(e)) {
      seen.add(e);
      e.args.forEach(visit);
    }
  };
  visit(e);
  return into;
}

/**
 * The number of nodes, counted as a tree: a shared sub-expression counts each time it is written. What is written out may be
 * exponentially larger than what is stored; the count then is a rounded or infinite number.
 */
export function size(e: Expr): number {
  const done = new Map<Expr, number>();
  const count = (e: Expr): number => {
    if (e.kind !== 'apply') return 1;
    let n = done.get(e);
    if (n === undefined) done.set(e, (n = e.args.reduce((sum, a) => sum + count(a), 1)));
    return n;
  };
  return count(e);
}

/** The number of different sub-expressions: the size when equal ones, wherever they stand, are written once. */
export function sharedSize(e: Expr): number {
  const numbers = new Map<string, number>();
  const done = new Map<Expr, number>();
  const number = (e: Expr): number => {
    let n = done.get(e);
    if (n === undefined) {
      const key =
        e.kind === 'number'
          ? `#${Object.is(e.value, -0) ? '-0' : e.value}`
          : e.kind === 'symbol'
            ? `$${e.name}`
            : `${e.op}(${e.args.map(number).join()})`;
      n = numbers.get(key);
      if (n === undefined) numbers.set(key, (n = numbers.size));
      done.set(e, n);
    }
    return n;
  };
  number(e);
  return numbers.size;
}
