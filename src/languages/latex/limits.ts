/**
 * Limits, where they are exact: by continuity, and for quotients of what becomes 0 by l'Hôpital's rule. A step that is not
 * certain gives none.
 */
import {
  differentiate,
  type Expr,
  isApply,
  isPredicate,
  num,
  provedEqual,
  simplify,
  substitute,
  symbols,
} from '../../symbolic';

/** How often a quotient may be differentiated. */
const MAX_STEPS = 4;

/** Operations that jump, or are undefined in ways that cannot be seen from their arguments. */
const JUMPING: ReadonlySet<string> = new Set(['where', 'floor', 'ceil', 'sign', 'abs', 'gamma', 'mod']);

/** The limit of an expression as a name goes to a value; undefined where nothing certain is known. */
export function limitOf(e: Expr, name: string, value: Expr): Expr | undefined {
  if (!symbols(e).has(name)) return e;
  return approached(simplify(e), name, value, MAX_STEPS) ?? approached(e, name, value, MAX_STEPS);
}

function approached(e: Expr, name: string, value: Expr, steps: number): Expr | undefined {
  const at = (x: Expr) => substitute(x, (n) => (n === name ? value : undefined));
  const isZero = (x: Expr) => provedEqual(at(x), num(0));
  if (isApply(e, 'div')) {
    const [above, below] = e.args as [Expr, Expr];
    if (isContinuous(above, name, isZero) && isContinuous(below, name, isZero) && isZero(below)) {
      if (!isZero(above) || steps === 0) return undefined;
      const quotient: Expr = { ...e, args: [differentiate(above, name), differentiate(below, name)] };
      return approached(quotient, name, value, steps - 1);
    }
  }
  if (isApply(e, 'add') || isApply(e, 'sub') || isApply(e, 'mul') || isApply(e, 'neg')) {
    const parts = e.args.map((a) => approached(a, name, value, steps));
    return parts.every((p) => p !== undefined) ? { ...e, args: parts as Expr[] } : undefined;
  }
  return isContinuous(e, name, isZero) ? at(e) : undefined;
}

/** Built of functions that are continuous where they are defined, and defined there as far as can be seen. */
function isContinuous(e: Expr, name: string, isZero: (x: Expr) => boolean): boolean {
  if (e.kind !== 'apply' || !symbols(e).has(name)) return true;
  const { op, args } = e;
  if (JUMPING.has(op) || isPredicate(op)) return false;
  if (op === 'div' && isZero(args[1] as Expr)) return false;
  if (/^(?:log|log2|log10|sqrt|reciprocal|logit)$/.test(op) && isZero(args[0] as Expr)) return false;
  if (op === 'pow' && isZero(args[0] as Expr) && !(args[1]?.kind === 'number' && args[1].value > 0)) return false;
  return args.every((a) => isContinuous(a, name, isZero));
}
