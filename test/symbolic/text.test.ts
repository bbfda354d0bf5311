import assert from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { add, div, type Expr, fn, mul, neg, num, pow, sub, sym, where } from '../../src/symbolic/expr';
import { toText } from '../../src/symbolic/text';
import { expressions, OPERATORS } from './generate';
import { canonical, parse } from './parse';

const x = sym('x');
const y = sym('y');

describe('toText', () => {
  const cases: [string, Expr][] = [
    ['ln x₁ + x₁ x₂ − sin x₂', sub(add(fn('log', sym('x1')), mul(sym('x1'), sym('x_2'))), fn('sin', sym('x2')))],
    ['x² + x⁻¹ + x^y', add(add(pow(x, 2), pow(x, -1)), pow(x, y))],
    ['x^(−y)', pow(x, neg(y))],
    ['√x + √(x y)', add(fn('sqrt', x), fn('sqrt', mul(x, y)))],
    ['√(x) y', mul(fn('sqrt', x), y)],
    ['(√x)²', pow(fn('sqrt', x), 2)],
    ['sin² x', pow(fn('sin', x), 2)],
    ['(log₂ x)²', pow(fn('log2', x), 2)],
    ['|x| + abs(y |x|)', add(fn('abs', x), fn('abs', mul(y, fn('abs', x))))],
    ['exp(−x / 2)', fn('exp', neg(div(x, 2)))],
    ['ψ⁽²⁾(x) + polygamma(x, y)', add(fn('polygamma', 2, x), fn('polygamma', x, y))],
    ['x if x > 0, 0 otherwise', where(fn('gt', x, 0), x, 0)],
    ['2 (x if x > 0, 0 otherwise)', mul(2, where(fn('gt', x, 0), x, 0))],
    ['[x > 0 ∧ x < 6]', where(fn('and', fn('gt', x, 0), fn('lt', x, 6)), 1, 0)],
    ['1e−7 x', mul(1e-7, x)],
    ['−∞', num(-Infinity)],
    ['learning_rate', sym('learning_rate')],
  ];
  for (const [expected, e] of cases) it(expected, () => assert.strictEqual(toText(e), expected));

  it('reads back as the expression', () => {
    fc.assert(
      fc.property(fc.oneof(expressions(), expressions({ ops: OPERATORS })), (e) => {
        const text = toText(e);
        assert.strictEqual(canonical(parse(text, 'text')), canonical(e), text);
      }),
      { numRuns: 1000 },
    );
  });
});
