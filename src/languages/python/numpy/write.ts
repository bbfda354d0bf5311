/** Writing a result into an array that the caller gave: `out=` and in-place operators. */
import type { Site } from '../../../model';
import { broadcastTo, canCast, type IndexItem, numpyShape, resultType, sameShape, TensorError } from '../../../tensor';
import type { Runtime } from '../runtime';
import { PyUnknown, type PyValue } from '../values/object';
import { type Operand, operand, type PyArray } from './array';
import { numeric } from './errors';

export const EVERYTHING: readonly IndexItem[] = [{ kind: 'ellipsis' }];

/** `target[...] = value`, as a ufunc of this name stores its result; gives the target. */
export function store(rt: Runtime, target: PyArray, value: PyValue, name: string, site: Site): PyValue {
  const x = value instanceof PyUnknown ? value : operand(rt, value, site);
  if (x instanceof PyUnknown) {
    target.spoil(x);
    return rt.spread(x);
  }
  const refused = numeric(rt, site, () => {
    requireFit(target, x, name);
    return null;
  });
  if (refused instanceof PyUnknown) return refused;
  target.write(rt, EVERYTHING, x, site);
  return target;
}

/** @throws TensorError as NumPy, where the result has no place in the target */
export function requireFit(target: PyArray, x: Operand, name: string): void {
  const { nd } = target;
  const from = x.nd.weak ? resultType(x.nd.promotion, nd.dtype) : x.nd.dtype;
  if (!canCast(from, nd.dtype, 'same_kind')) {
    const message = `Cannot cast ufunc '${name}' output from dtype('${from}') to dtype('${nd.dtype}') with casting rule 'same_kind'`;
    throw new TensorError('dtype', name, message, { exception: 'UFuncTypeError', message });
  }
  if (sameShape(x.nd.shape, nd.shape)) return;
  let fits: boolean;
  try {
    fits = sameShape(broadcastTo(x.nd, nd.shape).shape, nd.shape);
  } catch {
    fits = false;
  }
  if (fits) return;
  const message = `non-broadcastable output operand with shape ${numpyShape(nd.shape)} doesn't match the broadcast shape ${numpyShape(x.nd.shape)}`;
  throw new TensorError('shape', name, message, { exception: 'ValueError', message });
}
