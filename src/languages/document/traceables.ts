/** What can be differentiated in a document: names that are defined by an expression of other names. */
import type { Traceable } from '../frontEnd';
import { nameToTex } from '../latex/names';
import { bare, type Node, walk } from '../latex/tree';
import type { DocumentAnalysis } from './analysis';
import type { Definition, ValueDefinition } from './definitions';
import { isUpdate, sourceIn, spanIn, type Statement } from './statements';

export interface DocumentTraceable extends Traceable {
  readonly definition: Definition;
  /** The definition is an update: its name stands for the value before it on the right, and after it on the left. */
  readonly update?: true;
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
  const add = (definition: Definition, name: string, update?: true) => {
    const ordinal = (count.get(name) ?? 0) + 1;
    count.set(name, ordinal);
    result.push({
      id: ordinal === 1 ? name : `${name}#${ordinal}`,
      name,
      kind: 'formula',
      language: analysis.document.cells ? 'markdown' : analysis.document.languageId,
      span: spanIn(definition.statement, definition.statement.node),
      nameSpan: spanIn(definition.statement, definition.nameNode),
      definition,
      ...(update ? { update } : {}),
    });
  };
  const statements = new Set<number>();
  const updates = analysis.statements.flatMap((s) => updateIn(s) ?? []);
  const { all } = analysis.table;
  const own = analysis.document.included ? all.filter((d) => !d.statement.file) : all;
  for (const definition of [...own, ...updates].sort(byPlace)) {
    if (statements.has(definition.statement.index)) continue;
    const update = isUpdate(definition.statement.node);
    if (!update && !isTraceable(definition, analysis.document.text)) continue;
    // y = f(x) = … is one formula with two names: the first stands for it.
    statements.add(definition.statement.index);
    if (update) add(definition, `${texOf(definition)} ←`, true);
    else add(definition, texOf(definition));
  }
  return result;
}

const updateDefinitions = new WeakMap<Statement, ValueDefinition>();

/** An update as the definition of its target; undefined where the statement is none, or its target no name. */
export function updateIn(statement: Statement): ValueDefinition | undefined {
  const { node } = statement;
  if (!isUpdate(node)) return undefined;
  const known = updateDefinitions.get(statement);
  if (known) return known;
  const target = bare(node.target);
  if (target.kind !== 'symbol') return undefined;
  const value = bare(node.value);
  const bodies = value.kind === 'relation' ? value.operands : [node.value];
  const definition: ValueDefinition = { kind: 'value', name: target.name, nameNode: node.target, bodies, statement };
  updateDefinitions.set(statement, definition);
  return definition;
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
function isTraceable(definition: Definition, text: string): boolean {
  let known = traceable.get(definition.nameNode);
  if (known === undefined) traceable.set(definition.nameNode, (known = appliesOperation(definition, text)));
  return known;
}

function appliesOperation({ bodies, statement }: Definition, text: string): boolean {
  return bodies.some((body) => {
    const inner = bare(body);
    // {aⁿbⁿ} alone is a set.
    if (inner.kind === 'symbol' || inner.kind === 'number' || inner.kind === 'set') return false;
    return hasName(body) && !isMeasure(body, (node) => sourceIn(statement, node, text));
  });
}

/** 2.5\,\mathrm{km}: a number with its unit. */
function isMeasure(body: Node, source: (node: Node) => string): boolean {
  let at = bare(body);
  for (; at.kind === 'binary' && (at.op === 'mul' || at.op === 'div'); at = at.left)
    if (!hasName(at.left)) return /^\\(?:mathrm|mathsf|text|textrm|operatorname|unit|si)\b/.test(source(at.right));
  return false;
}

function hasName(node: Node): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n.kind === 'symbol' && n.name !== 'pi' && n.name !== 'e') seen = true;
    return !seen;
  });
  return seen;
}
