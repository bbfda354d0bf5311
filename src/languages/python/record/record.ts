/** Records a traceable: runs the document, and evaluates the wanted window again with its inputs as leaves. */
import { type Dialect, isUnknown, type Origin, type Site, unknown } from '../../../model';
import type { Budget, Outcome, Recorded, RecordRequest, Workspace } from '../../frontEnd';
import type { PythonAnalysis } from '../analysis';
import type { Directive } from '../../directives';
import { BudgetStop, NeedsStop, PyRaise, UnknownStop } from '../errors';
import type { Found, FoundFunction, FoundScript } from '../find/traceables';
import type { ModuleScope } from '../frame';
import { failure, runModule, type StatementHook } from '../run';
import type { Runtime } from '../runtime';
import { UnknownIteration } from '../iteration';
import { recordScript } from './script';
import { trainingLoops } from '../training/loops';
import { trainingTurn } from '../training/training';
import { callAtPoint } from './point';
import type { Session } from '../points';
import { call } from '../calls';
import { PyFunction } from '../values/object';
import { givenOrigin, givenValue, isGiven } from './given';
import { belongsTo } from './owner';
import { GivenValue, type Pin, Pins, pinsFrom } from './pins';
import { parseNamePath, sameNamePath } from '../../../format/namePath';
import { dialectOf, finishRun, newRun } from './session';
import type { CallWatch } from './watch';
import { ArgumentWindow, WindowDone, type WindowOptions } from './window';

export interface Recording {
  readonly analysis: PythonAnalysis;
  readonly request: RecordRequest;
  readonly budget: Budget;
  readonly workspace: Workspace;
  readonly pins: Pins;
  readonly dialect: Dialect;
}

/** A fresh run with the home module ready. */
export function startRun(r: Recording, window?: CallWatch): { rt: Runtime; scope: ModuleScope } {
  return newRun(r.analysis, r.budget, r.workspace, window);
}

export function runHome(r: Recording, rt: Runtime, scope: ModuleScope, hook?: StatementHook): void {
  runModule(rt, r.analysis.code, scope, r.analysis.document, hook);
}

export function record(
  analysis: PythonAnalysis,
  found: Found,
  request: RecordRequest,
  budget: Budget,
  workspace: Workspace,
): Outcome {
  try {
    // Files are read within a run.
    const reader = analysis.directives.directives.some(isGiven) ? newRun(analysis, budget, workspace).rt : undefined;
    const pins = new Pins([
      ...directivePins(analysis, found, reader),
      ...pinsFrom(request.set ?? {}, { kind: 'pinned', why: 'pinned by you' }),
    ]);
    const r: Recording = { analysis, request, budget, workspace, pins, dialect: dialectOf(analysis) };
    const outcome = 'node' in found ? recordFunction(r, found) : (turnOfScript(r, found) ?? recordScript(r, found));
    const wrt = outcome.kind === 'recorded' ? directiveOf(r, found)?.wrt : undefined;
    return wrt && wrt.length > 0 ? { ...(outcome as Recorded), wrt } : outcome;
  } catch (error) {
    if (error instanceof NeedsStop) return { kind: 'needs', uris: error.uris };
    if (error instanceof BudgetStop) {
      return unknown('budget', budgetReason(error, budget), found.nameSpan ?? found.span);
    }
    throw error;
  }
}

/**
 * The turn of a script's training loop that the moment asks for, the first where it asks for none: a gradient is by the
 * parameters that the loss used, not by those that the loop began with. Undefined where the output is no loss of such a loop.
 */
function turnOfScript(r: Recording, found: FoundScript): Outcome | undefined {
  const { analysis, request, budget, workspace } = r;
  const turn = request.moment?.[0];
  if (turn === undefined) {
    const { output } = directiveOf(r, found) ?? {};
    const wanted = request.of ?? output ?? found.name;
    if (!trainingLoops(analysis.parsed.module).some((t) => t.takesSteps)) return undefined;
    const first = trainingTurn(analysis, { ...request, of: wanted }, budget, workspace, 0);
    if (first === undefined || isUnknown(first) || !first.hasLoss || first.updated.length === 0) return undefined;
    const path = parseNamePath(wanted);
    if (!path || !sameNamePath(first.recorded.trace.outputName, path)) return undefined;
    // What a loop iterates is no loss of it.
    return first.updated.some(({ name }) => sameNamePath(name, path)) ? undefined : first.recorded;
  }
  const outcome = trainingTurn(analysis, request, budget, workspace, turn);
  if (outcome === undefined) {
    if (turn === 0) return undefined;
    const reason = `there is no turn ${turn}, counted from 0, of a loop that updates what its loss depends on`;
    return unknown('no-moment', reason, found.nameSpan ?? found.span);
  }
  if (isUnknown(outcome)) return outcome;
  return outcome.recorded;
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
  const turn = r.request.moment?.[0] ?? 0;
  const window = new ArgumentWindow(found.node, {
    dialect: r.dialect,
    pins: r.pins,
    of: outputOf(r, found),
    turn,
    describe: (rt, site) => callOrigin(r, rt, site),
    calleeAt: (rt, site) => calleeAt(analysis, rt, site),
  });
  const session = startSession(r, window);
  const { rt } = session;
  try {
    finishRun(session);
    callTests(session, found);
    rt.window = undefined;
    if (turn > 0) {
      const calls = window.calls === 1 ? 'once' : `${window.calls} times`;
      const reason = `\`${found.name}\` is called ${calls} with known arguments: there is no call ${turn}, counted from 0`;
      return unknown('no-moment', reason, found.nameSpan ?? found.span);
    }
    const { operations, milliseconds } = r.budget;
    return rt.limited(operations, milliseconds, () =>
      callAtPoint(session, () => finishRun(startSession(r)), window, found),
    );
  } catch (error) {
    if (error instanceof WindowDone) return error.outcome;
    if (error instanceof PyRaise) return failure(rt, error, analysis.document).unknown;
    if (error instanceof UnknownStop || error instanceof UnknownIteration) return error.value.unknown;
    throw error;
  }
}

/** What the reader, or a directive in the function, wants to have differentiated. */
function outputOf({ request, analysis }: Recording, found: FoundFunction): WindowOptions['of'] {
  if (request.of !== undefined) return { name: request.of, rule: 'pinned' };
  const directive = directiveOf({ analysis }, found);
  return directive && { name: directive.output, rule: 'directive' };
}

/** The `of … wrt …` that belongs to a traceable. */
export function directiveOf(
  { analysis }: Pick<Recording, 'analysis'>,
  found: Found,
): Extract<Directive, { kind: 'of' }> | undefined {
  for (const d of analysis.directives.directives) if (d.kind === 'of' && belongsTo(d, found, analysis)) return d;
  return undefined;
}

function startSession(r: Recording, window?: CallWatch): Session {
  return { analysis: r.analysis, pins: r.pins, dialect: r.dialect, ...startRun(r, window) };
}

/** Functions without parameters that mention the function and that nothing called: tests and mains call it with their arguments. */
function callTests({ rt, scope, analysis }: Session, found: FoundFunction): void {
  const mentions = new RegExp(`(?<![\\p{L}\\p{N}_])${found.node.name.id}\\s*\\(`, 'u');
  for (const s of analysis.parsed.module.body) {
    if (s.kind !== 'FunctionDef' || s === found.node || s.params.some((p) => p.default === undefined)) continue;
    if (!mentions.test(analysis.document.text.slice(s.name.to, s.to))) continue;
    const fn = scope.get(s.name.id);
    if (!(fn instanceof PyFunction) || fn.code.node !== s) continue;
    try {
      rt.limited(TEST_OPERATIONS, TEST_MILLISECONDS, () => call(rt, fn, [], undefined, -1));
    } catch (error) {
      const isOver =
        error instanceof PyRaise ||
        error instanceof UnknownStop ||
        error instanceof UnknownIteration ||
        error instanceof BudgetStop;
      if (!isOver) throw error;
    }
  }
}

const TEST_OPERATIONS = 1_000_000;
const TEST_MILLISECONDS = 1_500;

/** `minimize` of `optimize.minimize(f, x0)` */
function calleeAt({ document }: PythonAnalysis, rt: Runtime, site: Site): string {
  const { from, to } = rt.span(site);
  return /([\p{L}_][\p{L}\p{N}_]*)\s*\(/u.exec(document.text.slice(from, to))?.[1] ?? '';
}

function callOrigin(r: Recording, rt: Runtime, site: Site): Origin {
  const span = rt.span(site);
  return { kind: 'document', span, why: `from the call in ${r.analysis.line(span.from)}` };
}

/**
 * Values that directives near a traceable give; those that are drawn or read from files only with a run to read them in.
 * @throws NeedsStop
 */
export function directivePins(analysis: PythonAnalysis, found: Found, rt?: Runtime): Pin[] {
  return analysis.directives.directives.flatMap((d) => {
    if (rt && isGiven(d) && 'node' in found && belongsTo(d, found, analysis)) {
      const path = parseNamePath(d.name);
      const value = new GivenValue(givenValue(rt, d, dialectOf(analysis) !== 'math'));
      return path ? [{ path, value, origin: givenOrigin(analysis, d) }] : [];
    }
    if (d.kind !== 'at' || !belongsTo(d, found, analysis)) return [];
    const origin: Origin = {
      kind: 'directive',
      span: { from: d.from, to: d.to },
      why: `from the directive in ${analysis.line(d.from)}`,
    };
    return pinsFrom(Object.fromEntries(d.values.map(({ name, value }) => [name, value])), origin);
  });
}
