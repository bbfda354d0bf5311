import assert from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ArityError, evaluate, UnknownOperationError } from '../../src/symbolic/evaluate';
import { add, apply, div, type Expr, fn, mul, neg, num, pow, sub, sym, where } from '../../src/symbolic/expr';
import { toJavaScript, toJavaScriptCondition } from '../../src/symbolic/javascript';
import * as kernels from '../../src/symbolic/kernels';
import { RULES, SCALAR_OPS } from '../../src/symbolic/rules';
import { expressions, OPERATORS } from './generate';

const x = sym('x');
const y = sym('y');

/** Runs printed source; only tests may. */
function run(source: string, values: Record<string, number>): unknown {
  return new Function('K', ...Object.keys(values), `return ${source};`)(kernels, ...Object.values(values));
}

const SPECIAL = [0, -0, 1, -1, 0.5, 2, -2, 1e-300, 1e300, Infinity, -Infinity, NaN];
const value = fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constantFrom(...SPECIAL));

describe('toJavaScript', () => {
  const cases: [string, Expr][] = [
    ['x + y * x', add(x, mul(y, x))],
    ['x - y', add(x, neg(y))],
    ['x - 2', add(x, -2)],
    ['x - (y - x)', sub(x, sub(y, x))],
    ['x * (y * x)', mul(x, mul(y, x))],
    ['x / (y / x)', div(x, div(y, x))],
    ['-(-x)', neg(neg(x))],
    ['-(x * y)', neg(mul(x, y))],
    ['(-x) ** 2', pow(neg(x), 2)],
    ['-(x ** 2)', neg(pow(x, 2))],
    ['(x ** 2) ** 3', pow(pow(x, 2), 3)],
    ['x ** -2', pow(x, -2)],
    ['K.pow(x, y)', pow(x, y)],
    ['x * x', fn('square', x)],
    ['K.square(x + y)', fn('square', add(x, y))],
    ['Math.sin(x) / K.erf(y)', div(fn('sin', x), fn('erf', y))],
    ['x > 0 ? 1 : 0', fn('gt', x, 0)],
    ['(x > 0 ? x : y) * 2', mul(where(fn('gt', x, 0), x, y), 2)],
    ['x > 0 && !(y === 0) ? x : y', where(fn('and', fn('gt', x, 0), fn('not', fn('eq', y, 0))), x, y)],
    ['0.6931471805599453 * x', mul(fn('log', 2), x)],
    ['Math.max(x, 0)', fn('relu', x)],
  ];
  for (const [expected, e] of cases)
    it(expected, () => assert.strictEqual(toJavaScript(e, { kernels: 'K.' }), expected));

  it('prints conditions as booleans', () => {
    assert.strictEqual(toJavaScriptCondition(fn('gt', x, 0)), 'x > 0');
    assert.strictEqual(toJavaScriptCondition(add(x, y)), 'x + y !== 0');
  });

  it('renames symbols', () => {
    assert.strictEqual(toJavaScript(mul(x, y), { symbol: (s) => `V[${s}]` }), 'V[x] * V[y]');
  });

  it('has exactly the value of the expression, bit for bit', () => {
    fc.assert(
      fc.property(fc.oneof(expressions(), expressions({ ops: OPERATORS })), value, value, value, (e, x, y, z) => {
        const values: Record<string, number> = { x, y, z };
        const source = toJavaScript(e, { kernels: 'K.' });
        const actual = run(source, values);
        const expected = evaluate(e, (s) => values[s]);
        assert.ok(Object.is(actual, expected), `${source}: ${String(actual)} for ${expected}`);
        assert.strictEqual(run(toJavaScriptCondition(e, { kernels: 'K.' }), values), expected !== 0, source);
      }),
      { numRuns: 1500 },
    );
  });

  it('prints every rule as evaluate computes it', () => {
    for (const op of SCALAR_OPS) {
      const rule = RULES[op];
      for (const [px, py] of [
        [0.7, 1.3],
        [-0.4, 2],
        [2, -0.5],
      ] as const) {
        const v = evaluate(apply(op, ...[num(px), num(py)].slice(0, rule.arity)), () => undefined);
        const values: Record<string, number> = { x: px, y: py, v };
        for (const e of [...rule.partials, ...(rule.kink ? [rule.kink] : []), ...(rule.domain ? [rule.domain] : [])]) {
          assert.ok(
            Object.is(
              run(toJavaScript(e, { kernels: 'K.' }), values),
              evaluate(e, (s) => values[s]),
            ),
            op,
          );
        }
      }
    }
  });

  it('refuses what is no expression of the language', () => {
    assert.throws(() => toJavaScript(apply('frobnicate', x)), UnknownOperationError);
    assert.throws(() => toJavaScript(apply('sin', x, y)), ArityError);
  });
});
