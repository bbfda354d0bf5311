/**
 * The trace at other inputs, evaluated in the page: sliders, plots and differences need no server. One
 * `Replay` holds what is shown while the reader moves an input; `probe` evaluates elsewhere without
 * disturbing it.
 */
import { ScalarTape } from '../../src/autodiff/replay';
import type { TraceView } from '../../src/protocol';
import { asNumber } from './values';

/** All three sweeps at one point, by tape row. */
export interface Sweeps {
  readonly value: (row: number) => number;
  readonly tangent: Float64Array;
  readonly adjoint: Float64Array;
  readonly partials: (row: number) => readonly [number, number];
}

export interface Sample {
  readonly y: number;
  /** ∂y by each input asked for, in that order. */
  readonly gradient: readonly number[];
}

/** Traces up to this length follow the pointer in the page. */
export const REPLAY_LIMIT = 5_000;

export class Replay {
  private readonly shown: ScalarTape;
  private readonly scratch: ScalarTape;
  /** Tape rows by position. */
  readonly rows: Int32Array;

  private constructor(
    private readonly trace: TraceView,
    columns: NonNullable<TraceView['columns']>,
  ) {
    this.shown = ScalarTape.fromColumns(columns, trace.guards);
    this.scratch = ScalarTape.fromColumns(columns, trace.guards);
    this.rows = decodeRows(columns.steps);
  }

  /** `undefined` where the trace holds tensors: those are evaluated by the server. */
  static of(trace: TraceView): Replay | undefined {
    return trace.columns ? new Replay(trace, trace.columns) : undefined;
  }

  /** Whether the whole trace can be evaluated once a frame. */
  get immediate(): boolean {
    return this.rows.length <= REPLAY_LIMIT;
  }

  /** The inputs that are numbers. */
  get inputs(): TraceView['inputs'] {
    return this.trace.inputs.filter((input) => asNumber(input.value) !== undefined);
  }

  /** Moves inputs of what is shown. False where the program would have gone another way. */
  move(point: ReadonlyMap<number, number>): boolean {
    return move(this.shown, point);
  }

  /** The sweeps at the point shown, with the tangent of one input row. */
  sweeps(tangentRow: number): Sweeps {
    const { shown } = this;
    return {
      value: (row) => shown.value(row),
      tangent: shown.tangents(tangentRow),
      adjoint: shown.adjoints(this.trace.output.row),
      partials: (row) => shown.partials(row),
    };
  }

  /**
   * Output and gradient at a point. `undefined` where a guard is violated: the recorded steps say nothing
   * about the function there.
   */
  probe(point: ReadonlyMap<number, number>, by: readonly number[]): Sample | undefined {
    if (!move(this.scratch, point)) return undefined;
    const adjoint = by.length > 0 ? this.scratch.adjoints(this.trace.output.row) : undefined;
    return {
      y: this.scratch.value(this.trace.output.row),
      gradient: by.map((row) => adjoint?.[row] ?? NaN),
    };
  }
}

function move(tape: ScalarTape, point: ReadonlyMap<number, number>): boolean {
  for (const [row, x] of point) tape.setInput(row, x);
  return tape.replay().ok;
}

function decodeRows(base64: string): Int32Array {
  const text = atob(base64);
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  return new Int32Array(bytes.buffer);
}
