/** What stands at a place of a document: which value of which trace is meant. */
import type { NamePath } from '../../model';
import type { Occurrence } from '../frontEnd';
import { nameToTex } from '../latex/names';
import { bare, type Node, pathAt } from '../latex/tree';
import type { DocumentAnalysis } from './analysis';
import { arrayNames, subscriptsOf } from './arrays/subscripts';
import { ownSite } from './sites';
import { spanIn, type Statement } from './statements';
import { type DocumentTraceable, traceablesOf } from './traceables';

/** Innermost first. */
export function occurrencesAt(analysis: DocumentAnalysis, offset: number): Occurrence[] {
  const statement = statementAt(analysis, offset);
  if (!statement) return [];
  const traceables = traceablesOf(analysis);
  const own = traceables.find((t) => t.definition.statement === statement);
  const path = pathAt(statement.node, offset - statement.placed.base).reverse();
  // ∂L/∂w is one thing, wherever in it the place is.
  const result: Occurrence[] = path.flatMap((node) => {
    const inner = bare(node);
    return inner.kind === 'derivative' || inner.kind === 'gradient'
      ? ofDerivative(analysis, statement, inner, node)
      : [];
  });
  for (const node of path) {
    const name = nameIn(node);
    if (own) result.push(occurrence(statement, own, node, name));
    else if (name) result.push(...ofName(analysis, statement, node, name));
  }
  return result;
}

function statementAt(analysis: DocumentAnalysis, offset: number): Statement | undefined {
  return analysis.statements.find((s) => {
    const { from, to } = spanIn(s, s.node);
    return from <= offset && offset <= to;
  });
}

function nameIn(node: Node): NamePath | undefined {
  if (node.kind === 'symbol') return [nameToTex(node.name)];
  return undefined;
}

function occurrence(
  statement: Statement,
  traceable: DocumentTraceable,
  node: Node,
  name: NamePath | undefined,
): Occurrence {
  const site = ownSite(statement, node);
  return {
    traceable,
    span: spanIn(statement, node),
    ...(site === undefined ? {} : { site }),
    ...(name ? { name } : {}),
  };
}

/** A name outside of definitions: its own trace, or the nearest one above that can use it. */
function ofName(analysis: DocumentAnalysis, statement: Statement, node: Node, name: NamePath): Occurrence[] {
  const span = spanIn(statement, node);
  return nearestFirst(analysis, span.from).map((traceable) => ({ traceable, span, name }));
}

/** ∂L/∂w: the input w in the trace of L. */
function ofDerivative(
  analysis: DocumentAnalysis,
  statement: Statement,
  node: Extract<Node, { kind: 'derivative' | 'gradient' }>,
  whole: Node,
): Occurrence[] {
  const operand = namedIn(bare(node.operand));
  const [variable] = node.variables.map(bare);
  if (operand?.kind !== 'symbol' || variable?.kind !== 'symbol' || node.variables.length !== 1) return [];
  if (node.kind === 'gradient' && node.order !== 1) return [];
  const span = spanIn(statement, whole);
  const { name: by, element } = arrayOf(analysis, statement, variable.name);
  const name = [nameToTex(by)];
  return nearestFirst(analysis, span.from)
    .filter((t) => t.definition.name === operand.name && !t.update && takes(t, node.operand))
    .slice(0, 1)
    .map((traceable) => ({ traceable, span, name, derivative: true, ...(element ? { element } : {}) }));
}

/** ∂E/∂w_{ij} is of the matrix W, ∂E/∂w_{12} of one element of it, where the document defines no such name. */
function arrayOf(
  analysis: DocumentAnalysis,
  statement: Statement,
  name: string,
): { readonly name: string; readonly element?: readonly number[] } {
  const { table } = analysis;
  if (table.value(name, statement)) return { name };
  for (const { base, indices } of subscriptsOf(name))
    for (const array of arrayNames(base, indices.length)) {
      const found = table.value(array, statement);
      if (!found || !found.definition.bodies.some((body) => ranksOf(bare(body)) === indices.length)) continue;
      const numbers = indices.map(Number);
      return numbers.every((n) => Number.isInteger(n) && n > 0)
        ? { name: array, element: numbers.map((n) => n - 1) }
        : { name: array };
    }
  return { name };
}

/** Axes of an array that is written out; undefined for anything else. */
function ranksOf(node: Node): number | undefined {
  if (node.kind === 'transpose') return ranksOf(bare(node.operand));
  if (node.kind === 'tuple') return 1;
  if (node.kind !== 'matrix') return undefined;
  return node.rows.length === 1 || node.rows[0]?.length === 1 ? 1 : 2;
}

/** The brackets hold the parameters of the definition, if it has any. */
function takes({ definition }: DocumentTraceable, operand: Node): boolean {
  const inner = bare(operand);
  if (inner.kind !== 'call' || definition.kind !== 'function') return true;
  return definition.parameters.every((p, i) => {
    const argument = inner.args[i] && bare(inner.args[i]);
    return argument?.kind === 'symbol' && argument.name === p.name;
  });
}

/** ∂f(x)/∂x is of f where the brackets only hold names. */
function namedIn(operand: Node): Node | undefined {
  if (operand.kind !== 'call') return operand;
  return operand.args.every((a) => bare(a).kind === 'symbol') ? operand.callee : undefined;
}

/** Few enough that a hover over a lone name does not evaluate a whole document. */
const MAX_CANDIDATES = 8;

/** Traceables above a place, nearest first, then those below. */
function nearestFirst(analysis: DocumentAnalysis, offset: number): DocumentTraceable[] {
  const all = traceablesOf(analysis);
  const above = all.filter((t) => t.span.from <= offset).reverse();
  const below = all.filter((t) => t.span.from > offset);
  return [...above, ...below].slice(0, MAX_CANDIDATES);
}
