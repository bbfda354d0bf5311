/** The parameters that array functions take: arrays, axes, shapes, counts, element types. */
import type { Site } from '../../../model';
import { type DType, type NdArray, sizeOf } from '../../../tensor';
import { type Call, optional, type Parameter, rest } from '../binding';
import { raised } from '../exceptions';
import { asIndex, toArray as itemsOf } from '../iteration';
import { asData, truth } from '../operators';
import type { Runtime } from '../runtime';
import { isNumberLike, toDouble } from '../values/numbers';
import { PyFloat, PyList, PyObject, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { arrayOf, type Operand, PyArray } from './array';
import { toArray } from './convert';
import { wantedDType } from './dtypes';
import { lookAtValues } from './guards';

/** Numbers, an array, or nested sequences of them. */
export const array: Parameter<Operand> = { read: ({ rt, site }, value) => toArray(rt, value, site) };

/** As {@link array}, as a Python value that has memory: lists become arrays of their own. */
export const arrayValue: Parameter<PyArray> = { read: ({ rt, site }, value) => arrayOf(rt, value, site) };

/** An array of which only the numbers are taken: no derivative goes through, and replay must find the same numbers. */
export const data: Parameter<NdArray> = {
  read: ({ rt, site }, value) => {
    const x = toArray(rt, value, site);
    if (x instanceof PyUnknown) return x;
    lookAtValues(rt, x, site);
    return x.nd;
  },
};

/** A list, a tuple, or an array of arrays. */
export const arrays: Parameter<readonly PyArray[]> = {
  read: (call, value, name) => {
    const items = itemsOf(call.rt, value, call.site);
    return items instanceof PyUnknown ? items : rest(arrayValue).read(call, items as unknown as PyValue, name);
  },
};

/** `axis=`: a number or several. */
export const axes: Parameter<number | readonly number[]> = {
  read: ({ rt, site }, value) =>
    value instanceof PyTuple || value instanceof PyList ? integersOf(rt, value, site) : asIndex(rt, value, site),
};

/** An integer: one axis, a count, an offset. */
export const integer: Parameter<number> = { read: ({ rt, site }, value) => asIndex(rt, value, site) };

/** Several integers, as a sequence or an array. */
export const integers: Parameter<readonly number[]> = { read: ({ rt, site }, value) => integersOf(rt, value, site) };

/** An integer or several. */
export const integerOrMore: Parameter<number | readonly number[]> = {
  read: ({ rt, site }, value) =>
    value instanceof PyTuple || value instanceof PyList || (value instanceof PyArray && value.nd.ndim > 0)
      ? integersOf(rt, value, site)
      : asIndex(rt, value, site),
};

/** A shape: `3` or `(3, 4)`. */
export const shape: Parameter<readonly number[]> = { read: ({ rt, site }, value) => shapeOf(rt, value, site) };

/** The shape of a new array. */
export const newShape: Parameter<readonly number[]> = {
  read: ({ rt, site }, value) => {
    if (value instanceof PyFloat)
      throw raised(
        'TypeError',
        `expected a sequence of integers or a single integer, got '${Number.isInteger(value.v) ? value.v.toFixed(1) : String(value.v)}'`,
      );
    return shapeOf(rt, value, site);
  },
};

/** A number whose derivative does not matter. */
export const real: Parameter<number> = { read: ({ rt, site }, value) => realOf(rt, value, site) };

export const flag: Parameter<boolean> = {
  read: ({ rt, site }, value) => {
    const answer = truth(rt, value, site);
    return answer;
  },
};

export const dtype: Parameter<DType | undefined> = { read: ({ rt, site }, value) => wantedDType(rt, value, site) };

/** `out=`: the array that the result is written to. */
export function target(): Parameter<PyArray | undefined> {
  return {
    ...optional({
      read: ({ rt, site, name }: Call, value: PyValue): PyArray | PyUnknown => {
        const only = value instanceof PyTuple && value.items.length === 1 ? (value.items[0] as PyValue) : value;
        if (only instanceof PyArray) return only.unknown ? (rt.spread(only.unknown) as PyUnknown) : only;
        if (only instanceof PyObject || only === null)
          return rt.unknown('unsupported', `this \`out=\` of \`${name}\` is not supported`, site);
        throw raised('TypeError', 'return arrays must be of ArrayType');
      },
    }),
    written: true,
  };
}

// The readers as functions, for what binds its arguments itself.

export function shapeOf(rt: Runtime, value: PyValue, site: Site): readonly number[] | PyUnknown {
  if (value instanceof PyTuple || value instanceof PyList || value instanceof PyArray)
    return integersOf(rt, value, site);
  const n = asIndex(rt, value, site);
  return n instanceof PyUnknown ? n : [n];
}

export function integersOf(rt: Runtime, value: PyValue, site: Site): readonly number[] | PyUnknown {
  if (value instanceof PyArray && value.nd.ndim === 0) return shapeOf(rt, value.nd.item(), site);
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

export function realOf(rt: Runtime, value: PyValue, site: Site): number | PyUnknown {
  const plain = asData(rt, value, site) ?? value;
  if (isNumberLike(plain)) return toDouble(plain);
  if (plain instanceof PyArray) {
    if (plain.unknown) return rt.spread(plain.unknown) as PyUnknown;
    if (plain.nd.size === 1) {
      lookAtValues(rt, { nd: plain.nd, row: plain.isTraced(rt) ? plain.row(rt, site) : undefined }, site);
      return plain.nd.elements()[0] as number;
    }
  }
  throw raised('TypeError', 'a number is required');
}

/** Memory for so many elements, or that it is too much. */
export function afford(rt: Runtime, extents: readonly number[], site: Site): PyUnknown | undefined {
  const bytes = 8 * sizeOf(extents.map((extent) => Math.max(0, extent)));
  if (!rt.affords(bytes)) return rt.unknown('budget', 'this array is too large to compute', site);
  rt.tick(1 + (bytes >> 7));
  return undefined;
}
