/** The parts of an integral as they are written. */
import { bare, type IntegralNode, type Node, walk } from './tree';

/** \infty occurs. */
export const holdsInfinity = (node: Node): boolean => {
  let seen = false;
  walk(node, (n) => void (seen ||= n.kind === 'symbol' && n.name === 'infty'));
  return seen;
};

export interface IntegralParts {
  readonly body: Node;
  readonly variable: string;
  readonly lower: Node | undefined;
  readonly upper: Node | undefined;
}

/** What an integral is made of; undefined where it names no variable, several, or runs over a curve. */
export function integralParts(node: IntegralNode): IntegralParts | undefined {
  const { op, lower, upper } = node;
  if (op) return undefined;
  const [variable, ...others] = node.variables;
  if (variable) {
    // ∫∫ … dy dx: the inner one takes both marks.
    if (variable.kind !== 'symbol' || others.length > 0) return undefined;
    return { body: node.body, variable: variable.name, lower, upper };
  }
  const inner = bare(node.body);
  if (inner.kind === 'integral' && inner.variables.length === 2) {
    const [first, second] = inner.variables as [Node, Node];
    if (second.kind !== 'symbol') return undefined;
    return { body: { ...inner, variables: [first] }, variable: second.name, lower, upper };
  }
  // ∫ dx / (1 + x²)
  const fraction = bare(node.body);
  if (fraction.kind !== 'binary' || fraction.op !== 'div') return undefined;
  const found = withoutDifferential(bare(fraction.left));
  return found && { body: { ...fraction, left: found.rest }, variable: found.variable, lower, upper };
}

/** 2x dx without its dx. */
function withoutDifferential(node: Node): { readonly rest: Node; readonly variable: string } | undefined {
  if (node.kind === 'differential' && !node.partial && node.operand.kind === 'symbol')
    return { rest: { kind: 'number', value: 1, from: node.from, to: node.to }, variable: node.operand.name };
  if (node.kind !== 'binary' || node.op !== 'mul') return undefined;
  const { left, right } = node;
  if (right.kind === 'differential') {
    const found = withoutDifferential(right);
    return found && { rest: left, variable: found.variable };
  }
  if (right.kind !== 'symbol' || node.sign !== '') return undefined;
  if (left.kind === 'symbol' && left.name === 'd')
    return { rest: { kind: 'number', value: 1, from: left.from, to: right.to }, variable: right.name };
  return left.kind === 'binary' && left.op === 'mul' && left.right.kind === 'symbol' && left.right.name === 'd'
    ? { rest: left.left, variable: right.name }
    : undefined;
}
