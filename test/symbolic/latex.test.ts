import assert from 'node:assert';
import fc from 'fast-check';
import katex from 'katex';
import { describe, it } from 'mocha';
import { add, div, E, type Expr, fn, mul, neg, num, PI, pow, sub, sym, where } from '../../src/symbolic/expr';
import { type Notation, toLatex } from '../../src/symbolic/latex';
import { expressions, OPERATORS } from './generate';
import { canonical, parse } from './parse';

const x = sym('x');
const y = sym('y');
const x1 = sym('x1');
const x2 = sym('x2');

describe('toLatex', () => {
  const cases: [string, Expr, Notation?][] = [
    ['\\ln x_1 + x_1 x_2 - \\sin x_2', sub(add(fn('log', x1), mul(x1, x2)), fn('sin', x2))],
    ['x - y', add(x, neg(y))],
    ['x - 2', add(x, -2)],
    ['x - (y + x)', sub(x, add(y, x))],
    ['x - (-y)', sub(x, neg(y))],
    ['-(x + y)', neg(add(x, y))],
    ['-x y', mul(neg(x), y)],
    ['(x + y) (-y)', mul(add(x, y), neg(y))],
    ['2 \\cdot 5', mul(2, 5)],
    ['x \\cdot 2', mul(x, 2)],
    ['2 x', mul(2, x)],
    ['\\sin(x y)', fn('sin', mul(x, y))],
    ['\\sin(x) y', mul(fn('sin', x), y)],
    ['y \\sin x', mul(y, fn('sin', x))],
    ['\\sin x \\cos y', mul(fn('sin', x), fn('cos', y))],
    ['\\sin x \\cos(y) / 2', div(mul(fn('sin', x), fn('cos', y)), 2)],
    ['x / (y x)', div(x, mul(y, x))],
    ['(x / y) / x', div(div(x, y), x)],
    ['x y / x', mul(x, div(y, x))],
    ['\\frac{x}{y} x', mul(div(x, y), x), { fractions: 'stacked' }],
    ['2 \\cdot \\frac{1}{2}', mul(2, div(1, 2)), { fractions: 'stacked' }],
    ['\\left(\\frac{x}{y}\\right)^2', pow(div(x, y), 2), { fractions: 'stacked' }],
    ['\\sin^2 x', pow(fn('sin', x), 2)],
    ['(\\sin x)^2', pow(fn('sin', x), 2), { functionPowers: false }],
    ['(\\sin x)^{-1}', pow(fn('sin', x), -1)],
    ['\\sigma(x)^2', pow(fn('sigmoid', x), 2)],
    ['(-x)^2', pow(neg(x), 2)],
    ['-x^2', neg(pow(x, 2))],
    ['(x^2)^y', pow(pow(x, 2), y)],
    ['x^{y + 1}', pow(x, add(y, 1))],
    ['e^{-x}', fn('exp', neg(x))],
    ['\\exp(-x)', fn('exp', neg(x)), { exponential: 'function' }],
    ['(e^x)^2', pow(fn('exp', x), 2)],
    ['\\sqrt{x}^2', pow(fn('sqrt', x), 2)],
    ['\\ln \\sigma(x)', fn('log', fn('sigmoid', x))],
    ['\\ln(\\sin x)', fn('log', fn('sin', x))],
    ['\\ln \\left|x\\right|', fn('log', fn('abs', x))],
    ['2 \\pi e', mul(mul(2, PI), E)],
    ['[x > 0]', where(fn('gt', x, 0), 1, 0)],
    ['y [x > 0]', mul(y, where(fn('gt', x, 0), 1, 0))],
    ['\\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}', where(fn('gt', x, 0), x, 0)],
    ['10^{-7} x', mul(1e-7, x)],
    ['x / (1.5 \\cdot 10^{-7})', div(x, 1.5e-7)],
    ['\\infty', num(Infinity)],
    ['-\\infty', num(-Infinity)],
    ['\\mathrm{NaN}', num(NaN)],
    ['\\alpha_k', sym('alpha_k')],
    ['w_{12}', sym('w12')],
    ['\\mathrm{loss}', sym('loss')],
  ];
  for (const [expected, e, notation] of cases) {
    it(expected, () => assert.strictEqual(toLatex(e, notation), expected));
  }

  it('maps symbols and numbers by the notation', () => {
    const symbol = (name: string) => ({ x: 'v_1', y: '\\bar v_3', z: 'w^{(1)}' })[name];
    assert.strictEqual(toLatex(div(y, x), { symbol }), '\\bar v_3 / v_1');
    assert.strictEqual(toLatex(pow(sym('z'), 2), { symbol }), '(w^{(1)})^2');
    assert.strictEqual(toLatex(pow(y, 2), { symbol }), '\\bar v_3^2');
    assert.strictEqual(toLatex(mul(-1.23456, x), { symbol, number: (v) => v.toFixed(2) }), '-1.23 v_1');
    assert.strictEqual(toLatex(pow(x, 3), { number: () => '3 \\cdot 10^0' }), 'x^{3 \\cdot 10^0}');
  });

  for (const notation of [{}, { fractions: 'stacked' }, { exponential: 'function', functionPowers: false }] as const) {
    it(`reads back as the expression, ${JSON.stringify(notation)}`, () => {
      fc.assert(
        fc.property(fc.oneof(expressions(), expressions({ ops: OPERATORS })), (e) => {
          const text = toLatex(e, notation);
          assert.strictEqual(canonical(parse(text, 'latex')), canonical(e), text);
        }),
        { numRuns: 500 },
      );
    });
  }

  it('is accepted by KaTeX', () => {
    fc.assert(
      fc.property(expressions(), (e) => {
        katex.renderToString(toLatex(e, { fractions: 'stacked' }), { throwOnError: true, strict: 'error' });
      }),
      { numRuns: 150 },
    );
  });
});
