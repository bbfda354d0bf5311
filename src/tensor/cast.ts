import { DTYPE_FACTS, isFloat, type DType } from './dtype';
import { mapFresh } from './elementwise';
import { TensorError } from './error';
import { fromValues, NdArray, scalar } from './ndarray';
import { rowMajorStrides } from './shape';
import { allocate, Storage } from './storage';
import { stridesInOrder } from './traverse';
import { overwrite } from './undo';

/**
 * The number that casting `value` from one element type to another gives: floats lose their fraction, integers wrap.
 * @throws TensorError `unsupported` where C leaves a float → integer conversion undefined (NaN, ∞, out of range)
 */
export function castFunction(from: DType, to: DType): (value: number) => number {
  const target = DTYPE_FACTS[to];
  if (from === to || target.kind === 'f') return (value) => value;
  if (target.kind === 'b') return (value) => (value === 0 ? 0 : 1);
  if (!isFloat(from)) return (value) => value;
  return (value) => {
    const whole = Math.trunc(value);
    if (!(whole >= target.min && whole <= target.max)) {
      throw new TensorError('unsupported', 'astype', `${value} has no ${to} (NumPy's result depends on the machine)`);
    }
    return whole;
  };
}

/** A copy with another element type, in NumPy's memory layout (`astype`). */
export function astype(array: NdArray, dtype: DType): NdArray {
  const result = allocateCopy(array, dtype);
  mapFresh(castFunction(array.dtype, dtype), result, array);
  return result;
}

/** Unwritten memory for a copy of an array, its axes in the order of their strides. */
function allocateCopy(array: NdArray, dtype: DType): NdArray {
  const order = array.shape.map((_, axis) => axis);
  if (!array.isContiguous) {
    order.sort((a, b) => Math.abs(array.strides[b]!) - Math.abs(array.strides[a]!) || a - b);
  }
  const storage = new Storage(allocate(dtype, array.size));
  return new NdArray(storage, dtype, array.shape, stridesInOrder(array.shape, order));
}

/** The array itself when it has the type, else a converted copy. */
export function asType(array: NdArray, dtype: DType): NdArray {
  return array.dtype === dtype && !array.weak ? array : astype(array, dtype);
}

/** A copy on memory of its own: row-major (`C`, as `x.copy()`), or in the order of the original (`K`, as `np.copy(x)`). */
export function copy(array: NdArray, order: 'C' | 'K' = 'C'): NdArray {
  if (order === 'C') {
    return new NdArray(new Storage(array.values()), array.dtype, array.shape, rowMajorStrides(array.shape));
  }
  const result = allocateCopy(array, array.dtype);
  overwrite(result, array.elements());
  return result;
}

/** The array as a float64 array (itself when it is one). */
export function toFloat64(array: NdArray): NdArray {
  return asType(array, 'float64');
}

/** A dense row-major array with these elements: the array itself when it is contiguous, else a copy. */
export function contiguous(array: NdArray): NdArray {
  return array.isContiguous ? array : fromValues(array.dtype, array.shape, array.values());
}

/** A 0-d array of the given type, cast as `astype` would. */
export function castScalar(value: number, from: DType, to: DType): NdArray {
  return scalar(castFunction(from, to)(value), to);
}
