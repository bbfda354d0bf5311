/** Python subscripts → index items. */
import type { Site } from '../../../model';
import { type IndexItem, kindOf, zeros } from '../../../tensor';
import { raised } from '../exceptions';
import { asIndex } from '../iteration';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import {
  ELLIPSIS,
  PyFloat,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
} from '../values/object';
import { PyArray } from './array';
import { toArray } from './convert';
import { lookAtValues } from './guards';

export function indexItems(rt: Runtime, index: PyValue, site: Site): readonly IndexItem[] | PyUnknown {
  const parts = index instanceof PyTuple ? index.items : [index];
  const items: IndexItem[] = [];
  for (const part of parts) {
    const item = indexItem(rt, part, site);
    if (item instanceof PyUnknown) return item;
    items.push(item);
  }
  return items;
}

/** Numbers in sequences as data: an index has no derivative. */
function asPlain(rt: Runtime, value: PyValue, site: Site): PyValue {
  if (value instanceof PyList || value instanceof PyTuple) {
    if (value instanceof PyList && value.unknown) return value;
    return new PyList(value.items.map((item) => asPlain(rt, item, site)));
  }
  return value instanceof Traced ? (asData(rt, value, site) ?? value) : value;
}

function indexItem(rt: Runtime, part: PyValue, site: Site): IndexItem | PyUnknown {
  if (typeof part === 'number') return { kind: 'integer', value: part };
  if (part === null) return { kind: 'newaxis' };
  if (part === ELLIPSIS) return { kind: 'ellipsis' };
  if (part instanceof PyUnknown) return rt.spread(part) as PyUnknown;
  if (part instanceof PySlice) {
    const bound = (value: PyValue): number | undefined | PyUnknown =>
      value === null ? undefined : asIndex(rt, value, site);
    const [start, stop, step] = [bound(part.start), bound(part.stop), bound(part.step)];
    if (start instanceof PyUnknown) return start;
    if (stop instanceof PyUnknown) return stop;
    if (step instanceof PyUnknown) return step;
    return { kind: 'slice', start, stop, step };
  }
  const isSequence = part instanceof PyList || part instanceof PyTuple || part instanceof PyRange;
  if (part instanceof PyArray || isSequence || typeof part === 'boolean') {
    const array = toArray(rt, isSequence ? asPlain(rt, part, site) : part, site);
    if (array instanceof PyUnknown) return array;
    lookAtValues(rt, array, site);
    if (kindOf(array.nd.dtype) === 'f' && array.nd.size > 0) {
      throw raised('IndexError', 'arrays used as indices must be of integer (or boolean) type');
    }
    return { kind: 'array', array: array.nd.size === 0 ? zeros(array.nd.shape, 'int64') : array.nd };
  }
  if (part instanceof Traced && !(part.plain instanceof PyFloat)) {
    asData(rt, part, site);
    return { kind: 'integer', value: Number(part.plain) };
  }
  const i =
    part instanceof PyFloat || part instanceof Traced || typeof part === 'string' ? undefined : asIndex(rt, part, site);
  if (i instanceof PyUnknown) return i;
  if (i !== undefined) return { kind: 'integer', value: i };
  throw raised(
    'IndexError',
    'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices',
  );
}
