import { toFloat64 } from '../cast';
import { shapeText, TensorError } from '../error';
import type { NdArray } from '../ndarray';
import { promote, quotientType } from '../promotion';
import { broadcastShapes } from '../shape';
import { broadcastTo, expandDims, squeeze, swapAxes } from '../views';
import { linearAlgebraError, matrixAt, overMatrices, squareStack, stackOf } from './matrices';

/**
 * The lower triangular L with L·Lᵀ = a, from the lower triangle of a (Golub and Van Loan, algorithm 4.2.1).
 * @throws TensorError `value` (`Matrix is not positive definite`)
 */
export function cholesky(a: NdArray): NdArray {
  const stack = squareStack('cholesky', a);
  const n = stack.rows;
  return overMatrices(stack, [n, n], (matrix) => {
    const l = new Float64Array(n * n);
    for (let j = 0; j < n; j++) {
      let diagonal = matrix[j * n + j]!;
      for (let k = 0; k < j; k++) diagonal -= l[j * n + k]! * l[j * n + k]!;
      if (!(diagonal > 0)) throw linearAlgebraError('cholesky', 'Matrix is not positive definite', 'value');
      const root = Math.sqrt(diagonal);
      l[j * n + j] = root;
      for (let i = j + 1; i < n; i++) {
        let value = matrix[i * n + j]!;
        for (let k = 0; k < j; k++) value -= l[i * n + k]! * l[j * n + k]!;
        l[i * n + j] = value / root;
      }
    }
    return l;
  });
}

export interface TriangularOptions {
  /** Read the lower triangle of a (default: the upper). */
  readonly lower?: boolean;
  /** Solve with the transpose of a. */
  readonly transposed?: boolean;
  /** Take the diagonal of a as ones. */
  readonly unitDiagonal?: boolean;
}

/**
 * The solution of a·x = b for triangular a by substitution; the other triangle is not read. b is a vector or matrices.
 * @throws TensorError `singular` for a zero on the diagonal, `shape`
 */
export function solveTriangular(a: NdArray, b: NdArray, options: TriangularOptions = {}): NdArray {
  const { rows: n, batch: ownBatch } = squareStack('solve_triangular', a);
  const isVector = b.ndim === 1;
  const right = isVector ? expandDims(b, 1) : b;
  if (right.ndim < 2 || right.shape.at(-2) !== n) {
    const message = `shapes of a ${shapeText(a.shape)} and b ${shapeText(b.shape)} are incompatible`;
    throw new TensorError('shape', 'solve_triangular', message, {
      exception: 'ValueError',
      message,
    });
  }
  const transposed = options.transposed ?? false;
  const forward = (options.lower ?? false) !== transposed;
  const m = right.shape.at(-1)!;
  const batch = broadcastShapes('solve_triangular', ownBatch, right.shape.slice(0, -2));
  const source = transposed ? swapAxes(a, -1, -2) : a;
  const matrices = stackOf('solve_triangular', broadcastTo(source, [...batch, n, n]));
  const rights = stackOf('solve_triangular', broadcastTo(toFloat64(right), [...batch, n, m]));
  const dtype = promote(quotientType(a.dtype), quotientType(b.dtype));
  const result = overMatrices(
    matrices,
    [n, m],
    (matrix, index) => {
      const x = matrixAt(rights, index);
      for (let step = 0; step < n; step++) {
        const i = forward ? step : n - 1 - step;
        const from = forward ? 0 : i + 1;
        const to = forward ? i : n;
        for (let k = from; k < to; k++) {
          const factor = matrix[i * n + k]!;
          if (factor !== 0) for (let c = 0; c < m; c++) x[i * m + c]! -= factor * x[k * m + c]!;
        }
        if (options.unitDiagonal) continue;
        const diagonal = matrix[i * n + i]!;
        if (diagonal === 0) {
          const message = `singular matrix: resolution failed at diagonal ${i}`;
          throw linearAlgebraError('solve_triangular', message, 'singular');
        }
        for (let c = 0; c < m; c++) x[i * m + c]! /= diagonal;
      }
      return x;
    },
    dtype,
  );
  return isVector ? squeeze(result, -1) : result;
}
