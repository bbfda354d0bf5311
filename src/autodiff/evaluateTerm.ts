import { type Algebra, evaluateCoefficient, scaleBy } from './algebra';
import type { Term } from './terms';

/**
 * A linear term applied to a direction. Undefined where it is 0 by its form.
 * @param env values of the names that the coefficients use
 */
export function evaluateTerm<T>(
  algebra: Algebra<T>,
  term: Term,
  direction: T,
  env: (name: string) => T,
): T | undefined {
  switch (term.kind) {
    case 'direction':
      return direction;
    case 'sum': {
      let total: T | undefined;
      for (const part of term.terms) {
        const value = evaluateTerm(algebra, part, direction, env);
        if (value === undefined) continue;
        total = total === undefined ? value : algebra.elementwise('add', total, value);
      }
      return total;
    }
    case 'scaled': {
      const of = evaluateTerm(algebra, term.of, direction, env);
      return of === undefined ? undefined : scaleBy(algebra, term.by, of, env);
    }
    case 'applied': {
      const of = evaluateTerm(algebra, term.of, direction, env);
      if (of === undefined) return undefined;
      const operands = term.coefficients.map((e) => evaluateCoefficient(algebra, e, env));
      operands.splice(term.slot, 0, of);
      return algebra.tensor(term.op, operands, term.attributes);
    }
  }
}
