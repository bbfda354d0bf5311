/** Sweeps over traces that hold arrays: scalar rows by the generated code, array rows by their linear terms. */
import { broadcastTo, contiguous, fromValues, type NdArray, scalar, type Shape, toFloat64 } from '../tensor';
import { evaluateTerm } from './evaluateTerm';
import { CONTRIBUTIONS } from './generated/loops';
import { adjointRow, tangentRow } from './generated/sweeps';
import { environment, linearize, shapeOfRow } from './linearization';
import { sumToShape } from './multilinear';
import type { Seeds, Sweep } from './sweeps';
import type { Value } from './trace';
import { OP_CONSTANT, OP_SCALAR, OP_TENSOR, type Ref, type Tape } from './tape';
import { ARRAYS } from './tensorRules';
import { transpose } from './transpose';

/** Forward. `scalars` holds the seeds of scalar rows, and receives the tangents. */
export function tangentArrays(tape: Tape, seeds: Seeds, scalars: Float64Array): Sweep {
  const arrays = seedArrays(tape, seeds);
  try {
    for (let row = 0; row < tape.length; row++) {
      const code = tape.code(row);
      if (code < OP_SCALAR) continue;
      tape.rewind(row);
      if (code < OP_TENSOR && !tape.isArray(row)) {
        tangentRow(code, row, tape.first(row), tape.second(row), tape.values, tape.start, scalars);
        continue;
      }
      const total = new Total();
      const lifted = code < OP_TENSOR;
      const linear = lifted ? undefined : linearize(tape, row);
      const env = linear && environment(ARRAYS, row, linear, (r) => derivativeOperand(tape, r));
      tape.operands(row).forEach((p, slot) => {
        const direction = directionOf(tape, p, scalars, arrays);
        if (!direction) return;
        if (!linear || !env) {
          total.add(liftedContribution(tape, row, slot, broadcastTo(direction, shapeOfRow(tape, row))));
          return;
        }
        const term = linear.terms[slot];
        total.add(term && evaluateTerm(ARRAYS, term, direction, env));
      });
      if (!total.value) continue;
      if (tape.isArray(row)) arrays.set(row, total.value);
      else scalars[row] = total.value.item();
    }
  } finally {
    tape.present();
  }
  return { scalars, arrays };
}

/** Reverse, from row `last` down. `scalars` holds the seeds of scalar rows, and receives the adjoints. */
export function adjointArrays(
  tape: Tape,
  seeds: Seeds,
  scalars: Float64Array,
  last: Ref,
  leaves?: { has(row: Ref): boolean },
): Sweep {
  const totals = new Map<Ref, Total>();
  for (const [row, seed] of seedArrays(tape, seeds)) totalOf(totals, row).add(seed);
  try {
    for (let row = last; row >= 0; row--) {
      const code = tape.code(row);
      if (code < OP_SCALAR || leaves?.has(row)) continue;
      if (code < OP_TENSOR && !tape.isArray(row)) {
        if (scalars[row] === 0) continue;
        adjointRow(code, row, tape.first(row), tape.second(row), tape.values, tape.start, scalars);
        continue;
      }
      const cotangent = tape.isArray(row) ? totals.get(row)?.value : nonZero(scalars[row] as number);
      if (!cotangent) continue;
      tape.rewind(row);
      const give = (p: Ref, contribution: NdArray | undefined) => {
        if (!contribution) return;
        if (tape.isArray(p)) totalOf(totals, p).add(contribution);
        else scalars[p] = (scalars[p] as number) + contribution.item();
      };
      const sendsBack = contributor(tape, row, cotangent);
      tape.operands(row).forEach((p, slot) => {
        if (tape.code(p) !== OP_CONSTANT) give(p, sendsBack(slot));
      });
    }
  } finally {
    tape.present();
  }
  const arrays = new Map<Ref, NdArray>();
  for (const [row, total] of totals) if (total.value) arrays.set(row, total.value);
  return { scalars, arrays };
}

/** What an array row of a given adjoint sends back to its operands, by slot. */
function contributor(tape: Tape, row: Ref, cotangent: NdArray): (slot: number) => NdArray | undefined {
  if (tape.code(row) < OP_TENSOR) {
    return (slot) =>
      sumToShape(liftedContribution(tape, row, slot, cotangent), shapeOfRow(tape, tape.operands(row)[slot] as Ref));
  }
  const linear = linearize(tape, row);
  const env = environment(ARRAYS, row, linear, (r) => derivativeOperand(tape, r));
  return (slot) => {
    const term = linear.terms[slot];
    return term && evaluateTerm(ARRAYS, transpose(term, linear.shapes[slot] as Shape), cotangent, env);
  };
}

/** What a row sends back to its operand in `slot` after a reverse sweep; undefined for nothing. */
export function contributionOf(tape: Tape, sweep: Sweep, row: Ref, slot: number): Value | undefined {
  const adjoint = tape.isArray(row) ? sweep.arrays.get(row) : (sweep.scalars[row] as number);
  return adjoint === undefined ? undefined : pulledBack(tape, row, slot, adjoint);
}

/** What a row of any adjoint sends back to its operand in `slot`, in the operand's shape; undefined for nothing. */
export function pulledBack(tape: Tape, row: Ref, slot: number, adjoint: Value): Value | undefined {
  if (tape.code(row) < OP_TENSOR && !tape.isArray(row)) {
    const g = numberOf(adjoint);
    if (g === 0) return 0;
    // On operands of their own, so that a step that uses one value twice tells its slots apart.
    const [p, q] = tape.operands(row) as [Ref, Ref | undefined];
    const values = Float64Array.of(tape.value[p] as number, tape.value[q ?? p] as number, tape.value[row] as number);
    const adjoints = Float64Array.of(0, 0, g);
    adjointRow(tape.code(row), 2, 0, 1, values, 0, adjoints);
    return adjoints[slot] as number;
  }
  const cotangent = typeof adjoint === 'number' ? nonZero(adjoint) : adjoint;
  if (!cotangent) return undefined;
  const contribution = contributor(tape, row, cotangent)(slot);
  return contribution && contribution.ndim === 0 ? contribution.item() : contribution;
}

const numberOf = (value: Value): number => (typeof value === 'number' ? value : value.item());

/** A sum that copies only from the second summand on: the first is often a view of another row's. */
class Total {
  value: NdArray | undefined;
  private own = false;

  add(summand: NdArray | undefined): void {
    if (!summand) return;
    if (!this.value) {
      this.value = summand;
      return;
    }
    const more = contiguous(toFloat64(summand)).elements() as Float64Array;
    if (!this.own) {
      this.value = fromValues('float64', this.value.shape, this.value.values());
      this.own = true;
    }
    const sum = this.value.data as Float64Array;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (more[i] as number);
  }
}

function totalOf(totals: Map<Ref, Total>, row: Ref): Total {
  let total = totals.get(row);
  if (!total) totals.set(row, (total = new Total()));
  return total;
}

/** Seeds of array rows, float64 and of the row's shape. */
function seedArrays(tape: Tape, seeds: Seeds): Map<Ref, NdArray> {
  const arrays = new Map<Ref, NdArray>();
  for (const [row, seed] of seeds) {
    if (!tape.isArray(row)) continue;
    const value = typeof seed === 'number' ? scalar(seed) : toFloat64(seed);
    arrays.set(row, broadcastTo(value, shapeOfRow(tape, row)));
  }
  return arrays;
}

function nonZero(x: number): NdArray | undefined {
  return x === 0 ? undefined : scalar(x);
}

function directionOf(
  tape: Tape,
  row: Ref,
  scalars: Float64Array,
  arrays: ReadonlyMap<Ref, NdArray>,
): NdArray | undefined {
  return tape.isArray(row) ? arrays.get(row) : nonZero(scalars[row] as number);
}

function derivativeOperand(tape: Tape, row: Ref): NdArray {
  return toFloat64(tape.ndarray(row));
}

const EMPTY = new Float64Array(0);

/** direction ⊙ partial of a lifted primitive by its operand in `slot`; the direction has the shape of the row. */
function liftedContribution(tape: Tape, row: Ref, slot: number, direction: NdArray): NdArray {
  const shape = direction.shape;
  const operands = tape.operands(row);
  const D = dense(direction, shape);
  const load = (p: Ref | undefined): [Float64Array, number] => {
    if (p === undefined) return [EMPTY, 0];
    return tape.isArray(p) ? [dense(tape.array(p), shape), 1] : [Float64Array.of(tape.value[p] as number), 0];
  };
  const [X, xStep] = load(operands[0]);
  const [Y, yStep] = load(operands[1]);
  const out = new Float64Array(D.length);
  const contribution = CONTRIBUTIONS[tape.code(row) - OP_SCALAR]?.[slot];
  if (!contribution) throw new Error(`no operand ${slot}`);
  contribution(D.length, D, X, xStep, Y, yStep, dense(tape.array(row), shape), out);
  return fromValues('float64', shape, out);
}

/** Elements in row-major order, as float64, repeated to a shape. */
function dense(array: NdArray, shape: Shape): Float64Array {
  return contiguous(toFloat64(broadcastTo(array, shape))).elements() as Float64Array;
}
