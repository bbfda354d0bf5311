import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { loopsSource, sweepsSource } from '../../scripts/generate/sweeps';
import { arity, OP_SCALAR, scalarCode } from '../../src/autodiff/tape';
import { applyScalar, isKink, partialX, partialY } from '../../src/autodiff/generated/sweeps';
import { CONTRIBUTIONS, VALUES } from '../../src/autodiff/generated/loops';
import { evaluate } from '../../src/symbolic/evaluate';
import { apply, num } from '../../src/symbolic/expr';
import { RULES, SCALAR_OPS, type ScalarRule } from '../../src/symbolic/rules';
import { partialOf } from '../../src/autodiff/partials';

const generated = (name: string) => readFileSync(path.join(__dirname, '../../src/autodiff/generated', name), 'utf8');

describe('generated sweeps', () => {
  it('are up to date with the rule table', () => {
    assert.equal(generated('sweeps.ts'), sweepsSource());
    assert.equal(generated('loops.ts'), loopsSource());
  });

  it('compute what the table says, at ordinary points, on kinks, at the edges of number', () => {
    const values = [-Infinity, -2, -1, -0.5, -0, 0, 0.5, 1, 2, 6, Infinity, NaN];
    for (const op of SCALAR_OPS) {
      const rule: ScalarRule = RULES[op];
      const code = scalarCode(op);
      assert.equal(arity(code), rule.arity);
      for (const x of values) {
        for (const y of rule.arity === 2 ? values : [x]) {
          const v = applyScalar(code, x, y);
          const operands = [x, y].slice(0, rule.arity).map(num);
          const env = (name: string) => (name === 'x' ? x : name === 'y' ? y : v);
          const at = `${op}(${x}, ${y})`;
          assert.ok(
            Object.is(
              v,
              evaluate(apply(op, ...operands), () => undefined),
            ),
            `value of ${at}`,
          );
          assert.ok(Object.is(partialX(code, x, y, v), evaluate(partialOf(op, 0), env)), `partial of ${at}`);
          if (rule.arity === 2) {
            assert.ok(Object.is(partialY(code, x, y, v), evaluate(partialOf(op, 1), env)), `second partial of ${at}`);
          }
          assert.equal(
            isKink(code, x, y, v),
            rule.kink !== undefined && evaluate(rule.kink, env) !== 0,
            `kink of ${at}`,
          );
          assert.ok(Object.is(VALUES[code - OP_SCALAR]!(x, y), v), `lifted value of ${at}`);
          CONTRIBUTIONS[code - OP_SCALAR]!.forEach((contribution, slot) => {
            const out = new Float64Array(1);
            const of = (z: number) => Float64Array.of(z);
            contribution(1, of(1), of(x), 1, of(y), 1, of(v), out);
            const partial = slot === 0 ? partialX(code, x, y, v) : partialY(code, x, y, v);
            assert.ok(Object.is(out[0]! + 0, partial + 0), `contribution of ${at}: ${out[0]}, not ${partial}`);
          });
        }
      }
    }
  });
});
