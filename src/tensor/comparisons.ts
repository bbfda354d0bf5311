/** Comparisons of dense float64 (and 64-bit integer) data, straight into bools: without the detour through a buffer of floats. */
import { fromValues, type NdArray } from './ndarray';
import { sameShape } from './shape';

type Loop = (out: Uint8Array, x: Float64Array, y: Float64Array, step: 0 | 1) => void;

/** By NumPy's name of the ufunc. `step` is 0 where y is one number. */
const LOOPS: Readonly<Record<string, Loop>> = {
  equal: (out, x, y, step) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i] === y[i * step] ? 1 : 0;
  },
  not_equal: (out, x, y, step) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i] === y[i * step] ? 0 : 1;
  },
  less: (out, x, y, step) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! < y[i * step]! ? 1 : 0;
  },
  less_equal: (out, x, y, step) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! <= y[i * step]! ? 1 : 0;
  },
  greater: (out, x, y, step) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! > y[i * step]! ? 1 : 0;
  },
  greater_equal: (out, x, y, step) => {
    for (let i = 0; i < out.length; i++) out[i] = x[i]! >= y[i * step]! ? 1 : 0;
  },
};

/** The comparison of that name, or undefined where the operands are not dense data of 64 bits. */
export function compareDense(name: string, x: NdArray, y: NdArray): NdArray | undefined {
  const loop = LOOPS[name];
  if (!loop || !x.isContiguous || !(x.data instanceof Float64Array) || !(y.data instanceof Float64Array))
    return undefined;
  const isNumber = y.ndim === 0;
  if (!isNumber && !(y.isContiguous && sameShape(x.shape, y.shape))) return undefined;
  const out = new Uint8Array(x.size);
  loop(out, x.elements() as Float64Array, y.elements() as Float64Array, isNumber ? 0 : 1);
  return fromValues('bool', x.shape, out);
}
