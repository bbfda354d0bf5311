/**
 * The layout of mathematics, shared by the LaTeX and the plain-text printer: juxtaposed products, differences in place of
 * sums with a minus, functions without needless parentheses, powers, cases.
 *
 * Every piece carries the precedence of its outermost operation, and every place demands one: parentheses come from that
 * comparison alone.
 */
import { ArityError, arityOf, expand, instantiate, UnknownOperationError } from './evaluate';
import { apply, type ApplyExpr, type Expr, isApply, isNumber } from './expr';
import { atom, BINARY_OPERATORS, operands, PRECEDENCE, type Printed } from './precedence';
import { isPredicate, isScalarOp, RULES } from './rules';
import { FUNCTION_SPELLINGS, type FunctionSpelling, OPERATOR_SPELLINGS } from './spelling';

export interface MathematicsStyle {
  /** How a symbol is written; undefined for the default. */
  readonly symbol?: (name: string) => string | undefined;
  /** How a number is written that is not negative (it may be NaN). By default its shortest decimal. */
  readonly number?: (value: number) => string;
  /** The power of a function on its name: sin² x in place of (sin x)². On by default. */
  readonly functionPowers?: boolean;
}

/** What differs between the languages of mathematics. */
export interface Typography {
  readonly language: 'latex' | 'text';
  number(value: number): string;
  symbol(name: string): string;
  constant(op: string): string;
  parentheses(inner: string): string;
  brackets(inner: string): string;
  /** A power; undefined where the exponent cannot be raised and must be written as an operand. */
  superscript(base: string, exponent: Expr, print: (e: Expr) => Printed): string;
  /** exp(x) as a power of e; undefined where it is written as a function. */
  exponential?(exponent: string): Printed;
  /** A stacked fraction; undefined for a slash. */
  fraction?(numerator: string, denominator: string): Printed;
  /** Operations with delimiters or signs of their own: roots, absolute value, floor. */
  readonly fences: Readonly<Record<string, (inner: string) => string>>;
  /** The n-th derivative of digamma at x. */
  polygamma(order: Printed, argument: string): Printed;
  readonly negation: string;
  cases(rows: readonly { value: string; condition: string }[], otherwise: string): Printed;
}

const STARTS_WITH_DIGIT = /^[\d.]/;
const RADICAL = /[√∛]/;
const isNegative = (value: number): boolean => value < 0 || Object.is(value, -0);

export function typesetter(typography: Typography, functionPowers: boolean) {
  const { language } = typography;
  const sign = (op: string): string => OPERATOR_SPELLINGS[op]?.[language] as string;
  const place = (p: Printed, precedence: number): string =>
    p.precedence < precedence ? typography.parentheses(p.text) : p.text;

  /** What is written in place of `e`: the display form or definition of a primitive that has no sign of its own. */
  const shown = (e: Expr): Expr => {
    if (e.kind !== 'apply') return e;
    const arity = arityOf(e.op);
    if (e.args.length !== arity) throw new ArityError(e.op, arity, e.args.length);
    if (!isScalarOp(e.op) || e.op in BINARY_OPERATORS || e.op === 'neg') return e;
    const { value } = RULES[e.op];
    const name = value.kind === 'intrinsic' ? value.kernel : e.op;
    if (FUNCTION_SPELLINGS[name]) return name === e.op ? e : apply(name, ...e.args);
    if (value.kind !== 'intrinsic') return shown(expand(e) as Expr);
    return value.display ? shown(instantiate(value.display, e.args)) : e;
  };

  /** A leading minus taken off a term. */
  const signed = (term: Expr): { readonly minus: boolean; readonly rest: Expr } => {
    const e = shown(term);
    if (e.kind === 'number')
      return isNegative(e.value) ? { minus: true, rest: num(-e.value) } : { minus: false, rest: e };
    if (isApply(e, 'neg')) return { minus: true, rest: e.args[0] as Expr };
    if (isApply(e, 'mul') || isApply(e, 'div')) {
      const { minus, rest } = signed(e.args[0] as Expr);
      if (minus) return { minus, rest: apply(e.op, rest, e.args[1] as Expr) };
    }
    return { minus: false, rest: e };
  };

  const print = (raw: Expr): Printed => {
    const e = shown(raw);
    if (e.kind === 'symbol') return atom(typography.symbol(e.name));
    if (e.kind === 'number') return isNegative(e.value) ? sum(e) : number(e.value);
    if (isPredicate(e.op)) return atom(typography.brackets(condition(e).text));
    switch (e.op) {
      case 'add':
      case 'sub':
      case 'neg':
        return sum(e);
      case 'mul':
      case 'div':
        return signed(e).minus ? sum(e) : product(e);
      case 'pow':
        return power(e.args[0] as Expr, e.args[1] as Expr);
      case 'where':
        return selection(e);
      case 'pi':
      case 'e':
        return atom(typography.constant(e.op));
      default:
        return call(e, false);
    }
  };

  /** A number that is not negative; one with a factor 10ⁿ is a product. */
  const number = (value: number): Printed => {
    const text = typography.number(value);
    return /\\cdot|\\times|[·×^]/.test(text) ? { text, precedence: PRECEDENCE.product } : atom(text);
  };

  const sum = (e: Expr): Printed => {
    const terms: { minus: boolean; text: string }[] = [];
    const term = (minus: boolean, rest: Expr): void => {
      terms.push({ minus, text: place(print(rest), PRECEDENCE.product) });
    };
    const collect = (raw: Expr): void => {
      const e = shown(raw);
      if (isApply(e, 'add')) e.args.forEach(collect);
      else if (isApply(e, 'sub')) {
        collect(e.args[0] as Expr);
        term(true, e.args[1] as Expr);
      } else {
        const { minus, rest } = signed(e);
        term(minus, rest);
      }
    };
    collect(e);
    const [first, ...others] = terms as [(typeof terms)[0], ...typeof terms];
    const text =
      (first.minus ? sign('sub') : '') +
      first.text +
      others.map((t) => ` ${sign(t.minus ? 'sub' : 'add')} ${t.text}`).join('');
    return { text, precedence: PRECEDENCE.sum };
  };

  const factorsOf = (raw: Expr): Expr[] => {
    const e = shown(raw);
    return isApply(e, 'mul') ? e.args.flatMap(factorsOf) : [e];
  };

  /** A product or quotient without a leading minus. */
  const product = (e: ApplyExpr): Printed => {
    const factors = factorsOf(e);
    const last = factors.at(-1) as Expr;
    if (!isApply(last, 'div')) return { text: row(factors, false), precedence: PRECEDENCE.product };
    const [top, bottom] = last.args as [Expr, Expr];
    if (typography.fraction) {
      if (factors.length > 1) return { text: row(factors, false), precedence: PRECEDENCE.product };
      return typography.fraction(print(top).text, print(bottom).text);
    }
    // a · (b / c) reads a b / c, but (a / b) / c keeps its parentheses.
    const numerator = row([...factors.slice(0, -1), ...factorsOf(top)], true);
    return {
      text: `${numerator} ${sign('div')} ${place(print(bottom), PRECEDENCE.application)}`,
      precedence: PRECEDENCE.product,
    };
  };

  /** One factor; `closed` where something follows that must not be read as part of a function's argument. */
  const piece = (e: Expr, closed: boolean): Printed => {
    if (!closed || e.kind !== 'apply') return print(e);
    if (isApply(e, 'pow')) return power(e.args[0] as Expr, e.args[1] as Expr, true);
    return spellingOf(e) ? call(e, true) : print(e);
  };

  /** Factors side by side. */
  const row = (factors: readonly Expr[], tailClosed: boolean): string => {
    let text = '';
    let previous: Expr | undefined;
    factors.forEach((raw, i) => {
      const factor = shown(raw);
      const next = factors[i + 1];
      const p = piece(factor, next ? !startsWithFunction(shown(next)) : tailClosed);
      const stacked = typography.fraction !== undefined && isApply(factor, 'div') && !signed(factor).minus;
      // A number with a power of ten needs no parentheses as the first factor.
      const loose = stacked || (i === 0 && factor.kind === 'number' && !isNegative(factor.value));
      const placed = place(p, loose ? PRECEDENCE.product : PRECEDENCE.application);
      if (previous) {
        const dotted = STARTS_WITH_DIGIT.test(placed) || (stacked && previous.kind === 'number');
        text += dotted ? ` ${sign('mul')} ` : ' ';
      }
      text += placed;
      previous = factor;
    });
    return text;
  };

  /** How a function is spelled; undefined for what is laid out as a power. */
  const spellingOf = (e: Expr): FunctionSpelling | undefined =>
    e.kind !== 'apply' || (e.op === 'exp' && typography.exponential)
      ? undefined
      : FUNCTION_SPELLINGS[e.op as keyof typeof FUNCTION_SPELLINGS];

  /** A function's name ends the argument of a function before it: sin x cos y. A root does not. */
  const startsWithFunction = (e: Expr): boolean => {
    const spelling = spellingOf(e);
    return spelling?.bare === true && !RADICAL.test(spelling.text);
  };

  const power = (rawBase: Expr, exponent: Expr, closed = false): Printed => {
    const base = shown(rawBase);
    const spelling = spellingOf(base);
    const raisable = functionPowers && spelling?.bare && !spelling.latex.includes('_') && !RADICAL.test(spelling.text);
    if (raisable && exponent.kind === 'number' && Number.isInteger(exponent.value) && exponent.value >= 2) {
      return applied(
        typography.superscript(spelling[language], exponent, print),
        (base as ApplyExpr).args,
        true,
        closed,
      );
    }
    const printed = print(base);
    const needsParentheses = printed.precedence < PRECEDENCE.atom || /[\^'′]|[⁰¹²³⁴-⁹⁻ⁿ]/.test(topLevel(printed.text));
    const text = needsParentheses ? typography.parentheses(printed.text) : printed.text;
    return { text: typography.superscript(text, exponent, print), precedence: PRECEDENCE.power };
  };

  /** The text outside braces, parentheses and fences: an exponent there would meet a second one. */
  const topLevel = (text: string): string => {
    let depth = 0;
    let outside = '';
    for (const c of text) {
      if (c === '{' || c === '(') depth++;
      else if (c === '}' || c === ')') depth--;
      else if (depth === 0) outside += c;
    }
    return outside;
  };

  const call = (e: ApplyExpr, closed: boolean): Printed => {
    if (e.op === 'exp' && typography.exponential) return typography.exponential(print(e.args[0] as Expr).text);
    if (e.op === 'polygamma') return typography.polygamma(print(e.args[0] as Expr), list(e.args.slice(1)));
    const spelling = spellingOf(e);
    if (!spelling) throw new UnknownOperationError(e.op);
    const fence = typography.fences[e.op];
    if (fence) return atom(fence(list(e.args)));
    return applied(spelling[language], e.args, spelling.bare === true, closed);
  };

  const applied = (name: string, args: readonly Expr[], bare: boolean, closed: boolean): Printed => {
    const only = args.length === 1 ? shown(args[0] as Expr) : undefined;
    if (bare && !closed && only && isSimple(only)) {
      const gap = RADICAL.test(name) ? '' : ' ';
      return { text: name + gap + print(only).text, precedence: PRECEDENCE.application };
    }
    // sin(x)² would be ambiguous, σ(x)² is not.
    return {
      text: name + typography.parentheses(list(args)),
      precedence: bare ? PRECEDENCE.application : PRECEDENCE.atom,
    };
  };

  const list = (args: readonly Expr[]): string => args.map((a) => print(a).text).join(', ');

  /** An argument that is read whole without parentheses: a symbol, a number, or what has parentheses of its own. */
  const isSimple = (e: Expr): boolean => {
    if (e.kind === 'symbol') return true;
    if (e.kind === 'number') return !isNegative(e.value) && number(e.value).precedence === PRECEDENCE.atom;
    if (e.args.length === 0 || e.op === 'polygamma' || typography.fences[e.op]) return true;
    return spellingOf(e)?.bare === undefined && spellingOf(e) !== undefined;
  };

  const condition = (raw: Expr): Printed => {
    const e = shown(raw);
    if (e.kind !== 'apply' || !isPredicate(e.op)) return condition(apply('ne', e, num(0)));
    const [a, b] = e.args as [Expr, Expr];
    if (e.op === 'not')
      return {
        text: typography.negation + place(condition(a), PRECEDENCE.atom),
        precedence: PRECEDENCE.negation,
      };
    const operator = BINARY_OPERATORS[e.op] as (typeof BINARY_OPERATORS)[string];
    const logical = e.op === 'and' || e.op === 'or';
    const [left, right] = logical ? [condition(a), condition(b)] : [print(a), print(b)];
    const [l, r] = operands(operator, left, right);
    return { text: `${l} ${sign(e.op)} ${r}`, precedence: operator.precedence };
  };

  const selection = (e: ApplyExpr): Printed => {
    const rows: { value: string; condition: string }[] = [];
    const [c, yes, no] = e.args as [Expr, Expr, Expr];
    if (isNumber(yes, 1) && isNumber(no, 0)) return atom(typography.brackets(condition(c).text));
    let rest: Expr = e;
    while (isApply(rest, 'where')) {
      const [c, a, b] = rest.args as [Expr, Expr, Expr];
      rows.push({ value: place(print(a), PRECEDENCE.disjunction), condition: condition(c).text });
      rest = b;
    }
    return typography.cases(rows, print(rest).text);
  };

  return { print };
}

function num(value: number): Expr {
  return { kind: 'number', value };
}
