import type { NdArray } from '../ndarray';
import { fromValues } from '../ndarray';
import { det, determinantOf, factor, solveFactored } from './lu';
import { overMatrices, squareStack } from './matrices';
import { svd } from './spectral';

/** Up to this extent the cofactors of a singular matrix are determinants of minors; beyond, they come from its SVD. */
const BY_MINORS = 12;

/**
 * The cofactor matrix: Cᵢⱼ = (−1)ⁱ⁺ʲ det of the matrix without row i and column j, the derivative of the determinant by
 * each element. It exists for singular matrices too. Of a regular matrix it is det(A) A⁻ᵀ, which keeps its accuracy close
 * to singular ones (Stewart 1998, On the adjugate matrix).
 */
export function cofactors(a: NdArray): NdArray {
  const stack = squareStack('cofactor', a);
  const n = stack.rows;
  return overMatrices(stack, [n, n], (matrix) => {
    if (n <= 3) return small(matrix, n);
    if (!matrix.every(Number.isFinite)) return new Float64Array(n * n).fill(NaN);
    const factors = factor(matrix.slice(), n);
    const determinant = determinantOf(factors, n);
    // A determinant that has over- or underflown has lost the scale of the cofactors.
    if (!factors.singular && Math.abs(determinant) > 1e-290 && Number.isFinite(determinant)) {
      const identity = Float64Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));
      const inverse = solveFactored(factors, n, identity, n);
      return Float64Array.from({ length: n * n }, (_, i) => determinant * inverse[(i % n) * n + Math.floor(i / n)]!);
    }
    return n <= BY_MINORS ? byMinors(matrix, n) : bySingularValues(matrix, n);
  });
}

/** Closed forms: exact wherever the products are. */
function small(a: Float64Array, n: number): ArrayLike<number> {
  if (n === 0) return [];
  if (n === 1) return [1];
  if (n === 2) return [a[3]!, -a[2]!, -a[1]!, a[0]!];
  const at = (i: number, j: number) => a[(i % 3) * 3 + (j % 3)]!;
  return Float64Array.from({ length: 9 }, (_, k) => {
    const [i, j] = [Math.floor(k / 3), k % 3];
    return at(i + 1, j + 1) * at(i + 2, j + 2) - at(i + 1, j + 2) * at(i + 2, j + 1);
  });
}

function byMinors(a: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [row, column] = [Math.floor(k / n), k % n];
    const minor = a.filter((_value, m) => Math.floor(m / n) !== row && m % n !== column);
    const sign = (row + column) % 2 === 0 ? 1 : -1;
    return sign * determinantOf(factor(minor, n - 1), n - 1);
  });
}

/** det(U) det(V) U diag(products of the other singular values) Vᵀ. */
function bySingularValues(a: Float64Array, n: number): Float64Array {
  const { u, s, vt } = svd(fromValues('float64', [n, n], a));
  const [left, values, right] = [u.elements(), Array.from(s.elements()), vt.elements()];
  const sign = det(u).item() * det(vt).item() < 0 ? -1 : 1;
  const others = values.map((_, i) => values.reduce((p, x, k) => (k === i ? p : p * x), sign));
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [row, column] = [Math.floor(k / n), k % n];
    let total = 0;
    for (let i = 0; i < n; i++) total += left[row * n + i]! * others[i]! * right[i * n + column]!;
    return total;
  });
}
