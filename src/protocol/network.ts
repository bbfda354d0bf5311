/** A trace seen as a network, and a training loop seen over its turns, as they cross a process. */
import * as v from 'valibot';
import { JsonNumberSchema, Range, UnknownView } from './trace';

/** Summary of the elements of a gradient. `median`, `low` and `high` (5 % and 95 %) are of absolute values. */
export const StatisticsView = v.object({
  count: v.number(),
  norm: JsonNumberSchema,
  min: JsonNumberSchema,
  max: JsonNumberSchema,
  mean: JsonNumberSchema,
  zeros: v.number(),
  median: JsonNumberSchema,
  low: JsonNumberSchema,
  high: JsonNumberSchema,
});
export type StatisticsView = v.InferOutput<typeof StatisticsView>;

export const ParameterView = v.object({
  /** NamePath text. */
  name: v.string(),
  tex: v.string(),
  row: v.number(),
  shape: v.array(v.number()),
  count: v.number(),
  /** `null`: the loss does not depend on it. */
  gradient: v.nullable(StatisticsView),
  norm: JsonNumberSchema,
  range: v.optional(Range),
});
export type ParameterView = v.InferOutput<typeof ParameterView>;

export const LayerView = v.object({
  /** From 0. */
  index: v.number(),
  name: v.string(),
  kind: v.picklist(['dense', 'convolution', 'scale', 'neurons']),
  shapeIn: v.array(v.number()),
  shapeOut: v.array(v.number()),
  units: v.number(),
  samples: v.number(),
  parameters: v.array(ParameterView),
  parameterCount: v.number(),
  activation: v.object({
    name: v.string(),
    /** As a formula in z; empty where it has none. */
    text: v.string(),
    /** Its values and slopes over z; absent where elements depend on each other. */
    curve: v.optional(
      v.object({ z: v.array(v.number()), value: v.array(JsonNumberSchema), slope: v.array(JsonNumberSchema) }),
    ),
    /** Where it squashes: below this slope a unit is saturated. */
    saturatedBelow: v.optional(v.number()),
  }),
  /** Pre-activations: all, or evenly taken where they are many. */
  positions: v.array(JsonNumberSchema),
  /** Elements on a slope that is next to nothing, of those that there are; absent where the activation does not squash. */
  saturated: v.optional(v.object({ count: v.number(), of: v.number() })),
  /** Units whose slope is 0 for every example; absent where the activation has no flat part. */
  off: v.optional(v.object({ count: v.number(), of: v.number() })),
  /** By all parameters of the layer; `null`: the loss depends on none. */
  gradient: v.nullable(StatisticsView),
  /** δ, by the pre-activations. */
  delta: StatisticsView,
  /** ‖δ‖ here over ‖δ‖ of the next layer; absent at the last, and where that is 0. */
  factor: v.optional(JsonNumberSchema),
  /** ‖δ‖ over the norm of the adjoint of the output. */
  activationFactor: v.optional(JsonNumberSchema),
  /** ‖gradient‖ / ‖parameters‖: the relative update that a learning rate of 1 makes. */
  updateRatio: JsonNumberSchema,
  range: v.optional(Range),
});
export type LayerView = v.InferOutput<typeof LayerView>;

export const DiagnosisView = v.object({
  /** Stable: `vanishing`, `saturated`, `dead`, `no-gradient` … */
  code: v.string(),
  severity: v.picklist(['warning', 'information']),
  /** A fault of the structure, whatever the numbers. */
  structural: v.boolean(),
  /** From 0. */
  layer: v.optional(v.number()),
  parameter: v.optional(v.string()),
  /** What it is, in two or three words. */
  title: v.string(),
  /** One or two sentences with the numbers behind it. */
  text: v.string(),
  /** What helps. */
  advice: v.optional(v.string()),
  numbers: v.record(v.string(), JsonNumberSchema),
  range: v.optional(Range),
});
export type DiagnosisView = v.InferOutput<typeof DiagnosisView>;

/** Operations and memory of the ways to all derivatives, counted on this network. */
export const NetworkCostView = v.object({
  /** Elements of the parameters. */
  parameters: v.number(),
  evaluation: v.number(),
  forward: v.object({ sweeps: v.number(), operations: v.number(), bytes: v.number() }),
  reverse: v.object({ sweeps: v.number(), operations: v.number(), bytes: v.number() }),
  numerical: v.object({ evaluations: v.number(), operations: v.number(), bytes: v.number() }),
  /** The loss written out as one expression: its operations, and the paths from parameters to it. Of numbers only. */
  symbolic: v.optional(v.object({ operations: JsonNumberSchema, paths: JsonNumberSchema })),
});
export type NetworkCostView = v.InferOutput<typeof NetworkCostView>;

export const NetworkView = v.object({
  id: v.string(),
  title: v.string(),
  version: v.number(),
  range: Range,
  /** `2 → 8 → 1`. */
  structure: v.string(),
  parameterCount: v.number(),
  samples: v.number(),
  loss: v.object({ name: v.string(), value: JsonNumberSchema }),
  layers: v.array(LayerView),
  diagnoses: v.array(DiagnosisView),
  /** Where weights and examples come from. */
  origin: v.string(),
  /** Something on the way is assumed: nothing is said that depends on its numbers. */
  assumed: v.boolean(),
  cost: NetworkCostView,
});
export type NetworkView = v.InferOutput<typeof NetworkView>;

/** A number over the turns of a loop. */
export const TrackView = v.object({
  name: v.string(),
  tex: v.string(),
  shape: v.array(v.number()),
  /** At the beginning of each turn, and after the last: the number itself, or the norm of an array. */
  values: v.array(JsonNumberSchema),
  /** By turn: ‖change‖ / ‖value before‖. */
  ratios: v.array(JsonNumberSchema),
  /** In step with `values`: the elements of an array of few. */
  elements: v.optional(v.array(v.array(JsonNumberSchema))),
});
export type TrackView = v.InferOutput<typeof TrackView>;

export const TrainingView = v.object({
  /** The loop: its text and place. */
  name: v.string(),
  range: Range,
  /** Turns that were reached. */
  turns: v.number(),
  complete: v.boolean(),
  stopped: v.optional(v.string()),
  parameters: v.array(TrackView),
  loss: v.optional(v.object({ name: v.string(), values: v.array(JsonNumberSchema) })),
  accuracy: v.optional(v.object({ name: v.string(), values: v.array(JsonNumberSchema) })),
  /** The number that scales the updates, where it has a name; and whether `set` can change it. */
  rate: v.optional(v.object({ name: v.string(), value: JsonNumberSchema, settable: v.boolean() })),
  /** A linear rule in two dimensions: its line w₁ x + w₂ y + b = 0, in step with the parameters, and the points. */
  boundary: v.optional(
    v.object({
      lines: v.array(v.tuple([JsonNumberSchema, JsonNumberSchema, JsonNumberSchema])),
      points: v.array(v.object({ x: v.number(), y: v.number(), label: v.optional(v.number()) })),
    }),
  ),
  diagnoses: v.array(DiagnosisView),
  /** The traceable whose moment chooses a turn, to record it. */
  traceable: v.optional(v.string()),
});
export type TrainingView = v.InferOutput<typeof TrainingView>;

/** `none`: there is no loop in which parameters are updated. */
export const TrainingAnswer = v.variant('state', [
  v.object({ state: v.literal('data'), training: TrainingView }),
  v.object({ state: v.literal('unknown'), unknown: UnknownView }),
  v.object({ state: v.literal('none') }),
]);
export type TrainingAnswer = v.InferOutput<typeof TrainingAnswer>;

/** What the command line prints with `--view network --json` and `--view training --json`. */
export const NetworkOutput = v.object({
  file: v.string(),
  networks: v.array(v.object({ id: v.string(), network: v.optional(NetworkView), unknown: v.optional(UnknownView) })),
});
export type NetworkOutput = v.InferOutput<typeof NetworkOutput>;

export const TrainingOutput = v.object({
  file: v.string(),
  trainings: v.array(
    v.object({ id: v.string(), training: v.optional(TrainingView), unknown: v.optional(UnknownView) }),
  ),
});
export type TrainingOutput = v.InferOutput<typeof TrainingOutput>;
