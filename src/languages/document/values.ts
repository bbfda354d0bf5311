/** Values that are given to names from outside the formulas: by the reader, or by directives. */
import type { Origin } from '../../model';
import { fromNested, type NdArray, type Nested, TensorError } from '../../tensor';
import { sample, type Sampler } from '../directives';
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
  const directives = analysis.directives.filter((d) => d.kind === 'at' || d.kind === 'given');
  const before = directives.filter((d) => d.from < from);
  const after = directives.filter((d) => d.from >= from).reverse();
  for (const directive of [...after, ...before]) {
    const origin: Origin = { kind: 'directive', span: { from: directive.from, to: directive.to } };
    if (directive.kind === 'at') for (const { name, value } of directive.values) add(given, name, value, origin);
    else addSample(given, directive.name, directive.sampler, origin);
  }
  for (const [name, value] of Object.entries(pins ?? {})) add(given, name, value, { kind: 'pinned' });
  return given;
}

function add(given: Map<string, Given>, text: string, value: PinValue, origin: Origin): void {
  const name = nameOf(text);
  if (name === undefined) return;
  if (typeof value === 'number') given.set(name, { value, origin });
  else if (Array.isArray(value)) addArray(given, name, value as readonly PinValue[], origin);
}

/** Larger arrays are not drawn for a formula. */
const MOST_ELEMENTS = 1_000_000;

/** x: float[3, 4] ~ normal(0, 1, seed=0) */
function addSample(given: Map<string, Given>, text: string, sampler: Sampler, origin: Origin): void {
  const { shape } = sampler;
  const size = shape.reduce((a, b) => a * b, 1);
  if (shape.length > 2 || size === 0 || size > MOST_ELEMENTS) return;
  const drawn = sample(sampler);
  if (drawn) add(given, text, drawn.ndim === 0 ? drawn.item() : (drawn.toNested() as PinValue), origin);
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
