/**
 * Exact normal forms of expressions over the reals: fractions of polynomials in generators (symbols, exponentials, sines and
 * cosines of a common base angle, logarithms of absolute values, roots, signs, and whatever is left opaque).
 *
 * Every rewriting is an identity that holds wherever the original is defined; the result may be defined at more points
 * (x/x becomes 1, exp(log x) becomes |x|) but never has another value where the original has one. What is lost, the domain,
 * is recorded: restrictions to a half-line (log, sqrt), and points that are left out (denominators).
 *
 * Numbers are the decimals that they are written as, so that 0.1 is one tenth.
 */
import { ArityError, arityOf, expand, instantiate } from './evaluate';
import { apply, type ApplyExpr, div, type Expr, equal, isApply, mul, num, PI, pow, sub } from './expr';
import {
  asInteger,
  asNumber,
  type Fraction,
  fractionInverse,
  fractionMinus,
  fractionNegative,
  fractionPlus,
  fractionPower,
  fractionTimes,
  generator,
  type Monomial,
  monomial,
  number,
  type Polynomial,
  polynomialPlus,
  primitive,
  proportion,
  scaled,
  terms,
  TooLargeError,
  whole,
  ZERO_POLYNOMIAL,
} from './polynomial';
import { factorised, inverse, isWhole, negative, type Rational, rational, rationalOf, signOf, times } from './rational';
import { folded } from './fold';
import { isPowerPartial } from './powerPartial';
import { type Domain, emptyDomain, isMultiple, isTotal, sameDomain } from './domain';
import { fractionToExpr } from './fractionExpr';
import { isPredicate, isScalarOp, RULES, type ScalarRule } from './rules';

/** The expression has no value anywhere, or uses what the normal form does not model. */
export class NoNormalFormError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NoNormalFormError';
  }
}

/** A finer base is needed: exp x beside exp(x/2). The normal form is built again with it. */
export class FinerBase extends Error {
  constructor(
    readonly kind: 'exp' | 'angle',
    readonly base: Expr,
  ) {
    super('finer base');
  }
}

interface Generator {
  readonly expr: Expr;
  readonly kind: 'symbol' | 'exp' | 'log' | 'root' | 'sign' | 'sine' | 'cosine' | 'opaque';
  /** Always > 0, or always ≥ 0. */
  readonly positive?: boolean;
  readonly nonnegative?: boolean;
  /** What the function is taken of, for exp, log, root and sign. */
  readonly of?: Fraction;
  /** gᵖᵒʷᵉʳ = equals. */
  relation?: { readonly power: number; readonly equals: Fraction };
  /** Constant on regions, so that a polynomial in it may vanish on one. */
  readonly jumps?: boolean;
  /** The sign of the opposite. */
  opposite?: number;
}

const ODD = new Set(['asin', 'atan', 'asinh', 'atanh', 'erf']);
/** Their display form is the same function on the same domain. */
const BY_DISPLAY = new Set(
  (
    'reciprocal one_minus_square exp2 expm1 log1p logaddexp sec csc cot sech csch coth hypot erfc normal_cdf lgamma trigamma ' +
    'sigmoid logsigmoid logit softplus'
  ).split(' '),
);
const JUMPING = new Set(['floor', 'ceil', 'round', 'where']);
const HALF = rational(1, 2);
const MAX_MULTIPLE = 12;

const equals = (a: Fraction, b: Fraction): boolean => {
  if (b.top.size === 0) return a.top.size === 0;
  const c = proportion(a, b);
  return c !== undefined && c.n === 1n && c.d === 1n;
};

/** Builds normal forms that share their generators, so that they can be compared. */
export class NormalForms {
  readonly #generators: Generator[] = [];
  readonly #done = new Map<Expr, Fraction>();
  readonly #exponentials: { readonly base: Fraction; readonly generator: number }[] = [];
  readonly #angles: { readonly base: Fraction; readonly sine: number; readonly cosine: number }[] = [];
  #domain: Domain = emptyDomain();

  constructor(finer: readonly FinerBase[]) {
    for (const { kind, base } of [...finer].reverse()) {
      const of = this.#build(base);
      if (kind === 'exp') this.#newExponential(of);
      else this.#newAngle(of);
    }
    this.#domain = emptyDomain();
  }

  /** The normal form of an expression, with its domain. */
  build(e: Expr): { readonly fraction: Fraction; readonly domain: Domain } {
    const outer = this.#domain;
    this.#domain = emptyDomain();
    // Sub-expressions met before must tell their domain again.
    this.#done.clear();
    try {
      return { fraction: this.#build(e), domain: this.#domain };
    } finally {
      this.#domain = outer;
    }
  }

  isZero(f: Fraction): boolean {
    return this.#settled(f).top.size === 0;
  }

  // Construction.

  #build(e: Expr): Fraction {
    if (e.kind === 'number') {
      const r = rationalOf(e.value);
      if (!r) throw new NoNormalFormError('not a finite number');
      return number(r);
    }
    if (e.kind === 'symbol') {
      return this.#intern(
        (g) => g.kind === 'symbol' && equal(g.expr, e),
        () => ({ kind: 'symbol', expr: e }),
      );
    }
    let result = this.#done.get(e);
    if (!result) {
      if (e.args.length !== arityOf(e.op)) throw new ArityError(e.op, arityOf(e.op), e.args.length);
      this.#done.set(e, (result = this.#settled(this.#operation(e))));
    }
    return result;
  }

  #operation(e: ApplyExpr): Fraction {
    const { op, args } = e;
    const [x, y] = args as [Expr, Expr];
    if (op === 'pi')
      return this.#intern(
        (g) => equal(g.expr, PI),
        () => ({ kind: 'opaque', expr: PI, positive: true }),
      );
    if (op === 'e') return this.#exp(number(1));
    if (op === 'where') return this.#where(e);
    if (isPredicate(op)) return this.#indicator(e);
    switch (op) {
      case 'add':
        return fractionPlus(this.#build(x), this.#build(y));
      case 'sub':
        return fractionMinus(this.#build(x), this.#build(y));
      case 'neg':
        return fractionNegative(this.#build(x));
      case 'mul':
        return fractionTimes(this.#build(x), this.#build(y));
      case 'div':
        return fractionTimes(this.#build(x), this.#inverse(y));
      case 'square':
        return fractionPower(this.#build(x), 2);
      case 'pow':
        return this.#pow(e);
      case 'maximum':
      case 'max_const':
      case 'clip_low':
        return this.#larger(this.#build(x), this.#build(y));
      case 'minimum':
      case 'min_const':
      case 'clip_high':
        return fractionNegative(this.#larger(fractionNegative(this.#build(x)), fractionNegative(this.#build(y))));
    }
    if (!isScalarOp(op)) throw new NoNormalFormError(op);
    const composite = expand(e);
    if (composite) return this.#build(composite);
    const rule: ScalarRule = RULES[op];
    if (BY_DISPLAY.has(op) && rule.value.kind === 'intrinsic' && rule.value.display) {
      // The logarithm in log(x/(1 − x)) is restricted as the whole is.
      return this.#build(instantiate(rule.value.display, args));
    }
    if (rule.domain && op !== 'xlogy') this.#restrict(instantiate(rule.domain, args));
    const u = this.#build(x);
    switch (op) {
      case 'sqrt':
        return this.#root(u, 2);
      case 'cbrt':
        return this.#cubeRoot(u);
      case 'exp':
        return this.#exp(u);
      case 'log':
        return this.#logAbs(u);
      case 'log2':
        return fractionTimes(this.#logAbs(u), fractionInverse(this.#logAbs(number(2))));
      case 'log10':
        return fractionTimes(this.#logAbs(u), fractionInverse(this.#logAbs(number(10))));
      case 'abs':
        return this.#abs(u);
      case 'sign':
        return fractionMinus(this.#above(u), this.#above(fractionNegative(u)));
      case 'sin':
        return this.#angle(u).sine;
      case 'cos':
        return this.#angle(u).cosine;
      case 'tan': {
        const { sine, cosine } = this.#angle(u);
        return fractionTimes(sine, fractionInverse(cosine));
      }
      case 'sinh':
      case 'cosh':
      case 'tanh': {
        const grow = this.#exp(u);
        const decay = fractionInverse(grow);
        const sinh = fractionTimes(fractionMinus(grow, decay), number(HALF));
        const cosh = fractionTimes(fractionPlus(grow, decay), number(HALF));
        return op === 'sinh' ? sinh : op === 'cosh' ? cosh : fractionTimes(sinh, fractionInverse(cosh));
      }
      case 'floor': {
        const value = asNumber(u);
        if (value) return number(rational((value.n - (((value.n % value.d) + value.d) % value.d)) / value.d));
        break;
      }
      case 'acos':
        return fractionMinus(fractionTimes(this.#build(PI), number(HALF)), this.#opaque('asin', [u]));
    }
    return this.#opaque(
      op,
      args.map((a) => this.#build(a)),
      op === 'xlogy',
    );
  }

  // Generators.

  #generator(index: number): Generator {
    return this.#generators[index] as Generator;
  }

  #add(g: Generator): number {
    if (this.#generators.length > 200) throw new TooLargeError();
    return this.#generators.push(g) - 1;
  }

  #intern(matches: (g: Generator) => boolean, make: () => Generator): Fraction {
    const known = this.#generators.findIndex(matches);
    return generator(known >= 0 ? known : this.#add(make()));
  }

  /** A function that is known by its operands alone. */
  #opaque(op: string, args: readonly Fraction[], ownDomain = false, branches: readonly Domain[] = []): Fraction {
    if (ODD.has(op) && args[0]?.top.size === 0) return number(0);
    for (const [index, known] of this.#opaqueArgs) {
      if (known.op !== op || !branches.every((d, i) => sameDomain(d, known.branches[i] as Domain))) continue;
      if (known.args.every((a, i) => equals(args[i] as Fraction, a))) return this.#opaqueUse(index, ownDomain);
      if (ODD.has(op) && equals(fractionNegative(args[0] as Fraction), known.args[0] as Fraction)) {
        return fractionNegative(this.#opaqueUse(index, ownDomain));
      }
    }
    const expr = apply(op, ...args.map((a) => this.toExpr(a)));
    const index = this.#add({ kind: 'opaque', expr, jumps: JUMPING.has(op) });
    this.#opaqueArgs.set(index, { op, args, branches });
    return this.#opaqueUse(index, ownDomain);
  }

  readonly #opaqueArgs = new Map<
    number,
    { readonly op: string; readonly args: readonly Fraction[]; readonly branches: readonly Domain[] }
  >();

  #opaqueUse(index: number, ownDomain: boolean): Fraction {
    if (ownDomain) this.#domain.opaque.add(index);
    return generator(index);
  }

  /** Applies the relations of generators: r² = radicand, cos² = 1 − sin², sign² = 1. */
  #settled(f: Fraction): Fraction {
    let current = f;
    for (let round = 0; ; round++) {
      if (round > 60) throw new TooLargeError();
      let settled: Polynomial = ZERO_POLYNOMIAL;
      let rewritten: Fraction | undefined;
      for (const t of terms(current.top)) {
        const replacement = this.#rewrite(t.monomial);
        if (!replacement) {
          settled = polynomialPlus(settled, monomial(t.monomial, t.coefficient));
        } else {
          const part = fractionTimes(replacement, number(t.coefficient));
          rewritten = rewritten ? fractionPlus(rewritten, part) : part;
        }
      }
      if (!rewritten) return current;
      const top = fractionPlus(rewritten, whole(settled));
      current = fractionTimes(top, { top: number(1).top, bottom: current.bottom });
    }
  }

  /** A monomial with one relation applied, if one applies. */
  #rewrite(m: Monomial): Fraction | undefined {
    for (const [g, e] of m) {
      const { relation, opposite } = this.#generator(g);
      if (relation && (e < 0 || e >= relation.power)) {
        const turns = Math.floor(e / relation.power);
        const rest = m.flatMap(([h, k]): [number, number][] => (h !== g ? [[h, k]] : []));
        return fractionTimes(
          fractionTimes(whole(monomial(rest)), generator(g, e - turns * relation.power)),
          fractionPower(relation.equals, turns),
        );
      }
      // Not both a number and its opposite are positive: (1 + s)(1 + s′) = 0.
      if (opposite !== undefined && opposite > g && m.some(([h]) => h === opposite)) {
        const rest = whole(monomial(m.filter(([h]) => h !== g && h !== opposite)));
        const product = fractionNegative(fractionPlus(number(1), fractionPlus(generator(g), generator(opposite))));
        return fractionTimes(rest, product);
      }
    }
    return undefined;
  }

  // Signs.

  #monomialSign(m: Monomial): 'positive' | 'nonnegative' | undefined {
    let strict = true;
    for (const [g, e] of m) {
      const { positive, nonnegative } = this.#generator(g);
      if (positive) continue;
      if (!nonnegative && e % 2 !== 0) return undefined;
      strict = false;
    }
    return strict ? 'positive' : 'nonnegative';
  }

  #polynomialSign(p: Polynomial): 'positive' | 'nonnegative' | undefined {
    let result: 'positive' | 'nonnegative' = 'nonnegative';
    for (const t of p.values()) {
      const sign = signOf(t.coefficient) > 0 ? this.#monomialSign(t.monomial) : undefined;
      if (!sign) return undefined;
      if (sign === 'positive') result = 'positive';
    }
    return result;
  }

  /** Positive or not negative at every point where it is defined, if that can be seen. */
  #signOf(f: Fraction): 'positive' | 'nonnegative' | undefined {
    for (const { factor, power } of f.bottom.values()) {
      if (power % 2 !== 0 && !this.#polynomialSign(factor)) return undefined;
    }
    return this.#polynomialSign(f.top);
  }

  // Domains.

  #restrict(condition: Expr): void {
    if (condition.kind !== 'apply') return;
    const [a, b] = condition.args as [Expr, Expr];
    switch (condition.op) {
      case 'and':
        this.#restrict(a);
        this.#restrict(b);
        return;
      case 'gt':
      case 'ge':
        return this.#restrictTo(this.#build(sub(a, b)));
      case 'lt':
      case 'le':
        return this.#restrictTo(this.#build(sub(b, a)));
      case 'ne':
        return this.#exclude(this.#build(sub(a, b)), folded('sub', a, b));
      case 'eq':
        if (this.#build(sub(a, b)).top.size === 0) return;
        break;
      case 'or':
        // A union with an inequation leaves out single points at most.
        if (isApply(a, 'ne') || isApply(b, 'ne')) return;
    }
    throw new NoNormalFormError(`domain by ${condition.op}`);
  }

  #restrictTo(f: Fraction): void {
    if (this.#signOf(f) !== undefined && f.top.size > 0) return;
    if (f.top.size === 0 || this.#signOf(fractionNegative(f)) === 'positive')
      throw new NoNormalFormError('nowhere defined');
    if (!this.#domain.nonnegative.some((g) => isMultiple(f, g))) this.#domain.nonnegative.push(f);
  }

  #exclude(f: Fraction, expr: Expr): void {
    if (f.top.size === 0) throw new NoNormalFormError('division by zero');
    if (this.#signOf(f) === 'positive' || this.#signOf(fractionNegative(f)) === 'positive') return;
    const { rest } = primitive(f.top);
    const onRegion = terms(rest).some((t) => t.monomial.some(([g]) => this.#generator(g).jumps));
    this.#domain.nonzero.push({ fraction: f, expr, onRegion });
  }

  #inverse(e: Expr): Fraction {
    const f = this.#build(e);
    this.#exclude(f, e);
    return this.#settled(fractionInverse(f));
  }

  // Powers and roots.

  #pow(e: ApplyExpr): Fraction {
    const [x, y] = e.args as [Expr, Expr];
    const u = this.#build(x);
    const w = this.#build(y);
    const exponent = asNumber(w);
    if (exponent) {
      const n = asInteger(w);
      if (n !== undefined) {
        if (n < 0) this.#exclude(u, x);
        return fractionPower(u, n);
      }
      if (isWhole(exponent) || exponent.d > 12n || exponent.n > 64n || exponent.n < -64n) throw new TooLargeError();
      this.#restrictTo(u);
      if (signOf(exponent) < 0) this.#exclude(u, x);
      return this.#power(u, exponent);
    }
    if (this.#signOf(u) === 'positive') return this.#exp(fractionTimes(w, this.#logAbs(u)));
    // x^(y + n) = x^y xⁿ wherever both sides are defined.
    const shift = w.bottom.size === 0 ? w.top.get('')?.coefficient : undefined;
    const n = shift && isWhole(shift) && shift.n >= -64n && shift.n <= 64n && u.top.size > 0 ? Number(shift.n) : 0;
    const rest = fractionMinus(w, number(n));
    return fractionTimes(this.#opaque('pow', [u, rest], true), fractionPower(u, n));
  }

  /** uᵖ ᐟ ᑫ for u ≥ 0. */
  #power(u: Fraction, exponent: Rational): Fraction {
    if (isWhole(exponent)) return fractionPower(u, Number(exponent.n));
    return fractionPower(this.#root(u, Number(exponent.d)), Number(exponent.n));
  }

  /** The real q-th root of u ≥ 0. Factors that are positive by their form are taken out. */
  #root(u: Fraction, q: number): Fraction {
    if (u.top.size === 0) return number(0);
    const { content, monomial: m, rest } = primitive(u.top);
    let out = this.#rootOfNumber(content.n < 0n ? negative(content) : content, q);
    const kept: [number, number][] = [];
    for (const [g, e] of m) {
      const { kind, of } = this.#generator(g);
      if (kind === 'exp') out = fractionTimes(out, this.#exp(fractionTimes(of as Fraction, number(rational(e, q)))));
      else kept.push([g, e]);
    }
    let inner = fractionTimes({ top: scaled(rest, rational(signOf(content)), kept), bottom: u.bottom }, number(1));
    // √(x² w) = |x| √w, said only where w is never negative.
    if (q === 2) {
      const squares = kept.flatMap(([g, e]): [number, number][] =>
        Math.trunc(e / 2) !== 0 ? [[g, Math.trunc(e / 2)]] : [],
      );
      const left = fractionTimes(inner, fractionPower(whole(monomial(squares)), -2));
      if (squares.length > 0 && this.#signOf(left)) {
        inner = left;
        out = fractionTimes(out, this.#abs(whole(monomial(squares))));
      }
    }
    const value = asNumber(inner);
    if (value) {
      if (signOf(value) < 0) throw new NoNormalFormError('root of a negative number');
      return fractionTimes(out, this.#rootOfNumber(value, q));
    }
    return fractionTimes(out, this.#rootGenerator(inner, q));
  }

  #rootGenerator(of: Fraction, q: number): Fraction {
    return this.#intern(
      (g) => g.kind === 'root' && g.relation?.power === q && g.nonnegative === true && equals(g.of as Fraction, of),
      () => {
        const e = this.toExpr(of);
        const expr = q === 2 ? apply('sqrt', e) : pow(e, div(1, q));
        const positive = this.#signOf(of) === 'positive';
        return { kind: 'root', expr, of, nonnegative: true, positive, relation: { power: q, equals: of } };
      },
    );
  }

  #rootOfNumber(c: Rational, q: number): Fraction {
    let out = number(inverse(rational(c.d)));
    for (const [prime, k] of factorised(c.n * c.d ** BigInt(q - 1))) {
      out = fractionTimes(out, number(rational(prime ** BigInt(Math.floor(k / q)))));
      if (k % q !== 0) {
        out = fractionTimes(out, fractionPower(this.#rootGenerator(number(rational(prime)), q), k % q));
      }
    }
    return out;
  }

  /** The real cube root, multiplicative on all reals. */
  #cubeRoot(u: Fraction): Fraction {
    if (u.top.size === 0) return number(0);
    const cubeRootOf = (f: Fraction): Fraction => {
      if (equals(f, number(1))) return f;
      return this.#intern(
        (g) => g.kind === 'root' && g.relation?.power === 3 && g.nonnegative !== true && equals(g.of as Fraction, f),
        () => ({ kind: 'root', expr: apply('cbrt', this.toExpr(f)), of: f, relation: { power: 3, equals: f } }),
      );
    };
    const { content, monomial: m, rest } = primitive(u.top);
    let out = this.#settled(cubeRootOf(number(content)));
    for (const [g, e] of m) out = fractionTimes(out, fractionPower(cubeRootOf(generator(g)), e));
    out = fractionTimes(out, cubeRootOf(whole(rest)));
    for (const { factor, power } of u.bottom.values()) {
      out = fractionTimes(out, fractionPower(cubeRootOf(whole(factor)), -power));
    }
    return out;
  }

  // Exponentials and logarithms.

  #newExponential(base: Fraction): number {
    const index = this.#add({ kind: 'exp', expr: apply('exp', this.toExpr(base)), of: base, positive: true });
    this.#exponentials.push({ base, generator: index });
    return index;
  }

  /** exp u as a product of powers of base exponentials, one for each term of u. */
  #exp(u: Fraction): Fraction {
    let out = number(1);
    for (const t of terms(u.top)) {
      const [first, ...others] = t.monomial;
      const g =
        first && others.length === 0 && first[1] === 1 && u.bottom.size === 0 ? this.#generator(first[0]) : undefined;
      out = fractionTimes(
        out,
        g?.kind === 'log' && smallFraction(t.coefficient)
          ? this.#power(this.#abs(g.of as Fraction), t.coefficient)
          : this.#expTerm(
              fractionTimes(whole(monomial(t.monomial)), { top: number(1).top, bottom: u.bottom }),
              t.coefficient,
            ),
      );
    }
    return out;
  }

  /** exp(c t). */
  #expTerm(t: Fraction, c: Rational): Fraction {
    for (const { base, generator: g } of this.#exponentials) {
      const ratio = proportion(t, base);
      if (!ratio) continue;
      const power = times(ratio, c);
      if (!isWhole(power))
        throw new FinerBase('exp', this.toExpr(fractionTimes(base, number(inverse(rational(power.d))))));
      if (power.n > 4096n || power.n < -4096n) throw new TooLargeError();
      return generator(g, Number(power.n));
    }
    return generator(this.#newExponential(fractionTimes(t, number(c.n < 0n ? negative(c) : c))), c.n < 0n ? -1 : 1);
  }

  /** log |u|, as a sum over the factors of u. */
  #logAbs(u: Fraction): Fraction {
    if (u.top.size === 0) throw new NoNormalFormError('logarithm of zero');
    const { content, monomial: m, rest } = primitive(u.top);
    let out = fractionMinus(this.#logOfInteger(content.n < 0n ? -content.n : content.n), this.#logOfInteger(content.d));
    for (const [g, e] of m) out = fractionPlus(out, fractionTimes(number(e), this.#logOfGenerator(g)));
    out = fractionPlus(out, this.#logOfPolynomial(rest));
    for (const { factor, power } of u.bottom.values()) {
      out = fractionMinus(out, fractionTimes(number(power), this.#logOfPolynomial(factor)));
    }
    return out;
  }

  #logOfGenerator(index: number): Fraction {
    const g = this.#generator(index);
    if (g.kind === 'exp') return g.of as Fraction;
    if (g.kind === 'sign') return number(0);
    if (g.kind === 'root' && g.relation) {
      return fractionTimes(number(rational(1, g.relation.power)), this.#logAbs(g.relation.equals));
    }
    return this.#logGenerator(generator(index));
  }

  #logOfInteger(n: bigint): Fraction {
    let out = number(0);
    for (const [prime, k] of factorised(n)) {
      out = fractionPlus(out, fractionTimes(number(k), this.#logGenerator(number(rational(prime)))));
    }
    return out;
  }

  #logOfPolynomial(p: Polynomial): Fraction {
    if (p.size === 1) return number(0);
    return this.#logGenerator(whole(p));
  }

  #logGenerator(of: Fraction): Fraction {
    return this.#intern(
      (g) => g.kind === 'log' && equals(g.of as Fraction, of),
      () => ({ kind: 'log', of, expr: apply('log', apply('abs', this.toExpr(of))) }),
    );
  }

  // Circular functions.

  #newAngle(base: Fraction): { base: Fraction; sine: number; cosine: number } {
    const e = this.toExpr(base);
    const sine = this.#add({ kind: 'sine', expr: apply('sin', e) });
    const cosine = this.#add({
      kind: 'cosine',
      expr: apply('cos', e),
      relation: { power: 2, equals: fractionMinus(number(1), generator(sine, 2)) },
    });
    const angle = { base, sine, cosine };
    this.#angles.push(angle);
    return angle;
  }

  /** Sine and cosine of a sum of multiples of base angles, by the addition theorems. */
  #angle(u: Fraction): { sine: Fraction; cosine: Fraction } {
    let cosine = number(1);
    let sine = number(0);
    for (const t of terms(u.top)) {
      const angle = fractionTimes(whole(monomial(t.monomial)), { top: number(1).top, bottom: u.bottom });
      const [c, s] = this.#angleTerm(angle, t.coefficient);
      [cosine, sine] = [
        this.#settled(fractionMinus(fractionTimes(cosine, c), fractionTimes(sine, s))),
        this.#settled(fractionPlus(fractionTimes(cosine, s), fractionTimes(sine, c))),
      ];
    }
    return { sine, cosine };
  }

  #angleTerm(t: Fraction, c: Rational): [Fraction, Fraction] {
    const quarters = times(c, rational(2));
    if (isWhole(quarters) && equals(t, this.#build(PI))) {
      const turn = Number(((quarters.n % 4n) + 4n) % 4n);
      return [number([1, 0, -1, 0][turn] as number), number([0, 1, 0, -1][turn] as number)];
    }
    let multiple = c.n < 0n ? -1 : 1;
    let found: { sine: number; cosine: number } | undefined;
    for (const known of this.#angles) {
      const ratio = proportion(t, known.base);
      if (!ratio) continue;
      const exact = times(ratio, c);
      if (!isWhole(exact)) {
        throw new FinerBase('angle', this.toExpr(fractionTimes(known.base, number(inverse(rational(exact.d))))));
      }
      if (exact.n > MAX_MULTIPLE || exact.n < -MAX_MULTIPLE) throw new TooLargeError();
      found = known;
      multiple = Number(exact.n);
      break;
    }
    found ??= this.#newAngle(fractionTimes(t, number(c.n < 0n ? negative(c) : c)));
    const [c1, s1] = [generator(found.cosine), generator(found.sine)];
    let [cosine, sine] = [number(1), number(0)];
    for (let i = 0; i < Math.abs(multiple); i++) {
      [cosine, sine] = [
        this.#settled(fractionMinus(fractionTimes(cosine, c1), fractionTimes(sine, s1))),
        this.#settled(fractionPlus(fractionTimes(cosine, s1), fractionTimes(sine, c1))),
      ];
    }
    return [cosine, multiple < 0 ? fractionNegative(sine) : sine];
  }

  // Signs, comparisons and choices.

  /** The generator that is 1 where u > 0 and −1 where u ≤ 0. */
  #signGenerator(u: Fraction): Fraction {
    const value = asNumber(u);
    if (value) return number(signOf(value) > 0 ? 1 : -1);
    if (this.#signOf(u) === 'positive') return number(1);
    if (this.#signOf(fractionNegative(u))) return number(-1);
    let opposite: number | undefined;
    for (const [index, g] of this.#generators.entries()) {
      if (g.kind !== 'sign') continue;
      const c = proportion(u, g.of as Fraction);
      if (c && signOf(c) > 0) return generator(index);
      if (c) opposite = index;
    }
    const indicator = apply('gt', this.toExpr(u), num(0));
    const index = this.#add({
      kind: 'sign',
      of: u,
      expr: sub(mul(2, indicator), 1),
      relation: { power: 2, equals: number(1) },
      jumps: true,
      ...(opposite === undefined ? {} : { opposite }),
    });
    if (opposite !== undefined) this.#generator(opposite).opposite = index;
    return generator(index);
  }

  /** 1 where u > 0, else 0. */
  #above(u: Fraction): Fraction {
    return fractionTimes(fractionPlus(number(1), this.#signGenerator(u)), number(HALF));
  }

  /** The sign with which an existing generator knows u, so that u and −u share it. */
  #oriented(u: Fraction): { readonly u: Fraction; readonly flipped: boolean } {
    for (const g of this.#generators) {
      if (g.kind !== 'sign') continue;
      const c = proportion(u, g.of as Fraction);
      if (c) return signOf(c) > 0 ? { u, flipped: false } : { u: fractionNegative(u), flipped: true };
    }
    return { u, flipped: false };
  }

  /** max(u, 0) and with it max(a, b) = b + max(a − b, 0). */
  #larger(a: Fraction, b: Fraction): Fraction {
    const difference = fractionMinus(a, b);
    if (difference.top.size === 0) return a;
    const { u, flipped } = this.#oriented(difference);
    const ramp = fractionTimes(u, this.#above(u));
    // max(−u, 0) = max(u, 0) − u.
    return fractionPlus(b, flipped ? fractionMinus(ramp, u) : ramp);
  }

  /** |u| = u · sign u, factor by factor. */
  #abs(u: Fraction): Fraction {
    if (u.top.size === 0) return u;
    const one = (f: Fraction): Fraction => {
      if (this.#signOf(f)) return f;
      const oriented = this.#oriented(f).u;
      return fractionTimes(oriented, this.#signGenerator(oriented));
    };
    const { content, monomial: m, rest } = primitive(u.top);
    let out = number(content.n < 0n ? negative(content) : content);
    for (const [g, e] of m) {
      const factor = generator(g);
      out = fractionTimes(
        out,
        this.#generator(g).kind === 'sign' ? number(1) : fractionPower(e % 2 === 0 ? factor : one(factor), e),
      );
    }
    out = fractionTimes(out, one(whole(rest)));
    for (const { factor, power } of u.bottom.values()) {
      const f = whole(factor);
      out = fractionTimes(out, fractionPower(power % 2 === 0 ? f : one(f), -power));
    }
    return this.#settled(out);
  }

  /** A comparison or logical operation as 0 or 1. */
  #indicator(e: Expr): Fraction {
    if (e.kind !== 'apply' || !isPredicate(e.op)) return this.#indicator(apply('ne', e, num(0)));
    const [a, b] = e.args as [Expr, Expr];
    const not = (f: Fraction) => fractionMinus(number(1), f);
    const difference = () => fractionMinus(this.#build(a), this.#build(b));
    const above = (f: Fraction) => this.#above(f);
    switch (e.op) {
      case 'gt':
        return above(difference());
      case 'le':
        return not(above(difference()));
      case 'lt':
        return above(fractionNegative(difference()));
      case 'ge':
        return not(above(fractionNegative(difference())));
      case 'eq':
      case 'ne': {
        const d = difference();
        const ne = fractionPlus(above(d), above(fractionNegative(d)));
        return e.op === 'ne' ? ne : not(ne);
      }
      case 'not':
        return not(this.#indicator(a));
      case 'and':
        return fractionTimes(this.#indicator(a), this.#indicator(b));
      case 'or':
        return not(fractionTimes(not(this.#indicator(a)), not(this.#indicator(b))));
    }
  }

  /** Builds a branch apart: what restricts it restricts only the branch. */
  #branch(e: Expr): { readonly fraction: Fraction; readonly domain: Domain } {
    const outer = this.#domain;
    const done = new Map(this.#done);
    this.#domain = emptyDomain();
    this.#done.clear();
    try {
      return { fraction: this.#build(e), domain: this.#domain };
    } finally {
      this.#domain = outer;
      this.#done.clear();
      for (const [key, value] of done) this.#done.set(key, value);
    }
  }

  #where(e: ApplyExpr): Fraction {
    const [condition, yes, no] = e.args as [Expr, Expr, Expr];
    if (isPowerPartial(e)) return this.#build(no);
    const c = this.#settled(this.#indicator(condition));
    const chosen = asNumber(c);
    if (chosen) return this.#build(chosen.n === 0n ? no : yes);
    const a = this.#branch(yes);
    const b = this.#branch(no);
    if (isTotal(a.domain) && isTotal(b.domain)) {
      return fractionPlus(b.fraction, fractionTimes(c, fractionMinus(a.fraction, b.fraction)));
    }
    return this.#opaque('where', [c, a.fraction, b.fraction], true, [a.domain, b.domain]);
  }

  /** Back to an expression. */
  toExpr(f: Fraction): Expr {
    return fractionToExpr(f, (index) => this.#generator(index).expr);
  }
}

const smallFraction = (r: Rational): boolean => r.d <= 12n && r.n <= 64n && r.n >= -64n;
