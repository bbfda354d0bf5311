/** Derivatives of whole traces: Jacobian, Hessian, products with them, derivatives along a direction. */
import { fromValues, type Shape, sizeOf } from '../tensor';
import { shapeOfRow } from './linearization';
import { recordAdjoints, recordTangents } from './recordedSweeps';
import { Recorder } from './recorder';
import { adjoints, type Seeds, type Sweep, tangents } from './sweeps';
import type { Ref, Tape } from './tape';
import type { Trace, Value } from './trace';

/** Matrix of all partial derivatives: one row an element of the output, one column an element of the inputs in turn. */
export interface Jacobian {
  /** One forward sweep a column, or one reverse sweep a row: whichever are fewer. */
  readonly mode: 'forward' | 'reverse';
  readonly sweeps: number;
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly entries: Float64Array;
}

/**
 * The Jacobian of the output by inputs, all by default.
 * @param mode forced; by default forward where the inputs have no more elements than the output
 */
export function jacobian(
  trace: Trace,
  inputs: readonly Ref[] = trace.inputs.map((input) => input.row),
  mode?: 'forward' | 'reverse',
): Jacobian {
  const { tape, output } = trace;
  const rows = sizeOf(shapeOfRow(tape, output));
  const sizes = inputs.map((row) => sizeOf(shapeOfRow(tape, row)));
  const columns = sizes.reduce((a, b) => a + b, 0);
  const chosen = mode ?? (columns <= rows ? 'forward' : 'reverse');
  const entries = new Float64Array(rows * columns);
  if (chosen === 'forward') {
    let column = 0;
    inputs.forEach((row, k) => {
      for (let i = 0; i < (sizes[k] as number); i++, column++) {
        const values = elementsOf(tape, tangents(tape, new Map([[row, unit(shapeOfRow(tape, row), i)]])), output);
        for (let r = 0; r < rows; r++) entries[r * columns + column] = values[r] as number;
      }
    });
  } else {
    for (let r = 0; r < rows; r++) {
      const sweep = adjoints(tape, new Map([[output, unit(shapeOfRow(tape, output), r)]]));
      let column = 0;
      for (const row of inputs) for (const x of elementsOf(tape, sweep, row)) entries[r * columns + column++] = x;
    }
  }
  return { mode: chosen, sweeps: chosen === 'forward' ? columns : rows, rows, columns, entries };
}

/** A scalar output's gradient, recorded so that it can be differentiated again. */
class RecordedGradient {
  readonly tape: Tape;
  private readonly gradient: ReadonlyMap<Ref, Ref>;

  constructor(
    trace: Trace,
    private readonly inputs: readonly Ref[],
  ) {
    if (trace.tape.isArray(trace.output)) {
      throw new RangeError(
        `second derivatives are of a number, not of shape [${shapeOfRow(trace.tape, trace.output).join(',')}]`,
      );
    }
    const recorder = Recorder.extending(trace);
    this.gradient = recordAdjoints(recorder, new Map([[trace.output, recorder.constant(1)]]), inputs);
    this.tape = recorder.tape;
  }

  /** H d, for a direction d: one forward sweep over the reverse one. */
  along(direction: Seeds): Map<Ref, Value> {
    const sweep = tangents(this.tape, direction);
    return new Map(
      this.inputs.map((row) => {
        const shape = shapeOfRow(this.tape, row);
        const recorded = this.gradient.get(row);
        const values = recorded === undefined ? undefined : elementsOf(this.tape, sweep, recorded, sizeOf(shape));
        const elements = values ?? new Float64Array(sizeOf(shape));
        return [row, shape.length === 0 ? (elements[0] as number) : fromValues('float64', shape, elements)];
      }),
    );
  }
}

/**
 * Hessian times a direction: forward over reverse, at the cost of a few evaluations whatever the number of inputs.
 * @throws RangeError where the output is an array
 */
export function hessianVectorProduct(trace: Trace, direction: Seeds): Map<Ref, Value> {
  return new RecordedGradient(
    trace,
    trace.inputs.map((input) => input.row),
  ).along(direction);
}

/**
 * Second derivatives by inputs, all by default: a symmetric matrix over their elements in turn, row-major.
 * @throws RangeError where the output is an array
 */
export function hessian(
  trace: Trace,
  inputs: readonly Ref[] = trace.inputs.map((input) => input.row),
): { readonly size: number; readonly entries: Float64Array } {
  const gradient = new RecordedGradient(trace, inputs);
  const shapes = inputs.map((row) => shapeOfRow(trace.tape, row));
  const size = shapes.reduce((n, shape) => n + sizeOf(shape), 0);
  const entries = new Float64Array(size * size);
  let column = 0;
  inputs.forEach((row, k) => {
    const shape = shapes[k] as Shape;
    for (let i = 0; i < sizeOf(shape); i++, column++) {
      let r = 0;
      for (const value of gradient.along(new Map([[row, unit(shape, i)]])).values()) {
        for (const x of typeof value === 'number' ? [value] : value.elements()) entries[r++ * size + column] = x;
      }
    }
  });
  return { size, entries };
}

/** ⟨∇f, d⟩, or J d of an array output. */
export function directionalDerivative(trace: Trace, direction: Seeds): Value {
  const sweep = tangents(trace.tape, direction);
  return valueOf(trace.tape, sweep, trace.output);
}

/** The first terms of Taylor's series of t ↦ f(x + t d) at 0. */
export interface Taylor {
  readonly value: Value;
  readonly first: Value;
  /** The second derivative (twice the coefficient of t²). */
  readonly second: Value;
}

/** Value, first and second derivative along a direction, by a forward sweep over a recorded one. */
export function taylor(trace: Trace, direction: Seeds): Taylor {
  const { output } = trace;
  const recorder = Recorder.extending(trace);
  const seeds = new Map([...direction].map(([row, d]) => [row, recorder.constant(d)]));
  const recorded = recordTangents(recorder, seeds, output).get(output);
  const { tape } = recorder;
  const zero = (): Value => {
    const shape = shapeOfRow(tape, output);
    return shape.length === 0 ? 0 : fromValues('float64', shape, new Float64Array(sizeOf(shape)));
  };
  const rowValue = (row: Ref): Value => (tape.isArray(row) ? tape.array(row) : (tape.value[row] as number));
  const value = rowValue(output);
  if (recorded === undefined) return { value, first: zero(), second: zero() };
  return { value, first: rowValue(recorded), second: valueOf(tape, tangents(tape, direction), recorded) };
}

function valueOf(tape: Tape, sweep: Sweep, row: Ref): Value {
  const shape = shapeOfRow(tape, row);
  if (shape.length === 0) return sweep.scalars[row] as number;
  return sweep.arrays.get(row) ?? fromValues('float64', shape, new Float64Array(sizeOf(shape)));
}

/** Elements of a row's tangent or adjoint; a recorded direction of fewer elements is repeated. */
function elementsOf(tape: Tape, sweep: Sweep, row: Ref, count?: number): Float64Array {
  const value = valueOf(tape, sweep, row);
  if (typeof value === 'number') return new Float64Array(count ?? 1).fill(value);
  return value.values() as Float64Array;
}

/** 1 at one element, 0 elsewhere. */
function unit(shape: Shape, i: number): Value {
  if (shape.length === 0) return 1;
  const d = new Float64Array(sizeOf(shape));
  d[i] = 1;
  return fromValues('float64', shape, d);
}
