/** Simplification for the reader: derivatives in the form of a textbook. */
import { ArityError, arityOf, instantiate } from './evaluate';
import { add, apply, type ApplyExpr, div, type Expr, equal, isApply, mul, neg, num, PI, pow, size, sub } from './expr';
import { fold, folded } from './fold';
import { isPowerPartial } from './powerPartial';
import {
  isWhole,
  negative,
  over,
  plus,
  R0,
  R1,
  raised,
  type Rational,
  rational,
  rationalOf,
  same,
  signOf,
  times,
} from './rational';
import { isScalarOp, RULES } from './rules';

/**
 * A shorter expression of the same value: like terms and powers are collected, fractions cancelled, numbers reckoned exactly
 * (decimals as they are written), sin² + cos² replaced by 1, common factors taken out where that is shorter.
 *
 * The result has the value of `e` wherever `e` has one. It may have a value at more points, since x/x becomes 1; the only
 * exception is the derivative of a power with a variable exponent, n xⁿ⁻¹, which loses its value at x = n = 0. To show that two
 * expressions are equal use `prove`, which keeps account of domains.
 */
export function simplify(e: Expr): Expr {
  if (size(e) > MAX_SIZE) return fold(e);
  const simplifier = new Simplifier();
  let best = settle(simplifier, e);
  if (size(best) <= MAX_EXPANDED_SIZE) {
    const expanded = simplifier.expanded(best);
    for (const candidate of [
      settle(simplifier, expanded),
      simplifier.factored(settle(simplifier, expanded)),
      simplifier.factored(best),
    ]) {
      if (size(candidate) < size(best)) best = candidate;
    }
  }
  return best;
}

/** What is larger when written out is only folded: nobody reads it. */
const MAX_SIZE = 5000;
const MAX_EXPANDED_SIZE = 400;
const MAX_TERMS = 200;
const MAX_ROUNDS = 5;

function settle(simplifier: Simplifier, e: Expr): Expr {
  let current = e;
  for (let i = 0; i < MAX_ROUNDS; i++) {
    const next = simplifier.once(current);
    if (equal(next, current)) return next;
    current = next;
  }
  return current;
}

/** c · Π baseᵉˣᵖᵒⁿᵉⁿᵗ. The base of exponentials is the constant e. */
interface Product {
  readonly coefficient: Rational;
  readonly factors: ReadonlyMap<string, Factor>;
}

interface Factor {
  readonly base: Expr;
  readonly exponent: Expr;
}

const E = apply('e');
const KEEP_DISPLAY = new Set(['square', 'reciprocal', 'one_minus_square']);

/** A number as an exact rational; also n/d and their negatives. */
function asRational(e: Expr): Rational | undefined {
  if (e.kind === 'number') return rationalOf(e.value);
  if (isApply(e, 'neg')) {
    const r = asRational(e.args[0] as Expr);
    return r && negative(r);
  }
  if (isApply(e, 'div')) {
    const [n, d] = e.args.map(asRational);
    return n && d && d.n !== 0n ? over(n, d) : undefined;
  }
  return undefined;
}

/** A literal: a whole number, a terminating decimal that is not a plain half, quarter …, else a quotient. */
function literal(r: Rational): Expr | undefined {
  const value = Number(r.n) / Number(r.d);
  const read = rationalOf(value);
  return (r.d === 1n || r.d % 5n === 0n) && read && same(read, r) ? num(value) : undefined;
}

function rationalExpr(r: Rational): Expr {
  if (r.n < 0n) return neg(rationalExpr(negative(r)));
  return literal(r) ?? div(num(Number(r.n)), num(Number(r.d)));
}

class Simplifier {
  readonly #done = new Map<Expr, Expr>();
  readonly #keys = new Map<Expr, string>();

  /** One pass from the operands up. */
  once(e: Expr): Expr {
    if (e.kind === 'number') return e.value < 0 ? neg(num(-e.value)) : e;
    if (e.kind === 'symbol') return e;
    let result = this.#done.get(e);
    if (!result) this.#done.set(e, (result = this.#operation(e)));
    return result;
  }

  /** A key that equal expressions share, whatever the order of their terms and factors. */
  #key(e: Expr): string {
    if (e.kind === 'number') return String(e.value);
    if (e.kind === 'symbol') return `$${e.name}`;
    let key = this.#keys.get(e);
    if (key === undefined) {
      const flat = (op: string, x: Expr): Expr[] => (isApply(x, op) ? x.args.flatMap((a) => flat(op, a)) : [x]);
      const args =
        e.op === 'add' || e.op === 'mul'
          ? flat(e.op, e)
              .map((a) => this.#key(a))
              .sort()
          : e.args.map((a) => this.#key(a));
      key = `${e.op}(${args.join()})`;
      this.#keys.set(e, key);
    }
    return key;
  }

  #operation(e: ApplyExpr): Expr {
    const { op } = e;
    if (e.args.length !== arityOf(op)) throw new ArityError(op, arityOf(op), e.args.length);
    if (isApply(e, 'where') && isPowerPartial(e)) return this.once(e.args[2] as Expr);
    const args = e.args.map((a) => this.once(a));
    const [x, y] = args as [Expr, Expr];
    switch (op) {
      case 'add':
      case 'sub':
        return this.#sum(apply(op, x, y));
      case 'neg':
      case 'mul':
      case 'div':
      case 'pow':
      case 'exp':
      case 'sqrt':
        return this.#built(this.#product(apply(op, ...args)));
      case 'log':
        return isApply(x, 'exp') ? (x.args[0] as Expr) : isOne(x) ? num(0) : apply(op, x);
      case 'where':
        return equal(y, args[2] as Expr) ? y : folded(op, ...args);
    }
    if (isScalarOp(op) && KEEP_DISPLAY.has(op)) {
      const { value } = RULES[op];
      if (value.kind === 'intrinsic' && value.display) return this.once(instantiate(value.display, args));
    }
    const zero = asRational(x ?? num(1))?.n === 0n;
    if (
      zero &&
      (op === 'sin' || op === 'tan' || op === 'tanh' || op === 'sinh' || op === 'atan' || op === 'asin' || op === 'abs')
    )
      return num(0);
    if (zero && (op === 'cos' || op === 'cosh')) return num(1);
    // Odd and even functions of an opposite.
    if (isApply(x ?? num(1), 'neg')) {
      const inner = (x as ApplyExpr).args[0] as Expr;
      if (op === 'sin' || op === 'tan' || op === 'tanh' || op === 'sinh' || op === 'erf') return neg(apply(op, inner));
      if (op === 'cos' || op === 'cosh' || op === 'abs') return apply(op, inner);
    }
    return folded(op, ...args);
  }

  // Products.

  #product(e: Expr): Product {
    const factors = new Map<string, Factor>();
    let coefficient = R1;
    const put = (base: Expr, exponent: Expr): void => {
      const key = this.#key(base);
      const known = factors.get(key);
      const total = known ? this.#sum(add(known.exponent, exponent)) : exponent;
      if (asRational(total)?.n === 0n) factors.delete(key);
      else factors.set(key, { base, exponent: total });
    };
    const multiply = (e: Expr, power: Expr): void => {
      const n = asRational(power);
      const whole = n !== undefined && isWhole(n) && n.n >= -64n && n.n <= 64n;
      const c = asRational(e);
      if (c && whole && (c.n !== 0n || n.n > 0n)) {
        coefficient = times(coefficient, raised(c, Number(n.n)));
        return;
      }
      if (e.kind === 'apply') {
        const [x, y] = e.args as [Expr, Expr];
        if (e.op === 'exp') return put(E, this.#times(x, power));
        if (e.op === 'e') return put(E, power);
        // (a b)ⁿ = aⁿ bⁿ and (aᵇ)ⁿ = aᵇⁿ hold for whole n.
        if (whole) {
          switch (e.op) {
            case 'mul':
              multiply(x, power);
              return multiply(y, power);
            case 'div':
              multiply(x, power);
              return multiply(y, this.#times(num(-1), power));
            case 'neg':
              if (n.n % 2n !== 0n) coefficient = negative(coefficient);
              return multiply(x, power);
            case 'pow':
              return multiply(x, this.#times(y, power));
            case 'sqrt':
              return multiply(x, this.#times(div(1, 2), power));
            case 'add':
            case 'sub': {
              const opposite = this.#opposite(e);
              if (factors.has(this.#key(opposite)) || this.#terms(e).every((t) => signOf(t.coefficient) < 0)) {
                if (n.n % 2n !== 0n) coefficient = negative(coefficient);
                return put(opposite, power);
              }
            }
          }
        }
        // √(x²) is |x|.
        if (
          n &&
          same(n, rational(1, 2)) &&
          e.op === 'pow' &&
          asRational(y) &&
          same(asRational(y) as Rational, rational(2))
        ) {
          return put(apply('abs', x), num(1));
        }
      }
      const root = c && n && !whole ? exactRoot(c, n) : undefined;
      if (root) coefficient = times(coefficient, root);
      else put(e, power);
    };
    multiply(e, num(1));
    return { coefficient, factors };
  }

  #times(a: Expr, b: Expr): Expr {
    return this.#built(this.#product(mul(a, b)));
  }

  #opposite(sum: Expr): Expr {
    return this.#joined(this.#terms(sum).map((t) => ({ ...t, coefficient: negative(t.coefficient) })));
  }

  #built({ coefficient, factors }: Product): Expr {
    if (coefficient.n === 0n) return num(0);
    if (coefficient.n < 0n) {
      const [only, ...others] = [...factors.values()];
      // −(a − b) is b − a.
      if (
        coefficient.n === -1n &&
        coefficient.d === 1n &&
        only &&
        others.length === 0 &&
        isOne(only.exponent) &&
        isSum(only.base)
      ) {
        return this.#opposite(only.base);
      }
      return neg(this.#built({ coefficient: negative(coefficient), factors }));
    }
    const top: Expr[] = [];
    const bottom: Expr[] = [];
    const whole = literal(coefficient);
    if (whole) {
      if (!isOne(whole)) top.push(whole);
    } else {
      if (coefficient.n !== 1n) top.push(num(Number(coefficient.n)));
      bottom.push(num(Number(coefficient.d)));
    }
    for (const { base, exponent } of [...factors.values()].sort((a, b) => rank(a) - rank(b))) {
      if (equal(base, E)) {
        top.push(isOne(exponent) ? E : apply('exp', exponent));
      } else if (isNegative(exponent)) {
        bottom.push(raisedTo(base, this.#times(num(-1), exponent)));
      } else top.push(raisedTo(base, exponent));
    }
    const numerator = top.length === 0 ? num(1) : top.reduce((a, b) => mul(a, b));
    return bottom.length === 0
      ? numerator
      : div(
          numerator,
          bottom.reduce((a, b) => mul(a, b)),
        );
  }

  // Sums.

  #terms(e: Expr): Product[] {
    const terms = new Map<string, Product>();
    const collect = (e: Expr, c: Rational): void => {
      if (isApply(e, 'add')) return e.args.forEach((a) => collect(a, c));
      if (isApply(e, 'sub')) {
        collect(e.args[0] as Expr, c);
        return collect(e.args[1] as Expr, negative(c));
      }
      const p = this.#product(e);
      const [only, ...others] = [...p.factors.values()];
      // A number times a sum is distributed.
      if (
        only &&
        others.length === 0 &&
        isOne(only.exponent) &&
        (isApply(only.base, 'add') || isApply(only.base, 'sub'))
      ) {
        return collect(only.base, times(c, p.coefficient));
      }
      const key = [...p.factors]
        .map(([k, f]) => `${k}^${this.#key(f.exponent)}`)
        .sort()
        .join(' ');
      const total = plus(terms.get(key)?.coefficient ?? R0, times(c, p.coefficient));
      if (total.n === 0n) terms.delete(key);
      else terms.set(key, { coefficient: total, factors: terms.get(key)?.factors ?? p.factors });
    };
    collect(e, R1);
    return [...terms.values()];
  }

  #sum(e: Expr): Expr {
    return this.#joined(this.#pythagorean(this.#terms(e)));
  }

  /** Joins terms, a positive one first if there is one. */
  #joined(terms: readonly Product[]): Expr {
    if (terms.length === 0) return num(0);
    const first = Math.max(
      0,
      terms.findIndex((t) => signOf(t.coefficient) > 0),
    );
    const ordered = [terms[first] as Product, ...terms.filter((_, i) => i !== first)];
    return ordered
      .slice(1)
      .reduce<Expr>(
        (sum, t) =>
          signOf(t.coefficient) < 0
            ? sub(sum, this.#built({ ...t, coefficient: negative(t.coefficient) }))
            : add(sum, this.#built(t)),
        this.#built(ordered[0] as Product),
      );
  }

  /** c R sin² u + c R cos² u = c R. */
  #pythagorean(terms: Product[]): Product[] {
    for (const [i, t] of terms.entries()) {
      for (const [key, f] of t.factors) {
        if (!isApply(f.base, 'sin') || !equal(f.exponent, num(2))) continue;
        const cosine = apply('cos', ...f.base.args);
        const rest = new Map(t.factors);
        rest.delete(key);
        const wanted = this.#key(
          this.#built({
            coefficient: t.coefficient,
            factors: new Map([...rest, [this.#key(cosine), { base: cosine, exponent: num(2) }]]),
          }),
        );
        const j = terms.findIndex((u, k) => k !== i && this.#key(this.#built(u)) === wanted);
        if (j < 0) continue;
        const others = terms.filter((_, k) => k !== i && k !== j);
        const joined = this.#built({ coefficient: t.coefficient, factors: rest });
        return this.#terms(others.reduce<Expr>((sum, u) => add(sum, this.#built(u)), joined));
      }
    }
    return terms;
  }

  // Other forms, of which the shortest is taken.

  /** Products of sums multiplied out. */
  expanded(e: Expr): Expr {
    if (e.kind !== 'apply') return e;
    const args = e.args.map((a) => this.expanded(a));
    const [a, b] = args as [Expr, Expr];
    const summands = (x: Expr): { minus: boolean; term: Expr }[] =>
      isApply(x, 'add')
        ? x.args.flatMap(summands)
        : isApply(x, 'sub')
          ? [...summands(x.args[0] as Expr), ...summands(x.args[1] as Expr).map((s) => ({ ...s, minus: !s.minus }))]
          : isApply(x, 'neg')
            ? summands(x.args[0] as Expr).map((s) => ({ ...s, minus: !s.minus }))
            : [{ minus: false, term: x }];
    const join = (parts: { minus: boolean; term: Expr }[]): Expr =>
      parts
        .slice(1)
        .reduce<Expr>(
          (sum, p) => (p.minus ? sub(sum, p.term) : add(sum, p.term)),
          parts[0]?.minus ? neg(parts[0].term) : (parts[0]?.term ?? num(0)),
        );
    if (e.op === 'mul') {
      const [left, right] = [summands(a), summands(b)];
      if (left.length * right.length > MAX_TERMS) return apply('mul', a, b);
      return join(left.flatMap((l) => right.map((r) => ({ minus: l.minus !== r.minus, term: mul(l.term, r.term) }))));
    }
    if (e.op === 'div') return join(summands(a).map((s) => ({ minus: s.minus, term: div(s.term, b) })));
    if (e.op === 'pow' && equal(b, num(2)) && summands(a).length > 1) return this.expanded(mul(a, a));
    return apply(e.op, ...args);
  }

  /** Factors that all terms of a sum share taken out, where that is shorter. */
  factored(e: Expr): Expr {
    if (e.kind !== 'apply') return e;
    const inner = apply(e.op, ...e.args.map((a) => this.factored(a)));
    if (e.op !== 'add' && e.op !== 'sub') return inner;
    const terms = this.#terms(inner);
    const [head, ...others] = terms;
    if (!head || others.length === 0) return inner;
    const common = new Map<string, Factor>();
    for (const [key, { base, exponent }] of head.factors) {
      const exponents = terms.map((t) => t.factors.get(key)?.exponent);
      if (exponents.some((x) => x === undefined)) continue;
      const numbers = exponents.map((x) => asRational(x as Expr));
      if (exponents.every((x) => equal(x as Expr, exponent))) common.set(key, { base, exponent });
      else if (numbers.every((r) => r && isWhole(r) && r.n > 0n)) {
        const least = numbers.reduce((a, b) => ((a as Rational).n <= (b as Rational).n ? a : b)) as Rational;
        common.set(key, { base, exponent: num(Number(least.n)) });
      }
    }
    if (common.size === 0) return inner;
    const factor = this.#built({ coefficient: R1, factors: common });
    const rest = this.#joined(this.#pythagorean(terms.map((t) => this.#product(div(this.#built(t), factor)))));
    const result = this.#built(this.#product(mul(factor, rest)));
    return size(result) < size(inner) ? result : inner;
  }
}

const isOne = (e: Expr): boolean => e.kind === 'number' && e.value === 1;

const isSum = (e: Expr): boolean => isApply(e, 'add') || isApply(e, 'sub');

/** Factors are written in the order numbers, symbols and their powers, functions, sums. */
function rank({ base }: Factor): number {
  if (base.kind !== 'apply') return base.kind === 'number' ? 0 : 1;
  return equal(base, PI) ? 0 : isSum(base) ? 3 : 2;
}

/** Whether an exponent is written with a leading minus. */
function isNegative(e: Expr): boolean {
  const r = asRational(e);
  if (r) return r.n < 0n;
  return isApply(e, 'neg');
}

function raisedTo(base: Expr, exponent: Expr): Expr {
  if (isOne(exponent)) return base;
  const r = asRational(exponent);
  if (r && same(r, rational(1, 2))) return apply('sqrt', base);
  return pow(base, r ? rationalExpr(r) : exponent);
}

/** c to a fractional power, where that is rational: √(9/4) = 3/2. */
function exactRoot(c: Rational, power: Rational): Rational | undefined {
  if (c.n < 0n || power.d > 8n || power.n > 8n || power.n < -8n || (c.n === 0n && power.n < 0n)) return undefined;
  const root = (n: bigint): bigint | undefined => {
    const r = BigInt(Math.round(Number(n) ** (1 / Number(power.d))));
    return r ** power.d === n ? r : undefined;
  };
  const [n, d] = [root(c.n), root(c.d)];
  return n !== undefined && d !== undefined ? raised(rational(n, d), Number(power.n)) : undefined;
}
