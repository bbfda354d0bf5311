/**
 * The Wengert list: one row an elementary operation, in order of evaluation, in typed arrays.
 *
 * A row holds its operation, up to two operand rows, the site in the source, the scope (call, loop turn)
 * and the value: 26 bytes. Inputs and constants are rows too. Everything that does not fit in a row lives
 * in side tables: arrays, operands and attributes of tensor primitives. Results of sweeps live outside.
 */
import { copy, type NdArray, scalar, type UndoRecord } from '../tensor';
import { RULES, SCALAR_OPS, type ScalarOp } from '../symbolic/rules';
import type { Site } from '../model';
import { OPERATIONS } from './generated/sweeps';

/** A row of the tape. */
export type Ref = number;

export const OP_INPUT = 0;
export const OP_CONSTANT = 1;
/** Scalar primitives follow in table order. */
export const OP_SCALAR = 2;
/** Tensor primitives: the `a` column is an index into {@link Tape.calls}. */
export const OP_TENSOR = 0x400;
export const OP_MASK = 0x0fff;
/** Flag: the value is an array, and the `value` column is an index into {@link Tape.arrays}. */
export const ARRAY = 0x8000;
/** Flag: the value is rounded to float32. */
export const FLOAT32 = 0x4000;

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

export class Tape {
  length = 0;
  op: Uint16Array;
  a: Int32Array;
  b: Int32Array;
  site: Int32Array;
  scope: Int32Array;
  value: Float64Array;
  readonly arrays: NdArray[] = [];
  /** Of each array, the version of its storage whose content the row stands for. */
  private readonly versions: number[] = [];
  private readonly writes: Write[] = [];
  /** How many of the writes the storages currently show: fewer than all only during a sweep. */
  private applied = 0;
  readonly calls: TensorCall[] = [];
  /** No row holds an array or applies a tensor primitive: the generated scalar sweeps suffice. */
  scalarOnly = true;

  constructor(capacity = 64) {
    this.op = new Uint16Array(capacity);
    this.a = new Int32Array(capacity);
    this.b = new Int32Array(capacity);
    this.site = new Int32Array(capacity);
    this.scope = new Int32Array(capacity);
    this.value = new Float64Array(capacity);
  }

  /** Appends a row and returns it. `b` of a unary operation repeats `a`. */
  push(op: number, a: number, b: number, site: Site, scope: number, value: number): Ref {
    const i = this.length;
    if (i === this.op.length) this.grow();
    this.length = i + 1;
    const { op: ops, a: as, b: bs, site: sites, scope: scopes, value: values } = this;
    ops[i] = op;
    as[i] = a;
    bs[i] = b;
    sites[i] = site;
    scopes[i] = scope;
    values[i] = value;
    return i;
  }

  /** A tape of its own with the same rows, to go on from: the arrays are shared, the columns copied. */
  clone(): Tape {
    const copy = new Tape(Math.max(64, this.length * 2));
    copy.length = this.length;
    for (const column of ['op', 'a', 'b', 'site', 'scope', 'value'] as const) {
      copy[column].set(this[column].subarray(0, this.length));
    }
    copy.arrays.push(...this.arrays);
    copy.versions.push(...this.versions);
    copy.writes.push(...this.writes);
    copy.applied = this.applied;
    copy.calls.push(...this.calls);
    copy.scalarOnly = this.scalarOnly;
    return copy;
  }

  /** Removes all rows, and keeps their memory. */
  clear(): void {
    this.length = 0;
    this.scalarOnly = true;
    if (this.arrays.length > 0) this.arrays.length = this.versions.length = 0;
    if (this.calls.length > 0) this.calls.length = 0;
    if (this.writes.length > 0) this.writes.length = this.applied = 0;
  }

  /** Keeps an array, as it is now, for a row; its index goes into the row's `value` column. */
  keep(array: NdArray): number {
    this.scalarOnly = false;
    this.versions.push(array.storage.version);
    return this.arrays.push(array) - 1;
  }

  /** A row stands for the present content of its array: what it was before, nobody has read. */
  renew(row: Ref): void {
    const slot = this.value[row] as number;
    this.versions[slot] = (this.arrays[slot] as NdArray).storage.version;
  }

  /** Registers a write that was just made, so that earlier rows keep their meaning. */
  wrote(record: UndoRecord): void {
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
    const spare = this.op.length - this.length;
    if (spare > SPARE_ROWS && spare > this.length / 8) this.resize(this.length);
  }

  private grow(): void {
    this.resize(Math.max(64, this.op.length * 2));
  }

  private resize(n: number): void {
    this.op = resized(this.op, new Uint16Array(n));
    this.a = resized(this.a, new Int32Array(n));
    this.b = resized(this.b, new Int32Array(n));
    this.site = resized(this.site, new Int32Array(n));
    this.scope = resized(this.scope, new Int32Array(n));
    this.value = resized(this.value, new Float64Array(n));
  }

  /** Operation code without flags. */
  code(row: Ref): number {
    return (this.op[row] as number) & OP_MASK;
  }

  isArray(row: Ref): boolean {
    return ((this.op[row] as number) & ARRAY) !== 0;
  }

  /** Name of the primitive: `input`, `constant`, a scalar primitive or a tensor primitive. */
  opName(row: Ref): string {
    const code = this.code(row);
    if (code === OP_INPUT) return 'input';
    if (code === OP_CONSTANT) return 'constant';
    if (code >= OP_TENSOR) return (this.calls[this.a[row] as number] as TensorCall).op;
    return SCALAR_OPS[code - OP_SCALAR] as string;
  }

  /** Operand rows in order. */
  operands(row: Ref): readonly Ref[] {
    const code = this.code(row);
    if (code < OP_SCALAR) return [];
    if (code >= OP_TENSOR) return (this.calls[this.a[row] as number] as TensorCall).operands;
    return arity(code) === 2 ? [this.a[row] as number, this.b[row] as number] : [this.a[row] as number];
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
    const records = this.writes.map((write) => write.record).filter((record) => record.storage === storage);
    const done: (() => void)[] = [];
    const step = (move: UndoRecord | undefined, forth: 'undo' | 'redo') => {
      if (!move) return false;
      move[forth]();
      done.push(() => move[forth === 'undo' ? 'redo' : 'undo']());
      return true;
    };
    const last = Math.max(...records.map((record) => record.after), 0);
    const ahead = version > storage.version && version <= last;
    while (
      storage.version !== version &&
      (ahead
        ? step(
            records.find((record) => record.before === storage.version),
            'redo',
          )
        : step(
            records.find((record) => record.after === storage.version),
            'undo',
          ))
    );
    const found = storage.version === version;
    const content = found ? copy(array) : undefined;
    for (const back of done.reverse()) back();
    if (!content) throw new OverwrittenError(row);
    return content;
  }

  /** Bytes of the rows in use, without array data. */
  get bytes(): number {
    return this.length * BYTES_PER_ROW;
  }

  /** Bytes of the columns, with what is reserved for more rows. */
  get reservedBytes(): number {
    const { op, a, b, site, scope, value } = this;
    return [op, a, b, site, scope, value].reduce((n, column) => n + column.byteLength, 0);
  }
}

/** Six columns: two bytes for the operation, four each for operands, site and scope, eight for the value. */
export const BYTES_PER_ROW = 2 + 4 * 4 + 8;

/** Rows for which more memory may be reserved than a trace has, without a second thought. */
const SPARE_ROWS = 256;

function resized<T extends Uint16Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from.length > to.length ? from.subarray(0, to.length) : from);
  return to;
}

const ARITY = Uint8Array.from([0, 0, ...SCALAR_OPS.map((op) => RULES[op].arity)]);

/** Number of operands of a scalar operation code. */
export function arity(code: number): number {
  return ARITY[code] as number;
}
