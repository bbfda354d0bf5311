/** Signs with limits: sums, products, limits, integrals. */
import { additiveAt, isDifferentialMark, parseFactor, parseProduct, parseSum, startsFactor } from './expressions';
import type { Parser } from './parser';
import { parseStatements } from './statements';
import { readScript, scriptTokens, takeScripts } from './scripts';
import type { BigOperator, IndexRangeNode, Node, SymbolNode } from './tree';

/** \sum_{i=1}^n …; the command is consumed. The body ends at + − =. */
export function parseBig(p: Parser, start: number, op: BigOperator): Node {
  const { sub, sup } = takeScripts(p);
  const below = sub ? readScript(p, sub, parseStatements) : undefined;
  const above = sup ? readScript(p, sup) : undefined;
  const ranges = below ? rangesOf(below, above) : [];
  const names = ranges.flatMap((r) => (r.variable ? [r.variable.name] : []));
  const body = p.withBound(names, () =>
    startsFactor(p) || additiveAt(p) === 'sub'
      ? parseBody(p)
      : p.error('missing-body', `what \\${op} adds up is missing`),
  );
  const node: Node = { kind: 'big', op, body, ranges, ...p.spanFrom(start) };
  if (additiveAt(p)) p.note('sum-body', node);
  if (ranges.length === 0) p.note('inferred-index', node);
  return node;
}

/** \sum -x is the sum of −x. */
function parseBody(p: Parser): Node {
  const start = p.at;
  if (additiveAt(p) !== 'sub') return parseProduct(p);
  p.at++;
  const operand = startsFactor(p) ? parseProduct(p) : p.error('expected-operand', 'nothing follows the minus');
  return { kind: 'negative', operand, ...p.spanFrom(start) };
}

/** What stands below the sign, as one range an index. */
function rangesOf(below: Node, upper: Node | undefined): IndexRangeNode[] {
  const items = below.kind === 'list' || below.kind === 'statements' ? below.items : [below];
  const ranges: IndexRangeNode[] = [];
  for (const item of items) {
    const range = rangeOf(item, upper);
    if (Array.isArray(range)) ranges.push(...range);
    else {
      // i = 1, i ≠ j: the second restricts the first.
      const known = ranges.findIndex((r) => r.variable && r.variable.name === range.variable?.name);
      const old = ranges[known];
      if (old && range.condition)
        ranges[known] = { ...old, condition: range.condition, to: Math.max(old.to, range.to) };
      else ranges.push(range);
    }
  }
  return ranges;
}

function rangeOf(item: Node, upper: Node | undefined): IndexRangeNode | IndexRangeNode[] {
  const span = { from: item.from, to: upper ? Math.max(item.to, upper.to) : item.to };
  const top = upper ? { upper } : {};
  if (item.kind === 'symbol') return { kind: 'range', variable: item, ...top, ...span };
  if (item.kind === 'number') return { kind: 'range', lower: item, ...top, ...span };
  const letters = productOfSymbols(item);
  if (letters)
    return letters.map((variable) => ({
      kind: 'range',
      variable,
      from: variable.from,
      to: variable.to,
    }));
  if (item.kind === 'relation') {
    const [first, second, third] = item.operands;
    const [sign, next] = item.signs;
    if (first?.kind === 'symbol' && second && sign?.op === 'eq' && item.signs.length === 1)
      return { kind: 'range', variable: first, lower: second, ...top, ...span };
    // 1 ≤ i ≤ n
    if (
      second?.kind === 'symbol' &&
      third &&
      sign?.op === 'le' &&
      next?.op === 'le' &&
      item.signs.length === 2 &&
      first
    )
      return { kind: 'range', variable: second, lower: first, upper: third, ...span };
    if (first?.kind === 'symbol') return { kind: 'range', variable: first, condition: item, ...top, ...span };
  }
  return { kind: 'range', condition: item, ...top, ...span };
}

/** \sum_{ij}: two indices. */
function productOfSymbols(node: Node): SymbolNode[] | undefined {
  if (node.kind === 'symbol') return [node];
  if (node.kind !== 'binary' || node.op !== 'mul' || node.sign !== '') return undefined;
  const left = productOfSymbols(node.left);
  const right = productOfSymbols(node.right);
  return left && right ? [...left, ...right] : undefined;
}

/** \lim_{h \to 0} …; the command is consumed. */
export function parseLimit(p: Parser, start: number): Node {
  const { sub: below } = takeScripts(p);
  const tokens = below ? scriptTokens(p, below) : [];
  // 0^+, 0^{+}
  const marked = /\^\{?([+-])\}?$/.exec(tokens.map((t) => t.text).join(''));
  const side = marked ? { side: marked[1] as '+' | '-' } : {};
  const sub = marked && below && 'end' in below ? { ...below, end: below.end - marked[0].length } : below;
  const approach = sub ? readScript(p, sub) : undefined;
  const body = startsFactor(p) ? parseProduct(p) : p.error('missing-body', 'what the limit is taken of is missing');
  return { kind: 'limit', body, ...(approach ? { approach } : {}), ...side, ...p.spanFrom(start) };
}

/** \int_a^b … dx; the command is consumed. */
export function parseIntegral(p: Parser, start: number, op?: 'oint' | 'iint'): Node {
  const { sub, sup } = takeScripts(p);
  const lower = sub ? readScript(p, sub) : undefined;
  const upper = sup ? readScript(p, sup) : undefined;
  p.context.integrals++;
  const body = startsFactor(p) || additiveAt(p) ? parseSum(p) : p.error('missing-body', 'the integrand is missing');
  p.context.integrals--;
  const variables: Node[] = [];
  while (p.token && isDifferentialMark(p.token) && p.peek()) {
    p.at++;
    variables.push(
      startsFactor(p) ? parseFactor(p) : p.error('missing-variable', 'the variable of the integral is missing'),
    );
  }
  return {
    kind: 'integral',
    ...(op ? { op } : {}),
    body,
    variables,
    ...(lower ? { lower } : {}),
    ...(upper ? { upper } : {}),
    ...p.spanFrom(start),
  };
}
