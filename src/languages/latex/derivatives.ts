/** Derivatives: as fractions, as operators, in a line, and \nabla. */
import { isDifferentialMark, parseFactor, parseFunctionArgument, parseSum, startsFactor } from './expressions';
import { type Argument, isStyle, type Parser } from './parser';
import { parsePrimary } from './primary';
import { parsePostfix, readScript, scriptTokens, takeScripts } from './scripts';
import { readArgument } from './styles';
import type { Token } from './tokens';
import type { Node } from './tree';
import { LETTERS, MULTIPLICATIVE } from './vocabulary';

type Mark = 'partial' | 'd';

function markAt(p: Parser, index: number, end: number): Mark | undefined {
  const t = p.tokens[index];
  if (!t || index >= end) return undefined;
  if (t.kind === 'command' && t.text === 'partial') return 'partial';
  if (!isDifferentialMark(t) || p.declarations.role('d') === 'variable') return undefined;
  const next = index + 1 < end ? p.tokens[index + 1] : undefined;
  return next?.text === '_' ? undefined : 'd';
}

/** The derivative that `\frac` with these two arguments is; undefined where it is a fraction. */
export function parseFractionDerivative(
  p: Parser,
  start: number,
  above: Argument,
  below: Argument | undefined,
): Node | undefined {
  const mark = markAt(p, above.first, above.end);
  if (!mark || holdsSlash(p, above)) return undefined;
  const empty = !below || below.first >= below.end;
  if (!empty) {
    if (markAt(p, below.first, below.end) !== mark) return undefined;
    if (mark === 'd' && below.end - below.first < 2) return undefined;
  } else if (mark === 'd') return undefined;
  const { operand, order } = parseNumerator(p, above);
  const variables = empty
    ? [p.error('missing-variable', 'the variable of the derivative is missing')]
    : p.within({ ...below, next: below.next }, () => parseVariables(p, order !== undefined));
  if (empty && below) p.at = below.next;
  return derivative(p, start, mark, operand, variables, order);
}

/** \frac{dy/dt}{dx/dt} divides two derivatives. */
function holdsSlash(p: Parser, { first, end }: Argument): boolean {
  let depth = 0;
  return p.tokens.slice(first, end).some((t) => {
    if ('([{'.includes(t.text)) depth++;
    else if (')]}'.includes(t.text)) depth--;
    return depth === 0 && t.text === '/';
  });
}

function derivative(
  p: Parser,
  start: number,
  mark: Mark,
  operand: Node | undefined,
  variables: readonly Node[],
  order?: Node,
): Node {
  const node: Node = {
    kind: 'derivative',
    partial: mark === 'partial',
    operand: operand ?? parseOperand(p),
    variables,
    ...(order ? { order } : {}),
    ...p.spanFrom(start),
  };
  return p.note('derivative', node);
}

/** What an operator \frac{d}{dx} is applied to: one bracket, or the product that follows. */
function parseOperand(p: Parser): Node {
  const t = p.token;
  if (t && ((t.kind === 'mark' && (t.text === '(' || t.text === '[' || t.text === '\\{')) || t.kind === 'null'))
    return parseFactor(p);
  return startsFactor(p)
    ? parseFunctionArgument(p, false)
    : p.error('expected-operand', 'what is differentiated is missing');
}

function parseNumerator(p: Parser, above: Argument): { readonly operand?: Node; readonly order?: Node } {
  return p.within(above, () => {
    p.at++;
    let order: Node | undefined;
    if (p.isMark('^')) {
      const { sup } = takeScripts(p);
      if (sup) order = readScript(p, sup);
    }
    const result = order ? { order } : {};
    return p.token ? { ...result, operand: parseSum(p) } : result;
  });
}

/** ∂x ∂y², after which the cursor is at the end of the denominator. */
function parseVariables(p: Parser, hasOrder: boolean): Node[] {
  const variables: Node[] = [];
  while (p.token) {
    if (!markAt(p, p.at, p.limit)) {
      p.skipUnexpected();
      continue;
    }
    p.at++;
    if (!p.token) variables.push(p.error('missing-variable', 'the variable of the derivative is missing'));
    else variables.push(...parseVariable(p, hasOrder));
  }
  return variables;
}

/** A variable, as often as its order says; a power where no order is stated above: ∂ℓ/∂σ². */
function parseVariable(p: Parser, hasOrder: boolean): Node[] {
  const start = p.at;
  const name = parsePrimary(p);
  const scriptsAt = p.at;
  const { sup } = takeScripts(p);
  const exponent = sup && scriptTokens(p, sup).length === 1 ? scriptTokens(p, sup)[0] : undefined;
  if (!hasOrder || exponent?.kind !== 'number' || !Number.isInteger(exponent.value)) {
    p.at = scriptsAt;
    return [parsePostfix(p, start, name)];
  }
  // The number is an order, not a power: read the name without it.
  const end = p.at;
  const power = (sup as Argument).first - ((sup as Argument).braced ? 2 : 1);
  const { limit } = p;
  p.at = scriptsAt;
  p.limit = power;
  const variable = parsePostfix(p, start, name);
  p.limit = limit;
  p.at = end;
  return Array<Node>(Math.min(exponent.value ?? 1, 9)).fill(variable);
}

/** `\dv[n]{f}{x}`, `\pdv{f}{x}{y}`, `\pdv{f}{x,y}`, `\dv{x}` of the physics and derivative packages; the command is consumed. */
export function parseDerivativeCommand(p: Parser, start: number, command: string): Node {
  const mark: Mark = command.startsWith('p') || command === 'mdv' || command === 'diffp' ? 'partial' : 'd';
  // \pdv*{f}{x} is set in one line.
  if (p.isMark('*')) p.at++;
  let order: Node | undefined;
  if (p.isMark('[')) {
    const close = p.closing(p.at);
    order = p.within({ first: p.at + 1, end: close, next: Math.min(close + 1, p.limit), braced: true }, () =>
      parseSum(p),
    );
  }
  const args: Argument[] = [];
  while (p.isMark('{') && args.length < (mark === 'partial' ? 3 : 2)) {
    const argument = p.argument();
    if (!argument) break;
    args.push(argument);
    p.at = argument.next;
  }
  const [first, ...rest] = args;
  if (!first) return p.error('missing-argument', `the arguments of \\${command} are missing`);
  const end = p.at;
  const operand = rest.length > 0 ? readArgument(p, first, command) : undefined;
  let variables = (rest.length > 0 ? rest : [first]).flatMap((a) => {
    const list = readArgument(p, a, command);
    return list.kind === 'list' ? list.items : [list];
  });
  p.at = end;
  if (order?.kind === 'number' && variables.length === 1 && Number.isInteger(order.value))
    variables = Array<Node>(Math.max(1, Math.min(order.value, 9))).fill(variables[0] as Node);
  return derivative(p, start, mark, operand, variables, order);
}

/** `\partial` outside a fraction: `\partial_x f`, or a differential; the command is consumed. */
export function parsePartial(p: Parser, start: number): Node {
  if (p.isMark('_')) {
    const { sub } = takeScripts(p);
    const below = sub ? readScript(p, sub) : p.error('missing-variable', 'the variable of the derivative is missing');
    const operand = startsFactor(p) ? parseFactor(p) : p.error('expected-operand', 'what is differentiated is missing');
    return derivative(p, start, 'partial', operand, below.kind === 'list' ? below.items : [below]);
  }
  return differential(p, start, true);
}

function differential(p: Parser, start: number, partial: boolean): Node {
  let order: Node | undefined;
  if (p.isMark('^')) {
    const { sup } = takeScripts(p);
    if (sup) order = readScript(p, sup);
  }
  const operand = startsFactor(p) ? parseFactor(p) : p.error('expected-operand', 'what is differentiated is missing');
  return {
    kind: 'differential',
    partial,
    operand,
    ...(order ? { order } : {}),
    ...p.spanFrom(start),
  };
}

/** Whether the cursor is at a d of dy/dx, above or below the slash. */
export function isInlineDerivative(p: Parser): boolean {
  const t = p.token;
  if (!t || !isDifferentialMark(t) || !markAt(p, p.at, p.limit)) return false;
  const above = symbolEnd(p, p.at + 1);
  if (above === undefined) return false;
  if (p.tokens[p.at - 1]?.text === '/') return isDifferentialBefore(p, p.at - 2);
  const slash = p.tokens[above];
  if (above >= p.limit || slash?.text !== '/') return false;
  const mark = p.tokens[above + 1];
  return mark !== undefined && above + 1 < p.limit && isDifferentialMark(mark) && symbolEnd(p, above + 2) !== undefined;
}

/** Index after the name (or bracket) with scripts at `i`; a power right after the d is an order. */
function symbolEnd(p: Parser, i: number): number | undefined {
  if (p.tokens[i]?.text === '^') i += 2;
  let t = p.tokens[i];
  if (i >= p.limit || !t) return undefined;
  if (t.kind === 'mark' && t.text === '(') i = p.closing(i) + 1;
  else {
    while (t && t.kind === 'command' && isStyle(t.text)) t = p.tokens[++i];
    if (t?.text === '{') {
      const saved = p.at;
      p.at = i;
      const next = p.argument()?.next;
      p.at = saved;
      if (next === undefined) return undefined;
      i = next;
    } else if (t && (t.kind === 'letter' || (t.kind === 'command' && LETTERS.has(t.text)))) i++;
    else return undefined;
  }
  while (i < p.limit && /^[_^']$/.test(p.tokens[i]?.text ?? '')) {
    const saved = p.at;
    const isPrime = p.tokens[i]?.text === "'";
    p.at = i + 1;
    const next = isPrime ? i + 1 : p.argument()?.next;
    p.at = saved;
    if (next === undefined) return undefined;
    i = next;
  }
  return i;
}

/** Whether a differential ends at token `i`: looks back for its d. */
function isDifferentialBefore(p: Parser, i: number): boolean {
  for (let k = i; k >= 0 && k > i - 12; k--) {
    const t = p.tokens[k] as Token;
    if (isDifferentialMark(t) && symbolEnd(p, k + 1) === i + 1) return true;
  }
  return false;
}

/** The d at the cursor and what it stands before. */
export function parseInlineDifferential(p: Parser): Node {
  const start = p.at;
  p.at++;
  return differential(p, start, false);
}

/** \nabla f, \nabla_\theta L, \nabla^2 f, \nabla \cdot F; the command is consumed. */
export function parseNabla(p: Parser, start: number): Node {
  const { sub, sup } = takeScripts(p);
  const below = sub ? readScript(p, sub) : undefined;
  const power = sup ? readScript(p, sup) : undefined;
  const t = p.token;
  const operator = t?.kind === 'command' && MULTIPLICATIVE.has(t.text) && !below ? t.text : undefined;
  if (operator) p.at++;
  const operand = startsFactor(p)
    ? parseFactor(p)
    : p.error('expected-operand', 'what \\nabla is applied to is missing');
  const span = p.spanFrom(start);
  if (operator)
    return {
      kind: 'function',
      name: operator === 'times' ? 'curl' : 'divergence',
      args: [operand],
      ...span,
    };
  const order = power?.kind === 'number' ? power.value : 1;
  return {
    kind: 'gradient',
    operand,
    variables: !below ? [] : below.kind === 'list' ? below.items : [below],
    order,
    ...span,
  };
}
