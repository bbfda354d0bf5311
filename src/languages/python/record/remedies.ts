/** What would make something known: directives that give shapes and samplers to names that can not be evaluated. */
import { printNamePath } from '../../../format/namePath';
import type { Span } from '../../../model';
import type { Budget, Remedy, Workspace } from '../../frontEnd';
import type { PythonAnalysis } from '../analysis';
import type { Expr, Parameter, Stmt } from '../ast';
import { forEachChild } from '../compile/scopes';
import { isMainGuard } from '../compile/program';
import { assignedNames } from '../find/traceables';
import { type Choice, type Leaf, LeafMaker } from '../points/choices';
import { gatherEvidence } from '../points/evidence';
import { shapeNotes } from '../points/shapeNotes';
import { Sizes } from '../points/sizes';
import { PyUnknown } from '../values/object';
import { openSession } from './session';
import type { Session } from '../points';

/**
 * Directives for the unknown names that a place depends on: those that its statement assigns, or those that the function or
 * script around it is unknown for.
 * @throws NeedsStop
 */
export function remedies(
  analysis: PythonAnalysis,
  offset: number,
  reasons: readonly Span[],
  budget: Budget,
  workspace: Workspace,
): readonly Remedy[] {
  const session = openSession(analysis, budget, workspace);
  return rootStatements(session).flatMap((s) => {
    const line = lineOf(analysis.document.text, s);
    return unknownNames(session, s).flatMap((name) => {
      const { span } = (session.scope.get(name) as PyUnknown).unknown;
      const isHere = line.from <= offset && offset <= line.to;
      if (!isHere && !reasons.some((r) => r.from === span.from && r.to === span.to)) return [];
      const directive = directiveFor(analysis, name, s);
      if (!directive) return [];
      const indent = /^[ \t]*/.exec(analysis.document.text.slice(line.from)) as RegExpExecArray;
      return [
        { title: `Give ${name} sample numbers: ${directive}`, at: line.from, text: `${indent[0]}${directive}\n` },
      ];
    });
  });
}

/** Assignments with which something unknown begins, not those that only pass it on. */
function rootStatements(session: Session): Stmt[] {
  const top = session.analysis.parsed.module.body.flatMap((s) => (isMainGuard(s) ? s.body : [s]));
  const assigned = new Set<string>();
  const causes = new Set<string>();
  return top.filter((s) => {
    if (s.kind !== 'Assign' && s.kind !== 'AnnAssign') return false;
    const names = unknownNames(session, s);
    // By way of a function it may be the same unknown again.
    const own = names.map((name) => causeOf(session, name));
    const isRoot =
      names.length > 0 &&
      s.value !== undefined &&
      !mentionsAny(s.value, assigned) &&
      !own.some((cause) => causes.has(cause));
    for (const name of names) assigned.add(name);
    for (const cause of own) causes.add(cause);
    return isRoot;
  });
}

function causeOf({ scope }: Session, name: string): string {
  const { span, code } = (scope.get(name) as PyUnknown).unknown;
  return `${code} ${span.from} ${span.to}`;
}

function unknownNames({ scope }: Session, s: Stmt): string[] {
  return assignedNames(s).filter((name) => scope.get(name) instanceof PyUnknown);
}

function mentionsAny(e: Expr, names: ReadonlySet<string>): boolean {
  if (e.kind === 'Name') return names.has(e.id);
  let found = false;
  forEachChild(e, (child) => {
    found ||= mentionsAny(child, names);
  });
  return found;
}

/** `# wengert: given x: float[2, 3] ~ normal(0, 1, seed=0)`, in the shape that the rest of the document asks for. */
function directiveFor({ document, parsed }: PythonAnalysis, name: string, s: Stmt): string | undefined {
  const parameter: Parameter = { name, kind: 'positional', from: s.from, to: s.to };
  const evidence = gatherEvidence({ params: [parameter], body: parsed.module.body.filter((other) => other !== s) });
  const line = lineOf(document.text, s);
  const notes = shapeNotes({ from: s.from, to: line.to, params: [parameter] }, undefined, document.text);
  const leaves: Leaf[] = [];
  const tree = new LeafMaker(evidence, notes, new Sizes(), leaves).parameter(parameter);
  const [leaf] = leaves;
  // An object with parts can not be given by one sampler.
  if (tree?.kind !== 'leaf' || !leaf) return undefined;
  const sampler = samplerText(leaf.choices[0] as Choice);
  return sampler && `# wengert: given ${printNamePath(leaf.path)}: ${sampler}`;
}

function samplerText(choice: Choice): string | undefined {
  switch (choice.kind) {
    case 'number':
      return 'float ~ normal(0, 1, seed=0)';
    case 'integer':
      return `int ~ randint(1, ${Math.max(2, choice.value + 1)}, seed=0)`;
    case 'array':
      return `float[${choice.shape.join(', ')}] ~ normal(0, 1, seed=0)`;
    case 'labels':
      return `int[${choice.shape.join(', ')}] ~ randint(0, ${choice.below}, seed=0)`;
    default:
      return undefined;
  }
}

function lineOf(text: string, { from }: Span): Span {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', from);
  return { from: start, to: end < 0 ? text.length : end };
}
