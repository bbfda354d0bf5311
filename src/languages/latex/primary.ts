/** The smallest expressions, told apart by their first token. */
import { parseBig, parseIntegral, parseLimit } from './bigOperators';
import { parseFunction, parseOptimum } from './calls';
import { parseBars, parseBraces, parseBrackets, parseInvisible } from './delimiters';
import { parseDerivativeCommand, parseFractionDerivative, parseNabla, parsePartial } from './derivatives';
import { parseEnvironment } from './environments';
import { parseSum, startsFactor } from './expressions';
import { type Parser, written } from './parser';
import { readScript, takeScripts } from './scripts';
import { parseRelation } from './statements';
import { parseAccent, parseAnnotation, parseArgument, parseFont, parseStyledText } from './styles';
import type { Token } from './tokens';
import type { BigOperator, Node, OptimumOperator } from './tree';
import { ACCENTS, ANNOTATIONS, BARE_WORDS, DELIMITERS, DOTS, FONTS, FUNCTIONS, LETTERS, TEXTS } from './vocabulary';

/** An operand without its scripts. Where none starts: an error, and the cursor stays. */
export function parsePrimary(p: Parser): Node {
  return p.deeper(() => read(p));
}

function read(p: Parser): Node {
  const t = p.token;
  if (!t) return p.error('expected-operand', 'an operand is missing');
  switch (t.kind) {
    case 'number':
      return parseNumber(p, t);
    case 'letter':
      return parseLetter(p, t);
    case 'text':
      return parseWord(p, t);
    case 'begin':
      return parseEnvironment(p);
    case 'null':
      if (t.text === 'left') return parseInvisible(p);
      break;
    case 'parameter':
      p.at++;
      return symbol(p, p.at - 1, `#${t.text}`);
    case 'mark':
      if (t.text === '{') return parseBraces(p);
      if (DELIMITERS.has(t.text)) return parseBrackets(p);
      if (t.text === '|' || t.text === '\\|') return parseBars(p);
      break;
    case 'command':
      return parseCommand(p, t);
    default:
      break;
  }
  return missing(p, t);
}

function missing(p: Parser, t: Token): Node {
  return p.error('expected-operand', `an operand is missing before ${written(t)}`);
}

function symbol(p: Parser, start: number, name: string): Node {
  return { kind: 'symbol', name, base: name, ...p.spanFrom(start) };
}

function parseNumber(p: Parser, t: Token): Node {
  const start = p.at++;
  const node: Node = { kind: 'number', value: t.value as number, ...p.spanFrom(start) };
  if (t.form === 'scientific') p.note('scientific-notation', node);
  if (t.form === 'thousands') p.note('thousands-separator', node);
  return node;
}

function parseLetter(p: Parser, t: Token): Node {
  const start = p.at;
  const word = bareWord(p);
  if (word) {
    p.at += word.length;
    const node = FUNCTIONS.has(word) ? parseFunction(p, start, FUNCTIONS.get(word) as string) : symbol(p, start, word);
    return p.note('bare-word', node);
  }
  p.at++;
  return symbol(p, start, t.text);
}

/** `softmax` typed as letters right before a bracket. */
function bareWord(p: Parser): string | undefined {
  const { at } = p;
  return BARE_WORDS.find((word) => {
    const next = p.tokens[at + word.length];
    if (at + word.length >= p.limit || next?.kind !== 'mark' || next.text !== '(') return false;
    for (let i = 0; i < word.length; i++) {
      const t = p.tokens[at + i];
      if (t?.kind !== 'letter' || t.text !== word[i] || (i > 0 && t.from !== p.tokens[at + i - 1]?.to)) return false;
    }
    const before = p.tokens[at - 1];
    return !(before?.kind === 'letter' && before.to === p.tokens[at]?.from);
  });
}

function parseWord(p: Parser, t: Token): Node {
  const start = p.at++;
  const word = t.text;
  const fixed = FUNCTIONS.get(word);
  if (fixed) return parseFunction(p, start, fixed);
  if (/^arg\s*(max|min)$/.test(word)) return optimum(p, start, word.replace(/\s/g, '') as OptimumOperator);
  if (/\s/.test(word)) {
    const next = p.token;
    // A phrase is a value where it takes part in a formula: \text{total loss} = …
    if (!next || (next.kind !== 'mark' && next.kind !== 'command'))
      return { kind: 'text', text: word, ...p.spanFrom(start) };
  }
  return symbol(p, start, word);
}

function optimum(p: Parser, start: number, op: OptimumOperator): Node {
  const { sub } = takeScripts(p);
  return parseOptimum(p, start, op, sub ? readScript(p, sub) : undefined);
}

function parseCommand(p: Parser, t: Token): Node {
  const name = t.text;
  const reader = COMMANDS.get(name);
  if (reader) {
    const start = p.at++;
    return reader(p, start, name);
  }
  const fixed = FUNCTIONS.get(name);
  if (fixed) {
    const start = p.at++;
    return parseFunction(p, start, fixed);
  }
  if (LETTERS.has(name)) {
    const start = p.at++;
    return symbol(p, start, name);
  }
  if (DELIMITERS.has(name)) return parseBrackets(p);
  if (name === 'vert' || name === 'mid' || name === 'Vert' || name === 'parallel') return parseBars(p);
  if (DOTS.has(name)) {
    const start = p.at++;
    return { kind: 'dots', ...p.spanFrom(start) };
  }
  if (startsFactor(p)) {
    const start = p.at++;
    return unknownCommand(p, start, name);
  }
  return missing(p, t);
}

/** A command that nobody has told us of: a name, or with arguments in braces an application of it. */
function unknownCommand(p: Parser, start: number, name: string): Node {
  const callee = symbol(p, start, `\\${name}`);
  const args: Node[] = [];
  while (p.isMark('{')) args.push(parseArgument(p, name));
  return args.length === 0 ? callee : { kind: 'call', callee, args, ...p.spanFrom(start) };
}

type CommandReader = (p: Parser, start: number, name: string) => Node;

function parseFraction(p: Parser, start: number, name: string): Node {
  const above = p.argument();
  if (above?.braced) {
    const saved = p.at;
    p.at = above.next;
    const below = p.argument();
    p.at = saved;
    const derivative = parseFractionDerivative(p, start, above, below);
    if (derivative) return derivative;
  }
  const left = parseArgument(p, name);
  const right = parseArgument(p, name);
  return { kind: 'binary', op: 'div', sign: '\\frac', left, right, ...p.spanFrom(start) };
}

function parseRoot(p: Parser, start: number, name: string): Node {
  let index: Node | undefined;
  if (p.isMark('[')) {
    const close = p.closing(p.at);
    index = p.within({ first: p.at + 1, end: close, next: Math.min(close + 1, p.limit), braced: true }, () =>
      parseSum(p),
    );
  }
  const radicand = parseArgument(p, name);
  return { kind: 'root', radicand, ...(index ? { index } : {}), ...p.spanFrom(start) };
}

function parseQuantifier(p: Parser, start: number, name: string): Node {
  takeScripts(p);
  const body = parseRelation(p);
  return { kind: 'quantified', quantifier: name as 'forall', body, ...p.spanFrom(start) };
}

/** \abs{x}, \norm{x}, \qty(…) of the physics package. */
function parseEnclosing(p: Parser, start: number, name: string): Node {
  if (name === 'qty') return p.is('mark', '{') ? parseBraces(p) : parsePrimary(p);
  const body = parseArgument(p, name);
  return name === 'norm'
    ? { kind: 'norm', body, ...p.spanFrom(start) }
    : { kind: 'enclosed', op: 'abs', body, ...p.spanFrom(start) };
}

/** Of the packages physics, derivative and diffcoeff. */
const DERIVATIVES = [
  ...['dv', 'odv', 'pdv', 'mdv', 'pderiv', 'deriv', 'derivative', 'partialderivative', 'diff', 'diffp'],
];

const COMMANDS: ReadonlyMap<string, CommandReader> = new Map<string, CommandReader>([
  ...[...ACCENTS.keys()].map((c): [string, CommandReader] => [c, parseAccent]),
  ...[...FONTS.keys()].map((c): [string, CommandReader] => [c, parseFont]),
  ...[...TEXTS].filter((c) => !FONTS.has(c)).map((c): [string, CommandReader] => [c, parseStyledText]),
  ...[...ANNOTATIONS.keys()].map((c): [string, CommandReader] => [c, parseAnnotation]),
  ...['frac', 'dfrac', 'tfrac', 'cfrac', 'flatfrac', 'nicefrac', 'sfrac'].map((c): [string, CommandReader] => [
    c,
    parseFraction,
  ]),
  ...DERIVATIVES.map((c): [string, CommandReader] => [c, parseDerivativeCommand]),
  ...['sum', 'prod', 'bigcup', 'bigcap'].map((c): [string, CommandReader] => [
    c,
    (p, start) => parseBig(p, start, c as BigOperator),
  ]),
  ...['forall', 'exists', 'because', 'therefore'].map((c): [string, CommandReader] => [c, parseQuantifier]),
  ...['abs', 'norm', 'qty'].map((c): [string, CommandReader] => [c, parseEnclosing]),
  ['lim', parseLimit],
  ['int', (p, start) => parseIntegral(p, start)],
  ['iint', (p, start) => parseIntegral(p, start, 'iint')],
  ['oint', (p, start) => parseIntegral(p, start, 'oint')],
  ['partial', parsePartial],
  ['nabla', parseNabla],
  ['grad', parseNabla],
  ['sqrt', parseRoot],
  ['argmax', (p, start) => optimum(p, start, 'argmax')],
  ['argmin', (p, start) => optimum(p, start, 'argmin')],
  ['arg', parseArg],
  ...['binom', 'dbinom', 'tbinom'].map((c): [string, CommandReader] => [c, parseBinomial]),
  ['substack', (p, _start, name) => parseArgument(p, name)],
]);

/** \arg\max_x. */
function parseArg(p: Parser, start: number): Node {
  const t = p.token;
  if (t?.kind === 'command' && (t.text === 'max' || t.text === 'min')) {
    p.at++;
    return optimum(p, start, `arg${t.text}`);
  }
  return parseFunction(p, start, 'arg');
}

function parseBinomial(p: Parser, start: number, name: string): Node {
  const upper = parseArgument(p, name);
  const lower = parseArgument(p, name);
  return { kind: 'binomial', upper, lower, ...p.spanFrom(start) };
}
