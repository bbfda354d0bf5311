/** Labels of a classification are 0 and 1, or −1 and 1: equalities that only hold for these are not called wrong. */
import { type Expr, num, substitute, symbols } from '../../symbolic';
import { type Node, walk } from '../latex/tree';
import { compare, type Domains } from './compare';

/** Names that labels usually have. */
const LABEL = /^(?:(?:bf|bb|cal|tilde|vec):)?[ytY](?:[_^].*)?$/;

export const isLabel = (name: string): boolean => LABEL.test(name);

const SETS: readonly (readonly [number, number])[] = [
  [0, 1],
  [-1, 1],
];

/** Names that derivatives are taken by: these vary, and are neither labels nor normed. */
export function variablesOf(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes)
    walk(node, (n) => {
      const by =
        n.kind === 'derivative' || n.kind === 'gradient'
          ? n.variables
          : n.kind === 'call' && n.callee.kind === 'prime'
            ? n.args
            : [];
      for (const variable of by)
        walk(variable, (v) => {
          if (v.kind === 'symbol') names.add(v.name);
        });
    });
  return names;
}

/** Says so where two expressions agree as soon as one of their names is a label. @param varied names that are none */
export function holdsForLabels(p: Expr, q: Expr, domains: Domains, varied: ReadonlySet<string>): string | undefined {
  for (const name of new Set([...symbols(p), ...symbols(q)])) {
    if (!isLabel(name) || domains(name) || varied.has(name)) continue;
    for (const values of SETS) {
      const agree = values.every((value) => {
        const at = (e: Expr) => substitute(e, (n) => (n === name ? num(value) : undefined));
        return compare(at(p), at(q), domains).equal === true;
      });
      if (agree) return `holds if ${name} is ${values.join(' or ')}`;
    }
  }
  return undefined;
}
