/**
 * The language in which the derivative of a tensor primitive is stated: one linear term an operand, from a
 * direction of that operand to the direction that it causes in the result.
 *
 * A term is built from four things: the direction itself, sums, elementwise scaling by a coefficient, and the
 * multilinear operations of `./multilinear`, applied in one of their operands. The language is closed under
 * transposition (`./transpose`), so one evaluator (`./evaluateTerm`) serves tangents, adjoints, derivatives that
 * are recorded in turn, and the formulas that the reader sees.
 *
 * Coefficients are expressions over the operands `x0`, `x1` …, the result `v` and the rule's named residuals;
 * they are evaluated elementwise, with broadcasting.
 */
import { type Expr, sym } from '../symbolic/expr';
import { sameShape, type Shape } from '../tensor';
import { type Attributes, MULTILINEAR, type MultilinearOp } from './multilinear';

export type Term = Direction | Sum | Scaled | Applied;

export interface Direction {
  readonly kind: 'direction';
}

export interface Sum {
  readonly kind: 'sum';
  readonly terms: readonly Term[];
}

/** `by ⊙ of`. The coefficient broadcasts to the shape of `of`. Where `of` is exactly 0, or the coefficient by its form, so is the
 * result. */
export interface Scaled {
  readonly kind: 'scaled';
  readonly by: Expr;
  readonly of: Term;
}

/** A multilinear operation with `of` as its operand in `slot`, and coefficients as the others, in order. */
export interface Applied {
  readonly kind: 'applied';
  readonly op: MultilinearOp;
  readonly attributes: Attributes;
  readonly slot: number;
  readonly coefficients: readonly Expr[];
  readonly of: Term;
}

export const DIRECTION: Direction = { kind: 'direction' };

export function plus(...terms: readonly Term[]): Term {
  return terms.length === 1 ? (terms[0] as Term) : { kind: 'sum', terms };
}

export function scaled(by: Expr, of: Term): Term {
  return by.kind === 'number' && by.value === 1 ? of : { kind: 'scaled', by, of };
}

export function applied(
  op: MultilinearOp,
  attributes: Attributes,
  of: Term,
  slot = 0,
  coefficients: readonly Expr[] = [],
): Term {
  return { kind: 'applied', op, attributes, slot, coefficients, of };
}

/** The operand in a slot, as a coefficient. */
export const operand = (slot: number): Expr => sym(`x${slot}`);
/** The result, as a coefficient. */
export const RESULT: Expr = sym('v');

/** `of`, which has shape `from`, repeated to a larger shape by broadcasting. */
export function broadcast(of: Term, from: Shape, shape: Shape): Term {
  return sameShape(from, shape) ? of : applied('broadcast', { shape }, of);
}

/** `of`, which has shape `from`, summed over what broadcasting had repeated. */
export function sumTo(of: Term, from: Shape, shape: Shape): Term {
  return sameShape(from, shape) ? of : applied('sum_to', { shape }, of);
}

export function reshaped(of: Term, from: Shape, shape: Shape): Term {
  return sameShape(from, shape) ? of : applied('reshape', { shape }, of);
}

/** Shape of a term for a direction of the given shape. */
export function shapeOf(term: Term, direction: Shape): Shape {
  switch (term.kind) {
    case 'direction':
      return direction;
    case 'sum':
      return shapeOf(term.terms[0] as Term, direction);
    case 'scaled':
      return shapeOf(term.of, direction);
    case 'applied':
      return MULTILINEAR[term.op].shape(shapeOf(term.of, direction), term.attributes, term.slot);
  }
}
