/** Symbolic differentiation, by the rule table alone. */
import { ArityError, arityOf, UnknownOperationError } from './evaluate';
import { type Expr, isApply, isNumber, sharedSize, size } from './expr';
import { folded } from './fold';
import { isPredicate, isScalarOp, ONE, RULES, ZERO } from './rules';

/**
 * The derivative of `e` by the symbol `name`: for each operation the sum over its operands of local partial times inner derivative.
 * Terms that do not depend on the symbol are left out. A partial that is chosen by a condition multiplies branch by branch, so
 * that a branch that is 0 gives 0 even where the inner derivative is infinite, as in the sweeps.
 *
 * Sub-expressions are shared by reference; {@link expressionSwell} tells how large the derivative is when written out.
 * Conditions are not differentiated: at a kink the result is the convention of the rule table.
 */
export function differentiate(e: Expr, name: string): Expr {
  const done = new Map<Expr, Expr>();
  const derivative = (e: Expr): Expr => {
    if (e.kind === 'number') return ZERO;
    if (e.kind === 'symbol') return e.name === name ? ONE : ZERO;
    let result = done.get(e);
    if (!result) done.set(e, (result = ofOperation(e.op, e.args, e)));
    return result;
  };
  const ofOperation = (op: string, args: readonly Expr[], e: Expr): Expr => {
    if (args.length !== arityOf(op)) throw new ArityError(op, arityOf(op), args.length);
    if (op === 'where') {
      const [c, a, b] = args as [Expr, Expr, Expr];
      const [da, db] = [derivative(a), derivative(b)];
      return isNumber(da, 0) && isNumber(db, 0) ? ZERO : folded('where', c, da, db);
    }
    if (args.length === 0 || isPredicate(op)) return ZERO;
    if (!isScalarOp(op)) throw new UnknownOperationError(op);
    let sum: Expr = ZERO;
    RULES[op].partials.forEach((partial, i) => {
      const inner = derivative(args[i] as Expr);
      if (isNumber(inner, 0)) return;
      const term = times(foldedInstance(partial, args, e), inner);
      sum = isNumber(sum, 0)
        ? term
        : isApply(term, 'neg')
          ? folded('sub', sum, term.args[0] as Expr)
          : folded('add', sum, term);
    });
    return sum;
  };
  return derivative(e);
}

/** A partial over the operands and the result, folded on the way; the operands themselves stay shared. */
function foldedInstance(template: Expr, args: readonly Expr[], result: Expr): Expr {
  if (template.kind === 'number') return template;
  if (template.kind === 'symbol') {
    return (template.name === 'x' ? args[0] : template.name === 'y' ? args[1] : result) as Expr;
  }
  return folded(template.op, ...template.args.map((a) => foldedInstance(a, args, result)));
}

/** partial · inner. */
function times(partial: Expr, inner: Expr): Expr {
  if (isNumber(partial, 0)) return ZERO;
  if (isNumber(partial, -1)) return folded('neg', inner);
  if (isApply(partial, 'neg')) return folded('neg', times(partial.args[0] as Expr, inner));
  if (isApply(partial, 'where') && !isNumber(inner, 1)) {
    const [c, a, b] = partial.args as [Expr, Expr, Expr];
    return folded('where', c, times(a, inner), times(b, inner));
  }
  // A quotient takes the factor into its numerator: inner / x, not (1 / x) inner.
  if (isApply(partial, 'div')) return folded('div', times(partial.args[0] as Expr, inner), partial.args[1] as Expr);
  if (isApply(inner, 'neg')) return folded('neg', times(partial, inner.args[0] as Expr));
  return inner.kind === 'number' ? folded('mul', inner, partial) : folded('mul', partial, inner);
}

/** How large an expression is: written out, and with equal sub-expressions written once. */
export interface ExpressionSize {
  readonly written: number;
  readonly shared: number;
}

export const sizeOf = (e: Expr): ExpressionSize => ({ written: size(e), shared: sharedSize(e) });

/** Sizes of an expression and of its derivative by a symbol: what symbolic differentiation costs, and what sharing saves. */
export function expressionSwell(
  e: Expr,
  name: string,
): { readonly expression: ExpressionSize; readonly derivative: ExpressionSize } {
  return { expression: sizeOf(e), derivative: sizeOf(differentiate(e, name)) };
}
