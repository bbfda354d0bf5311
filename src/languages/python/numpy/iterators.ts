/** `nditer`, `ndenumerate` and `ndindex`. */
import type { NdArray } from '../../../tensor';
import { fn, raw } from '../library';
import { asIndex } from '../iteration';
import type { Runtime } from '../runtime';
import { PyBuiltin, PyClass, PyIterator, PyObject, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { integersOf as integers } from './parameters';
import { PyArray } from './array';

function* positions(shape: readonly number[]): Generator<number[], undefined> {
  if (shape.some((n) => n === 0)) return undefined;
  const index = shape.map(() => 0);
  for (;;) {
    yield [...index];
    let axis = shape.length - 1;
    while (axis >= 0 && ++(index[axis] as number) === shape[axis]) index[axis--] = 0;
    if (axis < 0) return undefined;
  }
}

/** Whether the order of the axes is that of memory, in which NumPy iterates. */
function liesInOrder({ shape, strides }: NdArray): boolean {
  const own = strides.filter((_, i) => shape[i] !== 1);
  return own.every((stride, i) => stride >= 0 && (i === 0 || stride <= (own[i - 1] as number)));
}

const NDITER = new PyClass('nditer', []);

/** The iterator of numerical gradients: `it.finished`, `it.multi_index`, `it.iternext()`. */
class NdIter extends PyObject {
  private readonly all: Generator<number[], undefined>;
  private current: IteratorResult<number[], undefined>;
  constructor(readonly array: PyArray) {
    super();
    this.all = positions(array.nd.shape);
    this.current = this.all.next();
  }
  get cls(): PyClass {
    return NDITER;
  }
  private advance(): boolean {
    this.current = this.all.next();
    return !this.current.done;
  }
  override getAttr(rt: Runtime, name: string): PyValue | undefined {
    switch (name) {
      case 'finished':
        return this.current.done === true;
      case 'multi_index':
        return new PyTuple(this.current.value ?? []);
      case 'iternext':
        return new PyBuiltin('iternext', () => {
          rt.tick();
          return this.advance();
        });
      case 'value':
        return this.array.getItem(rt, new PyTuple(this.current.value ?? []), rt.place);
      default:
        return undefined;
    }
  }
  override *iterate(rt: Runtime): Generator<PyValue, undefined> {
    for (; !this.current.done; this.advance()) {
      rt.tick();
      yield this.array.getItem(rt, new PyTuple(this.current.value), rt.place);
    }
    return undefined;
  }
}

export const iterators: Readonly<Record<string, PyBuiltin>> = {
  nditer: fn<[PyValue, ReadonlyMap<string, PyValue>]>('nditer(op, **kwargs)', (rt, site, [array]) =>
    array instanceof PyArray && liesInOrder(array.nd)
      ? new NdIter(array)
      : rt.unknown('unsupported', 'this `nditer` is not supported', site),
  ),
  ndenumerate: fn<[PyValue]>('ndenumerate(arr)', (rt, site, [array]) => {
    if (!(array instanceof PyArray)) return rt.unknown('unsupported', 'this `ndenumerate` is not supported', site);
    return new PyIterator(
      (function* (): Generator<PyValue, undefined> {
        for (const index of positions(array.nd.shape)) {
          rt.tick();
          yield new PyTuple([new PyTuple(index), array.getItem(rt, new PyTuple(index), site)]);
        }
        return undefined;
      })(),
    );
  }),
  ndindex: raw<[readonly PyValue[]]>('ndindex(*shape)', (rt, site, [shape]) => {
    const [first] = shape as [PyValue?];
    const extents = first instanceof PyTuple ? integers(rt, first, site) : shape.map((n) => asIndex(rt, n, site));
    if (extents instanceof PyUnknown || extents.some((n) => n instanceof PyUnknown))
      return rt.unknown('unsupported', 'this shape is not known', site);
    return new PyIterator(
      (function* (): Generator<PyValue, undefined> {
        for (const index of positions(extents as number[])) {
          rt.tick();
          yield new PyTuple(index);
        }
        return undefined;
      })(),
    );
  }),
};
