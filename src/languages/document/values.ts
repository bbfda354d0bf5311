/** Values that are given to names from outside the formulas: by the reader, or by directives. */
import type { Origin } from '../../model';
import { fromNested, type NdArray, type Nested, TensorError } from '../../tensor';
import type { PinValue } from '../frontEnd';
import { nameOf } from '../latex/names';
import type { DocumentAnalysis } from './analysis';

export interface Given {
  readonly value: number | NdArray;
  readonly origin: Origin;
  /** Of an array that is given as a whole under its own name. */
  readonly element?: true;
}

/** Pins win over directives; of several directives the last before the formula, else the first after it. */
export function givenValues(
  analysis: DocumentAnalysis,
  from: number,
  pins: Readonly<Record<string, PinValue>> | undefined,
): Map<string, Given> {
  const given = new Map<string, Given>();
  const directives = analysis.directives.filter((d) => d.kind === 'at');
  const before = directives.filter((d) => d.from < from);
  const after = directives.filter((d) => d.from >= from).reverse();
  for (const directive of [...after, ...before])
    for (const { name, value } of directive.values)
      add(given, name, value, { kind: 'directive', span: { from: directive.from, to: directive.to } });
  for (const [name, value] of Object.entries(pins ?? {})) add(given, name, value, { kind: 'pinned' });
  return given;
}

function add(given: Map<string, Given>, text: string, value: PinValue, origin: Origin): void {
  const name = nameOf(text);
  if (name === undefined) return;
  if (typeof value === 'number') given.set(name, { value, origin });
  else if (Array.isArray(value)) addArray(given, name, value as readonly PinValue[], origin);
}

/** x = [1, 2] gives x, and x_1 and x_2 where a formula names them apart. */
function addArray(given: Map<string, Given>, name: string, value: readonly PinValue[], origin: Origin): void {
  value.forEach((v, i) => {
    if (typeof v === 'number') given.set(`${name}_${i + 1}`, { value: v, origin, element: true });
  });
  try {
    const array = fromNested(value as Nested, 'float64');
    if (array.ndim <= 2 && array.size > 0) given.set(name, { value: array, origin });
  } catch (error) {
    if (!(error instanceof TensorError)) throw error;
  }
}
