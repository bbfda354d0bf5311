/** Transposition of linear terms: what turns a tangent rule into an adjoint rule. */
import type { Shape } from '../tensor';
import { MULTILINEAR } from './multilinear';
import { applied, DIRECTION, plus, scaled, shapeOf, type Term } from './terms';

/**
 * The transposed map: a term from a cotangent of what `term` yields to a cotangent of its direction.
 * @param direction shape of the direction of `term`
 */
export function transpose(term: Term, direction: Shape): Term {
  return pull(term, direction, DIRECTION);
}

function pull(term: Term, direction: Shape, cotangent: Term): Term {
  switch (term.kind) {
    case 'direction':
      return cotangent;
    case 'sum':
      return plus(...term.terms.map((part) => pull(part, direction, cotangent)));
    case 'scaled':
      return pull(term.of, direction, scaled(term.by, cotangent));
    case 'applied': {
      const { op, attributes, slot, coefficients, of } = term;
      const back = MULTILINEAR[op].transpose(shapeOf(of, direction), attributes, slot);
      const order = back.coefficients ?? coefficients.map((_, i) => i);
      const others = order.map((i) => coefficients[i] as (typeof coefficients)[number]);
      return pull(of, direction, applied(back.op, back.attributes, cotangent, back.slot, others));
    }
  }
}
