/** Runs Python texts for tests. */
import { DEFAULT_BUDGET, type Budget, type Workspace } from '../../../src/languages/frontEnd';
import { analyse } from '../../../src/languages/python/analysis';
import { BudgetStop } from '../../../src/languages/python/errors';
import { ModuleScope } from '../../../src/languages/python/frame';
import { runModule } from '../../../src/languages/python/run';
import { Runtime } from '../../../src/languages/python/runtime';

export const NO_WORKSPACE: Workspace = { text: () => null, bytes: () => null, roots: [] };

export interface Evaluated {
  readonly rt: Runtime;
  readonly scope: ModuleScope;
  /** What it printed; an exception that escapes ends it with `!Name: message`. */
  readonly output: string;
  readonly stopped: keyof Budget | undefined;
}

export function evaluate(text: string, budget: Budget = DEFAULT_BUDGET, workspace = NO_WORKSPACE): Evaluated {
  const analysis = analyse({ uri: 'file:///test.py', languageId: 'python', version: 1, text });
  const { code } = analysis;
  const rt = new Runtime({ budget, workspace, spans: (site) => code.spans(site) });
  const scope = new ModuleScope(code, '__main__', 'file:///test.py', true);
  rt.scopes.set('__main__', scope);
  let stopped: keyof Budget | undefined;
  try {
    runModule(rt, code, scope, { text });
  } catch (error) {
    if (!(error instanceof BudgetStop)) throw error;
    stopped = error.budget;
  }
  const reason = (scope.mishap ?? scope.failure)?.unknown.reason;
  const escaped = reason === undefined ? '' : `!${reason.replace(/^line \d+ raises /, '')}\n`;
  return { rt, scope, output: rt.stdout + escaped, stopped };
}
