/**
 * The points that a pair is checked at: what the program itself calls the function with, then numbers of our own in shapes
 * that were found by trying.
 */
import { parseNamePath } from '../../../format/namePath';
import { isUnknown, type Unknown } from '../../../model';
import { fromValues, kindOf } from '../../../tensor';
import { PyArray } from '../numpy/array';
import { type Domain, type Draw, type Plan, planCall, redraw, type Session, type Target, withNode } from '../points';
import { PyClass, PyDict, PyFloat, PyInstance, PyList, PyTuple, type PyValue } from '../values/object';
import { type Callee, isBound, parametersOf } from './callee';
import { lastName } from './claims';
import { gradientTarget, isDataName, isHyperparameter, isMatrixName, isPerFeature, isTargetName } from './names';
import { docstringOf } from './walk';
import { randomFor } from './randomFor';
import type { SeenCall, Workbench } from './workbench';

/**
 * What is done to right answers: nothing; each row (or column) sums to one; one of each row is one and the others are zero.
 * Losses of probabilities have the usual short gradient only for such answers.
 */
export type Treatment = 'as-is' | 'rows' | 'columns' | 'one-hot';

export interface PointSource {
  /** Fresh values of the parameters by name, and `self`, at the `k`-th point. */
  values(session: Session, k: number, treatment: Treatment, targets: readonly string[]): ReadonlyMap<string, PyValue>;
  /** Where the points come from. */
  readonly notes: readonly string[];
  /** No call of the program says what the arguments are. */
  readonly isChosen: boolean;
  /** How far its shapes are from what is usual. */
  readonly strangeness: number;
  /** The program itself gives the fields of `self` their shapes. */
  readonly makesFields: boolean;
}

const DOMAINS_OF_CALLS: readonly Domain[] = ['unit', 'mixed', 'unit', 'mixed'];

/**
 * Where points come from, the likeliest first. Only one of them needs to be possible; of functions that know batches, a
 * batch comes first.
 * @throws NeedsStop
 */
export function pointsFor(bench: Workbench, callee: Callee, knowsBatches: boolean): readonly PointSource[] | Unknown {
  const [call] = bench.callsOf(callee.node);
  const session = bench.open();
  const target = targetOf(session, callee);
  const plans = target ? planCall(session, target, { plans: MAX_PLANS }) : undefined;
  if (plans === undefined || isUnknown(plans)) {
    if (call) return [source(callee, call, undefined)];
    if (plans !== undefined) return plans;
    return { kind: 'unknown', code: 'not-defined', reason: `\`${callee.name}\` is not defined`, span: callee.nameSpan };
  }
  if (call)
    return [
      source(
        callee,
        call,
        plans.find((p) => hasAxesOf(p, session, call)),
      ),
    ];
  return plans
    .map((plan) => ({ plan, strangeness: strangeness(plan, callee, knowsBatches) }))
    .sort((a, b) => a.strangeness - b.strangeness)
    .map(({ plan, strangeness }) => source(callee, undefined, plan, strangeness));
}

/** Kinds of arguments that are tried. */
const MAX_PLANS = 40;

/** Whether a function raises with several examples, and runs with a single one: a wrong product can look like that. */
export function runsWithOneOnly(bench: Workbench, callee: Callee): boolean {
  const session = bench.open();
  const target = targetOf(session, callee);
  const plans = target && planCall(session, target);
  if (!target || !plans || isUnknown(plans)) return false;
  const data = parametersOf(callee).find((p) => isDataName(p.name))?.name;
  const shape = plans[0]?.shapes.find((s) => s.name === data)?.shape;
  if (!shape || shape.length < 2 || !shape.includes(1)) return false;
  const first = planCall(bench.open(), target, { limits: { attempts: 1, milliseconds: 1_000 } });
  return isUnknown(first);
}

/** How far the shapes of a plan are from those that the names are usual for; near 0 where nothing speaks against them. */
function strangeness(plan: Plan, callee: Callee, knowsBatches: boolean): number {
  const names = parametersOf(callee).map((p) => p.name);
  const data = names.find(isDataName) ?? names[0];
  const scalars = scalarsOf(callee);
  // A whole number can not be varied.
  let total = plan.isAssumed && !plan.shapes.some((s) => s.name === names[0]) ? 1 : 0;
  for (const { name: path, shape } of plan.shapes) {
    const axes = shape.length;
    // `parameters['W1']` is called W1.
    const name = lastName(parseNamePath(path) ?? [path]);
    if (isHyperparameter(name) || scalars.has(name)) total += axes;
    else if (!knowsBatches) total += LITTLE * Math.abs(axes - 1);
    else if (name === data) total += Math.abs(axes - 2);
    else if (isPerFeature(name)) total += Math.abs(axes - 1);
    else if (axes > 2) total += axes - 2;
    else total += LITTLE * (isMatrixName(name) || (callee.owner && isTargetName(name)) ? 2 - axes : axes);
  }
  return total;
}

/** A preference that decides only between what is equal otherwise. */
const LITTLE = 0.05;
/** Plans whose strangeness differs by less are equally good. */
export const EQUALLY_GOOD = 0.4;

/** Parameters that the docstring calls scalars. */
function scalarsOf({ node }: Callee): ReadonlySet<string> {
  const doc = node.kind === 'FunctionDef' ? docstringOf(node) : '';
  return new Set(
    node.params
      .map((p) => p.name)
      .filter((name) => new RegExp(`^\\s*[-*]?\\s*${name}\\b.*\\b(?:scalar|number)\\b`, 'm').test(doc)),
  );
}

function source(callee: Callee, call: SeenCall | undefined, plan: Plan | undefined, strangeness = 0): PointSource {
  const draws = plan?.draws(16) ?? [];
  return {
    notes: [],
    isChosen: call === undefined,
    strangeness,
    makesFields: plan?.makesFields ?? true,
    values(own, k, treatment, targets) {
      const values =
        call && (k === 0 || !plan)
          ? calledWith(call.arguments, own, k)
          : planned(plan as Plan, own, drawsAt(draws, call ? k - 1 : k), k, callee);
      return treated(values, treatment, targets, k);
    },
  };
}

/** The values with the treatment done to the right answers among them. */
export function treated(
  values: Map<string, PyValue>,
  treatment: Treatment,
  targets: readonly string[],
  k: number,
): Map<string, PyValue> {
  if (treatment === 'as-is') return values;
  for (const name of targets) {
    const value = values.get(name);
    // What the search left a number is an answer in the shape of the data.
    const like = value instanceof PyArray ? value : [...values.values()].find((v) => v instanceof PyArray);
    if (!like || kindOf(like.nd.dtype) !== 'f') continue;
    const changed = answers(like, treatment, k);
    if (changed !== like) values.set(name, changed);
  }
  return values;
}

/** Whether a plan has arrays of as many axes as a call of the program had. */
function hasAxesOf(plan: Plan, session: Session, call: SeenCall): boolean {
  const own = { ...session };
  const [draw] = plan.draws(1);
  const values = plan.values(session, draw as Draw);
  return plan.names.every((name, i) => {
    const value = values[i];
    const seen = call.arguments.get(name)?.(own);
    const axes = (v: PyValue | undefined) => (v instanceof PyArray ? v.nd.ndim : 0);
    return seen === undefined || value instanceof PyInstance || axes(seen) === axes(value);
  });
}

/** What a plan of calls is made for. */
export function targetOf(session: Session, callee: Callee): Target | undefined {
  if (!callee.owner) {
    const fn = withNode(session.scope.get(callee.name), callee.node);
    return fn ? { kind: 'function', fn } : undefined;
  }
  const cls = session.scope.get(callee.owner.name.id);
  if (!(cls instanceof PyClass)) return undefined;
  if (isBound(callee)) return { kind: 'method', cls, name: callee.name };
  const member = cls.lookup(callee.name);
  const inner =
    member !== undefined && member !== null && typeof member === 'object' && 'func' in member ? member.func : member;
  const fn = withNode(inner as PyValue, callee.node);
  return fn ? { kind: 'function', fn } : undefined;
}

/** The values of a call of the program; from the second point on, other numbers in their place. */
function calledWith(
  makers: ReadonlyMap<string, (session: Session) => PyValue>,
  session: Session,
  k: number,
): Map<string, PyValue> {
  // A session of its own each time: what was made once must not come back changed.
  const own = { ...session };
  const values = new Map<string, PyValue>();
  for (const [name, maker] of makers) {
    const value = maker(own);
    values.set(
      name,
      k === 0 || name === 'self' ? value : redraw(value, DOMAINS_OF_CALLS[k % 4] as Domain, randomFor(name, k)),
    );
  }
  return values;
}

/** The first points take all numbers from one range; later ones mix the ranges, so that every branch is taken. */
const MIXED_FROM = 4;

/** One draw a parameter. */
function drawsAt(draws: readonly Draw[], k: number): (parameter: number) => Draw {
  const at = (i: number) => draws[i % draws.length] as Draw;
  return k < MIXED_FROM ? () => at(k) : (parameter) => at(k + parameter * (1 + (k % 3)));
}

function planned(
  plan: Plan,
  session: Session,
  drawOf: (parameter: number) => Draw,
  k: number,
  callee: Callee,
): Map<string, PyValue> {
  const found = new Map<string, PyValue>();
  const draw = drawOf(0);
  const values = [...plan.values(session, draw)];
  values.forEach((_, i) => {
    const own = drawOf(i);
    if (own !== draw) values[i] = plan.values({ ...session }, own)[i];
  });
  // Beside arrays, single numbers are widths, rates, thresholds: they stay positive.
  const isMixed = values.some((v) => v instanceof PyArray) && draw.domain !== 'unit';
  const positive = draw.domain !== 'unit' ? plan.values({ ...session }, { ...draw, domain: 'unit' }) : values;
  plan.names.forEach((name, i) => {
    const isPositive = values[i] instanceof PyFloat ? isMixed : isHyperparameter(name) && draw.domain !== 'unit';
    let value = isPositive || (values[i] instanceof PyFloat && isHyperparameter(name)) ? positive[i] : values[i];
    if (value === undefined || name.startsWith('*')) return;
    const isSelf = i === 0 && isBound(callee);
    if (isSelf && value instanceof PyInstance) vary(value, k, new Map());
    else if (plan.origins[i]?.kind === 'document' && k > 0) value = redraw(value, draw.domain, randomFor(name, k));
    found.set(isSelf ? 'self' : name, value);
  });
  return found;
}

/**
 * Arrays of equal numbers in an object (biases of zero, scales of one) hide mistakes: they get distinct numbers. An array that
 * two names share stays one.
 */
function vary(object: PyValue, k: number, seen: Map<PyValue, PyValue>): void {
  if (seen.has(object)) return;
  seen.set(object, object);
  const other = (name: string, value: PyValue): PyValue => {
    if (value instanceof PyArray) {
      const before = seen.get(value);
      if (before !== undefined) return before;
      if (gradientTarget(name) !== undefined || /grad|moment|veloc|cache|^v$|^m$/i.test(name)) return value;
      const { nd } = value;
      const elements = nd.elements();
      if (kindOf(nd.dtype) !== 'f' || nd.size < 2 || elements.some((x) => x !== elements[0])) return value;
      const drawn = redraw(value, 'unit', randomFor(name, k));
      seen.set(value, drawn);
      return drawn;
    }
    vary(value, k, seen);
    return value;
  };
  if (object instanceof PyInstance) for (const [name, v] of object.attrs) object.attrs.set(name, other(name, v));
  else if (object instanceof PyDict) {
    for (const e of object.entries.values()) e.value = other(String(e.key), e.value);
  } else if (object instanceof PyList) object.items.forEach((v, i) => (object.items[i] = other(String(i), v)));
  else if (object instanceof PyTuple) object.items.forEach((v) => vary(v, k, seen));
}

function answers(value: PyArray, treatment: Treatment, k: number): PyArray {
  const { shape, size } = value.nd;
  if (shape.length === 0 || (treatment === 'columns' && shape.length < 2)) return value;
  const columns = shape[shape.length - 1] as number;
  const rows = size / columns;
  // Where there is nothing to choose from, all would be one.
  if ((treatment === 'columns' ? rows : columns) < 2) return value;
  const random = randomFor('answers', k);
  const data = Float64Array.from({ length: size }, () => (treatment === 'one-hot' ? 0 : 0.1 + random()));
  for (let i = 0; i < (treatment === 'columns' ? columns : rows); i++) {
    if (treatment === 'one-hot') {
      data[i * columns + ((i + k) % columns)] = 1;
      continue;
    }
    const [from, step, count] = treatment === 'rows' ? [i * columns, 1, columns] : [i, columns, rows];
    let total = 0;
    for (let m = 0; m < count; m++) total += data[from + m * step] as number;
    for (let m = 0; m < count; m++) data[from + m * step] = (data[from + m * step] as number) / total;
  }
  return new PyArray(fromValues('float64', shape, data));
}
