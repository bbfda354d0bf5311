import assert from 'node:assert';
import { describe, it } from 'mocha';
import { ArityError, evaluate, UnboundSymbolError, UnknownOperationError } from '../../src/symbolic/evaluate';
import { add, apply, E, type Expr, fn, mul, PI, sub, sym, where } from '../../src/symbolic/expr';

const x = sym('x');
const at = (e: Expr, values: Record<string, number> = {}) => evaluate(e, (name) => values[name]);

describe('evaluate', () => {
  it('gives the value of y = ln x₁ + x₁ x₂ − sin x₂ at (2, 5)', () => {
    const y = sub(add(fn('log', sym('x1')), mul(sym('x1'), sym('x2'))), fn('sin', sym('x2')));
    assert.strictEqual(at(y, { x1: 2, x2: 5 }), Math.log(2) + 10 - Math.sin(5));
  });

  it('knows the constants', () => {
    assert.strictEqual(at(PI), Math.PI);
    assert.strictEqual(at(E), Math.E);
  });

  it('evaluates only the operand that a condition chooses', () => {
    const e = where(fn('gt', x, 0), fn('log', x), sym('unbound'));
    assert.strictEqual(at(e, { x: 1 }), 0);
    assert.throws(() => at(e, { x: -1 }), UnboundSymbolError);
  });

  it('takes NaN for true, as NumPy does', () => {
    assert.strictEqual(at(where(sym('x'), 1, 2), { x: NaN }), 1);
  });

  it('evaluates a shared sub-expression once', () => {
    let e: Expr = x;
    for (let i = 0; i < 60; i++) e = fn('sin', add(e, e));
    assert.ok(Number.isFinite(at(e, { x: 0.3 })));
  });

  it('says what is wrong', () => {
    assert.throws(() => at(apply('sin')), new ArityError('sin', 1, 0));
    assert.throws(() => at(apply('sine', x)), new UnknownOperationError('sine'));
    assert.throws(() => at(apply('toString', x)), UnknownOperationError);
    assert.throws(() => at(x), { message: 'x: the symbol has no value' });
  });
});
