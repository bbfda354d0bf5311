/** Names before brackets: a call or a product? */
import { USUAL_FUNCTIONS } from './conventions';
import type { Convention } from './conventions';
import { additiveAt, parseFunctionArgument, parseProduct, startsFactor } from './expressions';
import type { Parser } from './parser';
import { parseArrow, parseList } from './statements';
import { readScript, takeScripts } from './scripts';
import type { Token } from './tokens';
import type { FunctionNode, Node, OptimumOperator, SymbolNode } from './tree';
import { ACCENTS, DELIMITERS, FONTS, FUNCTIONS, INVERSES, LETTERS } from './vocabulary';

/** Words that are set upright are names of functions when a bracket follows. */
const WORD = /^[A-Za-z][A-Za-z-]+$/;
/** Names that are also applied with square brackets. */
const EXPECTATION = /^(bb:|(E|Var|Cov|Pr)$)/;

const calleeOf = (node: Node): SymbolNode | undefined => {
  if (node.kind === 'symbol') return node;
  if (node.kind === 'prime') return calleeOf(node.operand);
  return node.kind === 'indexed' && node.base.kind === 'symbol' ? node.base : undefined;
};

/** Whether `callee` and the bracket at the cursor are a call; records the convention that says so. */
export function canBeCalled(p: Parser, callee: Node): boolean {
  const bracket = p.token;
  if (bracket?.kind !== 'mark' || (bracket.text !== '(' && bracket.text !== '[' && bracket.text !== '\\{'))
    return false;
  const symbol = calleeOf(callee);
  if (!symbol) return false;
  const word = WORD.test(symbol.base) && !LETTERS.has(symbol.base);
  if (bracket.text === '[' && !(EXPECTATION.test(symbol.base) || word)) return false;
  if (bracket.text === '\\{' && !/^(bb|bf):[1I]$/.test(symbol.base) && !FUNCTIONS.has(symbol.base)) return false;
  const [calls, convention] = decide(p, callee, symbol, word);
  if (convention) p.note(convention, callee);
  return calls;
}

function decide(
  p: Parser,
  callee: Node,
  symbol: SymbolNode,
  word: boolean,
): readonly [boolean, Convention | undefined] {
  const role = p.declarations.role(symbol.name) ?? p.declarations.role(symbol.base);
  if (role === 'function') return [true, 'call-declared'];
  if (callee.kind === 'prime') return [true, 'call-primed'];
  if (role === 'variable') return [false, 'product-declared'];
  if (word || /^(bb|bf):[1I]$/.test(symbol.base)) return [true, undefined];
  const inside = p.tokens.slice(p.at + 1, p.closing(p.at));
  if (occursAsValue(symbol, inside)) return [false, 'product-self'];
  if (symbol.base === 'P' && isSumWithNumber(inside)) return [false, undefined];
  if (USUAL_FUNCTIONS.has(symbol.base)) return [true, 'call-default'];
  if (hasSeveralArguments(inside)) return [true, 'call-arguments'];
  if (isLoneSymbol(inside)) return [true, 'call-symbol'];
  return [false, undefined];
}

/** P(1 + r) is an amount of money with its interest: no event is written so. */
function isSumWithNumber([first, sign]: readonly Token[]): boolean {
  return first?.kind === 'number' && sign?.kind === 'mark' && (sign.text === '+' || sign.text === '-');
}

/** y(1 − y): a name that is a value inside the brackets is one before them. */
function occursAsValue(symbol: SymbolNode, inside: readonly Token[]): boolean {
  if (symbol.name !== symbol.base || !/^([A-Za-z]|[a-z]+)$/.test(symbol.name)) return false;
  return inside.some((t, i) => {
    const same = t.text === symbol.name && (t.kind === 'letter' || t.kind === 'command');
    const next = inside[i + 1]?.text;
    return same && next !== '(' && next !== '_' && inside[i - 1]?.text !== '_';
  });
}

function hasSeveralArguments(inside: readonly Token[]): boolean {
  let depth = 0;
  return inside.some((t) => {
    if (t.kind !== 'mark') return depth === 0 && t.kind === 'command' && t.text === 'mid';
    if ('([{'.includes(t.text) || t.text === '\\{') depth++;
    else if (')]}'.includes(t.text) || t.text === '\\}') depth--;
    return (
      depth === 0 &&
      (t.text === ',' ||
        t.text === ';' ||
        (t.text === '|' && t.side === undefined && inside.filter((u) => u.text === '|').length === 1))
    );
  });
}

/** x, x_1, \mathbf{x}, \hat y, x^{(j)}. */
function isLoneSymbol(inside: readonly Token[]): boolean {
  let i = 0;
  let open = 0;
  for (let t = inside[i]; t; t = inside[++i]) {
    if (t.text === '{') open++;
    else if (t.kind !== 'command' || !(ACCENTS.has(t.text) || FONTS.has(t.text))) break;
  }
  const letter = inside[i++];
  if (!letter || !(letter.kind === 'letter' || (letter.kind === 'command' && LETTERS.has(letter.text)))) return false;
  while (i < inside.length) {
    const text = (inside[i] as Token).text;
    if (text === '}' && open > 0) {
      open--;
      i++;
    } else if (text === "'") i++;
    else if (text === '_') i = argumentEnd(inside, i + 1);
    else if (
      text === '^' &&
      (inside[i + 1]?.text === '*' || (inside[i + 1]?.text === '{' && inside[i + 2]?.text === '('))
    )
      i = argumentEnd(inside, i + 1);
    else return false;
  }
  return true;
}

function argumentEnd(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    const { text } = tokens[i] as Token;
    if (text === '{') depth++;
    else if (text === '}') depth--;
    if (depth <= 0) return i + 1;
  }
  return tokens.length;
}

/** The arguments in the brackets at the cursor. */
export function parseArguments(p: Parser): Node[] {
  const open = p.token as Token;
  const close = DELIMITERS.get(open.text) ?? ')';
  p.at++;
  return p.isolated(
    () => {
      const args: Node[] = [];
      if (!p.isMark(close)) {
        args.push(parseArrow(p));
        while (p.isMark(',') || p.isMark(';')) {
          p.at++;
          args.push(parseArrow(p));
        }
      }
      if (p.isMark(close) || p.isMark(')') || p.isMark(']')) p.at++;
      else p.error('missing-close', `missing ${close}`, open);
      return args;
    },
    { conditional: true },
  );
}

/** f(x), f²(x), σ^{-1}(x), 1{…}. */
export function parseCall(p: Parser, start: number, callee: Node, exponent: Node | undefined): Node {
  const indicator = callee.kind === 'symbol' && /^(bb|bf):[1I]$/.test(callee.name);
  const inverse = exponent && isMinusOne(exponent);
  const target: Node =
    inverse && !indicator ? { kind: 'power', base: callee, exponent, from: callee.from, to: exponent.to } : callee;
  const args = parseArguments(p);
  const span = p.spanFrom(start);
  let node: Node;
  if (indicator && args.length === 1) node = { kind: 'indicator', condition: args[0] as Node, ...span };
  else node = { kind: 'call', callee: target, args, ...span };
  if (inverse) p.note('inverse-function', node);
  else if (exponent) node = p.note('function-power', { kind: 'power', base: node, exponent, ...span });
  return node;
}

function isMinusOne(node: Node): boolean {
  return node.kind === 'negative' && node.operand.kind === 'number' && node.operand.value === 1;
}

const OPTIMA: ReadonlySet<string> = new Set(['max', 'min', 'sup', 'inf']);

/** A function of the vocabulary, its name already consumed. */
export function parseFunction(p: Parser, start: number, name: string): Node {
  const nameSpan = p.spanFrom(start);
  const { sub, sup, primes } = takeScripts(p);
  if (OPTIMA.has(name) && sub) return parseOptimum(p, start, name as OptimumOperator, readScript(p, sub));
  const exponent = sup ? readScript(p, sup) : undefined;
  const inverse = exponent && isMinusOne(exponent) ? INVERSES.get(name) : undefined;
  const { args, extended } = parseFunctionArguments(p);
  const base = sub ? readScript(p, sub) : undefined;
  const span = p.spanFrom(start);
  let node: Node;
  if (primes > 0) {
    const symbol: SymbolNode = { kind: 'symbol', name, base: name, ...nameSpan };
    const callee: Node = {
      kind: 'prime',
      operand: symbol,
      order: primes,
      from: nameSpan.from,
      to: nameSpan.to + primes,
    };
    node = { kind: 'call', callee, args, ...span };
  } else {
    const made: FunctionNode = {
      kind: 'function',
      name: inverse ?? name,
      args,
      ...(base ? { base } : {}),
      ...span,
    };
    node = made;
    if (name === 'log' && !base) p.note('natural-logarithm', node);
  }
  if (extended) p.note('function-argument', node);
  if (inverse) p.note('inverse-function', node);
  else if (exponent) node = p.note('function-power', { kind: 'power', base: node, exponent, ...span });
  return node;
}

function parseFunctionArguments(p: Parser): { readonly args: Node[]; readonly extended: boolean } {
  const t = p.token;
  if (t?.kind === 'mark' && (t.text === '(' || t.text === '[' || t.text === '\\{'))
    return { args: parseArguments(p), extended: false };
  if (t?.kind === 'mark' && t.text === '{') {
    const argument = p.argument();
    if (argument && argument.first < argument.end) {
      const inside = p.within(argument, () => parseList(p));
      return { args: inside.kind === 'list' ? [...inside.items] : [inside], extended: false };
    }
  }
  const signed = additiveAt(p) !== undefined;
  const argument = parseFunctionArgument(p);
  return { args: [argument], extended: !signed && argument.kind === 'binary' };
}

/** max_x f(x), argmin_{w, b} L. */
export function parseOptimum(p: Parser, start: number, op: OptimumOperator, below: Node | undefined): Node {
  const variables = below === undefined ? [] : below.kind === 'list' ? below.items : [below];
  const names = variables.flatMap((v) =>
    v.kind === 'symbol'
      ? [v.name]
      : v.kind === 'relation' && v.operands[0]?.kind === 'symbol'
        ? [v.operands[0].name]
        : [],
  );
  const body = p.withBound(names, () =>
    startsFactor(p) ? parseProduct(p) : p.error('missing-body', `what \\${op} is taken of is missing`),
  );
  return { kind: 'optimum', op, body, variables, ...p.spanFrom(start) };
}
