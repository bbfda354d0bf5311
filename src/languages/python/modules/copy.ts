/** `copy` */
import { specialMethod } from '../attributes';
import { call } from '../calls';
import { library, raw } from '../library';
import type { Runtime } from '../runtime';
import type { Site } from '../../../model';
import { PyDict, PyInstance, PyList, PyObject, PySet, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { addToSet, mergeSet } from '../types/hashed';

/** Objects of libraries copy themselves. */
interface Copyable {
  /** @param inner copies what it holds, if that is to be copied too */
  copyOf(rt: Runtime, site: Site, inner: (value: PyValue) => PyValue): PyValue;
}

function copyValue(rt: Runtime, value: PyValue, deep: boolean, site: Site, seen: Map<PyObject, PyValue>): PyValue {
  if (!(value instanceof PyObject) || value instanceof PyUnknown) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const inner = (v: PyValue) => (deep ? copyValue(rt, v, deep, site, seen) : v);
  rt.tick();
  if (value instanceof PyList) {
    const out = new PyList([]).derive(value.cls);
    if (value.unknown) out.unknown = value.unknown;
    seen.set(value, out);
    for (const item of value.items) out.items.push(inner(item));
    copyAttributes(value, out, inner);
    return out;
  }
  if (value instanceof PyTuple) {
    const items = value.items.map(inner);
    return items.every((x, i) => x === value.items[i]) ? value : value.withItems(items);
  }
  if (value instanceof PyDict) {
    const out = new PyDict().derive(value.cls);
    if (value.unknown) out.unknown = value.unknown;
    if (value.factory !== undefined) out.factory = value.factory;
    seen.set(value, out);
    for (const [k, e] of value.entries) out.entries.set(k, { key: e.key, value: inner(e.value) });
    copyAttributes(value, out, inner);
    return out;
  }
  if (value instanceof PySet) {
    const out = new PySet(value.frozen).derive(value.cls);
    if (value.unknown) out.unknown = value.unknown;
    seen.set(value, out);
    if (!deep) mergeSet(rt, out, value);
    else for (const item of [...value.items.values()]) addToSet(rt, out, inner(item));
    return out;
  }
  if (value instanceof PyInstance) {
    const own = specialMethod(value, deep ? '__deepcopy__' : '__copy__');
    if (own !== undefined) return call(rt, own, deep ? [value, new PyDict()] : [value], undefined, site);
    const out = new PyInstance(value.klass);
    if (value.unknown) out.unknown = value.unknown;
    seen.set(value, out);
    for (const [name, v] of value.attrs) out.attrs.set(name, inner(v));
    return out;
  }
  return (value as PyObject & Partial<Copyable>).copyOf?.(rt, site, inner) ?? value;
}

/** `copy.deepcopy(value)` */
export function deepCopy(rt: Runtime, value: PyValue, site: Site): PyValue {
  return copyValue(rt, value, true, site, new Map());
}

function copyAttributes(from: PyObject, to: PyObject, inner: (v: PyValue) => PyValue): void {
  for (const [name, v] of from.attrs ?? []) to.attrs?.set(name, inner(v));
}

export const copy = library('copy', {
  copy: raw<[PyValue]>('copy(x)', (rt, site, [x]) => copyValue(rt, x, false, site, new Map())),
  deepcopy: raw<[PyValue, PyValue?]>('deepcopy(x, memo=)', (rt, site, [x]) => copyValue(rt, x, true, site, new Map())),
});
