/** Whether a document is about matrices: its capital letters may then not commute. */
import { bare, type Node, walk } from '../../latex/tree';
import type { DocumentAnalysis } from '../analysis';
import type { View } from '../model';

const SIGNS =
  /\bmatri(?:x|ces)\b|\\mathbb\s*\{?R\}?\s*\^|\\begin\{[a-zA-Z]*matrix\*?\}|\\(?:det|top|tr)\b|\\operatorname\{(?:tr|Tr|diag)\}|\^\s*\{?\s*(?:T\b|\\mathsf|\\intercal)/;

const known = new WeakMap<DocumentAnalysis, boolean>();

export function speaksOfMatrices(analysis: DocumentAnalysis): boolean {
  let answer = known.get(analysis);
  if (answer === undefined) known.set(analysis, (answer = SIGNS.test(analysis.document.text)));
  return answer;
}

/** Names that matrices usually have: single capital letters, plain or bold. */
export function holdsCapitals(node: Node): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n.kind === 'symbol' && /^(?:[a-z]+:)*[A-Z](?:[_^].*)?$/.test(n.name)) seen = true;
    return !seen;
  });
  return seen;
}

/** Every name in the node stands for a vector or matrix of numbers that is written out above, in the same section. */
export function isOfWrittenArrays(node: Node, view: View): boolean {
  let names = 0;
  let all = true;
  walk(node, (n) => {
    if (n.kind !== 'symbol' || !all) return;
    names++;
    const found = view.value(n.name);
    const body = found && !found.ahead ? found.definition.bodies[0] : undefined;
    all = body !== undefined && found?.definition.statement.section === view.statement.section && isWrittenOut(body);
  });
  return all && names > 0;
}

function isWrittenOut(node: Node): boolean {
  const inner = bare(node);
  if (inner.kind === 'transpose') return isWrittenOut(inner.operand);
  if (inner.kind !== 'matrix' && inner.kind !== 'tuple') return false;
  let plain = true;
  walk(inner, (n) => {
    if (n.kind === 'symbol') plain = false;
    return plain;
  });
  return plain;
}
