/** What a document says about the values that names may have: `t \in \{-1, 1\}`. */
import { bare, type Node } from '../latex/tree';
import type { DocumentAnalysis } from './analysis';
import { isRelation } from './statements';

/** Finite sets of numbers, by name. A name that is declared twice has no certain domain. */
export function declaredDomains(analysis: DocumentAnalysis): ReadonlyMap<string, readonly number[]> {
  const domains = new Map<string, readonly number[]>();
  const twice = new Set<string>();
  for (const { node } of analysis.stated) {
    if (!isRelation(node) || node.signs[0]?.op !== 'in') continue;
    const [head, set] = node.operands.map(bare);
    const values = set?.kind === 'set' ? set.items.map(numberIn) : [];
    if (values.length === 0 || !values.every((v) => v !== undefined)) continue;
    const names = head?.kind === 'list' ? head.items.map(bare) : [head];
    for (const name of names) {
      if (name?.kind !== 'symbol') continue;
      if (domains.has(name.name) && String(domains.get(name.name)) !== String(values)) twice.add(name.name);
      domains.set(name.name, values);
    }
  }
  for (const name of twice) domains.delete(name);
  return domains;
}

function numberIn(node: Node): number | undefined {
  const inner = bare(node);
  if (inner.kind === 'number') return inner.value;
  if (inner.kind !== 'negative') return undefined;
  const value = numberIn(inner.operand);
  return value === undefined ? undefined : -value;
}
