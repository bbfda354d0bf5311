/** Statements, lists, arrows and chains of relations: everything looser than a sum. */
import { parseSum, startsFactor } from './expressions';
import { type Parser } from './parser';
import type { Token } from './tokens';
import {
  bare,
  type ContinuationNode,
  type Node,
  type RelationNode,
  type RelationOperator,
  type RelationSign,
} from './tree';
import { ADDITIVE, ARROWS, RELATIONS } from './vocabulary';

/** Whether a token ends what is being read. */
export type Stop = (t: Token) => boolean;

const NEVER: Stop = () => false;

/** Words between statements that say nothing about their values. */
const CONNECTIVE =
  /^(and|or|where|with|such that|so( that)?|then|hence|thus|therefore|since|because|as|but|while|let|i\.e\.?|e\.g\.?|s\.t\.?|subject to)[,.:]?$/i;
/** Words before the condition under which a statement holds. */
const CONDITION = /^(if|for|when|whenever|for all|for every|for each|for any|provided( that)?|at)$/i;

export function isCondition(t: Token | undefined): boolean {
  return t?.kind === 'text' && CONDITION.test(t.text);
}

/** Whether a phrase stands for a value: one word, neither punctuation nor a connective. */
export function isName(t: Token): boolean {
  return (
    t.kind === 'text' &&
    t.text !== '' &&
    !/[\s.,;:]/.test(t.text) &&
    !CONNECTIVE.test(t.text) &&
    !CONDITION.test(t.text)
  );
}

function separates(p: Parser, t: Token): boolean {
  if (t.kind === 'quad' || t.kind === 'newline' || t.kind === 'column') return true;
  if (t.kind !== 'mark') return false;
  return t.text === ':' ? !signAt(p) : /^[;.,?]$/.test(t.text);
}

/** All statements up to `stop`: one node, or a sequence of several. */
export function parseStatements(p: Parser, stop: Stop = NEVER): Node {
  const start = p.at;
  const items: Node[] = [];
  /** What stands between the last statement and the next. */
  let separator: Token | undefined;
  for (let t = p.token; t && !stop(t); t = p.token) {
    if (separates(p, t)) {
      separator = t;
      p.at++;
    } else if (t.kind === 'text' && isRemark(p, items.length > 0, separator)) p.at++;
    else if (isCondition(t)) {
      p.at++;
      addCondition(
        items,
        startsStatement(p) ? parseList(p) : p.error('expected-operand', `a condition should follow “${t.text}”`),
      );
    } else if (items.length > 0 && separator?.kind === 'quad' && isEquationNumber(p, stop)) p.at += 3;
    else if (!startsStatement(p)) {
      p.skipUnexpected();
    } else {
      const statement = parseList(p);
      if (separator?.kind === 'quad' && isInequalityInBrackets(statement) && items.length > 0)
        addCondition(items, statement);
      else addStatement(items, statement);
      separator = undefined;
    }
  }
  if (items.length === 0) return p.error('expected-operand', 'nothing is written here');
  return items.length === 1
    ? (items[0] as Node)
    : { kind: 'statements', lines: false, items, ...p.spanFrom(start), ...hull(items) };
}

export function hull(nodes: readonly Node[]): { from: number; to: number } {
  return { from: Math.min(...nodes.map((n) => n.from)), to: Math.max(...nodes.map((n) => n.to)) };
}

/** A phrase beside the formulas: `: Loss function`, `and`, a lone word after a gap. */
function isRemark(p: Parser, after: boolean, separator: Token | undefined): boolean {
  const t = p.token as Token;
  const next = p.peek();
  if (CONDITION.test(t.text)) return !after;
  if (CONNECTIVE.test(t.text) || t.text === '') return true;
  if (next?.kind === 'mark' && next.text === '(' && isName(t)) return false;
  if (separator?.text === ':') return true;
  const alone = !next || next.kind === 'quad' || next.kind === 'newline' || next.kind === 'end';
  if (/\s/.test(t.text)) return next === undefined || !isRelation(next);
  return alone && after;
}

function isRelation(t: Token): boolean {
  return (t.kind === 'mark' || t.kind === 'command') && RELATIONS.has(t.text);
}

/** `\quad (3)` at the end. */
function isEquationNumber(p: Parser, stop: Stop): boolean {
  const after = p.peek(3);
  return p.isMark('(') && p.peek()?.kind === 'number' && p.peek(2)?.text === ')' && (!after || stop(after));
}

function isInequalityInBrackets(node: Node): boolean {
  if (node.kind !== 'group' || node.open !== '(') return false;
  const inner = bare(node);
  return inner.kind === 'relation' && inner.signs.some((s) => s.op !== 'eq');
}

function addCondition(items: Node[], condition: Node): void {
  const body = items.pop();
  items.push(
    body ? { kind: 'when', body, condition, from: body.from, to: Math.max(body.to, condition.to) } : condition,
  );
}

/** Adds a statement; one that begins with a relation sign goes on with the chain before it. */
export function addStatement(items: Node[], statement: Node): void {
  const before = items[items.length - 1];
  if (statement.kind === 'continuation' && before && isExpressionOrChain(before))
    items[items.length - 1] = continued(before, statement);
  else items.push(statement);
}

function isExpressionOrChain(node: Node): boolean {
  return !['statements', 'list', 'when', 'quantified', 'arrow', 'text', 'continuation'].includes(node.kind);
}

function continued(before: Node, more: ContinuationNode): Node {
  if (before.kind === 'update') {
    const value = continued(before.value, more);
    return { ...before, value, to: value.to };
  }
  const chain: RelationNode = {
    kind: 'relation',
    operands: [...(before.kind === 'relation' ? before.operands : [before]), ...more.operands],
    signs: [...(before.kind === 'relation' ? before.signs : []), ...more.signs],
    from: before.from,
    to: more.to,
  };
  return chain;
}

function startsStatement(p: Parser): boolean {
  const t = p.token;
  if (!t) return false;
  if (startsFactor(p) || signAt(p)) return true;
  return (t.kind === 'mark' || t.kind === 'command') && (ADDITIVE.has(t.text) || ARROWS.has(t.text));
}

/** Items between commas, or one. */
export function parseList(p: Parser): Node {
  const start = p.at;
  const items = [parseArrow(p)];
  while (p.isMark(',')) {
    const comma = p.at++;
    const t = p.token;
    if (!t || !startsStatement(p) || (t.kind === 'text' && (CONNECTIVE.test(t.text) || isCondition(t)))) {
      p.at = comma;
      break;
    }
    items.push(parseArrow(p));
  }
  return items.length === 1 ? (items[0] as Node) : { kind: 'list', items, ...p.spanFrom(start) };
}

function arrowAt(p: Parser) {
  const t = p.token;
  return t?.kind === 'command' ? ARROWS.get(t.text) : undefined;
}

/** `\leftarrow`, `\rightarrow`, `\implies` … between chains of relations. */
export function parseArrow(p: Parser): Node {
  const start = p.at;
  let left = arrowAt(p) ? undefined : parseRelation(p);
  for (let op = arrowAt(p); op; op = arrowAt(p)) {
    const command = p.token as Token;
    p.at++;
    if (command.text.startsWith('x')) skipArgument(p);
    const t = p.token;
    if (left && t?.kind === 'text' && p.peek()?.text !== '(') {
      p.at++;
      continue;
    }
    const right = startsFactor(p) || (t && ADDITIVE.has(t.text)) ? parseRelation(p) : undefined;
    if (op === 'update' && left && right) {
      left = { kind: 'update', target: left, value: right, ...p.spanFrom(start) };
      if (right.kind === 'relation') p.note('update-chain', left);
    } else
      left = {
        kind: 'arrow',
        op: op === 'update' ? 'leftarrow' : op,
        ...(left ? { left } : {}),
        ...(right ? { right } : {}),
        ...p.spanFrom(start),
      };
  }
  return left as Node;
}

function skipArgument(p: Parser): void {
  const argument = p.argument();
  if (argument?.braced) p.at = argument.next;
}

/** The relation sign at the cursor and how many tokens it takes. */
export function signAt(p: Parser): { readonly op: RelationOperator; readonly length: number } | undefined {
  const t = p.token;
  if (!t || (t.kind !== 'mark' && t.kind !== 'command')) return undefined;
  const next = p.peek();
  if (t.kind === 'mark') {
    const pair = next?.kind === 'mark' && next.text === '=' && (next.from === t.to || t.text === ':') ? t.text : '';
    if (pair === ':') return { op: 'define', length: 2 };
    if (pair === '<') return { op: 'le', length: 2 };
    if (pair === '>') return { op: 'ge', length: 2 };
    if (pair === '!') return { op: 'ne', length: 2 };
    if (pair === '=') return { op: 'eq', length: 2 };
  }
  if (t.text === 'not' && next && RELATIONS.has(next.text)) {
    const negated = RELATIONS.get(next.text);
    return { op: negated === 'in' ? 'notin' : 'ne', length: 2 };
  }
  if (t.kind === 'command' && /^(stackrel|overset|underset)$/.test(t.text)) return decoratedSign(p);
  if (t.text === '|' && p.context.conditional && p.context.bars === 0 && t.side === undefined)
    return { op: 'given', length: 1 };
  if ((t.text === 'mid' || t.text === 'vert') && p.context.conditional) return { op: 'given', length: 1 };
  if (t.text === '\\|' && p.context.conditional && p.context.doubleBars === 0) return { op: 'parallel', length: 1 };
  const op = RELATIONS.get(t.text);
  return op ? { op, length: 1 } : undefined;
}

/** `\stackrel{\text{def}}{=}`, `\overset{?}{=}`. */
function decoratedSign(p: Parser): { readonly op: RelationOperator; readonly length: number } | undefined {
  const start = p.at;
  const errors = p.errors.length;
  p.at++;
  const over = p.argument();
  let result: { op: RelationOperator; length: number } | undefined;
  if (over) {
    p.at = over.next;
    const under = p.argument();
    if (under) {
      const sign = p.tokens.slice(under.first, under.end);
      const above = p.tokens
        .slice(over.first, over.end)
        .map((t) => t.text)
        .join('');
      const op =
        sign.map((t) => t.text).join('') === ':='
          ? 'define'
          : sign.length === 1
            ? RELATIONS.get((sign[0] as Token).text)
            : undefined;
      if (op) {
        const asked = op === 'eq' && (above === '?' || above === '!');
        const defines = op === 'eq' && /^(def|Def|define|definition|triangle|Delta)\.?$/.test(above);
        result = { op: asked ? 'asked' : defines ? 'define' : op, length: under.next - start };
      }
    }
  }
  p.at = start;
  p.errors.length = errors;
  return result;
}

/** A chain of relations, or a sum alone. */
export function parseRelation(p: Parser): Node {
  const start = p.at;
  const operands: Node[] = [];
  const signs: RelationSign[] = [];
  const continues = signAt(p) !== undefined;
  if (!continues) operands.push(parseSum(p));
  for (let sign = signAt(p); sign; sign = signAt(p)) {
    const first = p.at;
    p.at += sign.length;
    signs.push({ op: sign.op, ...p.spanFrom(first) });
    operands.push(parseSum(p));
  }
  if (signs.length === 0) return operands[0] as Node;
  return { kind: continues ? 'continuation' : 'relation', operands, signs, ...p.spanFrom(start) };
}
