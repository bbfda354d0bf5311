/** NumPy arrays as Python values: views on shared memory, rows on the tape where an input reaches them. */
import type { Recorder } from '../../../autodiff/recorder';
import type { Ref } from '../../../autodiff/tape';
import type { Site } from '../../../model';
import {
  assign,
  copy as copyOf,
  type DType,
  type IndexItem,
  kindOf,
  type NdArray,
  reshape,
  scalar as scalarArray,
  select,
  transpose,
} from '../../../tensor';
import type { Comparison, Operator } from '../ast';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import {
  FloatKind,
  OBJECT,
  PyClass,
  PyFloat,
  PyObject,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
  type UnaryOperator,
} from '../values/object';
import { toDouble, truncate } from '../values/numbers';
import { arrayAttribute } from './attributes';
import { comparison, inplaceOperation, operation, unaryOperation } from './arithmetic';
import { numeric } from './errors';
import { setFlat } from './flat';
import { look } from './guards';
import { indexItems } from './indexing';
import { toArray } from './convert';
import { integerClass } from './integerClasses';
import { shapeOf } from './parameters';
import { printed } from './printing';

export const NDARRAY = new PyClass('numpy.ndarray', [OBJECT]);

/** How a view comes out of the array around it. */
export type ViewStep =
  | { readonly kind: 'index'; readonly items: readonly IndexItem[] }
  | { readonly kind: 'reshape'; readonly shape: readonly number[] }
  | { readonly kind: 'transpose'; readonly axes: readonly number[] }
  /** Elements of the flattened array, each perhaps several times: such a view is not written through. */
  | { readonly kind: 'pick'; readonly positions: NdArray };

/**
 * The memory that an array and its views share. Once an input has reached it, `row` stands for the content of
 * the whole; every write makes a new row, and views are derived from the present one.
 */
export class Memory {
  private row: Ref | undefined;
  private recorder: Recorder | undefined;
  unknown?: PyUnknown;

  constructor(readonly root: NdArray) {}

  /** Whether an input reaches the content in this recording. */
  traced(recorder: Recorder | undefined): boolean {
    return recorder !== undefined && this.recorder === recorder;
  }

  rootRow(recorder: Recorder, site: Site): Ref {
    if (this.recorder === recorder && this.row !== undefined) return this.row;
    return recorder.constant(this.root, site);
  }

  setRow(recorder: Recorder, row: Ref): void {
    this.recorder = recorder;
    this.row = row;
  }
}

export class PyArray extends PyObject {
  private cached: { readonly recorder: Recorder; readonly version: number; readonly row: Ref } | undefined;

  constructor(
    readonly nd: NdArray,
    readonly memory: Memory = new Memory(nd),
    readonly path: readonly ViewStep[] = [],
  ) {
    super();
  }

  get cls(): PyClass {
    return NDARRAY;
  }

  get unknown(): PyUnknown | undefined {
    return this.memory.unknown;
  }

  spoil(unknown: PyUnknown): void {
    this.memory.unknown ??= unknown;
  }

  /** Whether an input reaches it. */
  isTraced(rt: Runtime): boolean {
    return this.memory.traced(rt.recorder);
  }

  /** The row of its present content. */
  row(rt: Runtime, site: Site = -1): Ref {
    const recorder = rt.recorder as Recorder;
    const { version } = this.nd.storage;
    if (this.cached?.recorder === recorder && this.cached.version === version) return this.cached.row;
    let row: Ref;
    if (!this.isTraced(rt)) row = recorder.constant(this.nd, -1);
    else {
      row = this.memory.rootRow(recorder, site);
      for (const step of this.path) row = applyStep(recorder, row, step, site);
    }
    this.cached = { recorder, version, row };
    return row;
  }

  override tracedRow(rt: Runtime): Ref | undefined {
    return this.isTraced(rt) ? this.row(rt) : undefined;
  }

  /** The same content in the same memory, as another object. */
  alias(): PyArray {
    return new PyArray(this.nd, this.memory, this.path);
  }

  /** A view on the same memory. */
  viewed(nd: NdArray, step: ViewStep): PyArray {
    return new PyArray(nd, this.memory, [...this.path, step]);
  }

  /** `self[items] = value` with everything that shares the memory. */
  write(rt: Runtime, items: readonly IndexItem[], value: Operand, site: Site): void {
    const { recorder } = rt;
    rt.tick(1 + (value.nd.size >> 3));
    const failed = numeric(rt, site, () => {
      if (!recorder || (!this.isTraced(rt) && value.row === undefined)) {
        const record = assign(this.nd, items, value.nd);
        recorder?.wrote(record);
        return null;
      }
      const visible = rt.visible(site);
      const { memory, path } = this;
      if (value.row === undefined && recorder.fill(memory.rootRow(recorder, visible), this.nd, items, value.nd))
        return null;
      if (path.some((step) => step.kind === 'pick'))
        return rt.unknown('unsupported', 'writing through a strided view is not followed', site);
      const rows = [memory.rootRow(recorder, visible)];
      for (const step of path) rows.push(applyStep(recorder, rows[rows.length - 1] as Ref, step, visible));
      let current = value.row ?? recorder.constant(value.nd);
      let target: readonly IndexItem[] = items;
      // From the view outwards, each level as a value; the outermost is the statement that writes.
      for (let i = path.length - 1; i >= 0; i--) {
        const inner = recorder.tensor('set_index', [rows[i + 1] as Ref, current], { items: target }, visible);
        const step = path[i] as ViewStep;
        if (step.kind === 'index') [current, target] = [inner, step.items];
        else if (step.kind !== 'pick') {
          const shape = recorder.array(rows[i] as Ref).shape;
          current =
            step.kind === 'reshape'
              ? recorder.tensor('reshape', [inner], { shape }, visible)
              : recorder.tensor('transpose', [inner], { axes: step.axes.map((_, k) => step.axes.indexOf(k)) }, visible);
          target = [{ kind: 'ellipsis' }];
        }
      }
      memory.setRow(recorder, recorder.write(rows[0] as Ref, target, current, visible));
      return null;
    });
    // What could not be written leaves nothing that can be trusted.
    if (failed instanceof PyUnknown) this.spoil(failed);
  }

  override binary(rt: Runtime, op: Operator, other: PyValue, reflected: boolean, site: Site): PyValue | undefined {
    return operation(rt, op, this, other, reflected, site);
  }
  override inplace(rt: Runtime, op: Operator, other: PyValue, site: Site): PyValue | undefined {
    return inplaceOperation(rt, op, this, other, site);
  }
  override unary(rt: Runtime, op: UnaryOperator, site: Site): PyValue {
    return unaryOperation(rt, op, this, site);
  }
  abs(rt: Runtime, site: Site): PyValue {
    return unaryOperation(rt, 'abs', this, site);
  }
  override compare(rt: Runtime, op: Comparison, other: PyValue, _reflected: boolean, site: Site): PyValue | undefined {
    return comparison(rt, op, this, other, site);
  }

  override getItem(rt: Runtime, index: PyValue, site: Site): PyValue {
    if (this.unknown) return rt.spread(this.unknown);
    const items = indexItems(rt, index, site);
    if (items instanceof PyUnknown) return items;
    return indexed(rt, this, items, site);
  }
  override setItem(rt: Runtime, index: PyValue, value: PyValue, site: Site): void {
    if (this.unknown) return;
    const items = indexItems(rt, index, site);
    const source = items instanceof PyUnknown ? items : operand(rt, value, site);
    if (items instanceof PyUnknown || source instanceof PyUnknown) this.spoil(source as PyUnknown);
    else this.write(rt, items, source, site);
  }

  override setAttr(rt: Runtime, name: string, value: PyValue): boolean {
    if (name === 'flat') {
      setFlat(rt, this, value, rt.place);
      return true;
    }
    if (name !== 'shape') return false;
    // `a.shape = (2, 3)`: the same memory, looked at otherwise.
    const shape = shapeOf(rt, value, rt.place);
    const next = shape instanceof PyUnknown ? shape : reshaped(rt, this, shape, rt.place);
    if (next instanceof PyArray && next.memory === this.memory)
      Object.assign(this, { nd: next.nd, path: next.path, cached: undefined });
    else
      this.spoil(
        next instanceof PyUnknown ? next : rt.unknown('unsupported', 'this change of shape is not supported', rt.place),
      );
    return true;
  }

  override *iterate(rt: Runtime): Generator<PyValue, undefined> {
    const [n] = this.nd.shape;
    if (n === undefined) throw raised('TypeError', 'iteration over a 0-d array');
    for (let i = 0; i < n; i++) yield indexed(rt, this, [{ kind: 'integer', value: i }], rt.place);
    return undefined;
  }
  override length(rt: Runtime): number | PyUnknown {
    if (this.unknown) return rt.spread(this.unknown) as PyUnknown;
    const [n] = this.nd.shape;
    if (n === undefined) throw raised('TypeError', 'len() of unsized object');
    return n;
  }
  override truth(rt: Runtime): boolean | PyUnknown {
    if (this.unknown) return rt.spread(this.unknown) as PyUnknown;
    if (this.nd.size === 1) {
      if (this.isTraced(rt)) look(rt, 'truth', { nd: this.nd, row: this.row(rt) }, undefined, rt.place);
      return this.nd.item() !== 0;
    }
    if (this.nd.size === 0) return false;
    throw raised(
      'ValueError',
      'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()',
    );
  }
  override contains(rt: Runtime, item: PyValue, site: Site): boolean | PyUnknown {
    const same = comparison(rt, '==', this, item, site);
    if (same instanceof PyUnknown) return same;
    return same instanceof PyArray ? same.nd.elements().some((x) => x !== 0) : same === true;
  }
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    if (this.unknown) return rt.spread(this.unknown);
    return arrayAttribute(rt, this, name, site);
  }
  override repr(rt: Runtime): string | PyUnknown {
    return this.unknown ? (rt.spread(this.unknown) as PyUnknown) : printed(rt, this.nd, 'repr');
  }
  str(rt: Runtime): string | PyUnknown {
    return this.unknown ? (rt.spread(this.unknown) as PyUnknown) : printed(rt, this.nd, 'str');
  }
  toFloat(rt: Runtime, site: Site): PyValue {
    if (this.nd.size !== 1) throw raised('TypeError', 'only size-1 arrays can be converted to Python scalars');
    return elementOf(rt, this, FloatKind.Python, site);
  }
  toInt(rt: Runtime, site: Site): PyValue {
    const x = this.toFloat(rt, site);
    const v = x instanceof Traced ? x.plain : x;
    if (x instanceof Traced) look(rt, 'trunc', { nd: this.nd, row: x.row }, undefined, site);
    return v instanceof PyFloat ? truncate(v.v) : v;
  }
  override number(any = false): PyFloat | number | boolean | undefined {
    if (this.unknown || (any ? this.nd.size !== 1 : this.nd.ndim !== 0)) return undefined;
    const x = this.nd.elements()[0] as number;
    const kind = kindOf(this.nd.dtype);
    return kind === 'f' ? new PyFloat(x) : kind === 'b' ? x !== 0 : x;
  }
  override hash(): number | undefined {
    throw raised('TypeError', "unhashable type: 'numpy.ndarray'");
  }
  asIndex(): number | undefined {
    return this.nd.ndim === 0 && kindOf(this.nd.dtype) !== 'f' ? this.nd.item() : undefined;
  }
  copyOf(rt: Runtime, site: Site): PyValue {
    return copied(rt, this, site);
  }
}

/**
 * A NumPy integer of fewer than 64 bits, or without a sign: an array without axes, so that it wraps around as its type
 * does. (One of 64 bits is an int here.)
 */
export class PyIntegerScalar extends PyArray {
  override get cls(): PyClass {
    return integerClass(this.nd.dtype);
  }
  override repr(): string {
    return String(this.nd.item());
  }
  override str(): string {
    return String(this.nd.item());
  }
  override hash(): number {
    return this.nd.item();
  }
  override getItem(rt: Runtime, index: PyValue, site: Site): PyValue {
    if (index instanceof PyTuple && index.items.length === 0) return this;
    rt.place = site;
    throw raised('IndexError', 'invalid index to scalar variable.');
  }
  override setItem(): void {
    throw raised('TypeError', `'${this.cls.name}' object does not support item assignment`);
  }
  override iterate(): Generator<PyValue, undefined> {
    throw raised('TypeError', `'${this.cls.name}' object is not iterable`);
  }
  override length(): number {
    throw raised('TypeError', `object of type '${this.cls.name}' has no len()`);
  }
  override inplace(): undefined {
    // Immutable: `x += 1` makes another.
    return undefined;
  }
}

/** The only element as a number. */
export function elementOf(rt: Runtime, array: PyArray, kind: FloatKind, site: Site): PyValue {
  const flat = array.nd.shape.map((): IndexItem => ({ kind: 'integer', value: 0 }));
  const rowOf = () => (rt.recorder && array.isTraced(rt) ? array.row(rt, site) : undefined);
  const value = array.nd.ndim === 0 ? scalarOf(array.nd, rowOf()) : indexed(rt, array, flat, site);
  if (value instanceof PyIntegerScalar) return new PyFloat(value.nd.item(), kind);
  if (value instanceof PyFloat) return new PyFloat(value.v, kind);
  if (value instanceof Traced) return new Traced(new PyFloat(toDouble(value), kind), value.row);
  return typeof value === 'number' || typeof value === 'boolean' ? new PyFloat(Number(value), kind) : value;
}

export function copied(rt: Runtime, array: PyArray, site: Site): PyValue {
  if (array.unknown) return rt.spread(array.unknown);
  const { recorder } = rt;
  if (!recorder || !array.isTraced(rt)) return new PyArray(copyOf(array.nd));
  // Memory of its own, with the same content: a cast to the same type is a copy.
  const row = array.row(rt, site);
  const visible = rt.visible(site);
  // An integer type would cut the derivative: x − 0 is x.
  const fresh =
    kindOf(array.nd.dtype) === 'f'
      ? recorder.tensor('cast', [row], { dtype: array.nd.dtype }, visible)
      : recorder.elementwise('sub', visible, row, recorder.constant(0), array.nd.dtype);
  return arrayOfRow(rt, fresh, array.nd.dtype);
}

function applyStep(recorder: Recorder, row: Ref, step: ViewStep, site: Site): Ref {
  switch (step.kind) {
    case 'index':
      return recorder.tensor('index', [row], { items: step.items }, site);
    case 'reshape':
      return recorder.tensor('reshape', [row], { shape: step.shape }, site);
    case 'pick':
      return recorder.tensor('pick', [row], { positions: step.positions }, site);
    default:
      return recorder.tensor('transpose', [row], { axes: step.axes }, site);
  }
}

/** `array[items]`: an element, a view, or for arrays of indices a copy. */
export function indexed(rt: Runtime, array: PyArray, items: readonly IndexItem[], site: Site): PyValue {
  return numeric(rt, site, () => {
    const nd = select(array.nd, items);
    const { recorder } = rt;
    const traced = recorder !== undefined && array.isTraced(rt);
    const whole = nd.ndim === 0 && !items.some((i) => i.kind === 'ellipsis');
    if (whole || !isView(nd, array.nd)) {
      rt.tick(1 + (nd.size >> 3));
      if (!traced) return wrap(rt, nd);
      const row = recorder.tensor('index', [array.row(rt, site)], { items }, rt.visible(site));
      return arrayOfRow(rt, row, nd.dtype);
    }
    return array.viewed(nd, { kind: 'index', items });
  });
}

function isView(nd: NdArray, of: NdArray): boolean {
  return nd.storage === of.storage;
}

/** A reshaped view where NumPy gives one, else a copy. */
export function reshaped(rt: Runtime, array: PyArray, shape: readonly number[], site: Site): PyValue {
  return numeric(rt, site, () => {
    const nd = reshape(array.nd, shape);
    if (isView(nd, array.nd)) return array.viewed(nd, { kind: 'reshape', shape: nd.shape });
    if (!array.isTraced(rt)) return new PyArray(nd);
    const row = (rt.recorder as Recorder).tensor(
      'reshape',
      [array.row(rt, site)],
      { shape: nd.shape },
      rt.visible(site),
    );
    return arrayOfRow(rt, row);
  });
}

export function transposed(rt: Runtime, array: PyArray, axes: readonly number[] | undefined, site: Site): PyValue {
  return numeric(rt, site, () => {
    const { ndim } = array.nd;
    const order = axes ?? Array.from({ length: ndim }, (_, i) => ndim - 1 - i);
    return array.viewed(transpose(array.nd, order), {
      kind: 'transpose',
      axes: order.map((a) => (a < 0 ? a + ndim : a)),
    });
  });
}

// Operands and results.

/** What an operation takes of a value: its numbers, and its row if an input reaches it. */
export interface Operand {
  readonly nd: NdArray;
  readonly row: Ref | undefined;
}

export function operand(rt: Runtime, value: PyValue, site: Site): Operand | PyUnknown {
  if (value instanceof PyArray) {
    if (value.unknown) return rt.spread(value.unknown) as PyUnknown;
    return { nd: value.nd, row: value.isTraced(rt) ? value.row(rt, site) : undefined };
  }
  return toArray(rt, value, site);
}

/** An argument as an array value: a list becomes an array of its own, a number one without axes. */
export function arrayOf(rt: Runtime, value: PyValue, site: Site): PyArray | PyUnknown {
  if (value instanceof PyArray) return value.unknown ? (rt.spread(value.unknown) as PyUnknown) : value;
  const x = toArray(rt, value, site);
  if (x instanceof PyUnknown) return x;
  const nd = x.nd.weak ? scalarArray(x.nd.item(), x.nd.dtype) : x.nd;
  const array = new PyArray(nd);
  if (x.row !== undefined && rt.recorder) array.memory.setRow(rt.recorder, x.row);
  return array;
}

/** The value of a result: an array, or for no axes a number. */
export function wrap(rt: Runtime, nd: NdArray): PyValue {
  if (nd.ndim === 0) return scalarOf(nd, undefined);
  rt.allocate(nd.size * 8);
  return new PyArray(nd);
}

export function floatKind(dtype: DType): FloatKind {
  return dtype === 'float32' ? FloatKind.Float32 : FloatKind.Float64;
}

function scalarOf(nd: NdArray, row: Ref | undefined): PyValue {
  const x = nd.item();
  switch (kindOf(nd.dtype)) {
    case 'b':
      return x !== 0;
    case 'f': {
      const value = new PyFloat(x, floatKind(nd.dtype));
      return row === undefined ? value : new Traced(value, row);
    }
    default:
      if (row !== undefined) return new Traced(x, row);
      return nd.dtype === 'int64' ? x : new PyIntegerScalar(scalarArray(x, nd.dtype));
  }
}

/** The value of a row that was just recorded. */
export function arrayOfRow(rt: Runtime, row: Ref, dtype?: DType): PyValue {
  const recorder = rt.recorder as Recorder;
  rt.tick();
  const { tape } = recorder;
  if (!tape.isArray(row)) {
    const kind = dtype === undefined || kindOf(dtype) === 'f' ? floatKind(dtype ?? 'float64') : undefined;
    const x = recorder.value(row);
    const plain = kind === undefined && Number.isSafeInteger(x) ? x + 0 : new PyFloat(x, kind ?? FloatKind.Float64);
    return recorder.isActive(row) ? new Traced(plain, row) : plain;
  }
  const nd = recorder.array(row);
  rt.allocate(nd.size * 8);
  rt.tick(nd.size >> 3);
  const array = new PyArray(nd);
  if (recorder.isActive(row)) array.memory.setRow(recorder, row);
  return array;
}
