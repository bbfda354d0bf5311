/** `a.flat` of an array that does not lie in one piece: reads a copy, and writes to the elements themselves. */
import { select } from '../../../tensor';
import * as tensors from '../../../tensor';
import type { Site } from '../../../model';
import type { Runtime } from '../runtime';
import { PyClass, PyObject, PyUnknown, type PyValue } from '../values/object';
import { operand, PyArray, reshaped } from './array';
import { numeric } from './errors';
import { indexItems } from './indexing';
import { positions, unravelled } from './places';

const FLATITER = new PyClass('numpy.flatiter', []);

export class PyFlat extends PyObject {
  constructor(private readonly array: PyArray) {
    super();
  }
  get cls(): PyClass {
    return FLATITER;
  }
  private elements(rt: Runtime, site: Site): PyValue {
    return reshaped(rt, this.array, [-1], site);
  }
  override getItem(rt: Runtime, index: PyValue, site: Site): PyValue {
    const flat = this.elements(rt, site);
    return flat instanceof PyArray ? flat.getItem(rt, index, site) : flat;
  }
  override setItem(rt: Runtime, index: PyValue, value: PyValue, site: Site): void {
    const { array } = this;
    const items = indexItems(rt, index, site);
    const source = items instanceof PyUnknown ? items : operand(rt, value, site);
    if (items instanceof PyUnknown || source instanceof PyUnknown) {
      array.spoil(source as PyUnknown);
      return;
    }
    const done = numeric(rt, site, () => {
      const places = select(tensors.ravel(positions(array.nd)), items);
      array.write(rt, unravelled(places, array.nd.shape), source, site);
      return null;
    });
    if (done instanceof PyUnknown) array.spoil(done);
  }
  override *iterate(rt: Runtime): Generator<PyValue, undefined> {
    const flat = this.elements(rt, rt.place);
    if (flat instanceof PyArray) yield* flat.iterate(rt);
    return undefined;
  }
  override length(): number {
    return this.array.nd.size;
  }
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    return name === 'size'
      ? this.array.nd.size
      : rt.unknown('unsupported', `\`flatiter.${name}\` is not supported`, site);
  }
}

/** `a.flat = values`, which repeat. */
export function setFlat(rt: Runtime, array: PyArray, value: PyValue, site: Site): void {
  const x = operand(rt, value, site);
  if (x instanceof PyUnknown || x.row !== undefined || x.nd.size === 0) {
    array.spoil(
      x instanceof PyUnknown ? x : rt.unknown('unsupported', 'these values of `flat` are not supported', site),
    );
    return;
  }
  const given = x.nd.elements();
  const values = tensors.map((i) => given[i % given.length] as number, positions(array.nd), 'float64');
  array.write(
    rt,
    [{ kind: 'ellipsis' }],
    { nd: tensors.asType(values, tensors.resultType(x.nd.dtype)), row: undefined },
    site,
  );
}
