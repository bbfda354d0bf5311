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

/** Names in a sentence about many. */
const NAMED = 3;

/** One sentence, without markup: notifications show none. What is wrong comes first, with its name. */
export function checkSummary(checks: readonly CheckView[]): string {
  const [only, ...others] = checks;
  if (!only) return 'There is nothing to check here.';
  if (others.length === 0)
    return `${VERDICT_MARKS[only.verdict]} ${checkTitle(only)}: ${verdict(only)}. ${sentence(only)}`;
  const counts = ORDER.flatMap((key) => {
    const found = checks.filter((check) => check.verdict === key);
    if (found.length === 0) return [];
    const names = [...new Set(found.map(checkTitle))];
    const more = names.length > NAMED ? ' …' : '';
    const named = key === 'fail' || key === 'error' ? ` (${names.slice(0, NAMED).join(', ')}${more})` : '';
    return [`${found.length} ${VERDICT_WORDS[key]}${named}`];
  });
  return `${checks.length} checks: ${counts.join(', ')}.`;
}

/** The message as a sentence: names in quotes, a capital where it begins with a word. */
function sentence({ message }: CheckView): string {
  const text = message.replace(/`([^`]*)`/g, '“$1”').replace(/^[a-z](?=[a-z]+[ ,])/, (c) => c.toUpperCase());
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * The whole, in Markdown: what is wrong comes first.
 * @param files how the files are called, by their URI, where there are several
 */
export function checkReport(what: string, checks: readonly CheckView[], files?: ReadonlyMap<string, string>): string {
  const rank = ({ verdict }: CheckView) => ORDER.indexOf(verdict);
  const sorted = [...checks].sort((a, b) => rank(a) - rank(b));
  return (
    [`# Gradient check of ${what}`, ...sorted.map((check) => section(check, titleAmong(check, checks), files))].join(
      '\n\n',
    ) + '\n'
  );
}

const ORDER: readonly CheckView['verdict'][] = ['fail', 'error', 'kink', 'unknown', 'pass'];

/** What is checked, where one name stands for several checks. */
const SUBJECTS: Readonly<Record<CheckView['kind'], string>> = {
  gradient: 'its own sweeps',
  backward: 'as a derivative written by hand',
  claim: 'as it is stated',
};

function titleAmong(check: CheckView, checks: readonly CheckView[]): string {
  const title = checkTitle(check);
  const isShared = checks.some((other) => other.kind !== check.kind && checkTitle(other) === title);
  return isShared ? `${title}, ${SUBJECTS[check.kind]}` : title;
}

function section(check: CheckView, title: string, files?: ReadonlyMap<string, string>): string {
  const { message, cause, parameters, text, expected } = check;
  const point = Object.entries(check.point).map(([key, value]) => `${key} = ${spaced(JSON.stringify(value))}`);
  return [
    `## ${VERDICT_MARKS[check.verdict]} ${title}: ${verdict(check)}`,
    ...(files ? [`In ${files.get(check.uri) ?? check.uri}, line ${check.range.start.line + 1}`] : []),
    message,
    ...(text === undefined ? [] : [`Written: ${text}`]),
    ...(expected === undefined ? [] : [`Expected: ${expected}`]),
    ...(cause === undefined ? [] : [`Cause: ${cause}`]),
    ...(point.length === 0 ? [] : [`At ${point.join(', ')}`]),
    ...parameters.map((parameter) => details(check, parameter)),
  ].join('\n\n');
}

const spaced = (json: string) => json.replaceAll(',', ', ');

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
function details({ kind, name }: CheckView, parameter: Parameter): string {
  // Code by hand bears another name than what it differentiates.
  const of = kind === 'backward' ? `by ${parameter.name}` : `∂${name}/∂${parameter.name}`;
  const title = `### ${of}: ${VERDICT_MARKS[parameter.verdict]} ${VERDICT_WORDS[parameter.verdict]}`;
  const lines = LINES.flatMap(([name, value]) => {
    const text = value(parameter);
    return text === '' ? [] : [`- ${name.padEnd(WIDTH)}  ${text.startsWith('−') ? '' : ' '}${text}`];
  });
  return [title, ...(lines.length > 0 ? [lines.join('\n')] : [])].join('\n\n');
}

function number(x: JsonNumber | undefined, digits = DIGITS): string {
  return x === undefined ? '' : formatNumber(fromJsonNumber(x), { digits });
}
