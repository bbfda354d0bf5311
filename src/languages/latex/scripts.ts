/** What follows a factor: subscripts, superscripts, primes, brackets of a call, factorials. */
import { canBeCalled, parseCall } from './calls';
import { parseSum } from './expressions';
import type { Argument, Parser } from './parser';
import { parseList, signAt } from './statements';
import type { Token } from './tokens';
import type { ErrorNode, Node, SymbolNode } from './tree';
import { LETTERS } from './vocabulary';

/** A script: its tokens, or an error where they are missing. */
export type Script = Argument | ErrorNode;

export interface Scripts {
  readonly sub?: Script;
  readonly sup?: Script;
  readonly primes: number;
  /** Index after the subscript and the primes: where the name ends that a power does not belong to. */
  readonly nameEnd: number;
}

const isMissing = (script: Script): script is ErrorNode => 'kind' in script;

/** Takes the scripts at the cursor without reading them. */
export function takeScripts(p: Parser): Scripts {
  let sub: Script | undefined;
  let sup: Script | undefined;
  let primes = 0;
  let nameEnd = p.at;
  for (let t = p.token; t; t = p.token) {
    const text = t.kind === 'mark' || t.kind === 'command' ? t.text : '';
    if (text === "'" || text === 'prime') {
      p.at++;
      primes++;
      nameEnd = p.at;
    } else if (text === '_' && !sub) {
      sub = takeScript(p, 'subscript');
      nameEnd = p.at;
    } else if (text === '^' && !sup) sup = takeScript(p, 'superscript');
    else break;
  }
  return { ...(sub ? { sub } : {}), ...(sup ? { sup } : {}), primes, nameEnd };
}

function takeScript(p: Parser, what: string): Script {
  p.at++;
  const argument = p.argument();
  if (!argument) return p.error('missing-argument', `the ${what} is missing`);
  p.at = argument.next;
  return argument;
}

/** Reads a script that was taken before; the cursor stays. */
export function readScript(p: Parser, script: Script, read: (p: Parser) => Node = parseList): Node {
  if (isMissing(script)) return script;
  return p.within({ ...script, next: p.at }, () =>
    p.token ? read(p) : p.error('expected-operand', 'the script is empty'),
  );
}

export function scriptTokens(p: Parser, script: Script): readonly Token[] {
  return isMissing(script) ? [] : p.tokens.slice(script.first, script.end);
}

/** How the tokens of a subscript or label continue a name: `_1`, `_{ji}`, `_{out}`. */
function suffix(mark: '_' | '^', tokens: readonly Token[]): string {
  if (tokens.length === 0) return `${mark}?`;
  const text = tokens.map((t) => (t.kind === 'command' ? `\\${t.text}` : t.text)).join('');
  const [only] = tokens;
  if (tokens.length === 1 && only && (only.kind === 'number' || only.kind === 'command' || text.length === 1))
    return mark + only.text;
  // Digits one by one are the same name as a number: w_{13}.
  return /^\d+$/.test(text) ? mark + text : `${mark}{${text}}`;
}

function extended(p: Parser, start: number, base: SymbolNode, end: string): SymbolNode {
  return { kind: 'symbol', name: base.name + end, base: base.base, ...p.spanFrom(start) };
}

/** Reads everything that belongs to the factor `base`, whose first token is `start`. */
export function parsePostfix(p: Parser, start: number, base: Node): Node {
  let node = base;
  const { sub, sup, primes, nameEnd } = takeScripts(p);
  const end = p.at;
  // The name stops before a power, whatever the order in which they are written.
  const at = (index: number, read: () => Node): Node => {
    p.at = sup && !isMissing(sup) ? Math.max(index, sub && !isMissing(sub) ? sub.next : 0) : end;
    const result = read();
    p.at = end;
    return result;
  };
  if (sub) node = at(nameEnd, () => withSubscript(p, start, node, sub));
  if (primes > 0)
    node = at(nameEnd, () => ({
      kind: 'prime',
      operand: node,
      order: primes,
      ...p.spanFrom(start),
    }));
  if (node.kind === 'indexed' && node.base.kind === 'group' && node.base.open === '[' && sub && sup)
    return {
      kind: 'evaluated',
      body: node.base.body,
      at: readScript(p, sub),
      upper: readScript(p, sup),
      ...p.spanFrom(start),
    };
  if (sup && isDegree(p, base, sup)) return parseSuffixes(p, start, inDegrees(p, start, node));
  let exponent: Node | undefined;
  if (sup) {
    const labelled = withLabel(p, start, node, sup);
    if (labelled) node = labelled;
    else exponent = readScript(p, sup);
  }
  if (canBeCalled(p, node)) {
    const call = parseCall(p, start, node, exponent);
    return parsePostfix(p, start, call);
  }
  if (exponent) node = withPower(p, start, node, exponent);
  return parseSuffixes(p, start, node);
}

function withSubscript(p: Parser, start: number, base: Node, sub: Script): Node {
  if (isMissing(sub)) return { kind: 'indexed', base, indices: [sub], ...p.spanFrom(start) };
  if (base.kind === 'norm') return { ...base, order: readScript(p, sub), ...p.spanFrom(start) };
  if (isOne(base)) {
    const condition = readScript(p, sub);
    const only = condition.kind === 'set' && condition.items.length === 1 ? (condition.items[0] as Node) : condition;
    // Under a bare 1 only a condition makes an indicator.
    if (base.kind !== 'number' || only.kind === 'relation' || only.kind === 'list')
      return { kind: 'indicator', condition: only, ...p.spanFrom(start) };
    return { kind: 'indexed', base, indices: [condition], ...p.spanFrom(start) };
  }
  const selects = holdsBound(p, sub);
  if (base.kind === 'symbol' && !selects) return extended(p, start, base, suffix('_', scriptTokens(p, sub)));
  const indices = readIndices(p, sub);
  const commas =
    indices.length > 1 && scriptTokens(p, sub).some((t) => t.text === ',') ? { commas: true as const } : {};
  const node: Node = { kind: 'indexed', base, indices, ...commas, ...p.spanFrom(start) };
  return selects ? p.note('bound-index', node) : node;
}

function isOne(node: Node): boolean {
  return (node.kind === 'number' && node.value === 1) || (node.kind === 'symbol' && /^(bb|bf):1$/.test(node.name));
}

function holdsBound(p: Parser, script: Script): boolean {
  if (p.bound.length === 0) return false;
  return scriptTokens(p, script).some((t) => (t.kind === 'letter' || t.kind === 'command') && p.bound.includes(t.text));
}

/** `ki` is two indices, `i,k` too, `i+1` one. */
function readIndices(p: Parser, sub: Argument): Node[] {
  const tokens = scriptTokens(p, sub);
  const row = tokens.every(
    (t) => t.kind === 'letter' || t.kind === 'number' || (t.kind === 'command' && LETTERS.has(t.text)),
  );
  if (row && tokens.length > 0)
    return tokens.map((_, i) => readScript(p, { ...sub, first: sub.first + i, end: sub.first + i + 1 }, parseSum));
  const parts = splitAtCommas(tokens, sub.first);
  return parts.map(([first, end]) => {
    const t = p.tokens[first] as Token;
    if (end === first + 1 && t.kind === 'mark' && t.text === ':')
      return { kind: 'text', text: ':', from: t.from, to: t.to };
    return readScript(p, { ...sub, first, end }, parseSum);
  });
}

/** Ranges of token indices between the commas outside brackets. */
function splitAtCommas(tokens: readonly Token[], offset: number): [number, number][] {
  const parts: [number, number][] = [];
  let depth = 0;
  let first = 0;
  tokens.forEach((t, i) => {
    if (t.kind !== 'mark') return;
    if ('([{'.includes(t.text)) depth++;
    else if (')]}'.includes(t.text)) depth--;
    else if (t.text === ',' && depth === 0) {
      parts.push([offset + first, offset + i]);
      first = i + 1;
    }
  });
  parts.push([offset + first, offset + tokens.length]);
  return parts.filter(([a, b]) => b > a);
}

/** A superscript that is not a power: a transpose, a label, an index in brackets. */
function withLabel(p: Parser, start: number, base: Node, sup: Script): Node | undefined {
  if (isMissing(sup)) return undefined;
  const tokens = scriptTokens(p, sup);
  const [first] = tokens;
  const last = tokens[tokens.length - 1];
  if (!first || !last) return undefined;
  if (isTranspose(p, tokens)) return p.note('transpose', { kind: 'transpose', operand: base, ...p.spanFrom(start) });
  if (first.text === '-' && isTranspose(p, tokens.slice(1))) {
    // X^{-T}: the inverse of the transpose.
    const one: Node = { kind: 'number', value: 1, from: first.from, to: last.to };
    const exponent: Node = { kind: 'negative', operand: one, from: first.from, to: last.to };
    const operand: Node = { kind: 'power', base, exponent, ...p.spanFrom(start) };
    return p.note('transpose', { kind: 'transpose', operand, ...p.spanFrom(start) });
  }
  if (tokens.every((t) => t.text === 'prime' || t.text === "'"))
    return { kind: 'prime', operand: base, order: tokens.length, ...p.spanFrom(start) };
  const named = base.kind === 'symbol' || base.kind === 'indexed';
  if (!named) return undefined;
  const label = labelBefore(p, tokens);
  if (label !== undefined && sup.braced) {
    // W^{(2)\top}: the label first, then what is done with what it names.
    const inner = withLabel(p, start, base, { ...sup, end: sup.first + label });
    if (inner) return p.note('transpose', { kind: 'transpose', operand: inner, ...p.spanFrom(start) });
  }
  if (sup.braced && tokens.length === 3 && first.text === '[' && last.text === ']' && isLayer(tokens[1]))
    return labelled(p, start, base, suffix('^', tokens));
  if (sup.braced && isInBrackets(tokens) && !isExponential(p, base, tokens)) {
    const inside: Argument = { ...sup, first: sup.first + 1, end: sup.end - 1 };
    if (holdsBound(p, inside)) {
      const list = readScript(p, inside);
      const indices = list.kind === 'list' ? list.items : [list];
      const commas = indices.length > 1 ? { commas: true as const } : {};
      return p.note('index-label', {
        kind: 'indexed',
        base,
        indices,
        label: true,
        ...commas,
        ...p.spanFrom(start),
      });
    }
    return labelled(p, start, base, suffix('^', tokens));
  }
  const mark = tokens.length === 1 ? first.text : '';
  if (/^([*+-]|ast|star|dagger|circ)$/.test(mark)) return labelled(p, start, base, `^${mark === 'ast' ? '*' : mark}`);
  return undefined;
}

/** ( … ), and not (a)(b). */
function isInBrackets(tokens: readonly Token[]): boolean {
  let depth = 0;
  return (
    tokens.length >= 3 &&
    tokens[0]?.text === '(' &&
    tokens.every((t, i) => {
      if (t.text === '(') depth++;
      else if (t.text === ')') depth--;
      return depth > 0 || i === tokens.length - 1;
    }) &&
    depth === 0
  );
}

/** e^{(x - 2)} is a power where e is no name; e^{(t)} may be the t-th of some e. */
function isExponential(p: Parser, base: Node, tokens: readonly Token[]): boolean {
  return base.kind === 'symbol' && base.name === 'e' && p.declarations.role('e') !== 'variable' && tokens.length > 3;
}

function labelled(p: Parser, start: number, base: Node, end: string): Node {
  if (base.kind === 'indexed') {
    if (base.base.kind !== 'symbol') return base;
    return p.note('label', {
      ...base,
      base: { ...base.base, name: base.base.name + end },
      ...p.spanFrom(start),
    });
  }
  return p.note('label', extended(p, start, base as SymbolNode, end));
}

/** A layer in square brackets: W^{[2]}, a^{[l]}. */
function isLayer(token: Token | undefined): boolean {
  return token?.kind === 'number' || token?.kind === 'letter';
}

/** How many tokens of a superscript are a label in brackets, where a transpose is all that follows. */
function labelBefore(p: Parser, tokens: readonly Token[]): number | undefined {
  const [first] = tokens;
  const close = first?.text === '(' ? ')' : first?.text === '[' ? ']' : undefined;
  if (close === undefined) return undefined;
  const end = tokens.findIndex((t) => t.text === close) + 1;
  if (end === 0 || end === tokens.length) return undefined;
  let rest = tokens.slice(end);
  if (rest[0]?.text === '^') rest = rest.slice(1);
  if (rest[0]?.text === '{' && rest.at(-1)?.text === '}') rest = rest.slice(1, -1);
  return rest.length > 0 && isTranspose(p, rest) ? end : undefined;
}

const UPRIGHT_T = /^(?:(?:mathrm|mathsf|mathtt|textsf|textrm|rm|sf|tt)(?:\{T\}|T)|top|intercal)$/;

function isTranspose(p: Parser, tokens: readonly Token[]): boolean {
  const text = tokens.map((t) => t.text).join('');
  const roman = UPRIGHT_T.test(text);
  return roman || (text === 'T' && p.declarations.role('T') !== 'variable');
}

function withPower(p: Parser, start: number, base: Node, exponent: Node): Node {
  if (base.kind === 'symbol' && base.name === 'e' && p.declarations.role('e') !== 'variable')
    return p.note('exponential', {
      kind: 'function',
      name: 'exp',
      args: [exponent],
      ...p.spanFrom(start),
    });
  const node: Node = { kind: 'power', base, exponent, ...p.spanFrom(start) };
  if (exponent.kind === 'symbol' && p.bound.includes(exponent.name)) p.note('power-of-index', node);
  return node;
}

/** `!`, `\%`, and a bar with a subscript: evaluated there. */
function parseSuffixes(p: Parser, start: number, base: Node): Node {
  let node = base;
  for (;;) {
    if (p.isMark('!') && signAt(p)?.op !== 'ne') {
      p.at++;
      node = { kind: 'factorial', operand: node, ...p.spanFrom(start) };
    } else if (p.accept('mark', '\\%')) node = { kind: 'percent', operand: node, ...p.spanFrom(start) };
    else if (p.accept('command', 'degree')) node = inDegrees(p, start, node);
    else if (isEvaluationBar(p)) {
      p.at++;
      const { sub, sup } = takeScripts(p);
      const at = sub ? readScript(p, sub) : p.error('missing-argument', 'the point is missing');
      const upper = sup ? { upper: readScript(p, sup) } : {};
      node = { kind: 'evaluated', body: node, at, ...upper, ...p.spanFrom(start) };
    } else return node;
  }
}

/** 90^\circ; on a name it is a label. */
function isDegree(p: Parser, base: Node, sup: Script): boolean {
  const [mark, ...others] = scriptTokens(p, sup);
  return mark?.text === 'circ' && others.length === 0 && base.kind !== 'symbol';
}

/** An angle, or with a scale behind it (25 °C) a temperature; the cursor is behind the sign. */
function inDegrees(p: Parser, start: number, operand: Node): Node {
  const t = p.token;
  const scale = t && /^(?:letter|text)$/.test(t.kind) && /^[CFK]$/.test(t.text) ? t.text : undefined;
  if (scale) p.at++;
  return { kind: 'degree', operand, ...(scale ? { scale } : {}), ...p.spanFrom(start) };
}

function isEvaluationBar(p: Parser): boolean {
  const t = p.token;
  const bar = (t?.kind === 'mark' && t.text === '|') || (t?.kind === 'command' && t.text === 'vert');
  return bar && p.context.bars === 0 && p.peek()?.text === '_';
}
