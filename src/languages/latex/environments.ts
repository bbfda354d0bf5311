/** \begin{…} … \end{…}: aligned rows, cases, matrices. */
import { startsFactor } from './expressions';
import type { Parser } from './parser';
import { addStatement, hull, isCondition, parseList, parseStatements } from './statements';
import { ALIGNING_ARRAY } from './rows';
import { holdsStatements, type Token } from './tokens';
import type { CaseNode, Node } from './tree';

const endsCell = (t: Token) => t.kind === 'newline' || t.kind === 'column' || t.kind === 'end';

/** The environment that begins at the cursor. */
export function parseEnvironment(p: Parser): Node {
  const start = p.at;
  const begin = p.token as Token;
  const name = begin.text.replace('*', '');
  p.at++;
  skipOptions(p, name);
  if (/^(d?cases|rcases|drcases)$/.test(name)) return parseCases(p, start, begin);
  if (holdsStatements(name) || name === ALIGNING_ARRAY) return parseLines(p, start, begin);
  return parseMatrix(p, start, begin);
}

/** `{cc}` of an array, `[t]` of aligned, `{2}` of alignat. */
function skipOptions(p: Parser, name: string): void {
  if (/^(aligned|gathered|alignedat|array|aligning array|multlined|cases)$/.test(name) && p.isMark('[')) {
    const close = p.closing(p.at);
    const option = p.tokens.slice(p.at + 1, close);
    if (option.length === 1 && /^[tcb]$/.test(option[0]?.text ?? '')) p.at = close + 1;
  }
  if (/^(array|aligning array|subarray|alignat|alignedat|xalignat|IEEEeqnarray|tabular)$/.test(name) && p.isMark('{'))
    p.at = p.argument()?.next ?? p.at;
}

function finish(p: Parser, begin: Token): void {
  if (!p.accept('end')) p.error('missing-close', `missing \\end{${begin.text}}`, begin);
}

/** Statements, row by row; a row that begins with a relation sign goes on with the chain above it in its column. */
function parseLines(p: Parser, start: number, begin: Token): Node {
  const columns: Node[][] = [];
  const order: { readonly column: Node[]; readonly index: number }[] = [];
  let column = 0;
  for (let t = p.token; t && t.kind !== 'end'; t = p.token) {
    if (t.kind === 'newline') {
      column = 0;
      p.at++;
    } else if (t.kind === 'column') {
      column++;
      p.at++;
    } else {
      const before = p.at;
      const row = p.isolated(() => parseStatements(p, endsCell));
      if (p.at === before) p.skipUnexpected();
      const items = (columns[column] ??= []);
      for (const item of row.kind === 'statements' && !row.lines ? row.items : [row]) {
        const length = items.length;
        addStatement(items, item);
        if (items.length > length) order.push({ column: items, index: length });
      }
    }
  }
  finish(p, begin);
  const statements = order.map(({ column: items, index }) => items[index] as Node);
  const span = p.spanFrom(start);
  if (statements.length === 1) return statements[0] as Node;
  if (statements.length === 0) return p.error('expected-operand', `\\begin{${begin.text}} is empty`, span);
  return {
    kind: 'statements',
    lines: true,
    items: statements,
    ...span,
    ...(p.at === start ? hull(statements) : {}),
  };
}

function parseCells(p: Parser, begin: Token, readCell: () => Node): Node[][] {
  const rows: Node[][] = [];
  let row: Node[] = [];
  let filled = false;
  const endRow = () => {
    if (row.length > 0) rows.push(row);
    row = [];
    filled = false;
  };
  const missing = () => p.error('expected-operand', 'the cell is empty');
  for (let t = p.token; t && t.kind !== 'end'; t = p.token) {
    if (t.kind === 'newline') {
      if (row.length > 0 && !filled) row.push(missing());
      endRow();
      p.at++;
    } else if (t.kind === 'column') {
      if (!filled) row.push(missing());
      filled = false;
      p.at++;
    } else {
      const before = p.at;
      row.push(p.isolated(readCell));
      filled = true;
      if (p.at === before) p.skipUnexpected();
    }
  }
  if (row.length > 0 && !filled) row.push(missing());
  endRow();
  finish(p, begin);
  return rows;
}

function parseMatrix(p: Parser, start: number, begin: Token): Node {
  const rows = parseCells(p, begin, () => parseCaseCell(p));
  return { kind: 'matrix', environment: begin.text, rows, ...p.spanFrom(start) };
}

function parseCases(p: Parser, start: number, begin: Token): Node {
  const rows = parseCells(p, begin, () => parseCaseCell(p));
  return { kind: 'cases', branches: branchesOf(rows), ...p.spanFrom(start) };
}

/** Rows of values and conditions as branches. */
export function branchesOf(rows: readonly (readonly Node[])[]): CaseNode[] {
  return rows.map((row): CaseNode => {
    const [first, second] = row as [Node, Node | undefined];
    const span = hull(row);
    // The condition may stand in the same cell: x \quad \text{if } x > 0.
    if (!second && first.kind === 'when')
      return { kind: 'case', value: first.body, ...condition(first.condition), ...span };
    return { kind: 'case', value: first, ...condition(second), ...span };
  });
}

function parseCaseCell(p: Parser): Node {
  if (isOtherwise(p.token)) {
    const { text, from, to } = p.token as Token;
    p.at++;
    while (p.isMark('.') || p.isMark(',')) p.at++;
    return { kind: 'text', text, from, to };
  }
  if (isCondition(p.token)) {
    p.at++;
    return startsFactor(p) ? parseList(p) : parseStatements(p, endsCell);
  }
  return parseStatements(p, endsCell);
}

const isOtherwise = (t: Token | undefined) =>
  t?.kind === 'text' && /^(otherwise|else|elsewhere|if not)[.,]?$/i.test(t.text);

function condition(node: Node | undefined): { readonly condition?: Node } {
  return node && node.kind !== 'text' ? { condition: node } : {};
}
