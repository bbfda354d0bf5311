/** Loops in which something is updated, found in the text. */
import type { Span } from '../../../model';
import type { AugAssign, Expr, For, FunctionDef, Module, Stmt, While } from '../ast';
import { namePath } from '../compile/compiler';
import { forEachNode, namesIn } from '../compile/mentions';

export type Loop = For | While;

export interface Update {
  readonly statement: Stmt;
  readonly target: Expr;
  /** The name that the target is a part of. */
  readonly root: string;
  /** What is added to, or put in place of, the target. */
  readonly value: Expr;
  /** `p -= …` and `p = p − …`; undefined for an assignment that does not mention the target. */
  readonly sign: '+' | '-' | undefined;
}

export interface TrainingLoop {
  readonly loop: Loop;
  /** The innermost function that it stands in. */
  readonly inside: FunctionDef | undefined;
  readonly updates: readonly Update[];
}

/** Outermost loops that update something by more than a written number, those that subtract first. */
export function trainingLoops(module: Module): TrainingLoop[] {
  const found: TrainingLoop[] = [];
  const visit = (body: readonly Stmt[], inside: FunctionDef | undefined): void => {
    for (const s of body) {
      if (s.kind === 'For' || s.kind === 'While') {
        const updates = updatesIn(s.body);
        if (updates.length > 0 || callsSomething(s)) found.push({ loop: s, inside, updates });
      } else if (s.kind === 'FunctionDef') visit(s.body, s);
      else if (s.kind === 'ClassDef' || s.kind === 'With') visit(s.body, inside);
      else if (s.kind === 'If') visit([...s.body, ...s.orelse], inside);
      else if (s.kind === 'Try') visit([...s.body, ...s.orelse, ...s.final], inside);
    }
  };
  visit(module.body, undefined);
  const rank = ({ updates }: TrainingLoop) =>
    updates.some((u) => u.sign === '-') ? 0 : updates.some((u) => u.sign === '+') ? 1 : updates.length > 0 ? 2 : 3;
  return found
    .map((each, i) => ({ each, i }))
    .sort((a, b) => rank(a.each) - rank(b.each) || a.i - b.i)
    .map((x) => x.each);
}

/** Whether the loop holds an update worth watching for, as far as its text tells. */
export function looksLikeTraining({ updates }: TrainingLoop): boolean {
  return updates.some((u) => u.sign !== undefined);
}

/** Statements that change something from what it was, in a body and in what it holds; calls are not looked into. */
export function updatesIn(body: readonly Stmt[]): Update[] {
  const found: Update[] = [];
  forEachNode(body, (node) => {
    if (node.kind === 'AugAssign') {
      const { target, op, value } = node as AugAssign;
      const root = rootOf(target);
      if (root !== undefined && (op === '+' || op === '-') && !isConstant(value))
        found.push({ statement: node as Stmt, target, root, value, sign: op });
    } else if (node.kind === 'Assign') {
      for (const target of node.targets) {
        const root = rootOf(target);
        if (root === undefined || isConstant(node.value)) continue;
        const own = JSON.stringify(shapeOf(target));
        let mentions = false;
        forEachNode(node.value, (n) => {
          if (n.kind === target.kind && JSON.stringify(shapeOf(n as Expr)) === own) mentions = true;
        });
        const sum =
          node.value.kind === 'BinOp' && (node.value.op === '+' || node.value.op === '-') ? node.value : undefined;
        const leads = sum !== undefined && JSON.stringify(shapeOf(sum.left)) === own;
        if (mentions)
          found.push({
            statement: node as Stmt,
            target,
            root,
            value: leads ? sum.right : node.value,
            sign: leads ? (sum.op as '+' | '-') : undefined,
          });
        else if (target.kind !== 'Name' || isReadBefore(body, target.id, node))
          found.push({ statement: node as Stmt, target, root, value: node.value, sign: undefined });
      }
    }
  });
  return found;
}

/** Whether a body mentions a name before a statement of it: then that reads what the turn before has left. */
function isReadBefore(body: readonly Stmt[], name: string, statement: Span): boolean {
  let read = false;
  forEachNode(body, (n) => {
    if (n.kind === 'Name' && n.id === name && n.from < statement.from) read = true;
  });
  return read;
}

/** The first name of `self.params[key]`. */
export function rootOf(e: Expr): string | undefined {
  if (e.kind === 'Name') return e.id;
  return e.kind === 'Attribute' || e.kind === 'Subscript' ? rootOf(e.value) : undefined;
}

/** An expression without its place. */
export function shapeOf(e: unknown): unknown {
  if (Array.isArray(e)) return e.map(shapeOf);
  if (typeof e === 'bigint') return String(e);
  if (typeof e !== 'object' || e === null) return e;
  return Object.fromEntries(
    Object.entries(e)
      .filter(([key]) => key !== 'from' && key !== 'to')
      .map(([key, value]) => [key, shapeOf(value)]),
  );
}

function isConstant(e: Expr): boolean {
  return namesIn(e).size === 0;
}

function callsSomething(loop: Loop): boolean {
  return loop.body.some((s) => s.kind === 'Expr' && s.value.kind === 'Call');
}

/** The plain names among the factors of a product: of `lr * grad / n` the names `lr`, `grad` and `n`. */
export function factorsOf(e: Expr): Expr[] {
  if (e.kind === 'BinOp' && (e.op === '*' || e.op === '/' || e.op === '@'))
    return [...factorsOf(e.left), ...factorsOf(e.right)];
  if (e.kind === 'UnaryOp' && e.op === '-') return factorsOf(e.operand);
  return [e];
}

export function pathText(e: Expr): string | undefined {
  return namePath(e)?.join('.');
}

export function spanOf({ from, to }: Span): Span {
  return { from, to };
}
