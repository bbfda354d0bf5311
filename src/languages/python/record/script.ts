/** Records the statements of a module: literal assignments are its leaves. */
import { Recorder } from '../../../autodiff/recorder';
import { connectedInputs } from '../../../autodiff/sweeps';
import { type Trace, type TraceInput, withChanges } from '../../../autodiff/trace';
import { isAnyPart, nameOf, parseNamePath, printNamePath, sameNamePath } from '../../../format/namePath';
import { isUnknown, type NamePath, type Origin, unknown } from '../../../model';
import type { Budget, Choice, Outcome } from '../../frontEnd';
import type { Stmt } from '../ast';
import { BudgetStop } from '../errors';
import { isLiteral } from '../find/literal';
import { assignedNames, type FoundScript, homeClasses, homeFunctions, leafTargets } from '../find/traceables';
import type { ModuleScope } from '../frame';
import type { Runtime } from '../runtime';
import { PyDict, PyInstance, PyList, PyTuple, PyUnknown, type PyValue, Traced } from '../values/object';
import { findAttribute } from '../attributes';
import { getItem } from '../iteration';
import { makeLeaves } from './leaves';
import { chooseOutput, type Output } from './output';
import { PyArray } from '../numpy/array';
import { applyPin } from './pins';
import { fileOf } from '../values/provenance';
import { kindOf } from '../../../tensor';
import { budgetReason, type Recording, runHome, startRun } from './record';

export function recordScript(r: Recording, found: FoundScript): Outcome {
  const plain = recordOnce(r, found, false);
  // Nothing that is named reaches the output: then the numbers written in calls do.
  if ('connected' in plain && !plain.connected) {
    const literal = recordOnce(r, found, true);
    if ('connected' in literal && literal.connected) return literal.outcome;
  }
  return 'connected' in plain ? plain.outcome : plain;
}

function recordOnce(
  r: Recording,
  found: FoundScript,
  literalArguments: boolean,
): { outcome: Outcome; connected: boolean } | Exclude<Outcome, { kind: 'recorded' }> {
  const { rt, scope } = startRun(r);
  const recorder = new Recorder({ dialect: r.dialect, spans: rt.options.spans });
  rt.recorder = recorder;
  rt.literalArguments = literalArguments;
  let stopped: keyof Budget | undefined;
  let stop: BudgetStop | undefined;
  try {
    runHome(r, rt, scope, {
      before: () => giveLeaves(r, scope, recorder, [...scope.given.keys()]),
      after: ({ node }) => leavesOf(r, rt, scope, recorder, node, literalArguments),
    });
  } catch (error) {
    if (!(error instanceof BudgetStop)) throw error;
    stopped = error.budget;
    stop = error;
  }
  const output = scriptOutput(r, rt, scope, found);
  const failures = [scope.mishap, scope.failure].filter((f) => f !== undefined);
  if (isUnknown(output)) {
    return stop ? unknown('budget', budgetReason(stop, r.budget), found.span) : output;
  }
  const trace = withoutStrangers(r, recorder.finish(output.row, output.name));
  return {
    connected: recorder.isActive(output.row),
    outcome: {
      kind: 'recorded',
      trace,
      complete: stopped === undefined,
      ...(stopped ? { stopped } : {}),
      choice: choice(r, output.name),
      ...(rt.readings.length > 0 ? { readings: [...rt.readings] } : {}),
      ...(failures.length > 0 ? { unknowns: failures.map((f) => f.unknown) } : {}),
    },
  };
}

/**
 * Numbers of a script that have nothing to do with its output are no inputs of it, unless the reader named them, or they lie
 * beside inputs in one container: a weight that a network forgot is worth seeing. Zeros may be a buffer.
 */
function withoutStrangers(r: Recording, trace: Trace): Trace {
  const connected = connectedInputs(trace);
  const owner = (name: NamePath) => name.slice(0, -1);
  const isForgotten = ({ row, name }: TraceInput) =>
    name.length > 1 &&
    trace.tape.isArray(row) &&
    trace.tape
      .array(row)
      .elements()
      .some((x: number | bigint) => Number(x) !== 0) &&
    trace.inputs.some((i) => connected.has(i.row) && i.name.length > 1 && sameNamePath(owner(i.name), owner(name)));
  const inputs = trace.inputs.filter(
    (input) =>
      connected.has(input.row) ||
      isForgotten(input) ||
      r.pins.of(String(input.name[0])).length > 0 ||
      (r.request.wrt !== undefined && isAnyPart(r.request.wrt, input.name)),
  );
  return withChanges(trace, { inputs });
}

/** After `x1 = 2.0` the number in `x1` is a leaf; a pin may have replaced it. */
function leavesOf(
  r: Recording,
  rt: Runtime,
  scope: ModuleScope,
  recorder: Recorder,
  node: Stmt,
  literalArguments: boolean,
): void {
  giveLeaves(
    r,
    scope,
    recorder,
    assignedNames(node).filter((name) => isLeafAssignment(node, name)),
  );
  const { module } = r.analysis.parsed;
  const targets = leafTargets(node, homeClasses(module), homeFunctions(module)).filter(
    ({ name }) => !scope.given.has(name),
  );
  for (const { name, span, isObject, isMade } of targets) {
    const value = scope.get(name);
    if (value === undefined || value instanceof PyUnknown || (isMade && !holdsParameters(value))) continue;
    const pinned = applyPin(r.pins, name, value);
    const line = r.analysis.line(span.from);
    const origin: Origin =
      pinned.changed ??
      (rt.drewWithoutSeed && isRandom(node)
        ? { kind: 'assumed', span, why: `drawn without a seed in ${line}` }
        : { kind: 'document', span, why: `assigned in ${line}` });
    const site = r.analysis.code.siteOf(span);
    scope.set(
      name,
      literalArguments ? pinned.value : makeLeaves(recorder, [name], pinned.value, origin, site, isObject || isMade),
    );
  }
  // Data from files are inputs like those that are written out, where they are few enough to be looked at.
  for (const name of assignedNames(node)) {
    const value = scope.get(name);
    if (literalArguments || !(value instanceof PyArray) || value.nd.size > MAX_DATA_LEAF) continue;
    if (fileOf(value) === undefined || kindOf(value.nd.dtype) !== 'f' || value.memory.traced(recorder)) continue;
    const site = r.analysis.code.siteOf(node);
    scope.set(name, makeLeaves(recorder, [name], value, { kind: 'document' }, site));
  }
  // A pin also replaces what is computed, unless it is computed from itself.
  for (const name of assignedNames(node)) {
    if (targets.some((t) => t.name === name) || r.pins.of(name).length === 0 || !isLeafAssignment(node, name)) continue;
    const pinned = applyPin(r.pins, name, scope.get(name));
    if (!pinned.changed) continue;
    const site = r.analysis.code.siteOf(node);
    scope.set(name, makeLeaves(recorder, [name], pinned.value, pinned.changed, site));
  }
}

/** Elements of an array from a file that is an input of a script. */
const MAX_DATA_LEAF = 10_000;

/** Whether a value is an array of floats or an object, or holds one. */
function holdsParameters(value: PyValue, depth = 0): boolean {
  if (depth > 4) return false;
  if (value instanceof PyArray) return kindOf(value.nd.dtype) === 'f' && value.nd.ndim > 0;
  if (value instanceof PyInstance) return true;
  if (value instanceof PyList || value instanceof PyTuple)
    return value.items.some((v) => holdsParameters(v, depth + 1));
  return value instanceof PyDict && [...value.entries.values()].some((e) => holdsParameters(e.value, depth + 1));
}

/** What a directive gives to a name of the module is an input. */
function giveLeaves(r: Recording, scope: ModuleScope, recorder: Recorder, names: readonly string[]): void {
  for (const name of names) {
    const given = scope.given.get(name);
    const value = given && scope.get(name);
    if (!given || value === undefined || value instanceof PyUnknown) continue;
    // An update goes on from the leaf that is there.
    if (value instanceof Traced || (value instanceof PyArray && value.memory.traced(recorder))) continue;
    const site = given.origin.span ? r.analysis.code.siteOf(given.origin.span) : -1;
    scope.set(name, makeLeaves(recorder, [name], value, given.origin, site));
  }
}

/** Whether a statement's text makes something else than written numbers. */
function isRandom(node: Stmt): boolean {
  return node.kind !== 'Assign' || !isLiteral(node.value);
}

/** Whether a statement gives a name a value that does not depend on the name itself. */
export function isLeafAssignment(node: Stmt, name: string): boolean {
  return node.kind === 'Assign' && !JSON.stringify(node.value, bigintText).includes(`"kind":"Name","id":"${name}"`);
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function choice(r: Recording, name: NamePath): Choice {
  const text = printNamePath(name);
  if (r.request.of !== undefined) return { rule: 'pinned', text: `\`${text}\` was chosen by you` };
  if (directedOutput(r) !== undefined) return { rule: 'directive', text: `\`${text}\` is named by the directive` };
  return {
    rule: 'script',
    text: `\`${text}\` is the last number that the script computes`,
  };
}

function directedOutput(r: Recording): string | undefined {
  for (const d of r.analysis.directives.directives) {
    if (
      d.kind === 'of' &&
      !r.analysis.everything.some((t) => 'node' in t && d.from >= t.span.from && d.to <= t.span.to)
    )
      return d.output;
  }
  return undefined;
}

/** The output by the rules: what was asked for, else the last traced number among the candidates. */
function scriptOutput(
  r: Recording,
  rt: Runtime,
  scope: ModuleScope,
  found: FoundScript,
): Output | ReturnType<typeof unknown> {
  const asked = r.request.of ?? directedOutput(r);
  if (asked !== undefined) {
    const path = parseNamePath(asked);
    const value = path && valueAt(rt, scope, path);
    if (!path || value === undefined) return unknown('no-output', `there is no \`${asked}\``, found.span);
    return chooseOutput(rt, value, path, `\`${asked}\``);
  }
  let unknownOutput: PyUnknown | undefined;
  let constant: Output | undefined;
  for (const name of [...found.outputs].reverse()) {
    const value = scope.get(name);
    if (value instanceof Traced) return { row: value.row, name: [name] };
    if (value instanceof PyArray && value.isTraced(rt) && value.nd.size === 1)
      return { row: value.row(rt), name: [name] };
    if (value instanceof PyUnknown) unknownOutput ??= value;
    else if (value !== undefined && constant === undefined) {
      const output = chooseOutput(rt, value, [name], `\`${name}\``);
      if (!isUnknown(output)) {
        if (rt.recorder?.isActive(output.row)) return output;
        constant = output;
      }
    }
  }
  if (unknownOutput) return unknownOutput.unknown;
  return (
    constant ??
    (scope.failure ?? scope.mishap)?.unknown ??
    unknown('no-number', `\`${found.name}\` is no number`, found.span)
  );
}

function valueAt(rt: Runtime, scope: ModuleScope, path: NamePath): PyValue | undefined {
  let value = scope.get(String(path[0]));
  for (const key of path.slice(1).map(nameOf)) {
    if (value === undefined) return undefined;
    const attribute = typeof key === 'string' ? findAttribute(rt, value, key, rt.place) : undefined;
    value = attribute ?? getItem(rt, value, key, rt.place);
  }
  return value;
}
