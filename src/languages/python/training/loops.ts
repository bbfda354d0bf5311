/** Loops in which something is updated, found in the text. */
import type { Span } from '../../../model';
import type { AugAssign, Expr, For, FunctionDef, Module, Stmt, While } from '../ast';
import { namePath } from '../compile/compiler';
import { gradientTarget } from '../check/names';
import { forEachNode, namesIn } from '../compile/mentions';
import { LOSS_NAME } from '../find/lossNames';

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
  /** It adds to something or subtracts from it, itself or in a function that it calls. */
  readonly takesSteps: boolean;
}

/** The loops inside of a training loop, outermost first, which are looked at where the loop itself leads from no turn to the next. */
export function innerLoops({ loop, inside, takesSteps }: TrainingLoop): TrainingLoop[] {
  return loop.body.flatMap((s): TrainingLoop[] => {
    if (s.kind !== 'For' && s.kind !== 'While') return [];
    const inner = { loop: s, inside, updates: updatesIn(s.body), takesSteps };
    return [...(isBackwardPass(s, inner.updates) ? [] : [inner]), ...innerLoops(inner)];
  });
}

/**
 * Outermost loops that update something by more than a written number: those with a loss first, then those that subtract. A
 * loop that runs within the turns of another (over the layers in a step, over the parameters in an optimizer) comes after it,
 * and one that only adds up or hands on gradients is none.
 */
export function trainingLoops(module: Module): readonly TrainingLoop[] {
  let known = loops.get(module);
  if (!known) loops.set(module, (known = findLoops(module)));
  return known;
}

const loops = new WeakMap<Module, readonly TrainingLoop[]>();

function findLoops(module: Module): TrainingLoop[] {
  const calls = new Calls(module);
  const found: TrainingLoop[] = [];
  const visit = (body: readonly Stmt[], inside: FunctionDef | undefined): void => {
    for (const s of body) {
      if (s.kind === 'For' || s.kind === 'While') {
        const updates = updatesIn(s.body);
        if ((updates.length > 0 || callsSomething(s)) && !isBackwardPass(s, updates))
          found.push({
            loop: s,
            inside,
            updates,
            takesSteps: isSigned(updates) || calls.reach(s, stepsIn) || calls.passesStep(updates),
          });
      } else if (s.kind === 'FunctionDef') visit(s.body, s);
      else if (s.kind === 'ClassDef' || s.kind === 'With') visit(s.body, inside);
      else if (s.kind === 'If') visit([...s.body, ...s.orelse], inside);
      else if (s.kind === 'Try') visit([...s.body, ...s.orelse, ...s.final], inside);
    }
  };
  visit(module.body, undefined);
  const rank = ({ updates, loop }: TrainingLoop) =>
    (hasLoss(loop) ? 0 : 4) +
    (updates.some((u) => u.sign === '-') ? 0 : updates.some((u) => u.sign === '+') ? 1 : updates.length > 0 ? 2 : 3);
  const ranked = found
    .map((each, i) => ({ each, i }))
    .sort((a, b) => rank(a.each) - rank(b.each) || a.i - b.i)
    .map((x) => x.each);
  // Without a loss or a step anywhere it is a recurrence: the state of a network over a sequence, of a filter over time.
  const isUpdate = (each: TrainingLoop) => hasLoss(each.loop) || each.takesSteps;
  const isWithin = (each: TrainingLoop) => {
    const { inside } = each;
    return inside !== undefined && ranked.some((o) => o !== each && calls.reach(o.loop, (f) => f === inside));
  };
  const kept = ranked.filter(isUpdate);
  return [...kept.filter((each) => !isWithin(each)), ...kept.filter(isWithin)];
}

const isSigned = (updates: readonly Update[]) => updates.some((u) => u.sign !== undefined);
const stepsIn = ({ body }: FunctionDef) => isSigned(updatesIn(body));

/** Whether a function computes one of its parameters plus or minus something. */
function movesParameter({ body }: FunctionDef, name: string | undefined): boolean {
  let moves = false;
  forEachNode(body, (n) => {
    const value = n.kind === 'Assign' || n.kind === 'Return' ? n.value : undefined;
    for (const e of value?.kind === 'Tuple' ? value.elts : value ? [value] : [])
      if (e.kind === 'BinOp' && (e.op === '-' || e.op === '+') && e.left.kind === 'Name' && e.left.id === name)
        moves = true;
  });
  return moves;
}

/** Whether all that a loop updates are gradients, as in backpropagation through the steps of a sequence. */
function isBackwardPass(loop: Loop, updates: readonly Update[]): boolean {
  return updates.length > 0 && !hasLoss(loop) && updates.every((u) => isGradientName(u.root));
}

const isGradientName = (name: string) => gradientTarget(name) !== undefined || /^(?:g|grads?|gradients?)$/i.test(name);

function hasLoss({ body }: Loop): boolean {
  let found = false;
  forEachNode(body, (n) => {
    if (n.kind === 'Assign' && n.targets.some((t) => t.kind === 'Name' && LOSS_NAME.test(t.id))) found = true;
  });
  return found;
}

/** Which functions of a module are called from where, by their names alone. */
class Calls {
  private readonly bodies = new Map<string, FunctionDef[]>();

  constructor(module: Module) {
    forEachNode(module.body, (n) => {
      if (n.kind !== 'FunctionDef') return;
      const { id } = (n as FunctionDef).name;
      this.bodies.set(id, [...(this.bodies.get(id) ?? []), n as FunctionDef]);
    });
  }

  /** `w, b = step(w, b)`, where the function answers with its first argument less something. */
  passesStep(updates: readonly Update[]): boolean {
    return updates.some(({ target, value }) => {
      if (target.kind !== 'Name' || value.kind !== 'Call' || value.func.kind !== 'Name') return false;
      const at = value.args.findIndex((a) => a.kind === 'Name' && a.id === target.id);
      return (this.bodies.get(value.func.id) ?? []).some((f) => at >= 0 && movesParameter(f, f.params[at]?.name));
    });
  }

  /** Whether a turn of the loop may call such a function, by way of others as well. */
  reach({ body }: Loop, isWanted: (f: FunctionDef) => boolean): boolean {
    const seen = new Set<string>();
    const visit = (nodes: readonly Stmt[]): boolean => {
      const names: string[] = [];
      forEachNode(nodes, (n) => {
        if (n.kind !== 'Call') return;
        if (n.func.kind === 'Name') names.push(n.func.id);
        else if (n.func.kind === 'Attribute') names.push(n.func.attr);
      });
      return names.some((name) => {
        if (seen.has(name)) return false;
        seen.add(name);
        return (this.bodies.get(name) ?? []).some((f) => isWanted(f) || visit(f.body));
      });
    };
    return visit(body);
  }
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
      for (const target of node.targets.flatMap(unpacked)) {
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

/** `w, b = step(w, b)` gives values to each of its targets. */
function unpacked(target: Expr): Expr[] {
  return target.kind === 'Tuple' || target.kind === 'List' ? target.elts.flatMap(unpacked) : [target];
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
  let calls = false;
  forEachNode(loop.body, (s) => {
    if (s.kind === 'Expr' && s.value.kind === 'Call') calls = true;
  });
  return calls;
}

/** The factors of all terms of a sum: of `mu * v - lr * g` the names `mu`, `v`, `lr` and `g`. */
export function factorsOfTerms(e: Expr): Expr[] {
  if (e.kind === 'BinOp' && (e.op === '+' || e.op === '-'))
    return [...factorsOfTerms(e.left), ...factorsOfTerms(e.right)];
  return factorsOf(e).flatMap((f) => (f.kind === 'BinOp' && f !== e ? factorsOfTerms(f) : [f]));
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
