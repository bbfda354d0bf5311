/** Traces as text for other programs: one function a format. */
import { formatNumber } from '../format';
import type { JsonNumber, JsonTensor, StepJson, TraceOutput } from '../protocol';

export const FORMATS = { text, markdown, latex, csv, dot } satisfies Record<string, (file: TraceOutput) => string>;

export function isFormat(name: string): name is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, name);
}

function number(x: JsonTensor | null): string {
  if (x === null) return '∅';
  if (Array.isArray(x)) return shapeText(x);
  return formatNumber(Number(x as JsonNumber));
}

/** Arrays are named by their shape where a table has room for one number. */
function shapeText(x: JsonTensor): string {
  const shape: number[] = [];
  for (let level: JsonTensor = x; Array.isArray(level); level = level[0] as JsonTensor) shape.push(level.length);
  return `[${shape.join('×')}]`;
}

function full(x: JsonTensor | null): string {
  return x === null ? '' : Array.isArray(x) ? JSON.stringify(x) : String(x);
}

/** A table for the terminal. */
function text({ file, traceables }: TraceOutput): string {
  return traceables
    .map((t) => {
      const head = `${file}:${t.range.start.line + 1}  ${t.name} (${t.kind})`;
      if (!t.steps) return `${head}\n  unknown: ${t.unknown?.reason ?? ''}\n`;
      const gradient = Object.entries(t.gradient ?? {}).map(([n, g]) => `  ∂${t.output?.name}/∂${n} = ${number(g)}`);
      const rows = [
        ['step', 'source', 'primal', `tangent (${t.tangent ?? ''})`, 'adjoint'],
        ...t.steps.map((s) => [s.name, clip(s.label), number(s.value), number(s.tangent), number(s.adjoint)]),
      ];
      const widths = rows[0]?.map((_, k) => Math.max(...rows.map((r) => [...(r[k] ?? '')].length))) ?? [];
      const lines = rows.map(
        (r) =>
          `  ${r.map((cell, k) => (k < 2 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0))).join('  ')}`,
      );
      return [head, `  ${t.output?.name} = ${number(t.output?.value ?? null)}`, ...gradient, '', ...lines, ''].join(
        '\n',
      );
    })
    .join('\n');
}

function clip(label: string): string {
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}

function markdown({ traceables }: TraceOutput): string {
  const math = (tex: string) => `$${tex}$`;
  return traceables
    .map((t) => {
      if (!t.steps) return `### ${t.name}\n\nunknown: ${t.unknown?.reason ?? ''}\n`;
      const rows = t.steps.map(
        (s) =>
          `| ${math(s.primalFormula)} | ${number(s.value)} | ${math(s.tangentFormula)} | ${number(s.tangent)} | ${math(s.adjointFormula)} | ${number(s.adjoint)} |`,
      );
      return [
        `### ${t.name}`,
        '',
        '| primal | | tangent | | adjoint | |',
        '|---|--:|---|--:|---|--:|',
        ...rows.map((r) => r.replace(/\\\|/g, '\\Vert ')),
        '',
      ].join('\n');
    })
    .join('\n');
}

/** A booktabs table. */
function latex({ traceables }: TraceOutput): string {
  return traceables
    .filter((t) => t.steps)
    .map((t) => {
      const cell = (formula: string, value: JsonTensor | null) =>
        `$${formula}$ & ${number(value).replace(/−/g, '$-$')}`;
      const rows = (t.steps as readonly StepJson[]).map(
        (s) =>
          `  ${cell(s.primalFormula, s.value)} & ${cell(s.tangentFormula, s.tangent)} & ${cell(s.adjointFormula, s.adjoint)} \\\\`,
      );
      return [
        '\\begin{tabular}{lrlrlr}',
        '  \\toprule',
        '  \\multicolumn{2}{l}{primal} & \\multicolumn{2}{l}{tangent} & \\multicolumn{2}{l}{adjoint} \\\\',
        '  \\midrule',
        ...rows,
        '  \\bottomrule',
        '\\end{tabular}',
        '',
      ].join('\n');
    })
    .join('\n');
}

function csv({ traceables }: TraceOutput): string {
  const quote = (s: string) => (/[",\n]/.test(s) ? `"${s.replace(/"/g, '""')}"` : s);
  const rows = traceables.flatMap((t) =>
    (t.steps ?? []).map((s) =>
      [t.id, s.index, s.name, s.label, s.op, full(s.value), full(s.tangent), full(s.adjoint)].map((c) =>
        quote(String(c)),
      ),
    ),
  );
  return [['traceable', 'index', 'name', 'label', 'op', 'value', 'tangent', 'adjoint'], ...rows]
    .map((r) => r.join(','))
    .join('\n');
}

/** The computational graph for Graphviz. */
function dot({ traceables }: TraceOutput): string {
  const quote = (s: string) => `"${s.replace(/[\\"]/g, '\\$&')}"`;
  const graphs = traceables
    .filter((t) => t.steps)
    .map((t) => {
      const steps = t.steps as readonly StepJson[];
      const nodes = steps.map(
        (s) => `  ${s.name} [label=${quote(`${s.label}\n${number(s.value)}`).replace(/\n/g, '\\n')}];`,
      );
      const edges = steps.flatMap((s) =>
        s.operands
          .filter((o): o is string => typeof o === 'string' && /^v\d+$/.test(o))
          .map((o) => `  ${o} -> ${s.name};`),
      );
      return `digraph ${quote(t.id)} {\n  rankdir=LR;\n${[...nodes, ...edges].join('\n')}\n}\n`;
    });
  return graphs.join('\n');
}
