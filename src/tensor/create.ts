import { type DType, isFloat } from './dtype';
import { map } from './elementwise';
import { TensorError, valueError } from './error';
import type { NdArray } from './ndarray';
import { fromValues, zeros, type Nested } from './ndarray';
import { sizeOf, type Shape } from './shape';
import { allocate, MAX_ELEMENTS } from './storage';
import { castFunction } from './cast';

/**
 * An array from nested lists. Without a dtype: bool if all leaves are booleans, else float64 (a JavaScript number does
 * not say whether it was written as an integer).
 * @throws TensorError `shape` for ragged lists
 */
export function fromNested(nested: Nested, dtype?: DType): NdArray {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = (level as readonly Nested[])[0]!) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const leaves: (number | boolean)[] = [];
  const collect = (item: Nested, depth: number): void => {
    const isList = Array.isArray(item);
    if (isList !== depth < shape.length || (isList && item.length !== shape[depth])) throw inhomogeneous(shape, depth);
    if (isList) for (const inner of item as readonly Nested[]) collect(inner, depth + 1);
    else leaves.push(item as number | boolean);
  };
  collect(nested, 0);
  const type = dtype ?? (leaves.length > 0 && leaves.every((leaf) => typeof leaf === 'boolean') ? 'bool' : 'float64');
  const cast = castFunction('float64', type);
  return fromValues(
    type,
    shape,
    fill(allocate(type, sizeOf(shape)), (i) => cast(Number(leaves[i]!))),
  );
}

function inhomogeneous(shape: Shape, depth: number): TensorError {
  const detail = `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${depth} dimensions. The detected shape was (${shape.slice(0, depth).join(', ')}${depth === 1 ? ',' : ''}) + inhomogeneous part.`;
  return new TensorError('shape', 'array', 'the lists are ragged', {
    exception: 'ValueError',
    message: detail,
  });
}

function fill<T extends { length: number; [i: number]: number }>(data: T, value: (i: number) => number): T {
  for (let i = 0; i < data.length; i++) data[i] = value(i);
  return data;
}

/** An array of one value. */
export function full(shape: Shape, value: number, dtype: DType = 'float64'): NdArray {
  const result = zeros(shape, dtype);
  result.data.fill(castFunction('float64', dtype)(value));
  return result;
}

export function ones(shape: Shape, dtype: DType = 'float64'): NdArray {
  return full(shape, 1, dtype);
}

/** A matrix with ones on the k-th diagonal. */
export function eye(rows: number, columns = rows, k = 0, dtype: DType = 'float64'): NdArray {
  const result = zeros([rows, columns], dtype);
  for (let i = Math.max(0, -k); i < rows && i + k < columns; i++) result.data[i * columns + i + k] = 1;
  return result;
}

/**
 * Numbers from start by step, stop excluded; NumPy's length rule ⌈(stop − start) / step⌉ and NumPy's values
 * start + i·((start + step) − start), which for floats may reach or pass stop.
 */
export function arange(start: number, stop: number, step: number, dtype: DType): NdArray {
  if (step === 0)
    throw new TensorError('value', 'arange', 'a step of 0', {
      exception: 'ZeroDivisionError',
      message: 'division by zero',
    });
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (!(length <= MAX_ELEMENTS)) throw valueError('arange', `${length} elements`, 'Maximum allowed size exceeded');
  const cast = castFunction('float64', dtype);
  const first = cast(start);
  const delta = cast(start + step) - first;
  return fromValues(
    dtype,
    [length],
    fill(allocate(dtype, length), (i) => first + i * delta),
  );
}

/** `count` numbers evenly spaced from start to stop, the last being exactly stop when `endpoint`. */
export function linspace(start: number, stop: number, count = 50, endpoint = true, dtype: DType = 'float64'): NdArray {
  if (count < 0) throw valueError('linspace', `Number of samples, ${count}, must be non-negative.`);
  const divisions = endpoint ? count - 1 : count;
  const delta = stop - start;
  const step = delta / divisions;
  // NumPy multiplies by the step unless it is zero, where dividing first keeps subnormal spacings.
  const at = (i: number): number =>
    (divisions > 0 ? (step === 0 ? (i / divisions) * delta : i * step) : i * delta) + start;
  const values = fill(new Float64Array(count), (i) => (endpoint && i === count - 1 && count > 1 ? stop : at(i)));
  const result = fromValues('float64', [count], values);
  if (dtype === 'float64') return result;
  const cast = castFunction('float64', dtype);
  return map((x) => cast(isFloat(dtype) ? x : Math.floor(x)), result, dtype);
}
