/** ∇f of a function of several numbers, written out: the tuple of its partial derivatives. */
import { bare, type Node } from '../latex/tree';
import type { Entries } from './entries';
import type { View } from './model';

/**
 * The entries of ∇f, or of ∇f(1, 2) at its place, in the order of the parameters; of a formula without parameters by x, y and
 * z in that order, where it holds nothing else. Undefined where the order of the variables is not certain.
 */
export function gradientEntries(node: Node, view: View): Entries | undefined {
  const inner = bare(node);
  if (inner.kind !== 'gradient' || inner.order !== 1 || inner.variables.length > 0) return undefined;
  const operand = bare(inner.operand);
  const callee = operand.kind === 'call' ? operand.callee : operand;
  if (callee.kind !== 'symbol') return undefined;
  const { name } = callee;
  const names = view.function(name)?.parameters ?? coordinatesOf(name, view);
  if (!names || names.length < 2) return undefined;
  const args = operand.kind === 'call' ? operand.args : undefined;
  if (args && args.length !== names.length) return undefined;
  const { from, to } = inner;
  const symbol = (text: string): Node => ({ kind: 'symbol', name: text, base: text.replace(/[_^].*$/, ''), from, to });
  const at: Node | undefined = args && {
    kind: 'list',
    items: args.map((value, i): Node => ({
      kind: 'relation',
      operands: [symbol(names[i] as string), value],
      signs: [{ op: 'eq', from, to }],
      from,
      to,
    })),
    from,
    to,
  };
  return [
    names.map((variable): Node => {
      const partial: Node = {
        kind: 'derivative',
        partial: true,
        operand: callee,
        variables: [symbol(variable)],
        from,
        to,
      };
      return at ? { kind: 'evaluated', body: partial, at, from, to } : partial;
    }),
  ];
}

const COORDINATES = ['x', 'y', 'z'];

/** The coordinates that a formula is of, if these are all that it holds. */
function coordinatesOf(name: string, view: View): readonly string[] | undefined {
  const free = view.freeNames(name);
  return free && [...free].every((n) => COORDINATES.includes(n)) ? COORDINATES.filter((n) => free.has(n)) : undefined;
}
