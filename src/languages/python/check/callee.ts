/** Functions, methods and lambdas with a name, as the pairs of a check speak of them. */
import type { Span } from '../../../model';
import type { ClassDef, Expr, FunctionDef, Lambda, Module, Parameters, Stmt } from '../ast';
import { ownStatements, returnsOf } from './walk';

export interface Callee {
  readonly name: string;
  readonly node: FunctionDef | Lambda;
  readonly owner?: ClassDef;
  readonly nameSpan: Span;
  readonly span: Span;
}

/** Parameters without `self`. */
export function parametersOf(c: Callee): Parameters {
  return isBound(c) ? c.node.params.slice(1) : c.node.params;
}

/** Whether the first parameter is the object. */
export function isBound(c: Callee): boolean {
  if (!c.owner || c.node.kind === 'Lambda') return false;
  return !c.node.decorators.some((d) => d.kind === 'Name' && d.id === 'staticmethod');
}

/** What it may return, as written. */
export function returnedExpressions(c: Callee): readonly Expr[] {
  if (c.node.kind === 'Lambda') return [c.node.body];
  return returnsOf(c.node).flatMap((r) => (r.value ? [r.value] : []));
}

/** A field that a method leaves its result in, where it returns nothing. */
export interface KeptResult {
  readonly field: string;
  /** Nothing else that it leaves could be the result. */
  readonly isSure: boolean;
}

/** Undefined where it returns something, or leaves nothing but what it was given. */
export function keptResult(c: Callee): KeptResult | undefined {
  if (!isBound(c) || c.node.kind === 'Lambda') return undefined;
  if (returnedExpressions(c).some((e) => !(e.kind === 'Constant' && e.value.type === 'None'))) return undefined;
  const fields = new Set<string>();
  for (const s of ownStatements(c.node.body)) {
    if (s.kind !== 'Assign' || s.value.kind === 'Name') continue;
    for (const t of s.targets)
      if (t.kind === 'Attribute' && t.value.kind === 'Name' && t.value.id === 'self') fields.add(t.attr);
  }
  const names = [...fields];
  const named = names.filter((name) => RESULT_FIELD.test(name));
  if (named.length === 1) return { field: named[0] as string, isSure: true };
  const last = names.at(-1);
  return last === undefined ? undefined : { field: last, isSure: names.length === 1 };
}

const RESULT_FIELD = /^(?:out|outputs?|y|results?)$/;

export function qualifiedName(c: Callee): string {
  return c.owner ? `${c.owner.name.id}.${c.name}` : c.name;
}

/** Functions at the top of a module, lambdas with a name among them; a name that is defined again is its last. */
export function topFunctions(module: Module): Map<string, Callee> {
  const found = new Map<string, Callee>();
  const visit = (body: readonly Stmt[]): void => {
    for (const s of body) {
      if (s.kind === 'FunctionDef') found.set(s.name.id, { name: s.name.id, node: s, nameSpan: s.name, span: s });
      else if (s.kind === 'If' || s.kind === 'With' || s.kind === 'Try') visit(s.body);
      else if (s.kind === 'Assign' && s.value.kind === 'Lambda') {
        const [target] = s.targets;
        if (target?.kind === 'Name') {
          found.set(target.id, { name: target.id, node: s.value, nameSpan: target, span: s });
        }
      }
    }
  };
  visit(module.body);
  return found;
}

export function topClasses(module: Module): Map<string, ClassDef> {
  const found = new Map<string, ClassDef>();
  const visit = (body: readonly Stmt[]): void => {
    for (const s of body) {
      if (s.kind === 'ClassDef') found.set(s.name.id, s);
      else if (s.kind === 'If' || s.kind === 'Try') visit(s.body);
    }
  };
  visit(module.body);
  return found;
}

/** A method of a class, its own or of its bases in the module. */
export function methodOf(classes: ReadonlyMap<string, ClassDef>, c: ClassDef, name: string): Callee | undefined {
  for (let cls: ClassDef | undefined = c, depth = 0; cls && depth < 8; depth++) {
    const own: FunctionDef | undefined = cls.body
      .filter((s): s is FunctionDef => s.kind === 'FunctionDef' && s.name.id === name)
      .at(-1);
    if (own) return { name, node: own, owner: c, nameSpan: own.name, span: own };
    const base: Expr | undefined = cls.bases.find((b) => b.kind === 'Name' && classes.has(b.id));
    cls = base?.kind === 'Name' ? classes.get(base.id) : undefined;
  }
  return undefined;
}

/** The function or method of a module whose body holds a place, innermost. */
export function calleeAround(module: Module, { from, to }: Span): Callee | undefined {
  let found: Callee | undefined;
  const visit = (body: readonly Stmt[], owner?: ClassDef): void => {
    for (const s of body) {
      if (s.from > from || to > s.to) continue;
      if (s.kind === 'ClassDef') visit(s.body, s);
      else if (s.kind === 'FunctionDef') {
        found = { name: s.name.id, node: s, nameSpan: s.name, span: s, ...(owner ? { owner } : {}) };
        visit(s.body);
      }
    }
  };
  visit(module.body);
  return found;
}
