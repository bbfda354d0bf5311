import type { Predicate, ScalarOp } from '../symbolic/rules';
import { kernelOf } from '../symbolic/kernelTable';
import {
  type Binary,
  map,
  type NdArray,
  quotientType,
  resultType,
  type Unary,
  weakFloat,
  withLoop,
  zeros,
  zip,
  zip3,
} from '../tensor';
import type { Algebra } from './algebra';
import { VALUES } from './generated/loops';
import { type Attributes, isMultilinear, MULTILINEAR } from './multilinear';
import { OP_SCALAR, scalarCode } from './tape';

/** The function of a scalar primitive, with its loop. */
export function valueFunction(op: ScalarOp): Unary | Binary {
  return VALUES[scalarCode(op) - OP_SCALAR] as Unary | Binary;
}

/** Product of a coefficient and a direction, 0 wherever the direction is 0: what does not move makes no 0 · ∞. */
const skippingProduct = withLoop(
  (c: number, d: number) => (d === 0 ? 0 : c * d),
  (
    n: number,
    out: Float64Array,
    outAt: number,
    outStep: number,
    c: Float64Array,
    cAt: number,
    cStep: number,
    d: Float64Array,
    dAt: number,
    dStep: number,
  ) => {
    for (let i = 0; i < n; i++) {
      const direction = d[dAt + i * dStep]!;
      out[outAt + i * outStep] = direction === 0 ? 0 : c[cAt + i * cStep]! * direction;
    }
  },
);

const floatType = (...operands: readonly NdArray[]) => quotientType(resultType(...operands.map((x) => x.promotion)));

/**
 * Arrays as an algebra. Directions are float64, and so is everything that is computed from them.
 * @param primitive values of the tensor primitives that are not multilinear
 */
export function arrayAlgebra(
  primitive: (op: string, operands: readonly NdArray[], attributes: Attributes) => NdArray,
): Algebra<NdArray> {
  return {
    shape: (x) => x.shape,
    number: weakFloat,
    data: (x) => x,
    elementwise(op: ScalarOp, x: NdArray, y?: NdArray): NdArray {
      const f = valueFunction(op);
      return y === undefined ? map(f as Unary, x, floatType(x)) : zip(f as Binary, x, y, floatType(x, y), op);
    },
    predicate(op: Predicate, x: NdArray, y?: NdArray): NdArray {
      const f = kernelOf(op) as Binary;
      return y === undefined ? map((a) => f(a, 0), x, 'bool') : zip(f, x, y, 'bool', op);
    },
    select(condition, yes, no) {
      const a = yes ?? zeros([]);
      const b = no ?? zeros([]);
      return zip3((c, p, q) => (c !== 0 ? p : q), condition, a, b, floatType(a, b), 'where');
    },
    scale: (coefficient, direction) =>
      zip(skippingProduct, coefficient, direction, floatType(coefficient, direction), 'scale'),
    tensor: (op, operands, attributes) =>
      isMultilinear(op) ? MULTILINEAR[op].value(operands, attributes) : primitive(op, operands, attributes),
  };
}
