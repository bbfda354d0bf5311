/**
 * What the command line prints with `--json`. Other programs read it: `schema/*.json` is generated from
 * here and committed, so that a change of shape is seen.
 */
import * as v from 'valibot';
import type { JsonTensor } from './json';
import { CheckView } from './check';
import { JsonNumberSchema, Range } from './trace';

/** A number, or nested lists of numbers. */
export const JsonTensorSchema: v.GenericSchema<JsonTensor> = v.union([
  JsonNumberSchema,
  v.array(v.lazy(() => JsonTensorSchema)),
]);

const Kind = v.picklist(['expression', 'function', 'script', 'layer', 'network', 'formula']);
const Shape = v.array(v.number());

const traceable = {
  id: v.string(),
  name: v.string(),
  kind: Kind,
  language: v.string(),
  range: Range,
};

export const ListOutput = v.array(v.object({ file: v.string(), ...traceable }));
export type ListOutput = v.InferOutput<typeof ListOutput>;

export const StepJson = v.object({
  /** 1 for v1. */
  index: v.number(),
  name: v.string(),
  /** Source text. */
  label: v.string(),
  op: v.string(),
  /** Names of steps, and constants as numbers. */
  operands: v.array(v.union([v.string(), JsonTensorSchema])),
  value: JsonTensorSchema,
  /** `null`: no direction was chosen. */
  tangent: v.nullable(JsonTensorSchema),
  /** `null`: the output does not depend on the step. */
  adjoint: v.nullable(JsonTensorSchema),
  range: v.nullable(Range),
  /** Equations in TeX. */
  primalFormula: v.string(),
  tangentFormula: v.string(),
  adjointFormula: v.string(),
});
export type StepJson = v.InferOutput<typeof StepJson>;

export const CostJson = v.object({
  /** Elementary operations of one evaluation. */
  operations: v.number(),
  /** Bytes of the tape, without array data. */
  tapeBytes: v.number(),
  /** Sweeps for all derivatives (of an output that is an array, its Jacobian), by mode; evaluations for centre differences. */
  forwardSweeps: v.number(),
  reverseSweeps: v.number(),
  centreDifferenceEvaluations: v.number(),
});

const updateValues = {
  name: v.string(),
  /** Absent: the document gives no value before. */
  before: v.optional(JsonTensorSchema),
  gradient: v.optional(JsonTensorSchema),
  after: JsonTensorSchema,
};

export const TraceJson = v.object({
  ...traceable,
  inputs: v.optional(
    v.array(v.object({ name: v.string(), shape: Shape, value: JsonTensorSchema, origin: v.string() })),
  ),
  output: v.optional(v.object({ name: v.string(), shape: Shape, value: JsonTensorSchema })),
  /** By input; `null`: not connected. */
  gradient: v.optional(v.record(v.string(), v.nullable(JsonTensorSchema))),
  /** The input whose tangent is shown. */
  tangent: v.optional(v.string()),
  /**
   * What differentiation in symbols gives, by input: the derivative in TeX where it is short, and its size before it is
   * simplified: written out, and with equal parts written once. Only of traces of numbers.
   */
  symbolic: v.optional(
    v.record(v.string(), v.object({ formula: v.nullable(v.string()), written: v.number(), shared: v.number() })),
  ),
  steps: v.optional(v.array(StepJson)),
  /** Steps that are left out of `steps`, after the first, where there are more than anybody reads. */
  stepsLeftOut: v.optional(v.number()),
  /** What an update such as w ← w − α ∂L/∂w does; `orders`: the same after the updates before it, where that differs. */
  update: v.optional(
    v.object({
      ...updateValues,
      orders: v.optional(
        v.array(
          v.object({ order: v.picklist(['successive', 'reevaluated']), first: v.array(v.string()), ...updateValues }),
        ),
      ),
    }),
  ),
  /** Conventions that were applied in reading an ambiguous formula. */
  readings: v.optional(v.array(v.string())),
  /** Why there is no trace, or why it is not complete. */
  unknown: v.optional(v.object({ reason: v.string(), range: Range })),
  cost: v.optional(CostJson),
});
export type TraceJson = v.InferOutput<typeof TraceJson>;

export const TraceOutput = v.object({ file: v.string(), traceables: v.array(TraceJson) });
export type TraceOutput = v.InferOutput<typeof TraceOutput>;

export const CheckJson = v.object({ file: v.string(), ...v.omit(CheckView, ['uri']).entries });
export type CheckJson = v.InferOutput<typeof CheckJson>;

export const CheckOutput = v.object({
  checks: v.array(CheckJson),
  /** Number of checks by verdict. */
  summary: v.record(v.string(), v.number()),
});
export type CheckOutput = v.InferOutput<typeof CheckOutput>;
