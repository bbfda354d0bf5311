import { fromValues, type NdArray, sizeOf, zeros } from '../tensor';
import { gradientOf } from './gradientEvidence';
import { shapeOfRow } from './linearization';
import type { Ref, Tape } from './tape';

/** ∂output/∂row as a matrix, one row an element of the output: one reverse sweep a row. */
export function jacobianMatrix(tape: Tape, output: Ref, row: Ref): NdArray {
  const shape = shapeOfRow(tape, output);
  const [m, n] = [sizeOf(shape), sizeOf(shapeOfRow(tape, row))];
  const matrix = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    const seed = zeros(shape);
    seed.data[i] = 1;
    const weight = shape.length === 0 ? 1 : seed;
    matrix.set(gradientOf(tape, new Map([[output, weight]]), row).elements(), i * n);
  }
  return fromValues('float64', [m, n], matrix);
}
