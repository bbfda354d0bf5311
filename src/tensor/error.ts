/** What kind of thing went wrong; `unsupported` and `overflow` mean that we decline where NumPy would go on. */
export type TensorErrorCode =
  'shape' | 'axis' | 'index' | 'dtype' | 'value' | 'read-only' | 'singular' | 'overflow' | 'memory' | 'unsupported';

/** The exception that NumPy raises in the same situation, in its own words. */
export interface NumpyWording {
  readonly exception:
    | 'ValueError'
    | 'IndexError'
    | 'TypeError'
    | 'AxisError'
    | 'LinAlgError'
    | 'OverflowError'
    | 'ZeroDivisionError'
    | 'UFuncTypeError'
    | 'MemoryError';
  readonly message: string;
}

/**
 * The one error of the array library. `message` names the operation and the shapes
 * (`matmul: [3,4] and [5,2] do not align (4 ≠ 5)`); `numpy` holds NumPy's own wording where NumPy would raise too.
 */
export class TensorError extends Error {
  override readonly name = 'TensorError';

  constructor(
    readonly code: TensorErrorCode,
    readonly operation: string,
    readonly detail: string,
    readonly numpy?: NumpyWording,
  ) {
    super(`${operation}: ${detail}`);
  }
}

/** `[3,4]`, as shapes are written in messages. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(',')}]`;
}

/** `(3,)`, `(3,4)`, `()`: a shape as NumPy writes it in its error messages (no blank after the comma). */
export function numpyShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`;
}

/** `(3,)`, `(3, 4)`, `()`: a shape as Python's `repr` of a tuple writes it. */
export function tupleText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** A ValueError of NumPy with our own detail beside it. */
export function valueError(operation: string, detail: string, numpy: string = detail): TensorError {
  return new TensorError('value', operation, detail, { exception: 'ValueError', message: numpy });
}
