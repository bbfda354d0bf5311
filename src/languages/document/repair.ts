/**
 * Mends a formula in its writer's own words: the smallest change that makes it right, among those that undo what people get
 * wrong: a sign, an index, a number, a function, a factor too many or too few.
 */
import { parseFormula } from '../latex/parse';
import type { Declarations } from '../latex/conventions';
import { nameToTex } from '../latex/names';
import { isSpaced } from './style';
import { bare, type Node, walk } from '../latex/tree';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Formulas that are tried before the search is given up. */
const MAX_TRIES = 240;

/** Nobody writes a fraction that is 1. */
const UNUSUAL = /\\[dt]?frac\s*(?:\{(\d+)\}\s*\{\1\}|(\d)\s*\2)/;

export interface Mended {
  readonly text: string;
  readonly node: Node;
}

/**
 * @param source text of the formula
 * @param node its tree, whose offsets begin at `base` of the text
 * @param names names that may have been meant
 * @param isRight whether a formula is right; it is asked of each change in turn
 */
export function repair(
  source: string,
  node: Node,
  base: number,
  names: readonly string[],
  declarations: Declarations,
  isRight: (node: Node) => boolean,
  tries = MAX_TRIES,
): Mended | undefined {
  const tried = new Set([source]);
  for (const edit of editsOf(source, node, base, names)) {
    const text = source.slice(0, edit.from) + edit.text + source.slice(edit.to);
    if (tried.has(text) || UNUSUAL.test(text)) continue;
    tried.add(text);
    if (tried.size > tries) return undefined;
    const { root, errors } = parseFormula(text, { declarations });
    if (errors.length === 0 && root.kind !== 'relation' && isRight(root)) return { text, node: root };
  }
  return undefined;
}

function* editsOf(source: string, root: Node, base: number, names: readonly string[]): Generator<Edit> {
  const nodes: Node[] = [];
  walk(root, (n) => void nodes.push(n));
  const span = (n: Node) => ({ from: n.from - base, to: n.to - base });
  for (const n of nodes) yield* signs(source, n, span);
  for (const n of nodes) yield* swapped(source, n, span);
  yield* negated(source, root);
  for (const n of nodes) yield* otherNames(n, span, names);
  for (const n of factorsOf(root)) yield* anyName(n, span, names);
  for (const n of nodes) if (n.kind === 'derivative') for (const v of n.variables) yield* anyName(v, span, names);
  for (const n of nodes) yield* numbers(source, n, span);
  for (const n of nodes) yield* functions(source, n, span);
  for (const n of nodes) yield* squares(source, n, span);
  for (const n of nodes) yield* withoutFactor(n, span);
  for (const term of termsOf(root)) {
    const { from } = span(term);
    yield* belowTwo(source, term, span);
    for (const factor of ['2', '\\frac{1}{2}'])
      yield { from, to: from, text: beside(factor, source.slice(from), source) };
  }
  const isSum = bare(root) === root && root.kind === 'binary' && (root.op === 'add' || root.op === 'sub');
  // After the sign and the number in front.
  const at = /^(?:-\s*)?(?:\d+(?:\.\d+)?(?:\s+|(?=[a-zA-Z\\(])))?/.exec(source)?.[0].length ?? 0;
  for (const factor of [...names.map(nameToTex), '2', '\\frac{1}{2}'])
    yield isSum
      ? { from: 0, to: source.length, text: `${beside(factor, '(', source)}(${source})` }
      : { from: at, to: at, text: beside(factor, source.slice(at), source) };
}

/** A factor in front of what follows: apart from it where they would run together, else as the rest is written. */
function beside(factor: string, rest: string, source: string): string {
  const runsOn = /\d$/.test(factor) && /^\d/.test(rest);
  if (runsOn) return `${factor} \\cdot `;
  const isWord = /\\?[A-Za-z]+$/.test(factor) && /^[A-Za-z(]/.test(rest);
  return isWord || isSpaced(source) ? `${factor} ` : factor;
}

/** ½ of a quotient: a 2 below. */
function* belowTwo(source: string, term: Node, span: SpanOf): Generator<Edit> {
  if (term.kind !== 'binary' || term.op !== 'div' || !term.sign.includes('frac')) return;
  const below = bare(term.right);
  if (below.kind === 'binary' && (below.op === 'add' || below.op === 'sub')) return;
  const { from } = span(below);
  if (source[from - 1] === '{') yield { from, to: from, text: beside('2', source.slice(from), source) };
}

/** The factors of a product, if it is one. */
function factorsOf(node: Node): Node[] {
  if (node.kind === 'binary' && node.op === 'mul') return [...factorsOf(node.left), ...factorsOf(node.right)];
  return [node.kind === 'negative' ? node.operand : node];
}

/** The terms of a sum, if it is one. */
function termsOf(node: Node): Node[] {
  if (node.kind === 'binary' && (node.op === 'add' || node.op === 'sub'))
    return [...termsOf(node.left), ...termsOf(node.right)];
  return [node.kind === 'negative' ? node.operand : node];
}

type SpanOf = (n: Node) => { readonly from: number; readonly to: number };

function* signs(source: string, n: Node, span: SpanOf): Generator<Edit> {
  if (n.kind === 'binary' && (n.op === 'add' || n.op === 'sub')) {
    const from = span(n.left).to;
    const at = from + source.slice(from, span(n.right).from).search(/[+-]/);
    if (at >= from) yield { from: at, to: at + 1, text: source[at] === '+' ? '-' : '+' };
  } else if (n.kind === 'negative') {
    const { from } = span(n);
    if (source[from] === '-') yield { from, to: from + 1 + (source[from + 1] === ' ' ? 1 : 0), text: '' };
  }
}

/** y − p for p − y. */
function* swapped(source: string, n: Node, span: SpanOf): Generator<Edit> {
  if (n.kind !== 'binary' || n.op !== 'sub' || n.left.kind === 'binary' || n.left.kind === 'negative') return;
  const [left, right] = [span(n.left), span(n.right)];
  const text =
    source.slice(right.from, right.to) + source.slice(left.to, right.from) + source.slice(left.from, left.to);
  yield { from: left.from, to: right.to, text };
}

function* negated(source: string, root: Node): Generator<Edit> {
  if (root.kind === 'binary' && (root.op === 'add' || root.op === 'sub'))
    yield { from: 0, to: source.length, text: `-(${source})` };
  else if (root.kind !== 'negative') yield { from: 0, to: 0, text: '-' };
}

const baseOf = (name: string) => name.replace(/[_^].*$/, '');

function* otherNames(n: Node, span: SpanOf, names: readonly string[]): Generator<Edit> {
  if (n.kind !== 'symbol') return;
  for (const name of names)
    if (name !== n.name && baseOf(name) === baseOf(n.name)) yield { ...span(n), text: nameToTex(name) };
}

function* anyName(n: Node, span: SpanOf, names: readonly string[]): Generator<Edit> {
  if (n.kind === 'symbol') for (const name of names) if (name !== n.name) yield { ...span(n), text: nameToTex(name) };
}

function* numbers(source: string, n: Node, span: SpanOf): Generator<Edit> {
  if (n.kind !== 'number' || !Number.isInteger(n.value)) return;
  // Nobody writes a factor or exponent of 1: it is left out.
  const [before, behind] = [source.slice(0, span(n).from), source.slice(span(n).to)];
  const least = /[{^]$/.test(before) && /^\s*\}/.test(behind) && !/\^\{?$/.test(before) ? 0 : 2;
  for (const value of [n.value - 1, n.value + 1, 2 * n.value, n.value / 2])
    if (value >= least && Number.isInteger(value)) yield { ...span(n), text: String(value) };
}

const PARTNERS: Readonly<Record<string, string>> = { sin: 'cos', cos: 'sin', sinh: 'cosh', cosh: 'sinh' };

function* functions(source: string, n: Node, span: SpanOf): Generator<Edit> {
  if (n.kind !== 'function') return;
  const partner = Object.hasOwn(PARTNERS, n.name) ? PARTNERS[n.name] : undefined;
  const { from } = span(n);
  const command = `\\${n.name}`;
  if (partner && source.startsWith(command, from)) yield { from, to: from + command.length, text: `\\${partner}` };
}

/** A power that was forgotten. */
function* squares(source: string, n: Node, span: SpanOf): Generator<Edit> {
  const { to } = span(n);
  if (n.kind === 'symbol' && !n.name.includes('^') && !/^\s*[_^'(]/.test(source.slice(to)))
    yield { from: to, to, text: '^2' };
}

function* withoutFactor(n: Node, span: SpanOf): Generator<Edit> {
  if (n.kind === 'power') yield { from: span(n.base).to, to: span(n).to, text: '' };
  if (n.kind !== 'binary' || n.op !== 'mul') return;
  yield { from: span(n.left).from, to: span(n.right).from, text: '' };
  yield { from: span(n.left).to, to: span(n.right).to, text: '' };
}
