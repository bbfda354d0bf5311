/** Stable sorting by Python's comparison. */
import type { Site } from '../../../model';
import { call } from '../calls';
import { compare, truth } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, toDouble } from '../values/numbers';
import { PyUnknown, type PyValue } from '../values/object';

/** The items in order; `reverse` keeps the order of equal ones. */
export function sortValues(
  rt: Runtime,
  items: readonly PyValue[],
  key: PyValue | undefined,
  reverse: PyValue | undefined,
  site: Site,
): PyValue[] | PyUnknown {
  const backwards = reverse === undefined ? false : truth(rt, reverse, site);
  if (backwards instanceof PyUnknown) return backwards;
  const keyed = items.map((item) => ({
    item,
    key: key === undefined || key === null ? item : call(rt, key, [item], undefined, site),
  }));
  // Where a key has no order, the result follows from the very comparisons that Python makes.
  if (keyed.length > 1 && keyed.some((k) => isNumberLike(k.key) && Number.isNaN(toDouble(k.key))))
    return rt.unknown('unsupported', 'sorting with NaN among the values is not supported', site);
  let unknown: PyUnknown | undefined;
  const less = (a: PyValue, b: PyValue): boolean => {
    rt.tick();
    const t = truth(rt, compare(rt, '<', a, b, site), site);
    if (t instanceof PyUnknown) {
      unknown = t;
      return false;
    }
    return t;
  };
  // Array.prototype.sort is stable; reversed order swaps the arguments, so equal items keep their order.
  keyed.sort((x, y) => {
    const [a, b] = backwards ? [y.key, x.key] : [x.key, y.key];
    return less(a, b) ? -1 : less(b, a) ? 1 : 0;
  });
  return unknown ?? keyed.map((x) => x.item);
}
