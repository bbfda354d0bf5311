/**
 * NumPy's universal functions as objects: called on whole operands, with `out=`, `where=` and `dtype=`, and with the methods
 * `reduce`, `accumulate`, `outer` and `at`, all derived from what the function does to whole operands.
 */
import { isTensorOp } from '../../../autodiff/tensorRules';
import type { Site } from '../../../model';
import {
  broadcastShapes,
  broadcastTo,
  type DType,
  type IndexItem,
  type NdArray,
  sameShape,
  select,
} from '../../../tensor';
import * as tensors from '../../../tensor';
import { type Call, define, keyword, optional, positional, type Parameter, unfollowed } from '../binding';
import { raised } from '../exceptions';
import type { Runtime } from '../runtime';
import { isNumberLike, type NumberLike } from '../values/numbers';
import { OBJECT, PyBoundMethod, PyBuiltin, PyClass, PyTuple, PyUnknown, type PyValue } from '../values/object';
import { arrayOf, indexed, type Operand, operand, type PyArray, reshaped } from './array';
import { castTo } from './cast';
import { look } from './guards';
import { numeric } from './errors';
import { indexItems } from './indexing';
import * as take from './parameters';
import { positions, unravelled } from './places';
import { reduction, type ReductionOp } from './reduce';
import { knownOperands, tensor } from './tensors';
import { requireFit, store } from './write';

export interface UfuncRule {
  /** As it is called; several names may be those of one function. */
  readonly name: string;
  /** NumPy's own name of it, where `name` is another one. */
  readonly own?: string;
  /** The function of whole operands, which broadcast. */
  readonly apply: (rt: Runtime, site: Site, x: Operand, y: Operand) => PyValue;
  /** The function of numbers, where there is a shorter way. */
  readonly ofNumbers?: (rt: Runtime, site: Site, x: NumberLike, y: NumberLike) => PyValue;
  readonly inputs: 1 | 2;
  /** What it computes in: floats alone, integers and bools alone, or a test whose result is bool. */
  readonly loops?: 'floats' | 'integers' | 'bool';
  /** The reduction that folds with it, in any order. */
  readonly reduction?: ReductionOp;
  /** Running results along an axis. */
  readonly running?: 'cumsum' | 'cumprod';
  readonly identity?: number | boolean;
}

const ownName = ({ name, own = name }: UfuncRule): string => own;

const UFUNC = new PyClass('numpy.ufunc', [OBJECT]);

export class Ufunc extends PyBuiltin {
  constructor(readonly rule: UfuncRule) {
    super(rule.name, calling(rule));
  }
  override get cls(): PyClass {
    return UFUNC;
  }
  override getAttr(rt: Runtime, name: string, site: Site): PyValue | undefined {
    switch (name) {
      case '__name__':
        return ownName(this.rule);
      case 'nin':
        return this.rule.inputs;
      case 'nout':
        return 1;
      case 'nargs':
        return this.rule.inputs + 1;
      case 'identity':
        return this.rule.identity ?? null;
      default: {
        const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
        if (method) return new PyBoundMethod(this, method);
        return KNOWN.has(name) ? rt.unknown('unsupported', `\`ufunc.${name}\` is not supported`, site) : undefined;
      }
    }
  }
  override repr(): string {
    return `<ufunc '${ownName(this.rule)}'>`;
  }
}

const KNOWN = new Set(['reduceat', 'types', 'ntypes', 'signature', 'resolve_dtypes']);

const OPTIONS = {
  out: take.target(),
  where: keyword(optional(take.data)),
  casting: keyword(unfollowed('same_kind')),
  order: keyword(unfollowed('K')),
  dtype: keyword(optional(take.dtype)),
  subok: keyword(unfollowed(true)),
} satisfies Record<string, Parameter<unknown>>;

function calling(rule: UfuncRule): PyBuiltin['body'] {
  const { name, inputs, ofNumbers } = rule;
  const x = positional(take.array);
  const full =
    inputs === 1
      ? define(name, { x, ...OPTIONS }, (call, { x, out, where, dtype }) =>
          computed(call, rule, [x], out, where, dtype),
        )
      : define(name, { x1: x, x2: x, ...OPTIONS }, (call, { x1, x2, out, where, dtype }) =>
          computed(call, rule, [x1, x2], out, where, dtype),
        );
  return (rt, args, kwargs, site) => {
    const [a, b] = args as [PyValue, PyValue];
    // The usual call, without the detour through arrays.
    if (ofNumbers && args.length === inputs && (kwargs?.size ?? 0) === 0 && isNumberLike(a)) {
      // A bool is an array's element: functions of it are float16.
      if (inputs === 1 && typeof a !== 'boolean') return ofNumbers(rt, site, a, a);
      if (inputs === 2 && isNumberLike(b)) return ofNumbers(rt, site, a, b);
    }
    if (args.length < inputs || args.length > inputs + 1) {
      throw raised(
        'TypeError',
        `${name}() takes from ${inputs} to ${inputs + 1} positional arguments but ${args.length} were given`,
      );
    }
    return full.body(rt, args, kwargs, site);
  };
}

function computed(
  { rt, site }: Call,
  rule: UfuncRule,
  given: readonly Operand[],
  out: PyArray | undefined,
  where: NdArray | undefined,
  dtype: DType | undefined,
): PyValue {
  const name = ownName(rule);
  const operands = dtype === undefined ? given : numeric(rt, site, () => converted(rt, rule, given, dtype, site));
  if (operands instanceof PyUnknown) {
    out?.spoil(operands);
    return operands;
  }
  const isAll = where === undefined || where.elements().every((w) => w !== 0);
  if (!isAll) {
    if (out === undefined)
      return rt.unknown(
        'unsupported',
        `\`where=\` of \`${name}\` without \`out=\` leaves memory that nobody set`,
        site,
      );
    return masked(rt, rule, operands, where as NdArray, out, site);
  }
  const refused = out === undefined ? null : numeric(rt, site, () => requireJoint(name, operands, out, where));
  if (refused !== null) return refused;
  const result = applied(rt, rule, operands, site);
  return out === undefined ? result : store(rt, out, result, name, site);
}

/** @throws TensorError where operands and target have no common shape */
function requireJoint(name: string, operands: readonly Operand[], out: PyArray, where: NdArray | undefined): null {
  const shapes = [...operands.map((x) => x.nd.shape), ...(where ? [where.shape] : []), out.nd.shape];
  try {
    broadcastShapes(name, ...shapes);
  } catch {
    const message = `operands could not be broadcast together with shapes ${shapes.map((s) => tensors.numpyShape(s)).join(' ')} `;
    throw new tensors.TensorError('shape', name, message, { exception: 'ValueError', message });
  }
  const given = shapes.slice(0, -1);
  const shape = broadcastShapes(name, ...given);
  if (where !== undefined && shape.length > out.nd.ndim)
    requireFit(out, { nd: tensors.zeros(shape, 'bool'), row: undefined }, name);
  return null;
}

function applied(rt: Runtime, rule: UfuncRule, operands: readonly Operand[], site: Site): PyValue {
  const [x, y] = operands as [Operand, Operand?];
  return numeric(rt, site, () => rule.apply(rt, site, x, y ?? x));
}

/** Operands in the type that `dtype=` asks the function to compute in. */
function converted(
  rt: Runtime,
  rule: UfuncRule,
  operands: readonly Operand[],
  dtype: DType,
  site: Site,
): readonly Operand[] | PyUnknown {
  if (rule.loops === 'bool')
    return rt.unknown('unsupported', `\`dtype=\` of \`${ownName(rule)}\` is not supported`, site);
  const floats = tensors.isFloat(dtype);
  if ((rule.loops === 'floats' && !floats) || (rule.loops === 'integers' && floats)) {
    const message = `No loop matching the specified signature and casting was found for ufunc ${ownName(rule)}`;
    throw new tensors.TensorError('dtype', rule.name, message, { exception: 'TypeError', message });
  }
  operands.forEach(({ nd }, i) => {
    if (
      nd.weak
        ? tensors.canCast(tensors.resultType(nd.promotion), dtype, 'same_kind')
        : tensors.canCast(nd.dtype, dtype, 'same_kind')
    )
      return;
    const which = operands.length === 1 ? 'input' : `input ${i}`;
    const message = `Cannot cast ufunc '${ownName(rule)}' ${which} from dtype('${nd.dtype}') to dtype('${dtype}') with casting rule 'same_kind'`;
    throw new tensors.TensorError('dtype', rule.name, message, { exception: 'UFuncTypeError', message });
  });
  return knownOperands(
    operands.map((x) => (x.nd.dtype === dtype && !x.nd.weak ? x : operand(rt, castTo(rt, x, dtype, site), site))),
  );
}

/** Computed and written only where the mask says so, as NumPy does: what is left out is not even evaluated. */
function masked(
  rt: Runtime,
  rule: UfuncRule,
  operands: readonly Operand[],
  mask: NdArray,
  out: PyArray,
  site: Site,
): PyValue {
  const done = numeric(rt, site, () => {
    const shape = broadcastShapes(rule.name, ...operands.map((x) => x.nd.shape), mask.shape, out.nd.shape);
    if (!sameShape(shape, out.nd.shape)) {
      throw raised(
        'ValueError',
        `non-broadcastable output operand with shape ${tensors.numpyShape(out.nd.shape)} doesn't match the broadcast shape ${tensors.numpyShape(shape)}`,
      );
    }
    const chosen = tensors.map((w) => Number(w !== 0), broadcastTo(mask, shape), 'bool');
    const items: readonly IndexItem[] = [{ kind: 'array', array: chosen }];
    const picked = knownOperands(
      operands.map((x) => {
        if (x.nd.ndim === 0) return x;
        const whole = operand(rt, tensor(rt, 'broadcast', [x], { shape }, site, x.nd.dtype), site);
        return whole instanceof PyUnknown
          ? whole
          : operand(rt, tensor(rt, 'index', [whole], { items }, site, x.nd.dtype), site);
      }),
    );
    if (picked instanceof PyUnknown) return picked;
    const value = applied(rt, rule, picked, site);
    const result = value instanceof PyUnknown ? value : operand(rt, value, site);
    if (result instanceof PyUnknown) return result;
    requireFit(out, { nd: tensors.zeros([], result.nd.dtype), row: undefined }, ownName(rule));
    out.write(rt, items, result, site);
    return null;
  });
  if (done instanceof PyUnknown) {
    out.spoil(done);
    return done;
  }
  return out;
}

// Methods.

const self: Parameter<Ufunc> = {
  read: (_call, value) => {
    if (value instanceof Ufunc) return value;
    throw raised('TypeError', 'a ufunc is required');
  },
};

const slices = (axis: number, i: number): readonly IndexItem[] => [
  ...Array.from({ length: axis }, (): IndexItem => ({ kind: 'slice' })),
  { kind: 'integer', value: i },
];

/** The results of folding along an axis: all of them, or the last. */
function folded(rt: Runtime, rule: UfuncRule, array: PyArray, axis: number, site: Site): PyValue[] | PyUnknown {
  const place = tensors.normalizeAxis(rule.name, axis, array.nd.ndim);
  const extent = array.nd.shape[place] as number;
  const results: PyValue[] = [];
  for (let i = 0; i < extent; i++) {
    const slice = indexed(rt, array, slices(place, i), site);
    const before = results.at(-1);
    const operands = knownOperands([operand(rt, before ?? slice, site), operand(rt, slice, site)]);
    if (operands instanceof PyUnknown) return operands;
    const next = before === undefined ? slice : applied(rt, rule, operands, site);
    if (next instanceof PyUnknown) return next;
    results.push(next);
  }
  return results;
}

/** What is folded: a function that gives another type than its operands' folds in that type. */
function startingFrom(rt: Runtime, rule: UfuncRule, array: PyArray, site: Site): PyArray | PyUnknown {
  if (rule.loops === undefined || rule.loops === 'integers') return array;
  if (rule.loops === 'floats') {
    if (tensors.isFloat(array.nd.dtype)) return array;
  } else if (array.nd.dtype === 'bool') return array;
  else if (rule.name.startsWith('logical_')) {
    const x = operand(rt, array, site);
    if (x instanceof PyUnknown) return x;
    look(rt, 'truth', x, undefined, site);
    return arrayOf(rt, castTo(rt, x, 'bool', site), site);
  }
  return rt.unknown('unsupported', `folding \`${rule.name}\` over this type is not supported`, site);
}

function requireBinary({ rule }: Ufunc, method: string): void {
  if (rule.inputs !== 2) throw raised('ValueError', `${method} only supported for binary functions`);
}

const METHODS: Readonly<Record<string, PyBuiltin>> = {
  reduce: define(
    'reduce',
    {
      self,
      array: take.arrayValue,
      axis: {
        ...take.axes,
        read: (call, value, name) => (value === null ? 'all' : take.axes.read(call, value, name)),
        otherwise: { value: 0 },
      } as Parameter<number | readonly number[] | 'all'>,
      dtype: optional(take.dtype),
      out: take.target(),
      keepdims: optional(take.flag, false),
      initial: unfollowed(),
      where: unfollowed(true),
    },
    ({ rt, site }, { self: { rule, name }, self, array, axis, dtype, out, keepdims }) => {
      requireBinary(self, 'reduce');
      const finish = (value: PyValue) => (out === undefined ? value : store(rt, out, value, name, site));
      const x = operand(rt, array, site);
      if (x instanceof PyUnknown) return x;
      if (rule.reduction) {
        const over = axis === 'all' ? undefined : axis;
        return reduction(rt, site, rule.reduction, x, { axis: over, keepdims, dtype, out });
      }
      if (array.nd.ndim === 0 && (axis === 'all' || axis === 0 || axis === -1))
        return finish(array.getItem(rt, new PyTuple([]), site));
      if (typeof axis !== 'number')
        return rt.unknown('unsupported', `\`${name}.reduce\` over several axes is not supported`, site);
      if (dtype !== undefined)
        return rt.unknown('unsupported', `\`dtype=\` of \`${name}.reduce\` is not supported`, site);
      const start = startingFrom(rt, rule, array, site);
      if (start instanceof PyUnknown) return start;
      const results = numeric(rt, site, () => folded(rt, rule, start, axis, site));
      if (results instanceof PyUnknown) return results;
      const last = results.at(-1);
      if (last === undefined) {
        if (array.nd.ndim > 1) return rt.unknown('unsupported', `\`${name}.reduce\` of nothing is not supported`, site);
        if (rule.identity === undefined)
          throw raised('ValueError', `zero-size array to reduction operation ${name} which has no identity`);
        return finish(rule.identity);
      }
      if (!keepdims) return finish(last);
      return rt.unknown('unsupported', `\`keepdims=\` of \`${name}.reduce\` is not supported`, site);
    },
  ),
  accumulate: define(
    'accumulate',
    { self, array: take.arrayValue, axis: optional(take.integer, 0), dtype: unfollowed(), out: take.target() },
    ({ rt, site }, { self: { rule, name }, self, array, axis, out }) => {
      requireBinary(self, 'accumulate');
      const finish = (value: PyValue) => (out === undefined ? value : store(rt, out, value, name, site));
      const x = operand(rt, array, site);
      if (x instanceof PyUnknown) return x;
      if (array.nd.ndim === 0) throw raised('TypeError', 'cannot accumulate on a scalar');
      if (rule.running && isTensorOp(rule.running))
        return finish(tensor(rt, rule.running, [x], { axis }, site, x.nd.dtype));
      const start = startingFrom(rt, rule, array, site);
      if (start instanceof PyUnknown) return start;
      const results = numeric(rt, site, () => folded(rt, rule, start, axis, site));
      if (results instanceof PyUnknown) return results;
      if (results.length === 0) return finish(array.copyOf(rt, site));
      const rows = knownOperands(results.map((r) => operand(rt, r, site)));
      return rows instanceof PyUnknown ? rows : finish(tensor(rt, 'stack', rows, { axis }, site, rows[0]?.nd.dtype));
    },
  ),
  outer: define(
    'outer',
    { self, a: take.arrayValue, b: take.array, dtype: unfollowed() },
    ({ rt, site }, { self, a, b }) => {
      requireBinary(self, 'outer');
      const lifted = reshaped(rt, a, [...a.nd.shape, ...b.nd.shape.map(() => 1)], site);
      const x = operand(rt, lifted, site);
      return x instanceof PyUnknown ? x : applied(rt, self.rule, [x, b], site);
    },
  ),
  at: define(
    'at',
    {
      self,
      a: { ...take.arrayValue, written: true },
      indices: { read: (_call: Call, value: PyValue) => value },
      b: optional(take.array),
    },
    ({ rt, site }, { self: { rule }, a, indices, b }) => {
      const items = indexItems(rt, indices, site);
      const done = items instanceof PyUnknown ? items : numeric(rt, site, () => at(rt, rule, a, items, b, site));
      if (done instanceof PyUnknown) a.spoil(done);
      return null;
    },
  ),
};

/** `a[items] = f(a[items], b)` one place after the other, so that a place that is named twice is changed twice. */
function at(
  rt: Runtime,
  rule: UfuncRule,
  a: PyArray,
  items: readonly IndexItem[],
  b: Operand | undefined,
  site: Site,
): PyValue {
  if (rule.inputs === 2 && b === undefined) throw raised('ValueError', 'second operand needed for ufunc');
  const places = select(positions(a.nd), items);
  const isTraced = a.isTraced(rt) || b?.row !== undefined;
  if (isTraced && b !== undefined && (rule.name === 'add' || rule.name === 'subtract')) {
    // Sums commute: what goes to one place is added up first.
    const region = operand(rt, tensor(rt, 'broadcast', [b], { shape: places.shape }, site, b.nd.dtype), site);
    if (region instanceof PyUnknown) return region;
    const change = operand(rt, tensor(rt, 'embed', [region], { items, shape: a.nd.shape }, site, 'float64'), site);
    const before = operand(rt, a, site);
    const operands = knownOperands([before, change]);
    if (operands instanceof PyUnknown) return operands;
    return store(rt, a, applied(rt, rule, operands, site), rule.name, site);
  }
  const flat = places.elements();
  const values = b === undefined ? undefined : fitting(b.nd, places.shape);
  for (const round of rounds(flat)) {
    rt.tick(round.length);
    const chosen = tensors.fromValues(
      'int64',
      [round.length],
      Float64Array.from(round, (i) => flat[i] as number),
    );
    const order = tensors.fromValues('int64', [round.length], Float64Array.from(round));
    const pick = (x: Operand, at: NdArray) =>
      operand(rt, tensor(rt, 'pick', [x], { positions: at }, site, x.nd.dtype), site);
    const whole = operand(rt, a, site);
    if (whole instanceof PyUnknown) return whole;
    const spread =
      values === undefined
        ? undefined
        : operand(
            rt,
            tensor(rt, 'broadcast', [b as Operand], { shape: places.shape }, site, (b as Operand).nd.dtype),
            site,
          );
    if (spread instanceof PyUnknown) return spread;
    const operands = knownOperands([pick(whole, chosen), ...(spread ? [pick(spread, order)] : [])]);
    if (operands instanceof PyUnknown) return operands;
    const result = applied(rt, rule, operands, site);
    const x = result instanceof PyUnknown ? result : operand(rt, result, site);
    if (x instanceof PyUnknown) return x;
    a.write(rt, unravelled(chosen, a.nd.shape), x, site);
  }
  return null;
}

function fitting(values: NdArray, shape: readonly number[]): NdArray {
  try {
    return broadcastTo(values, shape);
  } catch {
    throw raised('ValueError', 'array is not broadcastable to correct shape');
  }
}

/** Indices into `places`, in rounds in which no place is named twice: the first naming of each, the second … */
function rounds(places: ArrayLike<number>): number[][] {
  const seen = new Map<number, number>();
  const out: number[][] = [];
  for (let i = 0; i < places.length; i++) {
    const turn = seen.get(places[i] as number) ?? 0;
    seen.set(places[i] as number, turn + 1);
    (out[turn] ??= []).push(i);
  }
  return out;
}
