/** Proofs that two expressions are equal. */
import { equal, type Expr } from './expr';
import { compareExactly } from './compare';

/** A proof that two expressions are equal, or that none was found. */
export interface Proof {
  readonly proved: boolean;
  /**
   * Where proved: what one side divides by and the other does not. Where one of these is zero only one side is defined, as in
   * x/x = 1.
   */
  readonly exceptZerosOf: readonly Expr[];
}

const NOT_PROVED: Proof = { proved: false, exceptZerosOf: [] };

/**
 * Tries to prove that `a` and `b` are equal as real functions of their symbols. A proof means: at every real point where both
 * are defined they have the same value, and they are defined at the same points but for the zeros of `exceptZerosOf`. So
 * log x² = 2 log x, which holds for x > 0 only, is not proved. Decimals are taken as they are written: 0.1 is one tenth, and
 * 0.3333 is not a third.
 *
 * No proof does not mean that they differ. Arithmetic is exact; nothing is sampled.
 */
export function prove(a: Expr, b: Expr): Proof {
  if (equal(a, b)) return { proved: true, exceptZerosOf: [] };
  const comparison = compareExactly(a, b);
  if (!comparison?.equalValues || comparison.domainsDiffer) return NOT_PROVED;
  return { proved: true, exceptZerosOf: comparison.exceptions };
}

/** Whether {@link prove} finds a proof. */
export function provedEqual(a: Expr, b: Expr): boolean {
  return prove(a, b).proved;
}
