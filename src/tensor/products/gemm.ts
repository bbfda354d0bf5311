/** The product of two matrices given as windows on typed arrays. */
import { DTYPE_FACTS, type DType, type TypedArray } from '../dtype';
import { TensorError } from '../error';

export interface MatrixWindow {
  readonly data: TypedArray;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * Writes the m×n product of an m×k and a k×n matrix into `out` from `at`, row-major. Sums are formed in float64 and
 * rounded to `dtype` once.
 */
export function multiply(
  a: MatrixWindow,
  b: MatrixWindow,
  m: number,
  k: number,
  n: number,
  out: TypedArray,
  at: number,
  dtype: DType,
): void {
  const row = new Float64Array(n);
  const { min, max, kind } = DTYPE_FACTS[dtype];
  for (let i = 0; i < m; i++) {
    row.fill(0);
    for (let p = 0; p < k; p++) {
      const x = a.data[a.offset + i * a.rowStride + p * a.columnStride]!;
      const from = b.offset + p * b.rowStride;
      for (let j = 0; j < n; j++) row[j]! += x * b.data[from + j * b.columnStride]!;
    }
    for (let j = 0; j < n; j++) {
      const value = row[j]!;
      if (
        kind !== 'f' &&
        !(value >= -Number.MAX_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER)
      ) {
        throw new TensorError(
          'overflow',
          'matmul',
          `${value} is beyond the ${dtype} values that are exact here (2⁵³)`,
        );
      }
      out[at + i * n + j] = kind === 'b' ? (value === 0 ? 0 : 1) : value;
      void min;
      void max;
    }
  }
}
