/** Numbers of a running program by their names. */
import type { NamePart, NamePath } from '../../../model';
import { keyPart } from '../record/leaves';
import { PyArray } from '../numpy/array';
import { kindOf } from '../../../tensor';
import { PyDict, PyFloat, PyInstance, PyList, PyTuple, type PyValue, Traced } from '../values/object';

/** The value of a name path below a root; undefined where there is none. */
export function valueBelow(root: PyValue | undefined, path: NamePath): PyValue | undefined {
  let value = root;
  for (const part of path) {
    if (value === undefined || value === null) return undefined;
    value = member(value, part);
  }
  return value;
}

function member(value: PyValue, part: NamePart): PyValue | undefined {
  if (value instanceof PyList || value instanceof PyTuple)
    return typeof part === 'number' ? value.items[part] : undefined;
  if (value instanceof PyDict) {
    for (const { key, value: inner } of value.entries.values()) {
      const own = keyPart(key);
      if (own === part || (typeof own === 'object' && typeof part === 'object' && own.key === part.key)) return inner;
    }
    return undefined;
  }
  return value instanceof PyInstance && typeof part === 'string' ? value.attrs.get(part) : undefined;
}

/** The elements of a number or an array of numbers; undefined of anything else. */
export function elementsOf(
  value: PyValue | undefined,
): { readonly shape: readonly number[]; readonly elements: Float64Array } | undefined {
  if (value instanceof Traced) return elementsOf(value.plain);
  if (typeof value === 'number' || typeof value === 'bigint')
    return { shape: [], elements: Float64Array.of(Number(value)) };
  if (value instanceof PyFloat) return { shape: [], elements: Float64Array.of(value.v) };
  if (value instanceof PyArray && !value.unknown && kindOf(value.nd.dtype) !== 'b')
    return { shape: value.nd.shape, elements: Float64Array.from(value.nd.elements()) };
  return undefined;
}

/** Where an object that stands for a number keeps it, as differentiators written by hand do. */
const NUMBER_FIELDS = ['data', 'value', 'val'];

/** What a loss is read from: of a history kept in a list the newest entry, of an object that stands for a number that number. */
export function latest(value: PyValue | undefined): PyValue | undefined {
  if (value instanceof PyList)
    return value.items.length === 0 ? undefined : latest(value.items[value.items.length - 1]);
  if (!(value instanceof PyInstance)) return value;
  const field = NUMBER_FIELDS.find((name) => elementsOf(value.attrs.get(name)) !== undefined);
  return field === undefined ? value : value.attrs.get(field);
}

/** One number: see {@link latest}. */
export function latestNumber(value: PyValue | undefined): number | undefined {
  const found = elementsOf(latest(value));
  return found && found.elements.length === 1 ? found.elements[0] : undefined;
}
