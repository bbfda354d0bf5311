/** What the hypotheses about a wrong gradient look at, worked out from a recorded forward pass. */
import { fromValues, type NdArray, scalar, type Shape, sizeOf, toFloat64, zip } from '../tensor';
import type { Variant } from './hypotheses/hypothesis';
import { shapeOfRow } from './linearization';
import { adjoints, type Seeds } from './sweeps';
import { ARRAY, OP_CONSTANT, OP_INPUT, OP_SCALAR, OP_TENSOR, type Ref, type Tape } from './tape';
import type { Value } from './trace';

/** Steps of the forward pass that hypotheses try one by one; a longer one is not searched. */
const MAX_STEPS = 150;

/** A forward pass with the weights of its outputs. */
export interface WeightedPass {
  readonly tape: Tape;
  readonly seeds: Seeds;
  /** How the reader knows a step: its source text and line. */
  describe(row: Ref): string;
}

/** The gradient by a row, in its shape: zeros where nothing reaches it. */
export function gradientOf(tape: Tape, seeds: Seeds, row: Ref): NdArray {
  const sweep = adjoints(tape, seeds);
  if (!tape.isArray(row)) return scalar(sweep.scalars[row] as number);
  return sweep.arrays.get(row) ?? filled(shapeOfRow(tape, row), 0);
}

/** Seeds of ones for the same outputs. */
export function onesFor(tape: Tape, seeds: Seeds): Seeds {
  return new Map(
    [...seeds.keys()].map((row): [Ref, Value] => {
      const shape = shapeOfRow(tape, row);
      return [row, shape.length === 0 ? 1 : filled(shape, 1)];
    }),
  );
}

export function filled(shape: Shape, value: number): NdArray {
  return fromValues('float64', shape, new Float64Array(sizeOf(shape)).fill(value));
}

/** The gradient by `row` without what goes through one step, for every step where that makes a difference. */
export function* omissions(pass: WeightedPass, row: Ref): Generator<Variant & { readonly isPenalty: boolean }> {
  const { tape, seeds } = pass;
  const last = Math.max(...seeds.keys());
  const between = stepsBetween(tape, row, seeds);
  if (between.length > MAX_STEPS) return;
  for (const step of between) {
    if (seeds.has(step)) continue;
    const without = tape.clone();
    without.setFlags(step, (without.flags(step) & ARRAY) | OP_CONSTANT);
    const gradient = gradientOf(without, seeds, row);
    if (gradient.elements().every((x) => x === 0)) continue;
    yield {
      key: `without ${step}`,
      text: pass.describe(step),
      row: step,
      gradient,
      isPenalty: isPenalty(tape, step, row, last),
    };
  }
}

/** Values and slopes of steps, which a factor may be. */
export function* factors(pass: WeightedPass, row: Ref): Generator<Variant> {
  const { tape, seeds } = pass;
  const steps = stepsBetween(tape, row, seeds);
  if (steps.length > MAX_STEPS) return;
  yield { key: `value ${row}`, text: pass.describe(row), row, gradient: toFloat64(tape.ndarray(row)) };
  for (const step of steps) {
    yield { key: `value ${step}`, text: pass.describe(step), row: step, gradient: toFloat64(tape.ndarray(step)) };
    const slope = slopeOf(tape, step);
    if (slope) yield { key: `slope ${step}`, text: `the slope of ${pass.describe(step)}`, row: step, gradient: slope };
  }
}

/** The local derivative of a unary elementwise step. */
function slopeOf(tape: Tape, step: Ref): NdArray | undefined {
  const code = tape.code(step);
  const active = tape.operands(step).filter((p) => tape.code(p) !== OP_CONSTANT);
  const [operand] = active;
  if (code < OP_SCALAR || code >= OP_TENSOR || operand === undefined || active.length !== 1) return undefined;
  const alone = tape.clone();
  alone.setFlags(operand, (alone.flags(operand) & ARRAY) | OP_INPUT);
  return gradientOf(alone, onesFor(tape, new Map([[step, 1]])), operand);
}

/**
 * The slope of an elementwise function of a row: its gradient under ones, if under any other weights it is those times
 * the slope; undefined where elements are mixed.
 */
export function elementwiseSlope(tape: Tape, output: Ref, row: Ref, weights: NdArray): NdArray | undefined {
  const shape = shapeOfRow(tape, output);
  const own = shapeOfRow(tape, row);
  if (own.length !== shape.length || own.some((n, k) => n !== shape[k])) return undefined;
  const ones: Value = shape.length === 0 ? 1 : filled(shape, 1);
  const slope = gradientOf(tape, new Map([[output, ones]]), row);
  if (shape.length === 0) return slope;
  const weighted = gradientOf(tape, new Map([[output, weights]]), row);
  const product = zip((a, b) => a * b, slope, weights, 'float64').elements();
  const given = weighted.elements();
  for (let i = 0; i < given.length; i++) {
    const [a, b] = [given[i] as number, product[i] as number];
    if (Math.abs(a - b) > 1e-10 * (Math.abs(a) + Math.abs(b))) return undefined;
  }
  return slope;
}

/** Steps on a way from the row to a weighted output. */
function stepsBetween(tape: Tape, row: Ref, seeds: Seeds): Ref[] {
  const last = Math.max(...seeds.keys());
  const reached = new Uint8Array(tape.length);
  reached[row] = 1;
  for (let i = row + 1; i <= last; i++) if (tape.operands(i).some((p) => reached[p])) reached[i] = 1;
  const needed = new Uint8Array(tape.length);
  for (const output of seeds.keys()) needed[output] = 1;
  for (let i = last; i >= 0; i--) if (needed[i]) for (const p of tape.operands(i)) needed[p] = 1;
  const steps: Ref[] = [];
  for (let i = row + 1; i <= last; i++) if (reached[i] && needed[i]) steps.push(i);
  return steps;
}

/** Whether a step depends on this input alone, and joins a loss by additions: a regularisation. */
function isPenalty(tape: Tape, step: Ref, row: Ref, last: Ref): boolean {
  if (shapeOfRow(tape, last).length > 0) return false;
  const inputs = new Set<Ref>();
  const visited = new Set<Ref>();
  const visit = (r: Ref): void => {
    if (visited.has(r)) return;
    visited.add(r);
    if (tape.code(r) === OP_INPUT) inputs.add(r);
    else tape.operands(r).forEach(visit);
  };
  visit(step);
  const arrays = [...inputs].filter((r) => tape.isArray(r));
  if (!inputs.has(row) || arrays.some((r) => r !== row)) return false;
  // Up to the output only sums and constant factors.
  let current = new Set<Ref>([step]);
  for (let i = step + 1; i <= last; i++) {
    const used = tape.operands(i).filter((p) => current.has(p));
    if (used.length === 0) continue;
    const op = tape.opName(i);
    if (!['add', 'sub', 'mul', 'div', 'neg', 'sum', 'mean'].includes(op)) return false;
    // A factor, or the numerator; a product of two of them is no penalty.
    const places = tape.operands(i).map((p) => current.has(p));
    if ((op === 'mul' && places.every(Boolean)) || (op === 'div' && places[1])) return false;
    current = current.add(i);
  }
  return true;
}

/** Weights in (−1.5, −0.5) ∪ (0.5, 1.5), none of them 1, the same for the same seed: an upstream gradient. */
export function seededWeights(shape: Shape, seed: number): NdArray {
  let state = (seed * 2654435761 + 97) >>> 0;
  const next = () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const data = Float64Array.from({ length: sizeOf(shape) }, () => (next() < 0.5 ? -1 : 1) * (0.5 + next()));
  return fromValues('float64', shape, data);
}
