/** Values that are given to names from outside the formulas: by the reader, or by directives. */
import type { Origin } from '../../model';
import type { PinValue } from '../frontEnd';
import { nameOf } from '../latex/names';
import type { DocumentAnalysis } from './analysis';

export interface Given {
  readonly value: number;
  readonly origin: Origin;
}

/** Pins win over directives; of several directives the last before the formula, else the first after it. */
export function givenValues(
  analysis: DocumentAnalysis,
  from: number,
  pins: Readonly<Record<string, PinValue>> | undefined,
): Map<string, Given> {
  const given = new Map<string, Given>();
  const directives = analysis.directives.filter((d) => d.kind === 'at');
  const before = directives.filter((d) => d.span.from < from);
  const after = directives.filter((d) => d.span.from >= from).reverse();
  for (const directive of [...after, ...before])
    for (const { name, value } of directive.values)
      add(given, name, value, { kind: 'directive', span: directive.span });
  for (const [name, value] of Object.entries(pins ?? {})) add(given, name, value, { kind: 'pinned' });
  return given;
}

function add(given: Map<string, Given>, text: string, value: PinValue, origin: Origin): void {
  const name = nameOf(text);
  if (name === undefined) return;
  if (typeof value === 'number') given.set(name, { value, origin });
  // x = [1, 2] gives x_1 and x_2.
  else if (Array.isArray(value))
    value.forEach((v: PinValue, i) => {
      if (typeof v === 'number') given.set(`${name}_${i + 1}`, { value: v, origin });
    });
}
