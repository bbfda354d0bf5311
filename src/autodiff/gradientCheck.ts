/**
 * The tracer against itself: adjoint, tangent and numerical derivative of one output by every input, and the
 * dot-product identity ⟨ȳ, J ẋ⟩ = ⟨Jᵀ ȳ, ẋ⟩ that ties the two sweeps together.
 */
import type { Verdict } from '../model';
import { adaptiveDifference, centreDifference, forwardDifference } from './differences';
import { ScalarTape } from './replay';
import { connectedInputs } from './sweeps';
import type { Ref } from './tape';
import type { Trace, TraceInput } from './trace';

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
  /** |a − n| / (|a| + |n|), at most 1. */
  readonly relativeError: number | undefined;
  readonly message: string;
}

export interface GradientCheck {
  readonly verdict: Verdict;
  readonly inputs: readonly InputCheck[];
  /** Row that stands on a kink, if one does. */
  readonly kink: Ref | undefined;
  /** Both sides of the dot-product identity for one seeded direction. */
  readonly dotProduct: { readonly forward: number; readonly reverse: number };
}

export interface CheckOptions {
  /** Largest relative error that passes. */
  readonly tolerance?: number;
  /** Step of the two plain difference formulas that are shown. */
  readonly h?: number;
}

/** |a − b| / (|a| + |b|): at most 1; 0 when both are 0. */
export function relativeError(a: number, b: number): number {
  if (a === b) return 0;
  const size = Math.abs(a) + Math.abs(b);
  return size === 0 ? 0 : Math.abs(a - b) / size;
}

/** Checks a scalar trace at its recorded point. */
export function checkGradient(trace: Trace, options: CheckOptions = {}): GradientCheck {
  const { tolerance = 1e-6, h = 1e-4 } = options;
  const { output, inputs } = trace;
  const exact = ScalarTape.of(trace.tape);
  const adjoint = exact.adjoints(output);
  const connected = connectedInputs(trace);
  const kinkRow = exact.kink(output);
  const kink = kinkRow < 0 ? undefined : kinkRow;

  const checks = inputs.map((input): InputCheck => {
    const x = exact.value(input.row);
    const moving = ScalarTape.of(trace.tape, trace.guards);
    const along = (t: number) => {
      moving.setInput(input.row, x + t);
      return moving.replay().ok ? moving.value(output) : undefined;
    };
    const tangent = exact.tangents(input.row)[output] as number;
    const estimate = adaptiveDifference(along, scaleOf(x));
    const a = connected.has(input.row) ? (adjoint[input.row] as number) : null;
    const base = {
      input,
      adjoint: a,
      tangent,
      forwardDifference: forwardDifference(along, h),
      centreDifference: centreDifference(along, h),
      numerical: estimate?.value,
      numericalError: estimate?.error,
    };
    return { ...base, ...judge(a ?? 0, tangent, estimate, kink !== undefined, tolerance) };
  });

  const direction = new Float64Array(exact.length);
  inputs.forEach((input, k) => (direction[input.row] = pseudoRandom(k)));
  let forward = 0;
  let reverse = 0;
  for (const input of inputs) {
    const d = direction[input.row] as number;
    forward += d * (exact.tangents(input.row)[output] as number);
    reverse += d * (adjoint[input.row] as number);
  }
  return {
    verdict: overall(checks.map((c) => c.verdict)),
    inputs: checks,
    kink,
    dotProduct: { forward, reverse },
  };
}

function judge(
  adjoint: number,
  tangent: number,
  estimate: { value: number; error: number } | undefined,
  onKink: boolean,
  tolerance: number,
): Pick<InputCheck, 'verdict' | 'relativeError' | 'message'> {
  if (relativeError(adjoint, tangent) > 1e-9) {
    return {
      verdict: 'fail',
      relativeError: relativeError(adjoint, tangent),
      message: 'the reverse and the forward sweep disagree',
    };
  }
  if (!estimate || !Number.isFinite(adjoint)) {
    if (onKink)
      return {
        verdict: 'kink',
        relativeError: undefined,
        message: 'not differentiable at this point',
      };
    return {
      verdict: 'unknown',
      relativeError: undefined,
      message: Number.isFinite(adjoint)
        ? 'no difference could be taken at this point'
        : 'the derivative is not finite here',
    };
  }
  const error = relativeError(adjoint, estimate.value);
  // Rounding in the differences may excuse a distance that they can not resolve; it certifies nothing by itself.
  const excused =
    Math.abs(adjoint - estimate.value) <= 10 * estimate.error && estimate.error <= tolerance;
  if (error <= tolerance || excused) {
    return {
      verdict: 'pass',
      relativeError: error,
      message: 'adjoint, tangent and differences agree',
    };
  }
  if (onKink)
    return { verdict: 'kink', relativeError: error, message: 'not differentiable at this point' };
  return {
    verdict: 'fail',
    relativeError: error,
    message: 'the differences disagree with both sweeps',
  };
}

/** A step that is short against the argument, and never lost in it. */
function scaleOf(x: number): number {
  return 0.05 * Math.max(Math.abs(x), 0.1);
}

/** A fixed sequence in (−1, 1): fractional parts of multiples of the golden ratio. */
function pseudoRandom(k: number): number {
  return 2 * (((k + 1) * 0.618033988749895) % 1) - 1;
}

const RANK: readonly Verdict[] = ['fail', 'error', 'kink', 'unknown', 'pass'];

/** The worst of several verdicts; `unknown` for none. */
export function overall(verdicts: readonly Verdict[]): Verdict {
  return RANK.find((v) => verdicts.includes(v)) ?? 'unknown';
}
