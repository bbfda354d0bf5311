import type { NdArray } from '../ndarray';
import { shapeText, TensorError } from '../error';
import { eye } from '../create';
import { copy } from '../cast';
import { overwrite } from '../undo';
import { matmul } from '../products/matmul';
import { promote, quotientType } from '../promotion';
import { broadcastShapes } from '../shape';
import { broadcastTo, expandDims, squeeze } from '../views';
import { linearAlgebraError, matrixAt, overMatrices, squareStack, stackOf } from './matrices';

export interface Factors {
  /** L (unit diagonal, below) and U (on and above the diagonal) in one n×n matrix, row-major. */
  readonly lu: Float64Array;
  /** Row i of the factors is row rows[i] of the matrix. */
  readonly rows: Uint32Array;
  /** The sign of the row permutation. */
  readonly sign: number;
  readonly singular: boolean;
}

/** LU factors with partial pivoting (Golub and Van Loan, Matrix Computations, algorithm 3.4.1). Overwrites the matrix. */
export function factor(a: Float64Array, n: number): Factors {
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let singular = false;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    if (a[pivot * n + k] === 0) {
      singular = true;
      continue;
    }
    if (pivot !== k) {
      sign = -sign;
      const kept = rows[k]!;
      rows[k] = rows[pivot]!;
      rows[pivot] = kept;
      for (let j = 0; j < n; j++) {
        const value = a[k * n + j]!;
        a[k * n + j] = a[pivot * n + j]!;
        a[pivot * n + j] = value;
      }
    }
    const diagonal = a[k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const multiplier = (a[i * n + k]! /= diagonal);
      if (multiplier === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= multiplier * a[k * n + j]!;
    }
  }
  return { lu: a, rows, sign, singular };
}

/** Solves with the factors for the columns of an n×m right side. */
export function solveFactored({ lu, rows }: Factors, n: number, b: Float64Array, m: number): Float64Array {
  const x = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < m; c++) x[i * m + c] = b[rows[i]! * m + c]!;
    for (let k = 0; k < i; k++) {
      const multiplier = lu[i * n + k]!;
      if (multiplier !== 0) for (let c = 0; c < m; c++) x[i * m + c]! -= multiplier * x[k * m + c]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      const multiplier = lu[i * n + k]!;
      if (multiplier !== 0) for (let c = 0; c < m; c++) x[i * m + c]! -= multiplier * x[k * m + c]!;
    }
    for (let c = 0; c < m; c++) x[i * m + c]! /= lu[i * n + i]!;
  }
  return x;
}

/**
 * The solution of a·x = b by LU factors with partial pivoting: b a vector [n] or (a stack of) matrices [n, m], as in
 * NumPy ≥ 2.
 * @throws TensorError `singular` (`Singular matrix`), `shape`
 */
export function solve(a: NdArray, b: NdArray): NdArray {
  const square = squareStack('solve', a);
  const n = square.rows;
  const isVector = b.ndim === 1;
  const right = isVector ? expandDims(b, 1) : b;
  if (right.ndim < 2 || right.shape.at(-2) !== n) {
    throw new TensorError('shape', 'solve', `${shapeText(a.shape)} and ${shapeText(b.shape)} do not align`, {
      exception: 'ValueError',
      message: isVector
        ? `solve1: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m)->(m) (size ${b.shape[0]} is different from ${n})`
        : `solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size ${right.shape.at(-2)} is different from ${n})`,
    });
  }
  const m = right.shape.at(-1)!;
  const batch = broadcastShapes('solve', square.batch, right.shape.slice(0, -2));
  const matrices = stackOf('solve', broadcastTo(a, [...batch, n, n]));
  const rights = stackOf('solve', broadcastTo(right, [...batch, n, m]));
  const dtype = promote(quotientType(a.dtype), quotientType(b.dtype));
  const result = overMatrices(
    matrices,
    [n, m],
    (matrix, i) => {
      const factors = factor(matrix, n);
      if (factors.singular) throw linearAlgebraError('solve', 'Singular matrix', 'singular');
      return solveFactored(factors, n, matrixAt(rights, i), m);
    },
    dtype,
  );
  return isVector ? squeeze(result, -1) : result;
}

/** The inverse. @throws TensorError `singular` */
export function inv(a: NdArray): NdArray {
  const stack = squareStack('inv', a);
  const n = stack.rows;
  const identity = eye(n).values() as Float64Array;
  return overMatrices(stack, [n, n], (matrix) => {
    const factors = factor(matrix, n);
    if (factors.singular) throw linearAlgebraError('inv', 'Singular matrix', 'singular');
    return solveFactored(factors, n, identity, n);
  });
}

/** The determinant: the product of the pivots. */
export function det(a: NdArray): NdArray {
  const stack = squareStack('det', a);
  const n = stack.rows;
  return overMatrices(stack, [], (matrix) => [determinantOf(factor(matrix, n), n)]);
}

export function determinantOf({ lu, sign }: Factors, n: number): number {
  let product = sign;
  for (let i = 0; i < n; i++) product *= lu[i * n + i]!;
  return product;
}

/** Sign and natural logarithm of the absolute value of the determinant (0 and −∞ for a singular matrix). */
export function slogdet(a: NdArray): { sign: NdArray; logarithm: NdArray } {
  const stack = squareStack('slogdet', a);
  const n = stack.rows;
  const signs: number[] = [];
  const logarithm = overMatrices(stack, [], (matrix) => {
    const { lu, sign } = factor(matrix, n);
    let total = 0;
    let resultSign = sign;
    for (let i = 0; i < n; i++) {
      const pivot = lu[i * n + i]!;
      resultSign *= Math.sign(pivot);
      total += Math.log(Math.abs(pivot));
    }
    signs.push(resultSign);
    return [total];
  });
  return { sign: overMatrices(stack, [], (_matrix, i) => [signs[i]!]), logarithm };
}

/** An integer power of square matrices by repeated squaring; negative powers invert first. */
export function matrixPower(a: NdArray, exponent: number): NdArray {
  const { rows: n } = squareStack('matrix_power', a);
  if (!Number.isInteger(exponent)) {
    const message = 'exponent must be an integer';
    throw new TensorError('value', 'matrix_power', message, { exception: 'TypeError', message });
  }
  if (exponent === 0) {
    const result = copy(a, 'K');
    overwrite(result, broadcastTo(eye(n, n, 0, a.dtype), a.shape).values());
    return result;
  }
  let square = exponent < 0 ? inv(a) : a;
  let rest = Math.abs(exponent);
  // NumPy multiplies a third power out in order.
  if (rest === 3) return matmul(matmul(square, square), square);
  let result: NdArray | undefined;
  for (; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === undefined ? square : matmul(result, square);
    if (rest > 1) square = matmul(square, square);
  }
  return result!;
}
