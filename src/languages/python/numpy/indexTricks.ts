/** `np.r_`, `np.c_`, `np.s_`, `np.mgrid` and `np.ogrid`: what is built by indexing them. */
import * as tensors from '../../../tensor';
import type { Site } from '../../../model';
import { builtinClass } from '../library';
import type { Runtime } from '../runtime';
import {
  type PyClass,
  PyFloat,
  PyList,
  PyObject,
  PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
} from '../values/object';
import { arrayOf, PyArray, wrap } from './array';
import { compose } from './compose';
import { numeric } from './errors';
import * as take from './parameters';

const isRealNumber = (x: PyValue) =>
  typeof x === 'number' || x instanceof PyFloat || x instanceof Traced || x instanceof PyArray;

class Trick extends PyObject {
  constructor(
    private readonly type: PyClass,
    private readonly build: (rt: Runtime, parts: readonly PyValue[], site: Site, whole: PyValue) => PyValue,
  ) {
    super();
  }
  get cls(): PyClass {
    return this.type;
  }
  override getItem(rt: Runtime, index: PyValue, site: Site): PyValue {
    return numeric(rt, site, () => this.build(rt, index instanceof PyTuple ? index.items : [index], site, index));
  }
}

/** The numbers of `start:stop:step`; a stop is needed. */
function range(rt: Runtime, slice: PySlice, site: Site): tensors.NdArray | PyUnknown {
  if (slice.step !== null && !isRealNumber(slice.step))
    return rt.unknown('unsupported', 'this step of a grid is not supported', site);
  const bound = (v: PyValue, otherwise: number) => (v === null ? otherwise : take.realOf(rt, v, site));
  const [start, stop, step] = [bound(slice.start, 0), bound(slice.stop, NaN), bound(slice.step, 1)];
  if (start instanceof PyUnknown) return start;
  if (stop instanceof PyUnknown) return stop;
  if (step instanceof PyUnknown) return step;
  if (Number.isNaN(stop)) return rt.unknown('unsupported', 'a range without an end is not supported', site);
  const expensive = take.afford(rt, [Math.max(0, Math.ceil((stop - start) / step))], site);
  if (expensive) return expensive;
  const whole = [slice.start, slice.stop, slice.step].every((v) => v === null || typeof v === 'number');
  return tensors.arange(start, stop, step, whole ? 'int64' : 'float64');
}

/** The parts as arrays of at least `ndim` axes, new axes last. */
function parts(rt: Runtime, given: readonly PyValue[], ndim: 1 | 2, site: Site): readonly PyValue[] | PyUnknown {
  const c = compose(rt, site);
  const out: PyValue[] = [];
  for (const part of given) {
    if (typeof part === 'string') return rt.unknown('unsupported', 'directives of `np.r_` are not supported', site);
    const nd = part instanceof PySlice ? range(rt, part, site) : undefined;
    if (nd instanceof PyUnknown) return nd;
    const array = nd ? new PyArray(nd) : arrayOf(rt, part, site);
    if (array instanceof PyUnknown) return array;
    const { shape } = array.nd;
    const lifted = [...shape, ...Array.from({ length: Math.max(0, ndim - shape.length) }, () => 1)];
    out.push(lifted.length === shape.length ? array : c.tensor('reshape', [array], { shape: lifted }));
  }
  return out;
}

const joining = (name: string, ndim: 1 | 2, axis: 0 | -1) =>
  new Trick(builtinClass(name, []), (rt, given, site) => {
    const arrays = parts(rt, given, ndim, site);
    return arrays instanceof PyUnknown ? arrays : compose(rt, site).tensor('concatenate', arrays, { axis });
  });

/** Coordinates of a grid by ranges: dense and stacked, or open ones in a list. */
const grid = (name: string, sparse: boolean) =>
  new Trick(builtinClass(name, []), (rt, given, site, whole) => {
    const axes: tensors.NdArray[] = [];
    for (const part of given) {
      if (!(part instanceof PySlice)) return rt.unknown('unsupported', `this \`np.${name}\` is not supported`, site);
      const nd = range(rt, part, site);
      if (nd instanceof PyUnknown) return nd;
      axes.push(nd);
    }
    if (!(whole instanceof PyTuple)) return wrap(rt, axes[0] as tensors.NdArray);
    const dtype = tensors.resultType(...axes.map((a) => a.dtype));
    const typed = axes.map((a) => tensors.asType(a, dtype));
    if (sparse)
      return new PyList(
        typed.map((a, i) =>
          wrap(
            rt,
            tensors.reshape(
              a,
              typed.map((_, k) => (k === i ? a.size : 1)),
            ),
          ),
        ),
      );
    return wrap(rt, tensors.stack(tensors.meshgrid(typed, 'ij')));
  });

export const indexTricks: Readonly<Record<string, PyValue>> = {
  r_: joining('r_', 1, 0),
  c_: joining('c_', 2, -1),
  s_: new Trick(builtinClass('s_', []), (_rt, _parts, _site, whole) => whole),
  index_exp: new Trick(builtinClass('index_exp', []), (_rt, given) => new PyTuple([...given])),
  mgrid: grid('mgrid', false),
  ogrid: grid('ogrid', true),
};
