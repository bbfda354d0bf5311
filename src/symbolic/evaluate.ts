/** Values of expressions: the reference that every printed formula and every generated sweep is compared with. */
import { type ApplyExpr, type Expr, substitute } from './expr';
import { type Kernel, kernelOf } from './kernelTable';
import { isScalarOp, RULES } from './rules';

/** An expression names an operation that is no scalar primitive, predicate, constant or `where`. */
export class UnknownOperationError extends Error {
  constructor(readonly operation: string) {
    super(`${operation}: no such operation`);
    this.name = 'UnknownOperationError';
  }
}

/** A symbol has no value. */
export class UnboundSymbolError extends Error {
  constructor(readonly symbol: string) {
    super(`${symbol}: the symbol has no value`);
    this.name = 'UnboundSymbolError';
  }
}

/** An operation has another number of operands than it takes. */
export class ArityError extends Error {
  constructor(
    readonly operation: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`${operation}: takes ${expected} operand${expected === 1 ? '' : 's'}, not ${actual}`);
    this.name = 'ArityError';
  }
}

/** The number of operands of an operation of the expression language; throws {@link UnknownOperationError}. */
export function arityOf(op: string): number {
  if (isScalarOp(op)) return RULES[op].arity;
  if (op === 'where') return 3;
  if (op === 'not') return 1;
  if (op === 'pi' || op === 'e') return 0;
  if (kernelOf(op) === undefined) throw new UnknownOperationError(op);
  return 2;
}

/** The values of the constants, operations without operands. */
export const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };

/**
 * The kernel that computes an operation; undefined for the operations whose value is an expression in others (see
 * {@link expand}), for `where` and for constants.
 */
export function kernelFor(op: string): Kernel | undefined {
  if (!isScalarOp(op)) return kernelOf(op);
  const { value } = RULES[op];
  return value.kind === 'intrinsic' ? kernelOf(value.kernel) : undefined;
}

/** The value of a composite primitive (relu, gelu …) as an expression in others, over the given operands. */
export function expand(e: ApplyExpr): Expr | undefined {
  if (!isScalarOp(e.op)) return undefined;
  const { value } = RULES[e.op];
  return value.kind === 'intrinsic' ? undefined : instantiate(value, e.args);
}

/** An expression over a rule's operands `x`, `y` and result `v`, with expressions in their places. */
export function instantiate(template: Expr, args: readonly Expr[], result?: Expr): Expr {
  return substitute(template, (name) =>
    name === 'x' ? args[0] : name === 'y' ? args[1] : name === 'v' ? result : undefined,
  );
}

/**
 * The value of `e` in double precision, with `env` giving the values of its symbols. Only the chosen operand of a `where`
 * is evaluated; a sub-expression shared by reference is evaluated once.
 *
 * Throws {@link UnknownOperationError}, {@link ArityError}, and {@link UnboundSymbolError} where `env` gives undefined.
 */
export function evaluate(e: Expr, env: (name: string) => number | undefined): number {
  const done = new Map<Expr, number>();
  const value = (e: Expr): number => {
    if (e.kind === 'number') return e.value;
    if (e.kind === 'symbol') {
      const known = env(e.name);
      if (known === undefined) throw new UnboundSymbolError(e.name);
      return known;
    }
    let result = done.get(e);
    if (result === undefined) done.set(e, (result = applied(e)));
    return result;
  };
  const applied = (e: ApplyExpr): number => {
    const { op, args } = e;
    const arity = arityOf(op);
    if (args.length !== arity) throw new ArityError(op, arity, args.length);
    if (arity === 0) return CONSTANTS[op] as number;
    if (op === 'where') return value((value(args[0] as Expr) !== 0 ? args[1] : args[2]) as Expr);
    const kernel = kernelFor(op);
    if (kernel) return kernel(value(args[0] as Expr), arity > 1 ? value(args[1] as Expr) : 0);
    return value(expand(e) as Expr);
  };
  return value(e);
}
