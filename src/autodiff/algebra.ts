import { type ApplyExpr, type Expr, isApply, isNumber } from '../symbolic/expr';
import { isScalarOp, PREDICATES, type Predicate, type ScalarOp } from '../symbolic/rules';
import type { NdArray, Shape } from '../tensor';
import type { Attributes } from './multilinear';

/**
 * What linear terms and their coefficients are evaluated in. Three algebras interpret the same rules: arrays (the
 * numeric sweeps), rows of a trace (derivatives that are recorded in turn) and expressions (the formulas).
 */
export interface Algebra<T> {
  shape(x: T): Shape;
  number(x: number): T;
  data(x: NdArray): T;
  /** A scalar primitive, elementwise with broadcasting. */
  elementwise(op: ScalarOp, x: T, y?: T): T;
  /** A comparison or logical operation: 0 or 1, never differentiated. */
  predicate(op: Predicate, x: T, y?: T): T;
  /** Elementwise choice; an absent branch is 0. */
  select(condition: T, yes: T | undefined, no: T | undefined): T;
  /** Elementwise product of a direction with a coefficient; 0 wherever the direction is exactly 0. */
  scale(coefficient: T, direction: T): T;
  tensor(op: string, operands: readonly T[], attributes: Attributes): T;
}

const isPredicate = (op: string): op is Predicate => (PREDICATES as readonly string[]).includes(op);

/** The value of an elementwise expression, with `env` giving its symbols. */
export function evaluateCoefficient<T>(algebra: Algebra<T>, e: Expr, env: (name: string) => T): T {
  if (e.kind === 'number') return algebra.number(e.value);
  if (e.kind === 'symbol') return env(e.name);
  const value = (arg: Expr) => evaluateCoefficient(algebra, arg, env);
  const [a, b, c] = e.args as [Expr, Expr, Expr];
  if (e.op === 'where') return algebra.select(value(a), value(b), value(c));
  if (e.op === 'pi') return algebra.number(Math.PI);
  if (e.op === 'e') return algebra.number(Math.E);
  if (isPredicate(e.op)) return algebra.predicate(e.op, value(a), b ? value(b) : undefined);
  if (isScalarOp(e.op)) return algebra.elementwise(e.op, value(a), b ? value(b) : undefined);
  throw new Error(`${e.op} is no elementwise operation`);
}

/**
 * `by ⊙ direction`, where a branch of `by` that is 0 by its form contributes nothing, whatever the direction is.
 * Undefined for nothing at all.
 */
export function scaleBy<T>(algebra: Algebra<T>, by: Expr, direction: T, env: (name: string) => T): T | undefined {
  if (isNumber(by, 0)) return undefined;
  if (isNumber(by, 1)) return direction;
  if (isNumber(by, -1)) return algebra.elementwise('neg', direction);
  if (isApply(by, 'where')) {
    const [condition, yes, no] = by.args as [Expr, Expr, Expr];
    const a = scaleBy(algebra, yes, direction, env);
    const b = scaleBy(algebra, no, direction, env);
    if (a === undefined && b === undefined) return undefined;
    return algebra.select(evaluateCoefficient(algebra, condition, env), a, b);
  }
  if (isApply(by, 'neg')) {
    const positive = scaleBy(algebra, (by as ApplyExpr).args[0] as Expr, direction, env);
    return positive === undefined ? undefined : algebra.elementwise('neg', positive);
  }
  return algebra.scale(evaluateCoefficient(algebra, by, env), direction);
}
