/** Eigenvalues of symmetric matrices (`./implicitQl`) and singular values (`./bidiagonal`), of a matrix or a stack of them. */
import type { NdArray } from '../ndarray';
import { swapAxes } from '../views';
import { singularParts, type SingularParts } from './bidiagonal';
import { type Eigen, symmetricEigen } from './implicitQl';
import { linearAlgebraError, overMatrices, squareStack, stackOf } from './matrices';

/** Eigenvalues in ascending order and orthonormal eigenvectors (in columns) of symmetric matrices; the lower triangle is
 * read. */
export function eigh(array: NdArray): { values: NdArray; vectors: NdArray } {
  const stack = squareStack('eigh', array);
  const n = stack.rows;
  const results: Eigen[] = [];
  const values = overMatrices(stack, [n], (matrix) => {
    const eigen = lowerIsFinite(matrix, n) ? scaledEigen(matrix, n) : undefined;
    if (!eigen) throw linearAlgebraError('eigh', 'Eigenvalues did not converge', 'value');
    results.push(eigen);
    return eigen.values;
  });
  return { values, vectors: overMatrices(stack, [n, n], (_matrix, i) => results[i]!.vectors) };
}

export interface Svd {
  /** Left singular vectors in the columns. */
  readonly u: NdArray;
  /** Singular values in descending order. */
  readonly s: NdArray;
  /** Right singular vectors in the rows. */
  readonly vt: NdArray;
}

/**
 * a = u · diag(s) · vt. With `full` u is m×m and vt n×n, else u is m×k and vt k×n with k = min(m, n).
 * @throws TensorError where an element is not finite
 */
export function svd(array: NdArray, full = true): Svd {
  const stack = stackOf('svd', array);
  const { rows: m, columns: n } = stack;
  const k = Math.min(m, n);
  const results: SingularParts[] = [];
  const s = overMatrices(stack, [k], (matrix) => {
    const parts = matrix.every(Number.isFinite) ? scaledParts(matrix, m, n, full) : undefined;
    if (!parts) throw linearAlgebraError('svd', 'SVD did not converge', 'value');
    results.push(parts);
    return parts.s;
  });
  const [rows, columns] = full ? [m, n] : [k, k];
  const left = overMatrices(stack, [rows, m], (_matrix, i) => results[i]!.left);
  const vt = overMatrices(stack, [columns, n], (_matrix, i) => results[i]!.right);
  return { u: swapAxes(left, -1, -2), s, vt };
}

const lowerIsFinite = (matrix: Float64Array, n: number) =>
  matrix.every((x, k) => k % n > Math.floor(k / n) || Number.isFinite(x));

/** Elements beyond these have squares that over- or underflow. */
const [SMALLEST, LARGEST] = [2 ** -480, 2 ** 480];

/** A power of two to divide by, so that squares neither over- nor underflow. */
function scaleOf(matrix: Float64Array): number {
  const size = matrix.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return size === 0 || (size >= SMALLEST && size <= LARGEST) ? 1 : 2 ** Math.floor(Math.log2(size));
}

const divided = (matrix: Float64Array, scale: number) => (scale === 1 ? matrix : matrix.map((x) => x / scale));

function scaledParts(matrix: Float64Array, m: number, n: number, full: boolean): SingularParts | undefined {
  const scale = scaleOf(matrix);
  const parts = singularParts(divided(matrix, scale), m, n, full);
  return parts && { ...parts, s: parts.s.map((x) => x * scale) };
}

/** The lower triangle is read. */
function scaledEigen(matrix: Float64Array, n: number): Eigen | undefined {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) matrix[i * n + j] = matrix[j * n + i]!;
  const scale = scaleOf(matrix);
  const eigen = symmetricEigen(divided(matrix, scale), n);
  return eigen && { ...eigen, values: eigen.values.map((x) => x * scale) };
}
