/** First-order linear recurrences along an axis, and the running products that they are the derivative of. */
import {
  type DType,
  fromValues,
  isFloat,
  type NdArray,
  resultType,
  sameShape,
  shapeText,
  TensorError,
} from '../tensor';

export interface Recurrence {
  readonly axis: number;
  /** From the end of the axis to its beginning. */
  readonly reverse: boolean;
  /** The coefficient stands at the element that the recurrence comes from, instead of the one that it goes to. */
  readonly lagged: boolean;
}

/** Offsets of the lanes of a row-major array along an axis: their first elements, their length and step. */
function lanes(shape: readonly number[], axis: number): { starts: number[]; length: number; step: number } {
  const length = shape[axis] as number;
  const step = shape.slice(axis + 1).reduce((n, extent) => n * extent, 1);
  const outer = shape.slice(0, axis).reduce((n, extent) => n * extent, 1);
  const starts: number[] = [];
  for (let i = 0; i < outer; i++) for (let j = 0; j < step; j++) starts.push(i * length * step + j);
  return { starts, length, step };
}

const floatType = (...arrays: readonly NdArray[]): DType => {
  const dtype = resultType(...arrays.map((x) => x.promotion));
  return isFloat(dtype) ? dtype : 'float64';
};

const rounded = (dtype: DType, shape: readonly number[], values: Float64Array): NdArray =>
  fromValues(dtype, shape, dtype === 'float32' ? Float32Array.from(values) : values);

/**
 * s with sᵢ = aᵢ sᵢ₋₁ + bᵢ, from s₋₁ = 0; lagged, sᵢ = aᵢ₋₁ sᵢ₋₁ + bᵢ. In reverse, i − 1 is the element behind. It is
 * linear in b: the solution of a bidiagonal system. Accumulates in float64.
 * @throws TensorError where the shapes differ
 */
export function recurrence(a: NdArray, b: NdArray, { axis, reverse, lagged }: Recurrence): NdArray {
  if (!sameShape(a.shape, b.shape)) {
    throw new TensorError('shape', 'recurrence', `${shapeText(a.shape)} and ${shapeText(b.shape)} differ`);
  }
  const coefficients = a.elements();
  const values = Float64Array.from(b.elements());
  const { starts, length, step } = lanes(a.shape, axis);
  const stride = reverse ? -step : step;
  for (const start of starts) {
    let at = reverse ? start + (length - 1) * step : start;
    for (let i = 1; i < length; i++) {
      const before = at;
      at += stride;
      const carried = values[before]!;
      // What is exactly 0 carries nothing on, not even through an infinite coefficient.
      if (carried !== 0) values[at] = values[at]! + coefficients[lagged ? before : at]! * carried;
    }
  }
  return rounded(floatType(a, b), a.shape, values);
}

/** Products of all elements before each along an axis (1 for the first); `reverse`: of all elements behind it. */
export function exclusiveProducts(x: NdArray, axis: number, reverse: boolean): NdArray {
  const source = x.elements();
  const values = new Float64Array(source.length);
  const { starts, length, step } = lanes(x.shape, axis);
  const stride = reverse ? -step : step;
  for (const start of starts) {
    let at = reverse ? start + (length - 1) * step : start;
    let product = 1;
    for (let i = 0; i < length; i++, at += stride) {
      values[at] = product;
      product *= source[at]!;
    }
  }
  return rounded(floatType(x), x.shape, values);
}
