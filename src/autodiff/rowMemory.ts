/**
 * Memory for the rows of tapes. Typed arrays of their own cost more than all steps of a short trace, so short tapes lie in
 * common blocks: the newest tape may use what is left of a block, and is cut to what it has when another begins. No memory
 * is used twice, so a trace that is kept stays as it is; it keeps its block.
 */
import { FIELDS } from './rowLayout';

/** What a tape has of its memory. */
export interface RowMemory {
  /** Rows in use. */
  length: number;
  /** Rows that fit. */
  capacity: number;
  /** Integers of the rows, {@link FIELDS} each. */
  rows: Int32Array;
  values: Float64Array;
  /** Where row 0 lies in both, in rows. */
  start: number;
}

const BLOCK_ROWS = 2048;
/** Longer tapes have memory of their own. */
const WINDOW_ROWS = 64;

let rows = new Int32Array(0);
let values = new Float64Array(0);
/** Rows of the block that are taken. */
let taken = BLOCK_ROWS;
/** The tape that begins there, if it may still grow in place. */
let newest: RowMemory | undefined;

/** Gives a tape without rows its memory. */
export function begin(tape: RowMemory, capacity: number): void {
  if (capacity > WINDOW_ROWS) {
    own(tape, capacity);
    return;
  }
  if (newest !== undefined) settle(newest);
  if (taken + capacity > BLOCK_ROWS) {
    rows = new Int32Array(BLOCK_ROWS * FIELDS);
    values = new Float64Array(BLOCK_ROWS);
    taken = 0;
  }
  tape.rows = rows;
  tape.values = values;
  tape.start = taken;
  tape.capacity = capacity;
  newest = tape;
}

/** Ends growth in place: what the tape has not used is free for others. */
export function settle(tape: RowMemory): void {
  if (newest !== tape) return;
  newest = undefined;
  taken += tape.length;
  tape.capacity = tape.length;
}

/** Moves the rows of a tape to memory of its own. */
export function own(tape: RowMemory, capacity: number): void {
  settle(tape);
  const moved = {
    rows: new Int32Array(capacity * FIELDS),
    values: new Float64Array(capacity),
    start: 0,
  };
  copyRows(tape, tape.length, moved);
  Object.assign(tape, moved);
  tape.capacity = capacity;
}

/** Copies the first rows from one memory to another. */
export function copyRows(from: Place, count: number, to: Place): void {
  to.rows.set(from.rows.subarray(from.start * FIELDS, (from.start + count) * FIELDS), to.start * FIELDS);
  to.values.set(from.values.subarray(from.start, from.start + count), to.start);
}

type Place = Pick<RowMemory, 'rows' | 'values' | 'start'>;
