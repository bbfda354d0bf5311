/** ∇f of a function of several numbers, written out: the tuple of its partial derivatives. */
import { bare, type Node } from '../latex/tree';
import type { Entries } from './entries';
import type { View } from './model';

/**
 * The entries of ∇f, or of ∇f(1, 2) at its place, in the order of the parameters; of a formula without parameters by x, y and
 * z in that order, where it holds nothing else; of ∇_θ by θ₁, θ₂ … Undefined where the order of the variables is not certain.
 */
export function gradientEntries(node: Node, view: View): Entries | undefined {
  const inner = bare(node);
  if (inner.kind !== 'gradient' || inner.order !== 1) return undefined;
  const [by] = inner.variables.map(bare);
  const operand = bare(inner.operand);
  const callee = operand.kind === 'call' ? operand.callee : operand;
  if (callee.kind !== 'symbol') return undefined;
  const { name } = callee;
  const names = by ? partsOf(by, name, view) : (view.function(name)?.parameters ?? coordinatesOf(name, view));
  // In polar coordinates the entries are others.
  if (!names || names.length < 2 || (names.some(isRadius) && names.some(isAngle))) return undefined;
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

const isRadius = (name: string) => /^(?:r|rho|varrho)$/.test(name);
const isAngle = (name: string) => /^(?:theta|vartheta|phi|varphi)$/.test(name);

/** θ₁, θ₂ … for ∇_θ, where a formula holds these and no θ. */
function partsOf(by: Node, name: string, view: View): readonly string[] | undefined {
  const free = by.kind === 'symbol' ? view.freeNames(name) : undefined;
  if (by.kind !== 'symbol' || !free || free.has(by.name) || view.isValue(by.name)) return undefined;
  const parts = [...free].filter((n) => n.startsWith(`${by.name}_`) && /^_\d$/.test(n.slice(by.name.length))).sort();
  const first = Number(parts[0]?.at(-1));
  return parts.every((n, i) => Number(n.at(-1)) === first + i) ? parts : undefined;
}

const COORDINATES = ['x', 'y', 'z'];

/** The coordinates that a formula is of, if these are all that it holds. */
function coordinatesOf(name: string, view: View): readonly string[] | undefined {
  const free = view.freeNames(name);
  return free && [...free].every((n) => COORDINATES.includes(n)) ? COORDINATES.filter((n) => free.has(n)) : undefined;
}
