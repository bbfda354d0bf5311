/** Expressions as JavaScript source. */
import { ArityError, arityOf, CONSTANTS, evaluate, expand, UnknownOperationError } from './evaluate';
import { type ApplyExpr, type Expr } from './expr';
import { kernelOf, KERNELS, type KernelName } from './kernelTable';
import { atom, BINARY_OPERATORS, operands, PRECEDENCE, type Printed, within } from './precedence';
import { isPredicate, isScalarOp, RULES } from './rules';
import { OPERATOR_SPELLINGS } from './spelling';

export interface JavaScriptStyle {
  /** What stands before the name of a kernel, e.g. `K.` for `import * as K from './kernels'`. Empty by default. */
  readonly kernels?: string;
  /** The source of a symbol; by default its name, which then must be an identifier. */
  readonly symbol?: (name: string) => string;
}

/** Kernels that are functions of `Math`. */
const MATH_NAMES: ReadonlyMap<unknown, string> = new Map(
  Object.getOwnPropertyNames(Math).map((name) => [Reflect.get(Math, name), `Math.${name}`]),
);

/**
 * Source of a JavaScript expression with exactly the value that {@link evaluate} gives: the operations are the same and in the
 * same order. It uses operators, `Math` and the kernels of `./kernels`; sub-expressions without symbols appear as their
 * value. Its outermost operation may be as loose as `? :`.
 */
export function toJavaScript(e: Expr, style: JavaScriptStyle = {}): string {
  return printer(style).value(e).text;
}

/** Like {@link toJavaScript}, but of boolean value: whether `e` is not 0. */
export function toJavaScriptCondition(e: Expr, style: JavaScriptStyle = {}): string {
  return printer(style).condition(e).text;
}

function printer({ kernels = '', symbol = (name) => name }: JavaScriptStyle) {
  const closed = new Map<Expr, boolean>();
  /** Whether no symbol occurs. */
  const isClosed = (e: Expr): boolean => {
    if (e.kind !== 'apply') return e.kind === 'number';
    let result = closed.get(e);
    if (result === undefined) closed.set(e, (result = e.args.every(isClosed)));
    return result;
  };

  const binary = (op: string, left: Printed, right: Printed): Printed => {
    const operator = BINARY_OPERATORS[op];
    const spelling = OPERATOR_SPELLINGS[op];
    if (!operator || !spelling) throw new UnknownOperationError(op);
    const [l, r] = operands(operator, left, right);
    return { text: `${l} ${spelling.javascript} ${r}`, precedence: operator.precedence };
  };

  const minus = (operand: Printed): Printed => {
    // Neither −−x, which is a decrement, nor a sign before a power, which is a syntax error.
    const { text, precedence } = operand;
    const bare = precedence === PRECEDENCE.atom;
    return { text: bare ? `-${text}` : `-(${text})`, precedence: PRECEDENCE.sign };
  };

  const call = (name: string, args: readonly Expr[]): Printed =>
    atom(`${name}(${args.map((a) => value(a).text).join(', ')})`);

  const number = (x: number): Printed => (x < 0 || Object.is(x, -0) ? minus(atom(String(-x))) : atom(String(x)));

  const value = (e: Expr): Printed => {
    if (e.kind === 'number') return number(e.value);
    if (e.kind === 'symbol') return atom(symbol(e.name));
    if (e.args.length !== arityOf(e.op)) throw new ArityError(e.op, arityOf(e.op), e.args.length);
    if (e.op in CONSTANTS) return atom(MATH_NAMES.get(CONSTANTS[e.op]) as string);
    if (isClosed(e)) return number(evaluate(e, () => undefined));
    if (e.op === 'where') {
      const [c, a, b] = e.args as [Expr, Expr, Expr];
      return {
        text: `${within(condition(c), PRECEDENCE.disjunction)} ? ${value(a).text} : ${value(b).text}`,
        precedence: PRECEDENCE.selection,
      };
    }
    if (isPredicate(e.op)) {
      return { text: `${within(condition(e), PRECEDENCE.disjunction)} ? 1 : 0`, precedence: PRECEDENCE.selection };
    }
    return primitive(e);
  };

  const primitive = (e: ApplyExpr): Printed => {
    const name = kernelName(e.op);
    const [a, b] = e.args as [Expr, Expr];
    switch (name) {
      case undefined:
        return value(expand(e) as Expr);
      case 'add': {
        // a + (−b) is a − b exactly.
        const opposite =
          b.kind === 'number' && b.value < 0 ? number(-b.value) : isNegation(b) ? value(b.args[0] as Expr) : undefined;
        return opposite ? binary('sub', value(a), opposite) : binary('add', value(a), value(b));
      }
      case 'sub':
      case 'mul':
      case 'div':
        return binary(name, value(a), value(b));
      case 'neg':
        return minus(value(a));
      case 'reciprocal':
        return binary('div', atom('1'), value(a));
      case 'square':
        if (a.kind === 'symbol') return binary('mul', value(a), value(a));
        break;
      case 'pow':
        // The operator differs from IEEE 754 only where the exponent is not finite. A sign before its base is a syntax error.
        if (b.kind === 'number' && Number.isFinite(b.value)) {
          return { text: `${within(value(a), PRECEDENCE.atom)} ** ${value(b).text}`, precedence: PRECEDENCE.power };
        }
        break;
    }
    return call(MATH_NAMES.get(KERNELS[name]) ?? kernels + name, e.args);
  };

  const condition = (e: Expr): Printed => {
    if (e.kind !== 'apply' || !isPredicate(e.op)) return binary('ne', value(e), atom('0'));
    const [a, b] = e.args as [Expr, Expr];
    if (e.op === 'not') return { text: `!${within(condition(a), PRECEDENCE.atom)}`, precedence: PRECEDENCE.sign };
    if (e.op === 'and' || e.op === 'or') return binary(e.op, condition(a), condition(b));
    return binary(e.op, value(a), value(b));
  };

  return { value, condition };
}

const isNegation = (e: Expr): e is ApplyExpr => e.kind === 'apply' && e.op === 'neg';

/** The name of the kernel that computes a primitive; undefined for a composite one. */
function kernelName(op: string): KernelName | undefined {
  if (!isScalarOp(op)) return kernelOf(op) ? (op as KernelName) : undefined;
  const { value } = RULES[op];
  return value.kind === 'intrinsic' ? value.kernel : undefined;
}
