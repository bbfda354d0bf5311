/** Traces as text for other programs: one function a format. */
import type { JsonTensor } from '../protocol';
import { formatNumber, formatShape } from '../format/number';
import { linePlace } from '../format/place';
import { type Cell, escapeMarkdown, latexTable, markdownTable, quoteCsv, type Table } from './table';
import type { ExportStep, ExportTrace } from './trace';
import { type ExportValue, fullText, isSummary, shapeOf } from './value';

export interface ExportFile {
  readonly file: string;
  readonly traceables: readonly ExportTrace[];
}

export const TEXT_FORMATS = { text, markdown, latex, csv, dot } satisfies Record<string, (file: ExportFile) => string>;

/**
 * A value as a terminal shows it.
 * @param most arrays of more elements are shown by their shape
 */
function shown(value: ExportValue, most: number): string {
  if (value === null) return '∅';
  if (isSummary(value)) return `[${formatShape(value.shape)}]`;
  if (!Array.isArray(value)) return formatNumber(Number(value));
  const shape = shapeOf(value as JsonTensor);
  if (shape.reduce((a, b) => a * b, 1) > most) return `[${formatShape(shape)}]`;
  return `[${(value as JsonTensor[]).map((element) => shown(element, most)).join(', ')}]`;
}

/** Elements that are written out beside a name, and in a column. */
const IN_LINES = 8;
const IN_TABLES = 4;

/** A table for the terminal. */
export function text({ file, traceables }: ExportFile): string {
  return traceables
    .map((t) => {
      const head = `${linePlace(file, t.range)}  ${t.name} (${t.kind})`;
      if (!t.steps) return `${head}\n  unknown: ${t.unknown?.reason ?? ''}\n`;
      const gradient = Object.entries(t.gradient ?? {}).map(
        ([n, g]) => `  ∂${t.output?.name}/∂${n} = ${shown(g, IN_LINES)}`,
      );
      const rows = [
        ['step', 'source', 'primal', `tangent (${t.tangent ?? ''})`, 'adjoint'],
        ...t.steps.map((s) => [
          s.name,
          clip(s.label),
          ...[s.value, s.tangent, s.adjoint].map((v) => shown(v, IN_TABLES)),
        ]),
      ];
      const widths = rows[0]?.map((_, k) => Math.max(...rows.map((r) => [...(r[k] ?? '')].length))) ?? [];
      const lines = rows.map(
        (r) =>
          `  ${r.map((cell, k) => (k < 2 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0))).join('  ')}`,
      );
      const partly = t.unknown ? [`  in part: ${t.unknown.reason}`] : [];
      const output = `  ${t.output?.name} = ${shown(t.output?.value ?? null, IN_LINES)}`;
      const rest = t.stepsLeftOut ? [`  … and ${t.stepsLeftOut.toLocaleString('en')} more steps`] : [];
      return [head, output, ...gradient, ...partly, '', ...lines, ...rest, ''].join('\n');
    })
    .join('\n');
}

function clip(label: string): string {
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}

/** The steps with the formula and the value of each sweep. */
export function traceTable(t: ExportTrace): Table {
  const row = (s: ExportStep): Cell[] => [
    { code: s.label },
    { tex: s.primalFormula },
    { value: s.value },
    { tex: s.tangentFormula },
    { value: s.tangent },
    { tex: s.adjointFormula },
    { value: s.adjoint },
  ];
  return {
    title: t.name,
    columns: [
      { head: 'source' },
      { head: 'primal' },
      { head: '', right: true },
      { head: t.tangent === undefined ? 'tangent' : `tangent (${t.tangent})` },
      { head: '', right: true },
      { head: 'adjoint' },
      { head: '', right: true },
    ],
    rows: (t.steps ?? []).map(row),
  };
}

export function markdown({ traceables }: ExportFile): string {
  return traceables
    .map((t) => {
      const reason = escapeMarkdown(t.unknown?.reason ?? '');
      const partly = t.unknown ? `in part: ${reason}\n\n` : '';
      return `### ${t.name}\n\n${t.steps ? `${partly}${markdownTable(traceTable(t))}` : `unknown: ${reason}\n`}`;
    })
    .join('\n');
}

/** A booktabs table. */
export function latex({ traceables }: ExportFile): string {
  return traceables
    .filter((t) => t.steps)
    .map(
      (t) => `${t.unknown ? `% in part: ${t.unknown.reason.replace(/\s+/g, ' ')}\n` : ''}${latexTable(traceTable(t))}`,
    )
    .join('\n');
}

const CSV_COLUMNS = ['traceable', 'index', 'name', 'label', 'op', 'value', 'tangent', 'adjoint'] as const;

export function csv({ traceables }: ExportFile): string {
  const rows = traceables.flatMap((t) =>
    (t.steps ?? []).map((s) =>
      [t.id, String(s.index), s.name, s.label, s.op, fullText(s.value), fullText(s.tangent), fullText(s.adjoint)].map(
        quoteCsv,
      ),
    ),
  );
  return `${[CSV_COLUMNS, ...rows].map((r) => r.join(',')).join('\n')}\n`;
}

/** The computational graph for Graphviz. */
export function dot({ traceables }: ExportFile): string {
  const quote = (s: string) => `"${s.replace(/[\\"]/g, '\\$&').replace(/\r?\n/g, '\\n')}"`;
  const graphs = traceables
    .filter((t) => t.steps)
    .map((t) => {
      const steps = t.steps as readonly ExportStep[];
      const nodes = steps.map((s) => `  ${s.name} [label=${quote(`${s.label}\n${shown(s.value, IN_TABLES)}`)}];`);
      const edges = steps.flatMap((s) =>
        s.operands
          .filter((o): o is string => typeof o === 'string' && /^v\d+$/.test(o))
          .map((o) => `  ${o} -> ${s.name};`),
      );
      return `digraph ${quote(t.id)} {\n  rankdir=LR;\n${[...nodes, ...edges].join('\n')}\n}\n`;
    });
  return graphs.join('\n');
}
