import type { Expr } from '../symbolic/expr';
import type { NdArray, Shape } from '../tensor';
import type { Attributes } from './multilinear';
import type { Term } from './terms';

/** What a rule may know when it states its terms: shapes and attributes, never values. */
export interface RuleContext<A = Attributes> {
  readonly operands: readonly Shape[];
  readonly result: Shape;
  readonly attributes: A;
}

/** A value that several coefficients of a rule share. */
export type Residual =
  | {
      /** A tensor primitive of operands that are coefficients themselves. */
      readonly op: string;
      readonly of: readonly Expr[];
      readonly attributes: Attributes;
    }
  | { readonly data: NdArray };

/** A tensor primitive: its value, and one linear term an operand. Everything else is derived. */
export interface TensorRule<A = Attributes> {
  /** @throws TensorError with the operation and the shapes */
  value(operands: readonly NdArray[], attributes: A): NdArray;
  /** `undefined`: a change of this operand does not reach the result (an index, a mask). */
  terms(context: RuleContext<A>): readonly (Term | undefined)[];
  residuals?(context: RuleContext<A>): Readonly<Record<string, Residual>>;
  /** Non-zero where the primitive is not differentiable, or only by convention: over `x0` …, `v` and residuals. */
  kink?(context: RuleContext<A>): Expr;
  /** What holds on its kinks, for the reader, if not that the derivative is taken as 0. */
  readonly kinkText?: string;
  /** What the reader must know about every step of it. */
  readonly note?: string;
}

/** States a rule with typed attributes. */
export function tensorRule<A>(rule: TensorRule<A>): TensorRule {
  return rule as unknown as TensorRule;
}
