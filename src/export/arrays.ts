/** Arrays of which a trace holds only a summary, filled with their elements: for formats that hold every number. */
import { FAMILIES, type Family, type StepView, type TensorView, type TraceView, type ValueView } from '../protocol';

/** Elements of all arrays of a file together, at most. */
const MOST_ELEMENTS = 2_000_000;

/** Whether a format holds every element; the others show the shape of an array. */
export function holdsArrays(format: string): boolean {
  return format === 'CSV' || format === 'JSON';
}

/** @returns the array with all of its elements, as far as anybody has them */
export type FetchArray = (row: number, family: Family) => Promise<TensorView | null | undefined>;

/**
 * A trace whose steps, and the constants that they use, have all elements of their arrays.
 * @throws with a sentence for the reader where there are too many, or where they are no longer there
 */
export async function withWholeArrays(
  trace: TraceView,
  steps: readonly StepView[],
  fetch: FetchArray,
): Promise<TraceView> {
  let elements = 0;
  const known = new Map<string, TensorView>();
  const whole = async <V extends ValueView | null>(value: V, row: number, family: Family): Promise<V | TensorView> => {
    if (!isSummary(value)) return value;
    const key = `${row} ${family}`;
    const before = known.get(key);
    if (before) return before;
    elements += value.shape.reduce((a, b) => a * b, 1);
    if (elements > MOST_ELEMENTS)
      throw new Error(
        `the arrays of ${trace.title} have more than ${MOST_ELEMENTS.toLocaleString('en')} elements; save one of them by its menu`,
      );
    const array = await fetch(row, family);
    if (!array?.elements) throw new Error('The trace has changed in the meantime');
    known.set(key, array);
    return array;
  };
  const filled: StepView[] = [];
  for (const step of steps) {
    const values = { primal: step.value, tangent: step.tangent, adjoint: step.adjoint };
    for (const family of FAMILIES) values[family] = (await whole(values[family], step.row, family)) as ValueView;
    const operands: StepView['operands'] = [];
    for (const operand of step.operands)
      operands.push(
        operand.name === undefined ? { ...operand, value: await whole(operand.value, operand.row, 'primal') } : operand,
      );
    filled.push({ ...step, value: values.primal, tangent: values.tangent, adjoint: values.adjoint, operands });
  }
  return { ...trace, rows: filled };
}

/** An array without its elements. */
export function isSummary(value: ValueView | null): value is TensorView {
  return typeof value === 'object' && value !== null && value.elements === undefined;
}
