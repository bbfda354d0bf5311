import assert from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  asNumber,
  type Fraction,
  fractionInverse,
  fractionMinus,
  fractionPlus,
  fractionPower,
  fractionTimes,
  generator,
  number,
  proportion,
  type Polynomial,
  terms,
  TooLargeError,
  withinWork,
} from '../../src/symbolic/polynomial';
import { inverse, over, plus, raised, rational, rationalOf, times } from '../../src/symbolic/rational';

const toNumber = (r: { n: bigint; d: bigint }) => Number(r.n) / Number(r.d);

describe('rational numbers', () => {
  it('read a double as its shortest decimal', () => {
    assert.deepStrictEqual(rationalOf(0.1), rational(1, 10));
    assert.deepStrictEqual(rationalOf(-2.5e-7), rational(-1, 4_000_000));
    assert.deepStrictEqual(rationalOf(1e21), rational(10n ** 21n));
    assert.deepStrictEqual(rationalOf(-0), rational(0));
    assert.strictEqual(rationalOf(NaN), undefined);
    assert.strictEqual(rationalOf(Infinity), undefined);
  });

  it('give the double back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (v) => {
        const r = rationalOf(v) as { n: bigint; d: bigint };
        // Division of big integers in decimal, then read as a double.
        const digits = `${(r.n * 10n ** 400n) / r.d}e-400`;
        assert.strictEqual(Number(digits), v === 0 ? 0 : v);
      }),
    );
  });

  it('add, multiply and divide exactly', () => {
    assert.deepStrictEqual(plus(rational(1, 10), rational(1, 5)), rational(3, 10));
    assert.deepStrictEqual(times(rational(2, 3), rational(3, 4)), rational(1, 2));
    assert.deepStrictEqual(over(rational(1, 2), rational(-1, 4)), rational(-2));
    assert.deepStrictEqual(raised(rational(2, 3), -2), rational(9, 4));
    assert.throws(() => inverse(rational(0)), RangeError);
  });
});

describe('fractions of polynomials', () => {
  /** A fraction as a tree of operations, to be computed both as a fraction and, at a point, as a rational number. */
  type Tree = number | 'a' | 'b' | { op: '+' | '-' | '*' | '/'; l: Tree; r: Tree };
  const leaf: fc.Arbitrary<Tree> = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom<Tree>('a', 'b'));
  const tree = (depth: number): fc.Arbitrary<Tree> =>
    depth === 0
      ? leaf
      : fc.oneof(
          leaf,
          fc.record({ op: fc.constantFrom('+' as const, '-', '*', '/'), l: tree(depth - 1), r: tree(depth - 1) }),
        );
  const point = { a: rational(3, 7), b: rational(-5, 2) };
  const fraction = (t: Tree): Fraction => {
    if (typeof t === 'number') return number(t);
    if (typeof t === 'string') return generator(t === 'a' ? 0 : 1);
    const [l, r] = [fraction(t.l), fraction(t.r)];
    if (t.op === '+') return fractionPlus(l, r);
    if (t.op === '-') return fractionMinus(l, r);
    return fractionTimes(l, t.op === '*' ? r : fractionInverse(r));
  };
  const value = (t: Tree): { n: bigint; d: bigint } => {
    if (typeof t === 'number') return rational(t);
    if (typeof t === 'string') return point[t];
    const [l, r] = [value(t.l), value(t.r)];
    if (t.op === '+') return plus(l, r);
    if (t.op === '-') return plus(l, { n: -r.n, d: r.d });
    return t.op === '*' ? times(l, r) : over(l, r);
  };
  const polynomialAt = (p: Polynomial) =>
    terms(p).reduce(
      (sum, t) =>
        plus(
          sum,
          t.monomial.reduce((m, [g, e]) => times(m, raised(g === 0 ? point.a : point.b, e)), t.coefficient),
        ),
      rational(0),
    );
  const at = (f: Fraction) =>
    [...f.bottom.values()].reduce(
      (v, { factor, power }) => over(v, raised(polynomialAt(factor), power)),
      polynomialAt(f.top),
    );

  it('have the value of the operations they stand for', () => {
    fc.assert(
      fc.property(tree(4), (t) => {
        let expected;
        let actual;
        try {
          expected = value(t);
          actual = at(fraction(t));
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error));
          return;
        }
        assert.deepStrictEqual(actual, expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('cancel', () => {
    const [a, b] = [generator(0), generator(1)];
    const difference = fractionMinus(fractionTimes(a, a), fractionTimes(b, b));
    const quotient = fractionTimes(difference, fractionInverse(fractionMinus(a, b)));
    assert.strictEqual(fractionMinus(quotient, fractionPlus(a, b)).top.size, 0);
    assert.strictEqual(quotient.bottom.size, 0);
    assert.deepStrictEqual(asNumber(fractionTimes(a, fractionInverse(a))), rational(1));
  });

  it('find a constant ratio', () => {
    const f = fractionPlus(generator(0), number(1));
    assert.deepStrictEqual(proportion(fractionTimes(number(rational(2, 3)), f), f), rational(2, 3));
    assert.strictEqual(proportion(generator(0), f), undefined);
    assert.strictEqual(toNumber(proportion(number(0), f) as { n: bigint; d: bigint }), 0);
  });

  it('stop when they grow too large', () => {
    const many = Array.from({ length: 12 }, (_, i) => generator(i)).reduce(fractionPlus);
    assert.throws(() => fractionPower(many, 12), TooLargeError);
    assert.throws(() => withinWork(50, () => fractionPower(many, 3)), TooLargeError);
    assert.strictEqual(fractionPower(many, 2).top.size, 78);
  });
});
