/**
 * A trace as it crosses a process. The page holds a lease on a trace that the server keeps; rows travel
 * by page, numbers of scalar traces as columns, and the page replays those by itself.
 *
 * Schemas are the statement; the types are derived from them. Messages from a page or another process are
 * checked against them before use.
 */
import * as v from 'valibot';

/** In a notebook: within the cell of that number, counted from 0. */
const cell = v.exactOptional(v.number());
export const Position = v.object({ line: v.number(), character: v.number(), cell });
export const Range = v.object({ start: Position, end: Position, cell });
export type Position = v.InferOutput<typeof Position>;
export type Range = v.InferOutput<typeof Range>;

export const JsonNumberSchema = v.union([v.number(), v.picklist(['NaN', 'Infinity', '-Infinity'])]);

/** An array of any rank: a summary always, the elements in row-major order where they are few. */
export const TensorView = v.object({
  shape: v.array(v.number()),
  dtype: v.string(),
  min: JsonNumberSchema,
  max: JsonNumberSchema,
  /** max |·| */
  maxAbs: JsonNumberSchema,
  mean: JsonNumberSchema,
  zeros: v.number(),
  nonFinite: v.number(),
  /** All elements, where there are at most 4,096 of them. */
  elements: v.optional(v.array(JsonNumberSchema)),
  /** Block means on a grid of at most 8 × 8, for the heat map of a large one. */
  blocks: v.optional(v.object({ rows: v.number(), columns: v.number(), means: v.array(JsonNumberSchema) })),
});
export type TensorView = v.InferOutput<typeof TensorView>;

/** What a step has of each: its value, and that of either sweep. */
export const FAMILIES = ['primal', 'tangent', 'adjoint'] as const;
export type Family = (typeof FAMILIES)[number];

/** `null`: not connected. */
export const ValueView = v.union([JsonNumberSchema, TensorView]);
export type ValueView = v.InferOutput<typeof ValueView>;

export const OriginView = v.object({
  kind: v.picklist(['document', 'directive', 'pinned', 'file', 'assumed']),
  why: v.optional(v.string()),
  range: v.optional(Range),
});

/** Where a trace comes from: enough to open it again after a lost lease or a reload. */
export const TraceAddress = v.object({
  uri: v.string(),
  /** Identifier of the traceable; absent: whatever stands at `position`. */
  traceable: v.optional(v.string()),
  position: v.optional(Position),
  /** Pinned values by NamePath text: plain JSON. */
  set: v.optional(v.record(v.string(), v.any())),
  of: v.optional(v.string()),
  wrt: v.optional(v.array(v.string())),
  tangent: v.optional(v.string()),
  /** Weight of an output that is an array: plain JSON of its shape. Default: ones. */
  upstream: v.optional(v.any()),
  moment: v.optional(v.array(v.number())),
});
export type TraceAddress = v.InferOutput<typeof TraceAddress>;

export const InputView = v.object({
  /** Row of the tape. */
  row: v.number(),
  /** NamePath text. */
  name: v.string(),
  tex: v.string(),
  value: ValueView,
  gradient: v.nullable(ValueView),
  /** ∂output/∂input in symbols, in TeX, where it is short. */
  gradientTex: v.optional(v.string()),
  origin: OriginView,
  range: v.optional(Range),
});
export type InputView = v.InferOutput<typeof InputView>;

/** A step formula: left and right side in TeX, and the right side with numbers in place of names. */
export const FormulaView = v.object({ left: v.string(), right: v.string(), numbers: v.string() });
export type FormulaView = v.InferOutput<typeof FormulaView>;

/** What one user of a value sends back to it. */
export const ContributionView = v.object({
  /** Row of the user, and its step name. */
  from: v.number(),
  tex: v.string(),
  numbers: v.string(),
  value: ValueView,
});

export type ContributionView = v.InferOutput<typeof ContributionView>;

export const OperandView = v.object({
  row: v.number(),
  /** Step name `v3`, or absent for a constant. */
  name: v.optional(v.string()),
  value: ValueView,
  /** Local partial ∂v/∂operand of a scalar step. */
  partial: v.optional(v.object({ tex: v.string(), value: JsonNumberSchema })),
});

export const StepView = v.object({
  row: v.number(),
  /** Stable identity of a row across edits: site and moment. */
  key: v.string(),
  /** 1 for v₁. */
  index: v.number(),
  name: v.string(),
  tex: v.string(),
  /** Source text of the step, and its TeX where the source is a formula. */
  label: v.string(),
  labelTex: v.optional(v.string()),
  /** Names bound to the value, as NamePath texts. */
  bindings: v.array(v.string()),
  op: v.string(),
  operands: v.array(OperandView),
  value: ValueView,
  tangent: v.nullable(ValueView),
  adjoint: v.nullable(ValueView),
  primal: FormulaView,
  tangentFormula: FormulaView,
  adjointFormula: FormulaView,
  contributions: v.array(ContributionView),
  notes: v.array(v.object({ code: v.string(), text: v.string() })),
  ranges: v.array(Range),
  /** Index into `TraceView.scopes`. */
  scope: v.number(),
});
export type StepView = v.InferOutput<typeof StepView>;

export const ScopeView = v.object({
  parent: v.number(),
  kind: v.picklist(['root', 'call', 'turn', 'layer', 'definition']),
  name: v.string(),
  turn: v.number(),
  /** Its steps: positions `[from, to)`, groups inside it included. Equal where it holds no step. */
  from: v.number(),
  to: v.number(),
  range: v.optional(Range),
});
export type ScopeView = v.InferOutput<typeof ScopeView>;

/** Base64 of little-endian typed arrays: the tape, for replay in the page. Only for scalar traces. */
export const TapeColumns = v.object({
  length: v.number(),
  op: v.string(),
  a: v.string(),
  b: v.string(),
  value: v.string(),
  /** Tape rows in the order of the step numbers (Int32). */
  steps: v.string(),
});
export type TapeColumns = v.InferOutput<typeof TapeColumns>;

export const GuardView = v.object({
  test: v.picklist(['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'truth', 'floor', 'trunc', 'value']),
  x: v.number(),
  y: v.optional(v.number()),
  outcome: v.number(),
  range: v.optional(Range),
});

const updateValues = {
  /** Absent: the document gives no value before. */
  before: v.optional(ValueView),
  /** The derivative that the update holds. */
  gradient: v.optional(ValueView),
  after: ValueView,
};

/** What an update such as w ← w − α ∂L/∂w does; `orders`: the same after the updates before it, where that differs. */
export const UpdateView = v.object({
  tex: v.string(),
  ...updateValues,
  orders: v.array(
    v.object({
      /** In one backward pass that already uses the names updated before, or with everything evaluated anew. */
      order: v.picklist(['successive', 'reevaluated']),
      /** TeX of the names that were updated before. */
      first: v.array(v.string()),
      ...updateValues,
    }),
  ),
});
export type UpdateView = v.InferOutput<typeof UpdateView>;

export const TraceView = v.object({
  lease: v.string(),
  address: TraceAddress,
  /** Version of the document that this trace was recorded from. */
  version: v.number(),
  /** The newest text could not be traced; this is the last that could, so many edits ago. */
  editsBehind: v.number(),
  staleReason: v.optional(v.string()),
  id: v.string(),
  title: v.string(),
  kind: v.picklist(['expression', 'function', 'script', 'layer', 'network', 'formula']),
  language: v.string(),
  dialect: v.picklist(['math', 'numpy', 'torch', 'tensorflow', 'jax']),
  range: Range,
  /** Typeset formula of the whole, or its source text. */
  formula: v.optional(v.string()),
  source: v.string(),
  inputs: v.array(InputView),
  output: v.object({ row: v.number(), name: v.string(), tex: v.string(), value: ValueView }),
  /** NamePath text of the input whose tangent is shown. */
  tangent: v.optional(v.string()),
  /** Why this output and these inputs. */
  choice: v.string(),
  complete: v.boolean(),
  stopped: v.optional(v.string()),
  /** Conventions that were applied in reading an ambiguous formula. */
  readings: v.array(v.object({ range: Range, text: v.string() })),
  update: v.optional(UpdateView),
  scopes: v.array(ScopeView),
  guards: v.array(GuardView),
  steps: v.number(),
  /** Layers of parameters were recognised in it. */
  network: v.optional(v.boolean()),
  /** It lies in, or holds, a loop in which parameters are updated. */
  training: v.optional(v.boolean()),
  /** Second derivatives by the inputs, in their order; only where there are few scalar inputs. */
  hessian: v.optional(v.array(v.array(JsonNumberSchema))),
  /** The first page of rows, in the order of their numbers: position 0 is v₁. */
  rows: v.array(StepView),
  columns: v.optional(TapeColumns),
});
export type TraceView = v.InferOutput<typeof TraceView>;

export const UnknownView = v.object({
  code: v.string(),
  reason: v.string(),
  range: Range,
});
export type UnknownView = v.InferOutput<typeof UnknownView>;

export const TraceableView = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(['expression', 'function', 'script', 'layer', 'network', 'formula']),
  language: v.string(),
  range: Range,
});
export type TraceableView = v.InferOutput<typeof TraceableView>;

/** What opening a trace answers. */
export const TraceAnswer = v.variant('state', [
  v.object({ state: v.literal('data'), trace: TraceView }),
  v.object({
    state: v.literal('unknown'),
    unknown: UnknownView,
    /** The lines of the source that the reason speaks of. */
    excerpt: v.optional(v.object({ line: v.number(), lines: v.array(v.string()) })),
    traceable: v.optional(TraceableView),
  }),
  v.object({ state: v.literal('nothing'), traceables: v.array(TraceableView) }),
]);
export type TraceAnswer = v.InferOutput<typeof TraceAnswer>;
