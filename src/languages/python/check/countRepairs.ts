/** Corrections of a mean that is taken for a sum, or a sum for a mean: a number of examples that divides too little or too much. */
import type { Span } from '../../../model';
import type { Expr } from '../ast';
import { isDataName, isTargetName } from './names';
import type { Repair } from './repair';
import { type Node, nodesIn } from './walk';

/** Numbers of examples that are tried, at most. */
const MOST_COUNTS = 8;

/**
 * @param values what is returned or given to gradients
 * @param at “in line 12”, of a place
 */
export function* countRepairs(
  source: string,
  values: readonly Expr[],
  at: (n: Span) => string,
  short: (n: Span) => string,
): Generator<Repair> {
  const text = (n: Span) => source.slice(n.from, n.to);
  const counts = countsIn(source, values);
  for (const e of values) {
    for (const n of nodesIn(e)) {
      if (n.kind !== 'BinOp' || n.op !== '/' || !isCount(n.right, counts, text)) continue;
      yield {
        span: n,
        replacement: text(n.left),
        code: 'constant-factor',
        text: `${short(n)} ${at(n)} must not be divided by \`${text(n.right)}\``,
      };
    }
  }
  for (const e of values) {
    for (const count of counts) {
      yield {
        span: e,
        replacement: `${isTight(e) ? text(e) : `(${text(e)})`} / ${count}`,
        code: 'constant-factor',
        text: `${short(e)} ${at(e)} must be divided by the number of examples, \`${count}\``,
      };
    }
  }
}

/** Names that the text gives a length, and the lengths of data and right answers that the values mention. */
function countsIn(source: string, values: readonly Expr[]): string[] {
  const counts = new Set<string>();
  for (const [, names = ''] of source.matchAll(
    /^[ \t]*([\w, \t]+?)[ \t]*=[ \t]*(?:float\()?(?:len\(|[\w.]+\.shape\b)/gm,
  ))
    for (const name of names.split(',')) if (/^\s*[A-Za-z]\w*\s*$/.test(name)) counts.add(name.trim());
  const axis = source.includes('.shape[1]') && !source.includes('.shape[0]') ? 1 : 0;
  const hasShapes = source.includes('.shape[');
  const mentioned = new Set(values.flatMap((e) => [...nodesIn(e)].flatMap((n) => (n.kind === 'Name' ? [n.id] : []))));
  const length = (name: string) => (hasShapes ? `${name}.shape[${axis}]` : `len(${name})`);
  for (const isMeant of [isTargetName, isDataName])
    for (const name of mentioned) if (isMeant(name)) counts.add(length(name));
  return [...counts].slice(0, MOST_COUNTS);
}

function isCount(e: Expr, counts: readonly string[], text: (n: Span) => string): boolean {
  return counts.includes(text(e)) || isLength(e);
}

function isLength(e: Node): boolean {
  if (e.kind === 'Call') return e.func.kind === 'Name' && e.func.id === 'len';
  if (e.kind === 'Subscript') return e.value.kind === 'Attribute' && e.value.attr === 'shape';
  return e.kind === 'Attribute' && e.attr === 'size';
}

/** Binds at least as tightly as a division, so that it needs no brackets before one. */
function isTight(e: Expr): boolean {
  return e.kind === 'BinOp'
    ? ['*', '/', '@'].includes(e.op)
    : !['IfExp', 'Compare', 'BoolOp', 'UnaryOp', 'Lambda'].includes(e.kind);
}
