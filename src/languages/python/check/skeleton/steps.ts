/**
 * A forward pass as a list of steps in the order of their evaluation: each value has one name, each step one operation.
 * Read from the text: what the backward pass is written from must hold for every shape, not for the one that was tried.
 */
import type { Span } from '../../../../model';
import { isScalarOp, type ScalarOp } from '../../../../symbolic/rules';
import { FUNCTION_SPELLINGS, SOURCE_SPELLINGS } from '../../../../symbolic/spelling';
import type { Call, Expr, FunctionDef, Stmt } from '../../ast';
import type { Callee } from '../callee';
import { parametersOf } from '../callee';
import { bracketed, isAtom, type Source, sourceOf, valuesOf } from './source';

export type Operand =
  | { readonly kind: 'value'; readonly name: string }
  /** What nothing is differentiated by. */
  /** @param name of the piece among those that are evaluated for their shapes */
  | {
      readonly kind: 'data';
      readonly source: Source;
      readonly name: string;
      readonly number?: number;
      /** Arithmetic of other data. */
      readonly made?: { readonly op: ScalarOp; readonly operands: readonly Operand[] };
    };

export type Reduction = 'sum' | 'mean' | 'max' | 'min' | 'var' | 'std' | 'norm';

export type Operation =
  | { readonly kind: 'scalar'; readonly op: ScalarOp; readonly operands: readonly Operand[] }
  | { readonly kind: 'same'; readonly operands: readonly [Operand] }
  | { readonly kind: 'product'; readonly operands: readonly [Operand, Operand] }
  | { readonly kind: 'outer'; readonly operands: readonly [Operand, Operand] }
  | {
      readonly kind: 'transpose';
      readonly operands: readonly [Operand];
      readonly axes?: Source;
      readonly swap?: Source;
    }
  | { readonly kind: 'reshape'; readonly operands: readonly [Operand] }
  | {
      readonly kind: 'reduce';
      readonly how: Reduction;
      readonly operands: readonly [Operand];
      /** As written, and as numbers where they are written as numbers. */
      readonly axis?: { readonly source: Source; readonly axes: readonly number[] };
      readonly keepsAxes: boolean;
    }
  | { readonly kind: 'index'; readonly operands: readonly [Operand]; readonly index: Source }
  | { readonly kind: 'where'; readonly condition: Operand; readonly operands: readonly [Operand, Operand] }
  /** e / Σ e with e = exp x. */
  | {
      readonly kind: 'softmax';
      readonly operands: readonly [Operand];
      readonly axis: Source | undefined;
      readonly axes: readonly number[];
    }
  | { readonly kind: 'clip'; readonly operands: readonly [Operand]; readonly low: Source; readonly high: Source }
  | { readonly kind: 'einsum'; readonly subscripts: string; readonly operands: readonly Operand[] };

export interface Step {
  readonly name: string;
  /** The reader gave the name. */
  readonly isNamed: boolean;
  readonly source: Source;
  readonly span: Span;
  /** Something is differentiated through it. */
  readonly isActive: boolean;
  /** What it does, where that is known. */
  readonly operation?: Operation;
  /** What it is made of, where that is not known. */
  readonly parts: readonly string[];
}

export interface Forward {
  readonly steps: readonly Step[];
  /** What is returned, one by one; and how tuples and dicts that were returned are made up. */
  readonly results: readonly Result[];
  /** Pieces that nothing is differentiated by. */
  readonly data: readonly { readonly name: string; readonly source: Source }[];
  /** Fields that the pass leaves in the object, by name. */
  readonly fields: ReadonlyMap<string, string>;
}

export type Result =
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'tuple'; readonly items: readonly Result[] }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [key: string, value: Result])[] }
  | { readonly kind: 'other' };

type Bound = Result | { readonly kind: 'data'; readonly source: Source };

/** NumPy's names of the primitives, from their spelling; and those that are spelled in two ways. */
const FUNCTIONS: ReadonlyMap<string, ScalarOp> = new Map<string, ScalarOp>([
  ...Object.entries({ ...FUNCTION_SPELLINGS, ...SOURCE_SPELLINGS }).flatMap(([op, spelling]): [string, ScalarOp][] =>
    spelling?.numpy && isScalarOp(op) ? [[spelling.numpy, op]] : [],
  ),
  ['np.absolute', 'abs'],
  ['np.square', 'square'],
  ['np.negative', 'neg'],
  ['np.reciprocal', 'reciprocal'],
  ['np.add', 'add'],
  ['np.subtract', 'sub'],
  ['np.multiply', 'mul'],
  ['np.divide', 'div'],
  ['np.power', 'pow'],
  ['np.maximum', 'max_const'],
  ['np.minimum', 'min_const'],
  ['abs', 'abs'],
]);

const OPERATORS: Readonly<Record<string, ScalarOp>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '**': 'pow' };

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  sum: 'sum',
  mean: 'mean',
  max: 'max',
  amax: 'max',
  min: 'min',
  amin: 'min',
  var: 'var',
  std: 'std',
};

/** Attributes and functions that tell of an array, and change no derivative. */
const INERT_ATTRIBUTES = new Set(['shape', 'size', 'ndim', 'dtype']);
const INERT_FUNCTIONS =
  /^(?:len|range|int|bool|isinstance|np\.(?:arange|zeros_like|ones_like|empty_like|zeros|ones|eye|argmax|argmin|argsort|sign|floor|ceil|round|shape|size|ndim|isnan|isinf|isfinite|logical_\w+|any|all))$/;

/** Besides, the largest element: what is subtracted for the sake of rounding alone has no influence. */
export const WITHOUT_SHIFTS = new RegExp(`${INERT_FUNCTIONS.source}|^(?:np|[\\p{L}_]\\w*)\\.a?max$`, 'u');

/** The forward pass has a statement that is more than a straight line. */
export class NotStraight extends Error {
  constructor(readonly statement: Span) {
    super('not a straight line');
  }
}

/** How deep functions of the document are looked into. */
const MAX_DEPTH = 4;

/**
 * @param wanted parameters and fields (`self.W`) that something is differentiated by
 * @param functions of the document, which are looked into
 * @param inert calls that nothing is differentiated through
 * @throws NotStraight
 */
export function stepsOf(
  forward: Callee,
  text: string,
  wanted: ReadonlySet<string>,
  functions: ReadonlyMap<string, Callee>,
  inert: RegExp = INERT_FUNCTIONS,
): Forward {
  const steps: Step[] = [];
  const data: { name: string; source: Source }[] = [];
  const active = new Set(wanted);
  const taken = new Set<string>(parametersOf(forward).map((p) => p.name));
  const fields = new Map<string, string>();

  const fresh = (name: string): string => {
    let free = name;
    for (let k = 2; taken.has(free); k++) free = `${name}_${k}`;
    taken.add(free);
    return free;
  };

  /** Reads the body of a function whose names mean this. @returns what it returns */
  const readBody = (body: readonly Stmt[], names: Map<string, Bound>, depth: number): Bound | undefined => {
    const bound = (node: Expr): Bound | undefined => {
      if (node.kind === 'Name') return names.get(node.id);
      if (node.kind !== 'Attribute' || node.value.kind !== 'Name' || node.value.id !== 'self') return undefined;
      const name = `self.${node.attr}`;
      return { kind: 'value', name: fields.get(name) ?? name };
    };
    const piece = (node: Expr): Source | undefined => {
      const found = bound(node);
      if (found?.kind === 'value') return [{ value: found.name }];
      return found?.kind === 'data' ? bracketed(found.source, found.source.length === 1) : undefined;
    };
    const source = (e: Expr): Source => sourceOf(e, text, piece);

    const isActive = (e: Expr): boolean => {
      switch (e.kind) {
        case 'Name': {
          const found = names.get(e.id);
          const any = (r: Bound): boolean =>
            r.kind === 'value'
              ? active.has(r.name)
              : r.kind === 'tuple'
                ? r.items.some(any)
                : r.kind === 'dict'
                  ? r.items.some(([, item]) => any(item))
                  : false;
          return found !== undefined && any(found);
        }
        case 'Attribute': {
          const found = bound(e);
          if (found) return found.kind === 'value' && active.has(found.name);
          return !INERT_ATTRIBUTES.has(e.attr) && isActive(e.value);
        }
        case 'Subscript':
          return isActive(e.value);
        case 'UnaryOp':
          return e.op !== 'not' && isActive(e.operand);
        case 'BinOp':
          return e.op !== '//' && (isActive(e.left) || isActive(e.right));
        case 'Call':
          if (inert.test(text.slice(e.func.from, e.func.to))) return false;
          return (
            (e.func.kind === 'Attribute' && isActive(e.func.value)) ||
            e.args.some(isActive) ||
            e.keywords.some((k) => isActive(k.value))
          );
        case 'Tuple':
        case 'List':
          return e.elts.some(isActive);
        case 'IfExp':
          return isActive(e.body) || isActive(e.orelse);
        case 'Starred':
          return isActive(e.value);
        default:
          return false;
      }
    };

    const numberOf = (e: Expr): number | undefined => {
      if (e.kind === 'UnaryOp' && e.op === '-') {
        const n = numberOf(e.operand);
        return n === undefined ? undefined : -n;
      }
      return e.kind === 'Constant' && (e.value.type === 'int' || e.value.type === 'float')
        ? Number(e.value.value)
        : undefined;
    };

    const operand = (e: Expr): Operand => {
      if (!isActive(e)) {
        const number = numberOf(e);
        const op = e.kind === 'BinOp' ? OPERATORS[e.op] : undefined;
        const made =
          e.kind === 'BinOp' && op && op !== 'pow' ? { op, operands: [operand(e.left), operand(e.right)] } : undefined;
        const name = fresh('data');
        data.push({ name, source: source(e) });
        return {
          kind: 'data',
          source: bracketed(source(e), isAtom(e)),
          name,
          ...(number === undefined ? {} : { number }),
          ...(made ? { made } : {}),
        };
      }
      return { kind: 'value', name: valueOf(e) };
    };

    /** The value of an expression that something is differentiated through, under its own name or a new one. */
    const valueOf = (e: Expr, name?: string, written = source(e)): string => {
      const found = e.kind === 'Name' || e.kind === 'Attribute' ? bound(e) : undefined;
      if (found?.kind === 'value' && name === undefined) return found.name;
      const inlined = e.kind === 'Call' ? inline(e) : undefined;
      if (inlined?.kind === 'value' && name === undefined) return inlined.name;
      const operation: Operation | undefined =
        found?.kind === 'value' || inlined?.kind === 'value'
          ? {
              kind: 'same',
              operands: [
                { kind: 'value', name: (found?.kind === 'value' ? found : (inlined as { name: string })).name },
              ],
            }
          : operationOf(e);
      const own = fresh(name ?? 't');
      active.add(own);
      steps.push({
        name: own,
        isNamed: name !== undefined,
        source: written,
        span: e,
        isActive: true,
        ...(operation ? { operation } : {}),
        parts: operation ? [] : [...new Set(valuesOf(written))].filter((v) => active.has(v)),
      });
      return own;
    };

    /** The result of a function of the document whose body is a straight line. */
    const inline = (call: Call): (Bound & { readonly kind: 'value' }) | undefined => {
      const callee = call.func.kind === 'Name' && !names.has(call.func.id) ? functions.get(call.func.id) : undefined;
      if (!callee || depth >= MAX_DEPTH || call.keywords.length > 0) return undefined;
      const params = parametersOf(callee);
      const given = new Map<string, Bound>();
      for (const [i, p] of params.entries()) {
        const arg = call.args[i] ?? p.default;
        if (!arg || arg.kind === 'Starred') return undefined;
        given.set(p.name, boundTo(arg));
      }
      if (call.args.length > params.length) return undefined;
      const { node } = callee;
      const body: readonly Stmt[] =
        node.kind === 'Lambda'
          ? [{ kind: 'Return', value: node.body, from: node.body.from, to: node.body.to }]
          : node.body;
      const result = readBody(body, given, depth + 1);
      return result?.kind === 'value' ? result : undefined;
    };

    const boundTo = (e: Expr): Bound => {
      if (e.kind === 'Name' || e.kind === 'Attribute') {
        const found = bound(e);
        if (found) return found;
      }
      return isActive(e) ? { kind: 'value', name: valueOf(e) } : { kind: 'data', source: source(e) };
    };

    const operationOf = (e: Expr): Operation | undefined => {
      switch (e.kind) {
        case 'UnaryOp':
          return e.op === '-' ? { kind: 'scalar', op: 'neg', operands: [operand(e.operand)] } : undefined;
        case 'BinOp': {
          if (e.op === '@') return { kind: 'product', operands: [operand(e.left), operand(e.right)] };
          const op = OPERATORS[e.op];
          return op && { kind: 'scalar', op, operands: [operand(e.left), operand(e.right)] };
        }
        case 'Attribute':
          return e.attr === 'T' ? { kind: 'transpose', operands: [operand(e.value)] } : undefined;
        case 'Subscript':
          return { kind: 'index', operands: [operand(e.value)], index: source(e.slice) };
        case 'Call':
          return callOf(e);
        default:
          return undefined;
      }
    };

    const axesIn = (e: Expr): number[] => {
      const items = e.kind === 'Tuple' ? e.elts : [e];
      return items.map((item) => numberOf(item) ?? NaN);
    };

    const callOf = (e: Call): Operation | undefined => {
      const called = text.slice(e.func.from, e.func.to);
      const keyword = (name: string) => e.keywords.find((k) => k.arg === name)?.value;
      const only = (...names: readonly string[]) =>
        e.keywords.every((k) => k.arg !== undefined && names.includes(k.arg));
      const isFunction = /^np\.[\w.]+$/.test(called) || called === 'abs';
      const isMethod = !isFunction && e.func.kind === 'Attribute' && isActive(e.func.value);
      if (!isFunction && !isMethod) return undefined;
      const args = isMethod && e.func.kind === 'Attribute' ? [e.func.value, ...e.args] : e.args;
      const [a, b, c] = args;
      const name = isMethod && e.func.kind === 'Attribute' ? e.func.attr : called.replace(/^np\./, '');
      if (!a || args.some((x) => x.kind === 'Starred')) return undefined;
      const op = isFunction ? FUNCTIONS.get(called) : undefined;
      if (op && e.keywords.length === 0) {
        const arity = e.args.length;
        return arity === 1 || arity === 2 ? { kind: 'scalar', op, operands: e.args.map(operand) } : undefined;
      }
      const reduction = REDUCTIONS[name] ?? (name === 'linalg.norm' ? 'norm' : undefined);
      if (reduction && only('axis', 'keepdims')) {
        const axis = keyword('axis') ?? (reduction === 'norm' ? undefined : b);
        if (args.length > (reduction === 'norm' ? 1 : 2)) return undefined;
        const keeps = keyword('keepdims');
        if (keeps && !(keeps.kind === 'Constant' && keeps.value.type === 'bool')) return undefined;
        const isWhole = !axis || (axis.kind === 'Constant' && axis.value.type === 'None');
        const axes = isWhole ? [] : axesIn(axis);
        if (axes.some(Number.isNaN)) return undefined;
        return {
          kind: 'reduce',
          how: reduction,
          operands: [operand(a)],
          ...(isWhole ? {} : { axis: { source: source(axis), axes } }),
          keepsAxes: keeps?.kind === 'Constant' && keeps.value.type === 'bool' && keeps.value.value,
        };
      }
      if (e.keywords.length > 0) return undefined;
      switch (name) {
        case 'dot':
        case 'matmul':
          return b && !c ? { kind: 'product', operands: [operand(a), operand(b)] } : undefined;
        case 'outer':
          return b && !c ? { kind: 'outer', operands: [operand(a), operand(b)] } : undefined;
        case 'transpose': {
          const axes = args.length > 2 ? listOf(args.slice(1).map(source)) : b && source(b);
          return { kind: 'transpose', operands: [operand(a)], ...(axes ? { axes } : {}) };
        }
        case 'swapaxes':
          return b && c
            ? { kind: 'transpose', operands: [operand(a)], swap: [...source(b), ', ', ...source(c)] }
            : undefined;
        case 'reshape':
        case 'ravel':
        case 'flatten':
        case 'squeeze':
        case 'expand_dims':
          return { kind: 'reshape', operands: [operand(a)] };
        case 'copy':
        case 'array':
        case 'asarray':
          return args.length === 1 ? { kind: 'same', operands: [operand(a)] } : undefined;
        case 'where':
          return isFunction && b && c && !isActive(a)
            ? { kind: 'where', condition: operand(a), operands: [operand(b), operand(c)] }
            : undefined;
        case 'clip':
          return b && c && !isActive(b) && !isActive(c)
            ? {
                kind: 'clip',
                operands: [operand(a)],
                low: bracketed(source(b), isAtom(b)),
                high: bracketed(source(c), isAtom(c)),
              }
            : undefined;
        case 'einsum':
          return a.kind === 'Constant' &&
            a.value.type === 'str' &&
            /^[a-z]+(?:,[a-z]+)*->[a-z]*$/.test(a.value.value.replace(/\s/g, ''))
            ? { kind: 'einsum', subscripts: a.value.value.replace(/\s/g, ''), operands: args.slice(1).map(operand) }
            : undefined;
        default:
          return undefined;
      }
    };

    const listOf = (items: readonly Source[]): Source => [
      '(',
      ...items.flatMap((item, i) => (i === 0 ? item : [', ', ...item])),
      ')',
    ];

    const assign = (target: Expr, value: Expr, written?: Source): void => {
      const path = target.kind === 'Name' ? target.id : fieldOf(target);
      if (path === undefined) throw new NotStraight(target);
      let result: Bound;
      if (value.kind === 'Tuple' || value.kind === 'List' || value.kind === 'Dict') result = resultOf(value);
      else if (isActive(value)) {
        const found = value.kind === 'Name' || value.kind === 'Attribute' ? bound(value) : undefined;
        result = found ?? { kind: 'value', name: valueOf(value, path.replace('self.', ''), written) };
      } else {
        const found = value.kind === 'Name' || value.kind === 'Attribute' ? bound(value) : undefined;
        if (found) result = found;
        else {
          const own = fresh(path.replace('self.', ''));
          steps.push({
            name: own,
            isNamed: true,
            source: written ?? source(value),
            span: value,
            isActive: false,
            parts: [],
          });
          result = { kind: 'value', name: own };
        }
      }
      if (target.kind === 'Name') names.set(target.id, result);
      else if (result.kind === 'value') fields.set(path, result.name);
      else throw new NotStraight(target);
    };

    const resultOf = (e: Expr): Result => {
      if (e.kind === 'Tuple' || e.kind === 'List') return { kind: 'tuple', items: e.elts.map(resultOf) };
      if (e.kind === 'Dict') {
        return {
          kind: 'dict',
          items: e.items.flatMap(({ key, value }): [string, Result][] =>
            key?.kind === 'Constant' && key.value.type === 'str' ? [[key.value.value, resultOf(value)]] : [],
          ),
        };
      }
      if (isActive(e)) {
        const found = e.kind === 'Name' || e.kind === 'Attribute' ? bound(e) : undefined;
        if (found && found.kind !== 'data') return found;
        return { kind: 'value', name: valueOf(e) };
      }
      const found = e.kind === 'Name' || e.kind === 'Attribute' ? bound(e) : undefined;
      return found && found.kind !== 'data' ? found : { kind: 'other' };
    };

    for (const s of body) {
      switch (s.kind) {
        case 'Assign':
          for (const target of s.targets) {
            if (target.kind !== 'Tuple') assign(target, s.value);
            else if (s.value.kind === 'Tuple' && s.value.elts.length === target.elts.length) {
              // The right side is evaluated before anything gets its name.
              const before = new Map(names);
              const values = s.value.elts.map((v) => boundTo(v));
              if ([...before].some(([name, v]) => names.get(name) !== v)) throw new NotStraight(s);
              target.elts.forEach((t, i) => {
                if (t.kind !== 'Name') throw new NotStraight(t);
                names.set(t.id, values[i] as Bound);
              });
            } else if (!isActive(s.value)) {
              const whole = bracketed(source(s.value), isAtom(s.value));
              target.elts.forEach((t, i) => {
                if (t.kind !== 'Name') throw new NotStraight(t);
                const own = fresh(t.id);
                steps.push({
                  name: own,
                  isNamed: true,
                  source: [...whole, `[${i}]`],
                  span: s.value,
                  isActive: false,
                  parts: [],
                });
                names.set(t.id, { kind: 'value', name: own });
              });
            } else throw new NotStraight(s);
          }
          break;
        case 'AugAssign': {
          const target = s.target;
          if (target.kind !== 'Name') throw new NotStraight(s);
          const sum = { kind: 'BinOp', left: target, op: s.op, right: s.value, from: s.from, to: s.to } as const;
          const written = [...source(target), ` ${s.op} `, ...bracketed(source(s.value), isAtom(s.value))];
          assign(target, sum, written);
          break;
        }
        case 'Return':
          return (
            s.value && (s.value.kind === 'Tuple' || s.value.kind === 'Dict' ? resultOf(s.value) : boundTo(s.value))
          );
        case 'Expr':
        case 'Assert':
        case 'Pass':
          break;
        default:
          throw new NotStraight(s);
      }
    }
    return undefined;
  };

  const names = new Map<string, Bound>(
    parametersOf(forward).map((p): [string, Bound] => [p.name, { kind: 'value', name: p.name }]),
  );
  const { node } = forward;
  const body: readonly Stmt[] =
    node.kind === 'Lambda'
      ? [{ kind: 'Return', value: node.body, from: node.body.from, to: node.body.to }]
      : (node as FunctionDef).body;
  const returned = readBody(body, names, 0);
  const results: readonly Result[] =
    returned === undefined || returned.kind === 'data' ? [] : returned.kind === 'tuple' ? returned.items : [returned];
  return { steps: withSoftmax(steps), results, data, fields };
}

function fieldOf(e: Expr): string | undefined {
  return e.kind === 'Attribute' && e.value.kind === 'Name' && e.value.id === 'self' ? `self.${e.attr}` : undefined;
}

/** A softmax in several steps is one: its gradient needs its value only. */
function withSoftmax(steps: readonly Step[]): Step[] {
  const operationOf = (o: Operand | undefined) =>
    o?.kind === 'value' ? steps.find((s) => s.name === o.name)?.operation : undefined;
  return steps.map((step) => {
    const { operation } = step;
    if (operation?.kind !== 'scalar' || operation.op !== 'div') return step;
    const [e, total] = operation.operands;
    const [exponential, sum] = [operationOf(e), operationOf(total)];
    if (exponential?.kind !== 'scalar' || exponential.op !== 'exp' || sum?.kind !== 'reduce' || sum.how !== 'sum')
      return step;
    const [x] = exponential.operands;
    const [summed] = sum.operands;
    const isOfItself = e?.kind === 'value' && summed.kind === 'value' && summed.name === e.name;
    if (!isOfItself || !x || !(sum.keepsAxes || !sum.axis)) return step;
    return {
      ...step,
      operation: { kind: 'softmax', operands: [x], axis: sum.axis?.source, axes: sum.axis?.axes ?? [] },
    };
  });
}
