/** Local folding: what can be left out of a formula without changing its value. */
import { apply, type Expr, isNumber, num } from './expr';
import { arityOf, evaluate } from './evaluate';
import { isPredicate } from './rules';

const isWhole = (e: Expr): boolean => e.kind === 'number' && Number.isSafeInteger(e.value);

/**
 * One operation over folded operands: neutral elements drop out (x · 1, x + 0, x¹), arithmetic of whole numbers, comparisons of numbers and
 * choices between equal or decided branches are carried out. It never multiplies by 0, reorders or rounds;
 * only the sign of a zero may change (−0 + 0).
 */
export function folded(op: string, ...args: readonly Expr[]): Expr {
  const [a, b, c] = args as [Expr, Expr, Expr];
  switch (op) {
    case 'add':
      if (isNumber(a, 0)) return b;
      if (isNumber(b, 0)) return a;
      break;
    case 'sub':
      if (isNumber(b, 0)) return a;
      break;
    case 'mul':
      if (isNumber(a, 1)) return b;
      if (isNumber(b, 1)) return a;
      break;
    case 'div':
      if (isNumber(b, 1)) return a;
      break;
    case 'pow':
      if (isNumber(b, 1)) return a;
      break;
    case 'neg':
      if (a.kind === 'apply' && a.op === 'neg') return a.args[0] as Expr;
      if (a.kind === 'number' && a.value !== 0) return num(-a.value);
      break;
    case 'where':
      if (a.kind === 'number') return a.value !== 0 ? b : c;
      break;
  }
  if (isPredicate(op) && args.every((x) => x.kind === 'number'))
    return num(evaluate(apply(op, ...args), () => undefined));
  if (op === 'and') {
    if (isNumber(a, 0) || isNumber(b, 0)) return num(0);
    if (isNumber(a, 1)) return b;
    if (isNumber(b, 1)) return a;
  }
  if (
    (op === 'add' || op === 'sub' || op === 'mul' || op === 'pow') &&
    args.length === arityOf(op) &&
    args.every(isWhole)
  ) {
    const value = evaluate(apply(op, ...args), () => undefined);
    if (Number.isSafeInteger(value)) return num(value);
  }
  return apply(op, ...args);
}

/** Folds all operations of an expression; see {@link folded}. */
export function fold(e: Expr): Expr {
  const done = new Map<Expr, Expr>();
  const visit = (e: Expr): Expr => {
    if (e.kind !== 'apply') return e;
    let result = done.get(e);
    if (!result) done.set(e, (result = folded(e.op, ...e.args.map(visit))));
    return result;
  };
  return visit(e);
}
