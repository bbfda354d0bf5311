/** Which file of the workspace values were read from, as the program names it. Views know it; what is computed from them does not. */
import { PyArray } from '../numpy/array';
import { PyDict, PyList, PyObject, type PyValue } from './object';

const FILES = new WeakMap<object, { readonly path: string; readonly version: number }>();

/** Writes into an array change its version. */
function versionOf(value: PyValue): number {
  return value instanceof PyArray ? value.memory.root.storage.version : 0;
}

/** The values of an array are those of its memory. */
function keyOf(value: PyValue): object | undefined {
  return value instanceof PyArray ? value.memory : value instanceof PyObject ? value : undefined;
}

/** Notes that a value, with everything in it, was read from a file. */
export function readFrom<T extends PyValue>(path: string, value: T): T {
  const key = keyOf(value);
  if (key) FILES.set(key, { path, version: versionOf(value) });
  if (value instanceof PyList) for (const item of value.items) readFrom(path, item);
  else if (value instanceof PyDict) for (const { value: item } of value.entries.values()) readFrom(path, item);
  return value;
}

/** The file that a value was read from, if it is as it was read. */
export function fileOf(value: PyValue): string | undefined {
  const key = keyOf(value);
  const known = key && FILES.get(key);
  return known && known.version === versionOf(value) ? known.path : undefined;
}

/** The same numbers in another object. */
export function sameNumbers<T extends PyValue>(copy: T, original: PyValue): T {
  const path = fileOf(original);
  const key = keyOf(copy);
  if (path !== undefined && key) FILES.set(key, { path, version: versionOf(copy) });
  return copy;
}
