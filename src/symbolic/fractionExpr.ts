/** Fractions of polynomials as expressions. */
import { add, div, type Expr, mul, num, pow } from './expr';
import { type Fraction, type Monomial, type Polynomial, terms, TooLargeError } from './polynomial';
import type { Rational } from './rational';

/** @param generator the expression that a generator stands for */
export function fractionToExpr(f: Fraction, generator: (index: number) => Expr): Expr {
  const product = (m: Monomial): Expr[] => m.map(([g, e]) => (e === 1 ? generator(g) : pow(generator(g), e)));
  const joined = (factors: readonly Expr[]): Expr =>
    factors.length === 0 ? num(1) : factors.reduce((a, b) => mul(a, b));
  const polynomial = (p: Polynomial): Expr =>
    p.size === 0
      ? num(0)
      : terms(p)
          .map((t) =>
            joined([
              ...(isOne(t.coefficient) && t.monomial.length > 0 ? [] : [exact(t.coefficient)]),
              ...product(t.monomial),
            ]),
          )
          .reduce((a, b) => add(a, b));
  const bottom = [...f.bottom.values()].map(({ factor, power }) => pow(polynomial(factor), power));
  return bottom.length === 0 ? polynomial(f.top) : div(polynomial(f.top), joined(bottom));
}

const isOne = (r: Rational): boolean => r.n === 1n && r.d === 1n;

/** A rational number as an expression whose literals read back exactly. */
function exact(r: Rational): Expr {
  const [n, d] = [Number(r.n), Number(r.d)];
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) throw new TooLargeError();
  return d === 1 ? num(n) : div(n, d);
}
