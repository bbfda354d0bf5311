/** The trace as text for other programs: a Markdown or LaTeX table to read, CSV and JSON with every digit. */
import type { StepView, TraceView, ValueView } from '../../src/protocol';
import { formatNumber, formatShape } from '../../src/format/number';
import { asNumber, type Family, isTensor } from './values';

export const COPY_FORMATS = ['Markdown', 'LaTeX', 'CSV', 'JSON'] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];

export interface Table {
  readonly trace: TraceView;
  readonly steps: readonly StepView[];
  /** Values as they are shown now. */
  readonly value: (step: StepView, family: Family) => ValueView | null;
  /** Name of the input whose tangent is shown. */
  readonly tangent: string | undefined;
}

export function copyAs(format: CopyFormat, table: Table): string {
  switch (format) {
    case 'Markdown':
      return markdown(table);
    case 'LaTeX':
      return latex(table);
    case 'CSV':
      return csv(table);
    case 'JSON':
      return json(table);
  }
}

const FAMILIES = ['primal', 'tangent', 'adjoint'] as const;

function short(value: ValueView | null): string {
  if (value === null) return '';
  const x = asNumber(value);
  return x === undefined ? (isTensor(value) ? formatShape(value.shape) : '') : formatNumber(x, { plain: true });
}

function markdown({ trace, steps, value, tangent }: Table): string {
  const lines = [
    `| step | ${trace.formula === undefined ? 'source' : 'formula'} | primal | tangent (${tangent ?? ''}) | adjoint |`,
    '|---|---|---:|---:|---:|',
    ...steps.map((step) => {
      const source =
        step.labelTex === undefined
          ? `\`${step.label.replace(/\|/g, '\\|').replace(/`/g, "'")}\``
          : `$${step.labelTex.replace(/\|/g, '\\vert ')}$`;
      return `| $${step.tex}$ | ${source} | ${FAMILIES.map((family) => short(value(step, family))).join(' | ')} |`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function texNumber(value: ValueView | null): string {
  const text = short(value);
  if (text === 'NaN') return '\\mathrm{NaN}';
  if (/inf$/.test(text)) return text.replace('inf', '\\infty');
  const [mantissa = '', exponent] = text.split('e');
  return exponent === undefined ? mantissa.replace('×', ' \\times ') : `${mantissa} \\cdot 10^{${exponent}}`;
}

function latex({ steps, value }: Table): string {
  const row = (step: StepView): string => {
    const cells = [
      `$${step.tex}$`,
      `$${step.primal.right || step.labelTex || `\\text{${escapeTex(step.label)}}`}$`,
      `$${texNumber(value(step, 'primal'))}$`,
      `$${step.tangentFormula.right}$`,
      `$${texNumber(value(step, 'tangent'))}$`,
      `$${step.adjointFormula.right}$`,
      `$${texNumber(value(step, 'adjoint'))}$`,
    ];
    return `${cells.join(' & ').replace(/\$\$/g, '')} \\\\`;
  };
  return [
    '% needs booktabs and amsmath',
    '\\begin{tabular}{ll@{${}={}$}rl@{${}={}$}rl@{${}={}$}r}',
    '\\toprule',
    '& \\multicolumn{2}{l}{primal $v$} & \\multicolumn{2}{l}{tangent $\\dot v$} & \\multicolumn{2}{l}{adjoint $\\bar v$} \\\\',
    '\\midrule',
    ...steps.map(row),
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}

function escapeTex(text: string): string {
  return text.replace(/[\\{}$&#_%^~]/g, (c) =>
    c === '\\' ? '\\textbackslash{}' : c === '^' || c === '~' ? `\\${c}{}` : `\\${c}`,
  );
}

function full(value: ValueView | null): string {
  if (value === null) return '';
  const x = asNumber(value);
  return x === undefined ? '' : formatNumber(x, { digits: 'full', plain: true });
}

function csv({ steps, value }: Table): string {
  const quote = (text: string) => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const lines = steps.map((step) =>
    [
      step.name,
      quote(step.label),
      step.op,
      step.operands.map((o) => o.name ?? '').join(' '),
      ...FAMILIES.map((family) => full(value(step, family))),
    ].join(','),
  );
  return ['step,source,operation,operands,primal,tangent,adjoint', ...lines, ''].join('\n');
}

function json({ trace, steps, value, tangent }: Table): string {
  return `${JSON.stringify(
    {
      title: trace.title,
      source: trace.source,
      output: trace.output.name,
      tangent,
      inputs: trace.inputs.map(({ name, origin }) => ({ name, origin: origin.kind })),
      steps: steps.map((step) => ({
        name: step.name,
        label: step.label,
        op: step.op,
        operands: step.operands.map((o) => o.name ?? o.value),
        value: value(step, 'primal'),
        tangent: value(step, 'tangent'),
        adjoint: value(step, 'adjoint'),
      })),
    },
    null,
    2,
  )}\n`;
}
