import assert from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { differentiate } from '../../src/symbolic/differentiate';
import { evaluate } from '../../src/symbolic/evaluate';
import { apply, type Expr, symbols, sym } from '../../src/symbolic/expr';
import { KERNELS } from '../../src/symbolic/kernelTable';
import { RULES, SCALAR_OPS, type ScalarOp, type ScalarRule } from '../../src/symbolic/rules';

/**
 * The five-point difference at several steps, of which the one that agrees best with its neighbour is taken; no answer where
 * the smallest step, which straddles least, is not near it.
 */
function difference(f: (t: number) => number, t: number): { slope: number; error: number } {
  let best = { slope: NaN, error: Infinity };
  let previous = NaN;
  for (let k = 2; k <= 14; k++) {
    const h = Math.max(1, Math.abs(t)) * 2 ** -k;
    const slope = (f(t - 2 * h) - 8 * f(t - h) + 8 * f(t + h) - f(t + 2 * h)) / (12 * h);
    const error = Math.abs(slope - previous);
    if (error < best.error) best = { slope, error };
    previous = slope;
  }
  return Math.abs(previous - best.slope) <= 1e-4 * (1 + Math.abs(previous)) ? best : { slope: NaN, error: Infinity };
}

const call = (op: ScalarOp): Expr => apply(op, ...[sym('x'), sym('y')].slice(0, RULES[op].arity));
const at = (e: Expr, x: number, y: number, v = NaN) => evaluate(e, (n) => ({ x, y, v })[n]);
const holds = (condition: Expr | undefined, x: number, y: number, v: number): boolean =>
  condition !== undefined && at(condition, x, y, v) !== 0;

/** Points that are likely to lie in a domain. */
const fraction = (min: number, max: number) => fc.integer({ min: min * 64, max: max * 64 }).map((k) => k / 64);
const operand = fc.oneof(fraction(-3, 3), fraction(0.0625, 0.9375), fraction(1.0625, 4));

describe('scalar rules', () => {
  for (const op of SCALAR_OPS) {
    const rule: ScalarRule = RULES[op];
    const e = call(op);

    it(`${op}: partials agree with differences, to the second order`, () => {
      let compared = 0;
      fc.assert(
        fc.property(operand, operand, (rawX, y) => {
          // The order of a polygamma function is a whole number.
          const x = op === 'polygamma' ? Math.abs(Math.round(rawX)) : rawX;
          const v = at(e, x, y);
          if (rule.domain && !holds(rule.domain, x, y, v)) return;
          if (op === 'polygamma' && y < 0.05) return;
          // On a kink the derivative is a convention; those have tests of their own.
          if (holds(rule.kink, x, y, v)) return;
          rule.partials.forEach((partial, i) => {
            if (op === 'polygamma' && i === 0) return;
            const along = (f: Expr) => (t: number) => (i === 0 ? at(f, t, y) : at(f, x, t));
            const check = (f: Expr, derivative: number, tolerance: number): void => {
              const { slope, error } = difference(along(f), i === 0 ? x : y);
              // A step that straddles a kink or leaves the domain shows as a large estimate of its own error.
              if (!(error <= tolerance * (1 + Math.abs(slope)))) return;
              compared++;
              const off = Math.abs(slope - derivative) / (1 + Math.abs(slope));
              assert.ok(
                off <= 20 * tolerance,
                `∂${op}/∂${'xy'[i]} at (${x}, ${y}): ${derivative}, by differences ${slope}`,
              );
            };
            const name = i === 0 ? 'x' : 'y';
            check(e, at(partial, x, y, v), 1e-9);
            const first = differentiate(e, name);
            check(first, at(differentiate(first, name), x, y), 1e-8);
          });
        }),
        { numRuns: 80 },
      );
      assert.ok(compared >= 30, `only ${compared} slopes compared`);
    });

    it(`${op}: is a finite number in its domain and nowhere else`, () => {
      fc.assert(
        fc.property(
          fc.oneof(operand, fc.constantFrom(0, 1, -1, -2, 2)),
          fc.oneof(operand, fc.constantFrom(0, 1, -1, 2)),
          (x, y) => {
            const v = at(e, x, y);
            const inside = rule.domain === undefined || holds(rule.domain, x, y, v);
            assert.strictEqual(Number.isFinite(v), inside, `${op}(${x}, ${y}) = ${v}`);
          },
        ),
        { numRuns: 200 },
      );
    });

    it(`${op}: speaks of x, y and v only, and of y only if it has two operands`, () => {
      const names = new Set<string>();
      for (const f of [...rule.partials, ...(rule.kink ? [rule.kink] : []), ...(rule.domain ? [rule.domain] : [])])
        symbols(f, names);
      if (rule.value.kind !== 'intrinsic') symbols(rule.value, names);
      else if (rule.value.display) symbols(rule.value.display, names);
      const allowed = rule.arity === 2 ? ['x', 'y', 'v'] : ['x', 'v'];
      assert.deepStrictEqual(
        [...names].filter((n) => !allowed.includes(n)),
        [],
      );
      assert.strictEqual(rule.partials.length, rule.arity);
    });

    const { value } = rule;
    if (value.kind !== 'intrinsic') continue;
    it(`${op}: has a kernel`, () => assert.strictEqual(typeof KERNELS[value.kernel], 'function'));
    const display = value.display;
    if (!display) continue;
    it(`${op}: its display form has its value`, () => {
      fc.assert(
        fc.property(operand, operand, (x, y) => {
          const v = at(e, x, y);
          const shown = at(display, x, y);
          if ((rule.domain && !holds(rule.domain, x, y, v)) || holds(rule.kink, x, y, v)) return;
          assert.ok(Math.abs(v - shown) <= 1e-12 * (1 + Math.abs(v)), `${op}(${x}, ${y}): ${v}, displayed ${shown}`);
        }),
      );
    });
  }

  const kinks: [ScalarOp, number, number, boolean][] = [
    ['relu', 0, 0, true],
    ['relu', 1e-300, 0, false],
    ['abs', 0, 0, true],
    ['sqrt', 0, 0, true],
    ['cbrt', 0, 0, true],
    ['sign', 0, 0, true],
    ['floor', 2, 0, true],
    ['floor', 2.5, 0, false],
    ['round', 2.5, 0, true],
    ['round', 2, 0, false],
    ['maximum', 3, 3, true],
    ['maximum', 3, 2, false],
    ['max_const', 0, 0, true],
    ['clip_low', 0, 0, true],
    ['leaky_relu', 0, 0.1, true],
    ['leaky_relu', 0, 1, false],
    ['elu', 0, 1, false],
    ['elu', 0, 2, true],
    ['selu', 0, 0, true],
    ['relu6', 6, 0, true],
    ['hardtanh', -1, 0, true],
    ['step', 0, 0, true],
    ['hypot', 0, 0, true],
    ['pow', 0, 0.5, true],
    ['pow', 0, 2, false],
    ['pow', 0, 1, false],
    ['asin', 1, 0, true],
    ['asin', 0.5, 0, false],
    ['acosh', 1, 0, true],
  ];
  for (const [op, x, y, expected] of kinks) {
    it(`${op} ${expected ? 'has a' : 'has no'} kink at (${x}, ${y})`, () => {
      assert.strictEqual(holds(RULES[op].kink, x, y, at(call(op), x, y)), expected);
    });
  }
});
