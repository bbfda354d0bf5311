/** Labels of a classification are 0 and 1, or −1 and 1: equalities that only hold for these are not called wrong. */
import { type Expr, num, substitute, symbols } from '../../symbolic';
import { compare, type Domains } from './compare';

/** Names that labels usually have. */
const LABEL = /^(?:(?:bf|bb|cal|tilde|vec):)?[ytY](?:[_^].*)?$/;

export const isLabel = (name: string): boolean => LABEL.test(name);

const SETS: readonly (readonly [number, number])[] = [
  [0, 1],
  [-1, 1],
];

/** Says so where two expressions agree as soon as one of their names is a label. */
export function holdsForLabels(p: Expr, q: Expr, domains: Domains): string | undefined {
  for (const name of new Set([...symbols(p), ...symbols(q)])) {
    if (!isLabel(name) || domains(name)) continue;
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
