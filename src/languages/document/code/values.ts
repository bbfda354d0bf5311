/** Values that the Python of a document leaves in its names, for the formulas beside it. */
import type { Span } from '../../../model';
import { fromNested, type NdArray, type Nested, TensorError } from '../../../tensor';
import type { Budget, Workspace } from '../../frontEnd';
import type { PythonAnalysis } from '../../python/analysis';
import type { Expr, Stmt } from '../../python/ast';
import { BudgetStop } from '../../python/errors';
import { PyArray } from '../../python/numpy/array';
import { newRun, finishRun, dialectOf } from '../../python/record/session';
import { Pins } from '../../python/record/pins';
import { isNumberLike, toDouble } from '../../python/values/numbers';
import { PyList, PyTuple, type PyValue } from '../../python/values/object';
import { formulaNames } from './names';

export interface CodeValue {
  readonly value: number | NdArray;
  /** The name where it is assigned. */
  readonly span: Span;
  readonly line: string;
}

/** A few values should not cost more than the formula that wants them. */
const LIMITS = { operations: 2_000_000, milliseconds: 1_500 };
const LARGEST = 10_000;

const known = new WeakMap<PythonAnalysis, ReadonlyMap<string, CodeValue>>();

/**
 * By canonical names of formulas: `x1` is x_1, `y_hat` is ŷ, `alpha` is α. Only names that the code binds once, outside
 * of loops and branches: of any other the text does not say which of its values a formula means. Throws NeedsStop where
 * modules of the workspace are wanted first.
 */
export function codeValues(
  analysis: PythonAnalysis,
  budget: Budget,
  workspace: Workspace,
): ReadonlyMap<string, CodeValue> {
  const cached = known.get(analysis);
  if (cached) return cached;
  const limits: Budget = {
    ...budget,
    operations: Math.min(budget.operations, LIMITS.operations),
    milliseconds: Math.min(budget.milliseconds, LIMITS.milliseconds),
  };
  const names = namesBoundOnce(analysis.parsed.module.body);
  const values = new Map<string, CodeValue>();
  if (names.size > 0) {
    const session = {
      analysis,
      pins: new Pins([]),
      dialect: dialectOf(analysis),
      ...newRun(analysis, limits, workspace),
    };
    try {
      finishRun(session);
    } catch (error) {
      // What was assigned before a budget ran out stays assigned.
      if (!(error instanceof BudgetStop)) throw error;
    }
    for (const [name, span] of names) {
      const value = session.scope.get(name);
      const content = value === undefined ? undefined : contentOf(value);
      if (content === undefined) continue;
      for (const canonical of formulaNames(name, typeof content !== 'number')) {
        // x1 and x_1 would be the same name of a formula.
        if (values.has(canonical)) values.delete(canonical);
        else values.set(canonical, { value: content, span, line: analysis.line(span.from) });
      }
    }
  }
  known.set(analysis, values);
  return values;
}

function contentOf(value: PyValue): number | NdArray | undefined {
  if (typeof value === 'boolean') return undefined;
  if (isNumberLike(value)) return finite(toDouble(value));
  if (value instanceof PyArray) {
    const { nd } = value;
    const isPlain = nd.dtype !== 'bool' && nd.ndim <= 2 && nd.size > 0 && nd.size <= LARGEST;
    // Written since it was made: which of its contents is meant?
    if (value.unknown || !isPlain || nd.storage.version !== 0) return undefined;
    if (nd.ndim === 0) return finite(Number(nd.item()));
    return fromNested(nd.toNested(), 'float64');
  }
  if (!(value instanceof PyList || value instanceof PyTuple)) return undefined;
  const nested = nestedOf(value);
  if (nested === undefined) return undefined;
  try {
    const array = fromNested(nested, 'float64');
    return array.ndim <= 2 && array.size > 0 && array.size <= LARGEST ? array : undefined;
  } catch (error) {
    if (error instanceof TensorError) return undefined;
    throw error;
  }
}

function nestedOf(value: PyValue): Nested | undefined {
  if (typeof value !== 'boolean' && isNumberLike(value)) return toDouble(value);
  if (!(value instanceof PyList || value instanceof PyTuple) || value.items.length > LARGEST) return undefined;
  const items = value.items.map(nestedOf);
  return items.every((i): i is Nested => i !== undefined) ? items : undefined;
}

const finite = (x: number) => (Number.isFinite(x) ? x : undefined);

/** Names that one simple assignment of the module binds, and nothing else does. */
function namesBoundOnce(body: readonly Stmt[]): Map<string, Span> {
  const bound = new Map<string, Span>();
  const again = new Set<string>();
  const bind = (target: Expr) => {
    if (target.kind === 'Tuple' || target.kind === 'List') for (const item of target.elts) bind(item);
    else if (target.kind === 'Name') {
      if (bound.has(target.id)) again.add(target.id);
      else bound.set(target.id, { from: target.from, to: target.to });
    } else moved(target);
  };
  /** Every name in what is not followed may be bound again. */
  const moved = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(moved);
    else if (typeof node === 'object' && node !== null) {
      const { kind, id } = node as { kind?: string; id?: string };
      if (kind === 'Name' && id !== undefined) again.add(id);
      for (const child of Object.values(node)) moved(child);
    }
  };
  for (const statement of body) {
    switch (statement.kind) {
      case 'Assign':
        statement.targets.forEach(bind);
        break;
      case 'AnnAssign':
        if (statement.value) bind(statement.target);
        break;
      case 'Expr':
      case 'Pass':
      case 'Import':
      case 'ImportFrom':
      case 'Assert':
        break;
      case 'FunctionDef':
      case 'ClassDef':
        assignedGlobally(statement, again);
        break;
      case 'AugAssign':
        moved(statement.target);
        break;
      default:
        boundWithin(statement, again);
    }
  }
  for (const name of again) bound.delete(name);
  return bound;
}

/** Names that loops and branches bind. */
function boundWithin(node: unknown, into: Set<string>): void {
  const visit = (value: unknown, isTarget: boolean): void => {
    if (Array.isArray(value)) value.forEach((item) => visit(item, isTarget));
    else if (typeof value === 'object' && value !== null) {
      const { kind, id } = value as { kind?: string; id?: string };
      if (isTarget && kind === 'Name' && id !== undefined) into.add(id);
      for (const [key, child] of Object.entries(value))
        visit(child, isTarget || key === 'target' || key === 'targets' || key === 'as' || key === 'vars');
    }
  };
  visit(node, false);
}

/** A function may bind a name of the module that it declares global. */
function assignedGlobally(node: unknown, into: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) assignedGlobally(item, into);
  else if (typeof node === 'object' && node !== null) {
    const { kind, names } = node as { kind?: string; names?: readonly unknown[] };
    if (kind === 'Global')
      for (const name of names ?? []) into.add(typeof name === 'string' ? name : String((name as { id?: string }).id));
    for (const child of Object.values(node)) assignedGlobally(child, into);
  }
}
