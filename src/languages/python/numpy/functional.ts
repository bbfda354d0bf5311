/** Functions of functions: Python code called for each element, row or piece of an array. */
import * as tensors from '../../../tensor';
import type { IndexItem } from '../../../tensor';
import type { Site } from '../../../model';
import { define, optional, rest, unfollowed, value } from '../binding';
import { call } from '../calls';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { PyBuiltin, PyList, PyUnknown, type PyValue, UNKNOWN_TYPE } from '../values/object';
import { arrayOf, indexed, operand, type PyArray, reshaped, transposed } from './array';
import { castTo } from './cast';
import { compose } from './compose';
import { numeric } from './errors';
import * as take from './parameters';
import { look } from './guards';

/** Values of one call each, as one array of a shape. */
function assembled(rt: Runtime, values: readonly PyValue[], shape: readonly number[], site: Site): PyValue {
  const array = arrayOf(rt, new PyList([...values]), site);
  return array instanceof PyUnknown ? array : reshaped(rt, array, [...shape, ...array.nd.shape.slice(1)], site);
}

/** `f` of the elements of arrays that broadcast together. */
function elementwise(
  rt: Runtime,
  f: PyValue,
  args: readonly PyArray[],
  dtype: tensors.DType | undefined,
  site: Site,
): PyValue {
  return numeric(rt, site, () => {
    const shape = tensors.broadcastShapes('vectorize', ...args.map((a) => a.nd.shape));
    const c = compose(rt, site);
    const flat: PyArray[] = [];
    for (const arg of args) {
      const whole = arrayOf(rt, c.tensor('broadcast', [arg], { shape }), site);
      const row = whole instanceof PyUnknown ? whole : reshaped(rt, whole, [-1], site);
      if (row instanceof PyUnknown) return row;
      flat.push(row as PyArray);
    }
    const n = tensors.sizeOf(shape);
    if (n === 0) return rt.unknown('unsupported', 'a vectorized function of no elements is not supported', site);
    const results: PyValue[] = [];
    for (let i = 0; i < n; i++) {
      const one = call(
        rt,
        f,
        flat.map((row) => row.getItem(rt, i, site)),
        undefined,
        site,
      );
      if (one instanceof PyUnknown) return one;
      results.push(one);
    }
    const array = shape.length === 0 ? (results[0] as PyValue) : assembled(rt, results, shape, site);
    // The type is that of the first result.
    const first = operand(rt, results[0] as PyValue, site);
    const x = operand(rt, array, site);
    if (first instanceof PyUnknown || x instanceof PyUnknown) return array;
    const type = dtype ?? tensors.resultType(first.nd.promotion);
    return type === x.nd.dtype ? array : castTo(rt, x, type, site);
  });
}

const otypes = optional({
  read: (c: Parameters<typeof take.dtype.read>[0], given: PyValue) =>
    take.dtype.read(c, given instanceof PyList ? (given.items[0] as PyValue) : given, 'otypes'),
});

export const functional: Readonly<Record<string, PyBuiltin>> = {
  vectorize: define(
    'vectorize',
    { pyfunc: value, otypes, doc: value_(), excluded: unfollowed(), cache: value_(), signature: unfollowed() },
    (_call, { pyfunc, otypes }) =>
      define('vectorized', { args: rest(take.arrayValue) }, ({ rt, site }, { args }) =>
        elementwise(rt, pyfunc, args, otypes, site),
      ),
  ),
  apply_along_axis: define(
    'apply_along_axis',
    { func1d: value, axis: take.integer, arr: take.arrayValue, args: rest(value) },
    ({ rt, site }, { func1d, axis, arr, args }) =>
      numeric(rt, site, () => {
        const place = tensors.normalizeAxis('apply_along_axis', axis, arr.nd.ndim);
        const lead = arr.nd.shape.filter((_, i) => i !== place);
        const order = [...arr.nd.shape.keys()].filter((i) => i !== place);
        const turned = transposed(rt, arr, [...order, place], site) as PyArray;
        const rows = reshaped(rt, turned, [-1, arr.nd.shape[place] as number], site);
        if (rows instanceof PyUnknown) return rows;
        const results: PyValue[] = [];
        for (let i = 0; i < ((rows as PyArray).nd.shape[0] as number); i++) {
          const lane = indexed(rt, rows as PyArray, [{ kind: 'integer', value: i }], site);
          const one = call(rt, func1d, [lane, ...args], undefined, site);
          if (one instanceof PyUnknown) return one;
          results.push(one);
        }
        if (results.length === 0)
          throw raised('ValueError', 'Cannot apply_along_axis when any iteration dimensions are 0');
        const whole = assembled(rt, results, lead, site);
        if (whole instanceof PyUnknown) return whole;
        const array = arrayOf(rt, whole, site) as PyArray;
        if (array.nd.ndim === lead.length) return whole;
        // The axes of a result stand where the axis was.
        const own = array.nd.ndim - lead.length;
        const axes = [...lead.keys()];
        axes.splice(place, 0, ...Array.from({ length: own }, (_, i) => lead.length + i));
        return transposed(rt, array, axes, site);
      }),
  ),
  piecewise: define(
    'piecewise',
    { x: take.arrayValue, condlist: take.arrays, funclist: value },
    ({ rt, site }, { x, condlist, funclist }) =>
      numeric(rt, site, () => {
        if (!(funclist instanceof PyList)) return rt.unknown('unsupported', 'this `piecewise` is not supported', site);
        const c = compose(rt, site);
        const n = funclist.items.length;
        if (n !== condlist.length && n !== condlist.length + 1)
          throw raised(
            'ValueError',
            `with ${condlist.length} condition(s), either ${condlist.length} or ${condlist.length + 1} functions are expected`,
          );
        let result: PyValue = c.tensor('cast', [c.mul(x, 0)], { dtype: x.nd.dtype });
        const fill = (mask: tensors.NdArray, f: PyValue): PyValue => {
          const items: IndexItem[] = [{ kind: 'array', array: mask }];
          if (!mask.elements().some((m) => m !== 0)) return result;
          const isFunction = typeof f === 'object' && f !== null && f.cls !== UNKNOWN_TYPE && 'call' in f;
          const given = isFunction || isCallable(f) ? call(rt, f, [c.index(x, items)], undefined, site) : f;
          return given instanceof PyUnknown
            ? given
            : c.tensor('set_index', [result, c.tensor('cast', [given], { dtype: x.nd.dtype })], { items });
        };
        const covered = condlist.map((m) => m.nd);
        for (const [i, mask] of condlist.entries()) {
          const seen = operand(rt, mask, site);
          if (seen instanceof PyUnknown) return seen;
          look(rt, 'truth', seen, undefined, site);
          result = fill(
            tensors.map((m) => Number(m !== 0), mask.nd, 'bool'),
            funclist.items[i] as PyValue,
          );
          if (result instanceof PyUnknown) return result;
        }
        if (n > condlist.length) {
          const any = covered.reduce((a, b) => tensors.zip((p, q) => Number(p !== 0 || q !== 0), a, b, 'bool'));
          return fill(
            tensors.map((m) => Number(m === 0), any, 'bool'),
            funclist.items[n - 1] as PyValue,
          );
        }
        return result;
      }),
  ),
};

function isCallable(f: PyValue): boolean {
  return (
    typeof f === 'object' &&
    f !== null &&
    (f instanceof PyBuiltin || f.cls.name === 'function' || f.cls.name === 'method')
  );
}

/** Options that change how a function is made, not what it gives. */
function value_() {
  return optional(value);
}
