import type { TypedArray } from './dtype';
import { TensorError } from './error';
import type { NdArray } from './ndarray';
import { allocate, type Storage } from './storage';
import { forEachRun, planWalk, runStep } from './traverse';

/**
 * What one in-place write overwrote: the region of the storage and its other content. `undo` puts the earlier content
 * back (and keeps the later one for `redo`); records of one storage must be undone in reverse order of writing.
 */
export interface UndoRecord {
  readonly storage: Storage;
  /** Version of the storage before and after the write. */
  readonly before: number;
  readonly after: number;
  /** Memory that the record itself holds, in bytes, without its fixed part. */
  readonly bytes: number;
  undo(): void;
  redo(): void;
}

abstract class Exchange implements UndoRecord {
  readonly before: number;
  readonly after: number;
  abstract readonly bytes: number;

  constructor(readonly storage: Storage) {
    this.before = storage.version;
    this.after = storage.advance();
  }

  undo(): void {
    this.move(this.after, this.before);
  }

  redo(): void {
    this.move(this.before, this.after);
  }

  private move(from: number, to: number): void {
    if (this.storage.version !== from) {
      throw new TensorError('value', 'undo', `the storage is at version ${this.storage.version}, not ${from}`);
    }
    this.swap();
    this.storage.restore(to);
  }

  /** Exchanges the content of the region with the content kept here. */
  protected abstract swap(): void;
}

class ElementExchange extends Exchange {
  readonly bytes = 16;
  private value: number;

  constructor(
    storage: Storage,
    private readonly position: number,
  ) {
    super(storage);
    this.value = storage.data[position]!;
  }

  protected swap(): void {
    const { data } = this.storage;
    const value = data[this.position]!;
    data[this.position] = this.value;
    this.value = value;
  }
}

class RegionExchange extends Exchange {
  private values: TypedArray;

  constructor(private readonly region: NdArray) {
    super(region.storage);
    this.values = region.values();
  }

  get bytes(): number {
    return this.values.byteLength;
  }

  protected swap(): void {
    const { region, values } = this;
    this.values = region.values();
    overwrite(region, values);
  }
}

class ScatterExchange extends Exchange {
  private values: TypedArray;

  /** Positions may repeat: all are read before any is written, in both directions. */
  constructor(
    private readonly array: NdArray,
    private readonly positions: Uint32Array,
  ) {
    super(array.storage);
    this.values = this.read();
  }

  get bytes(): number {
    return this.values.byteLength + this.positions.byteLength;
  }

  private read(): TypedArray {
    const { data } = this.storage;
    const values = allocate(this.array.dtype, this.positions.length);
    for (let i = 0; i < values.length; i++) values[i] = data[this.positions[i]!]!;
    return values;
  }

  protected swap(): void {
    const { data } = this.storage;
    const { values } = this;
    this.values = this.read();
    for (let i = 0; i < values.length; i++) data[this.positions[i]!] = values[i]!;
  }
}

function requireWritable(array: NdArray): void {
  if (!array.writable) {
    throw new TensorError('read-only', 'assign', 'the array is a read-only view', {
      exception: 'ValueError',
      message: 'assignment destination is read-only',
    });
  }
}

/** Records that all elements of `region` are about to be overwritten, and advances the storage's version. */
export function recordRegion(region: NdArray): UndoRecord {
  requireWritable(region);
  return region.size === 1 ? new ElementExchange(region.storage, region.offset) : new RegionExchange(region);
}

/** Records that one element of an array's storage is about to be overwritten. */
export function recordElement(array: NdArray, position: number): UndoRecord {
  requireWritable(array);
  return new ElementExchange(array.storage, position);
}

/** Records that the elements at these positions of the array's storage are about to be overwritten. */
export function recordScatter(array: NdArray, positions: Uint32Array): UndoRecord {
  requireWritable(array);
  return new ScatterExchange(array, positions);
}

/** Runs `write`; if it throws, the record is undone first, so that a failed write leaves nothing behind. */
export function guarded(record: UndoRecord, write: () => void): UndoRecord {
  try {
    write();
  } catch (error) {
    record.undo();
    throw error;
  }
  return record;
}

/** Stores row-major values of the array's own element type into the array. No record, no version. */
export function overwrite(array: NdArray, values: TypedArray): void {
  const { data, offset } = array;
  if (array.size === 0) return;
  if (array.isContiguous) {
    data.set(values, offset);
    return;
  }
  const order = array.shape.map((_, axis) => axis);
  const walk = planWalk(array.shape, [array.strides], order);
  const step = runStep(walk, 0);
  let from = 0;
  forEachRun(walk, [offset], (count, positions) => {
    for (let i = 0, to = positions[0]!; i < count; i++, to += step) data[to] = values[from++]!;
  });
}

/** Undoes records, the latest first, so that each storage is as it was before the first of them. */
export function rollBack(records: readonly UndoRecord[]): void {
  for (let i = records.length - 1; i >= 0; i--) records[i]!.undo();
}

/** Repeats writes that `rollBack` has undone. */
export function reapply(records: readonly UndoRecord[]): void {
  for (const record of records) record.redo();
}
