/**
 * Runs of a document for checks: definitions and the names that they use, without the rest of the program; and what the
 * whole program gives to each function when it calls it.
 */
import type { Budget, Workspace } from '../../frontEnd';
import type { Stmt } from '../ast';
import type { PythonAnalysis } from '../analysis';
import { assignedNames } from '../find/traceables';
import { BudgetStop } from '../errors';
import { ModuleScope } from '../frame';
import { runModule } from '../run';
import type { Dialect } from '../../../model';
import type { Session } from '../points';
import type { Pins } from '../record/pins';
import { dialectOf } from '../record/session';
import { solverArguments, solverFrame } from '../points/solvers';
import type { CallWatch } from '../record/watch';
import { PyFunction, type PyValue } from '../values/object';
import { Runtime } from '../runtime';
import { namesIn, nodesIn } from './walk';
import { type Maker, snapshot } from './snapshot';

/** A call that the program makes: the values of the parameters, by name, as they were. */
export interface SeenCall {
  readonly arguments: ReadonlyMap<string, Maker>;
}

/** How far a program is run to see what it calls its functions with; the time is for what the operations do not bound. */
const PROGRAM = { operations: 1_000_000, milliseconds: 5_000 };

/** Calls of one function that are kept. */
const MAX_CALLS = 3;

export class Workbench {
  private readonly needed: ReadonlySet<Stmt>;
  private readonly dialect: Dialect;
  private seen: Map<object, SeenCall[]> | undefined;

  constructor(
    readonly analysis: PythonAnalysis,
    readonly budget: Budget,
    readonly workspace: Workspace,
    readonly pins: Pins,
    /** Takes down which functions a check comes through. */
    private readonly entered?: Set<object>,
  ) {
    this.dialect = dialectOf(analysis);
    this.needed = definitionsOf(analysis.code.top.map((t) => t.node));
  }

  /** A fresh run with all definitions. @throws NeedsStop */
  open(): Session {
    const run = this.fresh();
    try {
      runModule(run.rt, this.analysis.code, run.scope, this.analysis.document, {
        skips: ({ node }) => !this.needed.has(node),
      });
    } catch (error) {
      // What takes too long is left out: the functions may do without it.
      if (!(error instanceof BudgetStop)) throw error;
    }
    // Setting up took its share; the check itself starts with a full budget.
    const session = this.fresh(run);
    session.rt.entered = this.entered;
    return session;
  }

  private fresh(from?: Session, window?: CallWatch, budget = this.budget): Session {
    const { analysis, pins, dialect } = this;
    const { code, document } = analysis;
    const rt = new Runtime({
      budget,
      workspace: this.workspace,
      spans: (site) => code.spans(site),
      ...(window ? { window } : {}),
    });
    if (from) {
      for (const [key, value] of from.rt.modules) rt.modules.set(key, value);
      for (const [key, value] of from.rt.state) rt.state.set(key, value);
      for (const [key, value] of from.rt.scopes) rt.scopes.set(key, value);
      return { analysis, pins, dialect, rt, scope: from.scope };
    }
    const scope = new ModuleScope(code, '__main__', document.uri, true);
    rt.scopes.set('__main__', scope);
    return { analysis, pins, dialect, rt, scope };
  }

  /** The first calls of a function when the whole program runs. @throws NeedsStop */
  callsOf(node: object): readonly SeenCall[] {
    if (!this.seen) {
      const seen = new Map<object, SeenCall[]>();
      const keep = (fn: PyFunction, slots: readonly (PyValue | undefined)[], first = false): void => {
        const values = new Map<string, Maker>();
        for (const [i, p] of fn.code.params.entries()) {
          const value = slots[i];
          if (value === undefined) continue;
          const maker = snapshot(value);
          if (!maker) return;
          values.set(p.name, maker);
        }
        const calls = seen.get(fn.code.node) ?? [];
        seen.set(fn.code.node, calls);
        if (first) calls.unshift({ arguments: values });
        else calls.push({ arguments: values });
      };
      const watch: CallWatch = {
        matches: (fn) => fn.module.home && (seen.get(fn.code.node)?.length ?? 0) < MAX_CALLS,
        record(_rt, fn, frame) {
          keep(fn, frame.slots);
          return undefined;
        },
        // A solver begins at a point that is written in its call.
        unknownCall: (rt, args, kwargs, site) => {
          const { from, to } = rt.span(site);
          const routine = /([\p{L}_]\w*)\s*\(/u.exec(this.analysis.document.text.slice(from, to))?.[1] ?? '';
          for (const given of [...args, ...(kwargs?.values() ?? [])]) {
            if (!(given instanceof PyFunction) || !given.module.home) continue;
            const start = solverArguments(routine, args, kwargs, (fn) => fn === given);
            const frame = start && solverFrame(rt, given, start.values);
            if (frame) keep(given, frame.slots, true);
          }
        },
      };
      const { rt, scope } = this.fresh(undefined, watch, { ...this.budget, ...PROGRAM });
      try {
        runModule(rt, this.analysis.code, scope, this.analysis.document);
      } catch (error) {
        if (!(error instanceof BudgetStop)) throw error;
      }
      this.seen = seen;
    }
    return this.seen.get(node) ?? [];
  }
}

/**
 * The statements that functions and classes need: themselves, imports, seeds, and whatever gives a value to a name that
 * they mention.
 */
function definitionsOf(top: readonly Stmt[]): Set<Stmt> {
  const kept = new Set<Stmt>();
  const wanted = new Set<string>();
  const keep = (s: Stmt): void => {
    kept.add(s);
    for (const name of namesIn(s)) wanted.add(name);
  };
  for (const s of top) {
    if (s.kind === 'FunctionDef' || s.kind === 'ClassDef' || s.kind === 'Import' || s.kind === 'ImportFrom') keep(s);
    else if (isSeeding(s)) kept.add(s);
    else if (s.kind === 'Assign' && [...nodesIn(s.value)].some((n) => n.kind === 'Lambda')) keep(s);
  }
  for (let grown = true; grown;) {
    grown = false;
    for (const s of top) {
      if (kept.has(s) || !changes(s).some((name) => wanted.has(name))) continue;
      keep(s);
      grown = true;
    }
  }
  return kept;
}

function isSeeding(s: Stmt): boolean {
  return (
    s.kind === 'Expr' &&
    s.value.kind === 'Call' &&
    s.value.func.kind === 'Attribute' &&
    /^(?:seed|manual_seed|set_seed)$/.test(s.value.func.attr)
  );
}

/** Names whose value a statement makes or changes. */
function changes(s: Stmt): string[] {
  const names = assignedNames(s);
  const roots = (e: unknown): void => {
    for (const node of nodesIn(e)) {
      if (node.kind === 'Name') {
        names.push(node.id);
        return;
      }
    }
  };
  if (s.kind === 'Assign') {
    for (const t of s.targets) if (t.kind === 'Subscript' || t.kind === 'Attribute') roots(t);
  } else if (s.kind === 'AugAssign') roots(s.target);
  else if (s.kind === 'Expr' && s.value.kind === 'Call' && s.value.func.kind === 'Attribute') roots(s.value.func.value);
  return names;
}
