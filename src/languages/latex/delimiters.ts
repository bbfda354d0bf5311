/** Brackets, bars and braces. */
import { branchesOf } from './environments';
import { parseSum } from './expressions';
import type { Argument, Parser } from './parser';
import { parseList, parseStatements } from './statements';
import { readScript, takeScripts } from './scripts';
import type { Token } from './tokens';
import { bare, type EncloseNode, type GroupNode, type Node } from './tree';
import { CLOSERS, DELIMITERS } from './vocabulary';

const isCloser = (t: Token) =>
  (t.kind === 'mark' && /^(\)|\]|\}|\\\})$/.test(t.text)) || (t.kind === 'command' && CLOSERS.has(t.text));

const ENCLOSURES: ReadonlyMap<string, EncloseNode['op']> = new Map([
  ['lfloor', 'floor'],
  ['lceil', 'ceil'],
  ['lvert', 'abs'],
  ['langle', 'inner'],
]);

/** ( … ), [ … ], \{ … \}, \lfloor … \rfloor and their like; the cursor is at the opening one. */
export function parseBrackets(p: Parser): Node {
  const start = p.at;
  const open = p.token as Token;
  const close = DELIMITERS.get(open.text) as string;
  const set = open.text === '\\{' || open.text === 'lbrace';
  p.at++;
  const first = p.token;
  if (first && first.text === close) {
    p.at++;
    const span = p.spanFrom(start);
    return set ? { kind: 'set', items: [], ...span } : { kind: 'tuple', items: [], open: open.text, close, ...span };
  }
  const stop = (t: Token) =>
    isCloser(t) || t.kind === 'column' || t.kind === 'newline' || t.kind === 'end' || isRightNull(t);
  const reason = first?.kind === 'command' && (first.text === 'because' || first.text === 'therefore');
  const body = p.isolated(() => (reason ? parseReason(p) : parseStatements(p, stop)), {
    conditional: set,
  });
  const last = p.token;
  if (last && isCloser(last) && (last.text === close || /^[)\]]$/.test(last.text)) && last.text !== '}') p.at++;
  else if (last && isRightNull(last)) {
    p.at++;
    if (set) return bracedOnTheLeft(p, start, body);
  } else p.error('missing-close', `missing ${close.length > 2 ? '\\' : ''}${close}`, open);
  const span = p.spanFrom(start);
  if (set) return { kind: 'set', items: body.kind === 'list' ? body.items : [body], ...span };
  if (open.text === 'lVert') return { kind: 'norm', body, ...span };
  const enclosure = ENCLOSURES.get(open.text);
  if (enclosure) return { kind: 'enclosed', op: enclosure, body, ...span };
  const bracket = open.text === '[' || open.text === 'lbrack' ? '[' : '(';
  if (body.kind === 'list' || (body.kind === 'statements' && !body.lines && bracket === '('))
    return { kind: 'tuple', items: body.items, open: bracket, close: last?.text ?? close, ...span };
  return { kind: 'group', open: bracket, body, ...span };
}

/** A brace on the left only: branches of a definition in two columns, or a system of statements. */
function bracedOnTheLeft(p: Parser, start: number, body: Node): Node {
  const span = p.spanFrom(start);
  if (body.kind === 'matrix' && body.rows.every((row) => row.length <= 2))
    return { kind: 'cases', branches: branchesOf(body.rows), ...span };
  return { kind: 'group', open: '{', body, ...span };
}

function parseReason(p: Parser): Node {
  const start = p.at;
  const quantifier = (p.token as Token).text as 'because' | 'therefore';
  p.at++;
  const body = parseList(p);
  return { kind: 'quantified', quantifier, body, ...p.spanFrom(start) };
}

const isRightNull = (t: Token) => t.kind === 'null' && t.text === 'right';

/** { … }. */
export function parseBraces(p: Parser): Node {
  const start = p.at;
  const argument = p.argument();
  if (!argument) return p.skipUnexpected();
  const bar = overIn(p, argument);
  if (bar !== undefined) {
    const part = (first: number, end: number) => p.within({ ...argument, first, end }, () => parseSum(p));
    const left = part(argument.first, bar);
    const right = part(bar + 1, argument.end);
    if ((p.tokens[bar] as Token).text === 'choose')
      return { kind: 'binomial', upper: left, lower: right, ...p.spanFrom(start) };
    return { kind: 'binary', op: 'div', sign: '\\over', left, right, ...p.spanFrom(start) };
  }
  const body = p.within(argument, () => parseStatements(p));
  const group: GroupNode = { kind: 'group', open: '{', body, ...p.spanFrom(start) };
  return group;
}

/** Index of the fraction bar of {a \over b}, or of what stands in its place in {n \choose k}. */
function overIn(p: Parser, { first, end }: Argument): number | undefined {
  let depth = 0;
  for (let i = first; i < end; i++) {
    const t = p.tokens[i] as Token;
    if (t.kind === 'mark' && t.text === '{') depth++;
    else if (t.kind === 'mark' && t.text === '}') depth--;
    else if (
      depth === 0 &&
      t.kind === 'command' &&
      (t.text === 'over' || t.text === 'choose') &&
      i > first &&
      i + 1 < end
    )
      return i;
  }
  return undefined;
}

/** |x| and ‖x‖ in marks that open and close alike. */
export function parseBars(p: Parser): Node {
  const start = p.at;
  const open = p.token as Token;
  const double = /^(\\\||Vert|parallel)$/.test(open.text);
  const level = double ? 'doubleBars' : 'bars';
  p.at++;
  p.context[level]++;
  const conditional = p.context.conditional;
  p.context.conditional = false;
  const body = parseList(p);
  p.context.conditional = conditional;
  p.context[level]--;
  const t = p.token;
  if (t && (/^(\\\||Vert|parallel)$/.test(t.text) ? double : !double && /^(\||vert|mid)$/.test(t.text))) p.at++;
  else p.error('missing-close', `missing ${double ? '\\|' : '|'}`, open);
  const span = p.spanFrom(start);
  return double ? { kind: 'norm', body, ...span } : { kind: 'enclosed', op: 'abs', body, ...span };
}

/** \left. … \right|_{x = 2}; the cursor is at `\left.`. */
export function parseInvisible(p: Parser): Node {
  const start = p.at;
  const open = p.token as Token;
  p.at++;
  const stop = (t: Token) =>
    t.kind === 'null' || t.side === 'right' || t.kind === 'newline' || t.kind === 'column' || t.kind === 'end';
  const body = p.isolated(() => parseStatements(p, stop), { bars: 1 });
  const close = p.token;
  if (close && (close.kind === 'null' || close.side === 'right')) p.at++;
  else p.error('missing-close', 'missing \\right', open);
  const { sub, sup } = takeScripts(p);
  if (!sub) return { kind: 'group', open: '(', body, ...p.spanFrom(start) };
  const at = readScript(p, sub);
  const upper = sup ? { upper: readScript(p, sup) } : {};
  return { kind: 'evaluated', body: bare(body), at, ...upper, ...p.spanFrom(start) };
}
