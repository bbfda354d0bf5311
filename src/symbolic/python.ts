/** Expressions as Python source. */
import { ArityError, arityOf, expand, instantiate, UnknownOperationError } from './evaluate';
import { add, apply, type ApplyExpr, div, type Expr, fn, isApply, mul, neg, num, sym } from './expr';
import { atom, BINARY_OPERATORS, operands, PRECEDENCE, type Printed, within } from './precedence';
import { isPredicate, isScalarOp, RULES } from './rules';
import { FUNCTION_SPELLINGS, OPERATOR_SPELLINGS, SOURCE_SPELLINGS } from './spelling';

export interface PythonStyle {
  /**
   * `numpy`: for arrays, with NumPy as `np` and `scipy.special` as `special`. `math`: for numbers, with the standard module;
   * what it lacks is written out. NumPy by default.
   */
  readonly module?: 'numpy' | 'math';
  /** The source of a symbol; by default its name, which then must be an identifier. */
  readonly symbol?: (name: string) => string;
}

/** An expression needs a function that the chosen Python module does not have and that no formula replaces. */
export class NoPythonFormError extends Error {
  constructor(
    readonly operation: string,
    readonly module: string,
  ) {
    super(`${operation}: the module ${module} has no such function`);
    this.name = 'NoPythonFormError';
  }
}

const x = sym('x');
const y = sym('y');
const larger = fn('maximum', x, y);
const larger0 = fn('maximum', x, 0);

/** Forms for functions that a module lacks, where the textbook form overflows or cancels. */
const FORMS: Readonly<Record<'numpy' | 'math', Readonly<Record<string, Expr>>>> = {
  numpy: {
    softplus: fn('logaddexp', 0, x),
    one_minus_square: mul(fn('sub', 1, x), add(1, x)),
  },
  math: {
    one_minus_square: mul(fn('sub', 1, x), add(1, x)),
    logaddexp: add(larger, fn('log1p', fn('exp', neg(fn('abs', fn('sub', x, y)))))),
    softplus: add(larger0, fn('log1p', fn('exp', neg(fn('abs', x))))),
    logsigmoid: neg(fn('softplus', neg(x))),
    sigmoid: fn('where', fn('ge', x, 0), div(1, add(1, fn('exp', neg(x)))), div(fn('exp', x), add(1, fn('exp', x)))),
    normal_cdf: div(fn('erfc', div(neg(x), fn('sqrt', 2))), 2),
    sign: fn('where', fn('gt', x, 0), 1, fn('where', fn('lt', x, 0), -1, 0)),
    exp2: apply('pow', num(2), x),
    cbrt: fn('where', fn('lt', x, 0), neg(apply('pow', neg(x), div(1, 3))), apply('pow', x, div(1, 3))),
    xlogy: fn('where', fn('eq', x, 0), 0, mul(x, fn('log', y))),
  },
};

/**
 * Python source of an expression. Throws {@link NoPythonFormError} where the module has no such function (digamma in `math`).
 */
export function toPython(e: Expr, style: PythonStyle = {}): string {
  const module = style.module ?? 'numpy';
  const symbol = style.symbol ?? ((name: string) => name);
  const prefix = module === 'numpy' ? 'np' : 'math';

  const binary = (op: string, left: Printed, right: Printed): Printed => {
    const operator = BINARY_OPERATORS[op];
    const spelling = OPERATOR_SPELLINGS[op];
    if (!operator || !spelling) throw new UnknownOperationError(op);
    const [l, r] = operands(operator, left, right);
    return { text: `${l} ${spelling.python} ${r}`, precedence: operator.precedence };
  };

  const minus = (operand: Printed): Printed => ({
    text: `-${within(operand, PRECEDENCE.power)}`,
    precedence: PRECEDENCE.sign,
  });

  const number = (value: number): Printed => {
    if (Number.isNaN(value)) return atom(`${prefix}.nan`);
    if (value < 0 || Object.is(value, -0)) return minus(number(-value));
    // −0 as an integer would be 0.
    return atom(value === Infinity ? `${prefix}.inf` : value === 0 ? '0.0' : String(value));
  };

  const call = (name: string, args: readonly Printed[]): Printed =>
    atom(`${name}(${args.map((a) => a.text).join(', ')})`);

  const print = (e: Expr): Printed => {
    if (e.kind === 'number') return Object.is(e.value, 0) ? atom('0') : number(e.value);
    if (e.kind === 'symbol') return atom(symbol(e.name));
    const arity = arityOf(e.op);
    if (e.args.length !== arity) throw new ArityError(e.op, arity, e.args.length);
    if (arity === 0) return atom(`${prefix}.${e.op}`);
    const [a, b, c] = e.args as [Expr, Expr, Expr];
    // NumPy adds truth values as logical or.
    if (isPredicate(e.op))
      return module === 'numpy' ? call('np.where', [condition(e), atom('1'), atom('0')]) : condition(e);
    switch (e.op) {
      case 'add':
        if (isApply(b, 'neg')) return binary('sub', print(a), print(b.args[0] as Expr));
        if (b.kind === 'number' && b.value < 0) return binary('sub', print(a), number(-b.value));
        return binary('add', print(a), print(b));
      case 'sub':
      case 'mul':
      case 'div':
        return binary(e.op, print(a), print(b));
      case 'pow': {
        // A minus may follow ** without parentheses; before the base it would bind less tightly.
        const exponent = print(b);
        const right = within(exponent, PRECEDENCE.sign);
        return { text: `${within(print(a), PRECEDENCE.atom)} ** ${right}`, precedence: PRECEDENCE.power };
      }
      case 'neg':
        return minus(print(a));
      case 'square':
        return { text: `${within(print(a), PRECEDENCE.atom)} ** 2`, precedence: PRECEDENCE.power };
      case 'where':
        if (module === 'numpy') return call('np.where', [condition(a), print(b), print(c)]);
        return {
          text: `${within(print(b), PRECEDENCE.disjunction)} if ${within(condition(a), PRECEDENCE.disjunction)} else ${print(c).text}`,
          precedence: PRECEDENCE.selection,
        };
    }
    return primitive(e);
  };

  /** As a condition: a comparison, or whether a number is not 0. */
  const condition = (e: Expr): Printed => {
    if (e.kind !== 'apply' || !isPredicate(e.op)) return binary('ne', print(e), atom('0'));
    if (e.args.length !== arityOf(e.op)) throw new ArityError(e.op, arityOf(e.op), e.args.length);
    const [a, b] = e.args as [Expr, Expr];
    if (e.op !== 'not' && e.op !== 'and' && e.op !== 'or') return binary(e.op, print(a), print(b));
    if (module === 'numpy') return call(`np.logical_${e.op}`, e.args.map(condition));
    if (e.op === 'not') {
      return { text: `not ${within(condition(a), PRECEDENCE.negation)}`, precedence: PRECEDENCE.negation };
    }
    return binary(e.op, condition(a), condition(b));
  };

  const primitive = (e: ApplyExpr): Printed => {
    if (!isScalarOp(e.op)) throw new UnknownOperationError(e.op);
    const { value } = RULES[e.op];
    const name = value.kind === 'intrinsic' ? value.kernel : e.op;
    const spelled =
      FUNCTION_SPELLINGS[name]?.[module] ?? (isScalarOp(name) ? SOURCE_SPELLINGS[name]?.[module] : undefined);
    if (spelled) return call(spelled, e.args.map(print));
    const form = FORMS[module][name];
    if (form) return print(instantiate(form, e.args));
    if (value.kind !== 'intrinsic') return print(expand(e) as Expr);
    if (value.display) return print(instantiate(value.display, e.args));
    throw new NoPythonFormError(e.op, module);
  };

  return print(e).text;
}
