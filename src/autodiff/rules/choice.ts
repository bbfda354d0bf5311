/** Indexing, writing through an index, and choice between two arrays. */
import { fn, sym, where as whereExpr } from '../../symbolic/expr';
import {
  arange,
  assign,
  astype,
  copy,
  type DType,
  fromValues,
  isFloat,
  type IndexItem,
  type NdArray,
  reshape,
  resultType,
  select,
  type Shape,
  sizeOf,
  zip3,
} from '../../tensor';
import { linearRule } from '../linear';
import { indexedShape } from '../multilinear';
import { type Residual, tensorRule } from '../tensorRule';
import { applied, DIRECTION, scaled } from '../terms';

interface Items {
  readonly items: readonly IndexItem[];
}

/** `x[items]`. Its value is a view of x for a basic index. */
export const indexRule = {
  ...linearRule<Items>(({ attributes }) => applied('index', { items: attributes.items }, DIRECTION)),
  value: ([x]: readonly NdArray[], attributes: Readonly<Record<string, unknown>>) =>
    select(x as NdArray, (attributes as unknown as Items).items),
};

/**
 * `base` with `base[items] = value`: as a function, so the base itself stays. See `Recorder.write` for the statement. Of
 * several elements that are written to one place, the last one stays.
 */
export const setIndexRule = tensorRule<Items & { readonly truncated?: boolean }>({
  value: ([base, value], { items }) => {
    const result = copy(base as NdArray);
    assign(result, items, value as NdArray);
    return result;
  },
  terms: ({ operands, attributes: { items, truncated } }) => {
    const [base, value] = operands as [Shape, Shape];
    const region = indexedShape(base, items);
    // Leading axes of extent 1 of a value are dropped when it is written.
    const fitted = value.length > region.length ? value.slice(value.length - region.length) : value;
    const of = fitted.length === value.length ? DIRECTION : applied('reshape', { shape: fitted }, DIRECTION);
    const spread = fitted.length === region.length && fitted.every((extent, i) => extent === region[i]);
    const written = spread ? of : applied('broadcast', { shape: region }, of);
    const staying = mayRepeat(items) ? scaled(whereExpr(sym('last'), 1, 0), written) : written;
    return [
      applied('clear', { items }, DIRECTION),
      truncated ? undefined : applied('embed', { items, shape: base }, staying),
    ];
  },
  residuals: ({ operands, attributes: { items } }): Readonly<Record<string, Residual>> =>
    mayRepeat(items) ? { last: { data: lastWritten(operands[0] as Shape, items) } } : {},
});

/** Whether an index may name a place twice: arrays of integers may, slices and masks do not. */
const mayRepeat = (items: readonly IndexItem[]): boolean =>
  items.some((item) => item.kind === 'array' && item.array.dtype !== 'bool' && item.array.size > 1);

/** Of the elements that are written, 1 for those that stay. */
function lastWritten(base: Shape, items: readonly IndexItem[]): NdArray {
  const places = reshape(arange(0, sizeOf(base), 1, 'float64'), base);
  const written = select(places, items);
  const order = Array.from(written.elements());
  const last = new Map(order.map((place, k) => [place, k]));
  const marks = Float64Array.from(order, (place, k) => (last.get(place) === k ? 1 : 0));
  return fromValues('float64', written.shape, marks);
}

/** Elementwise choice by a condition that is data. What is not chosen contributes nothing, not even 0 · ∞. */
export const whereRule = tensorRule<{ readonly condition: NdArray }>({
  value: ([yes, no], { condition }) => {
    const [a, b] = [yes as NdArray, no as NdArray];
    return zip3((c, p, q) => (c !== 0 ? p : q), condition, a, b, resultType(a.promotion, b.promotion), 'where');
  },
  terms: ({ operands, result }) => {
    const [a, b] = operands as [Shape, Shape];
    const chosen = fn('ne', sym('condition'), 0);
    const fit = (shape: Shape) =>
      shape.length === result.length && shape.every((extent, i) => extent === result[i])
        ? DIRECTION
        : applied('broadcast', { shape: result }, DIRECTION);
    return [scaled(whereExpr(chosen, 1, 0), fit(a)), scaled(whereExpr(chosen, 0, 1), fit(b))];
  },
  residuals: ({ attributes: { condition } }) => ({ condition: { data: condition } }),
});

/** Another element type. A float that becomes an integer loses its fraction, and its derivative with it. */
export const castRule = tensorRule<{ readonly dtype: DType }>({
  value: ([x], { dtype }) => astype(x as NdArray, dtype),
  terms: ({ attributes: { dtype } }) => [isFloat(dtype) ? DIRECTION : undefined],
});
