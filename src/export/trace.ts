/** A trace as it leaves the program: the shape of the command line's JSON, or made from what the viewer shows. */
import type { JsonNumber, JsonTensor, Range, StepView, TensorView, TraceView, ValueView } from '../protocol';
import { stoppedAt } from '../format/words';
import type { ExportValue } from './value';

export interface ExportStep {
  readonly index: number;
  readonly name: string;
  readonly label: string;
  readonly op: string;
  readonly operands: readonly (string | ExportValue)[];
  readonly value: ExportValue;
  readonly tangent: ExportValue;
  readonly adjoint: ExportValue;
  readonly range: Range | null;
  readonly primalFormula: string;
  readonly tangentFormula: string;
  readonly adjointFormula: string;
}

export interface ExportTrace {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly language: string;
  readonly range: Range;
  readonly inputs?:
    | readonly {
        readonly name: string;
        readonly shape: readonly number[];
        readonly value: ExportValue;
        readonly origin: string;
      }[]
    | undefined;
  readonly output?:
    { readonly name: string; readonly shape: readonly number[]; readonly value: ExportValue } | undefined;
  readonly gradient?: Readonly<Record<string, ExportValue>> | undefined;
  readonly tangent?: string | undefined;
  readonly steps?: readonly ExportStep[] | undefined;
  /** Steps after these that are left out. */
  readonly stepsLeftOut?: number | undefined;
  readonly unknown?: { readonly reason: string; readonly range: Range } | undefined;
}

/** Values as they are shown now; recorded ones where nobody has moved an input. */
export interface ShownValues {
  readonly value: (step: StepView, family: 'primal' | 'tangent' | 'adjoint') => ValueView | null;
  readonly contribution: (step: StepView, index: number) => ValueView | null;
  readonly partial: (step: StepView, slot: number) => number | undefined;
  /** Name of the input whose tangent is shown. */
  readonly tangent: string | undefined;
}

export function asRecorded(trace: TraceView): ShownValues {
  return {
    value: (step, family) => (family === 'primal' ? step.value : family === 'tangent' ? step.tangent : step.adjoint),
    contribution: (step, index) => step.contributions[index]?.value ?? null,
    partial: (step, slot) => {
      const partial = step.operands[slot]?.partial;
      return partial === undefined ? undefined : Number(partial.value);
    },
    tangent: trace.tangent,
  };
}

/** The whole of a trace that the viewer holds. */
export function exportTrace(
  trace: TraceView,
  steps: readonly StepView[],
  shown: ShownValues = asRecorded(trace),
): ExportTrace {
  const equation = ({ left, right }: { left: string; right: string }, otherwise: string) =>
    `${left} = ${right === '' ? otherwise : right}`;
  const byRow = new Map(steps.map((step) => [step.row, step]));
  const at = (row: number, family: 'primal' | 'adjoint', recorded: ValueView | null) => {
    const step = byRow.get(row);
    return plainValue(step ? shown.value(step, family) : recorded);
  };
  return {
    id: trace.id,
    name: trace.title,
    kind: trace.kind,
    language: trace.language,
    range: trace.range,
    inputs: trace.inputs.map(({ name, row, value, origin }) => ({
      name,
      shape: shapeOfView(value),
      value: at(row, 'primal', value),
      origin: origin.kind,
    })),
    output: {
      name: trace.output.name,
      shape: shapeOfView(trace.output.value),
      value: at(trace.output.row, 'primal', trace.output.value),
    },
    gradient: Object.fromEntries(
      trace.inputs.map(({ name, row, gradient }) => [name, gradient === null ? null : at(row, 'adjoint', gradient)]),
    ),
    ...(shown.tangent === undefined ? {} : { tangent: shown.tangent }),
    ...(trace.complete ? {} : { unknown: { reason: stoppedAt(trace.stopped), range: trace.range } }),
    steps: steps.map((step) => ({
      index: step.index,
      name: step.name,
      label: step.label,
      op: step.op,
      operands: step.operands.map((o) => o.name ?? plainValue(o.value)),
      value: plainValue(shown.value(step, 'primal')),
      tangent: plainValue(shown.value(step, 'tangent')),
      adjoint: plainValue(shown.value(step, 'adjoint')),
      range: step.ranges[0] ?? null,
      primalFormula: equation(
        step.primal,
        trace.inputs.find((input) => input.row === step.row)?.tex ?? step.labelTex ?? step.primal.numbers,
      ),
      tangentFormula: equation(step.tangentFormula, '0'),
      adjointFormula: equation(step.adjointFormula, '0'),
    })),
  };
}

function shapeOfView(value: ValueView): readonly number[] {
  return typeof value === 'object' ? value.shape : [];
}

/** Nested lists where the elements are known, the summary where they are not. */
export function plainValue(value: ValueView | null): ExportValue {
  return typeof value === 'object' && value !== null && value.elements ? nested(value, value.elements) : value;
}

function nested({ shape }: TensorView, elements: readonly JsonNumber[]): JsonTensor {
  const build = (axis: number, from: number, size: number): JsonTensor => {
    if (axis === shape.length) return elements[from] as JsonNumber;
    const count = shape[axis] as number;
    const stride = count === 0 ? 0 : size / count;
    return Array.from({ length: count }, (_, i) => build(axis + 1, from + i * stride, stride));
  };
  return build(0, 0, elements.length);
}
