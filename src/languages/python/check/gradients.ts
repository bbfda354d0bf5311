/** The right gradient beside each claimed one, in the meaning that the shapes give to the claim. */
import { shapeOfRow } from '../../../autodiff/linearization';
import {
  elementwiseSlope,
  filled,
  gradientOf,
  onesFor,
  seededWeights,
  type WeightedPass,
} from '../../../autodiff/gradientEvidence';
import { jacobianMatrix } from '../../../autodiff/jacobianMatrix';
import { tangents } from '../../../autodiff/sweeps';
import type { Ref } from '../../../autodiff/tape';
import { type NdArray, reshape, sameShape, scalar, sizeOf, transpose } from '../../../tensor';
import type { Shot } from './shot';

/** What a claimed gradient has to be, and what hypotheses vary. */
export interface Expectation {
  readonly expected: NdArray;
  /** The pass with the weights that belong to `expected`; undefined where it is a Jacobian. */
  readonly pass: WeightedPass | undefined;
  readonly remark?: string;
  /** Only a part of the derivative has this shape: agreement proves nothing. */
  readonly isPart?: true;
}

/** The gradient by a row in the shape that a claim has; a reason where there is none in that shape. */
export function expectationFor(shot: Shot, claimed: NdArray, row: Ref): Expectation | string {
  const { pass, outputs, hasUpstream } = shot;
  const { tape, seeds, describe } = pass;
  const output = (outputs[0] as Shot['outputs'][number]).row;
  const own = shapeOfRow(tape, row);
  const shape = shapeOfRow(tape, output);
  if (hasUpstream || shape.length === 0) return { expected: gradientOf(tape, seeds, row), pass };
  const ones = onesFor(tape, seeds);
  const weights = seededWeights(shape, 7);
  const unweighted: WeightedPass = { tape, seeds: ones, describe };
  if (own.length === 0 && (sameShape(claimed.shape, shape) || claimed.size === 1)) {
    const tangent = tangents(tape, new Map([[row, 1]]));
    const expected = tape.isArray(output)
      ? (tangent.arrays.get(output) ?? filled(shape, 0))
      : scalar(tangent.scalars[output] as number);
    return { expected, pass: undefined };
  }
  const [m, n] = [sizeOf(shape), sizeOf(own)];
  // All partial derivatives: of an elementwise function these are a diagonal matrix.
  if (claimed.size === m * n && m * n <= MAX_JACOBIAN && !sameShape(claimed.shape, own)) {
    const full = jacobianMatrix(tape, output, row);
    const rows = [...shape, ...own];
    if (sameShape(claimed.shape, rows)) return { expected: reshape(full, rows), pass: undefined };
    if (claimed.ndim === 2 && claimed.shape[0] === m) return { expected: full, pass: undefined };
    if (claimed.ndim === 2 && claimed.shape[0] === n) {
      return { expected: transpose(full), pass: undefined, remark: 'the transpose of the Jacobian' };
    }
  }
  // A loss that has kept axes of length one.
  if (m === 1 && sameShape(claimed.shape, own)) return { expected: gradientOf(tape, ones, row), pass: unweighted };
  const slope = elementwiseSlope(tape, output, row, weights);
  if (slope) return { expected: slope, pass: unweighted };
  // One result a row: what belongs to different rows does not mix.
  if (sameShape(claimed.shape, own) && shape.length < own.length && separates(shot, output, row, shape, own)) {
    return { expected: gradientOf(tape, ones, row), pass: unweighted };
  }
  if (sameShape(claimed.shape, own) && sameShape(own, shape) && m * n <= MAX_JACOBIAN) {
    const full = jacobianMatrix(tape, output, row);
    const diagonal = filled(own, 0);
    for (let i = 0; i < n; i++) diagonal.data[i] = full.at(i, i);
    return {
      expected: diagonal,
      pass: undefined,
      remark: 'this is the diagonal of the Jacobian, whose other entries are not zero',
      isPart: true,
    };
  }
  return `no derivative of \`${describe(output)}\` has the shape (${claimed.shape.join(', ')}${claimed.ndim === 1 ? ',' : ''})`;
}

const MAX_JACOBIAN = 4096;

/** Whether the gradient under weights is the gradient under ones, each row times its weight. */
function separates(shot: Shot, output: Ref, row: Ref, shape: readonly number[], own: readonly number[]): boolean {
  const { tape } = shot.pass;
  if (!shape.every((n, i) => n === own[i])) return false;
  const weights = seededWeights(shape, 11);
  const ones = gradientOf(tape, new Map([[output, filled(shape, 1)]]), row).elements();
  const weighted = gradientOf(tape, new Map([[output, weights]]), row).elements();
  const each = sizeOf(own) / sizeOf(shape);
  const w = weights.elements();
  return weighted.every((x, i) => {
    const y = (ones[i] as number) * (w[Math.floor(i / each)] as number);
    return Math.abs(x - y) <= 1e-10 * (Math.abs(x) + Math.abs(y));
  });
}
