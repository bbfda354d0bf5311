/** Records a traceable: runs the document, and evaluates the wanted window again with its inputs as leaves. */
import { type Dialect, type Origin, type Site, unknown } from '../../../model';
import type { Budget, Outcome, RecordRequest, Workspace } from '../../frontEnd';
import type { PythonAnalysis } from '../analysis';
import type { Directive } from '../directives';
import { BudgetStop, NeedsStop, PyRaise, UnknownStop } from '../errors';
import type { Found, FoundFunction } from '../find/traceables';
import { ModuleScope } from '../frame';
import { failure, runModule, type StatementHook } from '../run';
import { Runtime } from '../runtime';
import { UnknownIteration } from '../iteration';
import { recordScript } from './script';
import { callAtPoint } from './point';
import { type Pin, Pins, pinsFrom } from './pins';
import { ArgumentWindow, WindowDone } from './window';

export interface Recording {
  readonly analysis: PythonAnalysis;
  readonly request: RecordRequest;
  readonly budget: Budget;
  readonly workspace: Workspace;
  readonly pins: Pins;
  readonly dialect: Dialect;
}

/** A fresh run with the home module ready. */
export function startRun(r: Recording, window?: ArgumentWindow): { rt: Runtime; scope: ModuleScope } {
  const { code, document } = r.analysis;
  const rt = new Runtime({
    budget: r.budget,
    workspace: r.workspace,
    spans: (site) => code.spans(site),
    ...(window ? { window } : {}),
  });
  const scope = new ModuleScope(code, '__main__', document.uri, true);
  rt.scopes.set('__main__', scope);
  return { rt, scope };
}

export function runHome(r: Recording, rt: Runtime, scope: ModuleScope, hook?: StatementHook): void {
  runModule(rt, r.analysis.code, scope, r.analysis.document.text, hook);
}

export function record(
  analysis: PythonAnalysis,
  found: Found,
  request: RecordRequest,
  budget: Budget,
  workspace: Workspace,
): Outcome {
  const pins = new Pins([
    ...directivePins(analysis, found),
    ...pinsFrom(request.set ?? {}, { kind: 'pinned', why: 'pinned by you' }),
  ]);
  const r: Recording = { analysis, request, budget, workspace, pins, dialect: dialectOf(analysis) };
  try {
    return 'node' in found ? recordFunction(r, found) : recordScript(r, found);
  } catch (error) {
    if (error instanceof NeedsStop) return { kind: 'needs', uris: error.uris };
    if (error instanceof BudgetStop) {
      return unknown('budget', budgetReason(error, budget), found.nameSpan ?? found.span);
    }
    throw error;
  }
}

export function budgetReason({ budget }: BudgetStop, limits: Budget): string {
  switch (budget) {
    case 'operations':
      return `the evaluation stopped after ${limits.operations.toLocaleString('en')} operations`;
    case 'bytes':
      return 'the evaluation stopped because it needs too much memory';
    case 'depth':
      return 'the evaluation stopped because calls are nested too deeply';
    default:
      return `the evaluation stopped after ${limits.milliseconds / 1000} seconds`;
  }
}

function recordFunction(r: Recording, found: FoundFunction): Outcome {
  const { analysis } = r;
  const window = new ArgumentWindow(found.node, {
    dialect: r.dialect,
    pins: r.pins,
    of: r.request.of,
    turn: r.request.moment?.[0] ?? 0,
    describe: (rt, site) => callOrigin(r, rt, site),
  });
  const { rt, scope } = startRun(r, window);
  try {
    runHome(r, rt, scope);
    return callAtPoint(r, rt, scope, window, found);
  } catch (error) {
    if (error instanceof WindowDone) return error.outcome;
    if (error instanceof PyRaise) return failure(rt, error, analysis.document.text).unknown;
    if (error instanceof UnknownStop || error instanceof UnknownIteration) return error.value.unknown;
    throw error;
  }
}

function callOrigin(r: Recording, rt: Runtime, site: Site): Origin {
  const span = rt.span(site);
  return { kind: 'document', span, why: `from the call in line ${r.analysis.line(span.from)}` };
}

/** Values that `at` directives near a traceable give. */
function directivePins(analysis: PythonAnalysis, found: Found): Pin[] {
  return analysis.directives.directives.flatMap((d) => {
    if (d.kind !== 'at' || !belongsTo(d, found, analysis)) return [];
    const origin: Origin = {
      kind: 'directive',
      span: { from: d.from, to: d.to },
      why: `from the directive in line ${analysis.line(d.from)}`,
    };
    return pinsFrom(d.values, origin);
  });
}

/** A directive inside a function or right above it is that function's; any other is the script's. */
export function belongsTo(d: Directive, found: Found, analysis: PythonAnalysis): boolean {
  const owner = analysis.everything.find(
    (t) => 'node' in t && ((d.from >= t.span.from && d.to <= t.span.to) || rightAbove(d, t.node, analysis)),
  );
  return owner ? owner === found : !('node' in found);
}

function rightAbove(d: Directive, node: { readonly from: number }, analysis: PythonAnalysis): boolean {
  if (d.to > node.from) return false;
  const between = analysis.document.text.slice(d.to, node.from);
  return /^(?:\s|#[^\n]*\n|@[^\n]*\n)*$/.test(between);
}

const DIALECTS: readonly (readonly [string, Dialect])[] = [
  ['torch', 'torch'],
  ['tensorflow', 'tensorflow'],
  ['jax', 'jax'],
  ['numpy', 'numpy'],
];

function dialectOf({ parsed }: PythonAnalysis): Dialect {
  const imported = new Set(
    parsed.module.body.flatMap((s) =>
      s.kind === 'Import'
        ? s.names.map((a) => a.name.split('.')[0])
        : s.kind === 'ImportFrom'
          ? [s.module.split('.')[0]]
          : [],
    ),
  );
  return DIALECTS.find(([name]) => imported.has(name))?.[1] ?? 'math';
}
