/** Tensor primitives applied to Python values: a step where an input reaches an operand. */
import type { Attributes } from '../../../autodiff/multilinear';
import { applyTensor } from '../../../autodiff/tensorRules';
import type { Site } from '../../../model';
import { asType, type DType, isFloat, sizeOf } from '../../../tensor';
import type { Runtime } from '../runtime';
import { PyUnknown, type PyValue } from '../values/object';
import { arrayOfRow, type Operand, wrap } from './array';
import { numeric } from './errors';

/** Multiplications of dense methods for n×n matrices, in n³, measured against those of a product. */
const OF_MATRICES: Readonly<Partial<Record<string, number>>> = {
  det: 1,
  det_sign: 1,
  logdet: 1,
  cholesky: 4,
  inv: 4,
  solve: 4,
  cofactor: 8,
  qr_q: 16,
  qr_r: 16,
  eigenvalues: 16,
  eigenvectors: 16,
  singular_values: 16,
  left_vectors: 16,
  right_vectors: 16,
  pinv: 16,
};

/** Multiplications that a product needs, roughly: rows × columns × inner. */
function flops(op: string, operands: readonly Operand[]): number {
  const [a, b] = operands;
  const dense = OF_MATRICES[op];
  if (dense !== undefined && a && a.nd.ndim >= 2) return a.nd.size * Math.min(...a.nd.shape.slice(-2)) * dense;
  if (!a || !b || (op !== 'matmul' && op !== 'dot' && op !== 'outer' && op !== 'tensordot')) {
    return operands.reduce((n, x) => n + x.nd.size, 0);
  }
  if (op === 'outer') return a.nd.size * b.nd.size;
  const last = b.nd.shape[b.nd.ndim - 1] ?? 1;
  return a.nd.size * (b.nd.ndim > 1 ? last : 1) * (b.nd.ndim > 2 && op === 'dot' ? sizeOf(b.nd.shape.slice(0, -2)) : 1);
}

/** How many multiplications of a product count as one operation of the budget. */
export const FLOPS_PER_OPERATION = 64;

/** Elements of a product's result. */
function elementsOfProduct(op: string, operands: readonly Operand[]): number {
  if (op !== 'matmul' && op !== 'dot' && op !== 'outer') return 0;
  const inner = op === 'outer' ? 1 : (operands[0]?.nd.shape.at(-1) ?? 1);
  return flops(op, operands) / Math.max(1, inner);
}

/** Takes what a primitive costs from the budget. */
export function payFor(rt: Runtime, op: string, operands: readonly Operand[]): void {
  rt.tick(1 + Math.floor(flops(op, operands) / FLOPS_PER_OPERATION));
}

export function tensor(
  rt: Runtime,
  op: string,
  operands: readonly Operand[],
  attributes: Attributes,
  site: Site,
  dtype?: DType,
): PyValue {
  payFor(rt, op, operands);
  if (!rt.affords(8 * elementsOfProduct(op, operands)))
    return rt.unknown('budget', 'this array is too large to compute', site);
  return numeric(rt, site, () => {
    const { recorder } = rt;
    if (!recorder || operands.every((x) => x.row === undefined)) {
      const nd = applyTensor(
        op,
        operands.map((x) => x.nd),
        attributes,
      );
      // What moves elements of integers moves them as floats.
      return wrap(rt, dtype !== undefined && !isFloat(dtype) && isFloat(nd.dtype) ? asType(nd, dtype) : nd);
    }
    const rows = operands.map(
      (x) => x.row ?? (x.nd.ndim === 0 ? recorder.constant(x.nd.item()) : recorder.constant(x.nd)),
    );
    return arrayOfRow(rt, recorder.tensor(op, rows, attributes, rt.visible(site)), dtype);
  });
}

/** All operands, or the first unknown among them. */
export function knownOperands(operands: readonly (Operand | PyUnknown)[]): readonly Operand[] | PyUnknown {
  for (const x of operands) if (x instanceof PyUnknown) return x;
  return operands as readonly Operand[];
}
