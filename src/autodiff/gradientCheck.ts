/**
 * The tracer against itself: adjoint, tangent and numerical derivative of one output by every input, and the
 * dot-product identity ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ that ties the two sweeps together.
 *
 * An array is checked along random directions (fast), or element by element (full). Everything is evaluated in float64,
 * whatever dtype the program declares.
 */
import type { Verdict } from '../model';
import { fromValues, type NdArray, scalar, type Shape, sizeOf, sum } from '../tensor';
import { adaptiveDifference, type Along, centreDifference, type Estimate, forwardDifference } from './differences';
import { firstKink } from './kinks';
import { computationalNoise } from './noise';
import { shapeOfRow } from './linearization';
import { changingRows, guardOutcome, reevaluate, violatedGuard } from './reevaluation';
import { ScalarTape } from './replay';
import { adjoints, connectedInputs, type Sweep, tangents } from './sweeps';
import type { Ref, Tape } from './tape';
import type { Guard, Trace, TraceInput, Value } from './trace';

/** Numbers of an array input are derivatives along the direction that was checked last, or worst. */
export interface InputCheck {
  readonly input: TraceInput;
  readonly verdict: Verdict;
  /** `null`: the output does not depend on this input. */
  readonly adjoint: number | null;
  readonly tangent: number;
  readonly forwardDifference: number | undefined;
  readonly centreDifference: number | undefined;
  /** Adaptive estimate and its own error estimate: what the verdict is based on. */
  readonly numerical: number | undefined;
  readonly numericalError: number | undefined;
  /** ‖a − n‖ / (‖a‖ + ‖n‖), at most 1. */
  readonly relativeError: number | undefined;
  /** Of an array checked in full: the element that is farthest off. */
  readonly worst?: { readonly index: readonly number[]; readonly adjoint: number; readonly numerical: number };
  readonly message: string;
  /** The differences are too noisy to certify this derivative: they do not speak against it, and its sweeps agree. */
  readonly withinRounding?: boolean;
  /** Decisions of the program that stand on their edge here: the smallest step changes them, so no difference could be taken. */
  readonly edges?: readonly Guard[];
}

export interface GradientCheck {
  readonly verdict: Verdict;
  readonly inputs: readonly InputCheck[];
  /** Row that stands on a kink, if one does. */
  readonly kink: Ref | undefined;
  /** Both sides of the dot-product identity for one seeded direction. */
  readonly dotProduct: { readonly forward: number; readonly reverse: number };
  /** Evaluations of the program that the differences took. */
  readonly evaluations: number;
}

/** Both sweeps over a tape. A test may put others in their place, to see a wrong rule found. */
export interface Sweeps {
  readonly adjoints: typeof adjoints;
  readonly tangents: typeof tangents;
}

export interface CheckOptions {
  /** Largest relative error that passes. */
  readonly tolerance?: number;
  /** Step of the two plain difference formulas that are shown. */
  readonly h?: number;
  /** `full`: every element of an array. By default where an input has at most 64 elements. */
  readonly mode?: 'fast' | 'full';
  /** Weight of an output that is an array; by default ones. */
  readonly weight?: Value;
  /** Decisions that have no influence on the output: differences are taken across them. */
  readonly idle?: readonly Guard[];
  readonly sweeps?: Sweeps;
  /** Told before each direction how many of all are done; false ends the check. */
  readonly progress?: (done: number, all: number) => boolean;
}

/** A check was ended from outside. */
export class CheckCancelled extends Error {
  constructor() {
    super('the check was cancelled');
    this.name = 'CheckCancelled';
  }
}

/** Said where a decision changes with the smallest step. */
const ON_EDGE = 'no difference could be taken: a comparison stands on its edge here, and the smallest step changes it';

const WITHIN_ROUNDING = 'adjoint and tangent agree, and the differences within their rounding';

/** How much of the noise of the program, over the step, reaches an extrapolated five-point difference, at most. */
const NOISE_FACTOR = 16;

/** Random directions an array input is checked along in fast mode. */
const DIRECTIONS = 2;
const FULL_UP_TO = 64;

/** |a − b| / (|a| + |b|): at most 1; 0 when both are 0. */
export function relativeError(a: number, b: number): number {
  if (a === b) return 0;
  const size = Math.abs(a) + Math.abs(b);
  return size === 0 ? 0 : Math.abs(a - b) / size;
}

/** The last step of an adaptive difference, against its first. */
const SHORTEST = 1.6 ** -11;

/** Evaluations of the program that an adaptive difference along one direction takes. */
const EVALUATIONS = 48;

/** What evaluating a step of arrays costs beside its numbers, in numbers. */
const STEP_OF_ARRAYS = 250;

/**
 * How many numbers a check of a trace evaluates, at most, steps counted as so many numbers: for whoever has to decide
 * whether it is worth it.
 */
export function checkWork({ tape, inputs }: Trace, mode?: CheckOptions['mode']): number {
  let numbers = 0;
  for (let row = 0; row < tape.length; row++)
    numbers += tape.isArray(row) ? sizeOf(shapeOfRow(tape, row)) + STEP_OF_ARRAYS : 1;
  const directions = inputs.reduce((sum, { row }) => {
    const size = sizeOf(shapeOfRow(tape, row));
    return sum + ((mode ?? (size <= FULL_UP_TO ? 'full' : 'fast')) === 'full' ? size : DIRECTIONS);
  }, 0);
  return numbers * directions * EVALUATIONS;
}

/** Checks a trace at its recorded point. */
export function checkGradient(trace: Trace, options: CheckOptions = {}): GradientCheck {
  const { tolerance = 1e-6, h = 1e-4, sweeps = { adjoints, tangents } } = options;
  const { output, inputs } = trace;
  const tape = reevaluate(trace.tape, new Map(), { precise: true });
  const weight = options.weight ?? onesLike(tape, output);
  const reverse = sweeps.adjoints(tape, new Map([[output, weight]]));
  const connected = connectedInputs(trace);
  const kinkRow = firstKink(tape, output);
  const kink = kinkRow < 0 ? undefined : kinkRow;
  const guards = trace.guards.filter((guard) => !options.idle?.includes(guard));
  const program = new Program(trace, tape, weight, guards);

  const modeOf = (size: number) => options.mode ?? (size <= FULL_UP_TO ? 'full' : 'fast');
  const all = inputs.reduce((n, { row }) => n + directionsOf(shapeOfRow(tape, row), modeOf).count, 0);
  let done = 0;

  const checks = inputs.map((input): InputCheck => {
    const shape = shapeOfRow(tape, input.row);
    const mode = modeOf(sizeOf(shape));
    const directions = directionsOf(shape, modeOf);
    const isConnected = connected.has(input.row);
    const comparisons = Array.from({ length: directions.count }, (_, i): Comparison => {
      if (options.progress && !options.progress(done++, all)) throw new CheckCancelled();
      const direction = directions.at(i);
      const along = program.along(input.row, direction);
      const forward = sweeps.tangents(tape, new Map([[input.row, plainInput(direction)]]));
      const scale = lengthScale(tape, input.row, direction);
      return {
        adjoint: inner(sweepValue(tape, reverse, input.row), direction),
        tangent: inner(sweepValue(tape, forward, output), asArray(weight)),
        rounding: roundingOf(reverse, forward),
        estimate: differenceOf(along, scale, tolerance),
        // A direction is as large as the array: it is made again when it is wanted again.
        along: (t) => program.along(input.row, directions.at(i))(t),
        scale,
      };
    });
    const found = summary(comparisons, shape, mode, isConnected, kink !== undefined, tolerance, h);
    if (found.verdict !== 'unknown') return { input, ...found };
    const edges = program.edges(input.row);
    return { input, ...found, ...(edges.length > 0 ? { edges, message: ON_EDGE } : {}) };
  });

  let reverseSide = 0;
  const direction = new Map<Ref, Value>();
  inputs.forEach((input, k) => {
    const d = pseudoRandomArray(shapeOfRow(tape, input.row), k);
    direction.set(input.row, plainInput(d));
    reverseSide += inner(sweepValue(tape, reverse, input.row), d);
  });
  const forwardSide = inner(sweepValue(tape, sweeps.tangents(tape, direction), output), asArray(weight));
  return {
    verdict: overall(checks.map((c) => c.verdict)),
    inputs: checks,
    kink,
    dotProduct: { forward: forwardSide, reverse: reverseSide },
    evaluations: program.evaluations,
  };
}

interface Comparison {
  readonly adjoint: number;
  readonly tangent: number;
  /** What rounding may have made of a sum that cancels on the way. */
  readonly rounding: number;
  readonly estimate: Estimate | undefined;
  readonly along: Along;
  /** A length on which the program varies along the direction. */
  readonly scale: number;
}

/** Far below the tolerance no further digits of a difference are wanted. */
const ENOUGH = 1e-4;

/** An adaptive difference; a finer one, where the program turns off or bends within the first steps. */
function differenceOf(along: Along, scale: number, tolerance: number): Estimate | undefined {
  const uncertainty = (e: Estimate) => e.error / Math.abs(e.value);
  let best: Estimate | undefined;
  for (const finer of [1, SHORTEST, SHORTEST ** 2]) {
    const estimate = adaptiveDifference(along, scale * finer, ENOUGH * tolerance);
    if (estimate && estimate.error <= tolerance * Math.abs(estimate.value)) return estimate;
    if (estimate && (!best || uncertainty(estimate) < uncertainty(best))) best = estimate;
  }
  return best;
}

/** The traced program as a function that differences can be taken of. */
class Program {
  evaluations = 0;
  private readonly moved = new Map<Ref, Uint8Array>();
  private readonly moving: ScalarTape | undefined;

  constructor(
    private readonly trace: Trace,
    private readonly tape: Tape,
    private readonly weight: Value,
    private readonly guards: readonly Guard[],
  ) {
    this.moving = tape.scalarOnly ? ScalarTape.of(tape, guards) : undefined;
  }

  /** The decisions that turn over {@link beside} the value of an input. */
  edges(row: Ref): Guard[] {
    const turned = new Set<Guard>();
    for (const there of beside(this.tape.ndarray(row))) {
      const next = this.at(row, there);
      for (const g of this.guards) if (guardOutcome(next, g) !== g.outcome) turned.add(g);
    }
    return [...turned];
  }

  /** What does not depend on an input, or what nobody looks at, is not worked out again for every step. */
  private rowsMovedBy(row: Ref): Uint8Array {
    let rows = this.moved.get(row);
    if (!rows) {
      const looked = this.guards.flatMap(({ x, y }) => (y === undefined ? [x] : [x, y]));
      this.moved.set(row, (rows = changingRows(this.tape, row, [this.trace.output, ...looked])));
    }
    return rows;
  }

  private at(row: Ref, value: NdArray): Tape {
    return reevaluate(this.tape, new Map([[row, plainInput(value)]]), { precise: true, rows: this.rowsMovedBy(row) });
  }

  /** ⟨weight, output⟩ where one input moves; undefined where the program would go another way. */
  along(row: Ref, direction: NdArray): Along {
    const { tape, trace, moving, guards } = this;
    if (moving) {
      const [x, d] = [tape.value[row] as number, direction.item()];
      const weight = typeof this.weight === 'number' ? this.weight : this.weight.item();
      return (t) => {
        this.evaluations++;
        moving.setInput(row, x + t * d);
        const { ok } = moving.replay();
        const y = weight * moving.value(trace.output);
        moving.setInput(row, x);
        return ok ? y : undefined;
      };
    }
    const x = tape.ndarray(row);
    return (t) => {
      this.evaluations++;
      const next = this.at(row, moved(x, direction, t));
      if (violatedGuard(next, guards) >= 0) return undefined;
      return inner(next.ndarray(trace.output), asArray(this.weight));
    };
  }
}

function summary(
  comparisons: readonly Comparison[],
  shape: Shape,
  mode: 'fast' | 'full',
  isConnected: boolean,
  onKink: boolean,
  tolerance: number,
  h: number,
): Omit<InputCheck, 'input'> {
  if (comparisons.length === 0) {
    return {
      verdict: 'pass',
      adjoint: isConnected ? 0 : null,
      tangent: 0,
      forwardDifference: undefined,
      centreDifference: undefined,
      numerical: undefined,
      numericalError: undefined,
      relativeError: 0,
      message: 'the input has no elements',
    };
  }
  const known = comparisons.filter((c) => c.estimate !== undefined);
  const norm = (pick: (c: Comparison) => number) => euclidean(comparisons.map(pick));
  const normOf = (pick: (c: Comparison) => number) => euclidean(known.map(pick));
  const [a, t] = [norm((c) => c.adjoint), norm((c) => c.tangent)];
  const n = normOf((c) => (c.estimate as Estimate).value);
  const distance = normOf((c) => c.adjoint - (c.estimate as Estimate).value);
  const uncertainty = normOf((c) => (c.estimate as Estimate).error);
  const error = a + n === 0 ? 0 : distance / (normOf((c) => c.adjoint) + n);
  const sweepDistance = norm((c) => c.adjoint - c.tangent);
  const sweepError = a + t === 0 || sweepDistance <= norm((c) => c.rounding) ? 0 : sweepDistance / (a + t);
  const off = (c: Comparison) => Math.abs(c.adjoint - (c.estimate?.value ?? c.tangent));
  const worst = comparisons.reduce((w, c, i) => (off(c) > off(comparisons[w] as Comparison) ? i : w), 0);
  const shown = comparisons[worst] as Comparison;
  const numbers = {
    adjoint: isConnected ? shown.adjoint : null,
    tangent: shown.tangent,
    forwardDifference: forwardDifference(shown.along, h),
    centreDifference: centreDifference(shown.along, h),
    numerical: shown.estimate?.value,
    numericalError: shown.estimate?.error,
    ...(shape.length > 0 && mode === 'full' && shown.estimate
      ? { worst: { index: indexOf(shape, worst), adjoint: shown.adjoint, numerical: shown.estimate.value } }
      : {}),
  };
  const verdict = (verdict: Verdict, message: string, relativeError: number | undefined) => ({
    ...numbers,
    verdict,
    message,
    relativeError,
  });
  const where = shape.length > 0 && mode === 'full' ? ` at [${indexOf(shape, worst).join(', ')}]` : '';
  if (sweepError > 1e-9) return verdict('fail', `the reverse and the forward sweep disagree${where}`, sweepError);
  if (known.length < comparisons.length || !Number.isFinite(a)) {
    // What the program only looks at (an index, a label) guards every step: no path, and nothing to differ.
    if (!isConnected && known.length === 0) return verdict('pass', 'used as data only: no derivative', 0);
    if (onKink) return verdict('kink', 'not differentiable at this point', undefined);
    return verdict(
      'unknown',
      Number.isFinite(a) ? 'no difference could be taken at this point' : 'the derivative is not finite here',
      undefined,
    );
  }
  // At a symmetric corner centre differences agree with the convention: the sides tell.
  if (onKink && comparisons.some((c) => hasCorner(c.along, h))) {
    return verdict('kink', 'not differentiable at this point', error);
  }
  if (error <= tolerance) return verdict('pass', 'adjoint, tangent and differences agree', error);
  // Rounding may excuse a distance that the differences can not resolve; it certifies nothing by itself.
  if (distance <= 10 * uncertainty && uncertainty <= tolerance) {
    return { ...verdict('pass', WITHIN_ROUNDING, error), withinRounding: true };
  }
  if (onKink) return verdict('kink', 'not differentiable at this point', error);
  // A program that cancels more than its result shows is noisier than the differences could tell: its noise is measured.
  const noise = normOf(
    (c) => ((computationalNoise(c.along, c.scale) ?? 0) * NOISE_FACTOR) / (c.estimate as Estimate).h,
  );
  if (distance <= 10 * uncertainty + noise && uncertainty + noise <= tolerance) {
    return { ...verdict('pass', WITHIN_ROUNDING, error), withinRounding: true };
  }
  // A difference that is not sure of itself accuses nobody, nor one that noise, or what cancels in the sweeps, explains.
  const excused = 10 * uncertainty + noise + norm((c) => c.rounding);
  const isSure =
    distance > excused &&
    known.some((c) => {
      const { value, error } = c.estimate as Estimate;
      return Math.abs(c.adjoint - value) > 10 * error + tolerance * Math.abs(value);
    });
  if (!isSure) return verdict('unknown', 'the differences are too uncertain at this point', undefined);
  return verdict('fail', `the differences disagree with both sweeps${where}`, error);
}

/**
 * The derivative is a sum of products v̇ v̄ over any cut through the trace: where they cancel, what is left of them is
 * known to the rounding of the largest only.
 */
function roundingOf(reverse: Sweep, forward: Sweep): number {
  let largest = 0;
  for (let i = 0; i < reverse.scalars.length; i++) {
    const product = Math.abs((reverse.scalars[i] as number) * (forward.scalars[i] as number));
    if (product > largest) largest = product;
  }
  for (const [row, adjoint] of reverse.arrays) {
    const tangent = forward.arrays.get(row);
    if (tangent) largest = Math.max(largest, euclidean(adjoint.elements()) * euclidean(tangent.elements()));
  }
  return 64 * Number.EPSILON * largest;
}

/** Whether the slopes on both sides differ by more than curvature explains: half the step must halve the difference. */
function hasCorner(along: Along, h: number): boolean {
  const jump = (step: number) => {
    const [left, here, right] = [along(-step), along(0), along(step)];
    return left === undefined || here === undefined || right === undefined
      ? undefined
      : [Math.abs(right - 2 * here + left) / step, (Math.abs(right - here) + Math.abs(here - left)) / step];
  };
  const [wide, narrow] = [jump(h), jump(h / 16)];
  if (!wide || !narrow) return false;
  const [jumpWide, jumpNarrow, slope] = [wide[0] as number, narrow[0] as number, narrow[1] as number];
  return jumpNarrow > 1e-3 * slope && jumpNarrow > 0.5 * jumpWide;
}

/** √Σ x². */
function euclidean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i] as number) ** 2;
  return Math.sqrt(total);
}

const asArray = (value: Value): NdArray => (typeof value === 'number' ? scalar(value) : value);
/** An array, or the number that it holds where it has no axes. */
export function plainInput(array: NdArray): Value {
  return array.ndim === 0 ? array.item() : array;
}

function sweepValue(tape: Tape, sweep: Sweep, row: Ref): NdArray {
  if (!tape.isArray(row)) return scalar(sweep.scalars[row] as number);
  return sweep.arrays.get(row) ?? scalar(0);
}

/** Σ a ⊙ b, where one of them may be a number. */
function inner(a: NdArray, b: NdArray): number {
  if (a.ndim === 0 && b.ndim > 0) return a.item() * sum(b).item();
  if (b.ndim === 0 && a.ndim > 0) return sum(a).item() * b.item();
  const [x, y] = [a.elements(), b.elements()];
  let total = 0;
  for (let i = 0; i < x.length; i++) total += (x[i] as number) * (y[i] as number);
  return total;
}

function onesLike(tape: Tape, row: Ref): Value {
  const shape = shapeOfRow(tape, row);
  return shape.length === 0 ? 1 : fromValues('float64', shape, new Float64Array(sizeOf(shape)).fill(1));
}

function moved(x: NdArray, direction: NdArray, t: number): NdArray {
  const [a, d] = [x.elements(), direction.elements()];
  return fromValues(
    'float64',
    x.shape,
    Float64Array.from(a, (value, i) => value + t * (d[i] as number)),
  );
}

/** The directions that an input is moved along, each made when it is wanted. */
function directionsOf(
  shape: Shape,
  modeOf: (size: number) => 'fast' | 'full',
): { readonly count: number; at(i: number): NdArray } {
  if (shape.length === 0) return { count: 1, at: () => scalar(1) };
  const size = sizeOf(shape);
  if (modeOf(size) === 'fast') {
    const random = randomDirections(shape);
    return { count: random.length, at: (i) => random[i] as NdArray };
  }
  return {
    count: size,
    at(i) {
      const d = new Float64Array(size);
      d[i] = 1;
      return fromValues('float64', shape, d);
    },
  };
}

function randomDirections(shape: Shape): NdArray[] {
  return Array.from({ length: DIRECTIONS }, (_, k) => {
    const d = pseudoRandomArray(shape, k + 1);
    const data = d.data as Float64Array;
    const norm = euclidean(data) || 1;
    for (let i = 0; i < data.length; i++) data[i] = (data[i] as number) / norm;
    return d;
  });
}

/** Far above rounding, and short against everything else. */
const BESIDE = 1e-6;

/** The values on both sides of one, every element moved by its own share. */
export function beside(x: NdArray): readonly NdArray[] {
  const scale = x.elements();
  const shares = pseudoRandomArray(x.shape, 3);
  const data = shares.data as Float64Array;
  for (let i = 0; i < data.length; i++)
    data[i] = (1.5 + (data[i] as number)) * Math.max(1, Math.abs(scale[i] as number));
  return [BESIDE, -BESIDE].map((t) => moved(x, shares, t));
}

/** A fixed sequence in (−1, 1): fractional parts of multiples of the golden ratio. */
function pseudoRandomArray(shape: Shape, k: number): NdArray {
  const fraction = (i: number) => 2 * (((k * 7919 + i + 1) * 0.618033988749895) % 1) - 1;
  return fromValues(
    'float64',
    shape,
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => fraction(i)),
  );
}

function indexOf(shape: Shape, flat: number): number[] {
  const index: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis] as number;
    index.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return index;
}

/** A step that is short against the argument, and never lost in it. */
function lengthScale(tape: Tape, row: Ref, direction: NdArray): number {
  if (!tape.isArray(row)) return 0.05 * Math.max(Math.abs(tape.value[row] as number), 0.1);
  const [x, d] = [tape.array(row).elements(), direction.elements()];
  let size = 0;
  for (let i = 0; i < x.length; i++) if (d[i] !== 0) size = Math.max(size, Math.abs(x[i] as number));
  return 0.05 * Math.max(size, 0.1);
}

const RANK: readonly Verdict[] = ['fail', 'error', 'kink', 'unknown', 'pass'];

/** The worst of several verdicts; `unknown` for none. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  return RANK.find((v) => verdicts.includes(v)) ?? 'unknown';
}
