/**
 * One call of a function and of its derivative, at one point, on one tape: the arguments and the parameters inside the
 * object are leaves, the results are weighted, and what the derivative answers is taken down as claims.
 */
import { filled, seededWeights, type WeightedPass } from '../../../autodiff/gradientEvidence';
import { shapeOfRow } from '../../../autodiff/linearization';
import { Recorder } from '../../../autodiff/recorder';
import type { Ref } from '../../../autodiff/tape';
import type { Trace, Value } from '../../../autodiff/trace';
import { printNamePath } from '../../../format/namePath';
import { type NamePath, type Span, type Unknown, unknown } from '../../../model';
import { copy as copyOf, fromValues, type NdArray, type Shape, sizeOf } from '../../../tensor';
import { call } from '../calls';
import { PyRaise, UnknownStop } from '../errors';
import { str } from '../format/repr';
import { UnknownIteration } from '../iteration';
import { keyPart } from '../record/leaves';
import { arrayOfRow, PyArray } from '../numpy/array';
import { toArray } from '../numpy/convert';
import type { Runtime } from '../runtime';
import { isNumberLike } from '../values/numbers';
import {
  PyDict,
  PyFloat,
  PyFunction,
  PyInstance,
  PyList,
  PyTuple,
  PyUnknown,
  type PyValue,
  Traced,
} from '../values/object';
import { type Callee, isBound, keptResult, parametersOf, qualifiedName } from './callee';
import { type Claim, claimsIn } from './claims';
import { leafOf, numberArray } from './numbersOf';
import { returnedBy } from './returned';
import type { Assignment, Reduction, Role } from './roles';
import { unstacked } from './stackedGradients';
import type { Module } from '../ast';
import type { Session } from '../points';
import { nodesIn } from './walk';

/** Something that a gradient is taken by. */
export interface CheckedLeaf {
  readonly path: NamePath;
  readonly name: string;
  readonly row: Ref;
}

export interface Shot {
  readonly kind: 'shot';
  readonly trace: Trace;
  /** How often the function turned values into data: what holds for one branch only need not hold for another. */
  readonly decisions: number;
  readonly pass: WeightedPass;
  readonly leaves: readonly CheckedLeaf[];
  /** Rows of the results, and the weights that flowed into the derivative. */
  readonly outputs: readonly { readonly row: Ref; readonly weight: Value }[];
  /** What flows in is an argument of the derivative; else it gives the derivative itself. */
  readonly hasUpstream: boolean;
  readonly claims: readonly Claim[];
  /** Names that the derivative gave values to, in order, after this row. */
  readonly backwardFrom: Ref;
  readonly point: ReadonlyMap<string, PyValue>;
  /** Definitions that were called, and branches that were taken, see {@link Runtime.entered}. */
  readonly entered?: ReadonlySet<object>;
  /** Where parameters have gone by the end, by name. */
  readonly moved?: ReadonlyMap<string, NdArray>;
  /** The gradient by a leaf at the point of the forward pass before this one. */
  readonly stale?: (name: string) => NdArray | undefined;
}

export interface Raised {
  readonly kind: 'raised';
  readonly where: 'forward' | 'backward';
  readonly exception: string;
  readonly message: string;
  readonly span: Span;
}

export type ShotOutcome = Shot | Raised | Unknown;

export interface ShotRequest {
  readonly forward: Callee;
  readonly backward: Callee;
  readonly assignment: Assignment;
  /** By parameter of the function, and `self`. Called as often as fresh values are wanted. */
  readonly values: (session: Session) => ReadonlyMap<string, PyValue>;
  /** Arguments of a forward pass that comes before, on the same object. */
  readonly before?: (session: Session) => ReadonlyMap<string, PyValue>;
  readonly seed: number;
  /** The function returns its gradients itself, beside the loss in this place. */
  readonly lossAt?: number;
  /** The columns of what the derivative returns belong to the parameters after the first. */
  readonly byColumns?: boolean;
  /** The derivative is declared to be that by one argument. */
  readonly isByOne?: boolean;
}

/** The rate that a derivative is given which moves the parameters itself. */
const RATE = 0.125;

/** @throws NeedsStop, BudgetStop */
export function shoot(session: Session, request: ShotRequest): ShotOutcome {
  const { rt } = session;
  const { forward, backward, assignment, seed } = request;
  const f = memberIn(session, forward);
  const b = memberIn(session, backward);
  if (!f || !b)
    return unknown('not-defined', `\`${qualifiedName(f ? backward : forward)}\` is not defined`, backward.span);
  const values = request.values(session);
  const self = values.get('self');
  let where: Raised['where'] = 'forward';
  const around = rt.entered;
  const entered = new Set<object>();
  try {
    if (request.before && self instanceof PyInstance) {
      call(rt, f, argumentsOf(forward, request.before(session), self), undefined, -1);
    }
    const recorder = new Recorder({ dialect: session.dialect, spans: rt.options.spans });
    rt.recorder = recorder;
    rt.entered = entered;
    const origin = { kind: 'assumed' } as const;
    const leaves: CheckedLeaf[] = [];
    const traced = new Map<string, PyValue>();
    const kept = new Map<string, PyValue>();
    for (const [name, value] of values) {
      kept.set(name, name === 'self' ? value : plainCopy(value));
      traced.set(name, leafOf(recorder, [name], value, origin));
    }
    const early = recorder.finish(0, []);
    for (const { row, name } of early.inputs) leaves.push({ path: name, name: printNamePath(name), row });
    const before = self instanceof PyInstance ? numbersIn(self) : new Map<string, NdArray>();

    const result = resultOf(
      forward,
      self,
      call(rt, f, argumentsOf(forward, traced, traced.get('self')), undefined, -1),
    );
    if (result instanceof PyUnknown) return result.unknown;
    const items = request.lossAt !== undefined && isSequence(result) ? result.items : itemsOf(rt, result, assignment);
    if (items instanceof PyUnknown) return items.unknown;
    const backwardFrom = recorder.tape.length;
    const wanted = new Set(assignment.roles.flatMap((r) => (r.kind === 'upstream' ? [r.index] : [])));
    const { reduction } = assignment;
    const hasUpstream = wanted.size > 0 || reduction !== undefined;
    const { lossAt } = request;
    if (lossAt !== undefined) wanted.add(lossAt);
    else if (wanted.size === 0) {
      const i = items.findIndex((item) => isNumeric(item));
      wanted.add(Math.max(i, 0));
    }
    const outputs: { row: Ref; weight: Value; upstream: PyValue }[] = [];
    const upstream = new Map<number, PyValue>();
    for (const index of wanted) {
      const item = items[index];
      if (item === undefined || !isNumeric(item)) {
        return item instanceof PyUnknown
          ? item.unknown
          : unknown(
              'no-number',
              `\`${qualifiedName(forward)}\` gives no number that can be differentiated`,
              forward.nameSpan,
            );
      }
      const array = numberArray(item) as NdArray;
      const weight = reduction
        ? evenly(array.shape, reduction)
        : weightFor(array.shape, hasUpstream, seed * 31 + index);
      const row = item instanceof PyArray ? item.row(rt) : rt.rowOf(item as Traced);
      const flowing: PyValue =
        typeof weight === 'number'
          ? item instanceof PyArray
            ? new PyArray(filled(array.shape, weight))
            : new PyFloat(weight)
          : new PyArray(weight);
      const given = leafOf(recorder, [UPSTREAM, index], flowing, origin);
      upstream.set(index, given);
      outputs.push({ row, weight, upstream: given });
    }

    const first = outputs[0] as (typeof outputs)[number];
    const decisions = recorder.finish(first.row, [forward.name]).guards.length;
    const seeds = new Map(outputs.map((o) => [o.row, o.weight]));
    const taken = {
      backward,
      returned: returnedBy(session.analysis.parsed.module, backward),
      leaves,
      parameters: parametersOf(forward).map((p) => p.name),
      takenAs: takenAs(session.analysis.parsed.module, backward.name),
      self: self instanceof PyInstance ? self : undefined,
      before,
    };
    const shotWith = (claims: readonly Claim[], from: Ref): Shot => {
      // The names that the derivative has given are in it as well.
      const trace = recorder.finish(first.row, [forward.name]);
      return {
        kind: 'shot',
        trace,
        decisions,
        pass: { tape: recorder.tape, seeds, describe: (row) => describe(session, trace, row) },
        leaves,
        outputs,
        hasUpstream,
        claims,
        backwardFrom: from,
        point: kept,
        entered,
      };
    };
    if (lossAt !== undefined) {
      if (numberArray(items[lossAt] as PyValue)?.size !== 1) {
        return unknown('no-number', `\`${qualifiedName(forward)}\` returns no single loss`, forward.nameSpan);
      }
      return shotWith(claimsIn({ ...taken, answer: result, without: lossAt }), 0);
    }

    where = 'backward';
    const args = assignment.roles.map((role) =>
      argumentFor(role, { recorder, kept, result, items, upstream, self: traced.get('self') }),
    );
    const given: PyValue[] = [];
    const named = new Map<string, PyValue>();
    parametersOf(backward).forEach((p, i) => {
      const value = args[i];
      if (value === undefined) return;
      if (given.length === i && p.kind !== 'keyword-only') given.push(value);
      else named.set(p.name, value);
    });
    const answer = call(
      rt,
      b,
      isBound(backward) ? [traced.get('self') as PyValue, ...given] : given,
      named.size > 0 ? named : undefined,
      -1,
    );
    if (answer instanceof PyUnknown) return answer.unknown;
    const rate = assignment.roles.some((r) => r.kind === 'rate') ? RATE : undefined;
    const claims = claimsIn({ ...taken, answer, ...(rate === undefined ? {} : { rate }) });
    if (request.byColumns) return shotWith(columnsOf(claims), backwardFrom);
    const shapeOf = (leaf: CheckedLeaf) => shapeOfRow(recorder.tape, leaf.row);
    const isStack = !hasUpstream && !request.isByOne;
    return shotWith(
      isStack ? unstacked(claims, forward, backward, leaves, shapeOfRow(recorder.tape, first.row), shapeOf) : claims,
      backwardFrom,
    );
  } catch (error) {
    if (error instanceof PyRaise) {
      const message = str(rt, error.exception);
      return {
        kind: 'raised',
        where,
        exception: error.exception.klass.name,
        message: typeof message === 'string' ? message : '',
        span: rt.span(rt.place),
      };
    }
    if (error instanceof UnknownStop || error instanceof UnknownIteration) return error.value.unknown;
    throw error;
  } finally {
    rt.recorder = undefined;
    rt.entered = around;
    if (around) for (const each of entered) around.add(each);
  }
}

/** What a function returns, one by one; a list of numbers is one vector where the derivative is of all of them. */
function itemsOf(rt: Runtime, result: PyValue, { roles }: Assignment): readonly PyValue[] | PyUnknown {
  if (!isSequence(result)) return [result];
  const isVector =
    result.items.length > 1 &&
    result.items.every((item) => isNumeric(item) && !(item instanceof PyArray && item.nd.size > 1)) &&
    !roles.some((r) => r.kind === 'upstream' || r.kind === 'cache');
  if (!isVector) return result.items;
  const stacked = toArray(rt, result, -1);
  if (stacked instanceof PyUnknown) return stacked;
  return [stacked.row === undefined ? new PyArray(stacked.nd) : arrayOfRow(rt, stacked.row)];
}

/** The name under which what flows in is a leaf. */
export const UPSTREAM = '(upstream)';

/** What a method returns, or leaves in a field where it returns nothing. */
function resultOf(forward: Callee, self: PyValue | undefined, returned: PyValue): PyValue {
  const kept = returned === null ? keptResult(forward) : undefined;
  return (kept && self instanceof PyInstance ? self.attrs.get(kept.field) : undefined) ?? returned;
}

function evenly(shape: Shape, reduction: Reduction): Value {
  const weight = reduction === 'sum' ? 1 : 1 / sizeOf(shape);
  return shape.length === 0 ? weight : filled(shape, weight);
}

function weightFor(shape: Shape, hasUpstream: boolean, seed: number): Value {
  if (shape.length > 0) return seededWeights(shape, seed);
  return hasUpstream ? seededWeights([], seed).item() : 1;
}

function argumentFor(
  role: Role,
  known: {
    readonly recorder: Recorder;
    readonly kept: ReadonlyMap<string, PyValue>;
    readonly result: PyValue;
    readonly items: readonly PyValue[];
    readonly upstream: ReadonlyMap<number, PyValue>;
    readonly self: PyValue | undefined;
  },
): PyValue | undefined {
  const { recorder, kept, result, items, upstream, self } = known;
  switch (role.kind) {
    case 'argument': {
      const value = kept.get(role.name);
      return value === undefined
        ? undefined
        : leafOf(recorder, [`(again) ${role.name}`], plainCopy(value), { kind: 'assumed' });
    }
    case 'output':
      return role.index === undefined ? (isSequence(result) ? items[0] : result) : items[role.index];
    case 'upstream':
      return upstream.get(role.index);
    case 'cache': {
      // What was returned beside the results.
      const rest = items.filter((_, i) => !upstream.has(i));
      return rest.length === 1 ? rest[0] : new PyTuple(rest);
    }
    case 'field':
      return self instanceof PyInstance ? self.attrs.get(role.name) : undefined;
    case 'rate':
      return new PyFloat(RATE);
    case 'default':
      return undefined;
  }
}

/** The function that a callee is in a session. */
export function memberIn(session: Session, c: Callee): PyFunction | undefined {
  const { scope } = session;
  const holder = c.owner ? scope.get(c.owner.name.id) : undefined;
  const value = c.owner
    ? holder !== undefined && holder !== null && typeof holder === 'object' && 'lookup' in holder
      ? (holder as { lookup(name: string): PyValue | undefined }).lookup(c.name)
      : undefined
    : scope.get(c.name);
  const bare = value !== null && typeof value === 'object' && 'func' in value ? (value.func as PyValue) : value;
  return bare instanceof PyFunction ? bare : undefined;
}

/** Values by name as arguments in the order of the parameters. */
export function argumentsOf(c: Callee, values: ReadonlyMap<string, PyValue>, self: PyValue | undefined): PyValue[] {
  const args: PyValue[] = isBound(c) && self !== undefined ? [self] : [];
  for (const p of parametersOf(c)) {
    const value = values.get(p.name);
    if (value === undefined) break;
    args.push(value);
  }
  return args;
}

function isSequence(value: PyValue): value is PyTuple | PyList {
  return value instanceof PyTuple || value instanceof PyList;
}

function isNumeric(value: PyValue): boolean {
  if (value instanceof PyArray) return value.unknown === undefined;
  return typeof value !== 'boolean' && isNumberLike(value);
}

/** A copy without rows: what a derivative is given must not be what the function may have changed. */
export function plainCopy(value: PyValue): PyValue {
  if (value instanceof Traced) return value.plain as PyValue;
  if (value instanceof PyArray) return new PyArray(copyOf(value.nd));
  if (value instanceof PyTuple && !value.attrs) return new PyTuple(value.items.map(plainCopy));
  if (value instanceof PyList && !value.attrs) return new PyList(value.items.map(plainCopy));
  if (value instanceof PyDict && !value.attrs) {
    const dict = new PyDict();
    for (const [hash, { key, value: v }] of value.entries) dict.entries.set(hash, { key, value: plainCopy(v) });
    return dict;
  }
  return value;
}

/** The columns of a matrix, each the derivative by one parameter. */
function columnsOf(claims: readonly Claim[]): Claim[] {
  const [whole] = claims;
  if (!whole || whole.value.ndim !== 2) return [...claims];
  const [rows, columns] = whole.value.shape as [number, number];
  return Array.from({ length: columns }, (_, k) => ({
    label: `${whole.label}[:, ${k}]`,
    value: fromValues(
      'float64',
      [rows],
      Float64Array.from({ length: rows }, (_, i) => whole.value.at(i, k)),
    ),
    position: k + 1,
  }));
}

/** The names of `a, b = f(…)`, wherever that stands. */
function takenAs(module: Module, callee: string): string[][] {
  const found: string[][] = [];
  for (const n of nodesIn(module.body)) {
    if (n.kind !== 'Assign' || n.value.kind !== 'Call') continue;
    const { func } = n.value;
    if ((func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '') !== callee) continue;
    for (const t of n.targets) {
      if (t.kind === 'Tuple') found.push(t.elts.map((x) => (x.kind === 'Name' ? x.id : '')));
    }
  }
  return found;
}

/** All numbers inside an object, as they are now, by the text of their path. */
function numbersIn(object: PyInstance): Map<string, NdArray> {
  const found = new Map<string, NdArray>();
  const seen = new Set<PyValue>();
  const visit = (path: NamePath, value: PyValue, depth: number): void => {
    const array = numberArray(value);
    if (array) {
      found.set(printNamePath(path), copyOf(array));
      return;
    }
    if (depth > 4 || seen.has(value)) return;
    seen.add(value);
    if (value instanceof PyInstance) for (const [name, v] of value.attrs) visit([...path, name], v, depth + 1);
    else if (isSequence(value)) value.items.forEach((v, i) => visit([...path, i], v, depth + 1));
    else if (value instanceof PyDict) {
      for (const { key, value: v } of value.entries.values()) {
        const part = keyPart(key);
        if (part !== undefined) visit([...path, part], v, depth + 1);
      }
    }
  };
  visit(['self'], object, 0);
  return found;
}

/** The text of a step and its line. */
function describe(session: Session, trace: Trace, row: Ref): string {
  const input = trace.inputs.find((i) => i.row === row);
  if (input) return `\`${printNamePath(input.name)}\``;
  const [span] = trace.spans(trace.tape.site(row));
  if (!span) return `step ${row}`;
  const { text } = session.analysis.document;
  const source = text.slice(span.from, span.to).replace(/\s+/g, ' ');
  const shown = source.length > 60 ? `${source.slice(0, 57)}…` : source;
  return `\`${shown}\` in ${session.analysis.line(span.from)}`;
}
