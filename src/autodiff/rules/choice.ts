/** Indexing, writing through an index, and choice between two arrays. */
import { fn, sym, where as whereExpr } from '../../symbolic/expr';
import {
  assign,
  astype,
  copy,
  type DType,
  isFloat,
  type IndexItem,
  type NdArray,
  resultType,
  select,
  type Shape,
  zip3,
} from '../../tensor';
import { linearRule } from '../linear';
import { indexedShape } from '../multilinear';
import { tensorRule } from '../tensorRule';
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

/** `base` with `base[items] = value`: as a function, so the base itself stays. See `Recorder.write` for the statement. */
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
    return [
      applied('clear', { items }, DIRECTION),
      truncated
        ? undefined
        : applied('embed', { items, shape: base }, spread ? of : applied('broadcast', { shape: region }, of)),
    ];
  },
});

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
    const one = { kind: 'number', value: 1 } as const;
    const zero = { kind: 'number', value: 0 } as const;
    return [scaled(whereExpr(chosen, one, zero), fit(a)), scaled(whereExpr(chosen, zero, one), fit(b))];
  },
  residuals: ({ attributes: { condition } }) => ({ condition: { data: condition } }),
});

/** Another element type. A float that becomes an integer loses its fraction, and its derivative with it. */
export const castRule = tensorRule<{ readonly dtype: DType }>({
  value: ([x], { dtype }) => astype(x as NdArray, dtype),
  terms: ({ attributes: { dtype } }) => [isFloat(dtype) ? DIRECTION : undefined],
});
