/**
 * NumPy arrays as Python values. An array is a window on a memory that other arrays may share; when an input of
 * the recorded window reaches it, the memory has a row of the tape, and every write gives it a new one.
 */
import type { Recorder } from '../../../autodiff/recorder';
import type { Ref } from '../../../autodiff/tape';
import type { NamePath, Origin, Site } from '../../../model';
import {
  copy,
  type DType,
  fromValues,
  type IndexItem,
  isFloat,
  NdArray,
  rowMajorStrides,
  select as selectOf,
  scalar as scalarArray,
  TensorError,
  type UndoRecord,
  weakFloat,
  weakInt,
} from '../../../tensor';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { FloatKind, OBJECT, PyClass, PyFloat, PyObject, type PyValue, Traced } from '../values/object';

export const NDARRAY = new PyClass('numpy.ndarray', [OBJECT]);

/** What views share. `row` stands for the whole content as it is now; absent where no input reaches it. */
export class Memory {
  row: Ref | undefined;
  version = 0;
  constructor(readonly whole: NdArray) {}
}

/** Operators and indexing, which live in modules of their own. Set once, when they are loaded. */
export interface ArrayProtocol {
  binary: NonNullable<PyObject['binary']>;
  inplace: NonNullable<PyObject['inplace']>;
  unary: NonNullable<PyObject['unary']>;
  compare: NonNullable<PyObject['compare']>;
  getItem: NonNullable<PyObject['getItem']>;
  setItem: NonNullable<PyObject['setItem']>;
  getAttr: NonNullable<PyObject['getAttr']>;
  setAttr: NonNullable<PyObject['setAttr']>;
  iterate: NonNullable<PyObject['iterate']>;
  truth: NonNullable<PyObject['truth']>;
  contains: NonNullable<PyObject['contains']>;
  repr: NonNullable<PyObject['repr']>;
}

export class PyArray extends PyObject {
  /** The array from which the memory came, for `.base`. */
  private row: Ref | undefined;
  private rowVersion = -1;

  constructor(
    readonly nd: NdArray,
    readonly memory: Memory = new Memory(nd),
  ) {
    super();
  }

  get cls(): PyClass {
    return NDARRAY;
  }

  get isTraced(): boolean {
    return this.memory.row !== undefined;
  }

  /** The array is the whole of its memory, in the same order. */
  get isWhole(): boolean {
    const { nd } = this;
    const { whole } = this.memory;
    return (
      nd === whole ||
      (nd.offset === whole.offset &&
        nd.ndim === whole.ndim &&
        nd.shape.every((n, i) => n === whole.shape[i] && (n < 2 || nd.strides[i] === whole.strides[i])))
    );
  }

  /** Row of the present content; `undefined` where no input reaches it. */
  rowIfTraced(rt: Runtime, site: Site): Ref | undefined {
    const { memory } = this;
    if (memory.row === undefined) return undefined;
    if (this.row !== undefined && this.rowVersion === memory.version) return this.row;
    const row = this.isWhole ? memory.row : this.picked(rt, memory.row, site);
    this.know(row);
    return row;
  }

  /** The recording has found the row of the present content. */
  know(row: Ref): this {
    this.row = row;
    this.rowVersion = this.memory.version;
    return this;
  }

  private picked(rt: Runtime, whole: Ref, site: Site): Ref {
    return (rt.recorder as Recorder).tensor('pick', [whole], { positions: this.positions() }, rt.visible(site));
  }

  /** Where each element lies in the memory, counted in its row-major order. */
  positions(): NdArray {
    const { whole } = this.memory;
    const ids = fromValues('int64', [whole.size], Float64Array.from({ length: whole.size }, (_, i) => i));
    return copy(new NdArray(ids.storage, 'int64', this.nd.shape, this.nd.strides, this.nd.offset - whole.offset));
  }

  override length(): number {
    if (this.nd.ndim === 0) throw raised('TypeError', 'len() of unsized object');
    return this.nd.shape[0] as number;
  }
}

/** Gives arrays their operators. */
export function install(protocol: ArrayProtocol): void {
  Object.assign(PyArray.prototype, protocol);
}

/** An operand of an array operation: its value, and its row where an input reaches it. */
export interface Operand {
  readonly nd: NdArray;
  readonly row: Ref | undefined;
}

/** A number as NumPy promotes it: Python's own are weak. `undefined` for what is no number. */
export function numberOperand(value: PyValue): Operand | undefined {
  if (value instanceof Traced) {
    const plain = numberOperand(value.plain);
    return plain && { nd: plain.nd, row: value.row };
  }
  if (typeof value === 'boolean') return { nd: scalarArray(value, 'bool'), row: undefined };
  if (typeof value === 'number') return { nd: weakInt(value), row: undefined };
  if (typeof value === 'bigint') return { nd: weakFloat(Number(value)), row: undefined };
  if (value instanceof PyFloat) return { nd: floatArray(value), row: undefined };
  return undefined;
}

function floatArray(value: PyFloat): NdArray {
  if (value.kind === FloatKind.Python) return weakFloat(value.v);
  return scalarArray(value.v, value.kind === FloatKind.Float32 ? 'float32' : 'float64');
}

/** A 0-d result is a NumPy scalar; everything else an array on memory of its own. */
export function wrap(nd: NdArray): PyValue {
  if (nd.ndim > 0) return new PyArray(nd);
  return scalarValue(nd.item(), nd.dtype);
}

export function scalarValue(x: number, dtype: DType): PyValue {
  if (dtype === 'bool') return x !== 0;
  if (isFloat(dtype)) return new PyFloat(x, dtype === 'float32' ? FloatKind.Float32 : FloatKind.Float64);
  return x + 0;
}

/** The value of a row that was just recorded. */
export function fromRow(rt: Runtime, row: Ref): PyValue {
  const { tape } = rt.recorder as Recorder;
  if (tape.isArray(row)) {
    const array = new PyArray(tape.array(row));
    array.memory.row = row;
    return array.know(row);
  }
  const value = tape.value[row] as number;
  return new Traced(new PyFloat(value, FloatKind.Float64), row);
}

/** Row of an operand: its own, or a constant's. */
export function rowOf(rt: Runtime, { nd, row }: Operand): Ref {
  if (row !== undefined) return row;
  const recorder = rt.recorder as Recorder;
  return recorder.constant(nd.ndim === 0 ? nd.item() : nd);
}

/** A tensor primitive of operands: a step where an input reaches one of them, else its plain value. */
export function tensorStep(
  rt: Runtime,
  op: string,
  operands: readonly Operand[],
  attributes: Readonly<Record<string, unknown>>,
  plain: () => NdArray,
  site: Site,
): PyValue {
  rt.tick(1 + operands.reduce((n, o) => n + (o.nd.size >> 6), 0));
  return numpyErrors(() => {
    if (!operands.some((o) => o.row !== undefined)) return wrap(afford(rt, plain()));
    const recorder = rt.recorder as Recorder;
    const rows = operands.map((o) => rowOf(rt, o));
    return fromRow(rt, recorder.tensor(op, rows, attributes, rt.visible(site)));
  });
}

/** Accounts for an array that was made. */
export function afford(rt: Runtime, nd: NdArray): NdArray {
  rt.allocate(nd.size * 8);
  return nd;
}

/** Runs `body` with errors of arrays raised as NumPy raises them; what NumPy would do and we decline is unknown. */
export function numpyErrors<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof TensorError) || !error.numpy) throw error;
    const { exception, message } = error.numpy;
    throw raised(PYTHON_NAMES[exception] ?? exception, message);
  }
}

/** NumPy's own exception classes, by the built-in one that they derive from. */
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  AxisError: 'ValueError',
  LinAlgError: 'ValueError',
  UFuncTypeError: 'TypeError',
};

/** An undo record of a write that no step stands for. */
export function wrote(rt: Runtime, memory: Memory, record: UndoRecord): void {
  rt.recorder?.wrote(record);
  memory.version++;
}

/** `target[...] = value` for any window on a memory; makes the memory traced where an input reaches either. */
export function writeThrough(
  rt: Runtime,
  target: PyArray,
  items: readonly IndexItem[],
  value: Operand,
  plain: () => UndoRecord,
  site: Site,
): void {
  const { memory } = target;
  rt.tick();
  numpyErrors(() => {
    if (memory.row === undefined && value.row === undefined) {
      wrote(rt, memory, plain());
      return;
    }
    const recorder = rt.recorder as Recorder;
    memory.row ??= recorder.constant(memory.whole);
    const where = target.isWhole ? items : regionItems(target, items);
    const source = rowOf(rt, value);
    memory.row = recorder.write(memory.row, where, source, rt.visible(site));
    memory.version++;
    if (!recorder.isActive(memory.row)) memory.row = undefined;
  });
}

/** The elements that a view's index selects, as one index array for each axis of the whole memory. */
function regionItems(target: PyArray, items: readonly IndexItem[]): readonly IndexItem[] {
  const { whole } = target.memory;
  const chosen = selectOf(target.positions(), items);
  const strides = rowMajorStrides(whole.shape);
  const flat = chosen.elements();
  return whole.shape.map((extent, axis) => ({
    kind: 'array',
    array: fromValues(
      'int64',
      chosen.shape,
      Float64Array.from(flat, (p) => Math.floor(p / (strides[axis] as number)) % extent),
    ),
  }));
}


/** Makes an array a leaf of the recording. */
export function leafOf(recorder: Recorder, array: PyArray, name: NamePath, origin: Origin, site: Site): PyArray {
  const own = array.isWhole ? array : new PyArray(copy(array.nd));
  const row = recorder.input(name, own.nd, origin, site);
  if (recorder.tape.isArray(row)) own.memory.row = row;
  return own.know(row);
}
