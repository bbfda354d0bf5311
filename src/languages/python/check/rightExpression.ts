/** The derivative as an expression in the program's own names, where the function works on every element for itself. */
import { elementwiseExpression } from '../../../autodiff/elementwiseExpression';
import { primalSymbol } from '../../../autodiff/formulas';
import type { Ref } from '../../../autodiff/tape';
import { printNamePath } from '../../../format/namePath';
import type { Span } from '../../../model';
import { differentiate } from '../../../symbolic/differentiate';
import { type Expr, mul, size, sym, symbols } from '../../../symbolic/expr';
import { NoPythonFormError, toPython } from '../../../symbolic/python';
import { simplify } from '../../../symbolic/simplify';
import type { Expr as PythonExpr } from '../ast';
import { type Callee, parametersOf, returnedExpressions } from './callee';
import type { Assignment } from './roles';
import type { CheckedLeaf, Shot } from './shot';
import { ownStatements } from './walk';

/** Larger derivatives are not read by anybody. */
const LARGEST = 40;

/** What stands for the incoming gradient. */
const UPSTREAM = 'upstream';

/**
 * Python source of ∂f/∂leaf, times what flows in; undefined where the function mixes elements, or where a value has no
 * name in the derivative.
 * @param text of the document: only modules that it imports are used
 */
export function rightExpression(
  shot: Shot,
  { backward, assignment }: { readonly backward: Callee; readonly assignment: Assignment },
  leaf: CheckedLeaf,
  text: string,
): string | undefined {
  const [output, ...others] = shot.outputs;
  // What held for one branch only is no expression of the whole.
  if (!output || others.length > 0 || shot.decisions > 0) return undefined;
  const value = elementwiseExpression(shot.pass.tape, output.row);
  if (!value) return undefined;
  const names = namesAt(shot, backward, assignment);
  const slope = simplify(differentiate(value, primalSymbol(leaf.row)));
  const whole: Expr = names.upstream === undefined ? slope : simplify(mul(sym(UPSTREAM), slope));
  if (size(whole) > LARGEST) return undefined;
  const symbolText = new Map([...names.rows].map(([row, name]) => [primalSymbol(row), name]));
  if (names.upstream !== undefined) symbolText.set(UPSTREAM, names.upstream);
  if ([...symbols(whole)].some((name) => !symbolText.has(name))) return undefined;
  const module = /^\s*import numpy as np\b/m.test(text) ? 'numpy' : 'math';
  try {
    const source = toPython(whole, { module, symbol: (name) => symbolText.get(name) as string });
    return usesOnly(source, text) ? source : undefined;
  } catch (error) {
    if (error instanceof NoPythonFormError) return undefined;
    throw error;
  }
}

/** How the derivative calls the inputs of the function and what flows in. */
function namesAt(
  shot: Shot,
  backward: Callee,
  { roles }: Assignment,
): { readonly rows: ReadonlyMap<Ref, string>; readonly upstream: string | undefined } {
  const rows = new Map<Ref, string>();
  let upstream: string | undefined;
  for (const { name, row } of shot.trace.bindings) {
    // Fields that the function has left in the object, and what the derivative has taken from its cache.
    const isField = name[0] === 'self' && name.length === 2;
    const isLocal = name.length === 1 && row < shot.backwardFrom && isInside(shot, backward, row, name);
    if ((isField || isLocal) && !rows.has(row)) rows.set(row, printNamePath(name));
  }
  for (const { path, name, row } of shot.leaves) if (path[0] === 'self') rows.set(row, name);
  parametersOf(backward).forEach((p, i) => {
    const role = roles[i];
    if (role?.kind === 'upstream') upstream ??= p.name;
    if (role?.kind !== 'argument') return;
    const leaf = shot.leaves.find((l) => l.name === role.name);
    if (leaf) rows.set(leaf.row, p.name);
  });
  return { rows, upstream };
}

function isInside(shot: Shot, { span }: Callee, row: Ref, name: readonly unknown[]): boolean {
  return shot.trace.bindings.some((b) => {
    if (b.row !== row || b.name.length !== 1 || b.name[0] !== name[0]) return false;
    const [at] = shot.trace.spans(b.site);
    return at !== undefined && span.from <= at.from && at.to <= span.to;
  });
}

/** Whether a module is imported under each name that an expression begins with. */
function usesOnly(source: string, text: string): boolean {
  const wanted: readonly (readonly [RegExp, RegExp])[] = [
    [/\bnp\./, /^\s*import numpy as np\b/m],
    [/\bspecial\./, /^\s*from scipy import (?:\w+, *)*special\b/m],
    [/\bmath\./, /^\s*import math\b/m],
  ];
  return wanted.every(([use, made]) => !use.test(source) || made.test(text));
}

/** The expression that a claimed gradient is written as, if it is written once: what is returned, or given to its name. */
export function writtenAs(backward: Callee, label: string, position: number | undefined): Span | undefined {
  const [returned, ...others] = returnedExpressions(backward);
  if (!returned || others.length > 0) return undefined;
  const own: PythonExpr | undefined = returned.kind === 'Tuple' ? returned.elts[position ?? -1] : returned;
  if (!own) return undefined;
  if (own.kind !== 'Name' || own.id !== label || backward.node.kind === 'Lambda') return own;
  const makes = [...ownStatements(backward.node.body)].filter((s) => {
    const targets = s.kind === 'Assign' ? s.targets : s.kind === 'AugAssign' ? [s.target] : [];
    return targets.some((t) => rootName(t) === label);
  });
  const [only] = makes;
  return makes.length === 1 && only?.kind === 'Assign' && only.targets[0]?.kind === 'Name' ? only.value : undefined;
}

function rootName(e: PythonExpr): string | undefined {
  return e.kind === 'Name' ? e.id : e.kind === 'Subscript' || e.kind === 'Attribute' ? rootName(e.value) : undefined;
}
