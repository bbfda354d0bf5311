import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { differentiate, expressionSwell } from '../../src/symbolic/differentiate';
import { evaluate } from '../../src/symbolic/evaluate';
import { add, apply, type Expr, fn, mul, num, pow, size, sub, sym, where } from '../../src/symbolic/expr';
import { toText } from '../../src/symbolic/text';

interface Row {
  readonly e: Expr;
  readonly at: Record<string, number>;
  readonly value: number;
  readonly first: Record<string, number>;
  readonly second: Record<string, number>;
}

const fixture = JSON.parse(readFileSync(path.join(__dirname, 'derivatives.fixture.json'), 'utf8')) as { rows: Row[] };

const x = sym('x');
const y = sym('y');
const at = (e: Expr, values: Record<string, number>) => evaluate(e, (name) => values[name]);

function close(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1e-8, Math.abs(expected)),
    `${what}: ${actual}, not ${expected}`,
  );
}

describe('differentiate', () => {
  it(`agrees with SymPy in value, first and second derivatives: ${fixture.rows.length} expressions`, () => {
    for (const { e, at: point, value, first, second } of fixture.rows) {
      const what = `${toText(e)} at ${JSON.stringify(point)}`;
      close(at(e, point), value, 1e-13, what);
      for (const [name, expected] of Object.entries(first)) {
        const d = differentiate(e, name);
        close(at(d, point), expected, 2e-12, `∂/∂${name} of ${what}`);
        close(at(differentiate(d, name), point), second[name] as number, 2e-11, `∂²/∂${name}² of ${what}`);
      }
    }
  });

  it('leaves out what does not depend on the symbol', () => {
    const f = sub(add(fn('log', x), mul(x, y)), fn('sin', y));
    assert.strictEqual(toText(differentiate(f, 'x')), '1 / x + y');
    assert.strictEqual(toText(differentiate(f, 'y')), 'x − cos y');
    assert.deepStrictEqual(differentiate(f, 'z'), num(0));
  });

  it('follows the conventions at kinks and edges', () => {
    const d = (e: Expr, values: Record<string, number>, name = 'x') => at(differentiate(e, name), values);
    assert.strictEqual(d(fn('relu', x), { x: 0 }), 0);
    assert.strictEqual(d(fn('abs', x), { x: 0 }), 0);
    assert.strictEqual(d(fn('maximum', x, y), { x: 1, y: 1 }), 0.5);
    assert.strictEqual(d(fn('maximum', x, y), { x: 1, y: 1 }, 'y'), 0.5);
    assert.strictEqual(d(fn('max_const', x, 0), { x: 0 }), 0);
    assert.strictEqual(d(fn('clip_low', x, 0), { x: 0 }), 1);
    assert.strictEqual(d(fn('clip_high', x, 1), { x: 1 }), 1);
    assert.strictEqual(d(fn('sqrt', x), { x: 0 }), Infinity);
    assert.strictEqual(d(pow(x, y), { x: 0, y: 2 }), 0);
    assert.strictEqual(d(pow(x, y), { x: 0, y: 2 }, 'y'), 0);
    assert.strictEqual(d(pow(x, y), { x: -2, y: 2 }), -4);
    assert.ok(Number.isNaN(d(pow(x, y), { x: -2, y: 2 }, 'y')));
    assert.strictEqual(d(pow(x, y), { x: 0, y: 0 }), 0);
    assert.strictEqual(d(fn('hypot', x, y), { x: 0, y: 0 }), 0);
    assert.strictEqual(d(fn('xlogy', x, y), { x: 0, y: 2 }), Math.log(2));
    assert.strictEqual(d(fn('logaddexp', x, y), { x: -Infinity, y: 1 }), 0);
    assert.strictEqual(d(fn('logaddexp', x, y), { x: 1000, y: 1000 }), 0.5);
    assert.ok(Number.isNaN(d(fn('polygamma', x, 2), { x: 1 })));
  });

  it('never multiplies a branch that is 0 by an infinite derivative', () => {
    assert.strictEqual(at(differentiate(fn('relu', fn('sqrt', x)), 'x'), { x: 0 }), 0);
    const guarded = where(fn('gt', x, 0), fn('sqrt', x), 0);
    assert.strictEqual(at(differentiate(guarded, 'x'), { x: 0 }), 0);
  });

  it('counts the swell of a derivative, written out and shared', () => {
    // Logistic map: every turn doubles what is written.
    let e: Expr = x;
    for (let i = 0; i < 12; i++) e = mul(mul(4, e), sub(1, e));
    const swell = expressionSwell(e, 'x');
    assert.strictEqual(swell.expression.written, size(e));
    assert.strictEqual(swell.expression.written, 2 ** 12 + 5 * (2 ** 12 - 1));
    assert.ok(swell.derivative.written > 10 * swell.expression.written);
    assert.ok(swell.derivative.shared < 6 * swell.expression.shared);
  });

  it('is quick where sub-expressions are shared', () => {
    let e: Expr = x;
    for (let i = 0; i < 100; i++) e = mul(0.5, add(e, fn('sin', e)));
    assert.ok(size(e) > 1e30);
    const second = differentiate(differentiate(e, 'x'), 'x');
    const h = 1e-4;
    const first = differentiate(e, 'x');
    const difference = (at(first, { x: 1 + h }) - at(first, { x: 1 - h })) / (2 * h);
    close(at(second, { x: 1 }), difference, 1e-6, 'second derivative');
  });

  it('refuses what is no operation', () => {
    assert.throws(() => differentiate(apply('foo', x), 'x'), /foo: no such operation/);
  });
});
