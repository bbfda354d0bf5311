/** `numpy.lib.stride_tricks`: views on the memory of an array with steps of their own. */
import * as tensors from '../../../tensor';
import { DTYPE_FACTS, NdArray } from '../../../tensor';
import { define, optional, unfollowed } from '../binding';
import { raised } from '../exceptions';
import { library } from '../library';
import type { Runtime } from '../runtime';
import type { PyValue } from '../values/object';
import type { PyArray } from './array';
import { numeric } from './errors';
import * as take from './parameters';

/**
 * A view with the given shape and strides (in elements) from the first element of the array on, or unknown where it would
 * read memory that is not the array's.
 */
function strided(
  rt: Runtime,
  site: number,
  array: PyArray,
  shape: readonly number[],
  strides: readonly number[],
  name: string,
): PyValue {
  const { nd } = array;
  let [low, high] = [0, 0];
  shape.forEach((extent, axis) => {
    const reach = (extent - 1) * (strides[axis] as number);
    if (reach < 0) low += reach;
    else high += reach;
  });
  const size = tensors.sizeOf(shape);
  const isOutside = nd.offset + low < 0 || nd.offset + high >= nd.data.length;
  if (strides.some((s) => !Number.isInteger(s)) || (size > 0 && isOutside))
    return rt.unknown('unsupported', `\`${name}\` reads memory outside of the array here`, site);
  const expensive = take.afford(rt, shape, site);
  if (expensive) return expensive;
  const view = new NdArray(nd.storage, nd.dtype, shape, strides, nd.offset, nd.writable);
  if (!array.isTraced(rt)) return array.viewed(view, { kind: 'pick', positions: tensors.zeros([0], 'int64') });
  if (!nd.isContiguous)
    return rt.unknown('unsupported', `\`${name}\` of an array that does not lie in one piece is not followed`, site);
  const flat = new NdArray(
    new tensors.Storage(Float64Array.from({ length: nd.size }, (_, i) => i)),
    'int64',
    shape,
    strides,
  );
  if (low < 0 || high >= nd.size)
    return rt.unknown('unsupported', `\`${name}\` reads memory outside of the array here`, site);
  return array.viewed(view, { kind: 'pick', positions: tensors.copy(flat) });
}

export const strideTricks = library('numpy.lib.stride_tricks', {
  as_strided: define(
    'as_strided',
    {
      x: take.arrayValue,
      shape: optional(take.shape),
      strides: optional(take.shape),
      subok: unfollowed(false),
      writeable: optional(take.flag, true),
    },
    ({ rt, site }, { x, shape = x.nd.shape, strides }) =>
      numeric(rt, site, () => {
        const bytes = DTYPE_FACTS[x.nd.dtype].itemSize;
        const steps = strides?.map((s) => s / bytes) ?? x.nd.strides;
        if (steps.length !== shape.length) throw raised('ValueError', 'strides must have the same length as shape');
        return strided(rt, site, x, shape, steps, 'as_strided');
      }),
  ),
  sliding_window_view: define(
    'sliding_window_view',
    {
      x: take.arrayValue,
      window_shape: take.shape,
      axis: optional(take.axes),
      subok: unfollowed(false),
      writeable: unfollowed(false),
    },
    ({ rt, site }, { x, window_shape, axis }) =>
      numeric(rt, site, () => {
        const { nd } = x;
        const axes =
          axis === undefined
            ? nd.shape.map((_, i) => i)
            : tensors.normalizeAxes('sliding_window_view', typeof axis === 'number' ? [axis] : axis, nd.ndim);
        if (axes.length !== window_shape.length) {
          throw raised(
            'ValueError',
            axis === undefined
              ? `Since axis is \`None\`, must provide window_shape for all dimensions of \`x\`; got ${window_shape.length} window_shape elements and \`x.ndim\` is ${nd.ndim}.`
              : `Must provide matching length window_shape and axis; got ${window_shape.length} window_shape elements and ${axes.length} axes elements.`,
          );
        }
        const shape = [...nd.shape];
        axes.forEach((a, i) => {
          const left = (shape[a] as number) - (window_shape[i] as number) + 1;
          if (left < 1) throw raised('ValueError', 'window shape cannot be larger than input array shape');
          shape[a] = left;
        });
        return strided(
          rt,
          site,
          x,
          [...shape, ...window_shape],
          [...nd.strides, ...axes.map((a) => nd.strides[a] as number)],
          'sliding_window_view',
        );
      }),
  ),
});

export const numpyLib = library('numpy.lib', {});
