/** Rules of primitives that are linear themselves: the term is the value. */
import type { NdArray } from '../tensor';
import { arrayAlgebra } from './arrayAlgebra';
import { evaluateTerm } from './evaluateTerm';
import type { Attributes } from './multilinear';
import type { RuleContext, TensorRule } from './tensorRule';
import type { Term } from './terms';

const LINEAR = arrayAlgebra((op) => {
  throw new Error(`${op} is not linear`);
});

function noCoefficients(name: string): never {
  throw new Error(`a linear primitive has no coefficient ${name}`);
}

/** A rule for a linear primitive of one operand: nobody states its value a second time. */
export function linearRule<A>(
  term: (context: { operands: RuleContext['operands']; attributes: A }) => Term,
): TensorRule {
  const termFor = (operands: RuleContext['operands'], attributes: Attributes) =>
    term({ operands, attributes: attributes as A });
  return {
    value(operands, attributes) {
      const x = operands[0] as NdArray;
      return evaluateTerm(LINEAR, termFor([x.shape], attributes), x, noCoefficients) as NdArray;
    },
    terms: ({ operands, attributes }) => [termFor(operands, attributes)],
  };
}
