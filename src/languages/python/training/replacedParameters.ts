/** Updates that put a multiple of the gradient in place of the parameter, where `p -= rate * g` was meant; found in the text. */
import type { Fault } from '../../frontEnd';
import type { Expr, Module, Stmt } from '../ast';
import { forEachNode, namesIn } from '../compile/mentions';
import { factorsOf, rootOf, shapeOf, spanOf, trainingLoops, type Update } from './loops';

/**
 * `params[key] = rate * grad[key]` in a loop that makes `grad` from `params` in every turn. A buffer that is filled like
 * this (a velocity) is not what the gradient is made from, or is used for another update.
 */
export function replacedParameters(module: Module, text: string): Fault[] {
  return trainingLoops(module).flatMap(({ loop, updates }) =>
    updates
      .filter((u) => u.sign === undefined && isReplaced(loop.body, u, updates))
      .map((u): Fault => {
        const target = text.slice(u.target.from, u.target.to);
        return {
          span: spanOf(u.statement),
          code: 'update-replaces',
          message: `\`${target}\` becomes a multiple of its gradient: the update does not subtract it from what it was`,
        };
      }),
  );
}

function isReplaced(
  body: readonly Stmt[],
  { target, root, value, statement }: Update,
  updates: readonly Update[],
): boolean {
  if (value.kind !== 'BinOp' || (value.op !== '*' && value.op !== '/')) return false;
  const factors = factorsOf(value);
  if (factors.length < 2 || namesIn(value).has(root)) return false;
  const gradient = factors.find((factor) => belongsTo(factor, target) && isMadeFrom(body, factor, root, statement));
  if (!gradient) return false;
  // What another update goes on with is a step, and not the parameter.
  return !updates.some((u) => u.statement !== statement && mentions(u.value, target));
}

/** `grad[key]` of `params[key]`, `dW` and `grad_W` of `W`. */
function belongsTo(gradient: Expr, target: Expr): boolean {
  if (target.kind === 'Subscript')
    return (
      gradient.kind === 'Subscript' && JSON.stringify(shapeOf(gradient.slice)) === JSON.stringify(shapeOf(target.slice))
    );
  const name = target.kind === 'Attribute' ? target.attr : target.kind === 'Name' ? target.id : undefined;
  const own = gradient.kind === 'Attribute' ? gradient.attr : gradient.kind === 'Name' ? gradient.id : undefined;
  if (name === undefined || own === undefined) return false;
  return [`d${name}`, `d_${name}`, `grad_${name}`, `${name}_grad`, `g_${name}`].includes(own);
}

/** Whether the body gives the gradient its value before a statement, by something that the parameter takes part in. */
function isMadeFrom(body: readonly Stmt[], gradient: Expr, root: string, before: Stmt): boolean {
  const name = rootOf(gradient);
  let made = false;
  forEachNode(body, (node) => {
    if (node.kind !== 'Assign' || node.from >= before.from) return;
    if (node.targets.some((t) => rootOf(t) === root && t.kind === 'Name')) made = false;
    if (node.targets.some((t) => rootOf(t) === name) && namesIn(node.value).has(root)) made = true;
  });
  return made;
}

function mentions(value: Expr, target: Expr): boolean {
  const own = JSON.stringify(shapeOf(target));
  let found = false;
  forEachNode(value, (n) => {
    if (n.kind === target.kind && JSON.stringify(shapeOf(n)) === own) found = true;
  });
  return found;
}
