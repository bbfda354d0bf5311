/** Walking stacks of matrices: every routine here works on the last two axes and broadcasts over the others. */
import { toFloat64 } from '../cast';
import type { DType } from '../dtype';
import { shapeText, TensorError } from '../error';
import { fromValues, type NdArray } from '../ndarray';
import { quotientType } from '../promotion';
import { sizeOf, type Shape } from '../shape';

/** A LinAlgError of NumPy. */
export function linearAlgebraError(
  operation: string,
  message: string,
  code: 'singular' | 'shape' | 'value' = 'shape',
): TensorError {
  return new TensorError(code, operation, message, { exception: 'LinAlgError', message });
}

/** A stack of matrices as float64, row-major, one after another. */
export interface MatrixStack {
  readonly batch: Shape;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  /** The type that results are rounded to. */
  readonly dtype: DType;
}

/** @throws TensorError when there are fewer than two axes */
export function stackOf(operation: string, array: NdArray): MatrixStack {
  if (array.ndim < 2) {
    throw linearAlgebraError(
      operation,
      `${array.ndim}-dimensional array given. Array must be at least two-dimensional`,
    );
  }
  const batch = array.shape.slice(0, -2);
  const [rows, columns] = array.shape.slice(-2) as [number, number];
  const values = toFloat64(array).elements() as Float64Array;
  return { batch, count: sizeOf(batch), rows, columns, values, dtype: quotientType(array.dtype) };
}

/** @throws TensorError when the matrices are not square */
export function squareStack(operation: string, array: NdArray): MatrixStack {
  const stack = stackOf(operation, array);
  if (stack.rows !== stack.columns) {
    const message = 'Last 2 dimensions of the array must be square';
    throw new TensorError('shape', operation, `${shapeText(array.shape)} is not square`, {
      exception: 'LinAlgError',
      message,
    });
  }
  return stack;
}

/** The extent of square matrices. @throws TensorError where they are not */
export const squareExtent = (operation: string, array: NdArray): number => squareStack(operation, array).rows;

/** A copy of the i-th matrix. */
export function matrixAt({ values, rows, columns }: MatrixStack, i: number): Float64Array {
  return values.slice(i * rows * columns, (i + 1) * rows * columns);
}

/** Results of `compute` for each matrix, put together as an array of shape [...batch, ...shape]. */
export function overMatrices(
  stack: MatrixStack,
  shape: Shape,
  compute: (matrix: Float64Array, i: number) => ArrayLike<number>,
  dtype: DType = stack.dtype,
): NdArray {
  const size = sizeOf(shape);
  const result = new Float64Array(stack.count * size);
  for (let i = 0; i < stack.count; i++) result.set(compute(matrixAt(stack, i), i), i * size);
  return roundedTo(dtype, [...stack.batch, ...shape], result);
}

/** Float64 results as an array of the given type (float32 is rounded once). */
export function roundedTo(dtype: DType, shape: Shape, values: Float64Array): NdArray {
  return dtype === 'float64' ? fromValues(dtype, shape, values) : fromValues(dtype, shape, Float32Array.from(values));
}
