/** A trace as plain JSON, whole: the shape that the command line prints and other programs read. */
import type { Sweep } from '../autodiff/sweeps';
import { primalSymbol } from '../autodiff/formulas';
import type { Value } from '../autodiff/trace';
import { isAnyPart, printNamePath, stoppedAt, texName } from '../format';
import type { Recorded, Traceable, UpdateValues } from '../languages/frontEnd';
import type { NamePath } from '../model';
import type { NdArray } from '../tensor';
import { type JsonTensor, type StepJson, toJsonNumber, type TraceJson } from '../protocol';
import { toLatex } from '../symbolic/latex';
import type { OpenDocument } from './documents';
import { constantTex, stepView, type SweptTrace } from './stepView';
import { symbolicColumn, type SymbolicDerivative } from './symbolicGradient';

export function traceableJson(document: OpenDocument, { id, name, kind, language, span }: Traceable) {
  return { id, name, kind, language, range: document.range(span) };
}

export function traceJson(
  swept: SweptTrace,
  traceable: Traceable,
  recorded: Recorded,
  wrt: readonly string[] | undefined,
): TraceJson {
  const { document, trace, numbering, adjoint, connected } = swept;
  const { tape, output } = trace;
  const inputs = trace.inputs.map((input) => ({ ...input, text: printNamePath(input.name) }));
  const shown = inputs.filter((i) => !wrt || isAnyPart(wrt, i.name));
  const direction = inputs.find((i) => i.row === swept.direction);
  const elements = shown.reduce((n, i) => n + (tape.isArray(i.row) ? tape.array(i.row).size : 1), 0);
  return {
    ...traceableJson(document, traceable),
    inputs: inputs.map(({ row, text, origin }) => ({
      name: text,
      shape: shapeOf(swept, row),
      value: rowJson(swept, row),
      origin: origin.kind,
    })),
    output: {
      name: printNamePath(trace.outputName),
      shape: shapeOf(swept, output),
      value: rowJson(swept, output),
    },
    gradient: Object.fromEntries(
      shown.map(({ row, text }) => [text, connected.has(row) ? sweepJson(swept, adjoint, row) : null]),
    ),
    ...(direction ? { tangent: direction.text } : {}),
    ...(recorded.update ? { update: updateJson(recorded.update) } : {}),
    ...(recorded.readings?.length ? { readings: recorded.readings.map((r) => r.text) } : {}),
    ...symbolicJson(swept, shown),
    steps: numbering.rows.slice(0, MAX_STEPS).map((row) => stepJson(swept, row)),
    ...(numbering.rows.length > MAX_STEPS ? { stepsLeftOut: numbering.rows.length - MAX_STEPS } : {}),
    ...(recorded.complete
      ? {}
      : {
          unknown: {
            reason: stoppedAt(recorded.stopped),
            range: document.range(traceable.span),
          },
        }),
    cost: {
      operations: numbering.rows.length - trace.inputs.length,
      tapeBytes: tape.bytes,
      forwardSweeps: elements,
      reverseSweeps: tape.isArray(output) ? tape.array(output).size : 1,
      centreDifferenceEvaluations: 2 * elements,
    },
  };
}

function symbolicJson(
  { trace, connected }: SweptTrace,
  inputs: readonly { readonly row: number; readonly text: string }[],
): Pick<TraceJson, 'symbolic'> {
  const known = inputs.filter(({ row }) => connected.has(row));
  const column = symbolicColumn(
    trace,
    known.map(({ row }) => row),
  );
  if (!column || known.length === 0) return {};
  const symbol = (name: string) => {
    const input = trace.inputs.find((i) => primalSymbol(i.row) === name);
    return input && texName(input.name);
  };
  const entries = known.map(({ row, text }) => {
    const { formula, size } = column.get(row) as SymbolicDerivative;
    const tex = formula ? toLatex(formula, { symbol, fractions: 'stacked' }) : null;
    return [text, { formula: tex, written: size.written, shared: size.shared }] as const;
  });
  return { symbolic: Object.fromEntries(entries) };
}

function updateJson({ orders, ...atOnce }: NonNullable<Recorded['update']>): NonNullable<TraceJson['update']> {
  const values = ({ name, before, gradient, after }: UpdateValues) => ({
    name: printNamePath(name),
    ...(before === undefined ? {} : { before: valueJson(before) }),
    ...(gradient === undefined ? {} : { gradient: valueJson(gradient) }),
    after: valueJson(after),
  });
  if (!orders) return values(atOnce);
  const names = (first: readonly NamePath[]) => first.map((name) => printNamePath(name));
  return {
    ...values(atOnce),
    orders: orders.map(({ order, first, ...one }) => ({ order, first: names(first), ...values(one) })),
  };
}

function valueJson(value: Value): JsonTensor {
  return typeof value === 'number' ? toJsonNumber(value) : nested(value);
}

/** Steps that are written out: the numbers of more are exact all the same, and nobody reads them. */
const MAX_STEPS = 20_000;

function stepJson(swept: SweptTrace, row: number): StepJson {
  const view = stepView(swept, row);
  const { tape } = swept.trace;
  const equation = ({ left, right }: { left: string; right: string }) => (right === '' ? left : `${left} = ${right}`);
  return {
    index: view.index,
    name: view.name,
    label: view.label,
    op: view.op,
    operands: view.operands.map((o) => o.name ?? rowJson(swept, o.row)),
    value: rowJson(swept, row),
    tangent: swept.tangent ? sweepJson(swept, swept.tangent, row) : null,
    adjoint: view.adjoint === null ? null : sweepJson(swept, swept.adjoint, row),
    range: view.ranges[0] ?? null,
    primalFormula:
      tape.operands(row).length === 0 ? `${view.primal.left} = ${leafTex(swept, row)}` : equation(view.primal),
    tangentFormula: equation(view.tangentFormula),
    adjointFormula: equation(view.adjointFormula),
  };
}

/** What nothing computes goes by its name. */
function leafTex(swept: SweptTrace, row: number): string {
  const input = swept.trace.inputs.find((i) => i.row === row);
  return input ? texName(input.name) : constantTex(swept, row);
}

function shapeOf({ trace: { tape } }: SweptTrace, row: number): number[] {
  return tape.isArray(row) ? [...tape.array(row).shape] : [];
}

function rowJson({ trace: { tape } }: SweptTrace, row: number): JsonTensor {
  return tape.isArray(row) ? nested(tape.array(row)) : toJsonNumber(tape.value[row] as number);
}

function sweepJson({ trace: { tape } }: SweptTrace, sweep: Sweep, row: number): JsonTensor {
  if (!tape.isArray(row)) return toJsonNumber(sweep.scalars[row] as number);
  const array = sweep.arrays.get(row);
  return array ? nested(array) : zeros(tape.array(row).shape);
}

function nested(array: NdArray): JsonTensor {
  const convert = (value: unknown): JsonTensor =>
    Array.isArray(value) ? value.map(convert) : toJsonNumber(Number(value));
  return convert(array.toNested());
}

function zeros(shape: readonly number[]): JsonTensor {
  const [n, ...rest] = shape;
  return n === undefined ? 0 : Array.from({ length: n }, () => zeros(rest));
}
