import assert from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { differentiate as D } from '../../src/symbolic/differentiate';
import { evaluate } from '../../src/symbolic/evaluate';
import { add, div, type Expr, fn, mul, neg, num, pow, size, sub, sym } from '../../src/symbolic/expr';
import { provedEqual } from '../../src/symbolic/prove';
import { simplify } from '../../src/symbolic/simplify';
import { toText } from '../../src/symbolic/text';
import { expressions, observed } from './generate';

const [x, y, z, w, n] = ['x', 'y', 'z', 'w', 'n'].map(sym) as [Expr, Expr, Expr, Expr, Expr];
const s = (a: Expr) => fn('sigmoid', a);
const exp = (a: Expr) => fn('exp', a);
const ln = (a: Expr) => fn('log', a);
const sin = (a: Expr) => fn('sin', a);
const cos = (a: Expr) => fn('cos', a);
const sqrt = (a: Expr) => fn('sqrt', a);
const total = add(add(exp(x), exp(y)), exp(z));

describe('simplify', () => {
  const derivatives: [Expr, string, string][] = [
    [sub(add(ln(x), mul(x, y)), sin(y)), 'x', '1 / x + y'],
    [sub(add(ln(x), mul(x, y)), sin(y)), 'y', 'x − cos y'],
    [sub(add(mul(x, y), exp(mul(x, y))), sin(y)), 'x', 'y + y exp(x y)'],
    [s(mul(w, x)), 'w', 'x σ(w x) (1 − σ(w x))'],
    [neg(add(mul(y, ln(s(z))), mul(sub(1, y), ln(sub(1, s(z)))))), 'z', 'σ(z) − y'],
    [div(pow(sub(x, y), 2), 2), 'x', 'x − y'],
    [mul(0.5, pow(sub(x, y), 2)), 'y', 'y − x'],
    [ln(total), 'x', 'exp(x) / (exp x + exp y + exp z)'],
    [pow(x, n), 'x', 'n x^(n − 1)'],
    [pow(x, n), 'n', 'xⁿ ln x'],
    [pow(x, 3), 'x', '3 x²'],
    [sqrt(x), 'x', '1 / (2 √x)'],
    [div(1, x), 'x', '−1 / x²'],
    [fn('tanh', add(mul(w, x), y)), 'w', 'x (1 − tanh²(w x + y))'],
    [exp(neg(div(pow(x, 2), 2))), 'x', '−x exp(−x² / 2)'],
    [sin(pow(x, 2)), 'x', '2 x cos(x²)'],
    [fn('log2', x), 'x', '1 / (x ln 2)'],
    [pow(add(pow(x, 2), 1), div(3, 2)), 'x', '3 x √(x² + 1)'],
  ];
  for (const [e, name, expected] of derivatives) {
    it(`∂/∂${name} ${toText(e)} = ${expected}`, () => assert.strictEqual(toText(simplify(D(e, name))), expected));
  }

  const forms: [Expr, string][] = [
    [add(pow(sin(x), 2), pow(cos(x), 2)), '1'],
    [sub(x, x), '0'],
    [mul(mul(x, 2), mul(3, x)), '6 x²'],
    [div(mul(x, y), x), 'y'],
    [div(sub(x, y), sub(y, x)), '−1'],
    [mul(exp(x), exp(neg(x))), '1'],
    [sqrt(pow(x, 2)), '|x|'],
    [add(x, mul(0.1, x)), '1.1 x'],
    [add(0.1, 0.2), '0.3'],
    [add(div(1, 3), div(1, 6)), '1 / 2'],
    [pow(x, -1), '1 / x'],
    [sqrt(num(2.25)), '3 / 2'],
    [ln(exp(x)), 'x'],
    [sin(neg(x)), '−sin x'],
    [neg(sub(x, y)), 'y − x'],
    [add(mul(mul(x, y), z), mul(mul(x, y), w)), 'x y (z + w)'],
    [fn('where', fn('gt', num(2), num(1)), x, y), 'x'],
  ];
  for (const [e, expected] of forms)
    it(`${toText(e)} = ${expected}`, () => assert.strictEqual(toText(simplify(e)), expected));

  const OPS = [
    'neg',
    'square',
    'sqrt',
    'exp',
    'log',
    'abs',
    'sin',
    'cos',
    'tanh',
    'sigmoid',
    'relu',
    'maximum',
    'pow',
    'reciprocal',
    'erf',
    'one_minus_square',
    'cosh',
  ];
  const coordinate = fc.oneof(
    fc.integer({ min: -3000, max: 3000 }).map((k) => (k + 0.3) / 1024),
    fc.constantFrom(0, 1, -1, 2, 0.5),
  );

  /** The value of `e`, unless rounding is magnified on the way: then undefined. */
  function steady(e: Expr, at: Record<string, number>): number | undefined {
    let ok = true;
    const value = observed(
      e,
      (name) => at[name],
      (op, [a = NaN, b = NaN], value) => {
        const nearest = Math.round(value);
        if (!(Math.abs(value) < 1e6) || (value !== nearest && Math.abs(value - nearest) < 1e-9)) ok = false;
        if (op !== 'pow' && a !== b && Math.abs(a - b) < 1e-9) ok = false;
      },
    );
    return ok ? value : undefined;
  }

  it('keeps the value wherever the expression has one, and is never longer', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        expressions({ ops: OPS, depth: 3 }),
        fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 12, maxLength: 12 }),
        (e, points) => {
          const simple = simplify(e);
          for (const [x, y, z] of points) {
            const at = { x, y, z };
            const before = steady(e, at);
            if (before === undefined) continue;
            const after = evaluate(simple, (name) => at[name as 'x']);
            compared++;
            assert.ok(
              Math.abs(after - before) <= 1e-7 * Math.max(1, Math.abs(before)),
              `${toText(e)} = ${before}, simplified ${toText(simple)} = ${after} at ${JSON.stringify(at)}`,
            );
          }
        },
      ),
      { numRuns: 700 },
    );
    assert.ok(compared > 2500, `${compared} values compared`);
  });

  it('gives what is proved equal, where a proof is found', () => {
    let proofs = 0;
    fc.assert(
      fc.property(
        expressions({ ops: ['neg', 'square', 'exp', 'sin', 'cos', 'tanh', 'sigmoid'], depth: 3, conditions: false }),
        (e) => {
          if (provedEqual(e, simplify(e))) proofs++;
        },
      ),
      { numRuns: 200 },
    );
    assert.ok(proofs > 150, `${proofs} of 200 proved`);
  });

  it('settles: a simplified expression stays as it is', () => {
    fc.assert(
      fc.property(expressions({ ops: OPS, depth: 3 }), (e) => {
        const once = simplify(e);
        assert.ok(size(simplify(once)) <= size(once), toText(once));
      }),
      { numRuns: 400 },
    );
  });

  it('only folds what nobody could read', () => {
    let e: Expr = x;
    for (let i = 0; i < 40; i++) e = sin(add(mul(e, 1), e));
    assert.ok(size(simplify(e)) < size(e));
  });
});
