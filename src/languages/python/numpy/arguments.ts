/** Arguments that many array functions share. */
import type { Site } from '../../../model';
import { asIndex, toArray as itemsOf } from '../iteration';
import type { Runtime } from '../runtime';
import { PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { PyArray } from './array';
import { truth } from '../operators';

/** `axis=`: a number, several, or all (undefined). */
export function axisOf(
  rt: Runtime,
  value: PyValue | undefined,
  site: Site,
): number | readonly number[] | undefined | PyUnknown {
  if (value === undefined || value === null) return undefined;
  if (value instanceof PyTuple || value instanceof PyList) return integers(rt, value, site);
  return asIndex(rt, value, site);
}

export function oneAxis(rt: Runtime, value: PyValue | undefined, site: Site): number | undefined | PyUnknown {
  return value === undefined || value === null ? undefined : asIndex(rt, value, site);
}

/** A shape: `3` or `(3, 4)`. */
export function shapeOf(rt: Runtime, value: PyValue, site: Site): readonly number[] | PyUnknown {
  if (value instanceof PyTuple || value instanceof PyList || value instanceof PyArray) return integers(rt, value, site);
  const n = asIndex(rt, value, site);
  return n instanceof PyUnknown ? n : [n];
}

export function integers(rt: Runtime, value: PyValue, site: Site): readonly number[] | PyUnknown {
  const items = itemsOf(rt, value, site);
  if (items instanceof PyUnknown) return items;
  const out: number[] = [];
  for (const item of items) {
    const n = asIndex(rt, item, site);
    if (n instanceof PyUnknown) return n;
    out.push(n);
  }
  return out;
}

export function flag(rt: Runtime, value: PyValue | undefined, site: Site): boolean {
  return value !== undefined && value !== null && truth(rt, value, site) === true;
}

/** Memory for so many elements, or that it is too much. */
export function afford(rt: Runtime, shape: readonly number[], site: Site): PyUnknown | undefined {
  const bytes = 8 * shape.reduce((n, extent) => n * Math.max(0, extent), 1);
  if (!rt.affords(bytes)) return rt.unknown('budget', 'this array is too large to compute', site);
  rt.tick(1 + (bytes >> 7));
  return undefined;
}
