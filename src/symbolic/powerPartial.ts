/** The partials of `pow`, recognised. */
import { apply, type ApplyExpr, type Expr, equal, isApply, isNumber, pow, sub, symbols } from './expr';

/**
 * Whether a choice is a partial of `pow` as the rule table states it, times factors free of the tested symbols:
 * where(u = 0 ∧ w = 0, 0, w u^(w − 1) …) and where(u = 0 ∧ w ≥ 0, 0, u^w log u …), u and w without common symbols. Its second branch
 * then has the value of the whole wherever it is defined.
 */
export function isPowerPartial(e: ApplyExpr): boolean {
  const [condition, yes, no] = e.args as [Expr, Expr, Expr];
  if (!isNumber(yes, 0)) return false;
  const factors: Expr[] = [];
  const collect = (f: Expr): void => {
    if (isApply(f, 'mul')) f.args.forEach(collect);
    else if (isApply(f, 'neg')) collect(f.args[0] as Expr);
    else factors.push(f);
  };
  collect(no);
  const take = (wanted: (f: Expr) => boolean): Expr | undefined => {
    const i = factors.findIndex(wanted);
    return i < 0 ? undefined : factors.splice(i, 1)[0];
  };
  const apart = (a: Expr, b: Expr): boolean => [...symbols(a)].every((s) => !symbols(b).has(s));
  if (!isApply(condition, 'and')) return false;
  const [zero, order] = condition.args as [Expr, Expr];
  if (!isApply(zero, 'eq') || order.kind !== 'apply') return false;
  const [u, w] = [zero.args[0] as Expr, order.args[0] as Expr];
  if (!isNumber(zero.args[1] as Expr, 0) || !isNumber(order.args[1] as Expr, 0) || !apart(u, w)) return false;
  if (order.op === 'eq') {
    const power = take((f) => equal(f, pow(u, sub(w, 1))));
    return power !== undefined && take((f) => equal(f, w)) !== undefined && factors.every((f) => apart(f, w));
  }
  const power = take((f) => equal(f, pow(u, w)));
  const logarithm = take((f) => equal(f, apply('log', u)));
  return order.op === 'ge' && power !== undefined && logarithm !== undefined && factors.every((f) => apart(f, u));
}
