/** Sums, products and factors: the operators tighter than a relation. */
import { isInlineDerivative, parseInlineDifferential } from './derivatives';
import type { Parser } from './parser';
import { parsePrimary } from './primary';
import { parsePostfix } from './scripts';
import { isName, signAt } from './statements';
import type { Token } from './tokens';
import type { BinaryNode, BinaryOperator, DerivativeNode, DifferentialNode, Node } from './tree';
import { ADDITIVE, ARROWS, CLOSERS, DELIMITERS, FUNCTIONS, MULTIPLICATIVE, RELATIONS } from './vocabulary';

function operatorAt(p: Parser, table: ReadonlyMap<string, BinaryOperator>): BinaryOperator | undefined {
  const t = p.token;
  return t && (t.kind === 'mark' || t.kind === 'command') ? table.get(t.text) : undefined;
}

export const additiveAt = (p: Parser) => operatorAt(p, ADDITIVE);

/** a + b − c, from left to right. A leading minus takes the whole first product. */
export function parseSum(p: Parser): Node {
  skipEmptyGroups(p);
  const start = p.at;
  let left = parseSigned(p, parseProduct);
  for (let op = additiveAt(p); op; op = additiveAt(p)) {
    const sign = (p.token as Token).text;
    p.at++;
    const right = parseSigned(p, parseProduct);
    left = { kind: 'binary', op, sign, left, right, ...p.spanFrom(start) };
  }
  return left;
}

/** An operand with the signs before it. */
function parseSigned(p: Parser, parseOperand: (p: Parser) => Node): Node {
  const op = additiveAt(p);
  const start = p.at;
  if (op === 'add') {
    p.at++;
    return p.deeper(() => parseSigned(p, parseOperand));
  }
  if (op === 'sub') {
    p.at++;
    const operand = p.deeper(() => parseSigned(p, parseOperand));
    return { kind: 'negative', operand, ...p.spanFrom(start) };
  }
  if (op === 'plusminus') {
    p.at++;
    const body = parseOperand(p);
    return { kind: 'annotated', command: 'pm', body, ...p.spanFrom(start) };
  }
  return parseOperand(p);
}

/** Factors in a row, with or without signs between them, from left to right. */
export function parseProduct(p: Parser): Node {
  const start = p.at;
  let left = parseFactor(p);
  for (;;) {
    skipEmptyGroups(p);
    const op = operatorAt(p, MULTIPLICATIVE);
    if (op) {
      const sign = (p.token as Token).text;
      p.at++;
      const right = parseSigned(p, parseFactor);
      left = inlineDerivative(p, start, op, left, right) ?? {
        kind: 'binary',
        op,
        sign,
        left,
        right,
        ...p.spanFrom(start),
      };
    } else if (startsImplicitFactor(p)) {
      const before = p.at;
      const right = parseFactor(p);
      if (p.at === before) return left;
      const node: BinaryNode = {
        kind: 'binary',
        op: 'mul',
        sign: '',
        left,
        right,
        ...p.spanFrom(start),
      };
      if (left.kind === 'binary' && left.op === 'div' && left.sign === '/') p.note('left-to-right', node);
      left = node;
    } else return left;
  }
}

/** The argument of a function without brackets: a product that ends at a sign, a bracket or the next function. */
export function parseFunctionArgument(p: Parser, stopAtFunctions = true): Node {
  const start = p.at;
  if (additiveAt(p) === 'sub') return parseSigned(p, parseFactor);
  if (!startsFactor(p)) return p.error('missing-argument', 'the argument of the function is missing');
  let left = parseFactor(p);
  for (;;) {
    const t = p.token;
    if (!t || !startsImplicitFactor(p)) return left;
    if (t.kind === 'begin' || t.kind === 'text' || (t.kind === 'mark' && t.text === '[')) return left;
    if (stopAtFunctions && ((t.kind === 'command' && FUNCTIONS.has(t.text)) || (t.kind === 'mark' && t.text === '(')))
      return left;
    const before = p.at;
    const right = parseFactor(p);
    if (p.at === before) return left;
    left = { kind: 'binary', op: 'mul', sign: '', left, right, ...p.spanFrom(start) };
  }
}

export function parseFactor(p: Parser): Node {
  skipEmptyGroups(p);
  const start = p.at;
  return p.deeper(() => (isInlineDerivative(p) ? parseInlineDifferential(p) : parsePostfix(p, start, parsePrimary(p))));
}

/** `{}` only keeps things apart. */
function skipEmptyGroups(p: Parser): void {
  while (p.isMark('{') && p.peek()?.kind === 'mark' && p.peek()?.text === '}') p.at += 2;
}

const NOT_A_START = /^(over|choose|atop|top|intercal|prime|begin|end|degree)$/;

/** Whether a factor can start at the cursor. */
export function startsFactor(p: Parser): boolean {
  const t = p.token;
  if (!t) return false;
  switch (t.kind) {
    case 'number':
    case 'letter':
    case 'begin':
    case 'parameter':
      return true;
    case 'text':
      return isName(t) || /\s/.test(t.text);
    case 'null':
      return t.text === 'left';
    case 'mark':
      if (t.text === '{' || DELIMITERS.has(t.text)) return true;
      if (t.text === '|' || t.text === '\\|') return opensBars(p, t);
      return false;
    case 'command':
      if (t.text === 'vert' || t.text === 'mid') return opensBars(p, t);
      if (t.text === 'Vert' || t.text === 'parallel') return opensBars(p, t);
      if (RELATIONS.has(t.text) || ARROWS.has(t.text) || ADDITIVE.has(t.text) || MULTIPLICATIVE.has(t.text))
        return false;
      if (CLOSERS.has(t.text) || NOT_A_START.test(t.text)) return false;
      return !signAt(p);
    default:
      return false;
  }
}

function startsImplicitFactor(p: Parser): boolean {
  const t = p.token;
  if (!t || !startsFactor(p)) return false;
  // The d of an integral ends the integrand.
  if (p.context.integrals > 0 && isDifferentialMark(t) && ['letter', 'command'].includes(p.peek()?.kind ?? ''))
    return false;
  return t.kind !== 'text' || (isName(t) && t.text !== 'otherwise');
}

export function isDifferentialMark(t: Token): boolean {
  return (
    (t.kind === 'letter' && t.text === 'd') ||
    (t.kind === 'text' && t.text === 'd') ||
    (t.kind === 'command' && t.text === 'dd')
  );
}

/** Whether a bar opens an absolute value or a norm, rather than closes one or stands for “given” or “at”. */
function opensBars(p: Parser, t: Token): boolean {
  if (t.side) return t.side === 'left';
  const double = t.text === '\\|' || t.text === 'Vert' || t.text === 'parallel';
  if (p.context.conditional || p.peek()?.text === '_') return false;
  return double ? p.context.doubleBars === 0 : p.context.bars === 0;
}

/** ∂y / ∂x, where the last factor before the slash is a differential. */
function inlineDerivative(p: Parser, start: number, op: BinaryOperator, left: Node, right: Node): Node | undefined {
  if (op !== 'div' || right.kind !== 'differential') return undefined;
  const numerator = left.kind === 'binary' && left.op === 'mul' ? left.right : left;
  if (numerator.kind !== 'differential' || numerator.partial !== right.partial) return undefined;
  const variables = differentialVariables(right);
  const order = numerator.order?.kind === 'number' ? numerator.order.value : 1;
  while (variables.length < order && startsFactor(p)) {
    const before = p.at;
    const next = parseFactor(p);
    if (next.kind !== 'differential') {
      p.at = before;
      break;
    }
    variables.push(...differentialVariables(next));
  }
  const span = p.spanFrom(start);
  const derivative: DerivativeNode = {
    kind: 'derivative',
    partial: right.partial,
    operand: numerator.operand,
    variables,
    ...(numerator.order ? { order: numerator.order } : {}),
    from: numerator.from,
    to: span.to,
  };
  p.note('derivative', derivative);
  return numerator === left ? derivative : { ...(left as BinaryNode), right: derivative, to: span.to };
}

/** ∂x² stands for x twice. */
function differentialVariables(node: DifferentialNode): Node[] {
  const { operand } = node;
  if (operand.kind === 'power' && operand.exponent.kind === 'number' && Number.isInteger(operand.exponent.value))
    return Array<Node>(Math.min(operand.exponent.value, 9)).fill(operand.base);
  return [operand];
}
