import { kindOf, type DType, type TypedArray } from './dtype';
import { TensorError, valueError } from './error';
import { rowMajorStrides, sizeOf, type Shape } from './shape';
import { allocate, Storage } from './storage';
import type { WeakKind } from './promotion';

/** Nested lists as Python writes an array; the leaves are numbers or booleans. */
export type Nested = number | boolean | readonly Nested[];

/**
 * An n-dimensional array: a window (shape, strides, offset; all in elements) on a storage that other arrays may share.
 * Immutable as an object; the elements change only through the writing functions, which leave undo records.
 */
export class NdArray {
  readonly size: number;
  /** Dense in row-major order, so that elements offset … offset+size−1 of the data are the array. */
  readonly isContiguous: boolean;

  constructor(
    readonly storage: Storage,
    readonly dtype: DType,
    readonly shape: Shape,
    readonly strides: readonly number[],
    readonly offset = 0,
    /** False for broadcast views, which NumPy makes read-only too. */
    readonly writable = true,
    /** A Python int or float (0-d): it promotes weakly. */
    readonly weak = false,
  ) {
    this.size = sizeOf(shape);
    this.isContiguous = isDense(shape, strides, this.size);
  }

  get ndim(): number {
    return this.shape.length;
  }

  get data(): TypedArray {
    return this.storage.data;
  }

  /** What the array brings to promotion. */
  get promotion(): DType | WeakKind {
    return this.weak ? (kindOf(this.dtype) === 'f' ? 'weak float' : 'weak int') : this.dtype;
  }

  /** The element at a full index of non-negative integers (not checked against the shape). */
  at(...index: readonly number[]): number {
    let position = this.offset;
    for (let axis = 0; axis < index.length; axis++) position += index[axis]! * this.strides[axis]!;
    return this.data[position]!;
  }

  /** The only element. @throws TensorError when there is more or less than one */
  item(): number {
    if (this.size !== 1) {
      throw valueError(
        'item',
        `an array of ${this.size} elements is not a scalar`,
        'can only convert an array of size 1 to a Python scalar',
      );
    }
    return this.data[this.offset]!;
  }

  /** The elements in row-major order, as a typed array of its own. */
  values(): TypedArray {
    return this.isContiguous ? this.data.slice(this.offset, this.offset + this.size) : gather(this);
  }

  /** The elements in row-major order, for reading only: a window on the storage where the array is contiguous. */
  elements(): TypedArray {
    return this.isContiguous ? this.data.subarray(this.offset, this.offset + this.size) : gather(this);
  }

  /** The elements as nested lists (a number for a 0-d array; bools as booleans). */
  toNested(): Nested {
    const values = this.elements();
    const leaf = this.dtype === 'bool' ? (i: number) => values[i] !== 0 : (i: number) => values[i]!;
    const build = (axis: number, from: number, count: number): Nested => {
      if (axis === this.ndim) return leaf(from);
      const extent = this.shape[axis]!;
      const step = extent === 0 ? 0 : count / extent;
      return Array.from({ length: extent }, (_, i) => build(axis + 1, from + i * step, step));
    };
    return build(0, 0, this.size);
  }
}

function isDense(shape: Shape, strides: readonly number[], size: number): boolean {
  if (size === 0) return true;
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis]!;
    if (extent !== 1) {
      if (strides[axis] !== expected) return false;
      expected *= extent;
    }
  }
  return true;
}

function gather(array: NdArray): TypedArray {
  const { data, shape, strides, offset, size, ndim } = array;
  const result = allocate(array.dtype, size);
  if (size === 0) return result;
  // An array that is not contiguous has at least one axis.
  const inner = shape[ndim - 1]!;
  const innerStride = strides[ndim - 1]!;
  const index = new Array<number>(ndim).fill(0);
  let position = offset;
  for (let to = 0; to < size;) {
    for (let i = 0, from = position; i < inner; i++, from += innerStride) result[to++] = data[from]!;
    for (let axis = ndim - 2; axis >= 0; axis--) {
      position += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
      position -= strides[axis]! * shape[axis]!;
    }
  }
  return result;
}

/** A new array on memory of its own, given in row-major order. The typed array is taken, not copied. */
export function fromValues(dtype: DType, shape: Shape, data: TypedArray): NdArray {
  return new NdArray(new Storage(data), dtype, shape, rowMajorStrides(shape));
}

/** A new array of zeros. */
export function zeros(shape: Shape, dtype: DType = 'float64'): NdArray {
  for (const extent of shape) {
    if (extent < 0) throw valueError('zeros', 'negative dimensions are not allowed');
    if (!Number.isInteger(extent)) throw new TensorError('shape', 'zeros', `an extent of ${extent} is not an integer`);
  }
  return fromValues(dtype, shape, allocate(dtype, sizeOf(shape)));
}

/** A 0-d array of a given type. The value is stored as the type stores it (rounded, wrapped). */
export function scalar(
  value: number | boolean,
  dtype: DType = typeof value === 'boolean' ? 'bool' : 'float64',
): NdArray {
  const result = zeros([], dtype);
  result.data[0] = dtype === 'bool' ? (value ? 1 : 0) : Number(value);
  return result;
}

/** A Python int: 0-d, int64 by itself, and of the other operand's type where it meets one. @throws TensorError `overflow` */
export function weakInt(value: number): NdArray {
  if (!Number.isSafeInteger(value)) {
    throw new TensorError('overflow', 'int', `${value} is not an integer below 2⁵³`);
  }
  return new NdArray(new Storage(Float64Array.of(value)), 'int64', [], [], 0, false, true);
}

/** A Python float: 0-d, float64 by itself, float32 where it meets float32. */
export function weakFloat(value: number): NdArray {
  return new NdArray(new Storage(Float64Array.of(value)), 'float64', [], [], 0, false, true);
}
