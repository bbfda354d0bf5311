/** What can be differentiated in a document: names that are defined by an expression of other names. */
import type { Traceable } from '../frontEnd';
import { nameToTex } from '../latex/names';
import { bare, type Node, walk } from '../latex/tree';
import type { DocumentAnalysis } from './analysis';
import type { Definition } from './definitions';
import { spanIn } from './statements';

export interface DocumentTraceable extends Traceable {
  readonly definition: Definition;
}

const found = new WeakMap<DocumentAnalysis, readonly DocumentTraceable[]>();

export function traceablesOf(analysis: DocumentAnalysis): readonly DocumentTraceable[] {
  let list = found.get(analysis);
  if (!list) found.set(analysis, (list = find(analysis)));
  return list;
}

function find(analysis: DocumentAnalysis): DocumentTraceable[] {
  const result: DocumentTraceable[] = [];
  const count = new Map<string, number>();
  const statements = new Set<number>();
  for (const definition of [...analysis.table.all].sort(byPlace)) {
    if (!isTraceable(definition) || statements.has(definition.statement.index)) continue;
    // y = f(x) = … is one formula with two names: the first stands for it.
    statements.add(definition.statement.index);
    const name = texOf(definition);
    const ordinal = (count.get(name) ?? 0) + 1;
    count.set(name, ordinal);
    result.push({
      id: ordinal === 1 ? name : `${name}#${ordinal}`,
      name,
      kind: 'formula',
      language: analysis.document.languageId,
      span: spanIn(definition.statement, definition.statement.node),
      nameSpan: spanIn(definition.statement, definition.nameNode),
      definition,
    });
  }
  return result;
}

function byPlace(a: Definition, b: Definition): number {
  return a.statement.index - b.statement.index || a.nameNode.from - b.nameNode.from;
}

const names = new WeakMap<Node, string>();

function texOf({ name, nameNode }: Definition): string {
  let tex = names.get(nameNode);
  if (tex === undefined) names.set(nameNode, (tex = nameToTex(name)));
  return tex;
}

const traceable = new WeakMap<Node, boolean>();

/** Some form of it applies an operation to a name. */
function isTraceable(definition: Definition): boolean {
  let known = traceable.get(definition.nameNode);
  if (known === undefined) traceable.set(definition.nameNode, (known = appliesOperation(definition)));
  return known;
}

function appliesOperation(definition: Definition): boolean {
  return definition.bodies.some((body) => {
    const inner = bare(body);
    if (inner.kind === 'symbol' || inner.kind === 'number' || inner.kind === 'derivative') return false;
    return hasName(body);
  });
}

function hasName(node: Node): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n.kind === 'symbol' && n.name !== 'pi' && n.name !== 'e') seen = true;
    return !seen;
  });
  return seen;
}
