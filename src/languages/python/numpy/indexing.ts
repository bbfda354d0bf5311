/** Reading and writing through an index. */
import type { Recorder } from '../../../autodiff/recorder';
import type { Site } from '../../../model';
import { accumulate, assign, type Binary, type IndexItem, isInteger, select, setElement } from '../../../tensor';
import { toArray } from '../iteration';
import { raised } from '../exceptions';
import { asData } from '../operators';
import type { Runtime } from '../runtime';
import { ELLIPSIS, PyFloat, PyList, PyRange, PySlice, PyTuple, PyUnknown, type PyValue, Traced } from '../values/object';
import { fromRow, numpyErrors, PyArray, wrap, writeThrough } from './array';
import { looked } from './arithmetic';
import { operand } from './operands';

const INVALID =
  'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices';

/** The items between the brackets. A traced value that is used as an index is data, and leaves a guard. */
export function indexItems(rt: Runtime, index: PyValue, site: Site): IndexItem[] | PyUnknown {
  const parts = index instanceof PyTuple ? index.items : [index];
  const items: IndexItem[] = [];
  for (const part of parts) {
    const item = indexItem(rt, part, site);
    if (item instanceof PyUnknown) return item;
    items.push(item);
  }
  return items;
}

function indexItem(rt: Runtime, part: PyValue, site: Site): IndexItem | PyUnknown {
  if (part instanceof PyUnknown) return rt.spread(part);
  if (part === null) return { kind: 'newaxis' };
  if (part === ELLIPSIS) return { kind: 'ellipsis' };
  const data = part instanceof Traced ? (asData(rt, part, site) as PyValue) : part;
  if (typeof data === 'number') return { kind: 'integer', value: data };
  if (data instanceof PyFloat) throw raised('IndexError', INVALID);
  if (data instanceof PySlice) {
    const bounds: (number | undefined)[] = [];
    for (const bound of [data.start, data.stop, data.step]) {
      if (bound instanceof PyUnknown) return rt.spread(bound);
      const value = bound instanceof Traced ? asData(rt, bound, site) : bound;
      if (value !== null && typeof value !== 'number') {
        throw raised('TypeError', 'slice indices must be integers or None or have an __index__ method');
      }
      bounds.push(value ?? undefined);
    }
    return { kind: 'slice', start: bounds[0], stop: bounds[1], step: bounds[2] };
  }
  if (part instanceof PyArray || part instanceof PyList || part instanceof PyTuple || part instanceof PyRange || typeof part === 'boolean') {
    const chosen = operand(rt, part, site);
    if (chosen instanceof PyUnknown) return chosen;
    looked(rt, chosen, site);
    const { nd } = chosen;
    if (!isInteger(nd.dtype) && nd.dtype !== 'bool') {
      if (nd.size > 0) {
        throw raised('IndexError', part instanceof PyArray ? 'arrays used as indices must be of integer (or boolean) type' : INVALID);
      }
      return { kind: 'array', array: select(nd, [{ kind: 'slice', stop: 0 }]) };
    }
    return { kind: 'array', array: nd };
  }
  throw raised('IndexError', INVALID);
}

export function getArrayItem(rt: Runtime, array: PyArray, index: PyValue, site: Site): PyValue {
  const items = indexItems(rt, index, site);
  if (items instanceof PyUnknown) return items;
  rt.tick();
  return numpyErrors(() => {
    const nd = select(array.nd, items);
    const isView = nd.storage === array.nd.storage && nd.ndim > 0;
    const row = array.rowIfTraced(rt, site);
    if (row === undefined) return isView ? new PyArray(nd, array.memory) : wrap(nd);
    const chosen = (rt.recorder as Recorder).tensor('index', [row], { items }, rt.visible(site));
    return isView ? new PyArray(nd, array.memory).know(chosen) : fromRow(rt, chosen);
  });
}

export function setArrayItem(rt: Runtime, array: PyArray, index: PyValue, value: PyValue, site: Site): void {
  const items = indexItems(rt, index, site);
  const source = operand(rt, value, site);
  if (items instanceof PyUnknown || source instanceof PyUnknown) {
    spoil(rt, array, (items instanceof PyUnknown ? items : source) as PyUnknown);
    return;
  }
  const { nd } = array;
  writeThrough(
    rt,
    array,
    items,
    source,
    () => {
      // One element at a time is how loops write: no region is planned for it.
      if (items.length === nd.ndim && source.nd.ndim === 0 && items.every((i) => i.kind === 'integer')) {
        return setElement(nd, items.map((i) => (i as { value: number }).value), source.nd.item());
      }
      return assign(nd, items, source.nd);
    },
    site,
  );
}

/** What was written is not known: neither is the array from now on. */
function spoil(rt: Runtime, array: PyArray, unknown: PyUnknown): void {
  array.memory.unknown = unknown;
  rt.spread(unknown);
}

/** `np.add.at`: an element that is chosen twice is combined twice. */
export function accumulateAt(rt: Runtime, fn: Binary, array: PyArray, index: PyValue, value: PyValue, site: Site): PyValue {
  const items = indexItems(rt, index, site);
  if (items instanceof PyUnknown) return items;
  const source = operand(rt, value, site);
  if (source instanceof PyUnknown) return source;
  if (array.isTraced || source.row !== undefined) {
    return rt.unknown('unsupported', 'accumulating into an array that is differentiated is not supported yet', site);
  }
  writeThrough(rt, array, items, source, () => accumulate(fn, array.nd, items, source.nd), site);
  return null;
}

/** Iteration yields the entries of the first axis, views where they are arrays. */
export function* arrayEntries(rt: Runtime, array: PyArray): Generator<PyValue> {
  if (array.nd.ndim === 0) throw raised('TypeError', 'iteration over a 0-d array');
  for (let i = 0; i < (array.nd.shape[0] as number); i++) yield getArrayItem(rt, array, i, rt.place);
}

export function containsItem(rt: Runtime, array: PyArray, item: PyValue): boolean | PyUnknown {
  const items = toArray(rt, array, rt.place);
  if (items instanceof PyUnknown) return items;
  const wanted = operand(rt, item, rt.place);
  if (wanted instanceof PyUnknown) return wanted;
  const x = wanted.nd.item();
  looked(rt, { nd: array.nd, row: array.rowIfTraced(rt, rt.place) }, rt.place);
  return Array.from(array.nd.elements() as Iterable<number>).includes(x);
}
