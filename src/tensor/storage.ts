import { DTYPE_FACTS, type DType, type TypedArray } from './dtype';
import { TensorError } from './error';

/** Elements that one storage may hold; larger requests are declined (the caller prices work before doing it). */
export const MAX_ELEMENTS = 2 ** 28;

/**
 * The memory that arrays and their views share. `version` names the present content: every write gives it a number never
 * used before, and rolling the write back gives the earlier number again, so equal versions mean equal contents.
 */
export class Storage {
  private latest = 0;
  private current = 0;

  constructor(readonly data: TypedArray) {}

  get version(): number {
    return this.current;
  }

  /** Called by a write that is about to change the data; returns the new version. */
  advance(): number {
    this.current = ++this.latest;
    return this.current;
  }

  /** Called by an undo record that has just put back the content of an earlier or later version. */
  restore(version: number): void {
    this.current = version;
  }
}

/** Zeroed memory. @throws TensorError `memory` when the request is larger than MAX_ELEMENTS */
export function allocate(dtype: DType, length: number): TypedArray {
  if (length > MAX_ELEMENTS) {
    throw new TensorError('memory', 'allocate', `${length} elements of ${dtype} are more than ${MAX_ELEMENTS}`);
  }
  return DTYPE_FACTS[dtype].create(length);
}
