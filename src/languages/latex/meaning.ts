/** What the functions of mathematics mean, in scalar primitives: the vocabulary of the lowering, each name once. */
import { add, div, type Expr, fn, mul, num, sub, symbols } from '../../symbolic';

type Meaning = (...args: readonly Expr[]) => Expr;

const unary =
  (op: string): Meaning =>
  (x) =>
    fn(op, x as Expr);
/** Against a number, max and min are the forms of relu: at a tie nothing reaches the other operand. */
function pick(op: 'max' | 'min', a: Expr, b: Expr): Expr {
  if (symbols(a).size === 0) return symbols(b).size === 0 ? fn(`${op}imum`, a, b) : fn(`${op}_const`, b, a);
  return symbols(b).size === 0 ? fn(`${op}_const`, a, b) : fn(`${op}imum`, a, b);
}
const fold =
  (op: 'max' | 'min'): Meaning =>
  (first, ...rest) =>
    rest.reduce((a, b) => pick(op, a, b), first as Expr);

/** How many arguments a meaning takes: a number, or at least one. */
interface Entry {
  readonly arity: number | 'many';
  readonly meaning: Meaning;
}

const one = (meaning: Meaning): Entry => ({ arity: 1, meaning });

/** Functions of the vocabulary, whatever a document says. */
export const FUNCTION_MEANINGS: ReadonlyMap<string, Entry> = new Map(
  Object.entries({
    sin: one(unary('sin')),
    cos: one(unary('cos')),
    tan: one(unary('tan')),
    cot: one((x) => div(fn('cos', x as Expr), fn('sin', x as Expr))),
    sec: one((x) => div(1, fn('cos', x as Expr))),
    csc: one((x) => div(1, fn('sin', x as Expr))),
    asin: one(unary('asin')),
    acos: one(unary('acos')),
    atan: one(unary('atan')),
    sinh: one(unary('sinh')),
    cosh: one(unary('cosh')),
    tanh: one(unary('tanh')),
    coth: one((x) => div(1, fn('tanh', x as Expr))),
    sech: one(unary('sech')),
    csch: one(unary('csch')),
    asec: one(unary('asec')),
    acsc: one(unary('acsc')),
    asech: one(unary('asech')),
    acsch: one(unary('acsch')),
    acoth: one(unary('acoth')),
    asinh: one(unary('asinh')),
    acosh: one(unary('acosh')),
    atanh: one(unary('atanh')),
    exp: one(unary('exp')),
    log: one(unary('log')),
    ln: one(unary('log')),
    max: { arity: 'many', meaning: fold('max') },
    min: { arity: 'many', meaning: fold('min') },
  } satisfies Record<string, Entry>),
);

/** Names that usually stand for these functions, unless the document defines them. */
export const USUAL_MEANINGS: ReadonlyMap<string, Entry> = new Map(
  Object.entries({
    sigma: one(unary('sigmoid')),
    sigmoid: one(unary('sigmoid')),
    logistic: one(unary('sigmoid')),
    ReLU: one(unary('relu')),
    relu: one(unary('relu')),
    softplus: one(unary('softplus')),
    sign: one(unary('sign')),
    sgn: one(unary('sign')),
    erf: one(unary('erf')),
    sqrt: one(unary('sqrt')),
    abs: one(unary('abs')),
    logit: one(unary('logit')),
    Gamma: one(unary('gamma')),
  } satisfies Record<string, Entry>),
);

/** log to a base. */
export function logarithm(base: Expr, x: Expr): Expr {
  if (base.kind === 'number' && base.value === 2) return fn('log2', x);
  if (base.kind === 'number' && base.value === 10) return fn('log10', x);
  return div(fn('log', x), fn('log', base));
}

export function factorial(x: Expr): Expr {
  return fn('gamma', add(x, num(1)));
}

/** n! / (k! (n − k)!), by the gamma function where these are no whole numbers. */
export function binomial(n: Expr, k: Expr): Expr {
  return div(factorial(n), mul(factorial(k), factorial(sub(n, k))));
}
