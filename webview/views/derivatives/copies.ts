/** The derivatives as formulas for LaTeX, as a table, and the curves as a drawing. */
import { plainValue } from '../../../src/export/trace';
import { numberTex } from '../../../src/export/value';
import type { Table } from '../../../src/export/table';
import { type Copies, tableCopies } from '../../state/copies';
import { drawnAsSvg } from '../../state/drawn';
import type { Open, Session } from '../../state/session';
import { asNumber } from '../../state/values';

export function derivativesCopies(session: Session, { trace, replay }: Open): Copies {
  const table = (): Table => ({
    title: `Derivatives of ${trace.output.name}`,
    columns: [
      { head: 'input' },
      { head: 'value', right: true },
      { head: 'derivative' },
      { head: 'gradient', right: true },
    ],
    rows: trace.inputs.map((input) => [
      { code: input.name },
      { value: plainValue(session.inputValue(input)) },
      { tex: input.gradientTex ?? '' },
      { value: plainValue(session.gradient(input)) },
    ]),
  });
  return {
    ...tableCopies(table),
    LaTeX: () => aligned(session, trace),
    ...(replay
      ? {
          SVG: () =>
            drawnAsSvg(document.getElementById('view') ?? document.body, `Derivatives of ${trace.output.name}`),
        }
      : {}),
  };
}

/** One line an input: the derivative in symbols where it is short, and its value here. */
function aligned(session: Session, trace: Open['trace']): string {
  const lines = trace.inputs.map((input) => {
    const left = `\\frac{\\partial ${trace.output.tex}}{\\partial ${input.tex}}`;
    const x = asNumber(session.gradient(input));
    const parts = [input.gradientTex, x === undefined ? undefined : numberTex(x)].filter((part) => part !== undefined);
    return `  ${left} &= ${parts.length > 0 ? parts.join(' = ') : '\\text{(array)}'}`;
  });
  return ['% needs amsmath', '\\begin{align*}', lines.join(' \\\\\n'), '\\end{align*}', ''].join('\n');
}
