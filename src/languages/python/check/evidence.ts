/** Signs in a document that a function is meant to be a derivative, beyond its name. */
import type { Module } from '../ast';
import { type Callee, qualifiedName } from './callee';
import { gradientTarget } from './names';
import { docstringOf, type Node, nodesIn } from './walk';

/** Why a function is taken for the derivative of another, in one clause; undefined where only the names say so. */
export function gradientEvidence(module: Module, forward: Callee, backward: Callee): string | undefined {
  if (backward.node.kind === 'FunctionDef') {
    const doc = docstringOf(backward.node);
    if (/derivative|gradient|jacobian|slope|back(?:ward|prop)|∂|\bgrad\b|\bd\w\/d\w/i.test(doc)) {
      return 'its docstring says so';
    }
  }
  return isUsedAsGradient(module, forward, backward)
    ? `\`${qualifiedName(backward)}\` is used as a gradient`
    : undefined;
}

const isCallOf = (node: Node, name: string): boolean =>
  node.kind === 'Call' &&
  ((node.func.kind === 'Name' && node.func.id === name) || (node.func.kind === 'Attribute' && node.func.attr === name));

/** `x -= rate * df(x)`, `delta = error * df(z)`, `x - f(x) / df(x)`, `minimize(f, x0, jac=df)`, `dz = da * df(z)`. */
function isUsedAsGradient(module: Module, forward: Callee, backward: Callee): boolean {
  const { name } = backward;
  for (const node of nodesIn(module.body)) {
    if (node.kind === 'AugAssign' && node.op === '-' && [...nodesIn(node.value)].some((n) => isCallOf(n, name)))
      return true;
    if (node.kind === 'Assign' && [...nodesIn(node.value)].some((n) => isCallOf(n, name))) {
      for (const target of node.targets) {
        if (target.kind === 'Name' && gradientTarget(target.id) !== undefined) return true;
        // x = x - rate * df(x)
        if (
          target.kind === 'Name' &&
          node.value.kind === 'BinOp' &&
          node.value.op === '-' &&
          node.value.left.kind === 'Name' &&
          node.value.left.id === target.id
        ) {
          return true;
        }
      }
    }
    if (node.kind === 'BinOp') {
      const [left, right] = [node.left, node.right].map((side) => [...nodesIn(side)]);
      // Newton: f(x) / df(x)
      if (node.op === '/' && left?.some((n) => isCallOf(n, forward.name)) && right?.some((n) => isCallOf(n, name))) {
        return true;
      }
      // A product of derivatives: the chain rule.
      if (node.op === '*' && [node.left, node.right].some((side) => isCallOf(side, name))) return true;
    }
    if (node.kind === 'Call') {
      for (const k of node.keywords) {
        if (
          k.arg !== undefined &&
          /^(?:jac|fprime|grad|gradient|df|Dfun|derivative|grad_f|hess|f_prime)$/.test(k.arg) &&
          k.value.kind === 'Name' &&
          k.value.id === name
        ) {
          return true;
        }
      }
      // Given with its function: newton(f, df, x0), Layer(sigmoid, sigmoid_prime).
      const given = node.args.flatMap((a) => (a.kind === 'Name' ? [a.id] : []));
      if (given.includes(name) && given.includes(forward.name)) return true;
    }
  }
  return false;
}
