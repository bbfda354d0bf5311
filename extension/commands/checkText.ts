/** Checks in words and in a table of plain text, as a screen reader reads them. */
import {
  formatNumber,
  NOT_CONNECTED,
  STRENGTH_WORDS,
  VERDICT_MARKS,
  VERDICT_WORDS,
} from '../../src/format';
import { type CheckView, fromJsonNumber, type JsonNumber } from '../../src/protocol';

/** Enough to see where two ways of differentiating part. */
const DIGITS = 10;

/** One sentence. */
export function checkSummary(checks: readonly CheckView[]): string {
  const [only, ...others] = checks;
  if (!only) return 'there is nothing to check here.';
  if (others.length === 0)
    return `${VERDICT_MARKS[only.verdict]} ${only.name}: ${verdict(only)}. ${only.message}`;
  const counts = Object.entries(VERDICT_WORDS).flatMap(([key, word]) => {
    const count = checks.filter((check) => check.verdict === key).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return `${checks.length} checks: ${counts.join(', ')}.`;
}

/** The whole, in Markdown. */
export function checkReport(file: string, checks: readonly CheckView[]): string {
  return [`# Gradient check of ${file}`, ...checks.map(section)].join('\n\n') + '\n';
}

function section(check: CheckView): string {
  const { name, message, cause, parameters, text, expected } = check;
  const point = Object.entries(check.point).map(
    ([key, value]) => `${key} = ${JSON.stringify(value)}`,
  );
  return [
    `## ${VERDICT_MARKS[check.verdict]} ${name}: ${verdict(check)}`,
    message,
    ...(text === undefined ? [] : [`Written: ${text}`]),
    ...(expected === undefined ? [] : [`Expected: ${expected}`]),
    ...(cause === undefined ? [] : [`Cause: ${cause}`]),
    ...(point.length === 0 ? [] : [`At ${point.join(', ')}`]),
    ...(parameters.length === 0 ? [] : [table(parameters)]),
  ].join('\n\n');
}

function verdict({ verdict, strength }: CheckView): string {
  return VERDICT_WORDS[verdict] + (strength ? ` (${STRENGTH_WORDS[strength]})` : '');
}

type Parameter = CheckView['parameters'][number];

const COLUMNS: readonly (readonly [title: string, cell: (parameter: Parameter) => string])[] = [
  ['by', ({ name }) => name],
  ['verdict', (p) => `${VERDICT_MARKS[p.verdict]} ${VERDICT_WORDS[p.verdict]}`],
  ['adjoint', ({ adjoint }) => (adjoint === null ? NOT_CONNECTED.word : number(adjoint))],
  ['tangent', ({ tangent }) => number(tangent)],
  ['centre difference', ({ centreDifference }) => number(centreDifference)],
  ['forward difference', ({ forwardDifference }) => number(forwardDifference)],
  ['relative error', ({ relativeError }) => number(relativeError, 2)],
  ['worst element', ({ worst }) => (worst ? `[${worst.index.join(', ')}]` : '')],
  ['claimed', ({ worst }) => number(worst?.claimed)],
  ['expected', ({ worst }) => number(worst?.expected)],
];

/** A Markdown table, its columns aligned, without the columns that nobody fills. */
function table(parameters: readonly Parameter[]): string {
  const columns = COLUMNS.map(([title, cell]) => [title, ...parameters.map(cell)]).filter(
    ([, ...cells]) => cells.some((cell) => cell !== ''),
  );
  const widths = columns.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const line = (row: number) =>
    `| ${columns.map((cells, c) => (cells[row] ?? '').padEnd(widths[c] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(0), rule, ...parameters.map((_, row) => line(row + 1))].join('\n');
}

function number(x: JsonNumber | undefined, digits = DIGITS): string {
  return x === undefined ? '' : formatNumber(fromJsonNumber(x), { digits });
}
