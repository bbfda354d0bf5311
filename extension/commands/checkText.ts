/** Checks in words and as plain text, as a screen reader reads them. */
import {
  checkTitle,
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
    return `${VERDICT_MARKS[only.verdict]} ${checkTitle(only)}: ${verdict(only)}. ${only.message}`;
  const counts = Object.entries(VERDICT_WORDS).flatMap(([key, word]) => {
    const count = checks.filter((check) => check.verdict === key).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return `${checks.length} checks: ${counts.join(', ')}.`;
}

/**
 * The whole, in Markdown: what is wrong comes first.
 * @param files how the files are called, by their URI, where there are several
 */
export function checkReport(what: string, checks: readonly CheckView[], files?: ReadonlyMap<string, string>): string {
  const rank = ({ verdict }: CheckView) => ORDER.indexOf(verdict);
  const sorted = [...checks].sort((a, b) => rank(a) - rank(b));
  return [`# Gradient check of ${what}`, ...sorted.map((check) => section(check, files))].join('\n\n') + '\n';
}

const ORDER: readonly CheckView['verdict'][] = ['fail', 'error', 'kink', 'unknown', 'pass'];

function section(check: CheckView, files?: ReadonlyMap<string, string>): string {
  const { name, message, cause, parameters, text, expected } = check;
  const point = Object.entries(check.point).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [
    `## ${VERDICT_MARKS[check.verdict]} ${checkTitle(check)}: ${verdict(check)}`,
    ...(files ? [`In ${files.get(check.uri) ?? check.uri}, line ${check.range.start.line + 1}`] : []),
    message,
    ...(text === undefined ? [] : [`Written: ${text}`]),
    ...(expected === undefined ? [] : [`Expected: ${expected}`]),
    ...(cause === undefined ? [] : [`Cause: ${cause}`]),
    ...(point.length === 0 ? [] : [`At ${point.join(', ')}`]),
    ...parameters.map((parameter) => details(name, parameter)),
  ].join('\n\n');
}

function verdict({ verdict, strength }: CheckView): string {
  return VERDICT_WORDS[verdict] + (strength ? ` (${STRENGTH_WORDS[strength]})` : '');
}

type Parameter = CheckView['parameters'][number];

const LINES: readonly (readonly [title: string, value: (parameter: Parameter) => string])[] = [
  ['adjoint', ({ adjoint }) => (adjoint === null ? NOT_CONNECTED.word : number(adjoint))],
  ['tangent', ({ tangent }) => number(tangent)],
  ['centre difference', ({ centreDifference }) => number(centreDifference)],
  ['forward difference', ({ forwardDifference }) => number(forwardDifference)],
  ['relative error', ({ relativeError }) => number(relativeError, 2)],
  ['worst element', ({ worst }) => (worst ? `[${worst.index.join(', ')}]` : '')],
  ['claimed', ({ worst }) => number(worst?.claimed)],
  ['expected', ({ worst }) => number(worst?.expected)],
];

const WIDTH = Math.max(...LINES.map(([title]) => title.length));

/** A line for every way of differentiating, its numbers below each other; narrow enough for half a window. */
function details(of: string, parameter: Parameter): string {
  const title = `### ∂${of}/∂${parameter.name}: ${VERDICT_MARKS[parameter.verdict]} ${VERDICT_WORDS[parameter.verdict]}`;
  const lines = LINES.flatMap(([name, value]) => {
    const text = value(parameter);
    return text === '' ? [] : [`- ${name.padEnd(WIDTH)}  ${text.startsWith('−') ? '' : ' '}${text}`];
  });
  return [title, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}

function number(x: JsonNumber | undefined, digits = DIGITS): string {
  return x === undefined ? '' : formatNumber(fromJsonNumber(x), { digits });
}
