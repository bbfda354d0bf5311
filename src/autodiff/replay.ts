/**
 * Replay of a scalar tape at other inputs: sliders, plots, differences. Needs nothing but the columns, so the
 * viewer page does it by itself. Guards are checked again; where one changes, the tape no longer tells what
 * the program would do, and the caller must record anew.
 */
import { adjointSweep, isKink, partialX, partialY, replaySweep, tangentSweep } from './generated/sweeps';
import { FIELDS, FIRST, OP, OP_MASK, OP_SCALAR, SECOND } from './rowLayout';
import type { Ref, Tape } from './tape';
import type { Guard } from './trace';

/** The part of a guard that replay needs. */
export type GuardTest = Pick<Guard, 'test' | 'x' | 'outcome'> & { readonly y?: number | undefined };

/** Base64 of little-endian typed arrays. */
export interface EncodedColumns {
  readonly length: number;
  readonly op: string;
  readonly a: string;
  readonly b: string;
  readonly value: string;
}

export type ReplayResult = { readonly ok: true } | { readonly ok: false; readonly violated: number };

const REPLAYED: ReplayResult = { ok: true };

/** A scalar tape of its own values: moving it leaves the recorded one alone. */
export class ScalarTape {
  /** The first row that is no leaf. */
  private readonly first: number;

  private constructor(
    readonly length: number,
    private readonly rows: Int32Array,
    private readonly values: Float64Array,
    private readonly guards: readonly GuardTest[],
  ) {
    let first = 0;
    while (first < length && this.code(first) < OP_SCALAR) first++;
    this.first = first;
  }

  static of(tape: Tape, guards: readonly GuardTest[] = []): ScalarTape {
    if (!tape.scalarOnly) throw new Error('replay without evaluation needs a tape without arrays');
    const n = tape.length;
    return new ScalarTape(
      n,
      tape.rows.slice(tape.start * FIELDS, (tape.start + n) * FIELDS),
      tape.value.slice(0, n),
      guards,
    );
  }

  static fromColumns(columns: EncodedColumns, guards: readonly GuardTest[] = []): ScalarTape {
    const rows = new Int32Array(columns.length * FIELDS);
    const put = (field: number, from: ArrayLike<number>) => {
      for (let i = 0; i < from.length; i++) rows[i * FIELDS + field] = from[i] as number;
    };
    put(OP, new Uint16Array(decode(columns.op)));
    put(FIRST, new Int32Array(decode(columns.a)));
    put(SECOND, new Int32Array(decode(columns.b)));
    return new ScalarTape(columns.length, rows, new Float64Array(decode(columns.value)), guards);
  }

  value(row: Ref): number {
    return this.values[row] as number;
  }

  setInput(row: Ref, x: number): void {
    this.values[row] = x;
  }

  /** Evaluates all rows again and says whether the program would have gone the same way. */
  replay(): ReplayResult {
    replaySweep(this.rows, this.values, 0, this.length, this.first);
    for (let i = 0; i < this.guards.length; i++) {
      if (!holds(this.guards[i] as GuardTest, this.values)) return { ok: false, violated: i };
    }
    return REPLAYED;
  }

  /** Tangents of all rows when one input moves with speed 1. */
  tangents(input: Ref): Float64Array {
    const t = new Float64Array(this.length);
    t[input] = 1;
    tangentSweep(this.rows, this.values, 0, t, this.length);
    return t;
  }

  /**
   * Adjoints of all rows for an output weighted 1.
   * @param adjoint memory for them, one number a row
   */
  adjoints(output: Ref, adjoint: Float64Array = new Float64Array(this.length)): Float64Array {
    // A loop, because `fill` costs more than a small tape.
    for (let i = 0; i < adjoint.length; i++) adjoint[i] = 0;
    adjoint[output] = 1;
    adjointSweep(this.rows, this.values, 0, adjoint, output, this.first);
    return adjoint;
  }

  /** Local partials of a row by its first and second operand; 0 for a leaf. */
  partials(row: Ref): readonly [number, number] {
    const code = this.code(row);
    if (code < OP_SCALAR) return [0, 0];
    const [x, y, v] = this.atRow(row);
    return [partialX(code, x, y, v), partialY(code, x, y, v)];
  }

  /** The first row that stands on a kink, or −1. */
  kink(upTo: Ref = this.length - 1): Ref {
    for (let i = 0; i <= upTo; i++) {
      const code = this.code(i);
      if (code >= OP_SCALAR && isKink(code, ...this.atRow(i))) return i;
    }
    return -1;
  }

  private code(row: Ref): number {
    return (this.rows[row * FIELDS + OP] as number) & OP_MASK;
  }

  /** Values of the operands and of the row itself. */
  private atRow(row: Ref): [number, number, number] {
    const at = row * FIELDS;
    const { rows, values } = this;
    const [p, q] = [rows[at + FIRST] as number, rows[at + SECOND] as number];
    return [values[p] as number, values[q] as number, values[row] as number];
  }
}

/** Whether a guard has the outcome that it had when it was recorded. */
export function holds(guard: GuardTest, values: ArrayLike<number>): boolean {
  const x = values[guard.x] as number;
  const y = guard.y === undefined ? 0 : (values[guard.y] as number);
  return outcomeOf(guard.test, x, y) === guard.outcome;
}

/** What a guard's test yields: 0 or 1 for comparisons, a number for conversions. */
export function outcomeOf(test: Guard['test'], x: number, y: number): number {
  switch (test) {
    case 'lt':
      return Number(x < y);
    case 'le':
      return Number(x <= y);
    case 'gt':
      return Number(x > y);
    case 'ge':
      return Number(x >= y);
    case 'eq':
      return Number(x === y);
    case 'ne':
      return Number(x !== y);
    case 'truth':
      return Number(x !== 0);
    case 'floor':
      return Math.floor(x);
    case 'trunc':
      return Math.trunc(x);
    case 'value':
      return x;
  }
}

/**
 * Base64 of the columns of a scalar tape.
 * @param steps rows in the order of their numbers
 */
export function encodeColumns(tape: Tape, steps: readonly Ref[]): EncodedColumns & { readonly steps: string } {
  const n = tape.length;
  return {
    length: n,
    steps: encode(Int32Array.from(steps)),
    op: encode(Uint16Array.from({ length: n }, (_, row) => tape.flags(row))),
    a: encode(Int32Array.from({ length: n }, (_, row) => tape.first(row))),
    b: encode(Int32Array.from({ length: n }, (_, row) => tape.second(row))),
    value: encode(tape.value.slice(0, n)),
  };
}

function encode(column: Uint16Array | Int32Array | Float64Array): string {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  let text = '';
  // String.fromCharCode takes its arguments on the stack: in pieces.
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

function decode(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
