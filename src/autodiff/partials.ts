/** Local partials as the sweeps, the formulas and the derivative traces use them: the rule table's, made total. */
import { type Expr, fn, isApply, num, sym, symbols, where } from '../symbolic/expr';
import { RULES, SCALAR_OPS, type ScalarOp, type ScalarRule } from '../symbolic/rules';

const v = sym('v');

function selects(e: Expr): boolean {
  return e.kind === 'apply' && (isApply(e, 'where') || e.args.some(selects));
}

/**
 * A partial of the table holds where the value is a number. Where it is none (log of −1), the derivative does not
 * exist; a partial that would not notice by itself is NaN there.
 */
function total(rule: ScalarRule, partial: Expr): Expr {
  const notices = symbols(partial).has('v') && !selects(partial);
  if (notices || partial.kind === 'number') return partial;
  return rule.domain || selects(partial) ? where(fn('eq', v, v), partial, num(NaN)) : partial;
}

const PARTIALS = new Map<ScalarOp, readonly Expr[]>(
  SCALAR_OPS.map((op) => [op, RULES[op].partials.map((partial) => total(RULES[op], partial))]),
);

/** The partial of a scalar primitive by its operand in `slot`, over its operands `x`, `y` and its value `v`. */
export function partialOf(op: ScalarOp, slot: number): Expr {
  return (PARTIALS.get(op) as readonly Expr[])[slot] as Expr;
}
