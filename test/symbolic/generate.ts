/** Generated expressions for property tests. */
import fc from 'fast-check';
import { arityOf, evaluate, expand } from '../../src/symbolic/evaluate';
import { apply, E, type Expr, isApply, num, PI, sym } from '../../src/symbolic/expr';
import { PREDICATES, SCALAR_OPS } from '../../src/symbolic/rules';

export const SYMBOLS = ['x', 'y', 'z'] as const;

const LEAVES: readonly Expr[] = [...SYMBOLS.map(sym), ...[0, 1, 2, 3, -1, -2, 0.5, -0.25, 10, 1.5].map(num), PI, E];

/** Operators and a few functions: where precedence matters most. */
export const OPERATORS = [
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'neg',
  'pow',
  'pow',
  'square',
  'sin',
  'exp',
  'sqrt',
  'log2',
  'abs',
];

export interface Grammar {
  readonly ops?: readonly string[];
  readonly leaves?: readonly Expr[];
  readonly conditions?: boolean;
  readonly depth?: number;
}

const comparisons = PREDICATES.filter((p) => arityOf(p) === 2 && p !== 'and' && p !== 'or');

/** Expressions over all operations of the language, or over those given. */
export function expressions({
  ops = SCALAR_OPS,
  leaves = LEAVES,
  conditions = true,
  depth = 4,
}: Grammar = {}): fc.Arbitrary<Expr> {
  const leaf = fc.constantFrom(...leaves);
  const level = (n: number): fc.Arbitrary<Expr> => {
    if (n === 0) return leaf;
    const smaller = level(n - 1);
    const operation = fc
      .constantFrom(...ops)
      .chain((op) => fc.tuple(...Array.from({ length: arityOf(op) }, () => smaller)).map((args) => apply(op, ...args)));
    const arithmetic = fc
      .tuple(fc.constantFrom('add', 'sub', 'mul', 'div'), smaller, smaller)
      .map(([op, a, b]) => apply(op, a, b));
    const condition = fc
      .tuple(fc.constantFrom(...comparisons), smaller, smaller, fc.constantFrom('', 'and', 'or', 'not'))
      .map(([op, a, b, more]) => {
        const c = apply(op, a, b);
        return more === '' ? c : more === 'not' ? apply('not', c) : apply(more, c, apply('lt', b, a));
      });
    const selection = fc.tuple(condition, smaller, smaller).map(([c, a, b]) => apply('where', c, a, b));
    return fc.oneof(
      { weight: 2, arbitrary: leaf },
      { weight: 4, arbitrary: arithmetic },
      { weight: 5, arbitrary: operation },
      ...(conditions
        ? [
            { weight: 1, arbitrary: selection },
            { weight: 1, arbitrary: condition },
          ]
        : []),
    );
  };
  return level(depth);
}

/** Evaluates, showing `see` every operation that is carried out, with its operands and result. */
export function observed(
  e: Expr,
  at: (name: string) => number | undefined,
  see: (op: string, args: readonly number[], value: number) => void,
): number {
  if (e.kind !== 'apply') return evaluate(e, at);
  if (isApply(e, 'where')) return observed(e.args[observed(e.args[0] as Expr, at, see) !== 0 ? 1 : 2] as Expr, at, see);
  const composite = expand(e);
  if (composite) return observed(composite, at, see);
  const args = e.args.map((a) => observed(a, at, see));
  const value = evaluate(apply(e.op, ...args.map(num)), () => undefined);
  see(e.op, args, value);
  return value;
}
