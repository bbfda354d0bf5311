/** How far the value of an expression in double precision may be off by rounding alone: running error analysis. */
import { apply, evaluate, type Expr, num } from '../../symbolic';

const UNIT = 2 ** -53;

interface Uncertain {
  readonly value: number;
  readonly error: number;
}

/** A first-order bound, as large as the rounding of every step can make it; the values of the names are exact. */
export function roundingNoise(expr: Expr, valueOf: (name: string) => number | undefined): number {
  const known = new Map<Expr, Uncertain>();
  const visit = (e: Expr): Uncertain => {
    let found = known.get(e);
    if (!found) known.set(e, (found = step(e, valueOf, visit)));
    return found;
  };
  return visit(expr).error;
}

function step(e: Expr, valueOf: (name: string) => number | undefined, visit: (e: Expr) => Uncertain): Uncertain {
  if (e.kind !== 'apply') return { value: evaluate(e, valueOf), error: 0 };
  const args = e.args.map(visit);
  const at = (values: readonly number[]) => evaluate(apply(e.op, ...values.map(num)), () => undefined);
  const values = args.map((a) => a.value);
  const value = at(values);
  let error = 4 * UNIT * Math.abs(value);
  args.forEach((a, i) => {
    if (a.error === 0) return;
    const moved = [a.value - a.error, a.value + a.error].map((v) =>
      Math.abs(at(values.map((x, k) => (k === i ? v : x))) - value),
    );
    error += Math.max(...moved.map((m) => (Number.isFinite(m) ? m : Infinity)));
  });
  return { value, error: Number.isNaN(error) ? Infinity : error };
}
