import assert from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { differentiate as D } from '../../src/symbolic/differentiate';
import {
  add,
  apply,
  div,
  E,
  type Expr,
  fn,
  isApply,
  mul,
  neg,
  num,
  PI,
  pow,
  sub,
  sym,
  where,
} from '../../src/symbolic/expr';
import { prove, provedEqual } from '../../src/symbolic/prove';
import { toText } from '../../src/symbolic/text';
import { expressions, observed } from './generate';

const [x, y, z, p, n] = ['x', 'y', 'z', 'p', 'n'].map(sym) as [Expr, Expr, Expr, Expr, Expr];
const s = (a: Expr) => fn('sigmoid', a);
const exp = (a: Expr) => fn('exp', a);
const ln = (a: Expr | number) => fn('log', a);
const sin = (a: Expr) => fn('sin', a);
const cos = (a: Expr) => fn('cos', a);
const tanh = (a: Expr) => fn('tanh', a);
const sqrt = (a: Expr | number) => fn('sqrt', a);
const abs = (a: Expr) => fn('abs', a);
const sq = (a: Expr) => pow(a, 2);
const gt = (a: Expr, b: Expr | number) => fn('gt', a, b);

const total = add(add(exp(x), exp(y)), exp(z));
const softmax = (a: Expr) => div(exp(a), total);
const crossEntropy = neg(add(mul(y, ln(s(z))), mul(sub(1, y), ln(sub(1, s(z))))));

const EQUAL: [string, Expr, Expr][] = [
  ['σ′ = σ (1 − σ)', D(s(x), 'x'), mul(s(x), sub(1, s(x)))],
  ['σ′ from 1/(1 + e⁻ˣ)', D(div(1, add(1, exp(neg(x)))), 'x'), mul(s(x), sub(1, s(x)))],
  ['σ = eˣ/(1 + eˣ)', s(x), div(exp(x), add(1, exp(x)))],
  ['1 − σ(x) = σ(−x)', sub(1, s(x)), s(neg(x))],
  ['tanh′ = 1 − tanh²', D(tanh(x), 'x'), sub(1, sq(tanh(x)))],
  ['tanh′ = 1/cosh²', D(tanh(x), 'x'), div(1, sq(fn('cosh', x)))],
  ['tanh x = 2σ(2x) − 1', tanh(x), sub(mul(2, s(mul(2, x))), 1)],
  ['cosh² − sinh² = 1', sub(sq(fn('cosh', x)), sq(fn('sinh', x))), num(1)],
  ['sin² + cos² = 1', add(sq(sin(x)), sq(cos(x))), num(1)],
  ['sin 2x', sin(mul(2, x)), mul(mul(2, sin(x)), cos(x))],
  ['2 sin x cos x', mul(mul(2, sin(x)), cos(x)), sin(mul(2, x))],
  ['cos(x + y)', cos(add(x, y)), sub(mul(cos(x), cos(y)), mul(sin(x), sin(y)))],
  ['1 − cos x = 2 sin²(x/2)', sub(1, cos(x)), mul(2, sq(sin(div(x, 2))))],
  ['tan′', D(fn('tan', x), 'x'), div(1, sq(cos(x)))],
  ['sec′', D(fn('sec', x), 'x'), div(sin(x), sq(cos(x)))],
  ['cot′', D(fn('cot', x), 'x'), div(-1, sq(sin(x)))],
  ['arcsin′', D(fn('asin', x), 'x'), div(1, sqrt(sub(1, sq(x))))],
  [
    'chain rule of logistic regression, p a symbol',
    mul(add(neg(div(y, p)), div(sub(1, y), sub(1, p))), mul(p, sub(1, p))),
    sub(p, y),
  ],
  ['cross-entropy of a sigmoid', D(crossEntropy, 'z'), sub(s(z), y)],
  ['softmax, diagonal', D(softmax(x), 'x'), mul(softmax(x), sub(1, softmax(x)))],
  ['softmax, off the diagonal', D(softmax(x), 'y'), neg(mul(softmax(x), softmax(y)))],
  ['log-sum-exp', D(ln(total), 'x'), softmax(x)],
  ['negative log-likelihood of a softmax', D(neg(ln(softmax(x))), 'x'), sub(softmax(x), 1)],
  ['exp of log-softmax', exp(sub(x, ln(total))), softmax(x)],
  ['power rule, symbolic exponent', D(pow(x, n), 'x'), mul(n, pow(x, sub(n, 1)))],
  ['power rule by the exponent', D(pow(x, n), 'n'), mul(pow(x, n), ln(x))],
  ['√′ = 1/(2√x)', D(sqrt(x), 'x'), div(1, mul(2, sqrt(x)))],
  ['√′ = √x/(2x)', D(sqrt(x), 'x'), div(sqrt(x), mul(2, x))],
  ['(x^½)′', D(pow(x, div(1, 2)), 'x'), div(1, mul(2, sqrt(x)))],
  ['2ˣ′', D(pow(2, x), 'x'), mul(pow(2, x), ln(2))],
  ['softplus′ = σ', D(ln(add(1, exp(x))), 'x'), s(x)],
  ['log σ', fn('logsigmoid', x), neg(ln(add(1, exp(neg(x)))))],
  ['ReLU′', D(fn('relu', x), 'x'), where(gt(x, 0), 1, 0)],
  ['ReLU = max(0, x)', fn('relu', x), fn('maximum', 0, x)],
  ['max by the absolute value', fn('maximum', x, y), div(add(add(x, y), abs(sub(x, y))), 2)],
  ['min by max', fn('minimum', x, y), neg(fn('maximum', neg(x), neg(y)))],
  ['max commutes', fn('maximum', x, y), fn('maximum', y, x)],
  ['|x| = √x²', abs(x), sqrt(sq(x))],
  ['|x|² = x²', sq(abs(x)), sq(x)],
  ['|xy| = |x||y|', abs(mul(x, y)), mul(abs(x), abs(y))],
  ['SiLU′', D(fn('silu', x), 'x'), add(s(x), mul(mul(x, s(x)), sub(1, s(x))))],
  ['GELU′', D(fn('gelu', x), 'x'), add(fn('normal_cdf', x), div(mul(x, exp(div(neg(sq(x)), 2))), sqrt(mul(2, PI))))],
  ['Φ by erf', fn('normal_cdf', x), mul(div(1, 2), add(1, fn('erf', div(x, sqrt(2)))))],
  ['squared error', D(div(sq(sub(x, y)), 2), 'x'), sub(x, y)],
  ['third binomial formula', div(sub(sq(x), 1), sub(x, 1)), add(x, 1)],
  ['decimals', mul(0.1, x), div(x, 10)],
  ['0.1 + 0.2 = 0.3', add(0.1, 0.2), num(0.3)],
  ['logarithm of a product of positives', ln(mul(2, exp(x))), add(x, ln(2))],
  ['√2 √8 = 4', mul(sqrt(2), sqrt(8)), num(4)],
  ['log 6', ln(6), add(ln(2), ln(3))],
  ['e as a constant', pow(E, x), exp(x)],
  ['cos(x + π)', cos(add(x, PI)), neg(cos(x))],
  ['exp(x/2)² = exp x', sq(exp(div(x, 2))), exp(x)],
  ['shifted exponents', mul(pow(x, n), sq(x)), pow(x, add(n, 2))],
  ['cube roots', mul(fn('cbrt', x), fn('cbrt', y)), fn('cbrt', mul(x, y))],
];

const NOT_EQUAL: [string, Expr, Expr][] = [
  ['log x² and 2 log x', ln(sq(x)), mul(2, ln(x))],
  ['√x² and x', sqrt(sq(x)), x],
  ['exp log x and x', exp(ln(x)), x],
  ['log −x and log x', ln(neg(x)), ln(x)],
  ['√x √y and √xy', mul(sqrt(x), sqrt(y)), sqrt(mul(x, y))],
  ['x^⅓ and ∛x', pow(x, div(1, 3)), fn('cbrt', x)],
  ['sign x and x/|x|', fn('sign', x), div(x, abs(x))],
  ['sign² and 1', sq(fn('sign', x)), num(1)],
  ['|x|^y and x^y', pow(abs(x), y), pow(x, y)],
  ['a third and its decimal', div(x, 3), mul(0.3333333333333333, x)],
  ['π and its decimal', PI, num(Math.PI)],
  ['[x > 0] and [x ≥ 0]', gt(x, 0), fn('ge', x, 0)],
  ['a choice that differs at one point', where(fn('eq', x, 0), 0, mul(x, div(1, x))), num(1)],
  ['x^x at 0', D(pow(x, x), 'x'), mul(pow(x, x), ln(x))],
  ['σ′ without its 1', D(s(x), 'x'), mul(s(x), s(x))],
  ['(x + y)² without the middle', sq(add(x, y)), add(sq(x), sq(y))],
  ['a lost sign', D(crossEntropy, 'z'), sub(y, s(z))],
  ['divisions by zero', div(x, 0), div(y, 0)],
  ['log 0', ln(0), sub(ln(0), 1)],
  ['NaN', num(NaN), num(1)],
  ['a quotient of conditions and 1', div(gt(x, 0), gt(x, 0)), num(1)],
  ['choices with different domains', where(fn('lt', x, 0), ln(x), 0), where(fn('lt', x, 0), ln(abs(x)), 0)],
  ['√(x² y) and |x| √y', sqrt(mul(sq(x), y)), mul(abs(x), sqrt(y))],
];

const POINTS = [0, 1, -1, 2, -2, 0.5, 3];
const generic = fc.integer({ min: -3000, max: 3000 }).map((k) => (k + 0.3) / 1024);
const coordinate = fc.oneof(generic, fc.constantFrom(...POINTS));

interface Valued {
  readonly value: number;
  /** Some operation on the way has no real value: then the whole has none, whatever a comparison makes of NaN. */
  readonly undefined: boolean;
  /**
   * Rounding may have decided: something is within rounding of an integer (a branch point, a jump, the edge of a domain) or of
   * what it is compared with, or is large.
   */
  readonly unclear: boolean;
  /** The largest magnitude on the way, which bounds what rounding may have done. */
  readonly scale: number;
}

const isNearly = (a: number, b: number): boolean => a !== b && Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(a));

function valued(e: Expr, at: Record<string, number>): Valued {
  let scale = 1;
  let undefined_ = false;
  let unclear = false;
  const value = observed(
    e,
    (name) => at[name],
    (op, args, value) => {
      const [a = NaN, b = NaN] = args;
      // The real zero has no sign, on which the side of the cut of atan2 would depend.
      if ((args.length === 2 && op !== 'pow' && isNearly(a, b)) || (op === 'atan2' && a === 0)) unclear = true;
      if (isNearly(value, Math.round(value))) unclear = true;
      if (Number.isNaN(value)) undefined_ = true;
      else scale = Math.max(scale, Math.abs(value));
    },
  );
  return { value, undefined: undefined_ || !Number.isFinite(value), unclear: unclear || !(scale < 1e6), scale };
}

/** Fails if the values differ where both expressions have one. */
function assertAgree(a: Expr, b: Expr, at: Record<string, number>): void {
  const [l, r] = [valued(a, at), valued(b, at)];
  if (l.undefined || r.undefined || l.unclear || r.unclear) return;
  const scale = Math.max(l.scale, r.scale);
  assert.ok(
    Math.abs(l.value - r.value) <= 1e-7 * scale,
    `${toText(a)} = ${l.value}, ${toText(b)} = ${r.value} at ${JSON.stringify(at)}`,
  );
}

/** Rewritings, right ones and wrong ones, of the outermost operation. */
const REWRITINGS: ((e: Expr) => Expr | undefined)[] = [
  (e) => (isApply(e, 'add') ? apply('add', e.args[1] as Expr, e.args[0] as Expr) : undefined),
  (e) => (isApply(e, 'add') ? apply('sub', e.args[0] as Expr, e.args[1] as Expr) : undefined),
  (e) => (isApply(e, 'sub') ? neg(sub(e.args[1] as Expr, e.args[0] as Expr)) : undefined),
  (e) => (isApply(e, 'sub') ? apply('sub', e.args[1] as Expr, e.args[0] as Expr) : undefined),
  (e) => (isApply(e, 'neg') ? (e.args[0] as Expr) : undefined),
  (e) => (isApply(e, 'mul') ? div(e.args[0] as Expr, div(1, e.args[1] as Expr)) : undefined),
  (e) => (isApply(e, 'div') ? mul(e.args[0] as Expr, pow(e.args[1] as Expr, -1)) : undefined),
  (e) => (isApply(e, 'square') ? mul(e.args[0] as Expr, e.args[0] as Expr) : undefined),
  (e) => (isApply(e, 'sqrt') ? pow(e.args[0] as Expr, 0.5) : undefined),
  (e) => (isApply(e, 'exp') ? div(1, exp(neg(e.args[0] as Expr))) : undefined),
  (e) => (isApply(e, 'abs') ? sqrt(sq(e.args[0] as Expr)) : undefined),
  (e) => (isApply(e, 'abs') ? (e.args[0] as Expr) : undefined),
  (e) => (isApply(e, 'log') ? neg(ln(div(1, e.args[0] as Expr))) : undefined),
  (e) =>
    isApply(e, 'log') && isApply(e.args[0] as Expr, 'mul')
      ? add(
          ln((e.args[0] as ReturnType<typeof apply>).args[0] as Expr),
          ln((e.args[0] as ReturnType<typeof apply>).args[1] as Expr),
        )
      : undefined,
  (e) =>
    isApply(e, 'tanh')
      ? div(sub(exp(e.args[0] as Expr), exp(neg(e.args[0] as Expr))), mul(2, fn('cosh', e.args[0] as Expr)))
      : undefined,
  (e) => (isApply(e, 'sigmoid') ? sub(1, s(neg(e.args[0] as Expr))) : undefined),
  (e) => (isApply(e, 'sin') ? mul(mul(2, sin(div(e.args[0] as Expr, 2))), cos(div(e.args[0] as Expr, 2))) : undefined),
  (e) => (isApply(e, 'cos') ? sqrt(sub(1, sq(sin(e.args[0] as Expr)))) : undefined),
  (e) => (isApply(e, 'maximum') ? fn('minimum', ...e.args) : undefined),
  (e) =>
    isApply(e, 'maximum')
      ? where(fn('ge', e.args[0] as Expr, e.args[1] as Expr), e.args[0] as Expr, e.args[1] as Expr)
      : undefined,
  (e) => (isApply(e, 'relu') ? div(add(e.args[0] as Expr, abs(e.args[0] as Expr)), 2) : undefined),
  (e) => (isApply(e, 'sign') ? div(abs(e.args[0] as Expr), e.args[0] as Expr) : undefined),
  (e) => (isApply(e, 'pow') ? exp(mul(e.args[1] as Expr, ln(e.args[0] as Expr))) : undefined),
  (e) => (isApply(e, 'pow') ? mul(e.args[0] as Expr, pow(e.args[0] as Expr, sub(e.args[1] as Expr, 1))) : undefined),
  (e) => (isApply(e, 'pow') ? pow(abs(e.args[0] as Expr), e.args[1] as Expr) : undefined),
  (e) => (isApply(e, 'where') ? (e.args[1] as Expr) : undefined),
  (e) =>
    isApply(e, 'where')
      ? apply('where', fn('not', e.args[0] as Expr), e.args[2] as Expr, e.args[1] as Expr)
      : undefined,
  (e) => (isApply(e, 'gt') ? fn('ge', ...e.args) : undefined),
  (e) => (isApply(e, 'eq') ? fn('and', fn('le', ...e.args), fn('ge', ...e.args)) : undefined),
  (e) => (e.kind === 'number' ? num(e.value + 1) : undefined),
  (e) => add(sub(e, x), x),
  (e) => mul(div(e, x), x),
  (e) => sqrt(sq(e)),
  (e) => ln(exp(e)),
  (e) => exp(ln(e)),
  (e) => pow(pow(e, 3), div(1, 3)),
];

/** `e` with rewritings at nodes that the choices pick. */
function rewritten(e: Expr, choices: Iterator<number>): Expr {
  const next = (): number => choices.next().value ?? 0;
  const inner = e.kind === 'apply' ? apply(e.op, ...e.args.map((a) => rewritten(a, choices))) : e;
  if (next() % 4 !== 0) return inner;
  const applicable = REWRITINGS.map((r) => r(inner)).filter((r) => r !== undefined);
  return applicable[next() % applicable.length] as Expr;
}

const FUZZED = [
  'neg',
  'square',
  'sqrt',
  'exp',
  'log',
  'abs',
  'sign',
  'sin',
  'cos',
  'tan',
  'tanh',
  'sigmoid',
  'relu',
  'maximum',
  'minimum',
  'pow',
  'pow',
  'cbrt',
  'cosh',
  'softplus',
  'floor',
  'hypot',
  'reciprocal',
  'log1p',
  'leaky_relu',
  'asin',
  'erf',
  'xlogy',
  'atan2',
  'logit',
];

describe('prove', () => {
  for (const [name, a, b] of EQUAL) {
    it(`proves ${name}`, () => {
      assert.ok(provedEqual(a, b));
      assert.ok(provedEqual(b, a));
    });
  }
  for (const [name, a, b] of NOT_EQUAL) {
    it(`does not prove ${name}`, () => {
      assert.ok(!provedEqual(a, b));
      assert.ok(!provedEqual(b, a));
    });
  }

  it('names what is divided by on one side only', () => {
    assert.deepStrictEqual(prove(div(x, x), num(1)), { proved: true, exceptZerosOf: [x] });
    assert.deepStrictEqual(prove(div(sub(sq(x), 1), sub(x, 1)), add(x, 1)).exceptZerosOf, [sub(x, 1)]);
    assert.deepStrictEqual(prove(div(sq(x), sq(x)), num(1)).exceptZerosOf, [sq(x)]);
    assert.deepStrictEqual(prove(div(1, add(1, exp(x))), s(neg(x))).exceptZerosOf, []);
  });

  it('never proves what differs at some point: rewritten expressions', () => {
    let proofs = 0;
    fc.assert(
      fc.property(
        expressions({ ops: FUZZED, depth: 3 }),
        fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
        fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 25, maxLength: 25 }),
        fc.array(fc.tuple(generic, generic, generic), { minLength: 6, maxLength: 6 }),
        (e, choices, points, open) => {
          const other = rewritten(e, choices[Symbol.iterator]());
          if (!provedEqual(e, other)) return;
          proofs++;
          for (const [x, y, z] of points) assertAgree(e, other, { x, y, z });
          for (const [x, y, z] of open) {
            const at = { x, y, z };
            const [l, r] = [valued(e, at), valued(other, at)];
            // On no region may one side be undefined alone.
            if (!l.unclear && !r.unclear) {
              assert.strictEqual(l.undefined, r.undefined, `${toText(e)}, ${toText(other)} at ${JSON.stringify(at)}`);
            }
          }
        },
      ),
      { numRuns: 1200 },
    );
    assert.ok(proofs > 250, `only ${proofs} proofs`);
  });

  it('never proves what differs at some point: unrelated small expressions', () => {
    const small = expressions({ ops: FUZZED, depth: 2, leaves: [x, x, num(0), num(1), num(2), num(-1)] });
    fc.assert(
      fc.property(small, small, fc.array(coordinate, { minLength: 20, maxLength: 20 }), (a, b, points) => {
        if (!provedEqual(a, b)) return;
        for (const x of points) assertAgree(a, b, { x, y: 0, z: 0 });
      }),
      { numRuns: 2000 },
    );
  });

  it('gives up in bounded time on what is too large', () => {
    let e: Expr = add(x, y);
    for (let i = 0; i < 12; i++) e = add(sq(e), sin(add(e, num(i))));
    const start = Date.now();
    assert.ok(!provedEqual(e, add(e, 1)));
    assert.ok(Date.now() - start < 5000);
  });
});
