/** What lists, tuples, strings, bytes and ranges share: indexing, slicing, concatenation, order. */
import type { Site } from '../../../model';
import type { Comparison } from '../ast';
import { raised } from '../exceptions';
import { specialMethod } from '../attributes';
import { PyRaise } from '../errors';
import { asIndex, isException, toArray } from '../iteration';
import { equals, compare, holds } from '../operators';
import type { Runtime } from '../runtime';
import {
  PyBytes,
  PyFloat,
  PyInstance,
  PyList,
  PyObject,
  PyRange,
  PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  typeOf,
} from '../values/object';

const SURROGATES = /[\ud800-\udfff]/;

/** `value[index]` of a built-in sequence. */
export function indexSequence(rt: Runtime, value: PyValue, index: PyValue, site: Site): PyValue {
  if ((value instanceof PyList || value instanceof PyTuple) && value.unknown) return rt.spread(value.unknown);
  if (index instanceof PySlice) return sliceSequence(rt, value, index, site);
  const n = sequenceLength(value);
  if (n === undefined) throw raised('TypeError', `'${typeOf(value).name}' object is not subscriptable`);
  const i = sequenceIndex(rt, value, index, n, site);
  if (i instanceof PyUnknown) return i;
  return itemAt(value, i);
}

function sequenceLength(value: PyValue): number | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length;
  if (typeof value === 'string') return SURROGATES.test(value) ? [...value].length : value.length;
  if (value instanceof PyRange) return value.length_;
  if (value instanceof PyBytes) return value.text.length;
  return undefined;
}

function itemAt(value: PyValue, i: number): PyValue {
  if (value instanceof PyList || value instanceof PyTuple) return value.items[i] as PyValue;
  if (typeof value === 'string') return SURROGATES.test(value) ? ([...value][i] as string) : (value[i] as string);
  if (value instanceof PyRange) return value.start + i * value.step;
  return (value as PyBytes).text.charCodeAt(i);
}

function sequenceIndex(rt: Runtime, value: PyValue, index: PyValue, n: number, site: Site): number | PyUnknown {
  const type = typeof value === 'string' ? 'string' : typeOf(value).name;
  if (
    typeof index !== 'number' &&
    typeof index !== 'boolean' &&
    !(index instanceof Traced) &&
    !(index instanceof PyUnknown)
  ) {
    const whole = index instanceof PyObject && 'asIndex' in index;
    if (typeof index !== 'bigint' && !whole && !(index instanceof PyObject && index.attrs)) {
      const given = typeof value === 'string' ? `, not '${typeOf(index).name}'` : `, not ${typeOf(index).name}`;
      throw raised(
        'TypeError',
        `${type} indices must be integers${typeof value === 'string' ? '' : ' or slices'}${given}`,
      );
    }
  }
  const raw = asIndex(rt, index, site);
  if (raw instanceof PyUnknown) return raw;
  const i = raw < 0 ? raw + n : raw;
  if (i < 0 || i >= n)
    throw raised('IndexError', `${value instanceof PyRange ? 'range object' : type} index out of range`);
  return i;
}

/** Start, stop, step and count of a slice of `n` items. */
export function sliceBounds(
  rt: Runtime,
  slice: PySlice,
  n: number,
  site: Site,
): { start: number; stop: number; step: number; count: number } | PyUnknown {
  const bound = (value: PyValue): number | undefined | PyUnknown => {
    if (value === null) return undefined;
    // Huge bounds are clipped anyway.
    if (typeof value === 'bigint') return value < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
    try {
      return asIndex(rt, value, site);
    } catch (error) {
      if (!(error instanceof PyRaise) || !isException(error, 'TypeError')) throw error;
      throw raised('TypeError', 'slice indices must be integers or None or have an __index__ method');
    }
  };
  const [start, stop, stepBound] = [bound(slice.start), bound(slice.stop), bound(slice.step)];
  if (start instanceof PyUnknown) return start;
  if (stop instanceof PyUnknown) return stop;
  if (stepBound instanceof PyUnknown) return stepBound;
  const step = stepBound ?? 1;
  if (step === 0) throw raised('ValueError', 'slice step cannot be zero');
  const clip = (i: number | undefined, otherwise: number, low: number, high: number) => {
    if (i === undefined) return otherwise;
    return Math.min(Math.max(i < 0 ? i + n : i, low), high);
  };
  const from = step > 0 ? clip(start, 0, 0, n) : clip(start, n - 1, -1, n - 1);
  const to = step > 0 ? clip(stop, n, 0, n) : clip(stop, -1, -1, n - 1);
  return { start: from, stop: to, step, count: Math.max(0, Math.ceil((to - from) / step)) };
}

function sliceSequence(rt: Runtime, value: PyValue, slice: PySlice, site: Site): PyValue {
  const n = sequenceLength(value);
  if (n === undefined) throw raised('TypeError', `'${typeOf(value).name}' object is not subscriptable`);
  const bounds = sliceBounds(rt, slice, n, site);
  if (bounds instanceof PyUnknown) return bounds;
  const { start, step, count } = bounds;
  rt.tick(count >> 3);
  if (value instanceof PyRange) {
    const first = value.start + start * value.step;
    return new PyRange(first, first + count * step * value.step, step * value.step);
  }
  const pick = <T>(items: ArrayLike<T>): T[] => {
    const out: T[] = [];
    for (let k = 0; k < count; k++) out.push(items[start + k * step] as T);
    return out;
  };
  if (value instanceof PyList)
    return new PyList(step === 1 ? value.items.slice(start, start + count) : pick(value.items));
  if (value instanceof PyTuple) return new PyTuple(pick(value.items));
  if (value instanceof PyBytes) return new PyBytes(pick(value.text).join(''));
  const text = value as string;
  if (SURROGATES.test(text)) return pick([...text]).join('');
  return step === 1 ? text.slice(start, start + count) : pick(text).join('');
}

/** `list[index] = item` */
export function setSequenceItem(rt: Runtime, list: PyList, index: PyValue, item: PyValue, site: Site): void {
  if (list.unknown) return;
  if (!(index instanceof PySlice)) {
    const { length } = list.items;
    const raw = asIndex(rt, index, site);
    if (raw instanceof PyUnknown) {
      list.unknown = raw;
      return;
    }
    const i = raw < 0 ? raw + length : raw;
    if (i < 0 || i >= length) throw raised('IndexError', 'list assignment index out of range');
    list.items[i] = item;
    return;
  }
  const bounds = sliceBounds(rt, index, list.items.length, site);
  const items = assignedItems(rt, item, site);
  if (bounds instanceof PyUnknown || items instanceof PyUnknown) {
    list.unknown = bounds instanceof PyUnknown ? bounds : (items as PyUnknown);
    return;
  }
  const { start, stop, step, count } = bounds;
  if (step === 1) list.items = [...list.items.slice(0, start), ...items, ...list.items.slice(Math.max(start, stop))];
  else {
    if (items.length !== count) {
      throw raised(
        'ValueError',
        `attempt to assign sequence of size ${items.length} to extended slice of size ${count}`,
      );
    }
    items.forEach((x, k) => (list.items[start + k * step] = x));
  }
}

function assignedItems(rt: Runtime, item: PyValue, site: Site): PyValue[] | PyUnknown {
  try {
    return toArray(rt, item, site);
  } catch (error) {
    if (error instanceof PyRaise && isException(error, 'TypeError') && !(item instanceof PyInstance))
      throw raised('TypeError', 'can only assign an iterable');
    throw error;
  }
}

export function deleteSequenceItem(rt: Runtime, list: PyList, index: PyValue, site: Site): void {
  if (list.unknown) return;
  if (!(index instanceof PySlice)) {
    const { length } = list.items;
    const raw = asIndex(rt, index, site);
    if (raw instanceof PyUnknown) {
      list.unknown = raw;
      return;
    }
    const i = raw < 0 ? raw + length : raw;
    if (i < 0 || i >= length) throw raised('IndexError', 'list assignment index out of range');
    list.items.splice(i, 1);
    return;
  }
  const bounds = sliceBounds(rt, index, list.items.length, site);
  if (bounds instanceof PyUnknown) {
    list.unknown = bounds;
    return;
  }
  const gone = new Set<number>();
  for (let k = 0; k < bounds.count; k++) gone.add(bounds.start + k * bounds.step);
  list.items = list.items.filter((_, i) => !gone.has(i));
}

/** `sequence * n`, priced before it is made. */
export function repeatSequence(rt: Runtime, value: PyValue, times: PyValue, site: Site): PyValue | undefined {
  const n = sequenceLength(value);
  if (n === undefined || value instanceof PyRange) return undefined;
  if (
    typeof times !== 'number' &&
    typeof times !== 'bigint' &&
    typeof times !== 'boolean' &&
    !(times instanceof Traced)
  ) {
    const index = times instanceof PyInstance && specialMethod(times, '__index__') !== undefined;
    if (times instanceof PyFloat || typeof times === 'string' || times === null)
      throw raised('TypeError', `can't multiply sequence by non-int of type '${typeOf(times).name}'`);
    return index ? repeatSequence(rt, value, asIndex(rt, times, site), site) : undefined;
  }
  if ((value instanceof PyList || value instanceof PyTuple) && value.unknown) return rt.spread(value.unknown);
  const count = typeof times === 'bigint' ? Number(times) : asIndex(rt, times, site);
  if (count instanceof PyUnknown) return count;
  const k = Math.max(0, count);
  const bytes = n * k * (typeof value === 'string' ? 2 : 8);
  if (!rt.affords(bytes)) return rt.unknown('budget', 'this sequence is too long to build', site);
  rt.allocate(bytes);
  rt.tick((n * k) >> 3);
  if (typeof value === 'string') return value.repeat(k);
  if (value instanceof PyBytes) return new PyBytes(value.text.repeat(k));
  const { items } = value as PyList | PyTuple;
  const out: PyValue[] = [];
  for (let i = 0; i < k; i++) for (const item of items) out.push(item);
  return value instanceof PyList ? new PyList(out) : new PyTuple(out);
}

/** `a + b` of sequences of one type. */
export function concatenate(rt: Runtime, a: PyValue, b: PyValue): PyValue | undefined {
  if (typeof a === 'string') {
    if (typeof b === 'string') {
      rt.allocate(2 * (a.length + b.length));
      return a + b;
    }
    throw raised('TypeError', `can only concatenate str (not "${typeOf(b).name}") to str`);
  }
  if (a instanceof PyBytes && b instanceof PyBytes) return new PyBytes(a.text + b.text);
  if ((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple)) {
    const unknown = a.unknown ?? b.unknown;
    if (unknown) return rt.spread(unknown);
    rt.allocate(8 * (a.items.length + b.items.length));
    rt.tick((a.items.length + b.items.length) >> 3);
    const items = [...a.items, ...b.items];
    return a instanceof PyList ? new PyList(items) : new PyTuple(items);
  }
  const type = typeOf(a).name;
  if (a instanceof PyList || a instanceof PyTuple) {
    throw raised('TypeError', `can only concatenate ${type} (not "${typeOf(b).name}") to ${type}`);
  }
  return undefined;
}

/** Lexicographic comparison of lists or of tuples, equality of ranges. */
export function compareSequences(
  rt: Runtime,
  op: Comparison,
  a: PyValue,
  b: PyValue,
  site: Site,
): boolean | PyUnknown | undefined {
  if (a instanceof PyRange && b instanceof PyRange) {
    if (op !== '==' && op !== '!=') return undefined;
    const same =
      a.length_ === b.length_ && (a.length_ === 0 || (a.start === b.start && (a.length_ === 1 || a.step === b.step)));
    return op === '==' ? same : !same;
  }
  if (a instanceof PySlice && b instanceof PySlice) {
    const parts = (s: PySlice) => new PyTuple([s.start, s.stop, s.step]);
    return compareSequences(rt, op, parts(a), parts(b), site);
  }
  if (a instanceof PyBytes && b instanceof PyBytes) return holds(op, a.text === b.text ? 0 : a.text < b.text ? -1 : 1);
  if (!((a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple)))
    return undefined;
  const unknown = a.unknown ?? b.unknown;
  if (unknown) return rt.spread(unknown) as PyUnknown;
  if ((op === '==' || op === '!=') && a.items.length !== b.items.length) return op === '!=';
  rt.tick(Math.min(a.items.length, b.items.length));
  for (let i = 0; i < a.items.length && i < b.items.length; i++) {
    const [x, y] = [a.items[i] as PyValue, b.items[i] as PyValue];
    const same = equals(rt, x, y, site);
    if (same instanceof PyUnknown) return same;
    if (same) continue;
    if (op === '==' || op === '!=') return op === '!=';
    const result = compare(rt, op, x, y, site);
    return typeof result === 'boolean' || result instanceof PyUnknown ? result : undefined;
  }
  return holds(op, a.items.length - b.items.length);
}
