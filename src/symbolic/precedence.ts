/** How tightly the operations bind: the one statement behind the parentheses of every printer. */

/** From loosest to tightest. */
export const PRECEDENCE = {
  selection: 1,
  disjunction: 2,
  conjunction: 3,
  negation: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  /** A leading minus in Python and JavaScript; in mathematics it binds as a sum does. */
  sign: 8,
  /** A function with a bare argument: sin x. */
  application: 9,
  power: 10,
  atom: 11,
} as const;

export type Precedence = (typeof PRECEDENCE)[keyof typeof PRECEDENCE];

export interface BinaryOperator {
  readonly precedence: Precedence;
  /** Which operand may be an operation of the same precedence without parentheses. */
  readonly associates: 'left' | 'right' | 'both' | 'none';
}

export const BINARY_OPERATORS: Readonly<Record<string, BinaryOperator>> = {
  or: { precedence: PRECEDENCE.disjunction, associates: 'both' },
  and: { precedence: PRECEDENCE.conjunction, associates: 'both' },
  lt: { precedence: PRECEDENCE.comparison, associates: 'none' },
  le: { precedence: PRECEDENCE.comparison, associates: 'none' },
  gt: { precedence: PRECEDENCE.comparison, associates: 'none' },
  ge: { precedence: PRECEDENCE.comparison, associates: 'none' },
  eq: { precedence: PRECEDENCE.comparison, associates: 'none' },
  ne: { precedence: PRECEDENCE.comparison, associates: 'none' },
  // Floating-point sums and products are not associative: source code keeps the grouping on the right.
  add: { precedence: PRECEDENCE.sum, associates: 'left' },
  sub: { precedence: PRECEDENCE.sum, associates: 'left' },
  mul: { precedence: PRECEDENCE.product, associates: 'left' },
  div: { precedence: PRECEDENCE.product, associates: 'left' },
  pow: { precedence: PRECEDENCE.power, associates: 'right' },
};

/** A piece of output with the precedence of its outermost operation. */
export interface Printed {
  readonly text: string;
  readonly precedence: number;
}

export const atom = (text: string): Printed => ({ text, precedence: PRECEDENCE.atom });

/** The text of an operand, in parentheses if it binds less tightly than its place demands. */
export function within(p: Printed, place: number): string {
  return p.precedence < place ? `(${p.text})` : p.text;
}

/** Left and right operand of a binary operator, with the parentheses that they need. */
export function operands(operator: BinaryOperator, left: Printed, right: Printed): [string, string] {
  const { precedence, associates } = operator;
  return [
    within(left, associates === 'left' || associates === 'both' ? precedence : precedence + 1),
    within(right, associates === 'right' || associates === 'both' ? precedence : precedence + 1),
  ];
}
