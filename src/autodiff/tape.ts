/**
 * The Wengert list: one row an elementary operation, in order of evaluation, in typed arrays.
 *
 * A row holds its operation, up to two operand rows, the site in the source, the scope (call, loop turn)
 * and the value: 28 bytes (`./rowLayout`). Inputs and constants are rows too. Everything that does not fit in a row lives
 * in side tables: arrays, operands and attributes of tensor primitives. Results of sweeps live outside.
 */
import { copy, type NdArray, scalar, type Storage, type UndoRecord } from '../tensor';
import { RULES, SCALAR_OPS, type ScalarOp } from '../symbolic/rules';
import type { Site } from '../model';
import { OPERATIONS, putRow } from './generated/sweeps';
import {
  ARRAY,
  BYTES_PER_ROW,
  FIELDS,
  FIRST,
  OP,
  OP_CONSTANT,
  OP_INPUT,
  OP_MASK,
  OP_SCALAR,
  OP_TENSOR,
  SCOPE,
  SECOND,
  SITE,
} from './rowLayout';
import { begin, copyRows, own, type RowMemory, settle } from './rowMemory';

export { ARRAY, FLOAT32, OP_CONSTANT, OP_INPUT, OP_MASK, OP_SCALAR, OP_TENSOR } from './rowLayout';

/** A row of the tape. */
export type Ref = number;

// Codes of one table in sweeps of another would compute something else without a word.
if (OPERATIONS !== SCALAR_OPS.join(' ')) {
  throw new Error('src/autodiff/generated is of another rule table: npm run generate makes it anew');
}

const SCALAR_CODES = new Map<string, number>(SCALAR_OPS.map((op, i) => [op, OP_SCALAR + i]));

/** Operation code of a scalar primitive; on array rows it means the primitive lifted elementwise. */
export function scalarCode(op: ScalarOp): number {
  return SCALAR_CODES.get(op) as number;
}

/** What a row of a tensor primitive applies. */
export interface TensorCall {
  readonly op: string;
  readonly operands: readonly Ref[];
  /** Plain data: axes, shapes, indices. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A write to an array that rows may refer to. It happened just before row `at` was recorded, or for it. */
interface Write {
  readonly at: Ref;
  readonly record: UndoRecord;
}

/** Thrown where the content that a row stands for is gone, because a write to its storage was not registered. */
export class OverwrittenError extends Error {
  constructor(readonly row: Ref) {
    super(`the array of row ${row} was overwritten, and the write is not on the tape`);
    this.name = 'OverwrittenError';
  }
}

const NO_ROWS = new Int32Array(0);
const NO_VALUES = new Float64Array(0);
/** Side tables are made when they are first needed. */
const NONE: never[] = [];
Object.freeze(NONE);

export class Tape implements RowMemory {
  length = 0;
  capacity = 0;
  rows: Int32Array = NO_ROWS;
  values: Float64Array = NO_VALUES;
  start = 0;
  private view: Float64Array | undefined;
  arrays: readonly NdArray[] = NONE;
  /** Of each array, the version of its storage whose content the row stands for. */
  private versions: number[] = NONE;
  private writes: Write[] = NONE;
  /** The same by the storage that is written, once they are wanted; and how many of them. */
  private chains: Map<Storage, UndoRecord[]> | undefined;
  private chained = 0;
  /** How many of the writes the storages currently show: fewer than all only during a sweep. */
  private applied = 0;
  calls: readonly TensorCall[] = NONE;
  /** No row holds an array or applies a tensor primitive: the generated scalar sweeps suffice. */
  scalarOnly = true;

  /** @param capacity rows to reserve: for a trace that is known to be long */
  constructor(capacity = 64) {
    begin(this, capacity);
  }

  /** By row, a number or the index of an array in {@link arrays}. Another array when the tape has grown. */
  get value(): Float64Array {
    if (this.view === undefined || this.view.length !== this.capacity || this.view.buffer !== this.values.buffer) {
      this.view = this.values.subarray(this.start, this.start + this.capacity);
    }
    return this.view;
  }

  /** Appends a row and returns it. `b` of a unary operation repeats `a`. */
  push(op: number, a: number, b: number, site: Site, scope: number, value: number): Ref {
    const i = this.length;
    if (i === this.capacity) this.grow();
    this.length = i + 1;
    putRow(this.rows, this.values, this.start + i, op, a, b, site, scope, value);
    return i;
  }

  /** A tape of its own with the same rows, to go on from: the arrays are shared, the rows copied. */
  clone(): Tape {
    const copy = this.cloneRows(Math.max(64, this.length * 2));
    copy.arrays = [...this.arrays];
    copy.versions = [...this.versions];
    copy.writes = [...this.writes];
    copy.applied = this.applied;
    return copy;
  }

  /** A tape with the same rows and no arrays: those of its array rows are still to be kept. */
  cloneRows(capacity: number): Tape {
    const { length } = this;
    const copy = new Tape(capacity);
    copyRows(this, length, copy);
    copy.length = length;
    copy.calls = [...this.calls];
    copy.scalarOnly = this.scalarOnly;
    return copy;
  }

  /** Removes all rows, and keeps their memory. */
  clear(): void {
    this.length = 0;
    this.scalarOnly = true;
    if (this.arrays.length > 0) this.arrays = this.versions = NONE;
    if (this.calls.length > 0) this.calls = NONE;
    if (this.writes.length > 0) {
      this.writes = NONE;
      this.chains = undefined;
    }
    this.applied = 0;
  }

  /** Keeps an array, as it is now, for a row; its index goes into the row's `value` column. */
  keep(array: NdArray): number {
    this.scalarOnly = false;
    if (this.arrays.length === 0) {
      this.arrays = [];
      this.versions = [];
    }
    this.versions.push(array.storage.version);
    return (this.arrays as NdArray[]).push(array) - 1;
  }

  /** Appends a row that applies a tensor primitive. `value` is as in {@link push}. */
  pushCall(flags: number, call: TensorCall, site: Site, scope: number, value: number): Ref {
    this.scalarOnly = false;
    if (this.calls.length === 0) this.calls = [];
    const index = (this.calls as TensorCall[]).push(call) - 1;
    return this.push(OP_TENSOR | flags, index, index, site, scope, value);
  }

  /** A row stands for the present content of its array: what it was before, nobody has read. */
  renew(row: Ref): void {
    const slot = this.value[row] as number;
    this.versions[slot] = (this.arrays[slot] as NdArray).storage.version;
  }

  /** Registers a write that was just made, so that earlier rows keep their meaning. */
  wrote(record: UndoRecord): void {
    if (this.writes.length === 0) this.writes = [];
    this.writes.push({ at: this.length, record });
    this.applied = this.writes.length;
  }

  /** Brings all storages to their content at the time when a row had just been recorded. See {@link present}. */
  rewind(row: Ref): void {
    const { writes } = this;
    while (this.applied > 0 && (writes[this.applied - 1] as Write).at > row) {
      (writes[--this.applied] as Write).record.undo();
    }
    while (this.applied < writes.length && (writes[this.applied] as Write).at <= row) {
      (writes[this.applied++] as Write).record.redo();
    }
  }

  /** Brings all storages to their present content. */
  present(): void {
    this.rewind(this.length);
  }

  /** Gives back the memory that was reserved for more rows, where it is much: a trace that is kept grows no more. */
  trim(): void {
    settle(this);
    const spare = this.capacity - this.length;
    if (spare > SPARE_ROWS && spare > this.length / 8) own(this, this.length);
  }

  private grow(): void {
    own(this, Math.max(64, this.capacity * 2));
  }

  /** Operation code with flags. */
  flags(row: Ref): number {
    return this.rows[(this.start + row) * FIELDS + OP] as number;
  }

  /** Turns a row into another operation: what would be, if it were a constant. */
  setFlags(row: Ref, flags: number): void {
    this.rows[(this.start + row) * FIELDS + OP] = flags;
  }

  /** Operands of a scalar or lifted primitive; of a unary one the second repeats the first. */
  first(row: Ref): Ref {
    return this.rows[(this.start + row) * FIELDS + FIRST] as number;
  }

  second(row: Ref): Ref {
    return this.rows[(this.start + row) * FIELDS + SECOND] as number;
  }

  /** Where in the source a row comes from. */
  site(row: Ref): Site {
    return this.rows[(this.start + row) * FIELDS + SITE] as number;
  }

  /** The call, loop turn or layer that a row belongs to. */
  scope(row: Ref): number {
    return this.rows[(this.start + row) * FIELDS + SCOPE] as number;
  }

  /** What a row of a tensor primitive applies. */
  call(row: Ref): TensorCall {
    return this.calls[this.first(row)] as TensorCall;
  }

  /** Operation code without flags. */
  code(row: Ref): number {
    return this.flags(row) & OP_MASK;
  }

  isArray(row: Ref): boolean {
    return (this.flags(row) & ARRAY) !== 0;
  }

  /** Name of the primitive: `input`, `constant`, a scalar primitive or a tensor primitive. */
  opName(row: Ref): string {
    const code = this.code(row);
    if (code === OP_INPUT) return 'input';
    if (code === OP_CONSTANT) return 'constant';
    if (code >= OP_TENSOR) return this.call(row).op;
    return SCALAR_OPS[code - OP_SCALAR] as string;
  }

  /** Operand rows in order. */
  operands(row: Ref): readonly Ref[] {
    const code = this.code(row);
    if (code < OP_SCALAR) return [];
    if (code >= OP_TENSOR) return this.call(row).operands;
    return arity(code) === 2 ? [this.first(row), this.second(row)] : [this.first(row)];
  }

  /** The content that an array row stands for, for reading. @throws OverwrittenError */
  array(row: Ref): NdArray {
    const slot = this.value[row] as number;
    const array = this.arrays[slot] as NdArray;
    return array.storage.version === this.versions[slot]
      ? array
      : this.recalled(array, this.versions[slot] as number, row);
  }

  /** Value of any row as an array, for reading; a scalar row's has no axes. @throws OverwrittenError */
  ndarray(row: Ref): NdArray {
    return this.isArray(row) ? this.array(row) : scalar(this.value[row] as number);
  }

  /** The array object of a row, for writing; undefined where its storage has since been written. */
  writable(row: Ref): NdArray | undefined {
    const slot = this.value[row] as number;
    const array = this.arrays[slot] as NdArray;
    return array.storage.version === this.versions[slot] ? array : undefined;
  }

  /** A copy of what an array was when its storage had the given version. */
  private recalled(array: NdArray, version: number, row: Ref): NdArray {
    const { storage } = array;
    const chain = this.chainOf(storage);
    const present = storage.version;
    const isAhead = version > present;
    // Records stand in the order of their versions.
    const first = isAhead ? firstFrom(chain, 'before', present) : firstFrom(chain, 'after', present);
    let next = first;
    for (;;) {
      const record = chain[next];
      if (storage.version === version || !record) break;
      if (record[isAhead ? 'before' : 'after'] !== storage.version) break;
      if (isAhead) chain[next++]?.redo();
      else chain[next--]?.undo();
    }
    const content = storage.version === version ? copy(array) : undefined;
    while (next !== first) {
      if (isAhead) chain[--next]?.undo();
      else chain[++next]?.redo();
    }
    if (!content) throw new OverwrittenError(row);
    return content;
  }

  /** The writes into one storage. */
  private chainOf(storage: Storage): readonly UndoRecord[] {
    let { chains } = this;
    if (!chains || this.chained !== this.writes.length) {
      this.chains = chains = new Map();
      for (const { record } of this.writes) {
        const chain = chains.get(record.storage);
        if (chain) chain.push(record);
        else chains.set(record.storage, [record]);
      }
      this.chained = this.writes.length;
    }
    return chains.get(storage) ?? [];
  }

  /** Bytes of the rows in use, without array data. */
  get bytes(): number {
    return this.length * BYTES_PER_ROW;
  }

  /** The same, with what is reserved for more rows. */
  get reservedBytes(): number {
    return this.capacity * BYTES_PER_ROW;
  }
}

/** The first record of a chain whose version is not below the given one. */
function firstFrom(chain: readonly UndoRecord[], which: 'before' | 'after', version: number): number {
  let [low, high] = [0, chain.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chain[middle] as UndoRecord)[which] < version) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows for which more memory may be reserved than a trace has, without a second thought. */
const SPARE_ROWS = 256;

const ARITY = Uint8Array.from([0, 0, ...SCALAR_OPS.map((op) => RULES[op].arity)]);

/** Number of operands of a scalar operation code. */
export function arity(code: number): number {
  return ARITY[code] as number;
}
