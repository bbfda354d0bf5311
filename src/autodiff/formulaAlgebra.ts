import { add, apply, type ApplyExpr, div, type Expr, isApply, isNumber, mul, neg, num, sym } from '../symbolic/expr';
import { evaluate } from '../symbolic/evaluate';
import type { Algebra } from './algebra';
import type { Contraction } from './contraction';
import { broadcastShapes, NdArray, sameShape, type Shape } from '../tensor';
import { type Attributes, isMultilinear, LINEAR_SLOT, MULTILINEAR } from './multilinear';

/** An expression with the shape of its value. */
export interface Formula {
  readonly e: Expr;
  readonly shape: Shape;
}

/**
 * Formulas of array steps are expressions with more operations than scalar ones: `hadamard` (the product of two arrays,
 * elementwise), `masked` (`masked(c, x)` is x where c holds, and 0), and the tensor primitives, whose attributes are the
 * last argument: a symbol whose name is `@` and their JSON.
 */
export const ATTRIBUTES = '@';

/** Attributes as a symbol. Arrays in them are replaced by the names that `name` gives. */
export function attributesSymbol(attributes: Attributes, name: (data: object) => string): Expr {
  return sym(
    ATTRIBUTES +
      JSON.stringify(attributes, (_key, value: unknown) => {
        if (value instanceof NdArray) return { $data: name(value) };
        return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
      }),
  );
}

/** Attributes of a symbol of {@link attributesSymbol}. */
export function readAttributes(e: Expr, data: (name: string) => unknown): Attributes {
  if (e.kind !== 'symbol' || !e.name.startsWith(ATTRIBUTES)) throw new Error('no attributes');
  return JSON.parse(e.name.slice(ATTRIBUTES.length), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$number' in value) return Number(value.$number);
    return '$data' in value ? data(value.$data as string) : value;
  }) as Attributes;
}

export function isAttributes(e: Expr | undefined): boolean {
  return e?.kind === 'symbol' && e.name.startsWith(ATTRIBUTES);
}

/**
 * Expressions as an algebra: what the evaluator makes of a term here is the formula that the reader sees.
 * @param name a name for data (index arrays, masks) that formulas can not spell out
 * @param slot whether the direction stands for the first operand: factors keep the order of the operands
 * @param decide the value of a condition that is known at the recorded point; undefined where it varies over an array
 */
export function formulaAlgebra(
  name: (data: object) => string,
  slot: number,
  decide: (condition: Expr) => boolean | undefined,
): Algebra<Formula> {
  const common = (...xs: readonly Formula[]) => broadcastShapes('formula', ...xs.map((x) => x.shape));
  /** Broadcasting that the other operand implies need not be written, nor the axes that a number is given for it. */
  const plain = (x: Formula, shape: Shape): Expr => {
    const implied =
      (isApply(x.e, 'broadcast') && sameShape(x.shape, shape)) ||
      (isApply(x.e, 'reshape') && isScalarReshape(x.e) && x.shape.length <= shape.length);
    return implied ? ((x.e as ApplyExpr).args[0] as Expr) : x.e;
  };
  const both = (x: Formula, y: Formula): [Expr, Expr] => {
    const [a, b] = [plain(x, y.shape), y.e];
    return a === x.e ? [a, plain(y, x.shape)] : [a, b];
  };

  /** direction · coefficient, in the order in which a textbook writes it. */
  const product = (c: Formula, d: Formula): Formula => {
    const shape = common(c, d);
    const [left, right] = both({ e: tidy(c.e), shape: c.shape }, d);
    const arrays = c.shape.length > 0 && d.shape.length > 0;
    const of = (by: Expr, direction: Expr): Expr => {
      if (isNumber(by, 1) || isNumber(direction, 0)) return direction;
      if (isNumber(by, 0)) return by;
      if (isNumber(by, -1)) return neg(direction);
      if (isApply(by, 'neg')) return neg(of(by.args[0] as Expr, direction));
      if (isApply(direction, 'neg')) return neg(of(by, direction.args[0] as Expr));
      if (isApply(by, 'div')) return div(of(by.args[0] as Expr, direction), by.args[1] as Expr);
      if (isApply(by, 'mul') && isNumber(by.args[0] as Expr)) {
        return mul(by.args[0] as Expr, of(by.args[1] as Expr, direction));
      }
      if (arrays) return slot === 0 ? apply('hadamard', direction, by) : apply('hadamard', by, direction);
      // Of a product the second operand's term reads v₁ v̇₂: factors stay in the order of the operands.
      const first =
        by.kind === 'number' || (slot === 1 && by.kind === 'symbol') || (d.shape.length > 0 && c.shape.length === 0);
      return first ? mul(by, direction) : mul(direction, by);
    };
    return { e: of(left, right), shape };
  };

  const algebra: Algebra<Formula> = {
    shape: (x) => x.shape,
    number: (x) => ({ e: num(x), shape: [] }),
    data: (x) => ({ e: sym(name(x)), shape: x.shape }),
    elementwise(op, x, y) {
      if (y === undefined) return op === 'neg' && isNumber(x.e, 0) ? x : { e: apply(op, x.e), shape: x.shape };
      const shape = common(x, y);
      const [a, b] = both(x, y);
      if (op === 'add' && isNumber(a, 0) && sameShape(y.shape, shape)) return { e: b, shape };
      if (op === 'add' && isNumber(b, 0) && sameShape(x.shape, shape)) return { e: a, shape };
      if (op === 'add' && isApply(b, 'neg')) return { e: apply('sub', a, b.args[0] as Expr), shape };
      if (op === 'add') return { e: add(a, b), shape };
      if (op === 'mul' && x.shape.length > 0 && y.shape.length > 0) return { e: apply('hadamard', a, b), shape };
      return { e: apply(op, a, b), shape };
    },
    predicate(op, x, y) {
      return y === undefined
        ? { e: apply(op, x.e), shape: x.shape }
        : { e: apply(op, ...both(x, y)), shape: common(x, y) };
    },
    select(condition, yes, no) {
      const zero: Formula = { e: num(0), shape: [] };
      const known = decide(condition.e);
      const shape = common(condition, yes ?? zero, no ?? zero);
      if (known !== undefined) return repeated((known ? yes : no) ?? zero, shape);
      if (no === undefined) return { e: apply('masked', condition.e, (yes ?? zero).e), shape };
      if (yes === undefined) return { e: apply('masked', apply('not', condition.e), no.e), shape };
      return { e: apply('where', condition.e, yes.e, no.e), shape };
    },
    scale: product,
    tensor(op, operands, attributes) {
      const shape = shapeOfResult(
        op,
        operands.map((x) => x.shape),
        attributes,
      );
      // What is linear leaves a 0 alone, and a sign passes through it.
      if (isMultilinear(op) && operands.some((x, i) => isNumber(x.e, 0) && i === (LINEAR_SLOT[op] ?? i)))
        return { e: num(0), shape };
      const signed = isMultilinear(op)
        ? operands.findIndex((x, i) => isApply(x.e, 'neg') && i === (LINEAR_SLOT[op] ?? i))
        : -1;
      if (signed >= 0) {
        const positive = operands.map((x, i) =>
          i === signed ? { e: (x.e as ApplyExpr).args[0] as Expr, shape: x.shape } : x,
        );
        return { e: neg(algebra.tensor(op, positive, attributes).e), shape };
      }
      return { e: spelled(op, operands, attributes, shape) ?? general(op, operands, attributes), shape };
    },
  };

  /** A formula in a larger shape. A 0 has every shape. */
  const repeated = (x: Formula, shape: Shape): Formula =>
    sameShape(x.shape, shape) || isNumber(x.e, 0)
      ? { e: x.e, shape }
      : { e: general('broadcast', [x], { shape }), shape };

  const general = (op: string, operands: readonly Formula[], attributes: Attributes): Expr =>
    apply(op, ...operands.map((x) => x.e), attributesSymbol(attributes, name));

  /** Forms that have a sign of their own. */
  const spelled = (
    op: string,
    operands: readonly Formula[],
    attributes: Attributes,
    shape: Shape,
  ): Expr | undefined => {
    const x = operands[0] as Formula;
    if (op === 'contract') {
      return product2(operands, attributes as unknown as Contraction) ?? contraction(operands, attributes);
    }
    if (op === 'solve') {
      const plain = attributes.transposed !== true;
      if (!plain && x.shape.length > 2) return undefined;
      return apply('solve', plain ? x.e : transposed(x.e), (operands[1] as Formula).e);
    }
    if (op === 'solve_triangular' && attributes.transposed === true && x.shape.length === 2) {
      const other = { ...attributes, transposed: false, lower: attributes.lower !== true };
      return general(op, [{ e: transposed(x.e), shape: x.shape }, operands[1] as Formula], other);
    }
    if (op === 'permute') {
      const axes = attributes.axes as readonly number[];
      if (axes.every((axis, i) => axis === i)) return x.e;
      return axes.length === 2 ? transposed(x.e) : undefined;
    }
    if (op === 'reshape' && isApply(x.e, 'sum_to') && withoutUnits(x.shape) === withoutUnits(shape)) {
      const inner = x.e.args[0] as Expr;
      const { from } = readAttributes(x.e.args[1] as Expr, () => undefined) as { from?: Shape };
      if (from && shape.length < from.length) {
        const axis = from.flatMap((_, i) =>
          from.length === x.shape.length && x.shape[i] === 1 && from[i] !== 1 ? [i] : [],
        );
        const left = from.filter((_, i) => !axis.includes(i));
        if (sameShape(left, shape)) {
          return apply('sum', inner, attributesSymbol(axis.length === from.length ? {} : { axis }, name));
        }
      }
    }
    if (op === 'broadcast' && isApply(x.e, 'reshape') && isScalarReshape(x.e)) {
      return general(op, [{ e: x.e.args[0] as Expr, shape: [] }], attributes);
    }
    if (op === 'reshape') {
      const from = x.shape.length === 0 ? { from: [] } : {};
      return general(op, operands, { shape, ...from });
    }
    if (op === 'sum_to') {
      if (shape.length === 0) return apply('sum', x.e, attributesSymbol({}, name));
      return apply('sum_to', x.e, attributesSymbol({ ...attributes, from: x.shape }, name));
    }
    return undefined;
  };

  const contraction = (operands: readonly Formula[], attributes: Attributes): Expr => {
    const { inputs, output, extents } = attributes as unknown as Contraction;
    // Labels along which the result is repeated: no operand has their extent.
    const repeated = [...new Set(output)].filter(
      (label) =>
        !inputs.some((own, i) =>
          [...own].some((known, axis) => known === label && operands[i]?.shape[axis] === extents[label]),
        ),
    );
    return apply(
      'contract',
      ...operands.map((x) => x.e),
      attributesSymbol({ inputs, output, extents, repeated }, name),
    );
  };

  return algebra;
}

const isScalarReshape = (e: ApplyExpr) => 'from' in readAttributes(e.args[1] as Expr, () => undefined);

const withoutUnits = (shape: Shape) => shape.filter((extent) => extent !== 1).join(',');

/** A transpose of a transpose is neither. */
function transposed(e: Expr): Expr {
  return isApply(e, 'transpose') && e.args.length === 1 ? (e.args[0] as Expr) : apply('transpose', e);
}

/** Contractions that are written as products: A B, Aᵀ B, x yᵀ, x · y, tr A. */
function product2(operands: readonly Formula[], { inputs, output, extents }: Contraction): Expr | undefined {
  if (inputs.length > 2) return undefined;
  const whole = operands.every((x, i) =>
    [...(inputs[i] as string)].every((label, axis) => x.shape[axis] === extents[label]),
  );
  if (!whole) return undefined;
  const [p, q] = inputs as readonly [string, string | undefined];
  const [x, y] = operands as [Formula, Formula];
  if (q === undefined) {
    if (p.length === 2 && p[0] === p[1] && output === '') return apply('trace', x.e);
    if (p.length === 2 && p[0] === p[1] && output === p[0]) return apply('diag', x.e);
    if (p.length === 1 && output === p + p) return apply('diag', x.e);
    if (p.length === 2 && p[0] !== p[1] && output === `${p[1]}${p[0]}`) return transposed(x.e);
    return undefined;
  }
  const distinct =
    new Set(p).size === p.length && new Set(q).size === q.length && new Set(output).size === output.length;
  if (!distinct || p.length > 2 || q.length > 2) return undefined;
  const shared = [...p].filter((label) => q.includes(label) && !output.includes(label));
  if (p.length === 1 && q.length === 1) {
    if (p === q && output === '') return apply('dot', x.e, y.e);
    if (p !== q && output === p + q) return apply('outer', x.e, y.e);
    if (p !== q && output === q + p) return apply('outer', y.e, x.e);
    return undefined;
  }
  const k = shared[0];
  if (shared.length !== 1 || k === undefined || output.length !== p.length + q.length - 2) return undefined;
  const rows = p.replace(k, '');
  const columns = q.replace(k, '');
  if (rows === columns) return undefined;
  const left = (labels: string, e: Expr) => (labels.length === 2 && labels[0] === k ? transposed(e) : e);
  const right = (labels: string, e: Expr) => (labels.length === 2 && labels[1] === k ? transposed(e) : e);
  if (output === rows + columns) return apply('matmul', left(p, x.e), right(q, y.e));
  if (output === columns + rows) return apply('matmul', left(q, y.e), right(p, x.e));
  return undefined;
}

/** Shape of the result of a primitive that terms and residuals use. */
export function shapeOfResult(op: string, operands: readonly Shape[], attributes: Attributes): Shape {
  const of = operands[LINEAR_SLOT[op] ?? 0] as Shape;
  if (isMultilinear(op)) return MULTILINEAR[op].shape(of, attributes, 0);
  if (op === 'where') return broadcastShapes('where', ...operands);
  if (KEEPING.has(op)) return kept(of, attributes);
  if (ELEMENT_FOR_ELEMENT.has(op)) return of;
  const matrices = OF_MATRICES[op];
  if (matrices) return [...of.slice(0, -2), ...matrices(...(of.slice(-2) as [number, number]))];
  if (op === 'close_pairs' || op === 'inverse_gaps') return [...of, of.at(-1) as number];
  throw new Error(`the shape of ${op} is not known before it is evaluated`);
}

/** As residuals, reductions keep their axes. */
const KEEPING: ReadonlySet<string> = new Set(['sum', 'mean', 'prod']);
const ELEMENT_FOR_ELEMENT: ReadonlySet<string> = new Set([
  'softmax',
  'log_softmax',
  'mark',
  'first',
  'inv',
  'cofactor',
  'cumprod',
  'eigenvectors',
  'vanishing',
  'regular',
]);
/** Extents of what is made of m×n matrices. */
const OF_MATRICES: Readonly<Partial<Record<string, (m: number, n: number) => Shape>>> = {
  eigenvalues: (m) => [m],
  singular_values: (m, n) => [Math.min(m, n)],
  left_vectors: (m, n) => [m, Math.min(m, n)],
  right_vectors: (m, n) => [Math.min(m, n), n],
  qr_q: (m, n) => [m, Math.min(m, n)],
  qr_r: (m, n) => [Math.min(m, n), n],
  pinv: (m, n) => [n, m],
  deficient: () => [1, 1],
};

const kept = (of: Shape, { axis }: Attributes): Shape =>
  of.map((extent, i) => {
    const axes = axis === undefined ? undefined : typeof axis === 'number' ? [axis] : (axis as readonly number[]);
    return axes === undefined || axes.some((a) => (a < 0 ? a + of.length : a) === i) ? 1 : extent;
  });

/** Operations on numbers whose result is again a number that a reader would write; ln 2 and 1/3 are not. */
const FOLDED: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'neg', 'square']);

/** Folds what constant operands leave behind: numbers, factors 1, exponents 1. Changes no value. */
export function tidy(e: Expr): Expr {
  if (e.kind !== 'apply') return e;
  const args = e.args.map(tidy);
  const [a, b] = args as [Expr, Expr];
  if (args.length > 0 && args.every((x) => x.kind === 'number') && FOLDED.has(e.op)) {
    return num(evaluate(apply(e.op, ...args), () => undefined));
  }
  if (e.op === 'mul' && isNumber(a, 1)) return b;
  if (e.op === 'mul' && isNumber(b, 1)) return a;
  if (e.op === 'div' && isNumber(b, 1)) return a;
  if (e.op === 'pow' && isNumber(b, 1)) return a;
  if (e.op === 'sub' && isNumber(b, 0)) return a;
  return apply(e.op, ...args);
}
