/**
 * Training loops whose gradients are written by hand, found in the text: a loss, and parameters that are moved against
 * what is meant to be its gradient, in the loop itself or by functions that it calls.
 */
import type { Span } from '../../../model';
import type { Expr, FunctionDef, Module, Stmt } from '../ast';
import { LOSS_NAME } from '../find/lossNames';
import { assignedNames } from '../find/traceables';
import { factorsOf, type Loop, pathText, type TrainingLoop, type Update, updatesIn } from '../training/loops';
import { gradientTarget, isLearningRate } from './names';
import { reachable } from './reach';
import { namesIn, nodesIn } from './walk';

export interface LoopPair {
  readonly kind: 'loop';
  readonly id: string;
  readonly name: string;
  readonly style: 'inline';
  readonly span: Span;
  readonly nameSpan: Span;
  /** The loss by its name in the loop. */
  readonly loss: string;
  readonly body: readonly Stmt[];
  readonly training: TrainingLoop;
  /** Whether the loss has a name that no other quantity goes by. */
  readonly isNamedLoss: boolean;
}

/** The loops of a module that compute a loss, and take steps along gradients of their own. */
export function loopPairs(module: Module): LoopPair[] {
  const pairs: LoopPair[] = [];
  const visit = (body: readonly Stmt[], inside: FunctionDef | undefined): void => {
    for (const s of body) {
      if (s.kind === 'For' || s.kind === 'While') {
        const before = pairs.length;
        visit(s.body, inside);
        // Of nested loops the one that takes the steps.
        if (pairs.length > before) continue;
        const pair = pairOf(module, s, inside, pairs);
        if (pair) pairs.push(pair);
      } else if (s.kind === 'FunctionDef') visit(s.body, s);
      else if (s.kind === 'ClassDef' || s.kind === 'With') visit(s.body, inside);
      else if (s.kind === 'If') visit([...s.body, ...s.orelse], inside);
      else if (s.kind === 'Try') visit([...s.body, ...s.orelse, ...s.final], inside);
    }
  };
  visit(module.body, undefined);
  return pairs;
}

function pairOf(
  module: Module,
  loop: Loop,
  inside: FunctionDef | undefined,
  known: readonly LoopPair[],
): LoopPair | undefined {
  const updates = updatesIn(loop.body);
  const first = firstStep(loop.body, updates);
  if (!first || differentiatesItself(loop)) return undefined;
  // A loss behind the step is the loss of the new parameters.
  const loss = loop.body
    .filter((s) => s.from < first.from)
    .flatMap((s) => nodesOf(s))
    .filter((e) => LOSS_NAME.test(e.id))
    .at(-1);
  if (!loss || updates.some((u) => u.root === loss.id && u.sign !== undefined)) return undefined;
  if (hasOtherLoss(loop.body, loss.id, first, updates)) return undefined;
  const gradients = gradientNames(loop.body, updates);
  const steps = gradients.length > 0 ? gradients : handwritten(module, loop) ? updatedNames(updates) : [];
  const [shown] = steps;
  if (!shown) return undefined;
  const id = `${loss.id}:${shown.text}`;
  const count = known.filter((p) => p.id === id || p.id.startsWith(`${id}#`)).length;
  return {
    kind: 'loop',
    id: count === 0 ? id : `${id}#${count + 1}`,
    name: [...new Set(steps.map((s) => s.text))].join(', '),
    style: 'inline',
    span: { from: loop.from, to: loop.to },
    nameSpan: shown.span,
    loss: loss.id,
    body: loop.body,
    training: { loop, inside, updates, takesSteps: true },
    isNamedLoss: /loss|cost|objective|nll|mse|^[JL]$/i.test(loss.id),
  };
}

/**
 * Whether steps are taken by another loss as well, as where two networks play against each other: one that is no part of the
 * first and stands before it, or between its steps and others. Which step belongs to which is not known.
 */
function hasOtherLoss(body: readonly Stmt[], loss: string, first: Stmt, updates: readonly Update[]): boolean {
  const parts = new Set([loss]);
  for (const s of [...body].reverse())
    if (nodesOf(s).some((n) => parts.has(n.id)))
      for (const n of nodesIn(s)) if (n.kind === 'Name' && LOSS_NAME.test(n.id)) parts.add(n.id);
  const others = body.filter((s) => nodesOf(s).some((n) => LOSS_NAME.test(n.id) && !parts.has(n.id)));
  return others.some(
    (s) =>
      s.from < first.from || updates.some((u) => u.sign === '-' && u.statement.from > s.from && s.from > first.from),
  );
}

/** Names that a statement gives values to. */
function nodesOf(s: Stmt): Extract<Expr, { kind: 'Name' }>[] {
  const names = new Set(assignedNames(s));
  return [...nodesIn(s)].filter((n): n is Extract<Expr, { kind: 'Name' }> => n.kind === 'Name' && names.has(n.id));
}

/** The first statement of a body that moves something by a gradient, or hands gradients to what does. */
function firstStep(body: readonly Stmt[], updates: readonly Update[]): Stmt | undefined {
  const steps = updates.filter((u) => u.sign === '-' || isHandedOn(u));
  return body.find((s) => steps.some((u) => s.from <= u.statement.from && u.statement.to <= s.to));
}

/** `parameters = update(parameters, grads, rate)` */
function isHandedOn({ sign, value }: Update): boolean {
  return (
    sign === undefined &&
    value.kind === 'Call' &&
    [...nodesIn(value.args)].some((n) => n.kind === 'Name' && isGradientName(n.id))
  );
}

export function isGradientName(name: string): boolean {
  return (
    gradientTarget(name) !== undefined || /^(?:grads?|gradients?|g|dx|slope|nabla)$|grad|^d[A-Z]|^slope_/i.test(name)
  );
}

/** Automatic differentiation is checked elsewhere. */
function differentiatesItself(loop: Loop): boolean {
  return [...nodesIn(loop.body)].some(
    (n) =>
      n.kind === 'Call' &&
      n.func.kind === 'Attribute' &&
      /^(?:zero_grad|apply_gradients|value_and_grad|minimize)$/.test(n.func.attr),
  );
}

interface Named {
  readonly text: string;
  readonly span: Span;
}

/** What is subtracted, where it has a name that the body gives a value to. */
function gradientNames(body: readonly Stmt[], updates: readonly Update[]): Named[] {
  const made = body.flatMap((s) => nodesOf(s));
  return updates.flatMap((u): Named[] => {
    if (u.sign !== '-') return [];
    const names = [...namesIn(u.value)].filter((name) => name !== u.root && !isLearningRate(name));
    const places = made.filter((n) => names.includes(n.id) && n.from < u.statement.from);
    const [place] = places;
    const isRate = factorsOf(u.value).some((e) => isLearningRate(pathText(e)?.split('.').at(-1) ?? ''));
    if (!place || new Set(places.map((p) => p.id)).size > 1) return [];
    return isGradientName(place.id) || isRate || isScaled(u.value) ? [{ text: place.id, span: place }] : [];
  });
}

/** A name, or a product of names and numbers: a rate times a gradient. */
function isScaled(e: Expr): boolean {
  if (e.kind === 'Name' || e.kind === 'Constant' || e.kind === 'Attribute') return true;
  return e.kind === 'BinOp' && e.op === '*' && isScaled(e.left) && isScaled(e.right);
}

/** Whether names of gradients are given values in the loop or in what it calls, or a rate stands before what is subtracted. */
function handwritten(module: Module, loop: Loop): boolean {
  const rates = updatesIn(loop.body).some(
    (u) => u.sign === '-' && factorsOf(u.value).some((e) => isLearningRate(pathText(e)?.split('.').at(-1) ?? '')),
  );
  if (rates) return true;
  for (const body of reachable(module, loop.body)) {
    for (const n of nodesIn(body)) {
      if (n.kind === 'Assign' && n.targets.some((t) => t.kind === 'Name' && isGradientName(t.id))) return true;
    }
  }
  return false;
}

function updatedNames(updates: readonly Update[]): Named[] {
  return updates.flatMap((u) =>
    u.sign === '-' || isHandedOn(u) ? [{ text: `step of ${pathText(u.target) ?? u.root}`, span: u.target }] : [],
  );
}
