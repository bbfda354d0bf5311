/** Numbers and arrays of numbers, whichever way Python holds them. */
import type { Recorder } from '../../../autodiff/recorder';
import type { NamePath, Origin } from '../../../model';
import { fromNested, kindOf, type NdArray, type Nested, scalar } from '../../../tensor';
import { PyArray } from '../numpy/array';
import { makeLeaves } from '../record/leaves';
import { PyFloat, PyList, PyTuple, type PyValue, Traced } from '../values/object';

/** A value as an array in float64, or of its own type; undefined where it holds anything but numbers. */
export function numberArray(value: PyValue): NdArray | undefined {
  if (value instanceof PyArray) return value.unknown || kindOf(value.nd.dtype) === 'b' ? undefined : value.nd;
  if (typeof value === 'number') return scalar(value);
  if (typeof value === 'bigint') return scalar(Number(value));
  if (value instanceof PyFloat) return scalar(value.v);
  if (value instanceof Traced) return numberArray(value.plain as PyValue);
  return undefined;
}

/** Lists of numbers count as arrays too. */
export function numberArrayOrList(value: PyValue): NdArray | undefined {
  const own = numberArray(value);
  if (own || !(value instanceof PyList || value instanceof PyTuple) || value.items.length === 0) return own;
  const nested = (v: PyValue, depth: number): Nested | undefined => {
    const array = numberArray(v);
    if (array) return array.toNested();
    // NumPy's limit; a list may hold itself.
    if (!(v instanceof PyList || v instanceof PyTuple) || depth > 32) return undefined;
    const items = v.items.map((item) => nested(item, depth + 1));
    return items.every((x) => x !== undefined) ? (items as Nested[]) : undefined;
  };
  const numbers = nested(value, 0);
  try {
    return numbers === undefined ? undefined : fromNested(numbers, 'float64');
  } catch {
    // Ragged.
    return undefined;
  }
}

/** Makes an argument a leaf: numbers whatever their type, inside containers and objects only floats. */
export function leafOf(recorder: Recorder, path: NamePath, value: PyValue, origin: Origin): PyValue {
  return makeLeaves(recorder, path, value, origin, -1, true);
}
