/** Hashing and identity: what makes two keys of a dict the same. */
import { call } from '../calls';
import { specialMethod } from '../attributes';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import type { PyObject } from './object';
import {
  type HashKey,
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyList,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from './object';

/** Equality where neither side defines one: the same immutable value or the same object. */
export function sameKeyValue(a: PyValue, b: PyValue): boolean {
  if (a === b) return true;
  if (a instanceof PyBytes && b instanceof PyBytes) return a.text === b.text;
  return false;
}

let objects = 0;
const OBJECT_IDS = new WeakMap<PyObject, number>();

/** A number of its own for every object, as `id()` gives. */
export function identityOf(value: PyObject): number {
  let id = OBJECT_IDS.get(value);
  if (id === undefined) {
    id = 140_000_000_000_000 + 16 * objects++;
    OBJECT_IDS.set(value, id);
  }
  return id;
}

/** Representatives of user objects by what `__hash__` said, for one container. */
type Buckets = Map<string, PyObject[]>;
const BUCKETS = new WeakMap<object, Buckets>();

/**
 * The key that equal values share. Raises TypeError for unhashable values.
 * @param container the map that the key is for: user-defined equality is decided among its own keys
 */
export function hashKey(rt: Runtime, value: PyValue, container: object, site = rt.place): HashKey | PyUnknown {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    default:
  }
  if (value === null) return null;
  if (value instanceof PyFloat) {
    if (Number.isNaN(value.v)) return value;
    return Number.isInteger(value.v) && !Number.isSafeInteger(value.v) ? BigInt(value.v) : value.v + 0;
  }
  if (value instanceof Traced) {
    rt.guard('value', site, value.plain instanceof PyFloat ? value.plain.v : Number(value.plain), value);
    return hashKey(rt, value.plain, container, site);
  }
  if (value instanceof PyUnknown) return rt.spread(value) as PyUnknown;
  if (value instanceof PyTuple) {
    const parts: string[] = [];
    for (const item of value.items) {
      const key = hashKey(rt, item, container, site);
      if (key instanceof PyUnknown) return key;
      parts.push(encoded(key));
    }
    return `\0(${parts.join('')}`;
  }
  if (value instanceof PySet && value.frozen) {
    return `\0f${[...value.items.keys()].map(encoded).sort().join('')}`;
  }
  if (value instanceof PyBytes) return `\0b${value.text}`;
  if (value instanceof PyRange) {
    const { start, step, length_ } = value;
    return `\0r${length_};${length_ > 0 ? start : ''};${length_ > 1 ? step : ''}`;
  }
  if (value instanceof PySlice) throw raised('TypeError', "unhashable type: 'slice'");
  const own = value.hash?.();
  if (own !== undefined) return own;
  if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
    throw raised('TypeError', `unhashable type: '${typeOf(value).name}'`);
  }
  if (value.attrs && !(value instanceof PyClass)) {
    const equality = specialMethod(value, '__eq__');
    const hash = specialMethod(value, '__hash__');
    if (hash === null || (equality !== undefined && hash === undefined)) {
      throw raised('TypeError', `unhashable type: '${typeOf(value).name}'`);
    }
    if (hash !== undefined) return representative(rt, value, hash, equality, container, site);
  }
  return value;
}

/** A part of a composite key, self-delimiting. */
function encoded(key: HashKey): string {
  switch (typeof key) {
    case 'string':
      return `s${key.length}:${key}`;
    case 'number':
    case 'bigint':
      return `n${key};`;
    default:
      return key === null ? 'N' : `o${identityOf(key)};`;
  }
}

function representative(
  rt: Runtime,
  value: PyObject,
  hash: PyValue,
  equality: PyValue | undefined,
  container: object,
  site: number,
): PyObject | PyUnknown {
  const code = call(rt, hash, [value], undefined, site);
  if (code instanceof PyUnknown) return code;
  let buckets = BUCKETS.get(container);
  if (!buckets) BUCKETS.set(container, (buckets = new Map()));
  const name = String(code);
  const known = buckets.get(name) ?? [];
  for (const other of known) {
    if (other === value) return other;
    if (equality === undefined) continue;
    const same = call(rt, equality, [value, other], undefined, site);
    if (same instanceof PyUnknown) return same;
    if (same === true) return other;
  }
  known.push(value);
  buckets.set(name, known);
  return value;
}
