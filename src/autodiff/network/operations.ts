/** Kinds of operations that the recognition of layers tells apart. */
/** Products whose factors are a weight and what it weighs. */
const CONTRACTIONS = new Set(['matmul', 'dot', 'inner', 'tensordot', 'einsum', 'contract', 'conv']);
/** Operations that only arrange elements. */
const ARRANGING = new Set(['reshape', 'transpose', 'permute', 'index', 'broadcast', 'cast', 'pick', 'flip', 'mark']);

export function isContraction(op: string): boolean {
  return CONTRACTIONS.has(op);
}

export function isArranging(op: string): boolean {
  return ARRANGING.has(op);
}
