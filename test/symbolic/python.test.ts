import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { evaluate } from '../../src/symbolic/evaluate';
import { add, div, type Expr, fn, mul, neg, num, PI, pow, sub, sym, where } from '../../src/symbolic/expr';
import { NoPythonFormError, toPython } from '../../src/symbolic/python';

const x = sym('x');
const y = sym('y');

interface Row {
  readonly e: Expr;
  readonly at: Record<string, number>;
  readonly numpy?: [source: string, value: number | string];
  readonly math?: [source: string, value: number | string];
}

const fixture = JSON.parse(readFileSync(path.join(__dirname, 'python.fixture.json'), 'utf8')) as { rows: Row[] };

describe('toPython', () => {
  const cases: [string, Expr][] = [
    ['np.log(x) + x * y - np.sin(y)', sub(add(fn('log', x), mul(x, y)), fn('sin', y))],
    ['-x ** 2', neg(pow(x, 2))],
    ['(-x) ** 2', pow(neg(x), 2)],
    ['x ** -y', pow(x, neg(y))],
    ['(x ** 2) ** y', pow(pow(x, 2), y)],
    ['x ** y ** 2', pow(x, pow(y, 2))],
    ['x - (y - x)', sub(x, sub(y, x))],
    ['x / (y * x)', div(x, mul(y, x))],
    ['2 * np.pi * x', mul(mul(2, PI), x)],
    ['np.where(x > 0, x, 0)', where(fn('gt', x, 0), x, 0)],
    ['np.where(np.logical_and(x > 0, y < 6), 1, 0)', fn('and', fn('gt', x, 0), fn('lt', y, 6))],
    ['np.logaddexp(0, x)', fn('softplus', x)],
    ['special.expit(x)', fn('sigmoid', x)],
    ['np.maximum(x, 0)', fn('relu', x)],
    ['-np.inf', num(-Infinity)],
  ];
  for (const [expected, e] of cases) it(expected, () => assert.strictEqual(toPython(e), expected));

  it('writes for plain numbers with the module math', () => {
    const math = (e: Expr) => toPython(e, { module: 'math' });
    assert.strictEqual(math(where(fn('gt', x, 0), x, 0)), 'x if x > 0 else 0');
    assert.strictEqual(math(mul(2, where(fn('gt', x, 0), x, 0))), '2 * (x if x > 0 else 0)');
    assert.strictEqual(math(fn('not', fn('and', fn('gt', x, 0), y))), 'not (x > 0 and y != 0)');
    assert.throws(() => math(fn('digamma', x)), NoPythonFormError);
  });

  for (const module of ['numpy', 'math'] as const) {
    const rows = fixture.rows.filter((r) => r[module]);
    it(`has in Python, with ${module}, the value of the expression: ${rows.length} printed expressions`, () => {
      let compared = 0;
      for (const row of rows) {
        const [source, value] = row[module] as [string, number | string];
        assert.strictEqual(toPython(row.e, { module }), source);
        if (typeof value === 'string') continue;
        const expected = evaluate(row.e, (name) => row.at[name]);
        assert.ok(
          Math.abs(value - expected) <= 1e-9 * (1e-3 + Math.abs(expected)),
          `${source}: ${value} in Python, ${expected} here`,
        );
        compared++;
      }
      assert.ok(compared > 0.9 * rows.length, `only ${compared} of ${rows.length} ran`);
    });
  }
});
