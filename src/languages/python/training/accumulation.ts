/** Gradients that are added up over the turns of a loop and never set back, found in the text. */
import type { Span } from '../../../model';
import type { Expr, Stmt } from '../ast';
import { forEachNode } from '../compile/mentions';
import { factorsOf, rootOf, shapeOf, spanOf, type TrainingLoop, type Update } from './loops';

const key = (e: Expr) => JSON.stringify(shapeOf(e));

/**
 * Where something is updated by a sum that only grows: `g += …` in every turn, `w -= lr * g`, and nothing in the loop that
 * sets `g` back or hands it out. A gradient that is accumulated on purpose is set back somewhere.
 */
export function notReset({ loop, updates }: TrainingLoop): { name: string; span: Span }[] {
  const found: { name: string; span: Span }[] = [];
  for (const sum of updates.filter(isPlainSum)) {
    const step = updates.find(
      (u) => u !== sum && u.sign !== undefined && !isPart(u.target, sum) && isFactor(u.value, sum.target),
    );
    if (step && !isSetBack(loop.body, sum)) found.push({ name: sum.root, span: spanOf(step.statement) });
  }
  return found;
}

/** `g += x`, where x is not made from g: a sum, not an average that forgets. */
function isPlainSum({ sign, statement, value, target }: Update): boolean {
  if (sign !== '+' || statement.kind !== 'AugAssign') return false;
  let own = false;
  forEachNode(value, (n) => {
    if (n.kind === target.kind && key(n as Expr) === key(target)) own = true;
  });
  return !own;
}

function isPart(target: Expr, sum: Update): boolean {
  return rootOf(target) === sum.root;
}

function isFactor(value: Expr, target: Expr): boolean {
  return factorsOf(value).some((f) => key(f) === key(target));
}

/** Whether anything else in the body touches the sum: an assignment, a method, a call that is given it. */
function isSetBack(body: readonly Stmt[], sum: Update): boolean {
  let touched = false;
  forEachNode(body, (node) => {
    if (node === sum.statement) return;
    if (node.kind === 'Assign' && node.targets.some((t) => rootOf(t) === sum.root)) touched = true;
    if (node.kind === 'AugAssign' && node !== sum.statement && rootOf(node.target) === sum.root) touched = true;
    if (node.kind === 'For' && rootOf(node.target) === sum.root) touched = true;
    if (node.kind === 'Call') {
      const given = [...node.args, ...node.keywords.map((k) => k.value)];
      if (node.func.kind === 'Attribute' && rootOf(node.func.value) === sum.root) touched = true;
      if (given.some((a) => rootOf(a) === sum.root)) touched = true;
    }
  });
  return touched;
}
