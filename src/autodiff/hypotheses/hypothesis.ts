/** What a hypothesis about a wrong gradient may look at, and what it answers. Pure functions over numbers. */
import type { NdArray } from '../../tensor';
import { agrees, type Compared, fittedTo, toleranceOf } from '../claimedGradient';

export const CAUSES = [
  'sign',
  'swapped',
  'upstream-ignored',
  'transpose',
  'batch-sum',
  'constant-factor',
  'regularisation',
  'missing-term',
  'stale-cache',
  'missing-factor',
  'extra-factor',
  'missing-axis',
  'takes-the-value',
  'other-argument',
  'wrong-element',
] as const;
export type CauseCode = (typeof CAUSES)[number];

/** A gradient that differs from the claimed one in one thing that programs forget. */
export interface Variant {
  /** The same at every point: what is varied. */
  readonly key: string;
  /** One clause without a full stop. */
  readonly text: string;
  /** The row of the forward pass that is concerned. */
  readonly row?: number;
  readonly gradient: NdArray | undefined;
}

/** An extent of the data at one point. */
export interface Extent {
  /** The same at every point. */
  readonly key: string;
  readonly size: number;
  /** `the batch size` */
  readonly words: string;
}

/** What is known of one claimed gradient at one point. Everything that costs a sweep is asked for. */
export interface Evidence extends Compared {
  /** How the claimed gradient is called, and what it is the gradient by. */
  readonly claim: string;
  readonly name: string;
  /** Numbers that a mean may divide by, beside that of its elements: the extents of the data, the likeliest first. */
  readonly extents?: readonly Extent[];
  /** The gradient where the output is weighted with ones; undefined where no upstream comes in. */
  unweighted(): NdArray | undefined;
  /** The slope of an elementwise function, in the shape of its argument. */
  slope(): NdArray | undefined;
  /** Gradients by the other arguments and parameters. */
  others(): readonly Variant[];
  /** The gradient at the point of the forward pass before this one. */
  before(): NdArray | undefined;
  /** The gradient without what goes through one step. */
  omissions(): Iterable<Variant & { readonly isPenalty: boolean }>;
  /** Values and local slopes of the forward pass that a factor may be. */
  factors(): Iterable<Variant>;
}

/** One explanation that fits at one point. `key` must come back at every other point. */
export interface Explanation {
  readonly code: CauseCode;
  readonly key: string;
  readonly text: string;
  readonly row?: number;
}

/** The explanations of one kind that make the claimed gradient right at one point. */
export type Hypothesis = (evidence: Evidence) => Iterable<Explanation>;

/** Whether a corrected claim is the gradient. */
export function mends(corrected: NdArray | undefined, evidence: Evidence): boolean {
  if (!corrected) return false;
  const fitted = fittedTo(corrected, evidence.expected);
  return fitted !== undefined && agrees(fitted, evidence.expected, toleranceOf(evidence.claimed));
}

/** Whether the claimed gradient is exactly this other one. */
export function is(evidence: Evidence, other: NdArray | undefined): boolean {
  if (!other) return false;
  const fitted = fittedTo(evidence.claimed, other);
  return fitted !== undefined && agrees(fitted, other, toleranceOf(evidence.claimed));
}

/** Whether every element is zero. */
export function vanishes(array: NdArray): boolean {
  return array.elements().every((x) => x === 0);
}
