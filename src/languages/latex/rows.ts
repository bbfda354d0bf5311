/** Which line breaks part statements: a row that only goes on with the expression above it is joined to it. */
import { holdsStatements, type Token } from './tokens';
import { ADDITIVE, ARROWS, MULTIPLICATIVE, RELATIONS } from './vocabulary';

const isOperator = (t: Token | undefined) =>
  t !== undefined &&
  (t.kind === 'mark' || t.kind === 'command') &&
  (ADDITIVE.has(t.text) || MULTIPLICATIVE.has(t.text));

const isRelation = (t: Token) =>
  (t.kind === 'mark' || t.kind === 'command') && (RELATIONS.has(t.text) || ARROWS.has(t.text));

interface Environment {
  /** Index of its `\begin`, −1 around all. */
  readonly begin: number;
  readonly statements: boolean;
}

/**
 * Drops line breaks inside an expression and the column marks of an array that only aligns relation signs,
 * in place of which there is then an environment of statements.
 */
export function joinRows(tokens: readonly Token[]): Token[] {
  if (!tokens.some((t) => t.kind === 'newline' || t.kind === 'begin')) return [...tokens];
  const out: Token[] = [];
  const open: Environment[] = [{ begin: -1, statements: true }];
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i] as Token;
    const inside = open[open.length - 1] as Environment;
    if (t.kind === 'begin') {
      const aligns = t.text === 'array' && alignsRelations(tokens, i);
      open.push({ begin: i, statements: aligns || holdsStatements(t.text) });
      out.push(aligns ? { ...t, text: ALIGNING_ARRAY } : t);
    } else if (t.kind === 'end') {
      out.push(isAligningArray(tokens, inside) ? { ...t, text: ALIGNING_ARRAY } : t);
      if (open.length > 1) open.pop();
    } else if (t.kind === 'column' && isAligningArray(tokens, inside)) continue;
    else if (t.kind === 'newline' && inside.statements && goesOn(tokens, i)) {
      while (tokens[i + 1]?.kind === 'quad' || tokens[i + 1]?.kind === 'column') i++;
    } else out.push(t);
  }
  return out;
}

/** The name under which an array that aligns relation signs is read. */
export const ALIGNING_ARRAY = 'aligning array';

function isAligningArray(tokens: readonly Token[], inside: Environment): boolean {
  return inside.begin >= 0 && tokens[inside.begin]?.text === 'array' && inside.statements;
}

/** Some cell of the array is a relation sign and nothing else. */
function alignsRelations(tokens: readonly Token[], begin: number): boolean {
  let depth = 0;
  for (let i = begin; i < tokens.length; i++) {
    const t = tokens[i] as Token;
    if (t.kind === 'begin') depth++;
    else if (t.kind === 'end' && --depth === 0) return false;
    else if (
      depth === 1 &&
      t.kind === 'column' &&
      tokens[i + 2]?.kind === 'column' &&
      isRelation(tokens[i + 1] as Token)
    )
      return true;
  }
  return false;
}

/** Whether the row after the line break at `i` belongs to the expression before it. */
function goesOn(tokens: readonly Token[], i: number): boolean {
  let first = i + 1;
  while (tokens[first]?.kind === 'quad' || tokens[first]?.kind === 'column') first++;
  const start = tokens[first];
  if (!start || i === 0) return false;
  const aligned =
    first > i + 1
      ? tokens.slice(i + 1, first + 1).some((t) => t.aligned || t.kind === 'column')
      : start.aligned === true;
  if (isOperator(start) && aligned) return true;
  let last = i - 1;
  while (tokens[last]?.text === '}' && tokens[last - 1]?.text === '{') last -= 2;
  const end = tokens[last];
  const open = isOperator(start) || isOperator(end) || (end !== undefined && isRelation(end));
  return open && !hasRelation(tokens, first);
}

function hasRelation(tokens: readonly Token[], from: number): boolean {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const t = tokens[i] as Token;
    if (t.kind === 'begin' || t.text === '{' || t.text === '(') depth++;
    else if (t.kind === 'end' || t.text === '}' || t.text === ')') {
      if (--depth < 0) return false;
    } else if (depth === 0 && t.kind === 'newline') return false;
    else if (depth === 0 && isRelation(t)) return true;
  }
  return false;
}
