/**
 * What a step of the forward pass hands on to its operands, as NumPy expressions: the partials of the primitives from the
 * rule table, and the transposes of what moves, adds up or multiplies whole arrays.
 */
import { apply, type Expr, mul, num, substitute, sym } from '../../../../symbolic/expr';
import { RULES } from '../../../../symbolic/rules';
import { simplify } from '../../../../symbolic/simplify';
import { broadcastShapes, sizeOf, type Shape } from '../../../../tensor';
import type { Source } from './source';
import type { Operand, Operation, Step } from './steps';

/** What is written so far, and what can be written. */
export interface Notebook {
  shapeOf(value: string): Shape;
  /** The text of a value: its name, or what it is short for. */
  textOf(value: string): Source;
  /** A symbol for text that evaluates to an array of a shape. */
  symbol(source: Source, shape: Shape, isAtom?: boolean): Expr;
  /** The shape that an expression has by itself; it may still have to be repeated. */
  shapeIn(e: Expr): Shape;
  /** Text of an expression that can be written behind a point or between operators. */
  atom(e: Expr): Source;
  /** Text of an expression by itself, as an argument. */
  text(e: Expr): Source;
  /** A value at hand that has a shape, preferably not this one. */
  likeShape(shape: Shape, otherwise: string): string;
  /** Writes a line that gives an expression a name. */
  named(name: string, e: Expr): Expr;
  /** Writes a line. */
  line(source: Source): void;
  free(name: string): string;
}

export interface Contribution {
  readonly to: string;
  readonly e: Expr;
}

/** @param g what flows into the step; of the step's shape or one that is repeated to it */
export function contributions(step: Step, operation: Operation, g: Expr, book: Notebook): Contribution[] {
  const shape = book.shapeOf(step.name);
  const found: Contribution[] = [];
  const give = (operand: Operand | undefined, e: Expr, by: Shape = shape): void => {
    if (operand?.kind !== 'value') return;
    found.push({ to: operand.name, e: summed(e, by, book.shapeOf(operand.name), step.name, book) });
  };
  const value = (operand: Operand): Expr => {
    if (operand.kind === 'value') return book.symbol(book.textOf(operand.name), book.shapeOf(operand.name));
    if (operand.number !== undefined) return num(operand.number);
    if (operand.made) return apply(operand.made.op, ...operand.made.operands.map(value));
    return book.symbol(operand.source, book.shapeOf(operand.name));
  };
  const sourceOf = (operand: Operand): Source =>
    operand.kind === 'value' ? book.textOf(operand.name) : operand.source;
  const whole = (e: Expr): Expr => repeated(e, shape, step.name, book);
  /** In full, behind a point or between operators; and as an argument. */
  const full = (e: Expr): Source => book.atom(whole(e));
  const given = (e: Expr): Source => book.text(whole(e));
  const call = (...source: Source): Source => source;

  switch (operation.kind) {
    case 'same':
      give(operation.operands[0], g);
      break;
    case 'scalar': {
      const [x, y] = operation.operands;
      const names = new Map<string, Expr>([['x', value(x as Operand)]]);
      if (y) names.set('y', value(y));
      const v = apply(operation.op, ...operation.operands.map((_, i) => sym('xy'[i] as string)));
      operation.operands.forEach((operand, i) => {
        if (operand.kind !== 'value') return;
        names.set(
          'v',
          valueIn(step, operation.op) ? book.symbol([{ value: step.name }], shape) : substitute(v, (n) => names.get(n)),
        );
        const partial = partialOf(operation, i);
        give(
          operand,
          simplify(
            mul(
              g,
              substitute(partial, (name) => names.get(name)),
            ),
          ),
        );
      });
      break;
    }
    case 'where': {
      const [a, b] = operation.operands;
      const zero: Source = ['0.0'];
      const { condition } = operation;
      const wide = broadcastShapes(
        'where',
        book.shapeOf(condition.kind === 'data' ? condition.name : ''),
        book.shapeIn(g),
      );
      const flowing = book.text(g);
      const chosen = (first: Source, second: Source) =>
        book.symbol(call('np.where(', ...sourceOf(condition), ', ', ...first, ', ', ...second, ')'), wide);
      give(a, chosen(flowing, zero));
      give(b, chosen(zero, flowing));
      break;
    }
    case 'clip': {
      const [a] = operation.operands;
      const x = sourceOf(a);
      const inside: Source = ['((', ...x, ' >= ', ...operation.low, ') & (', ...x, ' <= ', ...operation.high, '))'];
      give(a, mul(g, book.symbol(inside, shape)));
      break;
    }
    case 'softmax': {
      const [a] = operation.operands;
      const y = book.symbol([{ value: step.name }], shape);
      const axis = operation.axis ? [', axis=', ...operation.axis] : [];
      const axes = operation.axes.map((k) => (k < 0 ? shape.length + k : k));
      const kept = shape.map((n, k) => (!operation.axis || axes.includes(k) ? 1 : n));
      const mean = book.symbol(['np.sum(', ...book.text(simplify(mul(g, y))), ...axis, ', keepdims=True)'], kept);
      give(a, mul(y, apply('sub', g, mean)));
      break;
    }
    case 'product':
      productOf(operation.operands, g);
      break;
    case 'outer': {
      const [a, b] = operation.operands;
      const f = full(g);
      give(a, book.symbol([...f, ' @ ', ...sourceOf(b)], [shape[0] as number], false), [shape[0] as number]);
      give(b, book.symbol([...sourceOf(a), ' @ ', ...f], [shape[1] as number], false), [shape[1] as number]);
      break;
    }
    case 'transpose': {
      const [a] = operation.operands;
      const own = a.kind === 'value' ? book.shapeOf(a.name) : [];
      const f = full(g);
      const turned = operation.swap
        ? call('np.swapaxes(', ...given(g), ', ', ...operation.swap, ')')
        : operation.axes
          ? call('np.transpose(', ...given(g), ', np.argsort(', ...operation.axes, '))')
          : [...f, '.T'];
      give(a, book.symbol(turned, own), own);
      break;
    }
    case 'reshape': {
      const [a] = operation.operands;
      if (a.kind !== 'value') break;
      const own = book.shapeOf(a.name);
      const like = book.likeShape(own, a.name);
      give(a, book.symbol([...full(g), '.reshape(', { value: like }, '.shape)'], own), own);
      break;
    }
    case 'index': {
      const [a] = operation.operands;
      if (a.kind !== 'value') break;
      const own = book.shapeOf(a.name);
      const like = book.likeShape(own, a.name);
      const name = book.free(`d${a.name.replace('self.', '')}_part`);
      const f = given(g);
      book.line([`${name} = np.zeros_like(`, { value: like }, ')']);
      book.line([`np.add.at(${name}, `, ...tupled(operation.index), ', ', ...f, ')']);
      give(a, book.symbol([name], own), own);
      break;
    }
    case 'einsum': {
      const [left, result = ''] = operation.subscripts.split('->');
      const terms = (left ?? '').split(',');
      const f = given(g);
      operation.operands.forEach((operand, i) => {
        if (operand.kind !== 'value') return;
        const own = book.shapeOf(operand.name);
        const others = operation.operands.filter((_, k) => k !== i);
        const subscripts = [result, ...terms.filter((_, k) => k !== i)].join(',');
        const factors = others.flatMap((o): Source => [', ', ...sourceOf(o)]);
        give(operand, book.symbol([`np.einsum('${subscripts}->${terms[i] ?? ''}', `, ...f, ...factors, ')'], own), own);
      });
      break;
    }
    case 'reduce':
      reduced(operation, g);
      break;
  }
  return found;

  function productOf([a, b]: readonly [Operand, Operand], flowing: Expr): void {
    const own = (o: Operand): Shape => book.shapeOf(o.name);
    const [ra, rb] = [own(a).length, own(b).length];
    const [x, y] = [sourceOf(a), sourceOf(b)];
    if (ra === 1 && rb === 1) {
      if (a.kind === 'value') give(a, mul(flowing, book.symbol(y, own(a))), own(a));
      if (b.kind === 'value') give(b, mul(flowing, book.symbol(x, own(b))), own(b));
      return;
    }
    const f = full(flowing);
    if (ra === 1) {
      if (rb > 2) throw new NotWritten(step);
      give(a, book.symbol([...y, ' @ ', ...f], own(a), false), own(a));
      give(b, book.symbol(['np.outer(', ...x, ', ', ...given(flowing), ')'], own(b)), own(b));
    } else if (rb === 1) {
      if (ra > 2) throw new NotWritten(step);
      give(a, book.symbol(['np.outer(', ...given(flowing), ', ', ...y, ')'], own(a)), own(a));
      give(b, book.symbol([...turned(x, 2), ' @ ', ...f], own(b), false), own(b));
    } else {
      const rows = shape.at(-2) as number;
      const columns = shape.at(-1) as number;
      const batch = shape.slice(0, -2);
      const inner = own(a).at(-1) as number;
      give(a, book.symbol([...f, ' @ ', ...turned(y, rb)], [...batch, rows, inner], false), [...batch, rows, inner]);
      if (ra > 2 && rb === 2) {
        const flat = (source: Source): Source => [...source, '.reshape(-1, ', ...source, '.shape[-1])'];
        give(b, book.symbol([...flat(x), '.T @ ', ...flat(f)], [inner, columns], false), [inner, columns]);
      } else {
        give(b, book.symbol([...turned(x, ra), ' @ ', ...f], [...batch, inner, columns], false), [
          ...batch,
          inner,
          columns,
        ]);
      }
    }
  }

  function reduced(operation: Operation & { readonly kind: 'reduce' }, flowing: Expr): void {
    const [a] = operation.operands;
    if (a.kind !== 'value') return;
    const own = book.shapeOf(a.name);
    const axes = operation.axis ? operation.axis.axes.map((k) => (k < 0 ? own.length + k : k)) : own.map((_, k) => k);
    // What was added up is repeated along its axes again.
    let e = flowing;
    if (!operation.keepsAxes && operation.axis && shape.length > 0 && book.shapeIn(e).length > 0) {
      const f = book.text(repeated(e, shape, step.name, book));
      const kept = own.map((n, k) => (axes.includes(k) ? 1 : n));
      e = book.symbol(['np.expand_dims(', ...f, ', ', ...operation.axis.source, ')'], kept);
    }
    const count = (): Expr => {
      if (own.length === 0) return num(1);
      const like = book.likeShape(own, a.name);
      const extents = operation.axis
        ? axes.map((k): Source => [{ value: like }, `.shape[${k}]`])
        : [[{ value: like }, '.size']];
      return extents.map((source) => book.symbol(source as Source, [])).reduce((p, q) => mul(p, q));
    };
    const x = book.symbol([{ value: a.name }], own);
    const again = (name: string): Expr => {
      const axis: Source = operation.axis ? [', axis=', ...operation.axis.source] : [];
      const kept = own.map((n, k) => (axes.includes(k) ? 1 : n));
      return book.symbol([`np.${name}(`, { value: a.name }, ...axis, ', keepdims=True)'], kept);
    };
    switch (operation.how) {
      case 'sum':
        break;
      case 'mean':
        e = apply('div', e, count());
        break;
      case 'max':
      case 'min':
        e = mul(e, book.symbol(['(', { value: a.name }, ' == ', ...book.atom(again(operation.how)), ')'], own));
        break;
      case 'var':
        e = apply('div', mul(mul(num(2), e), apply('sub', x, again('mean'))), count());
        break;
      case 'std':
        e = apply('div', mul(e, apply('sub', x, again('mean'))), mul(count(), again('std')));
        break;
      case 'norm':
        e = apply('div', mul(e, x), again('linalg.norm'));
        break;
    }
    found.push({ to: a.name, e });
  }
}

/** There is no rule for a step. */
export class NotWritten extends Error {
  constructor(readonly step: Step) {
    super('no rule');
  }
}

/** Powers with a number have the textbook form; everything else is the rule's partial. */
function partialOf({ op, operands }: Operation & { readonly kind: 'scalar' }, i: number): Expr {
  const [, y] = operands;
  if (op === 'pow' && i === 0 && y?.kind === 'data' && y.number !== undefined) {
    return simplify(mul(num(y.number), apply('pow', sym('x'), num(y.number - 1))));
  }
  if (op === 'pow' && i === 0) return mul(sym('y'), apply('pow', sym('x'), apply('sub', sym('y'), num(1))));
  if (op === 'pow') return mul(sym('v'), apply('log', sym('x')));
  return RULES[op].partials[i] as Expr;
}

/** Whether a partial is shorter with the value of the step than with its operands. */
function valueIn({ isNamed }: Step, op: string): boolean {
  return op !== 'div' || isNamed;
}

/** `x.T`, of more than two axes the last two swapped. */
function turned(source: Source, rank: number): Source {
  const last = source.at(-1);
  if (rank <= 2 && typeof last === 'string' && last.endsWith('.T')) return [...source.slice(0, -1), last.slice(0, -2)];
  if (rank <= 2) return [...source, '.T'];
  return ['np.swapaxes(', ...source, ', -1, -2)'];
}

/** An index as one argument of a call. */
function tupled(index: Source): Source {
  const text = index.map((p) => (typeof p === 'string' ? p : 'v')).join('');
  return /[:,]/.test(text) ? ['np.s_[', ...index, ']'] : index;
}

/** An expression repeated to a shape, where it has not got it. */
export function repeated(e: Expr, shape: Shape, name: string, book: Notebook): Expr {
  const own = book.shapeIn(e);
  if (own.length === shape.length && own.every((n, i) => n === shape[i])) return e;
  const like = book.likeShape(shape, name);
  return book.symbol(['np.broadcast_to(', ...book.text(e), ', ', { value: like }, '.shape)'], shape);
}

/** The sum over the axes along which an operand was repeated. */
function summed(e: Expr, from: Shape, to: Shape, name: string, book: Notebook): Expr {
  const lead = from.length - to.length;
  const kept = from.flatMap((n, i) => (i >= lead && to[i - lead] === 1 && n !== 1 ? [i - lead] : []));
  if (lead <= 0 && kept.length === 0) return e;
  const whole = book.text(repeated(e, from, name, book));
  if (sizeOf(to) === 1 && to.length === 0) return book.symbol(['np.sum(', ...whole, ')'], to);
  let source = whole;
  if (lead > 0) {
    const axes = lead === 1 ? '0' : `(${Array.from({ length: lead }, (_, i) => i).join(', ')})`;
    source = ['np.sum(', ...source, `, axis=${axes})`];
  }
  if (kept.length > 0) {
    const axes = kept.length === 1 ? String(kept[0]) : `(${kept.join(', ')})`;
    source = ['np.sum(', ...source, `, axis=${axes}, keepdims=True)`];
  }
  return book.symbol(source, to);
}
