/** Runs of a document in which its functions can be called afterwards. */
import type { Dialect } from '../../../model';
import type { Budget, Workspace } from '../../frontEnd';
import type { PythonAnalysis } from '../analysis';
import { BudgetStop } from '../errors';
import { ModuleScope } from '../frame';
import type { Session } from '../points';
import { snapshot } from '../points/values';
import { runModule } from '../run';
import { Runtime } from '../runtime';
import { givenOrigin, givenValue, isGiven } from './given';
import { ownerOf } from './owner';
import { Pins } from './pins';
import type { CallWatch } from './watch';

/** A fresh run with the home module ready. */
export function newRun(
  analysis: PythonAnalysis,
  budget: Budget,
  workspace: Workspace,
  window?: CallWatch,
): { rt: Runtime; scope: ModuleScope } {
  const { code, document, assumedImports } = analysis;
  const rt = new Runtime({ budget, workspace, spans: (site) => code.spans(site), ...(window ? { window } : {}) });
  const scope = new ModuleScope(code, '__main__', document.uri, true);
  scope.assumedImports = assumedImports;
  rt.scopes.set('__main__', scope);
  const usesArrays = dialectOf(analysis) !== 'math';
  for (const d of analysis.directives.directives) {
    if (!isGiven(d) || ownerOf(d, analysis) || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(d.name)) continue;
    const value = givenValue(rt, d, usesArrays);
    scope.given.set(d.name, { make: () => snapshot(value), origin: givenOrigin(analysis, d) });
  }
  return { rt, scope };
}

/**
 * Runs a document to its end. Calls of its functions can be watched meanwhile; afterwards `planCall` finds points in the
 * session. Throws {@link NeedsStop} where texts of the workspace are wanted first.
 */
export function openSession(
  analysis: PythonAnalysis,
  budget: Budget,
  workspace: Workspace,
  { pins = new Pins([]), watch }: { readonly pins?: Pins; readonly watch?: CallWatch } = {},
): Session {
  return finishRun({ analysis, pins, dialect: dialectOf(analysis), ...newRun(analysis, budget, workspace, watch) });
}

/** A program that uses up its budget (a training loop) has defined its functions before: the session goes on with what there is. */
export function finishRun(session: Session): Session {
  const { rt, scope, analysis } = session;
  try {
    runModule(rt, analysis.code, scope, analysis.document);
  } catch (error) {
    if (!(error instanceof BudgetStop) || error.budget === 'bytes') throw error;
  }
  return session;
}

const DIALECTS: readonly (readonly [string, Dialect])[] = [
  ['torch', 'torch'],
  ['tensorflow', 'tensorflow'],
  ['jax', 'jax'],
  ['numpy', 'numpy'],
];

export function dialectOf({ parsed, assumedImports }: PythonAnalysis): Dialect {
  const imported = new Set(
    parsed.module.body.flatMap((s) =>
      s.kind === 'Import'
        ? s.names.map((a) => a.name.split('.')[0])
        : s.kind === 'ImportFrom'
          ? [s.module.split('.')[0]]
          : [],
    ),
  );
  for (const library of assumedImports.values()) imported.add(library);
  return DIALECTS.find(([name]) => imported.has(name))?.[1] ?? 'math';
}
