/** Checks and claims as they cross a process. */
import * as v from 'valibot';
import { JsonNumberSchema, Range } from './trace';

export const ParameterCheck = v.object({
  name: v.string(),
  verdict: v.picklist(['pass', 'fail', 'kink', 'error', 'unknown']),
  /** ‖a − b‖ / (‖a‖ + ‖b‖), at most 1. */
  relativeError: v.optional(JsonNumberSchema),
  /** The derivative by each way, for a scalar parameter; `adjoint: null` is not connected. */
  adjoint: v.optional(v.nullable(JsonNumberSchema)),
  tangent: v.optional(JsonNumberSchema),
  forwardDifference: v.optional(JsonNumberSchema),
  centreDifference: v.optional(JsonNumberSchema),
  worst: v.optional(v.object({ index: v.array(v.number()), claimed: JsonNumberSchema, expected: JsonNumberSchema })),
  /** Of code by hand: how it calls this gradient, what is wrong with it, and why. */
  claim: v.optional(v.string()),
  message: v.optional(v.string()),
  cause: v.optional(v.string()),
});
export type ParameterCheck = v.InferOutput<typeof ParameterCheck>;

const item = {
  uri: v.string(),
  /** Unique among the checks of its kind in the document; stays through edits elsewhere. */
  id: v.string(),
  name: v.string(),
  /** `gradient`: the tracer against itself; `backward`: code by hand; `claim`: an equality in a document. */
  kind: v.picklist(['gradient', 'backward', 'claim']),
  range: Range,
};

/** Something that can be checked, before it is. */
export const CheckItem = v.object(item);
export type CheckItem = v.InferOutput<typeof CheckItem>;

export const CheckView = v.object({
  ...item,
  verdict: v.picklist(['pass', 'fail', 'kink', 'error', 'unknown']),
  strength: v.optional(v.picklist(['proved', 'numerical'])),
  message: v.string(),
  code: v.optional(v.string()),
  cause: v.optional(v.string()),
  parameters: v.array(ParameterCheck),
  /** Values of the point by name. */
  point: v.record(v.string(), v.any()),
  /** Of a claim: as written, and what would be right. */
  text: v.optional(v.string()),
  expected: v.optional(v.string()),
  /** Of code by hand: what it is the derivative of. */
  of: v.optional(v.string()),
  /** Stable name of the cause: `sign`, `missing-axis` … */
  causeCode: v.optional(v.string()),
  /** Where what is wrong was computed, if it is known better than `range`. */
  place: v.optional(Range),
  /** What a reader should know besides: under which assumption it passed, where the point comes from. */
  notes: v.optional(v.array(v.string())),
  related: v.optional(v.array(v.object({ range: Range, message: v.string() }))),
  fixes: v.optional(
    v.array(v.object({ title: v.string(), edits: v.array(v.object({ range: Range, newText: v.string() })) })),
  ),
  /** How many points were tried. */
  points: v.optional(v.number()),
});
export type CheckView = v.InferOutput<typeof CheckView>;
