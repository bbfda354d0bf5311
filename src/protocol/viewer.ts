/** Messages between the viewer page and the extension. The page trusts nothing it has not checked, and neither does the extension. */
import * as v from 'valibot';
import { CheckView } from './check';
import { NetworkView, TrainingAnswer } from './network';
import { MATRIX_KINDS, MatrixView } from './matrix';
import { FAMILIES, JsonNumberSchema, Position, Range, StepView, TensorView, TraceAddress, TraceAnswer } from './trace';

/** The examples that “nothing here” offers. */
export const EXAMPLES = ['formula', 'network', 'wrong gradient'] as const;

/** Formats of files that the viewer writes, besides the page. */
export const SAVED_FORMATS = ['Markdown', 'LaTeX', 'TikZ', 'CSV', 'JSON', 'DOT', 'SVG'] as const;

/** From the page. `reply` pairs an answer with its question. */
export const FromViewer = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** Record again: other values, another output, other inputs, another moment. */
  v.object({ type: v.literal('open'), reply: v.number(), address: TraceAddress }),
  v.object({
    type: v.literal('rows'),
    reply: v.number(),
    lease: v.string(),
    from: v.number(),
    count: v.number(),
  }),
  /** Derivatives over the elements of an input. */
  v.object({
    type: v.literal('matrix'),
    reply: v.number(),
    lease: v.string(),
    row: v.number(),
    kind: v.picklist(MATRIX_KINDS),
  }),
  /** An array with all of its elements. */
  v.object({
    type: v.literal('array'),
    reply: v.number(),
    lease: v.string(),
    row: v.number(),
    family: v.picklist(FAMILIES),
  }),
  /** The leased trace as a network. */
  v.object({ type: v.literal('network'), reply: v.number(), lease: v.string() }),
  /** The training loop over its turns. */
  v.object({ type: v.literal('training'), reply: v.number(), address: TraceAddress }),
  /** Select this range in the source; `focus` moves the keyboard there. */
  v.object({ type: v.literal('reveal'), uri: v.string(), range: Range, focus: v.boolean() }),
  v.object({ type: v.literal('highlight'), uri: v.string(), ranges: v.array(Range) }),
  v.object({ type: v.literal('pin'), pinned: v.boolean() }),
  /** Leaves the page as it is, whatever happens to the document, until it is let go on. */
  v.object({ type: v.literal('pause'), paused: v.boolean() }),
  /** What was shown before, or after that. */
  v.object({ type: v.literal('history'), by: v.picklist([-1, 1]) }),
  v.object({ type: v.literal('copy'), text: v.string() }),
  /** Writes a text into a file that the reader chooses. */
  v.object({ type: v.literal('save'), text: v.string(), format: v.picklist(SAVED_FORMATS) }),
  /** Writes what is shown into one page that works by itself. */
  v.object({ type: v.literal('savePage') }),
  v.object({ type: v.literal('check') }),
  /** Write a value into the document: over its literal, or as a directive. */
  v.object({
    type: v.literal('write'),
    address: TraceAddress,
    name: v.string(),
    value: JsonNumberSchema,
  }),
  /** Mends the document as a check proposes. */
  v.object({
    type: v.literal('fix'),
    uri: v.string(),
    title: v.string(),
    edits: v.array(v.object({ range: Range, newText: v.string() })),
  }),
  /** End the evaluation that `loading` announced. */
  v.object({ type: v.literal('cancel') }),
  v.object({ type: v.literal('example'), name: v.picklist(EXAMPLES) }),
  /** Open a traceable from the list that “nothing here” shows. */
  v.object({ type: v.literal('follow'), uri: v.string(), position: Position }),
]);
export type FromViewer = v.InferOutput<typeof FromViewer>;

const History = v.object({ back: v.boolean(), forward: v.boolean() });

/** To the page. */
export const ToViewer = v.variant('type', [
  /** What to show now. `loading` keeps what is shown and says that something newer is on its way. */
  v.object({
    type: v.literal('show'),
    uri: v.string(),
    file: v.string(),
    answer: TraceAnswer,
    pinned: v.boolean(),
    paused: v.optional(v.boolean()),
    /** Whether there is something to go back to, and to go on to. */
    history: v.optional(History),
  }),
  /** While paused: the document has moved on by so many edits. */
  v.object({ type: v.literal('behind'), edits: v.number() }),
  v.object({ type: v.literal('loading'), what: v.optional(v.string()) }),
  /** Checks and claims that concern what is shown. */
  v.object({
    type: v.literal('checks'),
    uri: v.string(),
    checks: v.array(CheckView),
    /** Edits since they were made. */
    edits: v.optional(v.number()),
  }),
  /** The row that the cursor stands on; `select`: its expression is selected in the source. */
  v.object({ type: v.literal('cursor'), row: v.nullable(v.number()), select: v.optional(v.boolean()) }),
  /** Shows one view of what is shown, and in it one layer: the reader has chosen them elsewhere. */
  v.object({ type: v.literal('look'), view: v.string(), layer: v.optional(v.number()) }),
  v.object({ type: v.literal('opened'), reply: v.number(), answer: TraceAnswer, history: v.optional(History) }),
  v.object({ type: v.literal('rows'), reply: v.number(), rows: v.nullable(v.array(StepView)) }),
  v.object({ type: v.literal('network'), reply: v.number(), network: v.nullable(NetworkView) }),
  v.object({ type: v.literal('training'), reply: v.number(), answer: TrainingAnswer }),
  v.object({ type: v.literal('matrix'), reply: v.number(), matrix: v.nullable(MatrixView) }),
  v.object({ type: v.literal('array'), reply: v.number(), array: v.nullable(TensorView) }),
  v.object({ type: v.literal('problem'), message: v.string() }),
]);
export type ToViewer = v.InferOutput<typeof ToViewer>;
