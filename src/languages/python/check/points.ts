/**
 * The points that a pair is checked at: what the program itself calls the function with, then numbers of our own in shapes
 * that were found by trying.
 */
import { isUnknown, type Unknown } from '../../../model';
import { fromValues, kindOf } from '../../../tensor';
import { PyArray } from '../numpy/array';
import {
  type Domain,
  type Draw,
  generator,
  type Plan,
  planCall,
  redraw,
  type Session,
  type Target,
  withNode,
} from '../points';
import { PyClass, PyDict, PyFloat, PyInstance, PyList, PyTuple, type PyValue } from '../values/object';
import { type Callee, isBound, parametersOf } from './callee';
import { gradientTarget, isHyperparameter, isPerFeature } from './names';
import type { SeenCall, Workbench } from './workbench';

/** What is done to right answers: as they come, or one of each row (or column) is one and the others are zero. */
export type Treatment = 'as-is' | 'one-hot-rows' | 'one-hot-columns';

export interface PointSource {
  /** Fresh values of the parameters by name, and `self`, at the `k`-th point. */
  values(session: Session, k: number, treatment: Treatment, targets: readonly string[]): ReadonlyMap<string, PyValue>;
  /** Where the points come from. */
  readonly notes: readonly string[];
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
    .map(({ plan }) => source(callee, undefined, plan));
}

/** Kinds of arguments that are tried. */
const MAX_PLANS = 40;

/** How far the shapes of a plan are from those that the names are usual for; 0 where nothing speaks against them. */
function strangeness(plan: Plan, callee: Callee, knowsBatches: boolean): number {
  const first = parametersOf(callee)[0]?.name;
  let total = 0;
  for (const { name, shape } of plan.shapes) {
    const axes = shape.length;
    if (isHyperparameter(name)) total += axes;
    else if (!knowsBatches) continue;
    else if (name === first) total += Math.abs(axes - 2);
    else if (isPerFeature(name)) total += Math.abs(axes - 1);
    else if (axes > 2) total += axes - 2;
  }
  return total;
}

function source(callee: Callee, call: SeenCall | undefined, plan: Plan | undefined): PointSource {
  const draws = plan?.draws(16) ?? [];
  return {
    notes: [],
    values(own, k, treatment, targets) {
      const values =
        call && (k === 0 || !plan)
          ? calledWith(call.arguments, own, k)
          : planned(plan as Plan, own, draws[(call ? k - 1 : k) % draws.length] as Draw, k, callee);
      if (treatment !== 'as-is') {
        for (const name of targets) {
          const value = values.get(name);
          // What the search left a number is an answer in the shape of the data.
          const like = value instanceof PyArray ? value : [...values.values()].find((v) => v instanceof PyArray);
          if (like) values.set(name, oneHot(like, treatment, k));
        }
      }
      return values;
    },
  };
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

function targetOf(session: Session, callee: Callee): Target | undefined {
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

function planned(plan: Plan, session: Session, draw: Draw, k: number, callee: Callee): Map<string, PyValue> {
  const found = new Map<string, PyValue>();
  const values = plan.values(session, draw);
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

function oneHot(value: PyArray, treatment: Treatment, k: number): PyArray {
  const { shape, size, dtype } = value.nd;
  if (kindOf(dtype) !== 'f' || shape.length === 0) return value;
  if (treatment === 'one-hot-columns' && shape.length < 2) return value;
  const columns = shape[shape.length - 1] as number;
  const rows = size / columns;
  // Where there is nothing to choose from, all would be one.
  if ((treatment === 'one-hot-rows' ? columns : rows) < 2) return value;
  const data = new Float64Array(size);
  if (treatment === 'one-hot-rows') for (let i = 0; i < rows; i++) data[i * columns + ((i + k) % columns)] = 1;
  else for (let j = 0; j < columns; j++) data[((j + k) % rows) * columns + j] = 1;
  return new PyArray(fromValues('float64', shape, data));
}

function randomFor(name: string, k: number): () => number {
  let seed = k + 1;
  for (let i = 0; i < name.length; i++) seed = Math.imul(seed ^ name.charCodeAt(i), 0x01000193);
  return generator(seed);
}
