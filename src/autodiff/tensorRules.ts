/** All tensor primitives by name. One file a family in `./rules`. */
import { type NdArray, type Shape, shapeText, TensorError } from '../tensor';
import { arrayAlgebra } from './arrayAlgebra';
import { type Attributes, isMultilinear, MULTILINEAR, type MultilinearOp } from './multilinear';
import { castRule, indexRule, setIndexRule, whereRule } from './rules/choice';
import * as convolution from './rules/convolution';
import * as linearAlgebra from './rules/linearAlgebra';
import * as factors from './rules/factors';
import { firstRule, markRule } from './rules/marks';
import * as products from './rules/products';
import * as reductions from './rules/reductions';
import * as shape from './rules/shape';
import * as softmax from './rules/softmax';
import * as spectral from './rules/spectral';
import type { TensorRule } from './tensorRule';
import { applied, DIRECTION, operand } from './terms';

/** A multilinear operation as a primitive: in each slot, its term is the operation itself. */
function multilinearRule(op: MultilinearOp): TensorRule {
  return {
    value: MULTILINEAR[op].value,
    terms: ({ operands, attributes }) =>
      operands.map((_: Shape, slot) =>
        applied(
          op,
          attributes,
          DIRECTION,
          slot,
          operands.flatMap((_shape, i) => (i === slot ? [] : [operand(i)])),
        ),
      ),
  };
}

const multilinear = Object.fromEntries(
  (Object.keys(MULTILINEAR) as MultilinearOp[]).map((op) => [op, multilinearRule(op)]),
) as Record<MultilinearOp, TensorRule>;

export const TENSOR_RULES = {
  ...multilinear,
  reshape: shape.reshapeRule,
  transpose: shape.transposeRule,
  flip: shape.flipRule,
  roll: shape.rollRule,
  tile: shape.tileRule,
  repeat: shape.repeatRule,
  pick: shape.pickRule,
  diag: shape.diagRule,
  diagonal: shape.diagonalRule,
  trace: shape.traceRule,
  pad: shape.padRule,
  cumsum: shape.cumsumRule,
  cumprod: shape.cumprodRule,
  concatenate: shape.concatenateRule,
  stack: shape.stackRule,
  index: indexRule,
  set_index: setIndexRule,
  where: whereRule,
  sum: reductions.sumRule,
  mean: reductions.meanRule,
  var: reductions.varRule,
  std: reductions.stdRule,
  prod: reductions.prodRule,
  max: reductions.maxRule,
  min: reductions.minRule,
  logsumexp: reductions.logsumexpRule,
  norm: reductions.normRule,
  matmul: products.matmulRule,
  dot: products.dotRule,
  inner: products.innerRule,
  outer: products.outerRule,
  tensordot: products.tensordotRule,
  einsum: products.einsumRule,
  softmax: softmax.softmaxRule,
  log_softmax: softmax.logSoftmaxRule,
  cross_entropy: softmax.crossEntropyRule,
  binary_cross_entropy: softmax.binaryCrossEntropyRule,
  recurrence: shape.recurrenceRule,
  det: linearAlgebra.detRule,
  det_sign: linearAlgebra.detSignRule,
  logdet: linearAlgebra.logdetRule,
  cofactor: linearAlgebra.cofactorRule,
  inv: linearAlgebra.invRule,
  solve: linearAlgebra.solveRule,
  solve_triangular: linearAlgebra.solveTriangularRule,
  cholesky: linearAlgebra.choleskyRule,
  eigenvalues: spectral.eigenvaluesRule,
  eigenvectors: spectral.eigenvectorsRule,
  singular_values: spectral.singularValuesRule,
  left_vectors: spectral.leftVectorsRule,
  right_vectors: spectral.rightVectorsRule,
  inverse_gaps: spectral.inverseGapsRule,
  close_pairs: spectral.closePairsRule,
  vanishing: spectral.vanishingRule,
  qr_q: factors.qrQRule,
  qr_r: factors.qrRRule,
  regular: factors.regularRule,
  pinv: factors.pinvRule,
  deficient: factors.deficientRule,
  conv: convolution.convRule,
  max_pool: convolution.maxPoolRule,
  average_pool: convolution.averagePoolRule,
  cast: castRule,
  mark: markRule,
  first: firstRule,
} satisfies Record<string, TensorRule>;

export type TensorOp = keyof typeof TENSOR_RULES;

export function isTensorOp(op: string): op is TensorOp {
  return Object.hasOwn(TENSOR_RULES, op);
}

/** Thrown where a trace holds an operation that has no rule. */
export class NoRuleError extends Error {
  constructor(readonly op: string) {
    super(`${op} has no derivative rule`);
    this.name = 'NoRuleError';
  }
}

/** @throws NoRuleError */
export function tensorRuleOf(op: string): TensorRule {
  if (!isTensorOp(op)) throw new NoRuleError(op);
  return TENSOR_RULES[op];
}

/**
 * Value of a tensor primitive.
 * @throws TensorError that names this primitive and the shapes of its operands, whatever kernel has found the fault
 */
export function applyTensor(op: string, operands: readonly NdArray[], attributes: Attributes): NdArray {
  const { value } = tensorRuleOf(op);
  try {
    return value(operands, attributes);
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
    const shapes = operands.map((x) => shapeText(x.shape));
    const said = shapes.every((text) => error.detail.includes(text));
    if (error.operation === op && said) throw error;
    throw new TensorError(
      error.code,
      op,
      said ? error.detail : `${error.detail} (of ${shapes.join(' and ')})`,
      error.numpy,
    );
  }
}

/** Arrays, with all primitives. */
export const ARRAYS = arrayAlgebra((op, operands, attributes) =>
  isMultilinear(op) ? MULTILINEAR[op].value(operands, attributes) : applyTensor(op, operands, attributes),
);
