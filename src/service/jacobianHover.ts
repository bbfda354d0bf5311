/** Derivatives of arrays in a hover: ∂z/∂x of a vector by a vector as a matrix whose rows and columns are named. */
import { jacobian } from '../autodiff/derivatives';
import type { TraceInput } from '../autodiff/trace';
import { formatNumber } from '../format';
import type { JacobianLayout } from '../languages/frontEnd';
import { code, html, quotient } from './hoverText';
import type { SweptTrace } from './stepView';

/** Rows and columns that a hover has room for. */
const MOST_SHOWN = 6;
/** Entries that are worth making for a hover. */
const MOST_ENTRIES = 4_096;

const SOURCES: Readonly<Record<JacobianLayout['source'], string>> = {
  directive: 'as the directive states',
  claim: 'as elsewhere in the document',
  none: 'the document states no layout',
};

/**
 * The derivative of an output that is an array by an input: a matrix for a vector by a vector, an array in the shape of the
 * output for one by a number. Never the derivative of the sum of its elements under the same name.
 */
export function jacobianLines(
  { trace }: SweptTrace,
  input: TraceInput,
  names: { readonly output: string; readonly input: string },
  layout: JacobianLayout,
): string[] {
  const shape = (row: number) => (trace.tape.isArray(row) ? trace.tape.array(row).shape : []);
  const [out, by] = [shape(trace.output), shape(input.row)];
  const name = code(quotient(names.output, names.input));
  if (by.length > 0 && out.length + by.length > 2)
    return [`${name} has ${out.length + by.length} axes (${[...out, ...by].join('×')}): it is no matrix`];
  const [rows, columns] = by.length === 0 ? [out[0] as number, out[1] ?? 1] : [out[0] as number, by[0] as number];
  if (rows * columns > MOST_ENTRIES) return [`${name} is a matrix of ${rows}×${columns}: too large to be shown`];
  const entries = Array.from(jacobian(trace, [input.row]).entries);
  if (by.length === 0 && out.length === 1 && rows <= MOST_SHOWN)
    return [`${name} = **[${entries.map((x) => formatNumber(x)).join(', ')}]**`];
  const isTurned = by.length > 0 && layout.layout === 'denominator';
  const at = (i: number, j: number) => (isTurned ? entries[j * columns + i] : entries[i * columns + j]) as number;
  const [down, across] = isTurned ? [columns, rows] : [rows, columns];
  const heading = by.length === 0 ? `${down}×${across}` : `${down}×${across} (${layoutText(names, layout)})`;
  if (down > MOST_SHOWN || across > MOST_SHOWN) {
    const finite = entries.filter(Number.isFinite);
    return [`${name} = ${heading}: ${formatNumber(Math.min(...finite))} … ${formatNumber(Math.max(...finite))}`];
  }
  const [rowName, columnName] = isTurned ? [names.input, names.output] : [names.output, names.input];
  const cell = (text: string, i: number) => `${html(text)}<sub>${i + 1}</sub>`;
  const gap = '&nbsp;&nbsp;';
  const isNamed = by.length > 0;
  const head = Array.from({ length: across }, (_, j) => `<th align="right">${gap}${cell(columnName, j)}</th>`).join('');
  const lines = Array.from({ length: down }, (_, i) => {
    const values = Array.from(
      { length: across },
      (_, j) => `<td align="right">${gap}${html(formatNumber(at(i, j)))}</td>`,
    );
    return `<tr>${isNamed ? `<th>${cell(rowName, i)}</th>` : ''}${values.join('')}</tr>`;
  });
  return [`${name} = ${heading}`, `<table>${isNamed ? `<tr><th></th>${head}</tr>` : ''}${lines.join('')}</table>`];
}

function layoutText(names: { readonly output: string; readonly input: string }, layout: JacobianLayout): string {
  const row = layout.layout === 'denominator' ? names.input : names.output;
  return `a row for each element of ${code(row)}: ${layout.layout} layout, ${SOURCES[layout.source]}`;
}
